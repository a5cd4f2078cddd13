"""Where the pieces of a chart lie, as lengths that SVG understands; the template draws them.

Every length is a percentage of the width, so that a chart fits any screen and any sheet of paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thamluan.pipeline.report.numbers import is_missing

AXES = (  # end of the axis, step between its ticks
    (0.05, 0.01),
    (0.1, 0.02),
    (0.2, 0.05),
    (0.3, 0.1),
    (0.4, 0.1),
    (0.5, 0.1),
    (0.6, 0.2),
    (0.8, 0.2),
    (1.0, 0.2),
)
LEAST_LABELLED = 0.08  # a narrower segment has no room for its number


@dataclass(frozen=True)
class Axis:
    """An axis of shares from 0 to `end`."""

    end: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """List the shares that carry a mark, 0 and the end among them."""
        return tuple(round(i * self.step, 2) for i in range(round(self.end / self.step) + 1))

    def position(self, share: float) -> str:
        """Place a share on the axis.

        >>> Axis(0.5, 0.1).position(0.2)
        '40.00%'
        """
        return length(min(max(share / self.end, 0), 1))


FULL_AXIS = Axis(end=1.0, step=0.2)


@dataclass(frozen=True)
class Bar:
    """A bar from 0 to a share, with the ends of its interval."""

    width: str
    low: str
    high: str


@dataclass(frozen=True)
class Segment:
    """A piece of a stacked bar; `number` is its place in the order of the parts, from 1."""

    number: int
    start: str
    width: str
    middle: str
    is_labelled: bool


def axis(highs: Iterable[float]) -> Axis:
    """Choose the shortest axis that holds every share; missing ones do not count.

    >>> axis([0.12, 0.34, float("nan")])
    Axis(end=0.4, step=0.1)
    """
    greatest = max((high for high in highs if not is_missing(high)), default=1.0)
    return Axis(*next((pair for pair in AXES if greatest <= pair[0]), AXES[-1]))


def bar(share: float, low: float, high: float, *, on: Axis) -> Bar | None:
    """Place a bar on an axis; there is none where the share is missing."""
    if is_missing(share):
        return None
    return Bar(width=on.position(share), low=on.position(low), high=on.position(high))


def stack(parts: Sequence[float]) -> tuple[Segment, ...]:
    """Lay parts side by side over the full width, empty ones left out.

    >>> [(segment.number, segment.start, segment.width) for segment in stack([3, 0, 1])]
    [(1, '0.00%', '75.00%'), (3, '75.00%', '25.00%')]
    """
    whole = sum(parts)
    segments = []
    before = 0.0
    for number, part in enumerate(parts, start=1):
        if part <= 0:
            continue
        width = part / whole
        segments.append(
            Segment(
                number=number,
                start=length(before),
                width=length(width),
                middle=length(before + width / 2),
                is_labelled=width >= LEAST_LABELLED,
            )
        )
        before += width
    return tuple(segments)


def length(part: float) -> str:
    """Write a part of the width (0 to 1) for SVG.

    >>> length(0.452)
    '45.20%'
    """
    return f"{part:.2%}"
