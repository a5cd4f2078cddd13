"""The pictures of a report: shares with intervals, stances, themes by group, themes named together.

Drawn once for every file that shows pictures; each carries its caption and says in words what can be seen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from thamluan.pipeline import columns
from thamluan.pipeline.report import charts, numbers
from thamluan.pipeline.report.charts import Axis
from thamluan.pipeline.report.crosstables import even_parts, pair_table
from thamluan.pipeline.report.drawing import Bar, Drawing, Panel, Stack, bars, side_by_side, stacks
from thamluan.pipeline.report.figures import Breakdown, Row, breakdowns, figure, overall, rank
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.office import OFFICE
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.sections import VALUES_SHOWN, hidden, of_theme

ROWS_SHOWN = 16  # of three lines each they fill a page of A4
MOST_HEIGHT = 220  # millimetres; side by side, fewer themes are drawn where all would be higher
PAIRS_DRAWN = 12
PANELS, PANELS_IN_A_ROW = 6, 3
PAIR_LABEL = 75.0  # millimetres: two names of themes
TOLD = 8  # rows that are told in words; the others stand in the table


@dataclass(frozen=True)
class Picture:
    """A chart with its caption, what it shows in words, and a note of what it leaves out."""

    drawing: Drawing
    caption: str
    alternative: str
    note: str = ""


def shares_pictures(report: Report) -> tuple[Picture, ...]:
    """Draw how often each theme is named, the most frequent first; several pictures where one page holds not all."""
    words = WORDS[report.lang]
    shares, labels = overall(report.summary.frequencies), report.codebook.labels(report.lang)
    axis = charts.axis(row[columns.HIGH] for row in shares.values())
    rows = [_bar(shares[theme], label=labels[theme], lang=report.lang) for theme in rank(shares)]
    if all(numbers.is_missing(row.share) for row in rows):
        return ()

    def draw(shown: Sequence[Bar]) -> Drawing:
        return bars(shown, axis=axis, ticks=_ticks(axis, lang=report.lang))

    return tuple(_in_parts(rows, draw, caption=words["chart"], note=key_of(axis, lang=report.lang), lang=report.lang))


def key_of(axis: Axis, *, lang: str) -> str:
    """Say how bars and intervals are read."""
    return WORDS[lang]["chart_key"].format(end=_ticks(axis, lang=lang)[-1])


def stances_pictures(report: Report) -> tuple[Picture, ...]:
    """Draw with which stances each theme is named; themes that nobody names are left out."""
    lang, codebook = report.lang, report.codebook
    labels, legend = codebook.labels(lang), codebook.stance_labels(lang)
    rows = []
    for theme in rank(overall(report.summary.frequencies)):
        by_stance = {row[columns.STANCE]: row for row in of_theme(report.summary.stances, theme).to_dict("records")}
        found = [by_stance.get(stance, {columns.SHARE: 0.0, columns.N: 0}) for stance in codebook.stance_ids]
        counts = tuple(numbers.count(row[columns.N], lang=lang) for row in found)
        base = max((row[columns.BASE] for row in by_stance.values()), default=0)
        if base:
            label = f"{labels[theme]} ({numbers.count(base, lang=lang)})"
            rows.append(Stack(label, tuple(row[columns.SHARE] for row in found), counts))
    if not rows:
        return ()

    def told(row: Stack) -> str:
        return f"{row.label}: " + ", ".join(f"{name} {n}" for name, n in zip(legend.values(), row.counts, strict=True))

    words, key = WORDS[lang], OFFICE[lang]["stances_key"]
    caption = OFFICE[lang]["theme"].format(caption=words["stances"], theme=words["themes"].lower())
    return tuple(
        Picture(
            drawing=stacks(shown, legend=tuple(legend.values())),
            caption=_part(caption, part, len(parts), lang=lang),
            alternative=_alternative(caption, [told(row) for row in shown]),
            note=key,
        )
        for parts in [even_parts(rows, most=ROWS_SHOWN)]
        for part, shown in enumerate(parts, start=1)
    )


def group_pictures(report: Report) -> tuple[Picture, ...]:
    """Draw the most named themes side by side, a picture a question or grouping of two values and more."""
    shares, labels = overall(report.summary.frequencies), report.codebook.labels(report.lang)
    themes = [theme for theme in rank(shares) if shares[theme][columns.N] > 0][:PANELS]
    found = [breakdown for breakdown in breakdowns(report.summary.frequencies) if len(breakdown.values) > 1]
    if not themes:
        return ()
    return tuple(
        _group_picture(breakdown, [(theme, labels[theme]) for theme in themes], lang=report.lang) for breakdown in found
    )


def _group_picture(breakdown: Breakdown, themes: Sequence[tuple[str, str]], *, lang: str) -> Picture:
    words, shown = WORDS[lang], breakdown.largest(VALUES_SHOWN)
    axis = charts.axis(breakdown.values[value][theme][columns.HIGH] for value in shown for theme, _ in themes)
    panels = tuple(
        Panel(
            label,
            tuple(_bar(breakdown.values[value][theme], label=value, lang=lang, is_short=True) for value in shown),
        )
        for theme, label in themes
    )
    caption = words["by_group"].format(group=breakdown.group) if breakdown.group else words["by_question"]
    drawing = side_by_side(panels, axis=axis, ticks=_ticks(axis, lang=lang))
    if drawing.height > MOST_HEIGHT:
        panels = panels[:PANELS_IN_A_ROW]
        drawing = side_by_side(panels, axis=axis, ticks=_ticks(axis, lang=lang))
    told = [f"{panel.title}: {'; '.join(f'{bar.label} {bar.note}' for bar in panel.bars[:TOLD])}" for panel in panels]
    return Picture(
        drawing=drawing,
        caption=f"{words['chart']}: {caption[:1].lower()}{caption[1:]}",
        alternative=_alternative(caption, told),
        note=" ".join(
            filter(
                None,
                (key_of(axis, lang=lang), hidden("hidden_values", len(breakdown.values), VALUES_SHOWN, lang=lang)),
            )
        ),
    )


def pairs_picture(report: Report) -> Picture | None:
    """Draw the themes most often named together; nothing where none were."""
    table = pair_table(report.summary.pairs, report.codebook, lang=report.lang)
    rows = report.summary.pairs.head(PAIRS_DRAWN).to_dict("records")
    drawn = [_bar(row, label=shown.label, lang=report.lang) for row, shown in zip(rows, table.figures, strict=False)]
    if not drawn:
        return None
    axis = charts.axis(row.high for row in drawn)
    return Picture(
        drawing=bars(drawn, axis=axis, ticks=_ticks(axis, lang=report.lang), most_label=PAIR_LABEL),
        caption=table.caption,
        alternative=_alternative(table.caption, [f"{row.label}: {row.note}" for row in drawn]),
        note=key_of(axis, lang=report.lang),
    )


def _bar(row: Row, *, label: str, lang: str, is_short: bool = False) -> Bar:
    shown = figure(row, label=label, lang=lang)
    note = f"{shown.ratio}" if is_short else f"{shown.share} ({shown.ratio})"
    return Bar(label, row[columns.SHARE], row[columns.LOW], row[columns.HIGH], note)


def _ticks(axis: Axis, *, lang: str) -> tuple[str, ...]:
    return tuple(numbers.decimal(tick * 100, 0, lang=lang) + "%" for tick in axis.ticks)


def _in_parts(
    rows: Sequence[Bar], draw: Callable[[Sequence[Bar]], Drawing], *, caption: str, note: str, lang: str
) -> Iterator[Picture]:
    parts = even_parts(rows, most=ROWS_SHOWN)
    for part, shown in enumerate(parts, start=1):
        told = [f"{row.label}: {row.note}" for row in shown]
        yield Picture(draw(shown), _part(caption, part, len(parts), lang=lang), _alternative(caption, told), note)


def _part(caption: str, part: int, parts: int, *, lang: str) -> str:
    return WORDS[lang]["part"].format(title=caption, part=part, parts=parts) if parts > 1 else caption


def _alternative(caption: str, told: Sequence[str]) -> str:
    """Say in words what a picture shows; of many rows the first."""
    more = "; …" if len(told) > TOLD else ""
    return f"{caption}. {'; '.join(told[:TOLD])}{more}."
