"""A section a theme: how often it is named, in what tone, with what words, by whom, and what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.charts import Segment, stack
from thamluan.pipeline.report.figures import Breakdown, Figure, FigureTable, Row, breakdowns, figure
from thamluan.pipeline.report.language import WORDS, counted
from thamluan.pipeline.text.repair import repair
from thamluan.pipeline.themes.codebooks.codebook import Codebook

VALUES_SHOWN = 12
PAIRS_SHOWN = 3


@dataclass(frozen=True)
class Split:
    """The stances of a theme: a stacked bar, its legend, and what it is taken over."""

    segments: tuple[Segment, ...]
    counts: tuple[str, ...]  # written in the segments, by stance
    table: FigureTable


@dataclass(frozen=True)
class Quote:
    """A quote, verbatim but for an old encoding.

    `number` is its stance's place in the codebook, from 1, or 0 for an unknown one.
    """

    text: str
    stance: str
    number: int
    origin: str


@dataclass(frozen=True)
class Section:
    """What the page shows of a theme."""

    anchor: str
    definition: str
    figure: Figure
    people: Figure | None  # where some people speak more than once
    is_named: bool
    told: tuple[str, ...]  # in sentences
    split: Split
    terms: tuple[tuple[str, str], ...]  # term, number of contributions
    subthemes: tuple[FigureTable, ...]
    tables: tuple[FigureTable, ...]
    quotes: tuple[Quote, ...]


def anchor(theme: str) -> str:
    """Name the place of a theme in the page; ids are letters, digits and `_`, so nothing needs quoting."""
    return f"theme-{theme}"


def position(ids: Sequence[str], id: str) -> int:
    """Find the place of an id, from 1; 0 where it is not there.

    >>> position(("funding", "ideology"), "ideology")
    2
    """
    return ids.index(id) + 1 if id in ids else 0


def sections(
    summary: Summary,
    codebook: Codebook,
    *,
    ranked: Sequence[str],
    shares: Mapping[str, Row],
    told: Mapping[str, Sequence[str]],
    lang: str,
) -> tuple[Section, ...]:
    """Write a section a theme, in the order of `ranked`.

    `shares` has the row of each theme over all contributions, `told` its sentences.
    """
    labels = codebook.labels(lang)
    definitions = {theme.id: theme.definition[lang] for theme in codebook.themes}
    broken_down = breakdowns(summary.frequencies)
    return tuple(
        Section(
            anchor=anchor(theme),
            definition=definitions[theme],
            figure=figure(shares[theme], label=labels[theme], lang=lang),
            people=people(summary, theme, lang=lang),
            is_named=shares[theme][columns.N] > 0,
            told=tuple(told[theme]),
            split=split(of_theme(summary.stances, theme), codebook, lang=lang),
            terms=tuple(
                (row[columns.TERM], numbers.count(row[columns.N], lang=lang))
                for row in of_theme(summary.terms, theme).to_dict("records")
            ),
            subthemes=subtheme_tables(summary.subthemes, theme, lang=lang),
            tables=(
                *(breakdown_table(breakdown, theme, lang=lang) for breakdown in broken_down),
                *together(summary.pairs, codebook, theme=theme, lang=lang),
            ),
            quotes=quotes(of_theme(summary.quotes, theme), codebook, lang=lang),
        )
        for theme in ranked
    )


def people(summary: Summary, theme: str, *, lang: str) -> Figure | None:
    """Show how many people name a theme, where that is not the same as how many contributions do."""
    rows = of_theme(summary.respondents, theme).to_dict("records")
    if not rows or summary.n_respondents == summary.n_coded:
        return None
    return figure(rows[0], label="", lang=lang)


def of_theme(df: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Take the rows of a theme."""
    return df[df[columns.THEME] == theme]


def split(stances: pd.DataFrame, codebook: Codebook, *, lang: str) -> Split:
    """Show the stances of a theme in the codebook's order, those that nobody took among them."""
    words = WORDS[lang]
    by_stance = {row[columns.STANCE]: row for row in stances.to_dict("records")}
    rows = [by_stance[id] for id in codebook.stance_ids if id in by_stance]
    labels = codebook.stance_labels(lang)
    base = max((row[columns.BASE] for row in rows), default=0)
    return Split(
        segments=stack([0 if numbers.is_missing(row[columns.SHARE]) else row[columns.SHARE] for row in rows]),
        counts=tuple(numbers.count(row[columns.N], lang=lang) for row in rows),
        table=FigureTable(
            caption=words["stances"],
            head=words["stances"],
            figures=tuple(
                figure(
                    row,
                    label=labels[row[columns.STANCE]],
                    lang=lang,
                    number=position(codebook.stance_ids, row[columns.STANCE]),
                )
                for row in rows
            ),
            note=words["stances_note"].format(base=counted("contributions", base, lang=lang)),
        ),
    )


def breakdown_table(breakdown: Breakdown, theme: str, *, lang: str) -> FigureTable:
    """Show a theme by question or by the values of a group; of many values only the largest."""
    words = WORDS[lang]
    shown = breakdown.largest(VALUES_SHOWN)
    return FigureTable(
        caption=words["by_group"].format(group=breakdown.group) if breakdown.group else words["by_question"],
        head=breakdown.group or words["question"],
        figures=tuple(figure(breakdown.values[value][theme], label=value, lang=lang) for value in shown),
        note=hidden("hidden_values", len(breakdown.values), VALUES_SHOWN, lang=lang),
    )


def together(pairs: pd.DataFrame, codebook: Codebook, *, theme: str, lang: str) -> tuple[FigureTable, ...]:
    """Show the themes most often named with a theme; no table where there are none."""
    words = WORDS[lang]
    labels = codebook.labels(lang)
    with_theme = pairs[(pairs[columns.THEME] == theme) | (pairs[columns.OTHER] == theme)]
    figures = []
    for row in with_theme.head(PAIRS_SHOWN).to_dict("records"):
        other = row[columns.OTHER] if row[columns.THEME] == theme else row[columns.THEME]
        figures.append(figure(row, label=labels[other], lang=lang, link=anchor(other)))
    return (
        (FigureTable(caption=words["together"], head=words["named_with"], figures=tuple(figures)),) if figures else ()
    )


def subtheme_tables(subthemes: pd.DataFrame, theme: str, *, lang: str) -> tuple[FigureTable, ...]:
    """Show what the contributions on a theme speak of, or for theme "" those without one; none where none was found."""
    words = WORDS[lang]
    rows = of_theme(subthemes, theme).to_dict("records")
    if not rows:
        return ()
    base = counted("contributions", rows[0][columns.BASE], lang=lang)
    note = words["subthemes_note" if theme else "newthemes_note"].format(base=base)
    figures = tuple(figure(row, label=row[columns.LABEL], lang=lang) for row in rows)
    return (FigureTable(caption=words["subthemes"], head=words["subtheme"], figures=figures, note=note),)


def quotes(rows: pd.DataFrame, codebook: Codebook, *, lang: str) -> tuple[Quote, ...]:
    """Show quotes with who said them and where."""
    labels = codebook.stance_labels(lang)
    return tuple(
        Quote(
            text=readable(row[columns.QUOTE]),
            stance=labels.get(row[columns.STANCE], row[columns.STANCE]),
            number=position(codebook.stance_ids, row[columns.STANCE]),
            origin=" · ".join(filter(None, (row[columns.SPEAKER], row[columns.SOURCE], row[columns.PLACE]))),
        )
        for row in rows.to_dict("records")
    )


def readable(quote: str) -> str:
    """Decode a quote in an old encoding, which only its old font would show; any other stays as it is.

    >>> readable("Chi bé häp ®Òu"), readable("ko có tiền")
    ('Chi bộ họp đều', 'ko có tiền')
    """
    repaired = repair(quote, names=["compose", "decode_legacy"])
    return repaired.text if "decode_legacy" in repaired.changed_by else quote


def hidden(key: str, n: int, shown: int, *, lang: str) -> str:
    """Say how many are not shown; nothing where all are.

    >>> hidden("hidden_pairs", 25, 20, lang="en")
    'Only the 20 most frequent pairs are shown; 5 more are not.'
    """
    if n <= shown:
        return ""
    return WORDS[lang][key].format(shown=numbers.count(shown, lang=lang), n=numbers.count(n - shown, lang=lang))
