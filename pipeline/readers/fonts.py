"""Fonts: text as a program shows it, where a font and not the file says what the letters are."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from operator import itemgetter

from thamluan.pipeline.legacy import Encoding, letters

# In a legacy font a program shows these from another font, as they are.
UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")

Font = tuple[Encoding, bool]
"""The encoding, and whether small letters look like capitals."""
Piece = tuple[str, Font | None, bool]
"""Text, its legacy font, and whether it is bold."""


def decoded(pieces: Iterable[Piece]) -> Iterator[tuple[str, bool]]:
    """Decode pieces of text, each with its legacy font and whether it is bold, in order.

    Pieces in one font that follow one another are decoded together, for a letter of VNI may be cut in two; such a one
    belongs to the first of its pieces. A piece with Vietnamese letters of Unicode is in Unicode whatever its font.

    >>> list(decoded([("ñoa", ("vni", False), True), ("ø, g", ("vni", False), False), ("và", None, False)]))
    [('đoà', True), (', g', False), ('và', False)]
    """
    by_font = ((text, None if UNICODE.search(text) else font, is_bold) for text, font, is_bold in pieces)
    for font, group in groupby(by_font, key=itemgetter(1)):
        texts, _, bold = zip(*group, strict=True)
        yield from zip(texts if font is None else _decoded_together(texts, font), bold, strict=True)


def encodings_in(pieces: Iterable[Piece]) -> set[Encoding]:
    """Name the encodings from which pieces of text are decoded; ASCII is the same in all.

    >>> encodings_in([("ñoaøn", ("vni", False), True), ("Ca", ("tcvn3", True), False), ("và", None, False)])
    {'vni'}
    """
    return {font[0] for text, font, _ in pieces if font and not text.isascii() and not UNICODE.search(text)}


def font_notes(found: Set[Encoding]) -> tuple[str, ...]:
    """Note that text in fonts of legacy encodings was decoded."""
    names = " and ".join(sorted(encoding.upper() for encoding in found))
    return (f"text in fonts of {names} decoded",) if found else ()


def _decoded_together(texts: Sequence[str], font: Font) -> list[str]:
    encoding, is_capital = font
    whole = "".join(texts)
    piece_of = [number for number, text in enumerate(texts) for _ in text]
    parts, done = [""] * len(texts), 0
    for start, end, letter in (*letters(whole, encoding), (len(whole), len(whole), "")):
        for index in range(done, start):
            parts[piece_of[index]] += whole[index]
        if letter:
            parts[piece_of[start]] += letter
        done = end
    return [part.upper() for part in parts] if is_capital else parts
