"""The other sheets: comparisons, pairs, sub-themes, words, quotes, coded answers, what was not read, and the method."""

from collections.abc import Iterator, Mapping

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report.differences import differences
from thamluan.pipeline.report.figures import overall, rank
from thamluan.pipeline.report.method import method
from thamluan.pipeline.report.sections import readable
from thamluan.pipeline.report.workbook.sheet import SHARES, Column, Kind, Sheet, Wordbook, picked

YES_NO = ("0", "1")


def comparisons(book: Wordbook) -> Sheet:
    """Show the tests of each theme in each grouping, those that hold first."""
    words, summary = book.words, book.report.summary
    shown = differences(summary, book.report.codebook, lang=book.report.lang)
    tests = {"chi2": words["chi2"], "fisher": words["fisher"]}
    rows = summary.comparisons.sort_values([columns.HOLDS, columns.V], ascending=False, kind="stable")
    return _table(
        book,
        "comparisons",
        caption=words["differences"],
        heads={
            columns.GROUP: Column(words["grouping"]),
            columns.THEME: Column(words["theme"]),
            columns.HOLDS: Column(words["holds"]),
            columns.V: Column(words["strength"], Kind.DECIMAL),
            columns.Q: Column("q", Kind.P),
            columns.P: Column("p", Kind.P),
            columns.TEST: Column(words["test"]),
            columns.STATISTIC: Column(words["statistic"], Kind.DECIMAL),
            columns.N: Column(words["n"], Kind.COUNT),
        },
        rows=rows.assign(**{columns.TEST: rows[columns.TEST].map(tests), columns.HOLDS: _yes_no(book, rows)}),
        notes=(shown.note,) if shown else (),
    )


def residuals(book: Wordbook) -> Sheet:
    """Show how each value of a grouping differs from all others."""
    words, rows = book.words, book.report.summary.residuals
    return _table(
        book,
        "residuals",
        caption=words["residuals"],
        heads={
            columns.GROUP: Column(words["grouping"]),
            columns.VALUE: Column(words["value"]),
            columns.THEME: Column(words["theme"]),
            columns.N: Column(words["n"], Kind.COUNT),
            columns.BASE: Column(words["base"], Kind.COUNT),
            columns.SHARE: Column(words["share"], Kind.SHARE),
            columns.REST: Column(words["rest"], Kind.SHARE),
            columns.RESIDUAL: Column(words["residual"], Kind.DECIMAL),
            columns.HOLDS: Column(words["holds"]),
        },
        rows=rows.assign(**{columns.HOLDS: _yes_no(book, rows)}),
        notes=book.notes(),
    )


def _yes_no(book: Wordbook, rows: pd.DataFrame) -> pd.Series:
    return rows[columns.HOLDS].map({1: book.words["yes"], 0: book.words["no"]})


def pairs(book: Wordbook) -> Sheet:
    """Show which themes are named together, the most frequent first."""
    words = book.words
    lift = (columns.LIFT, columns.LIFT_LOW, columns.LIFT_HIGH)
    return _table(
        book,
        "pairs",
        caption=words["pairs"],
        heads={
            columns.THEME: Column(words["theme"]),
            columns.OTHER: Column(words["other"]),
            **dict(zip(SHARES, book.interval(), strict=True)),
            **{name: Column(words[name], Kind.DECIMAL) for name in lift},
        },
        rows=book.report.summary.pairs,
        notes=book.notes(),
    )


def subthemes(book: Wordbook) -> Sheet:
    """Show what the contributions on each theme, and those without one, speak of."""
    words = book.words
    return _table(
        book,
        "subthemes",
        caption=words["subthemes"],
        heads={
            columns.THEME: Column(words["theme"]),
            columns.SUBTHEME: Column(words["number"], Kind.COUNT),
            columns.LABEL: Column(words["subtheme"]),
            **dict(zip(SHARES, book.interval(), strict=True)),
        },
        rows=_by_rank(book, book.report.summary.subthemes),
        notes=book.notes(),
    )


def terms(book: Wordbook) -> Sheet:
    """Show the words typical of each theme."""
    heads = {columns.THEME: Column(book.words["theme"]), **_words(book)}
    rows = _by_rank(book, book.report.summary.terms)
    return _table(book, "terms", caption=book.words["terms"], heads=heads, rows=rows)


def group_terms(book: Wordbook) -> Sheet:
    """Show the words typical of each value of a grouping."""
    words = book.words
    heads = {columns.GROUP: Column(words["grouping"]), columns.VALUE: Column(words["value"]), **_words(book)}
    return _table(book, "group_terms", caption=words["group_terms"], heads=heads, rows=book.report.summary.group_terms)


def _words(book: Wordbook) -> dict[str, Column]:
    return {
        columns.TERM: Column(book.words["term"]),
        columns.N: Column(book.words["n"], Kind.COUNT),
        columns.SCORE: Column(book.words["score"], Kind.DECIMAL),
    }


def quotes(book: Wordbook) -> Sheet:
    """Show the quotes as the page does, with their places."""
    words, rows = book.words, _by_rank(book, book.report.summary.quotes)
    return _table(
        book,
        "quotes",
        caption=words["quotes"],
        heads={
            columns.THEME: Column(words["theme"]),
            columns.RANK: Column(words["number"], Kind.COUNT),
            columns.STANCE: Column(words["stance"]),
            columns.QUOTE: Column(words["quote"]),
            columns.SPEAKER: Column(words["speaker"]),
            columns.SOURCE: Column(words["source"]),
            columns.PLACE: Column(words["place"]),
            columns.CONTRIBUTION: Column(words["answer"], Kind.COUNT),
            columns.START: Column(words["start"], Kind.COUNT),
            columns.END: Column(words["end"], Kind.COUNT),
        },
        rows=rows.assign(
            **{
                columns.QUOTE: [readable(quote) for quote in rows[columns.QUOTE]],
                columns.STANCE: [book.stances.get(id, id) for id in rows[columns.STANCE]],
            }
        ),
    )


def answers(book: Wordbook) -> Sheet:
    """Show the coded contributions under the names of answers.csv, so that `thamluan report` reads them back."""
    words, df = book.words, book.report.answers
    stances = book.report.codebook.stance_ids
    special = {
        columns.THEMES: Column(columns.THEMES, Kind.CODE, note=words["help_themes"]),
        columns.STANCE: Column(
            columns.STANCE, Kind.CODE, note="; ".join(f"{id}: {book.stances[id]}" for id in stances), allowed=stances
        ),
        columns.NEEDS_LOOK: Column(columns.NEEDS_LOOK, Kind.CODE, note=words["help_look"]),
        columns.TEXT: Column(columns.TEXT),
        **{
            theme: Column(theme, Kind.CODE, note=f"{label}. {words['help_yes']}", allowed=YES_NO)
            for theme, label in book.themes.items()
        },
    }
    # A column of the input may be called like a theme; the theme's stands behind the text.
    names = list(df.columns)
    behind = names.index(columns.TEXT) if columns.TEXT in names else 0
    named = tuple(
        special.get(name, Column(name, Kind.CODE)) if place >= behind else Column(name, Kind.CODE)
        for place, name in enumerate(names)
    )
    return Sheet(words["sheet_answers"], words["answers"], named, df, is_plain=True)


def corrections(book: Wordbook) -> Iterator[Sheet]:
    """Show whose codes people have corrected, where they have."""
    words, rows = book.words, book.report.corrections
    if rows is not None:
        heads = ("answer", "source", "place", "machine_themes", "themes_now", "machine_stance", "stance_now")
        named = tuple(Column(words[head], Kind.CODE) for head in heads)
        shown = pd.DataFrame(rows, columns=list(columns.CORRECTIONS))
        yield Sheet(words["sheet_corrections"], words["corrections"], named, shown)


def rejected(book: Wordbook) -> Sheet:
    """Show what could not be read."""
    heads = {name: Column(book.words[name]) for name in columns.REJECTED}
    return _table(book, "rejected", caption=book.words["rejected"], heads=heads, rows=book.report.rejected)


def method_rows(book: Wordbook) -> Sheet:
    """Tell how the numbers came about, and from which files, model and versions."""
    words, report = book.words, book.report
    told = method(report.provenance, is_weighted=report.summary.is_weighted, lang=report.lang)
    codebook = f"{report.codebook.id}, {words['version'].format(version=report.codebook.version)}"
    rows = [*told.chapters, (words["codebook"], codebook)]
    if told.model:
        rows.append((words["model"], "\n".join(filter(None, (told.model, told.model_sha256)))))
    if told.measured:
        rows.append((words["figures"], words["figures_note"]))
    rows += [
        (
            measured.files,
            f"{words['n_texts']}: {measured.n}; {words['macro_themes']}: {measured.themes}; "
            f"{words['macro_stances']}: {measured.stances}",
        )
        for measured in told.measured
    ]
    rows += [
        (f"{words['inputs']}: {file.source}", f"{words['rows']}: {file.rows}\n{file.sha256}") for file in told.inputs
    ]
    rows.append((words["versions"], ", ".join(f"{name} {version}" for name, version in told.versions)))
    rows.append(("run.json", words["run_json"]))
    heads = (words["chapter"], words["text"])
    shown = pd.DataFrame(rows, columns=list(heads))
    return Sheet(words["sheet_method"], words["method"], tuple(map(Column, heads)), shown)


def _by_rank(book: Wordbook, rows: pd.DataFrame) -> pd.DataFrame:
    """Order rows by theme as the page does, those without a theme last."""
    order = {theme: place for place, theme in enumerate(rank(overall(book.report.summary.frequencies)))}
    places = rows[columns.THEME].map(order).fillna(len(order))
    return rows.loc[places.sort_values(kind="stable").index]


def _table(
    book: Wordbook,
    name: str,
    *,
    caption: str,
    heads: Mapping[str, Column],
    rows: pd.DataFrame,
    notes: tuple[str, ...] = (),
) -> Sheet:
    """Make a sheet of the columns named by `heads`, themes by their labels; theme "" means none of the codebook."""
    labels = {**book.themes, "": book.words["newthemes"]}
    for column in {columns.THEME, columns.OTHER} & set(heads):
        rows = rows.assign(**{column: [labels.get(id, id) for id in rows[column]]})
    return Sheet(book.words[f"sheet_{name}"], caption, tuple(heads.values()), picked(rows, tuple(heads)), notes)
