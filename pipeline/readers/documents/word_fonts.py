"""Fonts of Word: which legacy encoding the runs of a document are in."""

from functools import lru_cache
from typing import TYPE_CHECKING

from thamluan.pipeline.legacy import of_font
from thamluan.pipeline.readers.fonts import Font

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEFAULTS = f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr"
TRUE_VALUES = frozenset({"1", "true", "on"})
THEMES = (f"{WORD}hAnsiTheme", f"{WORD}asciiTheme")
NAMES = (f"{WORD}hAnsi", f"{WORD}ascii")  # of the upper half of Latin-1, where the codes are, and of ASCII
THEME = "theme"  # a font that the theme names: in Unicode


class Fonts:
    """Which legacy encoding the runs of a document are in, by their fonts.

    A run's font is its own, or that of its style, its paragraph's style, or the document's defaults; a style has that
    of the style it is based on. Fonts that a theme names are in Unicode.
    """

    def __init__(self, styles: "Element | None") -> None:
        found = [] if styles is None else styles.iter(f"{WORD}style")
        self._styles = {style.get(f"{WORD}styleId"): style for style in found}
        self._default = None if styles is None else _font(styles.find(DEFAULTS))
        plain = (style_id for style_id, style in self._styles.items() if _is_default(style))
        self._paragraph_style = next(plain, None)
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


def _is_default(style: "Element") -> bool:
    """Say whether a style is that of the paragraphs that name none."""
    return style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default") in TRUE_VALUES


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
