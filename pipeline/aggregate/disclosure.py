"""Disclosure: what can be worked out from counts that are published."""

from collections.abc import Sequence

import numpy as np

NEAR = 1e-6


def worked_out(hidden: Sequence[np.ndarray], published: Sequence[np.ndarray]) -> np.ndarray:
    """Say of each hidden group whether the sum over it follows from the sums over the published ones.

    A group is a mask of cases; a case is a combination of values that occurs, the sum over it is unknown. A hidden sum
    is determined when its equation is a combination of the published ones (linear disclosure; Willenborg and de Waal
    2001, "Elements of Statistical Disclosure Control"). Who reads is taken to know which combinations occur.

    >>> thon_1, thon_2 = np.array([True, True, False]), np.array([False, False, True])
    >>> worked_out([thon_2], [thon_1 | thon_2]).tolist(), worked_out([thon_2], [thon_1 | thon_2, thon_1]).tolist()
    ([False], [True])
    """
    if not len(hidden):
        return np.zeros(0, dtype=bool)
    equations = np.array(published, dtype=float)
    sizes, directions = np.linalg.eigh(equations @ equations.T)
    spans = sizes > NEAR * sizes.max(initial=0.0)
    basis = directions[:, spans] / np.sqrt(sizes[spans])
    # What is left of a group's equation, squared, when all that the published ones say of it is taken away.
    left = [mask.sum() - ((equations[:, mask].sum(axis=1) @ basis) ** 2).sum() for mask in hidden]
    return np.array(left) < NEAR
