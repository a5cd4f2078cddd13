"""Labels of a text in groups: of some groups a text has any number of labels, of others exactly one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from scipy.special import expit, softmax


@dataclass(frozen=True)
class Group:
    """`size` labels that stand side by side; with `single`, a text has exactly one of them."""

    size: int
    single: bool = False


def parts(groups: Sequence[Group]) -> list[slice]:
    """Give the columns of each group.

    >>> parts([Group(8), Group(4, single=True)])
    [slice(0, 8, None), slice(8, 12, None)]
    """
    ends = list(accumulate(group.size for group in groups))
    return [slice(end - group.size, end) for end, group in zip(ends, groups, strict=True)]


def probabilities(log_odds: np.ndarray, groups: Sequence[Group]) -> np.ndarray:
    """Turn log-odds into probabilities, both (rows, labels); those of a single group add up to 1."""
    found = np.empty_like(log_odds)
    for group, part in zip(groups, parts(groups), strict=True):
        found[:, part] = softmax(log_odds[:, part], axis=1) if group.single else expit(log_odds[:, part])
    return found


def is_coded(y: np.ndarray, groups: Sequence[Group]) -> np.ndarray:
    """Say which labels of a row can be learnt from (rows, labels): not those of a single group of which it has none."""
    coded = np.ones(y.shape, dtype=bool)
    for group, part in zip(groups, parts(groups), strict=True):
        if group.single:
            coded[:, part] = y[:, part].any(axis=1, keepdims=True)
    return coded


def expected_mistakes(found: np.ndarray, given: np.ndarray, *, single: bool) -> np.ndarray:
    """Add up for each row the probabilities that its labels are wrong; `found` and `given` are (rows, labels).

    A label that is given is wrong with 1 minus its probability, one that is not given with its probability. Of a
    `single` group only the label that is given counts.

    >>> given = np.array([[True, False, False]])
    >>> expected_mistakes(np.array([[0.9, 0.4, 0.1]]), given, single=False).round(2).tolist()
    [0.6]
    """
    wrong = np.where(given, 1 - found, 0.0 if single else found)
    return wrong.sum(axis=1)
