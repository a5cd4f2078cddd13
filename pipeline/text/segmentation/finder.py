"""Finder: where the words of many texts stand, found at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np

from thamluan.pipeline.letters import LINE_BREAKS
from thamluan.pipeline.text.segmentation.chunks import OUTSIDE, Chunks
from thamluan.pipeline.text.segmentation.labels import GAP
from thamluan.pipeline.text.segmentation.segmenter import Segmenter

FILLED, BLANK, BREAK = 0, 1, 2  # classes of characters
N_CODE_POINTS = 0x110000
LAST_BLANK = 0x3000  # no white space lies beyond it


@dataclass(frozen=True)
class _Layout:
    """Texts joined, their chunks in a row, and a chunk `OUTSIDE` before each text and after the last."""

    numbers: np.ndarray  # of chunks, as `Chunks` numbers them
    origins: np.ndarray  # where in the joined texts each chunk begins
    gaps: np.ndarray  # index of each chunk that is outside
    broken: np.ndarray  # index of chunks with a line break before them


class Finder:
    """Finds words with a segmenter, and remembers how chunks were cut."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._chunks = Chunks(segmenter.kinds)
        self._lock = Lock()  # chunks are counted by arrays that may not grow while they are read

    def find(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        r"""Find the words of texts in NFC: starts and ends in the texts joined by a line break, as by "\n".join.

        A word never runs over a line break and never joins letters with punctuation.
        """
        with self._lock:
            if self._chunks.is_full:
                self._chunks = Chunks(self._segmenter.kinds)
            layout = self._lay_out(texts)
            syllables = self._chunks.syllables(layout.numbers)
        first_of = np.searchsorted(syllables.chunks, np.arange(len(layout.numbers)))
        gaps = first_of[layout.gaps]
        begins = ~self._segmenter.inside(syllables.kinds, gaps=gaps)
        begins[1:] |= syllables.is_lettered[1:] != syllables.is_lettered[:-1]
        begins[first_of[layout.broken]] = True
        begins[gaps[:-1] + GAP] = True
        is_outside = layout.numbers[syllables.chunks] == OUTSIDE
        begins |= is_outside
        first = np.flatnonzero(begins)
        last = np.append(first[1:], len(begins)) - 1
        is_word = ~is_outside[first]
        first, last = first[is_word], last[is_word]
        starts = layout.origins[syllables.chunks[first]] + syllables.starts[first]
        return starts, layout.origins[syllables.chunks[last]] + syllables.ends[last]

    def _lay_out(self, texts: Sequence[str]) -> _Layout:
        joined = "\n".join(texts)
        codes = np.frombuffer(f"\n{joined}\n".encode("utf-32-le", "surrogatepass"), dtype="<u4")
        classes = _classes()[codes]
        edges = np.flatnonzero(np.diff(classes > FILLED))
        chunk_starts, chunk_ends = edges[::2], edges[1::2]  # in the joined texts
        text_ends = np.cumsum([len(text) + 1 for text in texts]) - 1
        bounds = np.append(0, np.searchsorted(chunk_starts, text_ends))
        has_chunks = bounds[1:] > bounds[:-1]
        lasts = bounds[1:][has_chunks] - 1
        ends, last_ends = text_ends[has_chunks], chunk_ends[lasts]
        # For a pattern, a text ends also before a line feed that is its last character.
        is_final = (last_ends == ends) | ((last_ends == ends - 1) & (codes[last_ends + 1] == ord("\n")))
        numbers = self._chunks.numbers(joined.split(), finals=lasts[is_final])
        gaps = bounds + np.arange(len(bounds))
        places = np.arange(len(numbers)) + np.repeat(np.arange(1, len(bounds)), np.diff(bounds))
        framed, origins = np.full((2, len(numbers) + len(bounds)), OUTSIDE)
        framed[places], origins[places] = numbers, chunk_starts
        following = np.searchsorted(chunk_starts, np.flatnonzero(classes == BREAK))
        return _Layout(framed, origins, gaps, broken=places[following[following < len(numbers)]])


@cache
def _classes() -> np.ndarray:
    """Say of every code point whether it is white space or a line break."""
    classes = np.full(N_CODE_POINTS, FILLED, dtype=np.uint8)
    for code in range(LAST_BLANK + 1):
        if chr(code).isspace():
            classes[code] = BREAK if chr(code) in LINE_BREAKS else BLANK
    return classes
