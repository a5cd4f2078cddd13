"""Tables: a grid of cells -> a table with a header, the same way for every format."""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

import pandas as pd

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.letters import compose
from thamluan.pipeline.readers.places import letter

MIN_TITLE_COLUMNS = 3  # a lone cell above fewer columns may well be a header
MAX_WHOLE_NUMBER = 1e15  # above it a float is no exact whole number

Merged = tuple[tuple[int, int], tuple[int, int]]
"""Cells merged into one: the first and the last, each as row and column, counted from 0."""


@dataclass(frozen=True)
class Rejection:
    """A row that does not fit its table; `row` is numbered as in `Table.numbers`."""

    row: int
    reason: str


@dataclass(frozen=True)
class Table:
    """A table of text cells.

    `rows`: str cells, the header as columns, each name once; numbered from 0.
    `numbers`: each row's number as a spreadsheet shows it (in `.jsonl`: the line), the header counted.
    `letters`: each column's letter; empty in `.jsonl`, which has none.
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
class Row:
    """A row of a grid: its number and its cells; in `filled` merged cells have the value of their first, too."""

    number: int
    cells: Sequence[str]
    filled: Sequence[str] | None = None

    @property
    def is_blank(self) -> bool:
        return not any(has_content(cell) for cell in self.cells)


@dataclass(frozen=True)
class TableFile:
    """The tables of one file: several for a workbook with several sheets. Notes tell the user of oddities."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def assemble(rows: Sequence[Row], *, rejected: Sequence[Rejection] = (), name: str = "") -> Table:
    """Make a table of a grid whose first row with content is the header.

    Blank rows above the header and below the last row with content are dropped, and so is a title above the header;
    blank rows between stay. A row with fewer cells than the header is filled up with "", one with content beyond the
    header is rejected. Columns with neither name nor content are dropped.

    Raises `InputError` when nothing, or no row below the header, has content.
    """
    header, body, has_title = _split(_trimmed(rows))
    n_columns = len(header.cells)
    misfits = [Rejection(row.number, _too_long(row, n_columns=n_columns)) for row in body if _overflows(row, header)]
    kept = [row for row in body if not _overflows(row, header)]
    if not kept and not rejected:
        raise InputError("has more cells in every row than in the header" if misfits else "has a header but no rows")
    cells = [_fitted(row.cells, n_columns) for row in kept]
    names = _unique_names(header.cells)
    filled = [_fitted(row.filled or row.cells, n_columns) for row in kept]
    used = [n for n in range(n_columns) if has_content(header.cells[n]) or any(has_content(row[n]) for row in cells)]
    return Table(
        rows=_frame(cells, used, names=names),
        filled=_frame(filled, used, names=names) if filled != cells else None,
        numbers=tuple(row.number for row in kept),
        letters=tuple(letter(n + 1) for n in used),
        rejected=tuple(sorted((*rejected, *misfits), key=lambda rejection: rejection.row)),
        name=name,
        has_title=has_title,
    )


def tables_of(grids: Mapping[str, Sequence[Row]]) -> TableFile:
    """Make a table of each sheet of a workbook, by name; blank sheets are left out, those with a header alone noted.

    Raises `InputError` when no sheet has rows.
    """
    tables: list[Table] = []
    notes: list[str] = []
    for name, rows in grids.items():
        if all(row.is_blank for row in rows):
            continue
        try:
            tables.append(assemble(rows, name=name))
        except InputError as error:
            notes.append(f"sheet '{name}' {error.message}")
    if not tables:
        raise InputError("has no rows", problems=notes)
    return TableFile(tuple(tables), notes=tuple(notes))


def evened(rows: Sequence[Sequence[str]], *, merged: Iterable[Merged] = ()) -> list[Row]:
    """Number the rows of a sheet from 1, fill them up to the same length, and spread merged cells downwards."""
    n_columns = max(map(len, rows), default=0)
    cells = [_fitted(row, n_columns) for row in rows]
    filled = {}
    for (first, left), (last, right) in merged:
        for row in range(first + 1, min(last + 1, len(cells))):
            spread = filled.setdefault(row, list(cells[row]))
            spread[left : right + 1] = cells[first][left : right + 1]
    return [Row(number + 1, row, filled.get(number)) for number, row in enumerate(cells)]


def of_columns(columns: Sequence[tuple[str, Sequence[str]]], *, aliases: Sequence[str] = ()) -> Table:
    """Make a table of named columns of text, as files have that know no sheets: rows count from 1.

    `aliases` gives each column a second name.

    Raises `InputError` when there is no row.
    """
    names = _unique_names([name for name, _ in columns])
    n_rows = len(columns[0][1]) if columns else 0
    if not n_rows:
        raise InputError("has no rows")
    return Table(
        rows=pd.DataFrame(dict(zip(names, (cells for _, cells in columns), strict=True)), dtype=str),
        numbers=tuple(range(1, n_rows + 1)),
        letters=(),
        aliases={column_name(alias): name for alias, name in zip(aliases, names, strict=bool(aliases))},
    )


def has_content(cell: str) -> bool:
    """Say whether a cell holds more than white space."""
    return bool(cell.strip())


def shown(value: object) -> str:
    """Write a typed cell as text: 12.0 as 12, dates in ISO form, truth as TRUE and FALSE, nothing as "".

    >>> shown(12.0), shown(True), shown(datetime.datetime(2022, 11, 29)), shown(None)
    ('12', 'TRUE', '2022-11-29', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < MAX_WHOLE_NUMBER:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _fitted(cells: Sequence[str], n_columns: int) -> list[str]:
    return [*cells[:n_columns], *[""] * (n_columns - len(cells))]


def _frame(rows: Sequence[Sequence[str]], used: Sequence[int], *, names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame([[row[n] for n in used] for row in rows], columns=[names[n] for n in used], dtype=str)


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """Drop the blank rows before the first and after the last row with content."""
    filled = [position for position, row in enumerate(rows) if not row.is_blank]
    return list(rows[filled[0] : filled[-1] + 1]) if filled else []


def _split(rows: Sequence[Row]) -> tuple[Row, list[Row], bool]:
    """Part header and body, and say whether a title stood above."""
    if not rows:
        raise InputError("is empty")
    body = _trimmed(rows[1:])
    if body and _is_title(rows[0], below=body[0]):
        return body[0], body[1:], True
    return rows[0], list(rows[1:]), False


def _is_title(row: Row, *, below: Row) -> bool:
    """Tell a title from a header: it stands alone in the first cell, and the row below is filled with words."""
    if not has_content(row.cells[0]) or any(has_content(cell) for cell in row.cells[1:]):
        return False
    names = [cell.strip() for cell in below.cells]
    is_header = len(set(names)) == len(names) and not any(name.replace(".", "").isdigit() for name in names)
    return len(names) >= MIN_TITLE_COLUMNS and all(names) and is_header


def _overflows(row: Row, header: Row) -> bool:
    return any(has_content(cell) for cell in row.cells[len(header.cells) :])


def _too_long(row: Row, *, n_columns: int) -> str:
    return f"{len(row.cells)} cells, but the header has {n_columns}"


def _unique_names(header: Sequence[str]) -> list[str]:
    """Name each column once: in NFC, "column 3" for a blank name, "Tên (2)" for a repeated one."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = column_name(cell) or f"column {number}"
        numbered = (f"{name} ({n})" for n in count(2))
        names.append(name if name not in names else next(other for other in numbered if other not in names))
    return names


def column_name(written: str) -> str:
    """Put a column's name into the form in which names are kept and compared."""
    return " ".join(compose(written).split())
