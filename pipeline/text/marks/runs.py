"""Runs of letters, digits and stops in many texts at once, as arrays of numbers."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np

from thamluan.pipeline.letters import BARE_VOWELS, LINE_BREAKS, SENTENCE_ENDS, strip_marks

LATIN = "abcdefghijklmnopqrstuvwxyz"
MARKED = "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
LETTERS = " " + LATIN + MARKED  # a letter's code is its place here
BITS = 7  # for one letter's code; a syllable's spelling is its letters' codes, the first lowest
LONGEST = 7  # letters of "nghiêng"; no Vietnamese syllable has more

# What a character is. Bits, so that a run's kind is the union of its characters'.
PLAIN, MARK, DIGIT, FOREIGN, STOP, PUNCTUATION, BREAK, CAPITAL, SMALL, VOWEL = (1 << bit for bit in range(10))
WORD = PLAIN | MARK | DIGIT | FOREIGN
# Spellings of what is no syllable; no spelling of letters is among them.
SPECIAL = EDGE, OTHER_WORD, NUMBER, COMMA, FULL_STOP = 0, 120, 121, 122, 123


@dataclass(frozen=True)
class Runs:
    """What stands in texts that were joined by line breaks: one entry a run, white space left out.

    A run is of letters and digits, or of punctuation, or of line breaks. `spellings` tells runs of letters apart by
    their letters and marks in lower case, `bare` by their letters only; runs that can be no Vietnamese syllable share
    `OTHER_WORD`, `NUMBER`, `COMMA`, `FULL_STOP` and, for a line break, `EDGE`.
    """

    starts: np.ndarray
    ends: np.ndarray
    kinds: np.ndarray
    spellings: np.ndarray
    bare: np.ndarray

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Find the runs of one text, or of several joined by line breaks."""
        codes, kinds = _tables()
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        points = np.minimum(points, len(kinds) - 1)
        char_kinds = kinds[points]
        groups = _groups()[char_kinds & (WORD | STOP | PUNCTUATION | BREAK)]
        changes = np.flatnonzero(np.diff(groups, prepend=0, append=0))
        is_run = groups[changes[:-1]] > 0
        starts, ends = changes[:-1][is_run], changes[1:][is_run]
        if not len(starts):
            return cls(*(np.zeros(0, dtype=np.int64) for _ in range(5)))
        run_kinds = np.bitwise_or.reduceat(char_kinds, starts)
        spellings, bare = _spellings(codes[points], starts, ends)
        special = _specials()[run_kinds & (WORD | STOP | PUNCTUATION | BREAK)]
        special[(special < 0) & (ends - starts > LONGEST)] = OTHER_WORD
        is_special = special >= 0
        return cls(
            starts, ends, run_kinds, np.where(is_special, special, spellings), np.where(is_special, special, bare)
        )


def _spellings(codes: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pack the first `LONGEST` letters of each run into a number, with marks and without."""
    bare_codes = _bare_codes()
    lengths = ends - starts
    spellings, bare = np.zeros(len(starts), dtype=np.int64), np.zeros(len(starts), dtype=np.int64)
    for place in range(LONGEST):
        held = np.flatnonzero(lengths > place) if place > 1 else slice(None)
        letters = codes[np.minimum(starts[held] + place, ends[held] - 1)].astype(np.int64)
        if place == 1:
            letters[lengths < 2] = 0
        spellings[held] |= letters << (BITS * place)
        bare[held] |= bare_codes[letters] << (BITS * place)
    return spellings, bare


def spell(word: str) -> int:
    """Give the number by which runs are told apart.

    >>> runs = Runs.of_text("Đảng viên, 20 người")
    >>> [int(spelling) for spelling in runs.spellings] == [spell("đảng"), spell("viên"), COMMA, NUMBER, spell("người")]
    True
    """
    return sum(LETTERS.index(letter) << (BITS * place) for place, letter in enumerate(word))


def read(spelling: int) -> str:
    """Give the letters of a spelling.

    >>> read(spell("nghiêng"))
    'nghiêng'
    """
    letters = []
    while spelling:
        letters.append(LETTERS[spelling & (2**BITS - 1)])
        spelling >>= BITS
    return "".join(letters)


def join(texts: Sequence[str]) -> tuple[str, np.ndarray]:
    """Join texts by line breaks, and say where each starts."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return "\n".join(texts), np.concatenate([[0], np.cumsum(lengths + 1)])[: len(texts)]


@cache
def _tables() -> tuple[np.ndarray, np.ndarray]:
    """Make the tables from code point to letter's code and to kind; beyond the first plane all is blank."""
    codes, kinds = np.zeros(0x10000, dtype=np.uint8), np.zeros(0x10000, dtype=np.uint16)
    for point in range(len(kinds)):
        kinds[point] = _kind(chr(point))
    for code, letter in enumerate(LETTERS):
        if letter != " ":
            kind = PLAIN if letter in LATIN else MARK
            kind |= VOWEL if strip_marks(letter) in BARE_VOWELS else 0
            for char, size in ((letter, SMALL), (letter.upper(), CAPITAL)):
                codes[ord(char)], kinds[ord(char)] = code, kind | size
    return codes, kinds


def _kind(char: str) -> int:
    """Say what a character is that is no Vietnamese letter."""
    if char in LINE_BREAKS:
        return BREAK
    if char.isspace():
        return 0
    if char in SENTENCE_ENDS:
        return STOP
    category = unicodedata.category(char)
    if category == "Nd":
        return DIGIT
    if category[0] in "LMN" or char == "_":
        return FOREIGN
    return 0 if category[0] == "C" else PUNCTUATION


@cache
def _groups() -> np.ndarray:
    """Map a character's kind to the sort of run that it is part of: 0 none, 1 word, 2 punctuation, 3 line breaks."""
    kinds = np.arange(2 * BREAK)
    groups = np.where(kinds & BREAK, 3, np.where(kinds & (STOP | PUNCTUATION), 2, kinds & WORD != 0))
    return groups.astype(np.int8)


@cache
def _specials() -> np.ndarray:
    """Map a run's kind to the spelling that it shares with others like it, or to -1 for a run of Vietnamese letters."""
    kinds = np.arange(2 * BREAK)
    rules = (
        (kinds & BREAK > 0, EDGE),
        (kinds & STOP > 0, FULL_STOP),
        (kinds & PUNCTUATION > 0, COMMA),
        (kinds == DIGIT, NUMBER),
        (kinds & (DIGIT | FOREIGN) > 0, OTHER_WORD),
    )
    return np.select(*zip(*rules, strict=True), default=-1).astype(np.int64)


@cache
def _bare_codes() -> np.ndarray:
    """Map a letter's code to that of the letter without marks."""
    return np.array([0, *(LETTERS.index(strip_marks(letter)) for letter in LETTERS[1:])], dtype=np.int64)
