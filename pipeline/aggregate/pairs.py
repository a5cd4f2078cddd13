"""Themes named together: how often, and how much more often than if they had nothing to do with each other."""

from itertools import combinations

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.frequencies import Coded
from thamluan.pipeline.aggregate.shares import QUANTILE, as_frame, shares


def pairs(coded: Coded) -> pd.DataFrame:
    """Take the share of the contributions that name two themes together, most frequent first: `columns.PAIRS`."""
    rows = []
    ids = coded.codebook.theme_ids
    for first, second in combinations(range(len(ids)), 2):
        both = coded.present[:, [first]] * coded.present[:, [second]]
        [share] = shares(both, weights=coded.weights, clusters=coded.respondents)
        if share.n:
            of_lift = lift(coded.present[:, [first, second]], weights=coded.weights, clusters=coded.respondents)
            rows.append((ids[first], ids[second], *share.as_row(), *of_lift))
    rows.sort(key=lambda row: -row[2])
    return as_frame(rows, columns.PAIRS)


def lift(present: np.ndarray, *, weights: np.ndarray, clusters: np.ndarray) -> tuple[float, float, float]:
    """Divide the share that names both themes by what it would be without any tie; give lift, low and high.

    The interval is at 95%, symmetric on the log scale, its variance by the delta method (Agresti 2013, "Categorical
    Data Analysis", 16.1) from the linearised totals of the clusters. All three are missing where contributions with
    both themes, with either alone or with none are lacking.

    >>> named = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
    >>> lift(np.repeat(named, 25, axis=0), weights=np.ones(100), clusters=np.arange(100))[0]
    1.0
    """
    from scipy.stats import norm

    first, second = present.T
    cells = np.bincount(2 * first + second, weights=weights, minlength=4)
    if not cells.all():
        return np.nan, np.nan, np.nan
    parts = weights / weights.sum()
    both, one, other = parts @ (first * second), parts @ first, parts @ second
    influence = parts * (first * second / both - first / one - second / other + 1)
    totals = np.bincount(np.unique(clusters, return_inverse=True)[1], influence)
    found = both / (one * other)
    reach = np.exp(norm.ppf(QUANTILE) * np.sqrt((totals**2).sum()))
    return float(found), float(found / reach), float(found * reach)
