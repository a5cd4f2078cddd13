"""Coding by cues: for a codebook that no model was trained for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from thamluan.pipeline.themes.codebook import Codebook
from thamluan.pipeline.themes.features import strip_marks
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
        return self.codebook.stance_ids if self.stance_model.stance_ids == self.codebook.stance_ids else ()

    @property
    def is_single(self) -> bool:
        return False

    @property
    def way(self) -> str:
        return "cues"

    @property
    def facts(self) -> dict[str, object]:
        return {}

    @cached_property
    def _patterns(self) -> dict[bool, list[re.Pattern[str] | None]]:
        return {
            is_marked: [_pattern([cue.lower() if is_marked else strip_marks(cue) for cue in theme.cues])
                        for theme in self.codebook.themes]
            for is_marked in (True, False)
        }  # fmt: skip

    def probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Give 1 or 0 for each theme (texts, themes), and the probabilities of the stances (texts, stances)."""
        found = np.array([[bool(cues) for cues in self._find(text)] for text in texts], dtype=float)
        themes = found.reshape(len(texts), len(self.codebook.themes))
        return themes, self.stance_model.probabilities(texts)[1] if self.stance_ids else np.zeros((len(texts), 0))

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


def _pattern(cues: list[str]) -> re.Pattern[str] | None:
    """Compile cues into one pattern, longest first; white space in a cue matches any."""
    if not cues:
        return None
    longest_first = sorted(set(cues), key=lambda cue: (-len(cue), cue))
    choices = "|".join(r"\s+".join(map(re.escape, cue.split())) for cue in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
