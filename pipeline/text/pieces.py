"""Pieces: what a repair says that it replaces."""

from collections.abc import Iterable

Pieces = Iterable[tuple[int, int, str]]
"""In order and apart: start, end (start < end), replacement. What lies between stays as it is."""
