"""tables.xlsx: a sheet a table, with typed cells, filters and native charts; nothing in it is a formula."""

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.narrative import Narrative, narrative
from thamluan.pipeline.report.page import lead
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.workbook import shares, tables
from thamluan.pipeline.report.workbook.cells import sheet_name
from thamluan.pipeline.report.workbook.formats import Formats
from thamluan.pipeline.report.workbook.sheet import Sheet, Wordbook, wordbook
from thamluan.pipeline.report.workbook.writing import Contents, Written, write_contents, write_sheet

__all__ = ["xlsx"]

MADE = datetime(2000, 1, 1)  # the same report gives the same bytes
LINE = 120  # characters of a line of the first sheet


def xlsx(report: Report) -> bytes:
    """Write the report as a workbook; rows are written one by one, so that memory stays bounded."""
    from xlsxwriter import Workbook

    book = wordbook(report)
    told = narrative(report)
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as native:
        native.set_properties({"title": book.words["title"], "created": MADE})
        formats = Formats(native)
        first = native.add_worksheet(sheet_name(book.words["contents"], taken=()))
        written: list[Written] = []
        for sheet in sheets(book, told):
            name = sheet_name(sheet.name, taken=[first.get_name(), *(each.name for each in written)])
            written.append(write_sheet(formats, replace(sheet, name=name), words=book.words))
        write_contents(first, formats, contents(book, told, written), written=written, words=book.words)
    return file.getvalue()


def sheets(book: Wordbook, told: Narrative) -> Iterator[Sheet]:
    """Give the sheets in the order of the page; tables without rows are left out, but for the main ones."""
    yield shares.theme_shares(book)
    yield shares.told_themes(book, told)
    yield from filled(shares.people(book), shares.stances(book), tables.terms(book), tables.subthemes(book))
    yield tables.quotes(book)
    yield from filled(tables.comparisons(book), tables.residuals(book), tables.group_terms(book))
    yield from shares.broken_down(book)
    yield from filled(tables.pairs(book))
    yield tables.answers(book)
    yield from tables.corrections(book)
    yield from filled(tables.rejected(book))
    yield tables.method_rows(book)


def filled(*found: Sheet) -> list[Sheet]:
    """Leave out the sheets without rows."""
    return [sheet for sheet in found if len(sheet.rows)]


def contents(book: Wordbook, told: Narrative, written: Sequence[Written]) -> Contents:
    """Say what was read and found, and what a reader of the workbook has to know."""
    report, words, lang = book.report, book.words, book.report.lang
    version = words["version"].format(version=report.codebook.version)
    n_cut = sum(sheet.n_cut for sheet in written)
    lines = [
        f"{words['codebook']}: {report.codebook.title[lang] or report.codebook.id}, {version}",
        " ".join(lead(report)),
        " ".join(told.overall),
        f"{words['lead_machine']} “{words['sheet_method']}”.",
        words["correct_note"].format(sheet=words["sheet_answers"]),
        words["cut_note"].format(n=numbers.count(n_cut, lang=lang)) if n_cut else "",
        *(lost(sheet, words=words, lang=lang) for sheet in written if sheet.n_lost),
    ]
    wrapped = [part for line in filter(None, lines) for part in [*textwrap.wrap(line, LINE), ""]]
    return Contents(title=words["title"], lines=tuple(wrapped))


def lost(sheet: Written, *, words: Mapping[str, str], lang: str) -> str:
    """Say how many rows found no room."""
    shown, n = (numbers.count(count, lang=lang) for count in (sheet.n_rows, sheet.n_lost))
    return words["lost_note"].format(sheet=sheet.name, shown=shown, n=n)
