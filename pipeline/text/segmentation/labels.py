"""Labels: whether a syllable begins a word or is inside one, in the best way for a whole text, many texts at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

GAP = 2  # so many values stand before and after each text


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


def best_labels(scores: np.ndarray, *, gaps: np.ndarray, transitions: Transitions) -> np.ndarray:
    """Label the syllables of many texts, each text in the best way: True inside a word, False where one begins.

    `scores` are differences, with `GAP` values of no meaning before and after each text; `gaps` is where these begin,
    the last one included. They are labelled False.
    """
    differences = _differences(scores, gaps, transitions)
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


def _differences(scores: np.ndarray, gaps: np.ndarray, transitions: Transitions) -> np.ndarray:
    """Add to each score what is inherited from the syllable before it; a text's first inherits nothing."""
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
