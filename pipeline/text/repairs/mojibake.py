"""Mojibake: UTF-8 that a program has read as Windows-1252, as a csv file looks when Excel opens it by double click."""

import re
from functools import cache

from thamluan.pipeline.letters import LINE
from thamluan.pipeline.text.repairs.pieces import Pieces

FIRST_BYTES = (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))  # of characters of two, three and four bytes
NEXT_BYTES = range(0x80, 0xC0)
LONG = 3  # bytes
LEAD = re.compile("[ÃÄÆáâð][\u0080-\u00bf\u0152-\u0178\u0192-\u2122]")


def decode_mojibake(text: str) -> Pieces:
    """Read UTF-8 again that was read as Windows-1252, line by line, where that explains every such character.

    >>> list(decode_mojibake("Kinh phí: Ráº¥t tá»‘t"))
    []
    >>> list(decode_mojibake("Ráº¥t tá»‘t"))
    [(1, 4, 'ấ'), (7, 10, 'ố')]
    """
    if text.isascii() or not LEAD.search(text):
        return
    for line in LINE.finditer(text):
        found = list(_character().finditer(text, *line.span()))
        n_explained = sum(len(match.group()) for match in found)
        n_shown = sum(char in _bytes() for char in line.group())
        if n_explained == n_shown and (len(found) > 1 or any(map(_is_odd, found))):
            for match in found:
                letter = bytes(_bytes()[char] for char in match.group()).decode("utf-8", errors="replace")
                yield match.start(), match.end(), letter


def _is_odd(match: re.Match[str]) -> bool:
    """Say whether nobody types a character's bytes so: three of them, or a capital behind a small letter."""
    before = match.string[match.start() - 1 : match.start()]
    return len(match.group()) >= LONG or (before.islower() and match.group()[0].isupper())


@cache
def _bytes() -> dict[str, int]:
    """Map the characters that Windows-1252 shows for the upper half of the bytes to these; for five it has none."""
    shown = {byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}
    return {char.replace("\ufffd", chr(byte)): byte for byte, char in shown.items()}


@cache
def _character() -> re.Pattern[str]:
    """Compile the pattern of a character of two to four bytes."""
    chars = {byte: re.escape(char) for char, byte in _bytes().items()}
    following = f"[{''.join(chars[byte] for byte in NEXT_BYTES)}]"
    firsts = ("".join(chars[byte] for byte in some) for some in FIRST_BYTES)
    return re.compile("|".join(f"[{first}]{following * n}" for n, first in enumerate(firsts, start=1)))
