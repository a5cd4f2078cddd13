"""Tones: one place for the tone mark of each syllable."""

import re
import unicodedata

from thamluan.pipeline.syllables import place_tone
from thamluan.pipeline.text.repairs.pieces import Pieces

# Where a mark may stand elsewhere than `place_tone` puts it. A class of letters comes first: quick to search.
LATE, EARLY = "àáảãạèéẻẽẹỳýỷỹỵ", "òóỏõọùúủũụìíỉĩịừứửữự"
LATE, EARLY = LATE + LATE.upper(), EARLY + EARLY.upper()
MISPLACED = re.compile(
    rf"""[{LATE}{EARLY}](?:
        (?<=[oOuUiIưƯ][{LATE}])(?<![qQ][uU].)(?<![gG][iI].)(?![^\W\d_])  # the last letter: hoà, cuả
      | (?<=[{EARLY}])[aAăĂâÂeEêÊoOôÔơƠiIuUyY][^\W\d_]                  # the first of a rhyme that goes on: tòan
      | (?<=[qQ][ùúủũụÙÚỦŨỤ])[aAăĂâÂeEêÊoOôÔơƠiIyY]                     # a letter of the onset: qúa,
      | (?<=[gG][ìíỉĩịÌÍỈĨỊ])[aAăĂâÂeEêÊoOôÔơƠuUưƯ]                     # gìa
    )""",
    re.VERBOSE,
)


def place_tones(text: str) -> Pieces:
    """Put tone marks where most of what the model has learnt from has them: hòa, khỏe, thúy, quá.

    Only possible syllables are changed, and only the letters from the one that loses its mark to the one that gets it.

    >>> list(place_tones("chi uỷ Hoà Bình"))
    [(4, 6, 'ủy'), (8, 10, 'òa')]
    """
    done = 0
    for match in MISPLACED.finditer(text):
        if match.start() < done:
            continue
        start, done = _word_around(text, match.start())
        # A mark after the word that composes with no letter of it belongs to it all the same.
        if not unicodedata.combining(text[done : done + 1] or " "):
            word = text[start:done]
            placed = place_tone(word)
            changed = [index for index, letter in enumerate(placed) if letter != word[index]]
            if changed:
                first, last = changed[0], changed[-1] + 1
                yield start + first, start + last, placed[first:last]


def _word_around(text: str, index: int) -> tuple[int, int]:
    """Find where the run of letters around a letter starts and ends."""
    start, end = index, index + 1
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end
