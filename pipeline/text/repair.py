"""Repairs: from raw text to the text that the model sees, with a map back to raw offsets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.text.characters import (
    compose,
    drop_invisible,
    drop_soft_hyphens,
    plain_spaces,
    replace_eths,
    replace_look_alikes,
)
from thamluan.pipeline.text.legacy import decode_legacy
from thamluan.pipeline.text.pieces import Pieces
from thamluan.pipeline.text.tones import place_tones


@dataclass(frozen=True)
class Repaired:
    """A repaired text, and for each of its characters where it came from.

    `starts[i]` and `ends[i]` cut from the raw text what became `text[i]`; both rise with i.
    """

    text: str
    starts: np.ndarray
    ends: np.ndarray
    changed_by: tuple[str, ...]  # names of the repairs that changed something, in order

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the repaired text to the raw text; an empty span stays empty.

        >>> repaired = repair("Chi bo\u0323\u0302 to\u0302\u0301t")  # NFD, as typed on a Mac
        >>> repaired.text, repaired.raw_span(4, 6)
        ('Chi bộ tốt', (4, 8))
        """
        if start >= end:
            point = int(self.starts[start]) if start < len(self.starts) else int(self.ends[-1]) if len(self.ends) else 0
            return point, point
        return int(self.starts[start]), int(self.ends[end - 1])


REPAIRS: dict[str, Callable[[str], Pieces]] = {
    "drop_invisible": drop_invisible,
    "plain_spaces": plain_spaces,
    "replace_look_alikes": replace_look_alikes,
    "compose": compose,
    "decode_legacy": decode_legacy,  # after what could break its words up, before what would take its letters
    "drop_soft_hyphens": drop_soft_hyphens,
    "replace_eths": replace_eths,
    "place_tones": place_tones,
}


def repair(text: str, *, names: Iterable[str] = tuple(REPAIRS)) -> Repaired:
    """Apply the named repairs, of `REPAIRS`, in order; repairing a repaired text changes nothing.

    >>> repair("Chi bộ tốt").changed_by
    ()
    """
    starts = np.arange(len(text))
    ends = starts + 1
    changed_by = []
    for name in names:
        pieces = list(REPAIRS[name](text))
        if pieces:
            text, starts, ends = _replace(text, starts, ends, pieces)
            changed_by.append(name)
    return Repaired(text, starts, ends, tuple(changed_by))


def _replace(
    text: str, starts: np.ndarray, ends: np.ndarray, pieces: list[tuple[int, int, str]]
) -> tuple[str, np.ndarray, np.ndarray]:
    """Put the pieces in; each character of a replacement stands for the whole of what it replaces."""
    texts, new_starts, new_ends, done = [], [], [], 0
    for start, end, replacement in pieces:
        texts += (text[done:start], replacement)
        new_starts += (starts[done:start], np.full(len(replacement), starts[start]))
        new_ends += (ends[done:start], np.full(len(replacement), ends[end - 1]))
        done = end
    texts.append(text[done:])
    new_starts.append(starts[done:])
    new_ends.append(ends[done:])
    return "".join(texts), np.concatenate(new_starts), np.concatenate(new_ends)
