"""Review: what a person would catch who looks only at the answers that the coder marks."""

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.themes.measuring.resampling import BOUNDS, resamples

LOOKED_AT, MISTAKES_CAUGHT = "looked_at", "mistakes_caught"
REVIEW = (columns.N, columns.BASE, columns.SHARE, columns.LOW, columns.HIGH)


def review(marked: np.ndarray, n_mistakes: np.ndarray, *, seed: int) -> pd.DataFrame:
    """Count the answers that are marked (boolean, an answer each) and the mistakes in their themes.

    The row `looked_at` is the share of answers that are marked, `mistakes_caught` the share of all mistakes that stand
    in them; a share of nothing is NaN. Intervals are 95% percentile bootstrap over answers (Efron 1979).

    >>> marked, n_mistakes = np.array([True, True, False, False, False]), np.array([2, 0, 1, 0, 0])
    >>> review(marked, n_mistakes, seed=0)[["n", "base", "share"]].round(3).to_numpy().tolist()
    [[2.0, 5.0, 0.4], [2.0, 3.0, 0.667]]
    """
    draws = resamples(len(marked), seed=seed)
    rows = {
        LOOKED_AT: _share(marked, np.ones(len(marked), dtype=int), draws),
        MISTAKES_CAUGHT: _share(marked, n_mistakes, draws),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(REVIEW))
    return table.astype({columns.N: int, columns.BASE: int})


def _share(marked: np.ndarray, counts: np.ndarray, draws: np.ndarray) -> tuple[float, ...]:
    n, base = int(counts[marked].sum()), int(counts.sum())
    if not base:
        return n, base, np.nan, np.nan, np.nan
    of_all = draws @ counts
    shares = (draws @ (counts * marked))[of_all > 0] / of_all[of_all > 0]
    return n, base, n / base, *np.quantile(shares, BOUNDS)
