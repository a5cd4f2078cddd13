"""Making word vectors from plain text: which words stand near to each other, and which in the same paragraph."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import coo_array, csr_array, diags_array
from sklearn.utils.extmath import randomized_svd

from thamluan.pipeline.artefacts import sha256, versions
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.words import join_words_of
from thamluan.pipeline.themes.classifying.vectors import WordVectors

BATCH = 10_000  # paragraphs that are read at once
PORTION = 4_000_000  # words that are counted at once
FEWEST = 20  # times that a word must be written
MOST_WORDS = 45_000
WINDOW = 5  # words to each side that are near
FREQUENT = 1e-4  # share of the text above which some of a word's places are left out (Mikolov et al. 2013)
FUNCTION_WORDS = 60  # most frequent words, which say nothing of a paragraph's subject
FAINTEST = 0.02  # weight below which two words of a portion were hardly in the same paragraph
SMOOTHING = 0.75  # exponent of the contexts' frequencies
N_DIMENSIONS = 128  # of each half
POWER_ITERATIONS = 4


@dataclass(frozen=True)
class _Text:
    """Paragraphs as word numbers, by falling frequency; `paragraphs` tells which paragraph each stands in."""

    words: tuple[str, ...]
    counts: np.ndarray
    numbers: np.ndarray
    paragraphs: np.ndarray

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Segment lines and keep the words that are written often enough."""
        found: dict[str, int] = {}
        numbers, ends = array("i"), array("q")
        remaining = iter(lines)
        while batch := list(islice(remaining, BATCH)):
            for line in join_words_of(batch):
                numbers.extend(found.setdefault(word, len(found)) for word in line.lower().split())
                ends.append(len(numbers))
        flat = np.frombuffer(numbers, dtype=np.int32)
        counts = np.bincount(flat, minlength=len(found))
        has_letter = np.array([any(map(str.isalpha, word)) for word in found])
        kept = np.flatnonzero((counts >= FEWEST) & has_letter)
        kept = kept[np.argsort(-counts[kept], kind="stable")][:MOST_WORDS]
        new = np.full(len(found), -1, dtype=np.int32)
        new[kept] = np.arange(len(kept))
        paragraphs = np.repeat(np.arange(len(ends)), np.diff(np.frombuffer(ends, dtype=np.int64), prepend=0))
        is_kept = new[flat] >= 0
        names = list(found)
        return cls(tuple(names[number] for number in kept), counts[kept], new[flat][is_kept], paragraphs[is_kept])

    def portions(self, chosen: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Give the chosen words and their paragraphs, some at once, whole paragraphs only."""
        numbers, paragraphs = self.numbers[chosen], self.paragraphs[chosen]
        start = 0
        while start < len(numbers):
            end = int(np.searchsorted(paragraphs, paragraphs[min(start + PORTION, len(numbers)) - 1], side="right"))
            yield numbers[start:end], paragraphs[start:end]
            start = end


def train(corpus: Path, *, seed: int = 0) -> WordVectors:
    """Make word vectors from a corpus, a paragraph a line: half of each from near words, half from whole paragraphs.

    Each half is a truncated singular value decomposition (Halko et al. 2011) of positive pointwise mutual information,
    contexts smoothed and singular values by their square root (Levy, Goldberg and Dagan 2015). Rows of a half have mean
    0 over the words and the same length.

    Raises:
        InputError: when the corpus cannot be read or is too small.
    """
    text = _Text.of(line for line in read_lines(corpus) if line.strip())
    if len(text.words) <= N_DIMENSIONS + FUNCTION_WORDS:
        raise InputError(f"{corpus} is too small to make word vectors of.", hint="Take millions of words.")
    halves = [_reduce(_near(text, seed=seed), seed=seed), _reduce(_together(text), seed=seed)]
    matrix = np.vstack([np.zeros((1, 2 * N_DIMENSIONS)), np.hstack(halves)]).astype(np.float32)
    facts = {
        "seed": seed,
        "made_by": {name: versions()[name] for name in ("thamluan", "numpy", "scikit-learn", "scipy", "underthesea")},
        "made_of": {
            "file": corpus.name,
            "sha256": sha256(corpus),
            "words": len(text.numbers),
            "paragraphs": int(text.paragraphs[-1]) + 1,
        },
    }
    return WordVectors(text.words, matrix, facts)


def _near(text: _Text, *, seed: int) -> csr_array:
    """Count which words stand near to each other, the nearer the more."""
    n_words = len(text.words)
    share = text.counts / text.counts.sum()
    random = np.random.default_rng(seed)
    chosen = random.random(len(text.numbers)) < np.sqrt(FREQUENT / share)[text.numbers]
    counted = csr_array((n_words, n_words), dtype=np.float32)
    for numbers, paragraphs in text.portions(chosen):
        pairs = [
            numbers[:-distance].astype(np.int64) * n_words + numbers[distance:] for distance in range(1, WINDOW + 1)
        ]
        same = [paragraphs[:-distance] == paragraphs[distance:] for distance in range(1, WINDOW + 1)]
        keys = np.concatenate([pair[is_same] for pair, is_same in zip(pairs, same, strict=True)])
        weights = np.repeat(
            np.arange(WINDOW, 0, -1, dtype=np.float32) / WINDOW, [int(is_same.sum()) for is_same in same]
        )
        counted = counted + coo_array((weights, (keys // n_words, keys % n_words)), shape=counted.shape).tocsr()
    return counted + counted.T


def _together(text: _Text) -> csr_array:
    """Count which words stand in the same paragraph, each paragraph by its length."""
    n_words = len(text.words)
    counted = csr_array((n_words, n_words), dtype=np.float32)
    for numbers, paragraphs in text.portions(text.numbers >= FUNCTION_WORDS):
        rows = np.unique(paragraphs, return_inverse=True)[1]
        present = coo_array((np.ones(len(numbers), dtype=np.float32), (rows, numbers)), shape=(rows[-1] + 1, n_words))
        present = present.tocsr()
        present.data[:] = 1
        weighted = diags_array(1 / np.diff(present.indptr).astype(np.float32)) @ present
        both = (present.T @ weighted).tocsr()
        both.data[both.data < FAINTEST] = 0
        both.eliminate_zeros()
        counted = counted + both
    counted.setdiag(0)
    counted.eliminate_zeros()
    return counted


def _reduce(counted: csr_array, *, seed: int) -> np.ndarray:
    """Turn counts into vectors: (words, dimensions)."""
    total = np.asarray(counted.sum(axis=1)) + 1e-9
    contexts = total**SMOOTHING
    contexts /= contexts.sum()
    pairs = counted.tocoo()
    information = np.log(pairs.data / total[pairs.row] / contexts[pairs.col])
    said = information > 0
    positive = csr_array(
        (information[said].astype(np.float32), (pairs.row[said], pairs.col[said])), shape=counted.shape
    )
    left, values, _ = randomized_svd(positive, n_components=N_DIMENSIONS, n_iter=POWER_ITERATIONS, random_state=seed)
    vectors = left * np.sqrt(values)
    vectors -= vectors.mean(axis=0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return vectors * np.sqrt(N_DIMENSIONS) / 4
