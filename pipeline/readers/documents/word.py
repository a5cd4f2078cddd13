"""Word: `.docx` -> lines."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.readers.documents.lines import Document, document_of, lines_of
from thamluan.pipeline.readers.documents.word_fonts import WORD, Fonts
from thamluan.pipeline.readers.faults import damaged
from thamluan.pipeline.readers.fonts import Font, Piece, decoded, encodings_in, font_notes
from thamluan.pipeline.readers.packages import DAMAGE, check

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KIND = "a Word document (.docx)"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PARAGRAPH = f"{WORD}p"
RUN = f"{WORD}r"
# What is in a document but not in its text: struck out or moved away by a tracked change, a second drawing of the same
# text box for old readers, what a field computes from.
UNREAD = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{COMPATIBILITY}Fallback", f"{WORD}instrText", f"{WORD}delText"})
SOFT_HYPHEN = f"{WORD}softHyphen"  # in a TCVN3 font the letter ư, elsewhere nothing
CHARACTERS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
PAGE_BREAKS = frozenset({"page", "column"})
FALSE_VALUES = frozenset({"0", "false", "off"})


def read_word(path: Path) -> Document:
    """Read the body of a Word document in reading order: paragraphs, tables cell by cell, text boxes.

    Headers, footers, notes and comments are left out, and what a tracked change has deleted. A line break inside a
    paragraph begins a new line. Runs in a font of a legacy encoding (.VnTime, VNI-Times) are decoded.

    Raises `InputError` for a file that is no Word document, is damaged, has a password, or holds no text.
    """
    import docx

    check(path, part="word/", kind=KIND)
    try:
        document = docx.Document(str(path))
        fonts = Fonts(document.styles.element)
        read = (paragraph for paragraph in document.element.body.iter(PARAGRAPH) if _is_read(paragraph))
        paragraphs = [list(_pieces(paragraph, fonts)) for paragraph in read]
        lines = [line for pieces in paragraphs for line in lines_of(decoded(pieces))]
    except DAMAGE as error:
        raise damaged(KIND) from error
    return document_of(lines, notes=font_notes(encodings_in(chain.from_iterable(paragraphs))))


def _is_read(element: "Element") -> bool:
    return all(ancestor.tag not in UNREAD for ancestor in element.iterancestors())


def _pieces(element: "Element", fonts: Fonts, *, font: Font | None = None, is_bold: bool = False) -> Iterator[Piece]:
    """Give the text below an element piece by piece, without the paragraphs of text boxes inside it."""
    for child in element:
        if child.tag in UNREAD or child.tag == PARAGRAPH:
            continue
        if child.tag == f"{WORD}t":
            yield child.text or "", font, is_bold
        elif child.tag == SOFT_HYPHEN and font is not None and font[0] == "tcvn3":
            yield "\u00ad", font, is_bold
        elif child.tag in CHARACTERS and element.tag == RUN:
            if child.get(f"{WORD}type") not in PAGE_BREAKS:
                yield CHARACTERS[child.tag], font, is_bold
        elif child.tag == RUN:
            yield from _pieces(child, fonts, font=fonts.of_run(child), is_bold=_is_bold(child))
        else:
            yield from _pieces(child, fonts, font=font, is_bold=is_bold)


def _is_bold(run: "Element") -> bool:
    """Say whether a run is bold by itself or by the style Strong; what other styles make of it is not looked up."""
    bold = run.find(f"{WORD}rPr/{WORD}b")
    if bold is not None:
        return bold.get(f"{WORD}val", "true") not in FALSE_VALUES
    style = run.find(f"{WORD}rPr/{WORD}rStyle")
    return style is not None and style.get(f"{WORD}val") == "Strong"
