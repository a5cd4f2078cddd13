"""Seeds: what a codebook alone says of texts, by its cues and by words that are used like its own."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from thamluan.pipeline.artefacts import FUNCTION_WORDS
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import join_words_of
from thamluan.pipeline.themes.classifying.vectors import WordVectors
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Theme
from thamluan.pipeline.themes.cues import cue_pattern

# How much a word counts that stands in a theme's cues, label, definition, examples.
WEIGHTS = {"cues": 1.0, "label": 1.0, "definition": 0.5, "examples": 0.5}
LEAST_LIKENESS = 0.4  # cosine, below which two words have nothing in common
SHARPNESS = 4  # how much more a near word says than a distant one
# Words of a label that names what is left over, where its theme has no cues.
REST = frozenset(("khác", "lại", "other", "others", "else", "rest", "misc", "miscellaneous"))


def is_rest(theme: Theme) -> bool:
    """Say whether a theme takes what fits no other: it has no cues, and its label says "khác" or "other"."""
    words = {word for label in theme.label.values() for word in re.findall(r"\w+", label.lower())}
    return not theme.cues and not words.isdisjoint(REST)


@dataclass(frozen=True)
class Seeds:
    """What points to each theme of a codebook.

    The score of a text for a theme is the number of different cues found in it, plus how like the theme's own words
    its other words are, on average over its words, rare ones counting more. Of cues that overlap the longest is found,
    whichever theme it belongs to: "phòng thực hành" is no "thực hành". A theme of the rest scores nothing.
    """

    codebook: Codebook
    vectors: WordVectors

    def score(self, texts: Sequence[str]) -> np.ndarray:
        """Score texts: (texts, themes), 0 or more."""
        return self._count_cues(texts) + self._liken(texts)

    @cached_property
    def _themes_of_cue(self) -> dict[str, set[int]]:
        themes: dict[str, set[int]] = {}
        for number, theme in enumerate(self.codebook.themes):
            for cue in theme.cues:
                for form in (cue.lower(), strip_marks(cue)):
                    themes.setdefault(" ".join(form.split()), set()).add(number)
        return themes

    def _count_cues(self, texts: Sequence[str]) -> np.ndarray:
        """Count the different cues of each theme in each text; one typed without marks is compared without."""
        counts = np.zeros((len(texts), len(self.codebook.themes)))
        cues = [cue for theme in self.codebook.themes for cue in theme.cues]
        patterns = {True: cue_pattern(map(str.lower, cues)), False: cue_pattern(map(strip_marks, cues))}
        if patterns[True] is None:
            return counts
        for row, text in enumerate(texts):
            stripped = strip_marks(text)
            is_marked = text.lower() != stripped
            cues_found = patterns[is_marked].findall(text.lower() if is_marked else stripped)
            for cue in {" ".join(cue.split()) for cue in cues_found}:
                counts[row, list(self._themes_of_cue[cue])] += 1
        return counts

    def _liken(self, texts: Sequence[str]) -> np.ndarray:
        """Say how like the words of each theme the words of each text are: (texts, themes)."""
        counter = CountVectorizer(token_pattern=r"\S+", lowercase=False, binary=True)
        try:
            rows = counter.fit_transform(text.lower() for text in join_words_of(texts))
        except ValueError:  # no words at all
            return np.zeros((len(texts), len(self.codebook.themes)))
        words = counter.get_feature_names_out()
        n_texts = np.asarray(rows.sum(axis=0)).ravel()
        rarity = np.log(len(texts) / n_texts) * np.array([self._says_something(word) for word in words])
        likeness = self._likeness(words)
        return csr_matrix(rows.multiply(rarity)) @ likeness / (1 + np.asarray(rows.sum(axis=1)))

    def _likeness(self, words: Sequence[str]) -> np.ndarray:
        """Say how much each word speaks for each theme and not for all of them: (words, themes), 0 to 1."""
        seeds = [self._words_of(theme) for theme in self.codebook.themes]
        own = sorted(set().union(*seeds))
        if not own:
            return np.zeros((len(words), len(seeds)))
        weights = np.array([[of_theme[word] for of_theme in seeds] for word in own])
        weights = weights * _distinctness(weights)
        cosines = self._unit_rows(words) @ self._unit_rows(own).T
        numbers = {word: number for number, word in enumerate(own)}
        for row, word in enumerate(words):
            if word in numbers:
                cosines[row, numbers[word]] = 1
        best = np.stack([(cosines * of_theme).max(axis=1) for of_theme in weights.T], axis=1)
        near = (np.clip(best - LEAST_LIKENESS, 0, None) / (1 - LEAST_LIKENESS)) ** SHARPNESS
        return np.clip(near - near.mean(axis=1, keepdims=True), 0, None)

    def _unit_rows(self, words: Sequence[str]) -> np.ndarray:
        """Give the vectors of words, of length 1; 0 for a word that has none."""
        rows = np.stack([self.vectors.matrix[self._numbers.get(word, 0)] for word in words])
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def _words_of(self, theme: Theme) -> Counter[str]:
        """Weigh the words of a theme, segmented; those of the rest say nothing."""
        weights: Counter[str] = Counter()
        for part, texts in _texts_of(theme).items():
            for words in join_words_of(texts):
                for word in filter(self._says_something, words.lower().split()):
                    weights[word] = max(weights[word], WEIGHTS[part])
        return weights

    def _says_something(self, word: str) -> bool:
        return any(char.isalpha() for char in word) and word not in self._function_words

    @cached_property
    def _function_words(self) -> frozenset[str]:
        lines = FUNCTION_WORDS.read_text(encoding="utf-8").splitlines()
        return frozenset("_".join(line.split()) for line in lines)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.vectors.words, start=1)}


def _distinctness(weights: np.ndarray) -> np.ndarray:
    """Say how far each word belongs to one theme alone: 1 where it does, 0 where all have it alike."""
    n_themes = weights.shape[1]
    if n_themes == 1:
        return np.ones_like(weights)
    return np.clip((weights / weights.sum(axis=1, keepdims=True) - 1 / n_themes) / (1 - 1 / n_themes), 0, 1)


def _texts_of(theme: Theme) -> dict[str, tuple[str, ...]]:
    """Give the texts of a theme by the part of the codebook that they stand in; of the rest none speaks for it."""
    if is_rest(theme):
        return {}
    return {
        "cues": theme.cues,
        "label": tuple(dict.fromkeys(theme.label.values())),
        "definition": (theme.definition["vi"],),
        "examples": theme.examples,
    }


def texts_of_codebook(codebook: Codebook) -> tuple[list[str], np.ndarray]:
    """Take labels, cues and examples as short texts that have their theme: texts, and (texts, themes) of 0 and 1."""
    texts: list[str] = []
    numbers: list[int] = []
    for number, theme in enumerate(codebook.themes):
        parts = () if is_rest(theme) else (theme.label["vi"], *theme.cues)
        own = list(dict.fromkeys((*parts, *theme.examples)))
        texts += own
        numbers += [number] * len(own)
    return texts, np.eye(len(codebook.themes), dtype=int)[numbers]
