"""A small neural network over word vectors: what n-grams miss, because it was said in other words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from thamluan.pipeline.themes.classifying.adamw import AdamW
from thamluan.pipeline.themes.classifying.labels import Group, is_coded, probabilities
from thamluan.pipeline.themes.classifying.vectors import WordVectors

BATCH = 64  # texts a step of training
NEIGHBOURS = 2048  # texts among which those of like length share a batch
PREDICTED = 1024  # texts coded at once
BLOCK = 256  # rows of a product
LONGEST = 120  # words of a text that are learnt from; all are coded
SEEN = 5  # times that a word stands in the texts learnt from, from which on it gets numbers of its own
WORDS_DROPPED, INPUTS_DROPPED, OWN_DROPPED, UNITS_DROPPED = 0.1, 0.35, 0.6, 0.35  # shares, while learning


@dataclass(frozen=True)
class _Texts:
    """Texts as one row of word numbers, with 0 before, between and behind them."""

    numbers: np.ndarray
    places: np.ndarray  # where the words stand in `numbers`
    starts: np.ndarray  # where each text starts in `places`
    text_of: np.ndarray  # the text of each place

    @classmethod
    def of(cls, texts: Sequence[np.ndarray], *, margin: int) -> Self:
        texts = [text if len(text) else np.zeros(1, dtype=int) for text in texts]
        sizes = np.array([len(text) for text in texts])
        starts = np.cumsum(sizes) - sizes
        text_of = np.repeat(np.arange(len(texts)), sizes)
        places = np.arange(sizes.sum()) + margin * (text_of + 1)
        numbers = np.zeros(sizes.sum() + margin * (len(texts) + 1), dtype=int)
        numbers[places] = np.concatenate(texts)
        return cls(numbers, places, starts, text_of)


@dataclass(frozen=True)
class _Seen:
    """What the network makes of texts, a row a word: hidden units, attention and score of each label."""

    units: np.ndarray  # (words, hidden)
    peaks: np.ndarray  # (texts, hidden): the highest value of each unit
    attention: np.ndarray  # (words, labels); adds up to 1 over a text
    scores: np.ndarray  # (words, labels)


class WordNetwork(BaseEstimator):
    """Give the log-odds of labels from the vectors of a text's words.

    To the vector of a word, which stays as it is, come `own` numbers learnt here: what the word means to these labels
    (a second channel; Kim 2014). Each word is seen with its neighbours (a convolution of `width` words). A label's
    log-odds are the mean of the words' scores, weighted by the label's own attention (Mullenbach et al. 2018), and the
    highest value of each hidden unit. Learnt by AdamW with dropout (Srivastava et al. 2014). The same seed and machine
    give the same weights.
    """

    def __init__(
        self,
        vectors: WordVectors,
        *,
        groups: Sequence[Group],
        hidden: int = 256,
        width: int = 3,
        own: int = 32,
        epochs: int = 10,
        rate: float = 2e-3,
        seed: int = 0,
    ) -> None:
        self.vectors = vectors
        self.groups = groups
        self.hidden = hidden
        self.width = width
        self.own = own
        self.epochs = epochs
        self.rate = rate
        self.seed = seed

    def fit(self, X: Sequence[np.ndarray], y: np.ndarray) -> Self:  # noqa: N803 (scikit-learn's name)
        """Fit on `X`, the word numbers of each text, and `y` (texts, labels; 0 or 1).

        A text that has none of the labels of a single group teaches nothing about them.
        """
        random = np.random.default_rng(self.seed)
        learnt_from = [np.asarray(text)[:LONGEST] for text in X]
        words, times = np.unique(np.concatenate(learnt_from), return_counts=True)
        self.words_ = words[(words > 0) & (times >= SEEN)]
        self.weights_ = self._start(random, y.shape[1])
        truth, coded = y.astype(np.float32), is_coded(y, self.groups)
        optimiser = AdamW(self.weights_, rate=self.rate, n_steps=self.epochs * -(-len(X) // BATCH))
        for _ in range(self.epochs):
            for batch in _batches(learnt_from, random):
                texts = _Texts.of([learnt_from[number] for number in batch], margin=self.width // 2)
                self._step(optimiser, texts, truth[batch], coded[batch], random)
        return self

    def decision_function(self, X: Sequence[np.ndarray]) -> np.ndarray:  # noqa: N803
        """Give the log-odds of each label: (texts, labels)."""
        check_is_fitted(self)
        log_odds = np.empty((len(X), len(self.weights_["intercept"])), dtype=np.float32)
        for batch in _of_like_length(X, PREDICTED):
            texts = _Texts.of([X[number] for number in batch], margin=self.width // 2)
            log_odds[batch] = self._log_odds(texts, self._look(texts, self._convolve(texts)))
        return log_odds

    def weigh_words(self, X: Sequence[np.ndarray]) -> np.ndarray:  # noqa: N803
        """Say what each word adds to the log-odds of each label: (words of all texts, labels), texts in order."""
        check_is_fitted(self)
        added = [np.empty((0, len(self.weights_["intercept"])), dtype=np.float32)]
        for start in range(0, len(X), PREDICTED):
            texts = _Texts.of(X[start : start + PREDICTED], margin=self.width // 2)
            seen = self._look(texts, self._convolve(texts))
            at_peak = seen.units * (seen.units == seen.peaks[texts.text_of])
            added.append(seen.attention * seen.scores + multiply(at_peak, self.weights_["peaks"]))
        return np.concatenate(added)

    def arrays(self) -> dict[str, np.ndarray]:
        """Give all that was learnt, for `restore`."""
        return {"words": self.words_, **self.weights_}

    def restore(self, arrays: Mapping[str, np.ndarray]) -> Self:
        """Take over what another one learnt.

        Raises:
            ValueError: when the arrays do not fit together, or to the vectors and groups.
        """
        self.words_ = arrays["words"].astype(int)
        self.weights_ = {name: weights for name, weights in arrays.items() if name != "words"}
        n_labels = sum(group.size for group in self.groups)
        hidden = self.weights_["bias"].shape[-1]
        expected = {
            "own": (len(self.words_) + 1, self.own),
            "kernel": (self.width * (self.vectors.matrix.shape[1] + self.own), hidden),
            "bias": (hidden,),
            **dict.fromkeys(("queries", "values", "peaks"), (hidden, n_labels)),
            "intercept": (n_labels,),
        }
        found = {name: weights.shape for name, weights in self.weights_.items()}
        if found != expected:
            raise ValueError(f"weights {found}, expected {expected}")
        if len(self.words_) and not 0 < self.words_.min() <= self.words_.max() < len(self.vectors.matrix):
            raise ValueError(f"words up to {self.words_.max()}, expected {len(self.vectors.matrix) - 1} at most")
        return self

    def _start(self, random: np.random.Generator, n_labels: int) -> dict[str, np.ndarray]:
        n_inputs, hidden = self.width * (self.vectors.matrix.shape[1] + self.own), self.hidden
        drawn = {
            "own": np.zeros((len(self.words_) + 1, self.own)),
            "kernel": random.uniform(-1, 1, (n_inputs, hidden)) / np.sqrt(n_inputs),
            "bias": np.zeros(hidden),
            "queries": random.uniform(-1, 1, (hidden, n_labels)) / np.sqrt(hidden),
            "values": random.normal(0, 0.05, (hidden, n_labels)),
            "peaks": random.normal(0, 0.05, (hidden, n_labels)),
            "intercept": np.zeros(n_labels),
        }
        return {name: weights.astype(np.float32) for name, weights in drawn.items()}

    def _step(
        self,
        optimiser: AdamW,
        texts: _Texts,
        truth: np.ndarray,
        coded: np.ndarray,
        random: np.random.Generator,
    ) -> None:
        """Learn from one batch."""
        numbers = np.where(random.random(len(texts.numbers)) < WORDS_DROPPED, 0, texts.numbers)
        rows = self._rows(numbers)
        kept_vectors = _kept((len(rows), rows.shape[1] - self.own), INPUTS_DROPPED, random)
        kept_own = _kept((len(rows), self.own), OWN_DROPPED, random)
        inputs = self._side_by_side(rows * np.hstack([kept_vectors, kept_own]), texts)
        activation = inputs @ self.weights_["kernel"] + self.weights_["bias"]
        kept = (activation > 0) * _kept(activation.shape, UNITS_DROPPED, random)
        seen = self._look(texts, activation * kept)
        errors = (probabilities(self._log_odds(texts, seen), self.groups) - truth) * coded / len(truth)
        to_activation = self._carry_back(texts, seen, errors) * kept
        gradients = self._gradients(texts, inputs, seen, errors, to_activation)
        optimiser.step(gradients | {"own": self._gradient_of_own(numbers, texts, to_activation, kept_own)})

    def _rows(self, numbers: np.ndarray) -> np.ndarray:
        """Give the vector of each word, then its own numbers: (words, vector + own)."""
        return np.hstack([self.vectors.matrix[numbers], self.weights_["own"][self._own_rows(numbers)]])

    def _own_rows(self, numbers: np.ndarray) -> np.ndarray:
        """Say in which row of its own numbers each word is; row 0, all 0, is of words without."""
        rows = np.searchsorted(self.words_, numbers)
        has_own = np.append(self.words_, -1)[rows] == numbers
        return np.where(has_own, rows + 1, 0)

    def _side_by_side(self, rows: np.ndarray, texts: _Texts) -> np.ndarray:
        """Put the numbers of each word beside those of its neighbours."""
        return np.hstack([rows[texts.places + shift] for shift in self._shifts()])

    def _shifts(self) -> range:
        return range(-(self.width // 2), self.width // 2 + 1)

    def _convolve(self, texts: _Texts) -> np.ndarray:
        """Give the hidden units of each word, with each different word multiplied once."""
        words, at = np.unique(texts.numbers, return_inverse=True)
        rows = self._rows(words)
        total = self.weights_["bias"]
        for shift, kernel in zip(self._shifts(), np.split(self.weights_["kernel"], self.width), strict=True):
            total = total + multiply(rows, kernel)[at[texts.places + shift]]
        return np.maximum(total, 0)

    def _look(self, texts: _Texts, units: np.ndarray) -> _Seen:
        peaks = np.maximum.reduceat(units, texts.starts)
        asked = multiply(units, self.weights_["queries"])
        attention = np.exp(asked - np.maximum.reduceat(asked, texts.starts)[texts.text_of])
        attention /= np.add.reduceat(attention, texts.starts)[texts.text_of]
        return _Seen(units, peaks, attention, multiply(units, self.weights_["values"]))

    def _log_odds(self, texts: _Texts, seen: _Seen) -> np.ndarray:
        attended = np.add.reduceat(seen.attention * seen.scores, texts.starts)
        return attended + multiply(seen.peaks, self.weights_["peaks"]) + self.weights_["intercept"]

    def _carry_back(self, texts: _Texts, seen: _Seen, errors: np.ndarray) -> np.ndarray:
        """Carry the errors of the log-odds (texts, labels) back to the hidden units of each word: (words, hidden)."""
        error = errors[texts.text_of]
        to_peaks = (errors @ self.weights_["peaks"].T)[texts.text_of]
        to_units = (seen.attention * error) @ self.weights_["values"].T
        to_units += self._to_asked(texts, seen, error) @ self.weights_["queries"].T
        return to_units + to_peaks * (seen.units == seen.peaks[texts.text_of])

    def _to_asked(self, texts: _Texts, seen: _Seen, error: np.ndarray) -> np.ndarray:
        """Carry the errors of each word's text (words, labels) back through the attention."""
        to_asked = seen.attention * seen.scores * error
        return to_asked - seen.attention * np.add.reduceat(to_asked, texts.starts)[texts.text_of]

    def _gradients(
        self, texts: _Texts, inputs: np.ndarray, seen: _Seen, errors: np.ndarray, to_activation: np.ndarray
    ) -> dict[str, np.ndarray]:
        """Find how each weight but the words' own numbers should move."""
        error = errors[texts.text_of]
        return {
            "kernel": inputs.T @ to_activation,
            "bias": to_activation.sum(axis=0),
            "queries": seen.units.T @ self._to_asked(texts, seen, error),
            "values": seen.units.T @ (seen.attention * error),
            "peaks": seen.peaks.T @ errors,
            "intercept": errors.sum(axis=0),
        }

    def _gradient_of_own(
        self, numbers: np.ndarray, texts: _Texts, to_activation: np.ndarray, kept: np.ndarray
    ) -> np.ndarray:
        """Find how the words' own numbers should move; `kept` is by how much each was seen (words, own)."""
        to_rows = np.zeros((len(numbers), self.own), dtype=to_activation.dtype)
        for shift, kernel in zip(self._shifts(), np.split(self.weights_["kernel"], self.width), strict=True):
            to_rows[texts.places + shift] += to_activation @ kernel[len(kernel) - self.own :].T
        gradient = np.zeros_like(self.weights_["own"])
        np.add.at(gradient, self._own_rows(numbers), to_rows * kept)
        gradient[0] = 0
        return gradient


def multiply(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Multiply matrices so that a row's product does not depend on the rows beside it, to the last bit.

    Libraries choose their way by the size of a matrix, so every product here has the same size.
    """
    product = np.empty((len(rows), weights.shape[1]), dtype=np.result_type(rows, weights))
    block = np.zeros((BLOCK, rows.shape[1]), dtype=rows.dtype)
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        block[: len(part)] = part
        product[start : start + BLOCK] = (block @ weights)[: len(part)]
    return product


def _kept(shape: tuple[int, int], share: float, random: np.random.Generator) -> np.ndarray:
    """Choose by what to multiply so that a share of the values becomes 0 and the sum stays the same on average."""
    return (random.random(shape, dtype=np.float32) >= share) * np.float32(1 / (1 - share))


def _batches(texts: Sequence[np.ndarray], random: np.random.Generator) -> list[np.ndarray]:
    """Put texts into batches at random, those of like length together."""
    order = random.permutation(len(texts))
    chunks = (order[start : start + NEIGHBOURS] for start in range(0, len(order), NEIGHBOURS))
    batches = [
        chunk[batch] for chunk in chunks for batch in _of_like_length([texts[number] for number in chunk], BATCH)
    ]
    return [batches[number] for number in random.permutation(len(batches))]


def _of_like_length(texts: Sequence[np.ndarray], size: int) -> Iterator[np.ndarray]:
    order = np.argsort([len(text) for text in texts], kind="stable")
    for start in range(0, len(order), size):
        yield order[start : start + size]
