"""How well a coder does: precision, recall and F1 with intervals, over the whole way that an answer takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.settings import DEFAULT_SEED, Columns
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.themes.coding import Coder, code, gather
from thamluan.pipeline.themes.labelled import Labelled

N_RESAMPLES = 1000
MACRO, MICRO = "macro", "micro"
FIGURES = ("precision", "recall", "f1", "low", "high", "support")


@dataclass(frozen=True)
class Evaluation:
    """Figures of one coder on one labelled set: rows are ids, then macro and micro; columns are `FIGURES`.

    `low` and `high` bound F1 (95%, percentile bootstrap over answers; Efron 1979). `support` is the number of answers
    that carry the code. `macro` is the mean over the codes given at least once, by the labels or the coder.
    """

    n_answers: int
    themes: pd.DataFrame
    stances: pd.DataFrame | None

    def as_dict(self) -> dict[str, object]:
        """Give the figures rounded to four decimals, for JSON."""
        tables = {"themes": self.themes, "stances": self.stances}
        return {"n_answers": self.n_answers} | {
            name: table.round(4).to_dict(orient="index") for name, table in tables.items() if table is not None
        }


def evaluate(coder: Coder, labelled: Labelled, *, seed: int = DEFAULT_SEED) -> Evaluation:
    """Code labelled answers as `run` would, and compare with their labels, by the coder's codebook.

    Stances are compared on the answers that have one.
    """
    contributions = as_contributions(labelled.texts)
    units = code(segment(contributions), coder)
    answers = gather(contributions, pd.DataFrame(), units=units, codebook=coder.codebook, asked=Columns())
    given = answers[list(coder.codebook.theme_ids)].to_numpy()
    stances = None
    if labelled.stances is not None and coder.stance_ids:
        has_stance = labelled.stances.any(axis=1)
        given_stances = (answers[columns.STANCE].to_numpy()[:, None] == np.array(coder.stance_ids)).astype(int)
        stances = figures(labelled.stances[has_stance], given_stances[has_stance], ids=coder.stance_ids, seed=seed)
    themes = figures(labelled.themes, given, ids=coder.codebook.theme_ids, seed=seed)
    return Evaluation(n_answers=len(labelled.texts), themes=themes, stances=stances)


def figures(truth: np.ndarray, given: np.ndarray, *, ids: Sequence[str], seed: int) -> pd.DataFrame:
    """Compare codes given with the truth, both (answers, codes) of 0 and 1; without answers every figure is 0.

    >>> table = figures(np.array([[1], [1], [0]]), np.array([[1], [0], [0]]), ids=["funding"], seed=0)
    >>> table.loc["funding", ["precision", "recall", "support"]].tolist()
    [1.0, 0.5, 2.0]
    """
    outcomes = np.stack([truth & given, given, truth])  # agreed, given, true: (3, answers, codes)
    in_use = (truth | given).any(axis=0)
    point = _scores(outcomes.sum(axis=1)[:, None], in_use)
    draws = _resamples(len(truth), seed=seed)
    low, high = np.quantile(_scores(draws @ outcomes, in_use)[2], [0.025, 0.975], axis=0)
    support = np.append(truth.sum(axis=0), [truth.sum()] * 2)
    values = np.stack([*point[:, 0], low, high, support], axis=1)
    table = pd.DataFrame(values, index=[*ids, MACRO, MICRO], columns=list(FIGURES))
    return table.astype({"support": int})


def _resamples(n_answers: int, *, seed: int) -> np.ndarray:
    """Draw how often each answer stands in each resample: (draws, answers)."""
    if not n_answers:
        return np.zeros((N_RESAMPLES, 0), dtype=int)
    return np.random.default_rng(seed).multinomial(n_answers, np.full(n_answers, 1 / n_answers), size=N_RESAMPLES)


def _scores(counts: np.ndarray, in_use: np.ndarray) -> np.ndarray:
    """Turn counts (3, draws, codes) into precision, recall and F1 (3, draws, codes + macro + micro)."""
    by_code = _ratios(counts)
    macro = by_code[:, :, in_use].mean(axis=2, keepdims=True) if in_use.any() else np.zeros((3, counts.shape[1], 1))
    micro = _ratios(counts.sum(axis=2, keepdims=True))
    return np.concatenate([by_code, macro, micro], axis=2)


def _ratios(counts: np.ndarray) -> np.ndarray:
    agreed, given, true = counts
    return np.stack(
        [agreed / np.maximum(given, 1), agreed / np.maximum(true, 1), 2 * agreed / np.maximum(given + true, 1)]
    )
