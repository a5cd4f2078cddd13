"""Workbooks: `.xlsx`, `.xls` and `.ods`, a table a sheet."""

import os
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from thamluan.pipeline.readers.faults import damaged, protected
from thamluan.pipeline.readers.packages import DAMAGE, check, check_old
from thamluan.pipeline.readers.tables.cells import shown
from thamluan.pipeline.readers.tables.grids import Row, evened, tables_of
from thamluan.pipeline.readers.tables.table import TableFile

NEW, OLD, OPEN = ".xlsx", ".xls", ".ods"
KINDS = {
    NEW: "an Excel workbook (.xlsx)",
    OLD: "an old Excel workbook (.xls)",
    OPEN: "an OpenDocument spreadsheet (.ods)",
}
CHECKS = {NEW: partial(check, part="xl/"), OLD: check_old, OPEN: partial(check, part="content.xml")}
FORMULA = re.compile(rb"<f[\s>/]")
ERROR_STREAM = 2  # its number in every operating system
PANIC = "PanicException"  # of PyO3, which does not export it


def read_workbook(path: Path) -> TableFile:
    """Read the sheets of a workbook that hold anything, hidden ones too; formulas by their last values.

    An error such as #N/A is no value. A sheet with a header and no rows is left out when another has rows.

    Raises `InputError` for a file of another kind, that is damaged, has a password, or has no rows.
    """
    suffix = path.suffix.lower()
    CHECKS[suffix](path, kind=KINDS[suffix])
    grids = _grids(path, kind=KINDS[suffix])
    file = tables_of(grids)
    notes = _unvalued(path, grids) if suffix == NEW else ()
    return TableFile(file.tables, notes=(*file.notes, *notes))


def _grids(path: Path, *, kind: str) -> dict[str, list[Row]]:
    """Read each sheet as rows of equal length."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    grids = {}
    try:
        with _silent_panics(kind), CalamineWorkbook.from_path(path) as book:
            for facts in book.sheets_metadata:
                if facts.typ == SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(facts.name)
                    cells = [list(map(shown, row)) for row in sheet.to_python(skip_empty_area=False)]
                    grids[facts.name] = evened(cells, merged=sheet.merged_cell_ranges or ())
    except PasswordError as error:
        raise protected() from error
    except (CalamineError, OSError, *DAMAGE) as error:  # the file could be opened a moment ago
        raise damaged(kind) from error
    return grids


@contextmanager
def _silent_panics(kind: str) -> Iterator[None]:
    """Turn a panic of the Rust library, which writes to the error stream and is no `Exception`, into our error."""
    try:
        kept = os.dup(ERROR_STREAM)
    except OSError:  # a program without a console has no such stream
        kept = None
    else:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), ERROR_STREAM)
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise damaged(kind) from error
    finally:
        if kept is not None:
            os.dup2(kept, ERROR_STREAM)
            os.close(kept)


def _unvalued(path: Path, grids: Mapping[str, Sequence[Row]]) -> tuple[str, ...]:
    """Note the formulas whose values the file does not hold, as happens when no spreadsheet has ever saved it."""
    if not _has_formulas(path):
        return ()
    values = {(name, row.number): row.cells for name, rows in grids.items() for row in rows}
    n_unvalued = sum(
        number >= len(values.get((name, row), ())) or not values[name, row][number]
        for name, row, number in _formulas(path)
    )
    if not n_unvalued:
        return ()
    return (f"{n_unvalued} formulas have no value and are read as empty (open the file in Excel and save it)",)


def _formulas(path: Path) -> Iterator[tuple[str, int, int]]:
    """Find the formulas of a `.xlsx`: sheet, number of the row, and place of the cell in it, from 0."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and validations do not touch the cells
            book = load_workbook(path, read_only=True)
        with closing(book):
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the size a file states for its sheets is often wrong
                for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                    for number, cell in enumerate(cells):
                        if isinstance(cell, str) and cell.startswith("="):
                            yield sheet.title, row, number
    except DAMAGE as error:
        raise damaged(KINDS[NEW]) from error


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(FORMULA.search(package.read(name)) for name in sheets)
