"""Lines: what a document is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thamluan.pipeline.errors import InputError


@dataclass(frozen=True)
class Line:
    """A line of a document; the first `n_bold` characters are bold. `page` is 0 where pages are not fixed."""

    text: str
    n_bold: int = 0
    page: int = 0


@dataclass(frozen=True)
class Document:
    """The lines of a document; joined with a line feed they are its whole text.

    Notes tell the user of oddities; `encoding` is as in `FileRead`.
    """

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    encoding: str = ""


def document_of(lines: Iterable[Line], *, notes: tuple[str, ...] = ()) -> Document:
    """Make a document of lines.

    Raises `InputError` when all are blank.
    """
    document = Document(tuple(lines), notes=notes)
    if not any(line.text.strip() for line in document.lines):
        raise InputError("holds no text (a scanned paper must be typed or recognised first)")
    return document


def lines_of(pieces: Iterable[tuple[str, bool]]) -> Iterator[Line]:
    """Cut a paragraph at its line breaks; its pieces are given with whether they are bold."""
    text, n_bold, is_bold_so_far = "", 0, True
    for characters, is_bold in pieces:
        for position, part in enumerate(characters.split("\n")):
            if position:
                yield Line(text, n_bold)
                text, n_bold, is_bold_so_far = "", 0, True
            text += part
            is_bold_so_far = is_bold_so_far and (is_bold or not part.strip())
            n_bold = len(text) if is_bold_so_far else n_bold
    yield Line(text, n_bold)
