"""Coefficients of agreement: Krippendorff's alpha, Cohen's kappa, and how far two sets of codes lie apart."""

import numpy as np


def chance_corrected(
    first: np.ndarray, second: np.ndarray, *, distances: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give Krippendorff's alpha and Cohen's kappa of two coders, for each row of `weights` (rows, texts).

    `first` and `second` number each text's category, between which `distances` lie from 0 to 1. Alpha expects what
    would come of mixing all codes of both (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"), kappa what
    would come of mixing each coder's own (Cohen 1960; with distances, Cohen 1968). NaN where nothing varies.

    >>> apart = 1 - np.eye(2)
    >>> meg, owen = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0]), np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    >>> alpha, kappa = chance_corrected(meg, owen, distances=apart, weights=np.ones((1, 10)))
    >>> alpha.round(3).tolist(), kappa.round(3).tolist()
    ([0.095], [0.091])
    """
    categories = np.eye(len(distances))
    of_first, of_second = weights @ categories[first], weights @ categories[second]
    of_both = of_first + of_second
    n_texts = weights.sum(axis=1)
    observed = ratio(weights @ distances[first, second], n_texts)
    mixed = ratio(((of_both @ distances) * of_both).sum(axis=1), 2 * n_texts * (2 * n_texts - 1))
    own = ratio(((of_first @ distances) * of_second).sum(axis=1), n_texts**2)
    return 1 - ratio(observed, mixed), 1 - ratio(observed, own)


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Divide; NaN where there is nothing to divide by."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)


def masi(sets: np.ndarray) -> np.ndarray:
    """Give the distances between sets (sets, codes) of 0 and 1: 1 less MASI (Passonneau 2006).

    MASI is the Jaccard coefficient, times 2/3 where one set holds the other and 1/3 where each has something of its
    own. Two empty sets are the same.

    >>> masi(np.array([[1, 0], [1, 1], [0, 0]])).round(3).tolist()
    [[0.0, 0.667, 1.0], [0.667, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    shared = sets @ sets.T
    sizes = sets.sum(axis=1)
    together = sizes[:, None] + sizes - shared
    weight = np.where(shared == np.minimum(sizes[:, None], sizes), 2 / 3, 1 / 3)
    weight[shared == together] = 1.0
    jaccard = np.divide(shared, together, out=np.ones(shared.shape), where=together > 0)
    return 1 - jaccard * weight
