"""Characters: one code for each letter."""

import re
import sys
import unicodedata
from functools import cache

from thamluan.pipeline.text.repaired import Pieces


def compose(text: str) -> Pieces:
    """Compose letters and marks (Unicode NFC): Vietnamese from a Mac comes decomposed."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _cluster().finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield match.start(), match.end(), composed


@cache
def _cluster() -> re.Pattern[str]:
    """Compile the pattern of a character with the marks that NFC may join to it.

    A few letters (Hangul jamo, vowel signs of Indian scripts) join backwards without being marks, and a few stand for
    several marks; they are found by asking for every decomposition (Unicode Standard Annex 15, composition).
    """
    decompositions = {char: unicodedata.normalize("NFD", char) for char in map(chr, range(sys.maxunicode + 1))}
    joining = {mark for parts in decompositions.values() for mark in parts[1:]}
    marks = [char for char, parts in decompositions.items() if unicodedata.combining(parts[0]) or parts[0] in joining]
    # White space joins with nothing; a mark after it stands alone.
    return re.compile(rf"\s|\S[{re.escape(''.join(marks))}]*")
