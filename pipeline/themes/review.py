"""Review: what a person would catch who looks only at the answers that the coder marks."""

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from thamluan.pipeline import columns

LOOKED_AT, MISTAKES_CAUGHT = "looked_at", "mistakes_caught"
REVIEW = (columns.N, columns.BASE, columns.SHARE, columns.LOW, columns.HIGH)


def review(marked: np.ndarray, mistaken: np.ndarray) -> pd.DataFrame:
    """Count the answers that are marked, and the mistaken ones among them; both are boolean, an answer each.

    The row `looked_at` is the share of answers that are marked, `mistakes_caught` the share of all mistaken answers
    that are; a share of nothing is NaN. Intervals are 95%, after Wilson (1927).

    >>> marked, mistaken = np.array([True, True, False, False, False]), np.array([True, False, True, False, False])
    >>> review(marked, mistaken)[["n", "base", "share"]].to_numpy().tolist()
    [[2.0, 5.0, 0.4], [1.0, 2.0, 0.5]]
    """
    rows = {
        LOOKED_AT: _share(int(marked.sum()), len(marked)),
        MISTAKES_CAUGHT: _share(int((marked & mistaken).sum()), int(mistaken.sum())),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(REVIEW))
    return table.astype({columns.N: int, columns.BASE: int})


def _share(n: int, base: int) -> tuple[float, ...]:
    if not base:
        return n, base, np.nan, np.nan, np.nan
    interval = binomtest(n, base).proportion_ci(method="wilson")
    return n, base, n / base, interval.low, interval.high
