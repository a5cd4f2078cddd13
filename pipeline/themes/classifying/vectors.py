"""Word vectors: words that are used alike lie near to each other, so that "xăng xe" is not far from "kinh phí"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.artefacts import VECTORS, sha256
from thamluan.pipeline.model_folders import (
    CARD,
    MANIFEST,
    UNREADABLE,
    VOCABULARY,
    WEIGHTS,
    Kind,
    array_bytes,
    json_bytes,
    read_parts,
    with_manifest,
)

HASHED = (WEIGHTS, VOCABULARY)
FILES = (MANIFEST, *HASHED, CARD)
KIND = Kind("model of word vectors", HASHED, "make it again with 'make vectors'")
MOST_KNOWN = 200_000  # words as written that are remembered
LEVELS = 127  # steps of a weight to each side, as it is kept


@dataclass(frozen=True)
class WordVectors:
    """Words with their vectors: row n of `matrix` is that of word n - 1; row 0, all 0, is of what is unknown.

    Words are in small letters, their syllables joined by "_". `facts` says what they were made of, `sha256` which
    vectors these are.
    """

    words: tuple[str, ...]
    matrix: np.ndarray
    facts: Mapping[str, object] = field(default_factory=dict)
    sha256: str = ""

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, start=1)}

    @cached_property
    def _known(self) -> dict[str, tuple[int, ...]]:
        """What was looked up before, by the word as it was written."""
        return {}

    def number(self, texts: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """Number the words of texts; a word that is unknown gives the numbers of its syllables, if any, or 0."""
        known = self._known
        numbered = []
        for words in texts:
            numbers: list[int] = []
            for word in words:
                found = known.get(word)
                numbers += self._look_up(word) if found is None else found
            numbered.append(np.array(numbers, dtype=int))
        return numbered

    def _look_up(self, word: str) -> tuple[int, ...]:
        syllables = word.lower().split()
        whole = self._numbers.get("_".join(syllables))
        found = (whole,) if whole else tuple(self._numbers.get(syllable, 0) for syllable in syllables)
        if len(self._known) < MOST_KNOWN:
            self._known[word] = found
        return found

    def files(self) -> dict[str, bytes]:
        """Write them as files of a folder, without the card: a byte a weight, and a scale a row."""
        rows = self.matrix[1:]
        scales = np.abs(rows).max(axis=1, keepdims=True, initial=1e-9) / LEVELS
        arrays = {"weights": np.rint(rows / scales).astype(np.int8), "scales": scales.astype(np.float32)}
        kept = {WEIGHTS: array_bytes(arrays), VOCABULARY: json_bytes(list(self.words))}
        return with_manifest(kept, self.facts)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a folder of them.

        Raises:
            ModelError: when a file is missing, altered, cut short, or of a format that this version does not know.
        """
        manifest = KIND.read_manifest(folder)
        try:
            words, arrays = read_parts(folder)
            rows = arrays["weights"].astype(np.float32) * arrays["scales"]
            if not all(isinstance(word, str) for word in words) or len(words) != len(rows):
                raise ValueError("words and rows differ")
        except UNREADABLE as error:
            raise KIND.misfit(folder) from error
        facts = {key: value for key, value in manifest.items() if key not in ("format", "files")}
        matrix = np.vstack([np.zeros((1, rows.shape[1]), dtype=np.float32), rows])
        return cls(tuple(words), matrix, facts, sha256(folder / MANIFEST))


def load_vectors(folder: Path = VECTORS) -> WordVectors:
    """Read the vectors that come with the product."""
    return WordVectors.load(folder)
