"""Vietnamese words: underthesea's segmentation, as offsets into the texts it was given."""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.repair import repair_all
from thamluan.pipeline.text.repaired import Repaired
from thamluan.pipeline.text.segmentation.compiled import load_segmenter
from thamluan.pipeline.text.segmentation.finder import Finder

BATCH = 1 << 17  # characters of texts that are segmented at once; more are no faster
BLOCK = 1 << 18  # bytes that are read at once
BOM = b"\xef\xbb\xbf"
GAP = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class WordOffsets:
    """Where the words of several texts stand, text after text.

    `starts` and `ends` are offsets into each word's own text; `counts` says how many words each text has.
    """

    starts: np.ndarray
    ends: np.ndarray
    counts: np.ndarray


def word_offsets(texts: Sequence[str]) -> WordOffsets:
    """Find the words of many texts at once; white space belongs to none.

    The words are those of underthesea, but a word never runs over a line break and never joins letters with
    punctuation that stood apart. (Where two ways of cutting score the same, as among several syllables in a row that
    the model has never seen, the two may choose differently.)

    >>> offsets = word_offsets(["Chi bộ họp đều", "", "Phụ cấp thấp"])
    >>> offsets.starts.tolist(), offsets.ends.tolist(), offsets.counts.tolist()
    ([0, 7, 11, 0, 8], [6, 10, 14, 7, 12], [3, 0, 2])
    """
    found = [_offsets(batch) for batch in _batches(texts)]
    if not found:
        return WordOffsets(*np.zeros((3, 0), dtype=np.int64))
    return WordOffsets(
        *map(np.concatenate, zip(*((each.starts, each.ends, each.counts) for each in found), strict=True))
    )


def word_spans(text: str) -> list[tuple[int, int]]:
    """Find the words of a text: start and end of each, in order; see `word_offsets`.

    >>> text = "Phụ cấp (khối trưởng) còn thấp"
    >>> [text[start:end] for start, end in word_spans(text)]
    ['Phụ cấp', '(', 'khối trưởng', ')', 'còn', 'thấp']
    """
    offsets = word_offsets([text])
    return list(zip(offsets.starts.tolist(), offsets.ends.tolist(), strict=True))


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """Cut the words out of many texts at once, as they are written there.

    >>> words_of(["Chi bộ họp đều.", ""])
    [['Chi bộ', 'họp', 'đều', '.'], []]
    """
    words = []
    for batch in _batches(texts):
        offsets = _offsets(batch)
        words += _by_text(_cut(batch, offsets), offsets.counts)
    return words


def join_words_of(texts: Sequence[str]) -> list[str]:
    """Write each text with its words apart by a space and the syllables of a word joined by `_`.

    >>> join_words_of(["Chi bộ họp đều.", ""])
    ['Chi_bộ họp đều .', '']
    """
    lines = []
    for batch in _batches(texts):
        offsets = _offsets(batch)
        words = _cut(batch, offsets)
        # All words are joined at once: none holds a line feed.
        joined = GAP.sub("_", "\n".join(words)).split("\n") if words else []
        lines += map(" ".join, _by_text(joined, offsets.counts))
    return lines


def join_words(text: str) -> str:
    """Write one text; see `join_words_of`.

    >>> join_words("Chi bộ họp đều.")
    'Chi_bộ họp đều .'
    """
    return join_words_of([text])[0]


def segment_blocks(path: Path | None = None) -> Iterator[str]:
    """Segment a UTF-8 file, or standard input, as fast as it comes: some lines at a time, all closed by a line feed.

    A line of more than `BLOCK` bytes comes in pieces, cut at a space, so that memory does not grow with the file.

    Raises:
        InputError: when the file cannot be read or is not UTF-8; the lines before are given first.
    """
    name = path or "standard input"
    number = 1
    try:
        with sys.stdin.buffer if path is None else path.open("rb") as file:
            for block in _blocks(file):
                try:
                    text = block.decode("utf-8")
                except UnicodeDecodeError as error:
                    good = block[: block.rfind(b"\n", 0, error.start) + 1]
                    if good:
                        yield _segment(good.decode("utf-8"))
                    number += good.count(b"\n")
                    raise InputError(f"{name}, line {number}, is not UTF-8 text.", hint="Save it as UTF-8.") from error
                yield _segment(text)
                number += text.count("\n")
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Read whole lines, as many as there are by now; the last one is closed with a line feed."""
    rest, is_first = b"", True
    # `read1` waits for something, but not for more: a line that is typed is answered at once.
    while content := file.read1(BLOCK):
        rest += content
        end = rest.rfind(b"\n") + 1
        if not end and len(rest) >= BLOCK:
            end = rest.rfind(b" ") + 1
        if end:
            yield rest[:end].removeprefix(BOM) if is_first else rest[:end]
            rest, is_first = rest[end:], False
    if rest:
        yield (rest.removeprefix(BOM) if is_first else rest) + b"\n"


def _segment(text: str) -> str:
    """Segment some lines, or a piece of one, which then ends with a space."""
    *lines, piece = text.split("\n")
    joined = join_words_of([line.removesuffix("\r") for line in (*lines, piece)])
    return "\n".join(joined) + " " * bool(joined[-1])


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut texts into batches of `BATCH` characters or a little more."""
    start = n_characters = 0
    for end, text in enumerate(texts, start=1):
        n_characters += len(text)
        if n_characters >= BATCH or end == len(texts):
            yield texts[start:end]
            start, n_characters = end, 0


def _offsets(texts: Sequence[str]) -> WordOffsets:
    repaired = {}
    shown = texts
    if not unicodedata.is_normalized("NFC", "\n".join(texts)):
        composed = enumerate(repair_all(texts, names=["compose"]))
        repaired = {index: text for index, text in composed if text.changes}
        shown = [repaired[index].text if index in repaired else text for index, text in enumerate(texts)]
    starts, ends = _finder().find(shown)
    text_starts = np.cumsum([0, *(len(text) + 1 for text in shown)])
    counts = np.diff(np.searchsorted(starts, text_starts))
    origins = np.repeat(text_starts[:-1], counts)
    offsets = WordOffsets(starts - origins, ends - origins, counts)
    return _raw(offsets, repaired) if repaired else offsets


def _raw(offsets: WordOffsets, repaired: Mapping[int, Repaired]) -> WordOffsets:
    """Turn offsets into repaired texts into offsets into the raw ones."""
    bounds = np.cumsum(offsets.counts)[:-1]
    starts, ends = np.split(offsets.starts, bounds), np.split(offsets.ends, bounds)
    for index, text in repaired.items():
        raw_starts, raw_ends = np.array(text.starts)[starts[index]], np.array(text.ends)[ends[index] - 1]
        # Where the repair made several characters of one, and they became words of their own, these are one again.
        firsts = np.flatnonzero(np.append(True, raw_starts[1:] >= raw_ends[:-1])[: len(raw_starts)])
        starts[index], ends[index] = raw_starts[firsts], raw_ends[np.append(firsts[1:], len(raw_ends)) - 1]
    return WordOffsets(np.concatenate(starts), np.concatenate(ends), np.array(list(map(len, starts))))


def _cut(texts: Sequence[str], offsets: WordOffsets) -> list[str]:
    """Cut out the words of all texts, in one list."""
    joined = "\n".join(texts)
    origins = np.repeat(np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1], offsets.counts)
    starts, ends = (offsets.starts + origins).tolist(), (offsets.ends + origins).tolist()
    return list(map(joined.__getitem__, map(slice, starts, ends)))


def _by_text(words: list[str], counts: np.ndarray) -> Iterator[list[str]]:
    return (words[start:end] for start, end in pairwise([0, *np.cumsum(counts).tolist()]))


@cache
def _finder() -> Finder:
    return Finder(load_segmenter())
