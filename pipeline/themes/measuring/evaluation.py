"""How well a coder does: precision, recall and F1 with intervals, over the whole way that an answer takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.themes.codebooks.codebook import AVERAGES
from thamluan.pipeline.themes.coding import Coder
from thamluan.pipeline.themes.material.labelled import Labelled
from thamluan.pipeline.themes.measuring.calibration import calibration
from thamluan.pipeline.themes.measuring.comparison import Comparison, compare
from thamluan.pipeline.themes.measuring.mistakes import confusion, pairs
from thamluan.pipeline.themes.measuring.resampling import BOUNDS, resamples
from thamluan.pipeline.themes.measuring.review import review

MACRO, WEIGHTED, MICRO = AVERAGES
FIGURES = ("precision", "recall", "f1", "low", "high", "support")


@dataclass(frozen=True)
class Evaluation:
    """Figures of one coder on one labelled set.

    `themes` and `stances`: rows are ids, then `AVERAGES`; columns are `FIGURES`. `low` and `high` bound F1 (95%,
    percentile bootstrap over answers). `support` is the number of answers that carry the code. `macro` is the mean over
    the codes given at least once, by the labels or the coder; `weighted` the mean over all codes, each by its support.
    `calibration`: rows are theme ids, their mean `macro`, and `stance` where the coder tells the probability of the
    stance it gives; columns are `CALIBRATION`. `confusion` is the table of that name. `review` says what the answers
    marked for a person's look hold, where the coder marks any.
    """

    n_answers: int
    themes: pd.DataFrame
    stances: pd.DataFrame | None
    calibration: pd.DataFrame
    confusion: pd.DataFrame
    review: pd.DataFrame | None = None

    def as_dict(self) -> dict[str, object]:
        """Give the figures rounded to four decimals, for JSON; of the confusion of themes, the counts above 0."""
        tables = {
            "themes": self.themes,
            "stances": self.stances,
            "calibration": self.calibration,
            "review": self.review,
        }
        confused = [{"missed": missed, "given": given, "n": n} for missed, given, n in pairs(self.confusion)]
        return {"n_answers": self.n_answers, **plain(tables), "confusion": confused}


def plain(tables: Mapping[str, pd.DataFrame | None]) -> dict[str, object]:
    """Turn tables of figures into what JSON holds: rounded to four decimals, None for NaN; a missing one is left out.

    >>> plain({"themes": pd.DataFrame({"f1": [0.81234, np.nan]}, index=["funding", "macro"]), "stances": None})
    {'themes': {'funding': {'f1': 0.8123}, 'macro': {'f1': None}}}
    """
    return {
        name: table.round(4).astype(object).where(table.notna(), None).to_dict(orient="index")
        for name, table in tables.items()
        if table is not None
    }


def evaluate(coder: Coder, labelled: Labelled, *, seed: int = DEFAULT_SEED) -> Evaluation:
    """Code labelled answers as `run` would, and compare with their labels, by the coder's codebook.

    Stances are compared on the answers that have one.
    """
    return measure_codes(compare(coder, labelled), seed=seed)


def measure_codes(comparison: Comparison, *, seed: int = DEFAULT_SEED) -> Evaluation:
    """Measure what a coder gave against what people gave."""
    labelled = comparison.labelled
    theme_ids, stance_ids = labelled.codebook.theme_ids, labelled.codebook.stance_ids
    has_stance = comparison.has_stance
    stances = None
    if comparison.stances is not None and labelled.stances is not None:
        stances = figures(labelled.stances[has_stance], comparison.stances[has_stance], ids=stance_ids, seed=seed)
    calibrated = calibration(comparison.probabilities, labelled.themes, ids=theme_ids)
    calibrated.loc[MACRO] = calibrated.mean()
    if comparison.stance_probabilities is not None:
        told, right = comparison.stance_probabilities[has_stance], ~comparison.wrong_stances[has_stance]
        of_stance = calibration(told[:, None], right[:, None].astype(int), ids=[columns.STANCE])
        calibrated = pd.concat([calibrated, of_stance])
    return Evaluation(
        n_answers=len(labelled.texts),
        themes=figures(labelled.themes, comparison.themes, ids=theme_ids, seed=seed),
        stances=stances,
        calibration=calibrated,
        confusion=confusion(labelled.themes, comparison.themes, ids=theme_ids),
        review=None
        if comparison.needs_look is None
        else review(comparison.needs_look, comparison.n_mistakes, seed=seed),
    )


def figures(truth: np.ndarray, given: np.ndarray, *, ids: Sequence[str], seed: int) -> pd.DataFrame:
    """Compare codes given with the truth, both (answers, codes) of 0 and 1; without answers every figure is 0.

    >>> table = figures(np.array([[1], [1], [0]]), np.array([[1], [0], [0]]), ids=["funding"], seed=0)
    >>> table.loc["funding", ["precision", "recall", "support"]].tolist()
    [1.0, 0.5, 2.0]
    """
    outcomes = np.stack([truth & given, given, truth])  # agreed, given, true: (3, answers, codes)
    in_use = (truth | given).any(axis=0)
    point = _scores(outcomes.sum(axis=1)[:, None], in_use)
    draws = resamples(len(truth), seed=seed)
    low, high = np.quantile(_scores(draws @ outcomes, in_use)[2], BOUNDS, axis=0)
    support = np.append(truth.sum(axis=0), [truth.sum()] * len(AVERAGES))
    values = np.stack([*point[:, 0], low, high, support], axis=1)
    table = pd.DataFrame(values, index=[*ids, *AVERAGES], columns=list(FIGURES))
    return table.astype({"support": int})


def _scores(counts: np.ndarray, in_use: np.ndarray) -> np.ndarray:
    """Turn counts (3, draws, codes) into precision, recall and F1 (3, draws, codes + `AVERAGES`)."""
    by_code = _ratios(counts)
    macro = by_code[:, :, in_use].mean(axis=2, keepdims=True) if in_use.any() else np.zeros((3, counts.shape[1], 1))
    true = counts[2]
    weighted = (by_code * true).sum(axis=2, keepdims=True) / np.maximum(true.sum(axis=1), 1)[:, None]
    micro = _ratios(counts.sum(axis=2, keepdims=True))
    return np.concatenate([by_code, macro, weighted, micro], axis=2)


def _ratios(counts: np.ndarray) -> np.ndarray:
    agreed, given, true = counts
    return np.stack(
        [agreed / np.maximum(given, 1), agreed / np.maximum(true, 1), 2 * agreed / np.maximum(given + true, 1)]
    )
