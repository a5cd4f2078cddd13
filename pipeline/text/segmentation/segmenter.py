"""Segmenter: underthesea's model of words, compiled once into tables and applied to many texts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.text.segmentation.labels import Transitions, best_labels
from thamluan.pipeline.text.segmentation.templates import PLACES, Kinds, Neighbours, Tables

REACH = 2  # so far beyond either end of the syllables a score may fall, where it counts for none


@dataclass(frozen=True)
class Segmenter:
    """Kinds of syllables, tables of scores, and scores of a label after another."""

    kinds: Kinds
    tables: Tables
    transitions: Transitions

    def inside(self, kinds: np.ndarray, *, gaps: np.ndarray) -> np.ndarray:
        """Say of each syllable whether it stands inside a word, behind its first.

        `kinds` are those of the syllables of many texts, with the kind outside `GAP` times before and after each text;
        `gaps` is where these begin, the last one included. What is outside is not inside a word.
        """
        return best_labels(self.scores(kinds, gaps=gaps), gaps=gaps, transitions=self.transitions)

    def scores(self, kinds: np.ndarray, *, gaps: np.ndarray) -> np.ndarray:
        """Score each syllable by itself and its neighbours: how much more it is inside a word than to begin one."""
        tables = self.tables
        scores = np.zeros(len(kinds) + REACH)
        for start, row in zip(PLACES[1], tables.of_kind, strict=True):
            _add(scores, row[kinds], start)
        for numbers, neighbours in ((self.kinds.written, tables.written), (self.kinds.lowered, tables.lowered)):
            of_syllables = numbers[kinds]
            pairs = neighbours.pairs.find(of_syllables[:-1], of_syllables[1:])
            triples = neighbours.triples.find(pairs[:-1], of_syllables[2:])
            _mark_ends(pairs, triples, gaps=gaps, neighbours=neighbours)
            _add_known(scores, pairs, neighbours.of_pair, places=PLACES[2])
            _add_known(scores, triples, neighbours.of_triple, places=PLACES[3])
        cases = self.kinds.cases[kinds]
        of_two = cases[:-1] * np.int8(3) + cases[1:]
        of_three = of_two[:-1] * np.int8(3) + cases[2:]
        for length, table, codes in ((2, tables.of_cases, of_two), (3, tables.of_three_cases, of_three)):
            for start, row in zip(PLACES[length], table, strict=True):
                if row.any():
                    _add(scores, row[codes], start)
        return scores[:-REACH]


def _add(scores: np.ndarray, values: np.ndarray, start: int) -> None:
    """Add to each syllable's score the value of what begins `start` syllables from it."""
    first, last = max(0, -start), min(len(scores), len(values) - start)
    scores[first:last] += values[first + start : last + start]


def _add_known(scores: np.ndarray, numbers: np.ndarray, rows: np.ndarray, *, places: Sequence[int]) -> None:
    """Add the rows of known pairs or triples, by what they are more than those of others, which most are."""
    scores += rows[0].sum()
    known = np.flatnonzero(numbers)
    more = rows[numbers[known]] - rows[0]
    for column, start in enumerate(places):
        scores[known - start] += more[:, column]


def _mark_ends(pairs: np.ndarray, triples: np.ndarray, *, gaps: np.ndarray, neighbours: Neighbours) -> None:
    """Number the pairs and triples that reach beyond a text; see `Neighbours`."""
    before, after = gaps[:-1], gaps[1:]
    pairs[after - 1] = pairs[after] = len(neighbours.of_pair) - 1
    triples[after - 2] = triples[after - 1] = len(neighbours.of_triple) - 1
    # What stands alone in a text reaches over both ends, and the model then sees the beginning.
    pairs[before] = pairs[before + 1] = len(neighbours.of_pair) - 2
    triples[before] = triples[before + 1] = len(neighbours.of_triple) - 2
