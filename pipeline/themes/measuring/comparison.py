"""Comparison: labelled answers beside what a coder gives them, over the whole way that an answer takes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.settings import Columns
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.themes.coding import Coder, code, gather
from thamluan.pipeline.themes.material.labelled import Labelled


@dataclass(frozen=True)
class Comparison:
    """What people and a coder gave to the same answers, in the same order.

    `themes` (answers, themes) holds 0 and 1 as `labelled.themes` does, `probabilities` the largest of an answer's
    units, 0 for an answer without any. `stances` (answers, stances) is None where either side knows none. The
    probability of the stance given and the mark `needs_look` (answers) are None where the coder gives none.
    """

    labelled: Labelled
    themes: np.ndarray
    probabilities: np.ndarray
    evidence: tuple[str, ...]
    stances: np.ndarray | None = None
    stance_probabilities: np.ndarray | None = None
    needs_look: np.ndarray | None = None

    @property
    def has_stance(self) -> np.ndarray:
        """Say which answers have a stance to compare with."""
        if self.stances is None or self.labelled.stances is None:
            return np.zeros(len(self.themes), dtype=bool)
        return self.labelled.stances.any(axis=1)

    @property
    def wrong_stances(self) -> np.ndarray:
        """Say which answers have another stance than people gave."""
        if self.stances is None or self.labelled.stances is None:
            return np.zeros(len(self.themes), dtype=bool)
        return self.has_stance & (self.stances != self.labelled.stances).any(axis=1)

    @property
    def n_mistakes(self) -> np.ndarray:
        """Count for each answer the themes that it lacks or should not have."""
        return (self.themes != self.labelled.themes).sum(axis=1)

    @property
    def mistaken(self) -> np.ndarray:
        """Say which answers have other themes or another stance than people gave."""
        return (self.n_mistakes > 0) | self.wrong_stances


def compare(coder: Coder, labelled: Labelled) -> Comparison:
    """Code labelled answers as `run` would, by the coder's codebook."""
    contributions = as_contributions(labelled.texts)
    units = code(segment(contributions), coder)
    answers = gather(contributions, pd.DataFrame(), units=units, codebook=coder.codebook, asked=Columns())
    return beside(labelled, units=units, answers=answers, knows_stances=bool(coder.stance_ids))


def beside(labelled: Labelled, *, units: pd.DataFrame, answers: pd.DataFrame, knows_stances: bool) -> Comparison:
    """Put the codes of units and answers beside the labels of the same answers, in the same order."""
    theme_ids = labelled.codebook.theme_ids
    numbers = answers[columns.CONTRIBUTION]
    by_answer = units.groupby(columns.CONTRIBUTION)
    names = [columns.probability(theme) for theme in theme_ids]
    evidence = by_answer[columns.EVIDENCE].agg(lambda found: " | ".join(dict.fromkeys(filter(None, found))))
    stances = None
    if labelled.stances is not None and knows_stances:
        stance_ids = np.array(labelled.codebook.stance_ids)
        stances = (answers[columns.STANCE].to_numpy()[:, None] == stance_ids).astype(int)
    return Comparison(
        labelled=labelled,
        themes=answers[list(theme_ids)].to_numpy(),
        probabilities=by_answer[names].max().reindex(numbers, fill_value=0.0).to_numpy(),
        evidence=tuple(evidence.reindex(numbers, fill_value="")),
        stances=stances,
        stance_probabilities=None if stances is None else answers[columns.STANCE_PROBABILITY].to_numpy(dtype=float),
        needs_look=answers[columns.NEEDS_LOOK].to_numpy(dtype=bool),
    )
