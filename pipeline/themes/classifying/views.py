"""Views of a word: the pieces of it that a model counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from thamluan.pipeline.letters import strip_marks

SYLLABLE = re.compile(r"\w+")
FEWEST_LETTERS, MOST_LETTERS = 2, 5  # of a piece of a word, counting the blanks at its edges


@dataclass(frozen=True)
class View:
    """One way of looking at words: which parts of each are counted, and whether pairs of neighbouring parts are too.

    A part of a view with pairs holds no blank. What fewer than `min_df` texts have is left out.
    """

    parts: Callable[[str], list[str]]
    min_df: int
    has_pairs: bool = False


def whole(word: str) -> list[str]:
    """Give the word itself in small letters, its syllables joined.

    >>> whole("Phụ cấp")
    ['phụ_cấp']
    """
    joined = "_".join(word.lower().split())
    return [joined] if joined else []


def bare_syllables(word: str) -> list[str]:
    """Give the syllables without marks.

    >>> bare_syllables("Phụ cấp")
    ['phu', 'cap']
    """
    return SYLLABLE.findall(strip_marks(word))


def bare_letters(word: str) -> list[str]:
    """Give runs of two to five letters without marks, never over the edge of a syllable; a blank stands for the edge.

    They are those of scikit-learn's analyser `char_wb`.

    >>> bare_letters("ở")
    [' o', 'o ', ' o ']
    """
    pieces = []
    for syllable in strip_marks(word).split():
        padded = f" {syllable} "
        for length in range(FEWEST_LETTERS, min(MOST_LETTERS, len(padded)) + 1):
            pieces += [padded[start : start + length] for start in range(len(padded) - length + 1)]
    return pieces
