"""The sheets of shares: of themes, over all, of people, by stance, and by question and group."""

from collections.abc import Iterator

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report.figures import Breakdown, breakdowns, overall, rank
from thamluan.pipeline.report.narrative import Narrative
from thamluan.pipeline.report.workbook.sheet import (
    SHARES,
    Chart,
    Column,
    Kind,
    Series,
    Sheet,
    Wordbook,
    picked,
    with_arms,
)

BARS = 12  # themes that a chart by group has room for
VALUES = 4  # values of a group, likewise; the largest
BELOW, ABOVE = "below", "above"


def ranked(book: Wordbook) -> tuple[str, ...]:
    """Order the themes as the page does."""
    return rank(overall(book.report.summary.frequencies))


def theme_shares(book: Wordbook) -> Sheet:
    """Show how often each theme is named."""
    shares, words = overall(book.report.summary.frequencies), book.words
    rows = pd.DataFrame([shares[theme] for theme in ranked(book)], columns=list(columns.FREQUENCIES))
    return Sheet(
        name=words["sheet_shares"],
        caption=words["chart"],
        columns=(Column(words["theme"]), Column(words["id"], Kind.CODE), *book.interval(), *book.arms()),
        rows=_themed(book, rows),
        notes=book.notes(words["chart_note"]),
        charts=_bars(words["chart"], words["axis"], n_rows=len(rows)),
    )


def people(book: Wordbook) -> Sheet:
    """Show how many people name each theme."""
    words = book.words
    found = book.report.summary.respondents.set_index(columns.THEME, drop=False)
    rows = found.loc[[theme for theme in ranked(book) if theme in found.index]]
    return Sheet(
        name=words["sheet_people"],
        caption=words["people"],
        columns=(
            Column(words["theme"]),
            Column(words["id"], Kind.CODE),
            *book.interval(n="n_people"),
            *book.arms(),
        ),
        rows=_themed(book, rows),
        notes=book.notes(),
        charts=_bars(words["people"], words["axis_people"], n_rows=len(rows)),
    )


def _themed(book: Wordbook, rows: pd.DataFrame) -> pd.DataFrame:
    shown = with_arms(rows).assign(**{columns.LABEL: rows[columns.THEME].map(book.themes)})
    return picked(shown, (columns.LABEL, columns.THEME, *SHARES, BELOW, ABOVE))


def _bars(title: str, axis: str, *, n_rows: int) -> tuple[Chart, ...]:
    """Draw shares with their intervals, as in the columns of `_themed`."""
    series = Series(title, values=4, first=0, last=n_rows - 1, ends=(7, 8))
    return (Chart(title, axis, categories=0, series=(series,)),) if n_rows else ()


def told_themes(book: Wordbook, narrative: Narrative) -> Sheet:
    """Tell each theme: its id, what it means, and what the numbers say of it."""
    words, lang = book.words, book.report.lang
    definitions = {theme.id: theme.definition[lang] for theme in book.report.codebook.themes}
    rows = [
        (book.themes[theme], theme, definitions[theme], " ".join(narrative.themes.get(theme, ())))
        for theme in ranked(book)
    ]
    heads = (words["theme"], words["id"], words["definition"], words["told"])
    kinds = (Kind.TEXT, Kind.CODE, Kind.TEXT, Kind.TEXT)
    named = tuple(Column(head, kind) for head, kind in zip(heads, kinds, strict=True))
    return Sheet(words["sheet_themes"], words["themes"], named, pd.DataFrame(rows, columns=list(heads)))


def stances(book: Wordbook) -> Sheet:
    """Show with which stance each theme is named: a row a theme, each stance with its share and interval."""
    words = book.words
    found = book.report.summary.stances
    by_pair = found.set_index([columns.THEME, columns.STANCE])
    themes = [theme for theme in ranked(book) if theme in set(found[columns.THEME])]
    ids = [id for id in book.report.codebook.stance_ids if id in set(found[columns.STANCE])]
    measures = (columns.N, columns.SHARE, columns.LOW, columns.HIGH)
    rows = {columns.LABEL: [book.themes[theme] for theme in themes]}
    bases = found.groupby(columns.THEME)[columns.BASE].max()
    rows[columns.BASE] = [bases[theme] for theme in themes]
    heads = [Column(words["theme"]), Column(words["base"], Kind.COUNT)]
    for id in ids:
        for name in measures:
            rows[f"{id} {name}"] = [by_pair[name].get((theme, id)) for theme in themes]
            kind = Kind.COUNT if name == columns.N else Kind.SHARE
            heads.append(Column(words["of"].format(label=book.stances[id], head=words[name]), kind))
    series = tuple(
        Series(book.stances[id], values=2 + len(measures) * place + 1, first=0, last=len(themes) - 1)
        for place, id in enumerate(ids)
    )
    chart = Chart(words["stances"], words["axis_stances"], categories=0, series=series, is_stacked=True)
    return Sheet(
        name=words["sheet_stances"],
        caption=words["stances"],
        columns=tuple(heads),
        rows=pd.DataFrame(rows),
        notes=book.notes(words["stances_base"]),
        charts=(chart,) if themes and ids else (),
    )


def broken_down(book: Wordbook) -> Iterator[Sheet]:
    """Show each theme by question, by each group, and by group inside each question."""
    words, frequencies = book.words, book.report.summary.frequencies
    for breakdown in breakdowns(frequencies):
        caption = words["by_group"].format(group=breakdown.group) if breakdown.group else words["by_question"]
        yield _breakdown(book, breakdown, caption=caption)
    inside = frequencies[(frequencies[columns.QUESTION] != "") & (frequencies[columns.GROUP] != "")]
    if len(inside):
        heads = (words["question"], words["grouping"], words["value"])
        yield Sheet(
            name=words["sheet_inside"],
            caption=words["inside"],
            columns=(*map(Column, heads), Column(words["theme"]), *book.interval()),
            rows=picked(
                inside.assign(**{columns.LABEL: inside[columns.THEME].map(book.themes)}),
                (columns.QUESTION, columns.GROUP, columns.VALUE, columns.LABEL, *SHARES),
            ),
            notes=book.notes(),
        )


def _breakdown(book: Wordbook, breakdown: Breakdown, *, caption: str) -> Sheet:
    words = book.words
    themes = tuple(book.themes)
    rows = pd.DataFrame(
        [
            {
                columns.VALUE: value,
                columns.LABEL: book.themes[theme],
                **{name: by_theme[theme][name] for name in SHARES},
            }
            for value, by_theme in breakdown.values.items()
            for theme in themes
        ]
    )
    places = {value: place for place, value in enumerate(breakdown.values)}
    series = tuple(
        Series(
            value,
            values=4,
            first=places[value] * len(themes),
            last=places[value] * len(themes) + min(len(themes), BARS) - 1,
            ends=(7, 8),
        )
        for value in breakdown.largest(VALUES)
    )
    head = breakdown.group or words["question"]
    return Sheet(
        name=caption,
        caption=caption,
        columns=(Column(head), Column(words["theme"]), *book.interval(), *book.arms()),
        rows=picked(with_arms(rows), (columns.VALUE, columns.LABEL, *SHARES, BELOW, ABOVE)),
        notes=book.notes(),
        charts=(Chart(caption, words["axis"], categories=1, series=series),),
    )
