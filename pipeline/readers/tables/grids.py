"""Grids: the rows of cells of a sheet or a delimited file -> a table with a header."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.places import letter
from thamluan.pipeline.readers.tables.cells import has_content, unique_names
from thamluan.pipeline.readers.tables.table import Rejection, Table, TableFile

MIN_TITLE_COLUMNS = 3  # a lone cell above fewer columns may well be a header

Merged = tuple[tuple[int, int], tuple[int, int]]
"""Cells merged into one: the first and the last, each as row and column, counted from 0."""


@dataclass(frozen=True)
class Row:
    """A row of a grid: its number and its cells; in `filled` merged cells have the value of their first, too."""

    number: int
    cells: Sequence[str]
    filled: Sequence[str] | None = None

    @property
    def is_blank(self) -> bool:
        return not any(has_content(cell) for cell in self.cells)


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
    names = unique_names(header.cells)
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
