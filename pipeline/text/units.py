"""Units: one idea each, a sentence, a list item or a stretch of speech, as offsets into a text."""

import re
from collections.abc import Iterator

from thamluan.pipeline.letters import CLOSERS, LINE
from thamluan.pipeline.text.ideas.joints import goes_on, ideas, is_speech
from thamluan.pipeline.text.ideas.markers import MARKER, after_markers, items
from thamluan.pipeline.text.ideas.stops import FILLED, STOP, ends_sentence

ONE_BREAK = ("\n", "\r\n")
SEMICOLON = re.compile(r";\s")
LOOK_BACK = 100  # characters beside a line break that tell whether the line goes on
LIST_WORDS = 40  # a sentence of so many words, with semicolons, is a list
ITEM_WORDS = 8  # its items have so many words or more; shorter ones stay together
SHORT_ITEM_WORDS = (2, 12)  # least and most of each item of a line that is nothing but a list


def unit_spans(text: str) -> list[tuple[int, int]]:
    """Find the units of a text: start and end of each, in order and apart.

    A line break ends a unit, unless the line was broken by hand; so does a full stop, question or exclamation mark, or
    an ellipsis that no lower-case letter follows. Items of a list are apart, also inside a line, and so is what stands
    before the first. A line of short items with semicolons is cut at them, and so is a long sentence. Speech without
    full stops is cut at its joints. List markers and the white space around a unit belong to none.

    >>> text = "- Phụ cấp thấp (1.200.000 đ).Đề nghị tăng!"
    >>> [text[start:end] for start, end in unit_spans(text)]
    ['Phụ cấp thấp (1.200.000 đ).', 'Đề nghị tăng!']
    """
    spans = []
    for line in _lines(text):
        for sentence in _sentences(text, *line):
            for start, end in _pieces(text, sentence, line=line):
                piece = text[start:end]
                if piece.strip():
                    spans.append((end - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Find the lines of a text; those that were broken by hand are one."""
    whole: tuple[int, int] | None = None
    for line in LINE.finditer(text):
        start, end = line.span()
        if whole is not None and _is_broken_by_hand(text, whole, line.span()):
            whole = whole[0], end
            continue
        if whole is not None:
            yield whole
        whole = start, end
    if whole is not None:
        yield whole


def _is_broken_by_hand(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Say whether a line goes on in the next: no stop at its end, no capital or marker there, and words that belong."""
    if text[line[1] : following[0]] not in ONE_BREAK:
        return False
    head = text[following[0] : min(following[1], following[0] + LOOK_BACK)].lstrip()
    if not head[:1].islower() or MARKER.match(head):
        return False
    tail = text[max(line[0], line[1] - LOOK_BACK) : line[1]].rstrip()
    last = tail.rstrip(CLOSERS)[-1:]
    if tail.isupper() or not (last.isalnum() or last in (",", "%")):
        return False
    return goes_on(tail[tail.rfind("\n") + 1 :].strip(), head)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a line into the items of its lists, and these after each stop that ends a sentence."""
    for item_start, item_end in items(text, start, end):
        sentence_start = after_markers(text, item_start, item_end)
        for stop in STOP.finditer(text, sentence_start, item_end):
            # A stop before the start belongs to a list marker.
            if stop.start() >= sentence_start and ends_sentence(text, stop, sentence_start, item_end):
                yield sentence_start, stop.end()
                sentence_start = after_markers(text, stop.end(), item_end)
        yield sentence_start, item_end


def _pieces(text: str, sentence: tuple[int, int], *, line: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Cut a sentence that holds several ideas: a list with semicolons, or speech."""
    for piece_start, piece_end in _listed(text, sentence, line=line):
        if is_speech(text, piece_start, piece_end):
            yield from ideas(text, piece_start, piece_end)
        else:
            yield piece_start, piece_end


def _listed(text: str, sentence: tuple[int, int], *, line: tuple[int, int]) -> list[tuple[int, int]]:
    """Cut a list after its semicolons: a long sentence into pieces of `ITEM_WORDS` or more, a line of short items."""
    start, end = sentence
    if ";" not in text[start:end]:
        return [sentence]
    stops = [*(semicolon.end() for semicolon in SEMICOLON.finditer(text, start, end)), end]
    starts = [start, *stops[:-1]]
    if len(text[start:end].split()) < LIST_WORDS:
        counts = [len(text[first:last].split()) for first, last in zip(starts, stops, strict=True)]
        is_short = SHORT_ITEM_WORDS[0] <= min(counts) and max(counts) <= SHORT_ITEM_WORDS[1]
        is_alone = start == after_markers(text, *line) and FILLED.search(text, end, line[1]) is None
        if not is_short or not is_alone or ":" in text[stops[0] : end]:
            return [sentence]
        return [(after_markers(text, first, last), last) for first, last in zip(starts, stops, strict=True)]
    pieces = []
    for stop in stops:
        if len(text[start:stop].split()) >= ITEM_WORDS:
            pieces.append((start, stop))
            start = after_markers(text, stop, end)
    if start == end:
        return pieces
    if pieces:
        start, _ = pieces.pop()
    return [*pieces, (start, end)]
