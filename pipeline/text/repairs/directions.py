"""Directions: what a transcript notes beside the words, left out of the text that the model sees."""

from itertools import groupby

from thamluan.pipeline.readers.transcripts.directions import direction_spans
from thamluan.pipeline.text.repairs.pieces import Pieces

PUNCTUATION = frozenset(".,;:!?…")


def leave_out_directions(text: str) -> Pieces:
    """Leave out stage directions, noises and bracketed times, unless nothing else is there.

    A space before one goes with it where punctuation or the end follows. What is left holds no direction.

    >>> list(leave_out_directions("Đơn tôi nộp rồi (cười), xã chưa ký."))
    [(15, 22, '')]
    >>> list(leave_out_directions("(vỗ tay)"))
    []
    """
    left = text
    kept = range(len(text))
    while spans := list(direction_spans(left)):
        dropped = {index for start, end in spans for index in range(_with_space(left, start, end), end)}
        kept = [number for index, number in enumerate(kept) if index not in dropped]
        left = "".join(text[number] for number in kept)
    if len(left) == len(text) or not left.strip():
        return
    remaining = set(kept)
    gone = [number for number in range(len(text)) if number not in remaining]
    for _, run in groupby(enumerate(gone), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield numbers[0], numbers[-1] + 1, ""


def _with_space(text: str, start: int, end: int) -> int:
    """Move the start before the spaces that would be left hanging."""
    if end == len(text) or text[end] in PUNCTUATION:
        while start and text[start - 1] == " ":
            start -= 1
    return start
