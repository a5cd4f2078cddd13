"""Pieces: what a repair says that it replaces."""

from collections.abc import Iterable

Piece = tuple[int, int, str]
"""Start, end (start < end), replacement."""

Pieces = Iterable[Piece]
"""In order and apart. What lies between stays as it is."""


def put_in(text: str, pieces: Pieces) -> str:
    """Put pieces into the text that they were found in.

    >>> put_in("Chi bo hop", [(4, 6, "bộ"), (7, 10, "họp")])
    'Chi bộ họp'
    """
    parts, done = [], 0
    for start, end, replacement in pieces:
        parts += (text[done:start], replacement)
        done = end
    return "".join((*parts, text[done:]))
