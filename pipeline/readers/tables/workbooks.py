"""Workbooks: `.xlsx`, `.xls` and `.ods`, a table a sheet."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from thamluan.pipeline.readers.faults import damaged, protected
from thamluan.pipeline.readers.packages import DAMAGE, check, check_old
from thamluan.pipeline.readers.tables import excel
from thamluan.pipeline.readers.tables.cells import shown
from thamluan.pipeline.readers.tables.grids import Row, evened, tables_of
from thamluan.pipeline.readers.tables.table import TableFile

NEW, OLD, OPEN = ".xlsx", ".xls", ".ods"
KINDS = {
    NEW: excel.KIND,
    OLD: "an old Excel workbook (.xls)",
    OPEN: "an OpenDocument spreadsheet (.ods)",
}
CHECKS = {NEW: partial(check, part="xl/"), OLD: check_old, OPEN: partial(check, part="content.xml")}
ERROR_STREAM = 2  # its number in every operating system
PANIC = "PanicException"  # of PyO3, which does not export it

Decoded = Mapping[tuple[int, int], str]
"""Cells of a sheet by row and column from 0."""


def read_workbook(path: Path) -> TableFile:
    """Read the sheets of a workbook that hold anything, hidden ones too; formulas by their last values.

    An error such as #N/A is no value. Cells of a `.xlsx` in a font of a legacy encoding (.VnTime, VNI-Times) are
    decoded. A sheet with a header and no rows is left out when another has rows.

    Raises `InputError` for a file of another kind, that is damaged, has a password, or has no rows.
    """
    suffix = path.suffix.lower()
    CHECKS[suffix](path, kind=KINDS[suffix])
    decoded, fonts = excel.decoded_cells(path) if suffix == NEW else ({}, ())
    grids = _grids(path, decoded=decoded, kind=KINDS[suffix])
    file = tables_of(grids)
    unvalued = excel.unvalued(path, grids) if suffix == NEW else ()
    return TableFile(file.tables, notes=(*file.notes, *fonts, *unvalued))


def _grids(path: Path, *, decoded: Mapping[str, Decoded], kind: str) -> dict[str, list[Row]]:
    """Read each sheet as rows of equal length; some cells are decoded already."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    grids = {}
    try:
        with _silent_panics(kind), CalamineWorkbook.from_path(path) as book:
            for facts in book.sheets_metadata:
                if facts.typ == SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(facts.name)
                    cells = _texts(sheet.to_python(skip_empty_area=False), decoded=decoded.get(facts.name, {}))
                    grids[facts.name] = evened(cells, merged=sheet.merged_cell_ranges or ())
    except PasswordError as error:
        raise protected() from error
    except (CalamineError, OSError, *DAMAGE) as error:  # the file could be opened a moment ago
        raise damaged(kind) from error
    return grids


# object: whatever a cell can hold.
def _texts(rows: Iterable[Sequence[object]], *, decoded: Decoded) -> list[list[str]]:
    """Write the cells of a sheet as text; some are decoded already, by row and column."""
    cells = [list(map(shown, row)) for row in rows]
    for (row, column), text in decoded.items():
        if row < len(cells) and column < len(cells[row]):  # by the count of another library
            cells[row][column] = text
    return cells


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
