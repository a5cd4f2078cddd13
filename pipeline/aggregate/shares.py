"""A share with its count, base and interval."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns

WHOLE = (columns.N, columns.BASE, columns.RANK, columns.SUBTHEME, columns.CONTRIBUTION, columns.START, columns.END)
REAL = (columns.SHARE, columns.LOW, columns.HIGH, columns.SCORE)


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


def shares(present: np.ndarray, *, weights: np.ndarray) -> list[Share]:
    """Take the share of each column of `present` (contributions, columns; 0 or 1) over its rows.

    The interval is Wilson's (1927), at 95%. With weights that differ, the share is the weighted one, and the interval
    is taken over the effective base (Kish 1965): the squared sum of the weights by the sum of their squares.

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
    effective_base = 1 / ((weights / total) ** 2).sum()
    low, high = proportion_confint(share * effective_base, effective_base, method="wilson")
    # Rounding may put an end of the interval of 0% or 100% a hair outside 0 to 1.
    return [
        Share(int(n), base, float(p), float(max(a, 0.0)), float(min(b, 1.0)))
        for n, p, a, b in zip(present.sum(axis=0), share, low, high, strict=True)
    ]


def as_frame(rows: list[tuple[object, ...]], names: tuple[str, ...]) -> pd.DataFrame:
    """Make a frame whose counts are whole numbers and whose measures are real ones, also when it is empty."""
    df = pd.DataFrame(rows, columns=list(names))
    types = dict.fromkeys(WHOLE, int) | dict.fromkeys(REAL, float)
    return df.astype({name: types[name] for name in names if name in types})
