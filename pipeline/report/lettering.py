"""Letters on a picture: measured before they are drawn, so that no label is cut off."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONT = Path(__file__).parent / "fonts" / "LiberationSans-Regular.ttf"  # SIL Open Font Licence 1.1
ELLIPSIS = "…"
MOST_READ = 400  # characters of a label; more never fit
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@lru_cache(maxsize=8)
def font(size: int) -> "FreeTypeFont":
    """Load the font of the pictures at a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, size: int) -> float:
    """Measure a line in pixels."""
    return font(size).getlength(text)


def lines(text: str, *, size: int, most_width: float, most_lines: int = 3) -> tuple[str, ...]:
    """Break a label into lines that are no wider than asked; what does not fit ends in an ellipsis.

    >>> lines("Kinh phí, chế độ, cơ sở vật chất", size=25, most_width=200)
    ('Kinh phí, chế độ,', 'cơ sở vật chất')
    """
    cleaned = CONTROLS.sub(" ", unicodedata.normalize("NFC", text[: MOST_READ + 1]))
    found = list(_broken(cleaned, size=size, most_width=most_width))
    if len(found) <= most_lines and len(text) <= MOST_READ:
        return _even(cleaned, found, size=size, most_width=most_width)
    last = found[:most_lines][-1]
    while last and width(last + ELLIPSIS, size) > most_width:
        last = last[:-1]
    return (*found[: most_lines - 1], last.rstrip() + ELLIPSIS)


def _even(text: str, found: list[str], *, size: int, most_width: float) -> tuple[str, ...]:
    """Make lines about as wide as one another, no more of them than before."""
    for part in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = list(_broken(text, size=size, most_width=most_width * part))
        if len(narrower) == len(found) and " ".join(narrower) == " ".join(text.split()):
            return tuple(narrower)
    return tuple(found)


def _broken(text: str, *, size: int, most_width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        rest = f"{line} {word}" if line else word
        if width(rest, size) > most_width and line:
            yield line
            rest = word
        while width(rest, size) > most_width and len(rest) > 1:
            fits = next(n for n in range(1, len(rest)) if width(rest[: n + 1], size) > most_width)
            yield rest[:fits]
            rest = rest[fits:]
        line = rest
    if line:
        yield line
