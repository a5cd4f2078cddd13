"""Segmenter: underthesea's model of words, compiled once into tables and applied to many texts at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.text.templates import PLACES, Kinds, Neighbours, Tables

GAP = 2  # so many kinds outside a text stand before and after each


@dataclass(frozen=True)
class Transitions:
    """Scores of a label after another: a syllable begins a word, or is inside one.

    Only the difference of score counts (inside over begin), of the best labels up to a syllable; of it the next
    syllable inherits a part (Viterbi 1967, with two labels).
    """

    begin_begin: float
    begin_inside: float
    inside_begin: float
    inside_inside: float

    def inherit(self, differences: np.ndarray) -> np.ndarray:
        """Say what the next syllables inherit."""
        inside = np.maximum(differences + self.inside_inside, self.begin_inside)
        return inside - np.maximum(differences + self.inside_begin, self.begin_begin)

    @property
    def after_begin(self) -> float:
        """What is inherited from a syllable that surely begins a word."""
        return self.begin_inside - self.begin_begin

    @property
    def after_inside(self) -> float:
        """What is inherited from a syllable that surely is inside a word."""
        return self.inside_inside - self.inside_begin

    @property
    def before_inside(self) -> float:
        """The difference above which a syllable is inside a word, when the next one is."""
        return self.begin_inside - self.inside_inside

    @property
    def before_begin(self) -> float:
        """The difference above which a syllable is inside a word, when the next one begins one."""
        return self.begin_begin - self.inside_begin


@dataclass(frozen=True)
class Segmenter:
    """Kinds of syllables, tables of scores, and scores of a label after another."""

    kinds: Kinds
    tables: Tables
    transitions: Transitions

    def inside(self, kinds: np.ndarray, *, gaps: np.ndarray) -> np.ndarray:
        """Say of each syllable whether it stands inside a word, behind its first.

        `kinds` are those of the syllables of many texts, with `GAP` times the kind outside before and after each text;
        `gaps` is where these begin, the last one included. What is outside is not inside a word.
        """
        scores = self._scores(kinds, gaps)
        return _labels(self._differences(scores, gaps), gaps, self.transitions)

    def _scores(self, kinds: np.ndarray, gaps: np.ndarray) -> np.ndarray:
        """Score each syllable by itself and its neighbours."""
        tables = self.tables
        scores = np.zeros(len(kinds))
        _add(scores, tables.of_kind[kinds], PLACES[1])
        for numbers, neighbours in ((self.kinds.written, tables.written), (self.kinds.lowered, tables.lowered)):
            of_syllables = numbers[kinds]
            pairs = neighbours.pairs.find(of_syllables[:-1], of_syllables[1:])
            triples = neighbours.triples.find(pairs[:-1], of_syllables[2:])
            _mark_ends(pairs, triples, gaps=gaps, neighbours=neighbours)
            _add(scores, neighbours.of_pair[pairs], PLACES[2])
            _add(scores, neighbours.of_triple[triples], PLACES[3])
        cases = self.kinds.cases[kinds]
        of_two = cases[:-1] * np.int8(3) + cases[1:]
        of_three = of_two[:-1] * np.int8(3) + cases[2:]
        for places, table, codes in (
            (PLACES[2], tables.of_cases, of_two),
            (PLACES[3], tables.of_three_cases, of_three),
        ):
            used = table.any(axis=1)
            _add(scores, table[used].T[codes], [start for start, is_used in zip(places, used, strict=True) if is_used])
        return scores

    def _differences(self, scores: np.ndarray, gaps: np.ndarray) -> np.ndarray:
        """Add to each score what is inherited from the syllable before it; a text's first inherits nothing."""
        transitions = self.transitions
        least = min(0.0, transitions.after_begin, transitions.after_inside)
        most = max(0.0, transitions.after_begin, transitions.after_inside)
        low, high = sorted((transitions.before_begin, transitions.before_inside))
        # Mostly a score is so clear that what a syllable inherits changes nothing for the next.
        is_inside = scores + least > high
        is_open = ~(is_inside | (scores + most <= low))
        is_open[gaps + GAP - 1] = False
        inherited = np.where(is_inside, transitions.after_inside, transitions.after_begin)
        inherited[gaps + GAP - 1] = 0.0
        differences = scores.copy()
        differences[1:] += inherited[:-1]
        for chained in _chains(is_open):
            differences[chained] = scores[chained] + transitions.inherit(differences[chained - 1])
        return differences


def _labels(differences: np.ndarray, gaps: np.ndarray, transitions: Transitions) -> np.ndarray:
    """Go back from each text's last syllable: which label the best labels have."""
    low, high = sorted((transitions.before_begin, transitions.before_inside))
    is_inside = differences > high
    is_clear = is_inside | (differences <= low)
    lasts = gaps[1:] - 1
    is_inside[lasts] = differences[lasts] > 0
    is_clear[lasts] = True
    for step in range(GAP):
        is_inside[gaps + step] = False
        is_clear[gaps + step] = True
    # Between the two thresholds a label is that of the next syllable, or is not, by which of them is lower.
    clear = np.flatnonzero(is_clear)
    decides = np.repeat(clear, np.diff(clear, prepend=-1))
    chosen = is_inside[decides]
    if transitions.before_begin < transitions.before_inside:
        chosen ^= (decides - np.arange(len(decides))) % 2 == 1
    return chosen


def _add(scores: np.ndarray, values: np.ndarray, places: Sequence[int]) -> None:
    """Add the values (neighbours, places) of what begins so many places from a syllable to the syllable's score."""
    n = len(values)
    for column, start in enumerate(places):
        # What begins `start` places from a syllable is found at the syllable's index plus `start`.
        first, last = max(0, -start), min(len(scores), n - start)
        scores[first:last] += values[first + start : last + start, column]


def _mark_ends(pairs: np.ndarray, triples: np.ndarray, *, gaps: np.ndarray, neighbours: Neighbours) -> None:
    """Number the pairs and triples that reach beyond a text; see `Neighbours`."""
    before, after = gaps[:-1], gaps[1:]
    pairs[after - 1] = pairs[after] = len(neighbours.of_pair) - 1
    triples[after - 2] = triples[after - 1] = len(neighbours.of_triple) - 1
    # What stands alone in a text reaches over both ends, and the model then sees the beginning.
    pairs[before] = pairs[before + 1] = len(neighbours.of_pair) - 2
    triples[before] = triples[before + 1] = len(neighbours.of_triple) - 2


def _chains(is_open: np.ndarray) -> Iterator[np.ndarray]:
    """List the indexes that follow open ones, each time those whose forerunner was listed before, or is not among them.

    >>> [indexes.tolist() for indexes in _chains(np.array([True, True, False, False, True, False]))]
    [[1, 5], [2]]
    """
    following = np.flatnonzero(is_open) + 1
    if not len(following):
        return
    starts = np.flatnonzero(np.diff(following, prepend=-1) > 1)
    lengths = np.diff(starts, append=len(following))
    order = np.argsort(-lengths, kind="stable")
    longest_first, n_left = following[starts[order]], np.bincount(lengths)[::-1].cumsum()[::-1]
    for step in range(len(n_left) - 1):
        yield longest_first[: n_left[step + 1]] + step
