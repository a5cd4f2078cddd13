"""Vietnamese words: underthesea's segmentation, as offsets into the text it was given."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from thamluan.pipeline.errors import InputError

SURROGATE = re.compile("[\ud800-\udfff]")


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

    # Lone surrogates cannot cross into underthesea's compiled part.
    words = word_tokenize(SURROGATE.sub("\ufffd", text), use_token_normalize=False)
    filled = [index for index, char in enumerate(text) if not char.isspace()]
    if sum(len(part) for word in words for part in word.split()) != len(filled):
        # underthesea has rewritten characters, so its words say nothing about offsets.
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    return list(_align(words, text, filled=filled))


def _align(words: Iterable[str], text: str, *, filled: list[int]) -> Iterator[tuple[int, int]]:
    """Give each word its span by counting characters that are not white space."""
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
    return is_lettered[0] == is_lettered[1] and "\n" not in gap and "\r" not in gap


def segment_lines(path: Path | None = None) -> Iterator[str]:
    """Segment a UTF-8 file, or standard input, line by line; see `join_words`.

    Raises:
        InputError: when the file cannot be read or is not UTF-8.
    """
    try:
        with sys.stdin.buffer if path is None else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield join_words(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                except UnicodeDecodeError as error:
                    raise InputError(
                        f"{path or 'standard input'}, line {number}, is not UTF-8 text.", hint="Save it as UTF-8."
                    ) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def join_words(text: str) -> str:
    """Write a text with its words apart by a space and the syllables of a word joined by `_`.

    >>> join_words("Chi bộ họp đều.")
    'Chi_bộ họp đều .'
    """
    return " ".join("_".join(text[start:end].split()) for start, end in word_spans(text))
