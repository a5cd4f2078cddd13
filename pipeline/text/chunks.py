"""Chunks: what stands between white space, cut into syllables by underthesea's rules, each chunk once."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.text.templates import Kinds

LONGEST = 500  # characters that are cut at once; underthesea takes the square of the time for what has no white space
# Letters or digits, maybe with a bracket or quote before and a sign after: no other rule of underthesea applies.
PLAIN = re.compile(r"""(["“‘(\[]?)([^\W\d_]+|\d+)([,;:!?)”"…\].]?)""")
STOPPED = frozenset(("Tp", "Mr", "Mrs", "Ms", "Dr"))  # these keep a full stop; so do capitals
ROOM = 1 << 22  # characters of chunks that are kept; then they are forgotten
OUTSIDE = 0  # the chunk that stands for what is before and after a text: two syllables


@dataclass(frozen=True)
class Syllables:
    """Syllables of chunks in their order, one array each.

    `chunks` is the index of each one's chunk; `starts` and `ends` count characters from the chunk's start.
    """

    chunks: np.ndarray
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
        self._normalise = character_normalize  # Ð, which looks like Đ
        self._kinds = kinds
        self._firsts, self._counts, self._finals = array("i"), array("i"), array("i")
        self._of_syllables = tuple(map(array, "iiib"))  # kind, start, end, is lettered
        self._n_characters = 0
        self._add([])
        for values, value in zip(self._of_syllables, (kinds.outside, 0, 0, 0), strict=True):
            values.extend([value, value])
        self._counts[OUTSIDE] = 2

    @property
    def is_full(self) -> bool:
        return self._n_characters > ROOM

    def __missing__(self, chunk: str) -> int:
        """Cut a new chunk, as it is within a text and as it is at the end of one."""
        shown = self._normalise(chunk)
        self._n_characters += len(chunk)
        plain = PLAIN.fullmatch(shown)
        if plain and (plain[3] != "." or not plain[2][-1].isupper()) and plain[2] not in STOPPED:
            number = self._add([part for part in plain.groups() if part])
        elif chunk[-1] == ".":
            # Underthesea keeps the full stop with capitals before it, but not at the end of a text.
            number, final = self._add(self._cut(shown, " .")), self._add(self._cut(shown, ""))
            self._finals[number] = final
        else:
            number = self._add(self._cut(shown, ""))
        self[chunk] = number
        return number

    def _cut(self, chunk: str, following: str) -> list[str]:
        *pieces, last = (chunk[start : start + LONGEST] for start in range(0, len(chunk), LONGEST))
        found = [match.group() for piece in pieces for match in self._find(piece)]
        found += [match.group() for match in self._find(last + following) if match.end() <= len(last)]
        return found

    def _add(self, syllables: Sequence[str]) -> int:
        """Number a chunk of these syllables."""
        number = len(self._firsts)
        kinds, starts, ends, lettered = self._of_syllables
        self._firsts.append(len(kinds))
        self._counts.append(len(syllables))
        self._finals.append(number)
        start = 0
        for syllable in syllables:
            kinds.append(self._kinds.kind(syllable))
            starts.append(start)
            start += len(syllable)
            ends.append(start)
            lettered.append(any(map(str.isalnum, syllable)))
        return number

    def numbers(self, chunks: Sequence[str], *, finals: np.ndarray) -> np.ndarray:
        """Number chunks; `finals` is where those stand that end a text."""
        numbers = np.fromiter(map(self.__getitem__, chunks), dtype=np.int32, count=len(chunks))
        numbers[finals] = np.frombuffer(self._finals, dtype=np.int32)[numbers[finals]]
        return numbers

    def syllables(self, numbers: np.ndarray) -> Syllables:
        """Give the syllables of numbered chunks."""
        counts = np.frombuffer(self._counts, dtype=np.int32)[numbers]
        ends = np.cumsum(counts)
        chunks = np.repeat(np.arange(len(numbers)), counts)
        firsts = np.frombuffer(self._firsts, dtype=np.int32)[numbers]
        places = np.arange(len(chunks)) + (firsts - ends + counts)[chunks]
        kinds, starts, ends, lettered = (
            np.frombuffer(values, dtype=values.typecode)[places] for values in self._of_syllables
        )
        return Syllables(chunks, kinds, starts, ends, lettered)
