"""A coder learnt from a codebook and the very answers that it codes."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.errors import CodebookError, InputError
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import wholes
from thamluan.pipeline.themes.cues import CueCoder
from thamluan.pipeline.themes.learning.ways import fit_by_codebook, trust
from thamluan.pipeline.themes.material.uncoded import Uncoded
from thamluan.pipeline.themes.model import Model

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LearntCoder:
    """Give themes by a model that was learnt from a codebook, and stances as the coder by its cues does."""

    model: Model
    cues: CueCoder

    @property
    def codebook(self) -> Codebook:
        return self.cues.codebook

    @property
    def stance_ids(self) -> tuple[str, ...]:
        return self.cues.stance_ids

    @property
    def is_single(self) -> bool:
        return self.model.is_single

    @property
    def way(self) -> str:
        return self.model.way

    @property
    def reads_wholes(self) -> bool:
        return self.model.reads_wholes

    @property
    def looks_from(self) -> float:
        return self.model.looks_from

    def probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Give the probabilities of the themes (texts, themes) and of the stances (texts, stances)."""
        return self.model.probabilities(texts)[0], self.cues.probabilities(texts)[1]

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Turn probabilities into themes: (texts, themes), boolean."""
        return self.model.decide(probabilities)

    def evidence(self, texts: Sequence[str], themes: np.ndarray) -> list[dict[str, list[str]]]:
        """Name for each text and each of its themes the words that weighed most, heaviest first."""
        return self.model.evidence(texts, themes)


def learn(
    cues: CueCoder, units: pd.DataFrame, *, single: bool = False, seed: int = DEFAULT_SEED
) -> LearntCoder | CueCoder:
    """Learn a coder for a codebook from the answers to be coded; where they are too few, its cues code.

    A long contribution is read idea by idea. Says which way was taken and how far to trust it.

    Raises:
        CodebookError: when there is too little to learn from, and a theme has no cues.
    """
    texts = tuple(dict.fromkeys(zip(units[columns.CONTRIBUTION], wholes(units), strict=True)))
    try:
        uncoded = Uncoded(tuple(text for _, text in texts))
        model = fit_by_codebook(cues.codebook, uncoded, single=single, seed=seed)
    except InputError as error:
        _check_cues(cues.codebook, error)
        log.warning("themes are coded by the cues of the codebook %s alone: %s", cues.codebook.id, error.message)
        return cues
    log.warning("%s", " ".join(trust(model.facts)))
    return LearntCoder(model, cues)


def _check_cues(codebook: Codebook, error: InputError) -> None:
    without_cues = [theme.id for theme in codebook.themes if not theme.cues]
    if without_cues:
        raise CodebookError(
            f"The codebook {codebook.id} has themes without cues, which these answers teach nothing of: "
            + ", ".join(without_cues),
            hint="Add cues to the codebook, or train a model: thamluan train.",
            problems=[error.message],
        ) from error
