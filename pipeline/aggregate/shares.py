"""A share with its count, base and interval."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns

WHOLE = (
    *(columns.N, columns.BASE, columns.RANK, columns.SUBTHEME, columns.CONTRIBUTION, columns.START, columns.END),
    columns.HOLDS,
)
REAL = (
    *(columns.SHARE, columns.LOW, columns.HIGH, columns.SCORE, columns.LIFT, columns.LIFT_LOW, columns.LIFT_HIGH),
    *(columns.STATISTIC, columns.P, columns.Q, columns.V, columns.REST, columns.RESIDUAL),
)
QUANTILE = 0.975  # of a two-sided interval at 95%


@dataclass(frozen=True)
class Share:
    """Of `base` contributions `n` count; share, low and high lie in 0 to 1 and are missing where the base is 0."""

    n: int
    base: int
    share: float
    low: float
    high: float

    def as_row(self) -> tuple[float, ...]:
        """Give n, base, share, low, high."""
        return self.n, self.base, self.share, self.low, self.high


def shares(present: np.ndarray, *, weights: np.ndarray, clusters: np.ndarray | None = None) -> list[Share]:
    """Take the share of each column of `present` (contributions, columns; 0 or 1) over its rows.

    `clusters` tells who said it; without it everybody said one thing. The interval is Wilson's (1927), at 95%, over
    the effective base (`effective_bases`), which is the base where nobody speaks twice and all weigh the same.

    >>> [share] = shares(np.array([[1], [1], [0], [0]]), weights=np.ones(4))
    >>> share.n, share.base, share.share, round(share.low, 4), round(share.high, 4)
    (2, 4, 0.5, 0.15, 0.85)
    """
    from statsmodels.stats.proportion import proportion_confint

    base, total = len(present), weights.sum()
    if total == 0:
        return [Share(int(n), base, np.nan, np.nan, np.nan) for n in present.sum(axis=0)]
    # Sums of the same weights in another order may differ in the last digit.
    share = np.minimum(weights @ present / total, 1.0)
    effective = effective_bases(present, weights=weights, clusters=clusters)
    low, high = proportion_confint(share * effective, effective, method="wilson")
    # Rounding may put an end of the interval of 0% or 100% a hair outside 0 to 1.
    return [
        Share(int(n), base, float(p), float(max(a, 0.0)), float(min(b, 1.0)))
        for n, p, a, b in zip(present.sum(axis=0), share, low, high, strict=True)
    ]


def effective_bases(present: np.ndarray, *, weights: np.ndarray, clusters: np.ndarray | None = None) -> np.ndarray:
    """Find for each column how many independent people of equal weight would tell its share as exactly.

    The share's variance is that of a weighted mean of clusters, linearised; the effective base follows from it, less
    what few clusters leave uncertain (Korn and Graubard 1998, "Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data"). A gain by chance is not believed: the effective base is
    never above that of the weights alone (Kish 1965). Where all or none count, or one cluster is all, nothing can be
    estimated, and each cluster counts as one.
    """
    from scipy.stats import t

    counts = weights > 0
    parts = weights[counts] / weights.sum()
    present = present[counts]
    clusters = np.arange(len(parts)) if clusters is None else np.unique(clusters[counts], return_inverse=True)[1]
    of_weights = 1 / (parts**2).sum()
    of_clusters = 1 / (np.bincount(clusters, parts) ** 2).sum()
    n_clusters = clusters.max(initial=-1) + 1
    share = parts @ present
    deviations = parts[:, None] * (present - share)
    of_cluster = np.zeros((n_clusters, present.shape[1]))
    np.add.at(of_cluster, clusters, deviations)
    variance = (of_cluster**2).sum(axis=0)
    is_whole = (present == present[:1]).all(axis=0)
    if n_clusters == 1:
        return np.full(len(share), of_clusters)
    few = 1.0 if n_clusters == len(parts) else np.divide(*t.ppf(QUANTILE, [len(parts) - 1, n_clusters - 1])) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        estimated = np.minimum(share * (1 - share) / variance * few, of_weights)
    return np.where(is_whole, of_clusters, estimated)


def as_frame(rows: list[tuple[object, ...]], names: tuple[str, ...]) -> pd.DataFrame:
    """Make a frame whose counts are whole numbers and whose measures are real ones, also when it is empty."""
    df = pd.DataFrame(rows, columns=list(names))
    types = dict.fromkeys(WHOLE, int) | dict.fromkeys(REAL, float)
    return df.astype({name: types[name] for name in names if name in types})
