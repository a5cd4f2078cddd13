"""Survey weights, read from a column."""

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.errors import ColumnError

N_SHOWN = 10


def read_weights(contributions: pd.DataFrame, cells: pd.Series) -> np.ndarray:
    """Read a weight for each contribution; what comes from documents, which have no such column, weighs 1.

    Raises:
        ColumnError: when a cell holds no number, or one below 0; the places are listed. When all are 0, or too large to
            be added up.
    """
    is_document = (contributions[columns.PARAGRAPH] > 0).to_numpy()
    plain = cells.str.strip().str.replace(",", ".", regex=False)
    weights = pd.to_numeric(plain, errors="coerce").where(~is_document, 1.0).to_numpy(dtype=float)
    wrong = ~np.isfinite(weights) | (weights < 0)
    if wrong.any():
        places = (contributions[columns.SOURCE] + ", " + contributions[columns.PLACE])[wrong].tolist()
        more = [f"and {len(places) - N_SHOWN} more"] if len(places) > N_SHOWN else []
        raise ColumnError(
            f"The weight column {cells.name!r} holds {len(places)} cell(s) that are no number of 0 or more:",
            problems=[*places[:N_SHOWN], *more],
            hint="Fill them in, or leave --weight out.",
        )
    with np.errstate(over="ignore"):
        total = weights.sum()
    if len(weights) and (total == 0 or not np.isfinite(total)):
        raise ColumnError(
            f"The weights of column {cells.name!r} add up to {total:g}.", hint="Correct them, or leave --weight out."
        )
    return weights
