"""Pages: the text layer of a `.pdf` -> lines, each a paragraph again."""

import logging
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.lines import Document
from thamluan.pipeline.readers.documents.paragraphs import Row, joined
from thamluan.pipeline.readers.faults import damaged, protected, start_of, unlike

if TYPE_CHECKING:
    from pypdf import PageObject

KIND = "a PDF"
SIGNATURE = b"%PDF-"
N_START_BYTES = 1_024  # in which the signature must stand (ISO 32000-1, annex H.3.4.1)
BOLD = re.compile("bold|black|heavy|semibold", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:trang|tr\.|page)?\s*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?|[ivxl]{1,6})\W*", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
N_MARGIN_ROWS = 3  # at the head and at the foot of a page, among which running titles are looked for
MIN_REPEATED_SHARE = 0.5  # of the pages
MAX_SHIFT = 3.0  # points by which a running title may move from page to page
N_PAGES_NAMED = 10


def read_pages(path: Path) -> Document:
    """Read the text layer of a PDF: lines joined to paragraphs, without running titles and page numbers.

    The text is as the file holds it; a row of a table is a line. Pages without text, as scanners make them, are named
    in a note.

    Raises `InputError` for a file that is no PDF, is damaged, has a password, or holds no text at all.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    if SIGNATURE not in start_of(path, N_START_BYTES):
        raise unlike(KIND)
    try:
        with _quiet("pypdf"), PdfReader(path) as reader:
            if reader.is_encrypted and not reader.decrypt(""):
                raise protected()
            pages = [_rows(page, number=number) for number, page in enumerate(reader.pages, start=1)]
    except DependencyError as error:  # AES, for which pypdf asks for a library of its own
        raise InputError("is encrypted (AES)", hint="open it and print it to a new PDF") from error
    # pypdf checks little itself: damage shows deep inside, as whatever a wrong type or a wrong depth raises.
    except (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError,
            ValueError) as error:  # fmt: skip
        raise damaged(KIND) from error
    bare = [number for number, rows in enumerate(pages, start=1) if not rows]
    if len(bare) == len(pages):
        raise InputError("holds no text layer: its pages are pictures", hint="recognise the text first (OCR)")
    lines = joined([row for rows in _without_margins(pages) for row in rows])
    if not lines:
        raise InputError("holds no text but page numbers")
    return Document(lines, notes=_notes(bare))


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library from logging of faults that it mends."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _rows(page: "PageObject", *, number: int) -> list[Row]:
    """Give the rows of type on a page, from its pieces; each where its first piece stands, in points."""
    rows: list[Row] = []
    is_open = False

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: dict | None, size: float) -> None:
        nonlocal is_open
        for position, part in enumerate(text.split("\n")):
            if position:
                is_open = False
            if not part.strip():
                if is_open:
                    rows[-1] = rows[-1].with_more(part, height=0.0, is_bold=False)
                continue
            height = abs(size * tm[3] * cm[3]) or abs(size)
            is_bold = BOLD.search(str((font or {}).get("/BaseFont", ""))) is not None
            if is_open:
                rows[-1] = rows[-1].with_more(part, height=height, is_bold=is_bold)
            else:
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                rows.append(Row(part.lstrip(), x, y, height, n_bold=len(part.lstrip()) * is_bold, page=number))
                is_open = True

    page.extract_text(visitor_text=take)
    return [row.stripped() for row in rows]


def _without_margins(pages: Sequence[Sequence[Row]]) -> Iterator[list[Row]]:
    """Leave out page numbers, and what stands in the same place at the head or foot of half of the pages or more."""
    ends = [_ends(rows) for rows in pages]
    n_pages = sum(bool(rows) for rows in pages)
    heights: dict[str, list[float]] = {}
    for row in (row for rows in ends for row in rows):
        heights.setdefault(_stem(row), []).append(row.y)
    running = {stem: median(each) for stem, each in heights.items() if 1 < len(each) >= MIN_REPEATED_SHARE * n_pages}
    for rows, outer in zip(pages, ends, strict=True):
        left_out = {id(row) for row in outer if abs(running.get(_stem(row), math.inf) - row.y) <= MAX_SHIFT}
        edges = (*rows[:1], *rows[-1:]) if len(rows) > 1 else ()
        left_out |= {id(row) for row in edges if PAGE_NUMBER.fullmatch(row.text)}
        yield [row for row in rows if id(row) not in left_out]


def _ends(rows: Sequence[Row]) -> list[Row]:
    """Give the highest and the lowest rows of a page, wherever they come in the file."""
    by_height = sorted(rows, key=lambda row: -row.y)
    return list(dict.fromkeys((*by_height[:N_MARGIN_ROWS], *by_height[-N_MARGIN_ROWS:])))


def _stem(row: Row) -> str:
    return DIGITS.sub("0", " ".join(row.text.split()))


def _notes(bare: Sequence[int]) -> tuple[str, ...]:
    if not bare:
        return ()
    named = ", ".join(map(str, bare[:N_PAGES_NAMED]))
    more = f" and {len(bare) - N_PAGES_NAMED} more" if len(bare) > N_PAGES_NAMED else ""
    return (f"pages without text, left out (pictures must be recognised first): {named}{more}",)
