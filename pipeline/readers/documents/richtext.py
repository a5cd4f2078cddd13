"""Rich text: `.rtf` -> lines."""

import re
from pathlib import Path

from thamluan.pipeline.readers.documents.lines import Document, Line, document_of
from thamluan.pipeline.readers.faults import damaged, empty, unlike

KIND = "an RTF document"
SIGNATURE = b"{\\rtf"
CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")  # a cell of a table is a paragraph of its own
LINE_ENDS = re.compile(r"\r\n|[\r\f\v\x85\u2028\u2029]")


def read_rich_text(path: Path) -> Document:
    """Read the text of an RTF file: paragraphs, tables cell by cell. What is bold is not known.

    Raises `InputError` for a file that is no RTF, is damaged, or holds no text.
    """
    from striprtf.striprtf import rtf_to_text

    raw = path.read_bytes()
    if not raw:
        raise empty()
    if not raw.lstrip().startswith(SIGNATURE):
        raise unlike(KIND)
    try:
        text = rtf_to_text(CELL.sub(r"\\par", _decoded(raw)), errors="replace")
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # a pair stands as two halves
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise damaged(KIND) from error
    is_closed = raw.rstrip(b"\0 \t\r\n").endswith(b"}")
    notes = () if is_closed else ("ends within a group: it may be cut short",)
    return document_of(map(Line, LINE_ENDS.sub("\n", text).split("\n")), notes=notes)


def _decoded(raw: bytes) -> str:
    """Decode the file: ASCII, and where a program broke the rule its code page."""
    code_page = CODE_PAGE.search(raw)
    try:
        return raw.decode(f"cp{int(code_page[1])}" if code_page else "cp1252", "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")
