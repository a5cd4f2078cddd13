"""Measuring a restorer of diacritics: how many syllables it gets right in text whose marks were taken off."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.syllables import strip_tone
from thamluan.pipeline.text.marks.restorer import Restorer
from thamluan.pipeline.text.marks.runs import (
    DIGIT,
    FOREIGN,
    LONGEST,
    MARK,
    MARKED,
    PLAIN,
    Runs,
    join,
    read,
)
from thamluan.pipeline.text.repairs.pieces import put_in


@dataclass(frozen=True)
class Accuracy:
    """Counts of syllables and lines; a syllable is a run of at most seven Vietnamese letters, foreign ones included.

    `n_marked` are those that carry marks in the original. What differs only in the place of the tone mark is right.
    """

    n_syllables: int
    n_right: int
    n_marked: int
    n_marked_right: int
    n_lines: int
    n_lines_right: int

    @property
    def share(self) -> float:
        """Share of all syllables that are right, 0 to 1; 0 of none."""
        return self.n_right / max(self.n_syllables, 1)

    @property
    def marked_share(self) -> float:
        """Share of the syllables with marks that are right."""
        return self.n_marked_right / max(self.n_marked, 1)

    @property
    def lines_share(self) -> float:
        """Share of the lines in which every syllable is right."""
        return self.n_lines_right / max(self.n_lines, 1)


def strip(text: str) -> str:
    """Take the marks off Vietnamese letters and leave all else as it is, capitals included.

    >>> strip("Đảng bộ họp ở Hà Nội, José vắng")
    'Dang bo hop o Ha Noi, Jose vang'
    """
    return text.translate(_bare_letters())


def measure(
    restorer: Restorer, originals: Sequence[str], typed: Sequence[str] | None = None, *, everywhere: bool = False
) -> Accuracy:
    """Restore what was typed, which is the originals without marks if it is not given, and compare with the originals.

    `everywhere` as in `Restorer.restore`.
    """
    originals = [unicodedata.normalize("NFC", original) for original in originals]
    typed = [strip(original) for original in originals] if typed is None else typed
    found = restorer.restore(typed, everywhere=everywhere)
    restored = [put_in(text, pieces) for text, pieces in zip(typed, found, strict=True)]
    text, starts = join(originals)
    wanted, given = Runs.of_text(text), Runs.of_text("\n".join(restored))
    is_right = wanted.spellings == given.spellings
    for place in np.flatnonzero(~is_right & (wanted.bare == given.bare)).tolist():
        is_right[place] = _same_but_for_place(int(wanted.spellings[place]), int(given.spellings[place]))
    has_mark = wanted.kinds & MARK > 0
    is_syllable = (wanted.kinds & (PLAIN | MARK) > 0) & (wanted.kinds & (DIGIT | FOREIGN) == 0)
    is_syllable &= wanted.ends - wanted.starts <= LONGEST
    lines = np.searchsorted(starts, wanted.starts, side="right")
    wrong_lines = np.unique(lines[~is_right & is_syllable])
    return Accuracy(
        n_syllables=int(is_syllable.sum()),
        n_right=int((is_right & is_syllable).sum()),
        n_marked=int((has_mark & is_syllable).sum()),
        n_marked_right=int((is_right & has_mark & is_syllable).sum()),
        n_lines=len(originals),
        n_lines_right=len(originals) - len(wrong_lines),
    )


@cache
def _same_but_for_place(spelling: int, other: int) -> bool:
    return strip_tone(read(spelling)) == strip_tone(read(other))


@cache
def _bare_letters() -> dict[int, str]:
    bare = {letter: strip_marks(letter) for letter in MARKED}
    return str.maketrans(bare | {letter.upper(): plain.upper() for letter, plain in bare.items()})
