"""A small neural network over word vectors: what n-grams miss, because it was said in other words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from thamluan.pipeline.themes.classifying.labels import Group, is_coded, probabilities
from thamluan.pipeline.themes.classifying.vectors import WordVectors

BATCH = 64  # texts a step of training
NEIGHBOURS = 2048  # texts among which those of like length share a batch
PREDICTED = 1024  # texts coded at once
BLOCK = 256  # rows of a product
LONGEST = 120  # words of a text that are learnt from; all are coded
WARM_UP = 0.15  # share of the steps in which the rate rises
WORDS_DROPPED, INPUTS_DROPPED, UNITS_DROPPED = 0.1, 0.35, 0.35  # while learning
WEIGHT_DECAY = 0.01


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

    Each word is seen with its neighbours (a convolution of `width` words; Kim 2014). A label's log-odds are the mean of
    the words' scores, weighted by the label's own attention (Mullenbach et al. 2018), and the highest value of each
    hidden unit. Learnt by AdamW (Loshchilov and Hutter 2019) with dropout (Srivastava et al. 2014). The same seed and
    machine give the same weights.
    """

    def __init__(
        self,
        vectors: WordVectors,
        *,
        groups: Sequence[Group],
        hidden: int = 256,
        width: int = 3,
        epochs: int = 10,
        rate: float = 2e-3,
        seed: int = 0,
    ) -> None:
        self.vectors = vectors
        self.groups = groups
        self.hidden = hidden
        self.width = width
        self.epochs = epochs
        self.rate = rate
        self.seed = seed

    def fit(self, X: Sequence[np.ndarray], y: np.ndarray) -> Self:  # noqa: N803 (scikit-learn's name)
        """Fit on `X`, the word numbers of each text, and `y` (texts, labels; 0 or 1).

        A text that has none of the labels of a single group teaches nothing about them.
        """
        random = np.random.default_rng(self.seed)
        self.weights_ = self._start(random, y.shape[1])
        truth, coded = y.astype(np.float32), is_coded(y, self.groups)
        optimiser = _AdamW(self.weights_, rate=self.rate, n_steps=self.epochs * -(-len(X) // BATCH))
        learnt_from = [np.asarray(text)[:LONGEST] for text in X]
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

    def check(self) -> None:
        """See that the weights fit together.

        Raises:
            ValueError: when they do not.
        """
        n_labels = sum(group.size for group in self.groups)
        hidden = self.weights_["bias"].shape[-1]
        expected = {
            "kernel": (self.width * self.vectors.matrix.shape[1], hidden),
            "bias": (hidden,),
            **dict.fromkeys(("queries", "values", "peaks"), (hidden, n_labels)),
            "intercept": (n_labels,),
        }
        found = {name: weights.shape for name, weights in self.weights_.items()}
        if found != expected:
            raise ValueError(f"weights {found}, expected {expected}")

    def _start(self, random: np.random.Generator, n_labels: int) -> dict[str, np.ndarray]:
        n_inputs, hidden = self.width * self.vectors.matrix.shape[1], self.hidden
        drawn = {
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
        optimiser: "_AdamW",
        texts: _Texts,
        truth: np.ndarray,
        coded: np.ndarray,
        random: np.random.Generator,
    ) -> None:
        """Learn from one batch."""
        numbers = np.where(random.random(len(texts.numbers)) < WORDS_DROPPED, 0, texts.numbers)
        rows = _drop(self.vectors.matrix[numbers], INPUTS_DROPPED, random)
        inputs = np.hstack([rows[texts.places + shift] for shift in self._shifts()])
        activation = inputs @ self.weights_["kernel"] + self.weights_["bias"]
        kept = _drop((activation > 0).astype(np.float32), UNITS_DROPPED, random)
        seen = self._look(texts, activation * kept)
        errors = (probabilities(self._log_odds(texts, seen), self.groups) - truth) * coded / len(truth)
        optimiser.step(self._gradients(texts, inputs, kept, seen, errors))

    def _shifts(self) -> range:
        return range(-(self.width // 2), self.width // 2 + 1)

    def _convolve(self, texts: _Texts) -> np.ndarray:
        """Give the hidden units of each word, with each different word multiplied once."""
        words, at = np.unique(texts.numbers, return_inverse=True)
        rows = self.vectors.matrix[words]
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

    def _gradients(
        self, texts: _Texts, inputs: np.ndarray, kept: np.ndarray, seen: _Seen, errors: np.ndarray
    ) -> dict[str, np.ndarray]:
        """Carry the errors of the log-odds (texts, labels) back to the weights."""
        error = errors[texts.text_of]
        to_scores = seen.attention * error
        to_asked = seen.attention * seen.scores * error
        to_asked -= seen.attention * np.add.reduceat(to_asked, texts.starts)[texts.text_of]
        to_peaks = (errors @ self.weights_["peaks"].T)[texts.text_of]
        to_units = to_scores @ self.weights_["values"].T + to_asked @ self.weights_["queries"].T
        to_units += to_peaks * (seen.units == seen.peaks[texts.text_of])
        to_activation = to_units * kept
        return {
            "kernel": inputs.T @ to_activation,
            "bias": to_activation.sum(axis=0),
            "queries": seen.units.T @ to_asked,
            "values": seen.units.T @ to_scores,
            "peaks": seen.peaks.T @ errors,
            "intercept": errors.sum(axis=0),
        }


class _AdamW:
    """Adam with decoupled weight decay; the rate rises, then falls along a cosine."""

    def __init__(self, weights: dict[str, np.ndarray], *, rate: float, n_steps: int) -> None:
        self.weights = weights
        self.rate = rate
        self.n_steps = n_steps
        self.n_done = 0
        self.means = {name: np.zeros_like(values) for name, values in weights.items()}
        self.squares = {name: np.zeros_like(values) for name, values in weights.items()}

    def step(self, gradients: dict[str, np.ndarray]) -> None:
        """Move the weights, in place."""
        self.n_done += 1
        size = np.sqrt(sum(float(np.square(gradient).sum()) for gradient in gradients.values()))
        rate = np.float32(self._rate())
        for name, weights in self.weights.items():
            gradient = gradients[name] * np.float32(min(1, 1 / size) if size else 1)
            mean, square = self.means[name], self.squares[name]
            mean += (gradient - mean) * np.float32(0.1)
            square += (gradient * gradient - square) * np.float32(0.001)
            scaled = np.sqrt(square / np.float32(1 - 0.999**self.n_done)) + np.float32(1e-8)
            move = mean / np.float32(1 - 0.9**self.n_done) / scaled
            weights -= rate * (move + np.float32(WEIGHT_DECAY) * weights)

    def _rate(self) -> float:
        done = self.n_done / self.n_steps
        if done < WARM_UP:
            return self.rate * done / WARM_UP
        return self.rate * (1 + np.cos(np.pi * (done - WARM_UP) / (1 - WARM_UP))) / 2


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


def _drop(values: np.ndarray, share: float, random: np.random.Generator) -> np.ndarray:
    """Set a share of the values to 0, and raise the others so that their sum is the same on average."""
    return values * ((random.random(values.shape, dtype=np.float32) >= share) * np.float32(1 / (1 - share)))


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
