"""Excel: what of a `.xlsx` only openpyxl tells, formulas without values and fonts of legacy encodings."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.legacy import of_font
from thamluan.pipeline.readers.faults import damaged
from thamluan.pipeline.readers.fonts import Piece, decoded, encodings_in, font_notes
from thamluan.pipeline.readers.packages import DAMAGE
from thamluan.pipeline.readers.tables.grids import Row

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet as Worksheet

KIND = "an Excel workbook (.xlsx)"
FORMULA = re.compile(rb"<f[\s>/]")
LEGACY_FONT = re.compile(rb"val=[\"'](?:\.vn|vni[- ])\w", re.IGNORECASE)


def unvalued(path: Path, grids: Mapping[str, Sequence[Row]]) -> tuple[str, ...]:
    """Note the formulas whose values the file does not hold, as happens when no spreadsheet has ever saved it."""
    if not _holds(path, "xl/worksheets/", FORMULA):
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
    """Find the formulas: sheet, number of the row, and place of the cell in it, from 0."""
    with _sheets(path) as sheets:
        for sheet in sheets:
            for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                for number, cell in enumerate(cells):
                    if isinstance(cell, str) and cell.startswith("="):
                        yield sheet.title, row, number


def decoded_cells(path: Path) -> tuple[dict[str, dict[tuple[int, int], str]], tuple[str, ...]]:
    """Decode the cells of text in fonts of legacy encodings: by sheet, and by row and column from 0; note them.

    A workbook whose styles name no such font is not looked at.
    """
    if not _holds(path, "xl/styles.xml", LEGACY_FONT):
        return {}, ()
    with _sheets(path, data_only=True, rich_text=True) as sheets:
        found = {sheet.title: dict(_in_fonts(sheet)) for sheet in sheets}
    cells = {
        sheet: {place: "".join(text for text, _ in decoded(pieces)) for place, pieces in each.items()}
        for sheet, each in found.items()
    }
    encodings = encodings_in(piece for each in found.values() for pieces in each.values() for piece in pieces)
    return cells, font_notes(encodings)


def _in_fonts(sheet: "Worksheet") -> Iterator[tuple[tuple[int, int], list[Piece]]]:
    """Find the cells with text in fonts of legacy encodings."""
    for row, cells in enumerate(sheet.iter_rows()):
        for column, cell in enumerate(cells):
            pieces = _pieces(cell)
            if any(font is not None for _, font, _ in pieces):
                yield (row, column), pieces


def _pieces(cell: "ReadOnlyCell") -> list[Piece]:
    """Give the text of a cell piece by piece with its fonts; a piece that names none has the cell's."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.utils.escape import unescape

    if not isinstance(cell.value, str | CellRichText):
        return []
    parts = [cell.value] if isinstance(cell.value, str) else cell.value
    names = [part.font.rFont if isinstance(part, TextBlock) else None for part in parts]
    return [
        (unescape(str(part)), of_font(name or cell.font.name or ""), False)
        for part, name in zip(parts, names, strict=True)
    ]


@contextmanager
def _sheets(path: Path, **how: bool) -> Iterator[Sequence["Worksheet"]]:
    """Open a workbook; `how` it is to be read are options of openpyxl."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and validations do not touch the cells
            with closing(load_workbook(path, read_only=True, **how)) as book:
                for sheet in book.worksheets:
                    sheet.reset_dimensions()  # the size a file states for its sheets is often wrong
                yield book.worksheets
    except DAMAGE as error:
        raise damaged(KIND) from error


def _holds(path: Path, part: str, pattern: re.Pattern[bytes]) -> bool:
    """Say whether a part of the package, or one in a folder, holds a pattern."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith(part)]
        return any(pattern.search(package.read(name)) for name in names)
