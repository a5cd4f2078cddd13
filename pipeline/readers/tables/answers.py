"""Answers: the tables of one file -> contributions, row by row and question by question."""

from collections.abc import Mapping, Sequence

import pandas as pd

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError, ThamluanError
from thamluan.pipeline.readers import places
from thamluan.pipeline.readers.extracts import Contribution, Extract, FileRead, Rejected, united
from thamluan.pipeline.readers.sources import Source
from thamluan.pipeline.readers.tables.cells import has_content
from thamluan.pipeline.readers.tables.questions import Chosen, choose, quoted
from thamluan.pipeline.readers.tables.table import Table, TableFile
from thamluan.pipeline.settings import Columns

Alike = Mapping[tuple[str, ...], Sequence[Table]]  # all tables of the inputs, by header


def of_tables(source: Source, file: TableFile, *, columns: Columns, alike: Alike, lang: str) -> Extract:
    """Turn the tables of a file into a contribution a row and question.

    The first table in which columns are found decides the questions; tables with other questions are rejected.
    """
    name = source.name
    chosen, refused = _chosen(file.tables, columns=columns, alike=alike)
    if not chosen:
        return Extract(rejected=[Rejected(name, "", refused[0][1])])
    is_only = len(chosen) == 1
    found = [
        _contributions(table, roles, source=name, id_column=_id_column(roles, columns), is_only=is_only, lang=lang)
        for table, roles in chosen
    ]
    sheets = [Rejected(name, places.sheet(table.name, lang=lang), error) for table, error in refused]
    rows = [row for table, _ in chosen for row in _rejected_rows(table, source=name, is_only=is_only, lang=lang)]
    questions = tuple(chosen[0][1].questions)
    n_rejected = len(rows) * len(questions)
    n_read = sum(len(table.numbers) + len(table.rejected) for table, _ in chosen) * len(questions)
    return Extract(
        contributions=[contribution for each in found for contribution in each],
        attributes=united([_attributes(table, roles) for table, roles in chosen]),
        rejected=[*sheets, *rows],
        file=FileRead(name, sha256(source.path), "table", questions, n_read, n_rejected, file.encoding),
        notes=[f"{name}: {note}" for note in (*file.notes, *_title_notes(chosen))],
    )


def _chosen(
    tables: Sequence[Table], *, columns: Columns, alike: Alike
) -> tuple[list[tuple[Table, Chosen]], list[tuple[Table, ThamluanError]]]:
    """Part the tables that have the questions of the first that has any from those that have not."""
    chosen: list[tuple[Table, Chosen]] = []
    refused: list[tuple[Table, ThamluanError]] = []
    for table in tables:
        try:
            roles = choose(table, columns=columns, alike=alike[table.header])
        except ColumnError as error:
            refused.append((table, error))
            continue
        if chosen and set(roles.questions) != set(chosen[0][1].questions):
            refused.append((table, _other_questions(roles, first=chosen[0])))
        else:
            chosen.append((table, roles))
    return chosen, refused


def _other_questions(roles: Chosen, *, first: tuple[Table, Chosen]) -> InputError:
    table, decided = first
    own, others = quoted(list(roles.questions)), quoted(list(decided.questions))
    return InputError(f"has the open-text columns {own}, but sheet '{table.name}' before it has {others}")


def _id_column(roles: Chosen, columns: Columns) -> str | None:
    return None if columns.id is None else roles.kept.get(columns.id)


def _rejected_rows(table: Table, *, source: str, is_only: bool, lang: str) -> list[Rejected]:
    sheet = "" if is_only else table.name
    return [
        Rejected(source, places.cell(rejection.row, sheet=sheet, lang=lang), InputError(rejection.reason))
        for rejection in table.rejected
    ]


def _title_notes(chosen: Sequence[tuple[Table, Chosen]]) -> list[str]:
    titled = [f" of sheet '{table.name}'" if table.name else "" for table, _ in chosen if table.has_title]
    return [f"the first row{sheet} was taken for a title, the next one for the header" for sheet in titled]


def _contributions(
    table: Table, chosen: Chosen, *, source: str, id_column: str | None, is_only: bool, lang: str
) -> list[Contribution]:
    """List the answers of a table: all questions of the first row, then of the next; an empty cell is an answer "".

    `id_column` is the table's column that names the respondents; a row without id is a respondent of its own.
    `is_only` says that no other sheet of the file is read, so that places need no sheet.
    """
    sheet = "" if is_only else table.name
    letters = dict(zip(table.header, table.letters, strict=True)) if table.letters else {}
    ids = list(table.groups[id_column]) if id_column is not None else [""] * len(table.rows)
    texts = [list(table.rows[column]) for column in chosen.questions.values()]
    return [
        Contribution(
            source=source,
            place=places.cell(row, column=letters.get(column, ""), sheet=sheet, lang=lang),
            speaker="",
            question=question,
            text=answers[position],
            respondent=ids[position] if has_content(ids[position]) else f"{source}#{sheet}{'!' if sheet else ''}{row}",
        )
        for position, row in enumerate(table.numbers)
        for (question, column), answers in zip(chosen.questions.items(), texts, strict=True)
    ]


def _attributes(table: Table, chosen: Chosen) -> pd.DataFrame:
    """Give the columns that are no question, a row a contribution, and the kept ones under the names asked for."""
    open_columns = set(chosen.questions.values())
    renamed = {column: name for name, column in chosen.kept.items()}
    names = {renamed.get(column, column): column for column in table.header if column not in open_columns}
    names |= chosen.kept
    rows = pd.DataFrame(
        {name: table.groups[column] for name, column in names.items()}, index=table.rows.index, dtype=str
    )
    return rows.loc[rows.index.repeat(len(chosen.questions))].reset_index(drop=True)
