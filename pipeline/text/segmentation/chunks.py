"""Chunks: what stands between white space, cut into syllables by underthesea's rules, each chunk once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.text.segmentation.templates import Kinds

# Chunks that no rule of underthesea but the plainest apply to, and so most: a run of letters, or a number, with signs
# before and after it that stand for themselves. It takes Ð and ð for Đ and đ, and ʺ for a quote.
PLAIN = re.compile(
    r"""
    (["“‘(\[]*)
    ( [^\W\d_Ððʺ]+ | \d+(?:[.,]\d+)? | \d{1,2}/\d{1,2}/\d+ | \d{1,2}/\d{1,4} )
    ([,;!?%)”"…\]]*[.:]?[,;!?%”"…]*)
    """,
    re.VERBOSE,
)
STOPPED = frozenset(("Tp", "Mr", "Mrs", "Ms", "Dr"))  # these keep a full stop; so do capitals
LONGEST = 500  # characters that are cut at once; underthesea takes the square of the time for what has no white space
ROOM = 1 << 20  # characters of chunks that are remembered
OUTSIDE = 0  # the number of the chunk that stands for what is before and after a text; it has two syllables


@dataclass(frozen=True)
class Syllables:
    """Syllables of chunks in a row, one array each; `starts` and `ends` count characters from the chunk's start."""

    chunks: np.ndarray  # index of each one's chunk in the row
    kinds: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    is_lettered: np.ndarray  # whether there is a letter or digit in it


class Chunks(dict[str, int]):
    """Numbers of chunks, which grow as new ones are asked for; of each number, the syllables."""

    def __init__(self, kinds: Kinds) -> None:
        super().__init__()
        from underthesea.pipeline.text_normalize.character_normalize import character_normalize
        from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

        self._find = patterns.finditer
        self._normalise = character_normalize
        self._kinds = kinds
        self._finals = np.array([OUTSIDE])  # of each chunk its number at the end of a text
        self._firsts = np.array([0, 2])  # of each chunk its first syllable, and at last how many syllables there are
        self._of_syllables = (  # as in `Syllables`
            np.full(2, kinds.outside),
            *np.zeros((2, 2), dtype=np.int32),
            np.zeros(2, dtype=bool),
        )
        self._new: list[Sequence[str]] = []  # syllables of chunks that the arrays do not hold yet
        self._new_finals: dict[int, int] = {}
        self._n_characters = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to begin anew, so that memory stays bounded."""
        return self._n_characters > ROOM

    def __missing__(self, chunk: str) -> int:
        """Cut a new chunk, as it is within a text and as it is at the end of one."""
        self._n_characters += len(chunk)
        number = len(self._finals) + len(self._new)
        plain = PLAIN.fullmatch(chunk)
        if plain and not (plain[3][:1] == "." and (plain[2][-1].isupper() or plain[2] in STOPPED)):
            self._new.append((*plain[1], plain[2], *plain[3]))
        elif chunk[-1] == "." and chunk[-2:-1].isupper():
            # Underthesea keeps the full stop with capitals before it, but not at the end of a text.
            self._new += (self._cut(chunk, is_final=False), self._cut(chunk, is_final=True))
            self._new_finals[number] = number + 1
        else:
            self._new.append(self._cut(chunk, is_final=True))
        self[chunk] = number
        return number

    def numbers(self, chunks: Sequence[str], *, finals: np.ndarray) -> np.ndarray:
        """Number chunks; `finals` is where those stand that end a text."""
        numbers = np.fromiter(map(self.__getitem__, chunks), dtype=np.int64, count=len(chunks))
        if self._new:
            self._grow()
        numbers[finals] = self._finals[numbers[finals]]
        return numbers

    def syllables(self, numbers: np.ndarray) -> Syllables:
        """Give the syllables of numbered chunks, in their order."""
        firsts = self._firsts[numbers]
        counts = self._firsts[numbers + 1] - firsts
        chunks = np.repeat(np.arange(len(numbers)), counts)
        places = np.arange(len(chunks)) + (firsts - np.cumsum(counts) + counts)[chunks]
        return Syllables(chunks, *(values[places] for values in self._of_syllables))

    def _cut(self, chunk: str, *, is_final: bool) -> list[str]:
        shown = chunk if chunk.isascii() else self._normalise(chunk)
        found: list[str] = []
        for start in range(0, len(shown), LONGEST):
            piece = shown[start : start + LONGEST]
            is_followed = not is_final or start + LONGEST < len(shown)
            found += [match.group() for match in self._find(f"{piece} " if is_followed else piece)]
        return found

    def _grow(self) -> None:
        """Bring the new chunks into the arrays."""
        syllables = [syllable for chunk in self._new for syllable in chunk]
        counts = np.fromiter(map(len, self._new), dtype=np.int64, count=len(self._new))
        lengths = np.fromiter(map(len, syllables), dtype=np.int32, count=len(syllables))
        ends = np.cumsum(lengths, dtype=np.int32)
        starts = ends - lengths
        origins = np.repeat(starts[np.cumsum(counts) - counts], counts)
        added = (
            np.fromiter(map(self._kinds.kind, syllables), dtype=np.int64, count=len(syllables)),
            starts - origins,
            ends - origins,
            np.array([syllable.isalnum() or any(map(str.isalnum, syllable)) for syllable in syllables]),
        )
        self._of_syllables = tuple(map(np.append, self._of_syllables, added))
        self._firsts = np.append(self._firsts, self._firsts[-1] + np.cumsum(counts))
        n_before = len(self._finals)
        self._finals = np.append(self._finals, np.arange(n_before, n_before + len(self._new)))
        for number, final in self._new_finals.items():
            self._finals[number] = final
        self._new, self._new_finals = [], {}
