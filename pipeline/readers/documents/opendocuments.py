"""Open documents: `.odt` -> lines."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.readers.documents.lines import Document, document_of, lines_of
from thamluan.pipeline.readers.faults import damaged, unlike
from thamluan.pipeline.readers.packages import DAMAGE, check

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KIND = "an OpenDocument text (.odt)"
CONTENT = "content.xml"
STYLES = "styles.xml"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
WEIGHT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
# What is in a document but not in its text: what tracked changes have deleted, notes, comments, contents, rubies.
UNREAD = frozenset({
    f"{TEXT}tracked-changes", f"{TEXT}note", f"{OFFICE}annotation", f"{TEXT}table-of-content", f"{TEXT}ruby-text",
    f"{OFFICE}forms",
})  # fmt: skip
BOLD = frozenset({"bold", "600", "700", "800", "900"})
WHITE = re.compile(r"[ \t\r\n]+")
MAX_SPACES = 1_000  # of one mark for spaces


def read_open_document(path: Path) -> Document:
    """Read the body of an OpenDocument text in reading order: paragraphs, headings, lists, tables cell by cell.

    Headers, footers, notes and comments are left out, and what a tracked change has deleted. A line break inside a
    paragraph begins a new line.

    Raises `InputError` for a file that is no OpenDocument text, is damaged, has a password, or holds no text.
    """
    check(path, part=CONTENT, kind=KIND)
    try:
        content = _part(path, CONTENT)
        body = content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise unlike(KIND)
        weights = _weights(_part(path, STYLES)) | _weights(content)
        paragraphs = [paragraph for paragraph in body.iter(*PARAGRAPHS) if _is_read(paragraph)]
        lines = [line for each in paragraphs for line in lines_of(_pieces(each, weights=weights))]
    except DAMAGE as error:
        raise damaged(KIND) from error
    return document_of(lines)


def _part(path: Path, name: str) -> "Element":
    """Parse a part of the package; one that is missing is an empty element."""
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        if name not in package.namelist():
            return etree.Element("missing")
        return etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _weights(root: "Element") -> dict[str, bool]:
    """Say of each style by name whether it is bold, by itself or by the style that it comes from."""
    styles = {style.get(f"{STYLE}name"): style for style in root.iter(f"{STYLE}style")}
    return {name: _is_bold(style, styles) for name, style in styles.items() if name}


def _is_bold(style: "Element", styles: Mapping[str, "Element"]) -> bool:
    seen = []
    while style is not None and style not in seen:
        properties = style.find(f"{STYLE}text-properties")
        weight = properties.get(WEIGHT) if properties is not None else None
        if weight is not None:
            return weight in BOLD
        seen.append(style)
        style = styles.get(style.get(f"{STYLE}parent-style-name", ""))
    return False


def _is_read(element: "Element") -> bool:
    return all(ancestor.tag not in UNREAD for ancestor in element.iterancestors())


def _pieces(element: "Element", *, weights: Mapping[str, bool], is_bold: bool = False) -> Iterator[tuple[str, bool]]:
    """Give the text below an element piece by piece, without the paragraphs of text boxes inside it.

    White space in the XML counts once, as OpenDocument 1.3, part 3, section 6.1.2 says; more is marked.
    """
    is_bold = weights.get(element.get(f"{TEXT}style-name", ""), is_bold)
    yield _collapsed(element.text), is_bold
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), MAX_SPACES), is_bold
        elif child.tag == f"{TEXT}tab":
            yield "\t", is_bold
        elif child.tag == f"{TEXT}line-break":
            yield "\n", is_bold
        elif child.tag not in UNREAD and child.tag not in PARAGRAPHS:
            yield from _pieces(child, weights=weights, is_bold=is_bold)
        yield _collapsed(child.tail), is_bold


def _collapsed(text: str | None) -> str:
    return WHITE.sub(" ", text or "")
