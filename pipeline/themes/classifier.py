"""Linear classifiers over text features: several themes with a threshold each, or exactly one."""

from typing import Self

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import KFold
from sklearn.utils.validation import check_is_fitted

NEVER = -1e3  # log-odds of a label that training has never seen


class LabelClassifier(ClassifierMixin, BaseEstimator):
    """Give labels to rows: one logistic regression a label.

    `regularisation` is the inverse strength C of scikit-learn. With `single`, a row gets exactly one label, and the
    probabilities of a row add up to 1; otherwise a row gets each label whose probability reaches its threshold, the
    one with the best F1 on rows that the model was not fitted on (`folds` parts).
    """

    def __init__(self, *, single: bool = False, regularisation: float = 8.0, folds: int = 5, seed: int = 0) -> None:
        self.single = single
        self.regularisation = regularisation
        self.folds = folds
        self.seed = seed

    def fit(self, X: csr_matrix, y: np.ndarray) -> Self:  # noqa: N803 (scikit-learn's name)
        """Fit on `X` (rows, features) and `y` (rows, labels; 0 or 1)."""
        self.coef_, self.intercept_ = self._fit_labels(X, y)
        self.thresholds_ = np.zeros(y.shape[1]) if self.single else self._find_thresholds(X, y)
        return self

    def predict_proba(self, X: csr_matrix) -> np.ndarray:  # noqa: N803
        """Give the probability of each label: (rows, labels)."""
        check_is_fitted(self)
        probabilities = expit(X @ self.coef_.T + self.intercept_)
        return probabilities / probabilities.sum(axis=1, keepdims=True) if self.single else probabilities

    def predict(self, X: csr_matrix) -> np.ndarray:  # noqa: N803
        """Give the labels: (rows, labels), boolean."""
        return self.decide(self.predict_proba(X))

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Turn probabilities into labels: (rows, labels), boolean."""
        if not self.single:
            return probabilities >= self.thresholds_
        return probabilities.argmax(axis=1)[:, None] == np.arange(probabilities.shape[1])

    def reordered(self, order: list[int]) -> Self:
        """Give the same classifier with its labels in another order."""
        check_is_fitted(self)
        other = clone(self)
        other.coef_, other.intercept_ = self.coef_[order], self.intercept_[order]
        other.thresholds_ = self.thresholds_[order]
        return other

    def _fit_labels(self, X: csr_matrix, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:  # noqa: N803
        coef = np.zeros((y.shape[1], X.shape[1]))
        intercept = np.empty(y.shape[1])
        for label, column in enumerate(y.T):
            if column.min() == column.max():
                intercept[label] = -NEVER if column.max() else NEVER
                continue
            model = LogisticRegression(C=self.regularisation, solver="liblinear", random_state=self.seed)
            model.fit(X, column)
            coef[label], intercept[label] = model.coef_[0], model.intercept_[0]
        return coef, intercept

    def _find_thresholds(self, X: csr_matrix, y: np.ndarray) -> np.ndarray:  # noqa: N803
        n_folds = min(self.folds, len(y))
        if n_folds < 2:
            return np.full(y.shape[1], 0.5)
        held_out = np.empty(y.shape)
        for fitted, tested in KFold(n_folds, shuffle=True, random_state=self.seed).split(X):
            coef, intercept = self._fit_labels(X[fitted], y[fitted])
            held_out[tested] = expit(X[tested] @ coef.T + intercept)
        return np.array([_best_threshold(*columns) for columns in zip(y.T, held_out.T, strict=True)])


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
