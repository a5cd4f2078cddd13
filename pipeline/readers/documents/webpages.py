"""Web pages: `.html` -> the lines of what the page says."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.lines import Document, Line, lines_of
from thamluan.pipeline.readers.encodings import Decoded, decode
from thamluan.pipeline.readers.faults import unlike

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

KIND = "a web page"
# Elements that a browser sets on lines of their own.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip
# What is on a page but is not what it says.
UNREAD = frozenset((
    "applet", "area", "aside", "audio", "button", "canvas", "datalist", "embed", "footer", "head", "iframe", "input",
    "link", "map", "meta", "nav", "noframes", "noscript", "object", "option", "script", "select", "style", "svg",
    "template", "textarea", "title", "video",
))  # fmt: skip
UNREAD_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"))
RUNNING_TITLES = frozenset(("header", "footer"))  # as office programs name them in a page that they save
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BOLD = frozenset(("b", "strong"))
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
WHITE = re.compile(r"[ \t\r\n\f]+")
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
CHARSETS = {"iso-8859-1": "cp1252", "us-ascii": "cp1252"}  # as browsers read them (WHATWG Encoding Standard)
N_START_BYTES = 4_096  # in which a page has to name its encoding
MAX_DEPTH = 250
BREAK = "\n"


def read_web_page(path: Path) -> Document:
    """Read the main text of a web page: paragraphs, list items and cells of tables, a line each, as a browser shows it.

    Scripts, menus, forms, side columns and what is hidden are left out. If the page marks one main part or article,
    the rest is left out, too.

    Raises `InputError` for a file that is empty, binary, no web page, or holds no text.
    """
    from lxml import etree, html

    decoded = _decoded(path.read_bytes())
    if "<" not in decoded.text:
        raise unlike(KIND)
    try:
        root = html.document_fromstring(decoded.text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise unlike(KIND) from error
    lines = tuple(_stripped(line) for line in lines_of(_pieces(_main(root))) if line.text.strip())
    if not lines:
        raise InputError("holds no text (a page that a script fills must be saved from the browser, or printed to PDF)")
    return Document(lines, notes=decoded.notes, encoding=decoded.encoding)


def _decoded(raw: bytes) -> Decoded:
    """Decode a page as any text, or else by the encoding that it names: pages name a wrong one often enough."""
    try:
        return decode(raw, expected=KIND)
    except InputError:
        named = CHARSET.search(raw[:N_START_BYTES])
        if named is None or b"\0" in raw:
            raise
        name = named[1].decode("ascii").lower()
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return Decoded(raw.decode(CHARSETS.get(name, name)), name)
        raise


def _main(root: "Element") -> "Element":
    for name in ("main", "article"):
        found = [element for element in root.iter(name) if _is_read(element)]
        if len(found) == 1 and WHITE.sub("", "".join(found[0].itertext())):
            return found[0]
    body = root.find("body")
    return root if body is None else body


def _is_read(element: "Element") -> bool:
    """Say whether an element is shown and is no tool of the page; comments have no name."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or element.get("hidden") is not None:
        return False
    if element.tag == "header" and element.getparent().tag == "body":
        return False
    if element.tag == "div" and element.get("title") in RUNNING_TITLES:
        return False
    return element.get("role") not in UNREAD_ROLES and HIDDEN.search(element.get("style", "")) is None


def _pieces(element: "Element", *, is_bold: bool = False, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Give the text below an element piece by piece, with line breaks around the elements that stand alone."""
    is_block = element.tag in BLOCKS
    is_bold = is_bold or element.tag in BOLD or BOLD_STYLE.search(element.get("style", "")) is not None
    if is_block:
        yield BREAK, False
    yield _shown(element.text, is_raw=element.tag == "pre"), is_bold
    for child in element:
        if child.tag == "br":
            yield BREAK, False
        elif _is_read(child) and depth < MAX_DEPTH:
            yield from _pieces(child, is_bold=is_bold, depth=depth + 1)
        yield _shown(child.tail, is_raw=element.tag == "pre"), is_bold
    if is_block:
        yield BREAK, False


def _shown(text: str | None, *, is_raw: bool) -> str:
    return (text or "") if is_raw else WHITE.sub(" ", text or "")


def _stripped(line: Line) -> Line:
    """Take off the white space that a browser does not show, around a line and doubled inside."""
    before = WHITE.sub(" ", line.text[: line.n_bold]).lstrip(" ")
    behind = WHITE.sub(" ", line.text[line.n_bold :])
    if before.endswith(" ") or not before:
        behind = behind.lstrip(" ")
    text = (before + behind).rstrip(" ")
    return Line(text, n_bold=min(len(before), len(text)))
