"""Weak labels: themes for answers that nobody has coded, guessed from a codebook and from few coded answers.

The codebook labels the answers roughly, a model learns from these labels what else people say of each theme (Meng et
al. 2018, Weakly-supervised neural text classification; Nigam et al. 2000, Text classification from labeled and
unlabeled documents using EM). Answers that people have coded correct the guesses before a model learns from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import join_words_of
from thamluan.pipeline.themes.classifying.vectors import WordVectors
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.learning.seeds import is_rest

LEAST_SCORE = 0.2  # of a text for a theme, from which on the theme is guessed; one cue scores 1
LEAST_OF_ONE = 0.3  # the same where a text has exactly one theme, and else that of the rest
WEIGHT_OF_CODED = 0.5  # of all coded texts together, where that of all guesses is 1
FEWEST_FOR_RARE = 100  # texts, below which a piece of text may occur in one of them alone
REGULARISATION = 1.0  # C of scikit-learn: low, because guesses are often wrong
FOLDS = 5
ROUNDS = 2  # of guessing again; more forget the codebook


@dataclass(frozen=True)
class Pile:
    """Texts as rows of features: those that nobody has coded with guesses, and those that people have coded.

    `guessed` and `coded` are (texts, features), `guesses` and `codes` (texts, themes) of 0 and 1.
    """

    guessed: csr_matrix
    guesses: np.ndarray
    coded: csr_matrix
    codes: np.ndarray

    def from_guess(self, start: int) -> Self:
        """Leave out the texts with guesses before a number."""
        return replace(self, guessed=self.guessed[start:], guesses=self.guesses[start:])


def guess(scores: np.ndarray, *, codebook: Codebook, single: bool) -> np.ndarray:
    """Turn scores of the codebook into themes: (texts, themes) of 0 and 1.

    Every theme that scores enough; with `single` the best one, and where none scores enough, the theme that takes the
    rest. Without such a theme these texts have none.
    """
    if not single:
        return (scores >= LEAST_SCORE).astype(int)
    guesses = np.zeros(scores.shape, dtype=int)
    is_clear = (scores >= LEAST_OF_ONE).any(axis=1)
    guesses[is_clear, scores[is_clear].argmax(axis=1)] = 1
    rest = [number for number, theme in enumerate(codebook.themes) if is_rest(theme)]
    guesses[np.ix_(~is_clear, rest[:1])] = 1
    return guesses


def pile(
    uncoded: Sequence[str], guesses: np.ndarray, *, coded: Sequence[str], codes: np.ndarray, vectors: WordVectors
) -> Pile:
    """Turn repaired texts into rows: segmented words, pieces of words without marks, and the mean of word vectors.

    Raises:
        ValueError: when the texts hold no words.
    """
    texts = (*uncoded, *coded)
    segmented = [text.lower() for text in join_words_of(texts)]
    views = (
        (segmented, {"token_pattern": r"\S+", "ngram_range": (1, 2)}),
        ([strip_marks(text) for text in texts], {"analyzer": "char_wb", "ngram_range": (2, 5)}),
    )
    min_df = 1 if len(texts) < FEWEST_FOR_RARE else 2
    rows = [
        TfidfVectorizer(lowercase=False, sublinear_tf=True, min_df=min_df, **options).fit_transform(seen)
        for seen, options in views
    ]
    together = hstack([*rows, csr_matrix(_mean_vectors(segmented, vectors))], format="csr")
    return Pile(together[: len(uncoded)], guesses, together[len(uncoded) :], codes)


def _mean_vectors(segmented: Sequence[str], vectors: WordVectors) -> np.ndarray:
    """Average the vectors of each text's words, rare ones counting more; rows of length 1, or 0 without known words."""
    counter = TfidfVectorizer(vocabulary=vectors.words, token_pattern=r"\S+", lowercase=False, binary=True, norm=None)
    sums = counter.fit_transform(segmented) @ vectors.matrix[1:]
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def revise(texts: Pile, *, n_open: int, single: bool, seed: int) -> np.ndarray:
    """Guess the themes of the first `n_open` texts again, now that coded ones have their say, `ROUNDS` times.

    The guesses of the others stay. Gives (`n_open`, themes) of 0 and 1.
    """
    for _ in range(ROUNDS):
        again = _decide(_learn(texts, texts.guessed[:n_open], single=single, seed=seed), single=single)
        texts = replace(texts, guesses=np.vstack([again, texts.guesses[n_open:]]))
    return texts.guesses[:n_open]


def guess_coded(texts: Pile, *, single: bool, seed: int) -> np.ndarray:
    """Guess the themes of each coded text from the uncoded and the other coded ones (cross-validation)."""
    given = np.zeros(texts.codes.shape, dtype=int)
    folds = KFold(min(FOLDS, len(texts.codes)), shuffle=True, random_state=seed)
    for kept, held_out in folds.split(texts.codes):
        known = Pile(texts.guessed, texts.guesses, texts.coded[kept], texts.codes[kept])
        given[held_out] = _decide(_learn(known, texts.coded[held_out], single=single, seed=seed), single=single)
    return given


def _learn(texts: Pile, rows: csr_matrix, *, single: bool, seed: int) -> np.ndarray:
    """Learn each theme from guesses and codes, and give its log-odds for rows.

    Without `single` they are moved so that of the texts learnt from, as many have 0 or more as have the theme.
    """
    known = vstack([texts.guessed, texts.coded], format="csr")
    themes = np.vstack([texts.guesses, texts.codes])
    n_guessed, n_coded = len(texts.guesses), len(texts.codes)
    weight = max(WEIGHT_OF_CODED * n_guessed / max(n_coded, 1), 1.0)
    weights = np.repeat([1.0, weight], [n_guessed, n_coded])
    log_odds = np.empty((rows.shape[0], themes.shape[1]))
    for number, column in enumerate(themes.T):
        if column.min() == column.max():
            log_odds[:, number] = np.inf if column.max() else -np.inf
            continue
        model = LogisticRegression(C=REGULARISATION, solver="liblinear", random_state=seed)
        log_odds[:, number] = model.fit(known, column, sample_weight=weights).decision_function(rows)
        if not single:
            log_odds[:, number] -= _bound(model.decision_function(known), weights, share=weights[column == 1].sum())
    return log_odds


def _bound(log_odds: np.ndarray, weights: np.ndarray, *, share: float) -> float:
    """Find the log-odds that texts of so much weight together reach, halfway to the next lower ones."""
    order = np.argsort(-log_odds, kind="stable")
    last = min(int(np.searchsorted(np.cumsum(weights[order]), share)), len(order) - 1)
    return float((log_odds[order[last]] + log_odds[order[min(last + 1, len(order) - 1)]]) / 2)


def _decide(log_odds: np.ndarray, *, single: bool) -> np.ndarray:
    if not single:
        return (log_odds >= 0).astype(int)
    return np.eye(log_odds.shape[1], dtype=int)[log_odds.argmax(axis=1)]
