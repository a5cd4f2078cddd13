"""The classifier: n-grams and word vectors, blended so that probabilities hold on texts it has not seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold
from sklearn.utils.validation import check_is_fitted

from thamluan.pipeline.themes.classifying.features import TextFeatures
from thamluan.pipeline.themes.classifying.labels import Group, expected_mistakes, is_coded, parts, probabilities
from thamluan.pipeline.themes.classifying.linear import LinearLabels
from thamluan.pipeline.themes.classifying.network import WordNetwork
from thamluan.pipeline.themes.classifying.vectors import WordVectors

Words = Sequence[Sequence[str]]  # the words of each text, as `words_of` gives them
MOST = 30.0  # log-odds of a part, beyond which it says no more
FEWEST_OF_A_KIND = 5  # texts with a label, and without it, below which its blend is the plain mean
SHARE_LOOKED_AT = 0.2  # of the texts: the most doubtful, which a person should look at
CONTEXT_UNITS = 5  # a text of up to so many units is read as one, each unit in the light of all


@dataclass(frozen=True)
class _Units:
    """The units of the texts that have several: the words of each, and the text that it is of."""

    words: Words
    text_of: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[Words]) -> Self:
        several = [(number, units) for number, units in enumerate(texts) if len(units) > 1]
        text_of = np.repeat([number for number, _ in several], [len(units) for _, units in several]).astype(int)
        return cls([words for _, units in several for words in units], text_of)

    def gather(self, own: np.ndarray, of_texts: np.ndarray) -> np.ndarray:
        """Give each text the highest probabilities of its units as `in_context` reads them: (texts, labels)."""
        is_short = np.bincount(self.text_of, minlength=len(of_texts)) <= CONTEXT_UNITS
        read = in_context(own, np.where(is_short[self.text_of, None], of_texts[self.text_of], own))
        gathered = of_texts.copy()
        gathered[self.text_of] = 0
        np.maximum.at(gathered, self.text_of, read)
        return gathered


class TextClassifier(ClassifierMixin, BaseEstimator):
    """Give labels to texts: a logistic regression on n-grams and networks on word vectors, blended label by label.

    `groups` says how many labels there are, and of which a text has exactly one. Without `vectors` there are n-grams
    only. Blend, thresholds and the bound of doubt (about the first group) are chosen on texts that the parts were not
    fitted on (`folds` parts; stacked generalisation, Wolpert 1992), so that probabilities are calibrated (Platt 1999).
    A label of a group that is not single is given where its probability reaches its threshold, the one with the best
    F1 where texts are read unit by unit.
    """

    def __init__(
        self,
        *,
        groups: Sequence[Group],
        vectors: WordVectors | None = None,
        n_networks: int = 2,
        folds: int = 4,
        seed: int = 0,
    ) -> None:
        self.groups = groups
        self.vectors = vectors
        self.n_networks = n_networks
        self.folds = folds
        self.seed = seed

    def fit(
        self,
        X: Words,  # noqa: N803
        y: np.ndarray,
        *,
        writers: Sequence[int] | None = None,
        units: Sequence[Words] | None = None,
    ) -> Self:
        """Fit on `X`, the words of each text, and `y` (texts, labels; 0 or 1).

        Texts of one of the `writers` are held out together, so that thresholds are those for writers not seen before;
        without `writers`, each text has its own. A text with none of a single group's labels says nothing of them.
        `units` are the words of the units by which a text is read; without them it is read as one.
        """
        self.classes_ = np.arange(y.shape[1])
        self.features_ = TextFeatures().fit(X)
        rows, numbers = self.features_.transform(X), self._number(X)
        coded = is_coded(y, self.groups)
        several = _Units.of(units or ())
        unit_rows, unit_numbers = self.features_.transform(several.words), self._number(several.words)
        held_out = np.full((self._n_parts, *y.shape), np.nan)
        units_held_out = np.full((self._n_parts, len(several.words), y.shape[1]), np.nan)
        for fitted, tested in self._folds(len(X), writers):
            linear = self._fit_linear(rows[fitted], y[fitted], coded[fitted])
            networks = self._fit_networks([numbers[text] for text in fitted], y[fitted], n=1)
            held_out[:, tested] = self._parts_say(rows[tested], [numbers[text] for text in tested], linear, networks)
            parted = np.flatnonzero(np.isin(several.text_of, tested))
            units_held_out[:, parted] = self._parts_say(
                unit_rows[parted], [unit_numbers[unit] for unit in parted], linear, networks
            )
        self.linear_ = self._fit_linear(rows, y, coded)
        self.networks_ = self._fit_networks(numbers, y, n=self.n_networks)
        self._fit_blend(held_out, y, coded)
        self.held_out_ = self._read_as_units(held_out, units_held_out, several)
        self.thresholds_ = self._find_thresholds(y)
        self.looks_from_ = self._find_bound_of_doubt(writers)
        return self

    def predict_proba(self, X: Words) -> np.ndarray:  # noqa: N803
        """Give the probability of each label: (texts, labels)."""
        check_is_fitted(self)
        said = self._parts_say(self.features_.transform(X), self._number(X), self.linear_, self.networks_)
        return probabilities(self._blend(said), self.groups)

    def predict(self, X: Words) -> np.ndarray:  # noqa: N803
        """Give the labels: (texts, labels), boolean."""
        return self.decide(self.predict_proba(X))

    def decide(self, given: np.ndarray) -> np.ndarray:
        """Turn probabilities into labels: (texts, labels), boolean."""
        return decide(given, groups=self.groups, thresholds=self.thresholds_)

    def weigh_words(self, X: Words) -> list[np.ndarray]:  # noqa: N803
        """Say for each text what each of its words adds to the log-odds of each label: (words, labels)."""
        check_is_fitted(self)
        added = self.features_.weigh_words(X, weights=self.linear_.coef_.T * self.blend_[0])
        if self.networks_:
            numbers = self._number(X)
            found = sum(network.weigh_words(numbers) for network in self.networks_) / len(self.networks_)
            by_word = self._by_word(found * self.blend_[1], X)
            added = [ours + theirs for ours, theirs in zip(added, by_word, strict=True)]
        return added

    @property
    def _n_parts(self) -> int:
        return 1 if self.vectors is None else 2

    def _number(self, X: Words) -> list[np.ndarray]:  # noqa: N803
        return self.vectors.number(X) if self.vectors else [np.zeros(0, dtype=int)] * len(X)

    def _fit_linear(self, rows: csr_matrix, y: np.ndarray, coded: np.ndarray) -> LinearLabels:
        return LinearLabels(seed=self.seed).fit(rows, y, coded=coded)

    def _fit_networks(self, numbers: Sequence[np.ndarray], y: np.ndarray, *, n: int) -> list[WordNetwork]:
        if self.vectors is None:
            return []
        return [
            WordNetwork(self.vectors, groups=self.groups, seed=self.seed + extra).fit(numbers, y) for extra in range(n)
        ]

    def _parts_say(
        self, rows: csr_matrix, numbers: Sequence[np.ndarray], linear: LinearLabels, networks: Sequence[WordNetwork]
    ) -> np.ndarray:
        """Give the log-odds of each part: (parts, texts, labels)."""
        said = [np.clip(linear.decision_function(rows), -MOST, MOST)]
        if networks:
            said.append(sum(network.decision_function(numbers) for network in networks) / len(networks))
        return np.stack(said)

    def _blend(self, said: np.ndarray) -> np.ndarray:
        """Blend what the parts say into log-odds (texts, labels), each text by itself."""
        return (said * self.blend_[:, None]).sum(axis=0) + self.intercept_

    def _folds(self, n_texts: int, writers: Sequence[int] | None) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Part the texts into what is fitted and what is held out, each text held out once."""
        writers = np.arange(n_texts) if writers is None else np.asarray(writers)
        n_folds = min(self.folds, len(np.unique(writers)))
        if n_folds > 1:
            yield from GroupKFold(n_folds, shuffle=True, random_state=self.seed).split(writers, groups=writers)

    def _fit_blend(self, said: np.ndarray, y: np.ndarray, coded: np.ndarray) -> None:
        """Choose how the parts are blended, from what they say of texts that they were not fitted on."""
        n_labels = y.shape[1]
        self.blend_ = np.full((len(said), n_labels), 1 / len(said))
        self.intercept_ = np.zeros(n_labels)
        is_held_out = ~np.isnan(said).any(axis=(0, 2))
        for label in range(n_labels):
            rows = is_held_out & coded[:, label]
            truth = y[rows, label]
            if min(truth.sum(), len(truth) - truth.sum()) >= FEWEST_OF_A_KIND:
                blend = LogisticRegression(C=1.0).fit(said[:, rows, label].T, truth)
                self.blend_[:, label], self.intercept_[label] = blend.coef_[0], blend.intercept_[0]

    def _read_as_units(self, said: np.ndarray, said_of_units: np.ndarray, several: _Units) -> np.ndarray:
        """Give the probabilities of texts held out (texts, labels) as they are read; of single groups, as wholes."""
        of_texts = probabilities(self._blend(said), self.groups)
        gathered = several.gather(probabilities(self._blend(said_of_units), self.groups), of_texts)
        for group, part in zip(self.groups, parts(self.groups), strict=True):
            if group.single:
                gathered[:, part] = of_texts[:, part]
        return gathered

    def _find_bound_of_doubt(self, writers: Sequence[int] | None) -> float:
        """Find the expected mistakes that `SHARE_LOOKED_AT` of the texts held out reach.

        Where some texts share a writer, these count: phrases and lone sentences are not what people will look at.
        """
        counted = ~np.isnan(self.held_out_).any(axis=1)
        if writers is not None:
            shared = np.unique(writers, return_inverse=True, return_counts=True)
            has_others = shared[2][shared[1]] > 1
            counted &= has_others | ~has_others.any()
        if not counted.any():
            return 0.0
        found, first = self.held_out_[counted], parts(self.groups)[0]
        mistakes = expected_mistakes(found[:, first], self.decide(found)[:, first], single=self.groups[0].single)
        return round(float(np.quantile(mistakes, 1 - SHARE_LOOKED_AT)), 4)

    def _find_thresholds(self, y: np.ndarray) -> np.ndarray:
        thresholds = np.full(y.shape[1], 0.5)
        known = ~np.isnan(self.held_out_).any(axis=1)
        for group, part in zip(self.groups, parts(self.groups), strict=True):
            if not group.single:
                labels = zip(y[known].T[part], self.held_out_[known].T[part], strict=True)
                thresholds[part] = [_best_threshold(truth, found) for truth, found in labels]
        return thresholds

    def _by_word(self, added: np.ndarray, X: Words) -> Iterator[np.ndarray]:  # noqa: N803
        """Part what the numbers of all texts add by texts, and put together the numbers of a word."""
        start = 0
        for words in X:
            sizes = np.array([len(numbers) for numbers in self.vectors.number([[word] for word in words])], dtype=int)
            end = start + max(int(sizes.sum()), 1)  # a text without words has one unknown
            of_words = np.repeat(np.arange(len(words)), sizes)
            by_word = np.zeros((len(words), added.shape[1]))
            np.add.at(by_word, of_words, added[start : start + len(of_words)])
            yield by_word
            start = end


def in_context(own: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Read a unit in the light of its whole text: "Bốn trăm ngàn. Đổ xăng là hết." is one idea in two sentences."""
    return (own + whole) / 2


def decide(found: np.ndarray, *, groups: Sequence[Group], thresholds: np.ndarray) -> np.ndarray:
    """Turn probabilities into labels: (texts, labels), boolean."""
    given = found >= thresholds
    for group, part in zip(groups, parts(groups), strict=True):
        if group.single:
            given[:, part] = found[:, part].argmax(axis=1)[:, None] == np.arange(group.size)
    return given


def _best_threshold(truth: np.ndarray, probability: np.ndarray) -> float:
    """Find the threshold with the best F1, halfway to the next lower probability, and never an extreme one.

    It has four decimals, so that a model's manifest holds it as it is.
    """
    if not truth.any():
        return 0.5
    precision, recall, thresholds = precision_recall_curve(truth, probability)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(np.argmax(f1[:-1]))
    below = thresholds[best - 1] if best else 0.0
    return round(float(np.clip((thresholds[best] + below) / 2, 0.05, 0.95)), 4)
