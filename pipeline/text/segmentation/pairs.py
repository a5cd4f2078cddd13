"""Pairs: known pairs of numbers, found by array lookups and one comparison, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LOAD = 0.4  # the fullest that the slots may be; the fuller, the longer it takes to place the pairs


@dataclass(frozen=True)
class Pairs:
    """Known pairs (first, second), numbered from 1; 0 is every other pair.

    Each first has a place in `slots` from which its seconds are counted, chosen so that no two pairs meet (row
    displacement: Tarjan and Yao 1979, "Storing a sparse table").
    """

    places: np.ndarray  # of each first, where its seconds are counted from
    slots: np.ndarray  # the number of the pair that stands there; 0 where none does
    firsts: np.ndarray  # of each pair's number, the first; -1 of 0

    def find(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Give the number of each pair, 0 where it is not known.

        >>> pairs = place([(3, 1), (3, 4), (5, 1)])
        >>> pairs.find(np.array([3, 3, 5, 5, 0]), np.array([1, 4, 1, 4, 4])).tolist()
        [1, 2, 3, 0, 0]
        """
        numbers = self.slots[self.places[first] + second]
        numbers *= self.firsts[numbers] == first
        return numbers


def place(pairs: Sequence[tuple[int, int]], *, n_first: int = 0, n_second: int = 0) -> Pairs:
    """Place pairs, all different and of positive numbers; what is looked up lies below `n_first` and `n_second`."""
    firsts = np.array([-1, *(first for first, _ in pairs)], dtype=np.int32)
    seconds = np.array([0, *(second for _, second in pairs)], dtype=np.int32)
    room = 1 << int(len(firsts) / LOAD).bit_length()
    slots = np.zeros(room + max(n_second, seconds.max() + 1), dtype=np.int32)
    places = np.zeros(max(n_first, firsts.max() + 1), dtype=np.int32)
    order = np.argsort(firsts, kind="stable")[1:]
    rows = np.split(order, np.flatnonzero(np.diff(firsts[order])) + 1)
    rng = np.random.default_rng(0)
    for numbers in sorted(rows, key=len, reverse=True):  # the longest first, while there is room
        row = seconds[numbers]
        start = int(rng.integers(room))
        while slots[start + row].any():
            start = int(rng.integers(room))
        slots[start + row] = numbers
        places[firsts[numbers[0]]] = start
    return Pairs(places, slots, firsts)
