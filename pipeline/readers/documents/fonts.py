"""Fonts: the text of a Word document as Word shows it, where a font and not the file says what the letters are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from thamluan.pipeline.legacy import Encoding, letters, of_font

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THEMES = (f"{WORD}hAnsiTheme", f"{WORD}asciiTheme")
NAMES = (f"{WORD}hAnsi", f"{WORD}ascii")  # of the upper half of Latin-1, where the codes are, and of ASCII
THEME = "theme"  # a font that the theme names: in Unicode
UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")  # in a legacy font Word shows these from another font, as they are

Font = tuple[Encoding, bool]  # the encoding, and whether small letters look like capitals


class Fonts:
    """Which legacy encoding the runs of a document are in, by their fonts.

    A run's font is its own, or that of its style, its paragraph's style, or the document's defaults; a style has that
    of the style it is based on. Fonts that a theme names are in Unicode.
    """

    def __init__(self, styles: "Element | None") -> None:
        self._styles = (
            {} if styles is None else {style.get(f"{WORD}styleId"): style for style in styles.iter(f"{WORD}style")}
        )
        self._default = None if styles is None else _font(styles.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr"))
        self._paragraph_style = next(
            (
                style_id
                for style_id, style in self._styles.items()
                if style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default") in ("1", "true", "on")
            ),
            None,
        )
        self._of_style = lru_cache(maxsize=None)(self._look_up)

    def of_run(self, run: "Element") -> Font | None:
        """Tell the encoding of a run and whether it shows capitals; None where it is in Unicode."""
        properties = run.find(f"{WORD}rPr")
        font = _font(properties) or self._of_style(_value(properties, "rStyle"))
        if font is None:
            paragraph = next(run.iterancestors(f"{WORD}p"), None)
            style = None if paragraph is None else _value(paragraph.find(f"{WORD}pPr"), "pStyle")
            font = self._of_style(style or self._paragraph_style) or self._default
        return of_font(font) if font else None

    def _look_up(self, style_id: str | None) -> str | None:
        """Find the font of a style or of those that it is based on."""
        seen = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            font = _font(style.find(f"{WORD}rPr"))
            if font is not None:
                return font
            style_id = _value(style, "basedOn")
        return None


def decoded(pieces: Iterable[tuple[str, Font | None, bool]]) -> Iterator[tuple[str, bool]]:
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


def _font(properties: "Element | None") -> str | None:
    """Give the font that run properties name; None where they name none."""
    fonts = None if properties is None else properties.find(f"{WORD}rFonts")
    if fonts is None:
        return None
    if any(fonts.get(name) for name in THEMES):
        return THEME
    return next((fonts.get(name) for name in NAMES if fonts.get(name)), None)


def _value(element: "Element | None", name: str) -> str | None:
    child = None if element is None else element.find(f"{WORD}{name}")
    return None if child is None else child.get(f"{WORD}val")
