"""Corrections: codes that people changed in the tables of a run, carried over to its answers and units.

What people see and leave, they mean. Of `themes` and the 0/1 columns of an answer the one that was changed counts. A
theme taken away leaves all units of the answer. A theme put in the place of one other goes to the units that had it;
any other new theme goes to the unit for which the coder held it most probable, or to all where each answer has exactly
one theme. A new stance goes to the units that had the answer's stance.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import answer_stances, indicators
from thamluan.pipeline.themes.material.coded import NO, POSITION, YES, CodedTable, Problems, Vocabulary, shown

BETWEEN = " | "  # the evidence for two themes


@dataclass(frozen=True)
class Codes:
    """The themes of an answer or a unit, and its stance."""

    themes: frozenset[str]
    stance: str


def codes_of(table: pd.DataFrame) -> list[Codes]:
    """Gather the codes of answers or units that are written as the program writes them."""
    return [
        Codes(frozenset(filter(None, themes.split(columns.SEPARATOR))), stance)
        for themes, stance in zip(table[columns.THEMES], table[columns.STANCE], strict=True)
    ]


@dataclass(frozen=True)
class Written:
    """What a row says: the joined themes, those marked in 0/1 columns, the stance; None where there is no column."""

    joined: frozenset[str] | None
    marked: frozenset[str] | None
    stance: str | None


def given_codes(
    table: CodedTable, rows: pd.DataFrame, *, before: Mapping[int, Codes], vocabulary: Vocabulary, problems: Problems
) -> dict[int, Codes]:
    """Read what people gave each row, of those that `before` has the codes of; where a column lacks, what was there."""
    spread = frozenset(_columns_of_themes(table, vocabulary))
    given = {}
    written = written_codes(table, rows, vocabulary=vocabulary, problems=problems)
    for number, position, row in zip(rows.index, rows[POSITION], written, strict=True):
        old = before[number]
        themes = old.themes if row.joined is None else row.joined
        # A theme that has no column is nobody's to unmark.
        marked = old.themes if row.marked is None else row.marked | (old.themes - spread)
        if themes == old.themes:
            themes = marked
        elif marked not in (old.themes, themes):
            place = table.place(position, columns.THEMES)
            problems.add(place, "themes and the 0/1 columns were both changed, and not alike; change one of them")
        if old.stance and row.stance == "":
            place = table.place(position, columns.STANCE)
            problems.add(place, f"no stance; known are {', '.join(vocabulary.stance_ids)}")
        given[number] = Codes(themes, old.stance if row.stance is None else row.stance)
    return given


def written_codes(
    table: CodedTable, rows: pd.DataFrame, *, vocabulary: Vocabulary, problems: Problems
) -> list[Written]:
    """Read what each row says; what is no code is a problem."""
    spread = _columns_of_themes(table, vocabulary)
    found = []
    for row in rows.to_dict("records"):
        position = row[POSITION]

        def complain(name: str, what: str, position: int = position) -> None:
            problems.add(table.place(position, name), what)

        joined = stance = None
        if columns.THEMES in row:
            joined = vocabulary.themes_of(row[columns.THEMES], complain=partial(complain, columns.THEMES))
        if columns.STANCE in row:
            stance = vocabulary.stance_of(row[columns.STANCE], complain=partial(complain, columns.STANCE))
            if row[columns.STANCE].strip() and not stance:
                stance = None  # told already
        found.append(Written(joined, _marked(row, spread, complain=complain) if spread else None, stance))
    return found


def _columns_of_themes(table: CodedTable, vocabulary: Vocabulary) -> list[str]:
    """Name the themes that have a 0/1 column, as tables of answers have."""
    return [id for id in vocabulary.theme_ids if id in table.rows] if table.key == columns.CONTRIBUTION else []


def _marked(row: Mapping[str, str], spread: list[str], *, complain: Callable[[str, str], None]) -> frozenset[str]:
    marked = set()
    for id in spread:
        cell = row[id].strip().casefold().removesuffix(".0").removesuffix(",0")
        if cell in YES:
            marked.add(id)
        elif cell not in NO:
            complain(id, f"{shown(row[id])} is neither 1 nor 0")
    return frozenset(marked)


def correct_answers(
    answers: pd.DataFrame, units: pd.DataFrame, *, given: Mapping[int, Codes], single: bool, vocabulary: Vocabulary
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give answers the codes that people gave them, by number, and carry these over to their units."""
    units = units.copy()
    rows_of = units.groupby(columns.CONTRIBUTION).indices
    themes = [set(codes.themes) for codes in codes_of(units)]
    stances = units[columns.STANCE].tolist()
    for number, codes in given.items():
        rows = rows_of.get(number, [])
        _carry_themes(units, themes, rows=list(rows), wanted=codes.themes, single=single)
    units[columns.THEMES] = [vocabulary.joined(each) for each in themes]
    main = answer_stances(units[units[columns.CONTRIBUTION].isin(list(given))])
    known = dict(zip(answers[columns.CONTRIBUTION], answers[columns.STANCE], strict=True))
    for number, codes in given.items():
        if codes.stance != known[number]:
            for row in rows_of.get(number, []):
                stances[row] = codes.stance if stances[row] == main[number] else stances[row]
    units[columns.STANCE] = stances
    return with_codes(answers, given=given, vocabulary=vocabulary), without_stale_evidence(units)


def _carry_themes(
    units: pd.DataFrame, themes: list[set[str]], *, rows: list[int], wanted: frozenset[str], single: bool
) -> None:
    """Change the themes of an answer's units, in place, so that their union is what is wanted."""
    had = set().union(*(themes[row] for row in rows))
    gone, new = had - wanted, wanted - had
    for theme in new:
        if single:
            chosen = rows
        elif len(gone) == len(new) == 1:
            chosen = [row for row in rows if gone & themes[row]]
        else:
            held = units[columns.probability(theme)].to_numpy()
            chosen = [max(rows, key=lambda row, held=held: held[row])]
        for row in chosen:
            themes[row].add(theme)
    for row in rows:
        themes[row] -= gone


def with_codes(answers: pd.DataFrame, *, given: Mapping[int, Codes], vocabulary: Vocabulary) -> pd.DataFrame:
    """Write codes into answers, by number: themes, stance and the 0/1 columns."""
    answers = answers.copy()
    numbers = answers[columns.CONTRIBUTION]
    codes = [given.get(number) for number in numbers]
    for name, write in ((columns.THEMES, lambda each: vocabulary.joined(each.themes)), (columns.STANCE, _stance)):
        cells = zip(codes, answers[name], strict=True)
        answers[name] = [cell if each is None else write(each) for each, cell in cells]
    for theme in vocabulary.theme_ids:
        cells = zip(codes, answers[theme], strict=True)
        answers[theme] = [cell if each is None else int(theme in each.themes) for each, cell in cells]
    return answers


def _stance(codes: Codes) -> str:
    return codes.stance


def correct_units(
    answers: pd.DataFrame,
    units: pd.DataFrame,
    *,
    given: Mapping[int, Codes],
    main_before: pd.Series,
    codebook: Codebook,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give units the codes that people gave them, by number, and gather those of the answers that this changes.

    An answer's stance stays where its main stance is what `main_before` says, by contribution.
    """
    vocabulary = Vocabulary.of(codebook)
    corrected = units.copy()
    codes = [given[number] for number in units[columns.UNIT]]
    corrected[columns.THEMES] = [vocabulary.joined(each.themes) for each in codes]
    corrected[columns.STANCE] = [each.stance for each in codes]
    main = answer_stances(corrected)
    present = indicators(corrected, codebook=codebook).groupby(corrected[columns.CONTRIBUTION]).max()
    numbers = present.index.tolist()
    unions = [frozenset(present.columns[row == 1]) for row in present.to_numpy()]
    known = dict(zip(answers[columns.CONTRIBUTION], codes_of(answers), strict=True))
    new = {}
    for number, union in zip(numbers, unions, strict=True):
        stance = known[number].stance if main[number] == main_before[number] else main[number]
        if Codes(union, stance) != known[number]:
            new[number] = Codes(union, stance)
    return with_codes(answers, given=new, vocabulary=vocabulary), without_stale_evidence(corrected)


def without_stale_evidence(units: pd.DataFrame) -> pd.DataFrame:
    """Take out of the evidence what spoke for themes that a unit no longer has."""
    kept = []
    for themes, evidence in zip(units[columns.THEMES], units[columns.EVIDENCE], strict=True):
        ids = themes.split(columns.SEPARATOR)
        kept.append(BETWEEN.join(part for part in evidence.split(BETWEEN) if part.partition(":")[0] in ids))
    return units.assign(**{columns.EVIDENCE: kept})


def corrections(
    before: pd.DataFrame, after: pd.DataFrame, *, touched: set[int], earlier: pd.DataFrame, vocabulary: Vocabulary
) -> pd.DataFrame:
    """List the contributions whose codes people changed, with the machine's: `columns.CORRECTIONS`.

    `touched` are those whose units were changed. `earlier` has what was corrected in earlier rounds: the machine's
    codes are the first, and what people changed back is listed no more.
    """
    machine = {
        number: (themes, stance)
        for number, themes, stance in earlier[
            [columns.CONTRIBUTION, columns.MACHINE_THEMES, columns.MACHINE_STANCE]
        ].itertuples(index=False)
    }
    names = [columns.CONTRIBUTION, columns.SOURCE, columns.PLACE, columns.THEMES, columns.STANCE]
    old = dict(zip(before[columns.CONTRIBUTION], before[names[-2:]].itertuples(index=False, name=None), strict=True))
    rows = []
    for number, source, place, themes, stance in after[names].itertuples(index=False, name=None):
        is_new = old[number] != (themes, stance)
        first = machine.get(number, old[number])
        is_back = is_new and first == (themes, stance)
        if (is_new or number in machine or number in touched) and not is_back:
            rows.append((number, source, place, first[0], themes, first[1], stance))
    return pd.DataFrame(rows, columns=list(columns.CORRECTIONS))
