"""Choosing: a few candidates that together say what all of them say, from different people, groups and stances."""

import heapq
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

COVERAGE, QUALITY, VARIETY = 1.0, 2.5, 3.0  # what the three parts of the objective weigh
SATURATED = 10.0  # candidates of average nearness, that cover something wholly
TINY = 1e-9
ROUNDING = 9  # decimals of a gain, so that sums in another order are equal


@dataclass(frozen=True)
class Pool:
    """Candidates by position, and what they are to cover.

    `nearness` (what is covered, candidates) is 0 to 1; `quality` 0 to 1; `kinds` gives for each candidate its values in
    what the choice should vary in, such as stance and group ("" is none); `person` who said it; `alike` says which
    say the same (candidates, candidates).
    """

    nearness: np.ndarray
    quality: np.ndarray
    kinds: Sequence[tuple[Hashable, ...]]
    person: Sequence[Hashable]
    alike: np.ndarray


class Objective:
    """F(S) = coverage + quality + variety of a set of candidates: monotone and submodular.

    Coverage is saturated: for each of what is to be covered, how near all of S together come to it, up to what
    `SATURATED` candidates would on average; so what many say counts, and nothing is covered twice. Quality is the sum
    over S. Variety is, for each thing to vary in, the sum over its values of the square root of how many of S have it
    (Lin and Bilmes 2011, A class of submodular functions for document summarization).
    """

    def __init__(self, pool: Pool, *, n_chosen: int) -> None:
        self._pool = pool
        self._n_chosen = max(n_chosen, 1)
        self._covered = np.zeros(len(pool.nearness))
        mean = pool.nearness.mean(axis=1) if pool.nearness.size else self._covered
        self._full = np.maximum(SATURATED * mean, TINY)
        self._n_of: dict[tuple[int, Hashable], int] = {}

    def gain(self, index: int) -> float:
        """Say what one more candidate adds."""
        pool = self._pool
        after = np.minimum(self._covered + pool.nearness[:, index], self._full)
        more = (after - np.minimum(self._covered, self._full)) / self._full
        coverage = float(more.mean()) if len(more) else 0.0
        counts = [self._n_of.get(key, 0) for key in self._keys(index)]
        variety = sum((n + 1) ** 0.5 - n**0.5 for n in counts)
        modular = QUALITY * pool.quality[index] + VARIETY * variety
        return round(COVERAGE * coverage + modular / self._n_chosen, ROUNDING)

    def add(self, index: int) -> None:
        """Take a candidate into the set."""
        self._covered = self._covered + self._pool.nearness[:, index]
        for key in self._keys(index):
            self._n_of[key] = self._n_of.get(key, 0) + 1

    def _keys(self, index: int) -> list[tuple[int, Hashable]]:
        return [(place, value) for place, value in enumerate(self._pool.kinds[index]) if value not in ("", 0)]


def choose(pool: Pool, *, n_chosen: int, first: Sequence[int] = ()) -> list[int]:
    """Choose candidates greedily, by what each adds to `Objective`; `first` are taken before all others.

    One a person while others are left, then others of the same people; none that says the same as one chosen. Greedy
    choice reaches at least 1 - 1/e of the best where only the number is bound, and at least half of it where also each
    person is quoted once (a partition matroid; Nemhauser, Wolsey and Fisher 1978, "An analysis of approximations for
    maximizing submodular set functions" I and II). What says the same as one chosen is taken out as the choice goes on;
    for that the bound does not speak. Gains are evaluated lazily (Minoux 1978): they only fall. Among equals, the
    first.
    """
    objective = Objective(pool, n_chosen=n_chosen)
    chosen = list(first)
    for index in chosen:
        objective.add(index)
    for may_repeat in (False, True):
        _take(pool, objective, chosen, n_chosen=n_chosen, may_repeat=may_repeat)
    return chosen


def _take(pool: Pool, objective: Objective, chosen: list[int], *, n_chosen: int, may_repeat: bool) -> None:
    """Add the best candidates that may still be chosen, until there are enough."""
    people = {pool.person[index] for index in chosen}
    bounds = [(-objective.gain(index), index) for index in range(len(pool.quality)) if index not in chosen]
    heapq.heapify(bounds)
    while bounds and len(chosen) < n_chosen:
        _, index = heapq.heappop(bounds)
        says_the_same = any(pool.alike[index, other] for other in chosen)
        if says_the_same or (pool.person[index] in people and not may_repeat):
            continue
        bound = (-objective.gain(index), index)
        if bounds and bound > bounds[0]:
            heapq.heappush(bounds, bound)
            continue
        chosen.append(index)
        objective.add(index)
        people.add(pool.person[index])
