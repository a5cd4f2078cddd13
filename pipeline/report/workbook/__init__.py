"""tables.xlsx: a sheet a table, with typed cells, filters and native charts; nothing in it is a formula."""

import io
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.narrative import narrative
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
    file = io.BytesIO()
    with Workbook(file, {"constant_memory": True}) as native:
        native.set_properties({"title": book.words["title"], "created": MADE})
        formats = Formats(native)
        first = native.add_worksheet(sheet_name(book.words["contents"], taken=()))
        written = write_sheets(formats, book, taken=[first.get_name()])
        write_contents(first, formats, contents(book, written), written=written, words=book.words)
    return file.getvalue()


def write_sheets(formats: Formats, book: Wordbook, *, taken: Sequence[str]) -> list[Written]:
    """Write all sheets but the first, each under a name of its own."""
    written: list[Written] = []
    for sheet in sheets(book):
        name = sheet_name(sheet.name, taken=[*taken, *(each.name for each in written)])
        written.append(write_sheet(formats, replace(sheet, name=name), words=book.words))
    return written


def sheets(book: Wordbook) -> Iterable[Sheet]:
    """Give the sheets in the order of the page; those that would be empty are left out, but for the main ones."""
    told = narrative(book.report)
    answers = tables.answers(book)
    optional = (
        tables.comparisons(book),
        tables.residuals(book),
        tables.group_terms(book),
    )
    yield shares.theme_shares(book)
    yield shares.told_themes(book, told)
    yield from filled([shares.people(book), shares.stances(book), tables.terms(book), tables.subthemes(book)])
    yield tables.quotes(book)
    yield from filled(optional)
    yield from shares.broken_down(book)
    yield from filled([tables.pairs(book)])
    yield answers
    yield from filled([*tables.corrections(book), tables.rejected(book)])
    yield tables.method_rows(book)


def filled(found: Iterable[Sheet]) -> list[Sheet]:
    """Leave out the sheets without rows."""
    return [sheet for sheet in found if len(sheet.rows)]


def contents(book: Wordbook, written: Sequence[Written]) -> Contents:
    """Say what was read and found, and what a reader of the workbook has to know."""
    report, words, lang = book.report, book.words, book.report.lang
    version = words["version"].format(version=report.codebook.version)
    lines = [
        f"{words['codebook']}: {report.codebook.title[lang] or report.codebook.id}, {version}",
        " ".join(lead(report)),
        " ".join(narrative(report).overall),
        f"{words['lead_machine']} “{words['sheet_method']}”.",
        words["correct_note"].format(sheet=words["sheet_answers"]),
    ]
    n_cut = sum(sheet.n_cut for sheet in written)
    if n_cut:
        lines.append(words["cut_note"].format(n=numbers.count(n_cut, lang=lang)))
    lines += [
        words["lost_note"].format(
            sheet=sheet.name,
            shown=numbers.count(sheet.n_rows, lang=lang),
            n=numbers.count(sheet.n_lost, lang=lang),
        )
        for sheet in written
        if sheet.n_lost
    ]
    wrapped = [part for line in filter(None, lines) for part in [*textwrap.wrap(line, LINE), ""]]
    return Contents(title=words["title"], lines=tuple(wrapped))
