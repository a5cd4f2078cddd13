"""Bootstrap: how far a figure would move if other answers of the same kind had been drawn (Efron 1979)."""

import numpy as np

N_RESAMPLES = 1000
BOUNDS = (0.025, 0.975)  # of a 95% interval, by percentiles


def resamples(n_answers: int, *, seed: int) -> np.ndarray:
    """Draw how often each answer stands in each resample: (draws, answers)."""
    if not n_answers:
        return np.zeros((N_RESAMPLES, 0), dtype=int)
    return np.random.default_rng(seed).multinomial(n_answers, np.full(n_answers, 1 / n_answers), size=N_RESAMPLES)
