"""Pieces: what a repair says that it replaces."""

from collections.abc import Iterable

Piece = tuple[int, int, str]
"""Start, end (start < end), replacement."""

Pieces = Iterable[Piece]
"""In order and apart. What lies between stays as it is."""
