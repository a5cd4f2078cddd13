"""Spreadsheets: `.xls` and `.ods`, a table a sheet."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thamluan.pipeline.readers import packages
from thamluan.pipeline.readers.tables import TableFile, evened, shown, tables_of

ERROR_STREAM = 2  # its number in every operating system
PANIC = "PanicException"  # of PyO3, which does not export it
KINDS = {".xls": "an old Excel workbook (.xls)", ".ods": "an OpenDocument spreadsheet (.ods)"}


def read_spreadsheet(path: Path) -> TableFile:
    """Read the sheets that hold anything, hidden ones too; formulas by their last values.

    Raises `InputError` for a file of another kind, that is damaged, has a password, or has no rows.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    suffix = path.suffix.lower()
    kind = KINDS[suffix]
    if suffix == ".ods":
        packages.check(path, part="content.xml", kind=kind)
    else:
        packages.check_old(path, kind=kind)
    try:
        with _silent_panics(kind), CalamineWorkbook.from_path(path) as book:
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            grids = {
                sheet.name: evened(
                    [[shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)],
                    merged=sheet.merged_cell_ranges or (),
                )
                for sheet in sheets
            }
    except PasswordError as error:
        raise packages.protected() from error
    except (CalamineError, OSError, *packages.DAMAGE) as error:  # the file could be opened a moment ago
        raise packages.damaged(kind) from error
    return tables_of(grids)


@contextmanager
def _silent_panics(kind: str) -> Iterator[None]:
    """Turn a panic of the Rust library, which writes to the error stream and is no `Exception`, into our error."""
    kept = os.dup(ERROR_STREAM)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), ERROR_STREAM)
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise packages.damaged(kind) from error
    finally:
        os.dup2(kept, ERROR_STREAM)
        os.close(kept)
