"""A table of text cells, the same for every format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.tables.cells import column_name, unique_names


@dataclass(frozen=True)
class Rejection:
    """A row that does not fit its table; `row` is numbered as in `Table.numbers`."""

    row: int
    reason: str


@dataclass(frozen=True)
class Table:
    """A table of text cells.

    `rows`: str cells, the header as columns, each name once; numbered from 0.
    `numbers`: each row's number as a spreadsheet shows it, the header counted; in `.jsonl` the line's, else its own.
    `letters`: each column's letter; empty in files of records, which have none.
    `rejected`: the rows that are left out of `rows`.
    `name`: the sheet's name in a workbook, else "".
    `has_title`: the first row was taken for a title above the header and is left out.
    `filled`: as `rows`, and where cells were merged each row below the first has their value, too; None for `rows`.
    `aliases`: other names under which columns may be asked for, each with the name in the header.
    """

    rows: pd.DataFrame
    numbers: tuple[int, ...]
    letters: tuple[str, ...]
    rejected: tuple[Rejection, ...] = ()
    name: str = ""
    has_title: bool = False
    filled: pd.DataFrame | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def groups(self) -> pd.DataFrame:
        """Give the cells by which rows are grouped: a merged cell speaks for all its rows."""
        return self.rows if self.filled is None else self.filled

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(self.rows.columns)


@dataclass(frozen=True)
class TableFile:
    """The tables of one file: several for a workbook with several sheets.

    Notes tell the user of oddities; `encoding` is as in `FileRead`.
    """

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    encoding: str = ""


def of_columns(columns: Sequence[tuple[str, Sequence[str]]], *, aliases: Sequence[str] = ()) -> Table:
    """Make a table of named columns of text, as files have that know no sheets: rows count from 1.

    `aliases` gives each column a second name.

    Raises `InputError` when there is no row.
    """
    names = unique_names([name for name, _ in columns])
    n_rows = len(columns[0][1]) if columns else 0
    if not n_rows:
        raise InputError("has no rows")
    return Table(
        rows=pd.DataFrame(dict(zip(names, (cells for _, cells in columns), strict=True)), dtype=str),
        numbers=tuple(range(1, n_rows + 1)),
        letters=(),
        aliases={column_name(alias): name for alias, name in zip(aliases, names, strict=bool(aliases))},
    )
