"""Turns: the lines of a document -> speaking turns, and who wrote a paper that has none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from thamluan.pipeline.letters import compose
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.transcripts import minutes
from thamluan.pipeline.readers.transcripts.directions import spoken_span
from thamluan.pipeline.readers.transcripts.heads import Head, heads
from thamluan.pipeline.readers.transcripts.names import MAX_NAME_WORDS, TITLE
from thamluan.pipeline.readers.transcripts.patterns import any_of
from thamluan.pipeline.readers.transcripts.speakers import AUTHOR_ENDS, AUTHOR_LABELS

N_FIRST_LINES = 12  # a letterhead may stand above the title
N_LAST_LINES = 4
N_CLOSING_LINES = 12  # that may follow when the minutes say that the meeting is over: signatures

AUTHOR = re.compile(rf"(?:{any_of(AUTHOR_LABELS)})(?:\s*[:：])?\s+(?P<name>\S.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Turn:
    """What one speaker says in one go: raw, without white space around it.

    `paragraphs` says from which character on the text stands on which paragraph (lines that are not blank, counted
    from 1). `is_said` is False for the minutes' own words.
    """

    speaker: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    is_said: bool = True

    @property
    def first(self) -> int:
        return self.paragraphs[0][1]

    @property
    def last(self) -> int:
        return self.paragraphs[-1][1]


def turns(lines: Sequence[Line]) -> tuple[Turn, ...]:
    """Cut a document into speaking turns; without any, it is one turn of its author, its text whole.

    A document is a transcript if one head is unmistakable or at least two are plausible. Stage directions and times
    that stand alone on a line, or at either end of one, are left out of a turn; inside a line they stay. What stands
    before the first head is a turn with speaker "", and so are the closing lines of minutes.
    """
    numbers = _paragraph_numbers(lines)
    found = heads(lines)
    if not found:
        return (_turn(author(lines), enumerate(line.text for line in lines), numbers=numbers, is_whole=True),)
    end = _end_of_talk(lines, first=found[-1].line + 1)
    before = _turn("", _pieces(lines, 0, found[0].line), numbers=numbers)
    before = replace(before, is_said=not all(map(minutes.opens, before.text.split("\n"))))
    after = replace(_turn("", _pieces(lines, end, len(lines)), numbers=numbers), is_said=False)
    ends = [*(head.line for head in found[1:]), end]
    spoken = [
        _turn(head.speaker, _said(head, lines, end=stop), numbers=numbers)
        for head, stop in zip(found, ends, strict=True)
    ]
    return tuple(turn for turn in (before, *spoken, after) if turn.text or turn.speaker)


def author(lines: Sequence[Line]) -> str:
    """Name who wrote a paper, if its first or last lines say so plainly; else "".

    >>> author([Line("THAM LUẬN"), Line("Người trình bày: Nông Thị Hoa, Bí thư chi bộ")])
    'Nông Thị Hoa'
    """
    filled = [line.text for line in lines if line.text.strip()]
    for text in (*filled[:N_FIRST_LINES], *filled[N_FIRST_LINES:][-N_LAST_LINES:]):
        label = AUTHOR.match(compose(text).replace("**", "").strip(" \t*_(-–"))
        name = _author_name(label["name"]) if label else ""
        if name and (TITLE.match(name) or name[0].isupper()) and len(name.split()) <= MAX_NAME_WORDS:
            return name
    return ""


def _author_name(written: str) -> str:
    ends = [position for end in AUTHOR_ENDS if (position := written.find(end)) >= 0]
    return written[: min(ends, default=len(written))].strip(" *_).\t")


def _end_of_talk(lines: Sequence[Line], *, first: int) -> int:
    """Find the line with which minutes close, among the last ones; `first` is the first that it can be."""
    filled = [number for number in range(first, len(lines)) if lines[number].text.strip()]
    closing = (number for number in filled[-N_CLOSING_LINES:] if minutes.closes(lines[number].text))
    return next(closing, len(lines))


def _said(head: Head, lines: Sequence[Line], *, end: int) -> Iterator[tuple[int, str]]:
    """Give what is said from a head on: first what is left of its own line."""
    start, stop = spoken_span(head.rest)
    yield head.line, head.rest[start:stop]
    yield from _pieces(lines, head.line + 1, end)


def _pieces(lines: Sequence[Line], first: int, end: int) -> Iterator[tuple[int, str]]:
    """Give the lines from `first` to `end` with their numbers, without what nobody said."""
    for number in range(first, end):
        text = lines[number].text
        if minutes.pauses(text):
            continue
        start, stop = spoken_span(text)
        if start < stop or not text.strip():
            yield number, text[start:stop]


def _turn(speaker: str, pieces: Iterable[tuple[int, str]], *, numbers: Sequence[int], is_whole: bool = False) -> Turn:
    """Make a turn of pieces of lines, each with its line's number; an empty one stands where it begins."""
    pieces = list(pieces)
    joined = "\n".join(text for _, text in pieces)
    n_stripped = 0 if is_whole else len(joined) - len(joined.lstrip())
    paragraphs, offset = [], -n_stripped
    for number, text in pieces:
        if text.strip():
            paragraphs.append((max(offset, 0) if paragraphs else 0, numbers[number]))
        offset += len(text) + 1
    at_least = [(0, numbers[pieces[0][0]] if pieces else 0)]
    return Turn(speaker, joined if is_whole else joined.strip(), tuple(paragraphs or at_least))


def _paragraph_numbers(lines: Sequence[Line]) -> list[int]:
    """Number each line by the paragraphs up to it."""
    numbers, number = [], 0
    for line in lines:
        number += bool(line.text.strip())
        numbers.append(number)
    return numbers
