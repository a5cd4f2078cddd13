"""Meaning: texts as vectors, so that what is said in other words lies near."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from thamluan.pipeline.themes.classifying.vectors import WordVectors, load_vectors

SMOOTHING = 1e-3  # a in a / (a + p), by which a word of frequency p counts
TINY = 1e-9


@cache
def known_vectors() -> WordVectors:
    """Read the word vectors that come with the product, once."""
    return load_vectors()


def rarity(vectors: WordVectors) -> np.ndarray:
    """Weigh each row of the vectors by how rare its word is: a / (a + p); row 0, of unknown words, weighs 0.

    Source: Arora, Liang and Ma 2017, A simple but tough-to-beat baseline for sentence embeddings (SIF). The words
    stand in the order of their frequency p, which follows from their rank by Zipf's law; so weights do not depend on
    the answers at hand.
    """
    n_words = len(vectors.words)
    frequency = 1 / ((np.arange(n_words + 1) + 2.7) * np.log(n_words + 2))  # Mandelbrot's form of the law
    weights = SMOOTHING / (SMOOTHING + frequency)
    weights[0] = 0.0
    return weights


def text_vectors(texts: Sequence[Sequence[str]], *, vectors: WordVectors) -> np.ndarray:
    """Average the vectors of each text's words by rarity: (texts, dimensions), of length 1; 0 where none is known."""
    weights = rarity(vectors).astype(np.float32)
    found = np.zeros((len(texts), vectors.matrix.shape[1]), dtype=np.float32)
    for index, numbers in enumerate(vectors.number(texts)):
        if len(numbers):
            found[index] = weights[numbers] @ vectors.matrix[numbers]
    return _of_length_one(found)


def _of_length_one(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), TINY)
