"""Answers: the tables of one file -> contributions, row by row and question by question."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline.readers import places
from thamluan.pipeline.readers.places import Stretch
from thamluan.pipeline.readers.tables.cells import has_content
from thamluan.pipeline.readers.tables.questions import Chosen
from thamluan.pipeline.readers.tables.table import Table


@dataclass(frozen=True)
class Contribution:
    """One row of the contributions, without its number; the fields are named as `columns.CONTRIBUTIONS`."""

    source: str
    place: str
    speaker: str
    question: str
    text: str
    respondent: str
    paragraph: int = 0
    places: tuple[Stretch, ...] = ()


def contributions(
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


def attributes(table: Table, chosen: Chosen) -> pd.DataFrame:
    """Give the columns that are no question, a row a contribution, and the kept ones under the names asked for."""
    open_columns = set(chosen.questions.values())
    renamed = {column: name for name, column in chosen.kept.items()}
    names = {renamed.get(column, column): column for column in table.header if column not in open_columns}
    names |= chosen.kept
    rows = pd.DataFrame(
        {name: table.groups[column] for name, column in names.items()}, index=table.rows.index, dtype=str
    )
    return rows.loc[rows.index.repeat(len(chosen.questions))].reset_index(drop=True)


def united(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put attributes below one another: the columns of all, "" where a frame has none."""
    names = list(dict.fromkeys(name for frame in frames for name in frame.columns))
    filled = [frame.reindex(columns=names, fill_value="").astype(str) for frame in frames]
    if not filled:
        return pd.DataFrame(index=pd.RangeIndex(0))
    return pd.concat(filled, ignore_index=True)
