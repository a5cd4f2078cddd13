"""Workbooks: `.xlsx`, a table a sheet."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.readers.packages import DAMAGE, check, damaged
from thamluan.pipeline.readers.tables import Merged, Row, TableFile, evened, shown, tables_of

if TYPE_CHECKING:
    from openpyxl import Workbook

KIND = "an Excel workbook (.xlsx)"
CARRIAGE_RETURN = "_x000D_"  # as Excel escapes it
FORMULA = re.compile(rb"<f[\s>/]")
MERGED = re.compile(rb"<mergeCell\s")


def read_workbook(path: Path) -> TableFile:
    """Read the sheets of a workbook that hold anything, hidden ones too; formulas by their last values.

    A sheet with a header and no rows is left out when another has rows.

    Raises `InputError` for a file that is no workbook, is damaged, has a password, or has no rows.
    """
    check(path, part="xl/", kind=KIND)
    grids = _grids(path, data_only=True)
    file = tables_of(grids)
    return TableFile(file.tables, notes=(*file.notes, *_unvalued(path, grids)))


def _grids(path: Path, *, data_only: bool) -> dict[str, list[Row]]:
    """Read each sheet that is not blank as rows of equal length."""
    with _opened(path, data_only=data_only) as book:
        sheets = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # the size a file states for its sheets is often wrong
            sheets[sheet.title] = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    merged = _merged(path)
    return {name: evened(rows, merged=merged.get(name, ())) for name, rows in sheets.items()}


def _merged(path: Path) -> dict[str, list[Merged]]:
    """List the merged cells of each sheet, which openpyxl does not tell when it reads row by row."""
    if not _mentions(path, MERGED):
        return {}
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(path) as book:
            return {name: book.get_sheet_by_name(name).merged_cell_ranges or [] for name in book.sheet_names}
    except CalamineError as error:
        raise damaged(KIND) from error


def _text(value: object) -> str:
    return shown(value).replace(CARRIAGE_RETURN, "\r")


@contextmanager
def _opened(path: Path, *, data_only: bool) -> Iterator["Workbook"]:
    """Open a workbook row by row; what openpyxl warns of (styles, validations) does not touch the cells."""
    from openpyxl import load_workbook

    book = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(path, read_only=True, data_only=data_only)
            yield book
    except DAMAGE as error:
        raise damaged(KIND) from error
    finally:
        if book is not None:
            book.close()


def _unvalued(path: Path, grids: dict[str, list[Row]]) -> tuple[str, ...]:
    """Note the formulas whose values the file does not hold, as happens when no spreadsheet has ever saved it."""
    if not _mentions(path, FORMULA):
        return ()
    formulas = _grids(path, data_only=False)
    n_unvalued = sum(
        formula.startswith("=") and not value
        for name, rows in formulas.items()
        for row, valued in zip(rows, grids.get(name, []), strict=False)
        for formula, value in zip(row.cells, valued.cells, strict=False)
    )
    if not n_unvalued:
        return ()
    return (f"{n_unvalued} formulas have no value and are read as empty (open the file in Excel and save it)",)


def _mentions(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Say whether the pattern occurs in any sheet, as it is written."""
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(pattern.search(package.read(name)) for name in sheets)
