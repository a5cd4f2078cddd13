"""Calibration: whether probabilities say how often they are right."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

N_BINS = 10  # of equal width: 0 to 0.1, ..., 0.9 to 1; a bound belongs to the bin above it
CALIBRATION = ("ece", "brier")


def calibration(probabilities: np.ndarray, truth: np.ndarray, *, ids: Sequence[str]) -> pd.DataFrame:
    """Measure the probabilities of codes, both (answers, codes): a row a code; columns are `CALIBRATION`.

    >>> calibration(np.array([[0.9], [0.8]]), np.array([[1], [0]]), ids=["funding"]).loc["funding"].round(3).tolist()
    [0.45, 0.325]
    """
    rows = [
        (calibration_error(of_code, outcomes), brier_score(of_code, outcomes))
        for of_code, outcomes in zip(probabilities.T, truth.T, strict=True)
    ]
    return pd.DataFrame(rows, index=list(ids), columns=list(CALIBRATION))


def calibration_error(probabilities: np.ndarray, outcomes: np.ndarray) -> float:
    """Find the expected calibration error: how far the probabilities of a bin lie from the share that came true.

    The mean over `N_BINS` bins, each weighing as many answers as it holds; 0 without answers. Outcomes are 0 and 1.
    With the probability of the label given and whether it is right, this is that of Guo et al. (2017), with the
    probability of a code and whether it holds, that of Naeini et al. (2015).
    """
    if not len(probabilities):
        return 0.0
    bins = np.minimum((probabilities * N_BINS).astype(int), N_BINS - 1)
    excess = np.bincount(bins, weights=probabilities - outcomes, minlength=N_BINS)
    return float(np.abs(excess).sum() / len(probabilities))


def brier_score(probabilities: np.ndarray, outcomes: np.ndarray) -> float:
    """Find the mean squared distance of probabilities from outcomes of 0 and 1 (Brier 1950); 0 without answers."""
    return float(np.square(probabilities - outcomes).mean()) if len(probabilities) else 0.0
