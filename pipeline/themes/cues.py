"""Coding by cues: for a codebook that no model was trained for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.model import Model


@dataclass(frozen=True)
class CueCoder:
    """Give a theme where one of its cues stands in the text as whole syllables.

    Marks count in a text that has some; a text typed without marks is compared without. A theme's probability is 1 or
    0: a rule is no measured probability. Stances come from `stance_model` where its stances are the codebook's.
    """

    codebook: Codebook
    stance_model: Model

    @property
    def stance_ids(self) -> tuple[str, ...]:
        return self.codebook.stance_ids if set(self.stance_model.stance_ids) == set(self.codebook.stance_ids) else ()

    @property
    def is_single(self) -> bool:
        return False

    @property
    def way(self) -> str:
        return "cues"

    @property
    def reads_wholes(self) -> bool:
        return False

    @property
    def looks_from(self) -> float:
        return inf  # rules tell nothing of their doubts

    @cached_property
    def _patterns(self) -> dict[bool, list[re.Pattern[str] | None]]:
        return {
            is_marked: [cue_pattern(map(lower, theme.cues)) for theme in self.codebook.themes]
            for is_marked, lower in ((True, str.lower), (False, strip_marks))
        }

    def probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Give 1 or 0 for each theme (texts, themes), and the probabilities of the stances (texts, stances)."""
        found = np.array([[bool(cues) for cues in self._find(text)] for text in texts], dtype=float)
        themes = found.reshape(len(texts), len(self.codebook.themes))
        if not self.stance_ids:
            return themes, np.zeros((len(texts), 0))
        order = [self.stance_model.stance_ids.index(stance) for stance in self.stance_ids]
        return themes, self.stance_model.probabilities(texts)[1][:, order]

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Turn probabilities into themes: (texts, themes), boolean."""
        return probabilities >= 0.5

    def evidence(self, texts: Sequence[str], themes: np.ndarray) -> list[dict[str, list[str]]]:
        """Name for each text and each of its themes the cues that were found."""
        ids = self.codebook.theme_ids
        return [
            {ids[theme]: found[theme] for theme in np.flatnonzero(given)}
            for given, found in zip(themes, map(self._find, texts), strict=True)
        ]

    def _find(self, text: str) -> list[list[str]]:
        """List for each theme the cues that stand in the text, each once."""
        lowered = text.lower()
        stripped = strip_marks(text)
        is_marked = lowered != stripped
        return [
            list(dict.fromkeys(pattern.findall(lowered if is_marked else stripped))) if pattern else []
            for pattern in self._patterns[is_marked]
        ]


def cue_pattern(cues: Iterable[str]) -> re.Pattern[str] | None:
    """Compile cues into one pattern, longest first; white space in a cue matches any."""
    longest_first = sorted({cue for cue in cues if cue.strip()}, key=lambda cue: (-len(cue), cue))
    if not longest_first:
        return None
    choices = "|".join(r"\s+".join(map(re.escape, cue.split())) for cue in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
