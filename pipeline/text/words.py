"""Vietnamese words: underthesea's segmentation, as offsets into the text it was given."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.repair import repair
from thamluan.pipeline.text.units import LINE_BREAKS

SURROGATE = re.compile("[\ud800-\udfff]")
ENDLESS = re.compile(r"\S{500}")  # underthesea takes the square of the time for what has no white space


def word_spans(text: str) -> list[tuple[int, int]]:
    """Find the words of a text: start and end of each, in order; white space belongs to none.

    The words are those of underthesea, but a word never runs over a line break and never joins letters with
    punctuation that stood apart.

    >>> text = "Phụ cấp (khối trưởng) còn thấp"
    >>> [text[start:end] for start, end in word_spans(text)]
    ['Phụ cấp', '(', 'khối trưởng', ')', 'còn', 'thấp']
    """
    if not text.strip():
        return []
    from underthesea.pipeline.word_tokenize import word_tokenize

    repaired = repair(text)
    # Lone surrogates cannot cross into underthesea's compiled part. White space that is put in changes no offset.
    shown = ENDLESS.sub(r"\g<0> ", SURROGATE.sub("\ufffd", repaired.text))
    words = word_tokenize(shown, use_token_normalize=False)
    spans: list[tuple[int, int]] = []
    for start, end in _align(words, repaired.text):
        raw_start, raw_end = repaired.raw_span(start, end)
        if spans and raw_start < spans[-1][1]:
            # The repair made several characters of one, and underthesea set them apart.
            raw_start = spans.pop()[0]
        spans.append((raw_start, raw_end))
    return spans


def _align(words: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Give each word its span by counting characters that are not white space."""
    filled = [index for index, char in enumerate(text) if not char.isspace()]
    used = 0
    for word in words:
        span: tuple[int, int] | None = None
        for part in word.split():
            start, end = filled[used], filled[used + len(part) - 1] + 1
            used += len(part)
            if span is None:
                span = start, end
            elif _may_join(text[span[0] : span[1]], text[span[1] : start], text[start:end]):
                span = span[0], end
            else:
                yield span
                span = start, end
        if span is not None:
            yield span


def _may_join(word: str, gap: str, part: str) -> bool:
    is_lettered = [any(char.isalnum() for char in piece) for piece in (word, part)]
    return is_lettered[0] == is_lettered[1] and not any(char in LINE_BREAKS for char in gap)


def segment_lines(path: Path | None = None) -> Iterator[str]:
    """Segment a UTF-8 file, or standard input, line by line; see `join_words`.

    Raises:
        InputError: when the file cannot be read or is not UTF-8.
    """
    name = path or "standard input"
    try:
        with sys.stdin.buffer if path is None else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield join_words(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                except UnicodeDecodeError as error:
                    raise InputError(f"{name}, line {number}, is not UTF-8 text.", hint="Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error


def join_words(text: str) -> str:
    """Write a text with its words apart by a space and the syllables of a word joined by `_`.

    >>> join_words("Chi bộ họp đều.")
    'Chi_bộ họp đều .'
    """
    return " ".join("_".join(text[start:end].split()) for start, end in word_spans(text))
