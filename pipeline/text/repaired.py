"""A repaired text: what the model sees, with a map back to the raw text and a log of what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from thamluan.pipeline.text.repairs.pieces import Pieces


@dataclass(frozen=True)
class Change:
    """One entry of the log: which repair wrote what for the raw text from `start` to `end`."""

    repair: str
    start: int
    end: int
    written: str


@dataclass(frozen=True)
class Repaired:
    """A repaired text, for each of its characters where it came from, and what was changed, in order.

    `starts[i]` and `ends[i]` cut from the raw text what became `text[i]`; both rise with i.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    changes: tuple[Change, ...] = ()

    @classmethod
    def unchanged(cls, text: str) -> Self:
        """Begin with the raw text."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    @property
    def changed_by(self) -> tuple[str, ...]:
        """Name the repairs that changed something, in order."""
        return tuple(dict.fromkeys(change.repair for change in self.changes))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the repaired text to the raw text; an empty span stays empty."""
        if start >= end:
            point = self.starts[start] if start < len(self.starts) else self.ends[-1] if len(self.ends) else 0
            return point, point
        return self.starts[start], self.ends[end - 1]

    def replace(self, pieces: Pieces, *, repair: str) -> Self:
        """Put the pieces in; each character of a replacement stands for the whole of what it replaces.

        >>> nfd = Repaired.unchanged("Chi bo\u0323\u0302 to\u0302\u0301t")  # as typed on a Mac
        >>> repaired = nfd.replace([(5, 8, "ộ")], repair="compose")
        >>> repaired.text[:6], repaired.raw_span(4, 6), repaired.changed_by
        ('Chi bộ', (4, 8), ('compose',))
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        changes: list[Change] = []
        done = 0
        for start, end, written in pieces:
            texts += (self.text[done:start], written)
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            raw_start, raw_end = self.starts[start], self.ends[end - 1]
            starts += [raw_start] * len(written)
            ends += [raw_end] * len(written)
            changes.append(Change(repair, raw_start, raw_end, written))
            done = end
        if not changes:
            return self
        texts.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return type(self)("".join(texts), tuple(starts), tuple(ends), (*self.changes, *changes))
