"""Writing sheets with XlsxWriter, row by row; texts are texts whatever they begin with."""

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from thamluan.pipeline.formulas import disarm
from thamluan.pipeline.report.workbook.cells import cell_text, n_lines, width
from thamluan.pipeline.report.workbook.drawing import draw
from thamluan.pipeline.report.workbook.formats import Formats
from thamluan.pipeline.report.workbook.sheet import Column, Kind, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MEASURED = 200  # rows by which widths are chosen
LINE = 110  # characters of a note
LONG, WIDE = 100, 80  # characters: a column with longer texts is this wide
LONGEST_WRAPPED = 2_000  # characters; a row is to be no higher than the screen
LINE_HEIGHT, HIGHEST = 15, 409  # points of a line, and the most that Excel takes
FEW = 25  # rows under which a chart is still seen without scrolling
ONE_LINE = 10  # characters of a head
HEAD_HEIGHTS = (24, 34, 50)  # points, by lines
LONGEST_LIST = 255  # characters that Excel takes, of a list of allowed values and of a message
A4 = 9
MARKUP = ("<r>", "</r>")  # what XlsxWriter takes for its own when it writes row by row


@dataclass(frozen=True)
class Contents:
    """What stands on the first sheet above the list of sheets."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """What has been written: rows, texts that were cut, and rows that found no room."""

    name: str
    caption: str
    n_rows: int
    n_cut: int
    n_lost: int


def write_sheet(formats: Formats, sheet: Sheet, *, words: Mapping[str, str]) -> Written:
    """Write a table under its caption and notes, with filters, frozen heads and charts."""
    native = formats.book.add_worksheet(sheet.name)
    head = 0 if sheet.is_plain else _write_above(native, sheet, formats)
    rows = sheet.rows.head(MOST_ROWS - head - 1)
    widths = _set_widths(native, sheet.columns, rows)
    _write_heads(native, sheet.columns, formats, row=head)
    n_cut = _write_rows(native, sheet.columns, rows, formats, top=head + 1, widths=widths)
    _set_up(native, head=head, n_rows=len(rows), n_columns=len(sheet.columns))
    _set_allowed(native, sheet.columns, words=words, top=head + 1, n_rows=len(rows))
    place = (head + len(rows) + 2, 0) if len(rows) <= FEW else (head, len(sheet.columns) + 1)
    for chart in sheet.charts:
        native.insert_chart(*place, draw(formats.book, sheet, chart, top=head + 1))
    return Written(sheet.name, sheet.caption, len(rows), n_cut, len(sheet.rows) - len(rows))


def _write_above(native: "Worksheet", sheet: Sheet, formats: Formats) -> int:
    """Write the caption and the notes; give the row of the heads, from 0."""
    write_text(native, (0, 0), sheet.caption, formats.caption(), formats)
    lines = [line for note in sheet.notes for line in textwrap.wrap(note, LINE)]
    for row, line in enumerate(lines, start=1):
        write_text(native, (row, 0), line, formats.note(), formats)
    return len(lines) + 2


def _write_heads(native: "Worksheet", columns: Sequence[Column], formats: Formats, *, row: int) -> None:
    lines = max(min(len(column.head) // ONE_LINE, len(HEAD_HEIGHTS) - 1) for column in columns)
    native.set_row(row, HEAD_HEIGHTS[lines])
    for place, column in enumerate(columns):
        write_text(native, (row, place), column.head, formats.head(column.kind), formats)
        if column.note:
            native.write_comment(row, place, cell_text(column.note)[0], {"x_scale": 2})


def _set_widths(native: "Worksheet", columns: Sequence[Column], rows: pd.DataFrame) -> list[int]:
    widths = []
    for place, column in enumerate(columns):
        texts = [cell for cell in rows.iloc[:MEASURED, place] if isinstance(cell, str)]
        is_wide = column.kind == Kind.TEXT and max(map(len, texts), default=0) > LONG
        widths.append(WIDE if is_wide else width(column.head, texts))
        native.set_column(place, place, widths[-1])
    return widths


def _write_rows(
    native: "Worksheet",
    columns: Sequence[Column],
    rows: pd.DataFrame,
    formats: Formats,
    *,
    top: int,
    widths: Sequence[int],
) -> int:
    """Write the cells, numbers as numbers; give how many texts were cut."""
    n_cut = 0
    plain = [formats.cell(column.kind) for column in columns]
    wrapped = [formats.cell(column.kind, wraps=column.kind == Kind.TEXT) for column in columns]
    long = [place for place, column in enumerate(columns) if column.kind == Kind.TEXT]
    for row, cells in enumerate(rows.itertuples(index=False, name=None), start=top):
        # Before the cells; and here, since not every program finds the height of a wrapped text by itself.
        lines = max((n_lines(cells[at], width=widths[at]) for at in long if _wraps(cells[at])), default=1)
        if lines > 1:
            native.set_row(row, min(lines * LINE_HEIGHT, HIGHEST))
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                text, is_cut = cell_text(cell)
                n_cut += is_cut
                looks = wrapped[place] if _wraps(text) else plain[place]
                if disarm(text) != text:
                    wraps = looks is not plain[place]
                    looks = formats.cell(columns[place].kind, wraps=wraps, is_disarmed=True)
                write_text(native, (row, place), text, looks, formats)
            elif pd.isna(cell) or math.isinf(cell):
                native.write_blank(row, place, None, plain[place])
            else:
                native.write_number(row, place, cell, plain[place])
    return n_cut


# object: whatever a cell can hold.
def _wraps(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_WRAPPED


def write_text(native: "Worksheet", place: tuple[int, int], text: str, looks: "Format", formats: Formats) -> None:
    """Write a text that fits into a cell.

    XlsxWriter takes a text between `MARKUP` for its own and does not escape it; such a text is written in two pieces.
    """
    kept, _ = cell_text(text)
    if kept.startswith(MARKUP[0]) and kept.endswith(MARKUP[1]):
        native.write_rich_string(*place, formats.of(), kept[:1], kept[1:], looks)
    elif kept:
        native.write_string(*place, kept, looks)
    else:
        native.write_blank(*place, None, looks)


def _set_up(native: "Worksheet", *, head: int, n_rows: int, n_columns: int) -> None:
    """Freeze the heads, put filters on them, and see that the sheet can be printed."""
    native.freeze_panes(head + 1, 1)
    if n_rows:
        native.autofilter(head, 0, head + n_rows, n_columns - 1)
        native.ignore_errors({"number_stored_as_text": _range(head + 1, head + n_rows, n_columns)})
    native.set_landscape()
    native.set_paper(A4)
    native.fit_to_pages(1, 0)
    native.repeat_rows(head)
    native.set_footer("&C&P/&N")
    native.hide_gridlines(2)


def _range(first: int, last: int, n_columns: int) -> str:
    from xlsxwriter.utility import xl_range

    return xl_range(first, 0, last, n_columns - 1)


def _set_allowed(
    native: "Worksheet", columns: Iterable[Column], *, words: Mapping[str, str], top: int, n_rows: int
) -> None:
    """Let people choose codes from a list, where Excel takes a list of that length."""
    for place, column in enumerate(columns):
        if n_rows and column.allowed and len(",".join(column.allowed)) <= LONGEST_LIST:
            message = words["allowed"].format(values=", ".join(column.allowed))
            native.data_validation(
                *(top, place, top + n_rows - 1, place),
                {
                    "validate": "list",
                    "source": list(column.allowed),
                    "error_title": words["wrong"],
                    "error_message": message if len(message) <= LONGEST_LIST else words["wrong"],
                },
            )


def write_contents(
    native: "Worksheet", formats: Formats, contents: Contents, *, written: Iterable[Written], words: Mapping[str, str]
) -> None:
    """Write the first sheet: what was found, and a link to each other sheet."""
    write_text(native, (0, 0), contents.title, formats.caption(), formats)
    for row, line in enumerate(contents.lines, start=2):
        write_text(native, (row, 0), line, formats.of(font_color="#1B232B"), formats)
    head = len(contents.lines) + 2
    heads = words["sheet"], words["caption"], words["n_rows"]
    _write_heads(native, [Column(heads[0]), Column(heads[1]), Column(heads[2], Kind.COUNT)], formats, row=head)
    link = formats.of(font_color="#12436D", underline=1, valign="top")
    for row, sheet in enumerate(written, start=head + 1):
        quoted = sheet.name.replace("'", "''")
        native.write_url(row, 0, f"internal:'{quoted}'!A1", link, sheet.name)
        write_text(native, (row, 1), sheet.caption, formats.cell(Kind.TEXT, wraps=True), formats)
        native.write_number(row, 2, sheet.n_rows, formats.cell(Kind.COUNT))
    for place, size in enumerate((34, WIDE, 12)):
        native.set_column(place, place, size)
    native.set_portrait()
    native.set_paper(A4)
    native.fit_to_pages(1, 0)
    native.hide_gridlines(2)
