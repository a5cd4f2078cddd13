"""Logistic regressions over sparse rows, one a label."""

from typing import Self

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

NEVER = -1e3  # log-odds of a label that training has never seen
TOLERANCE = 1e-2  # of the dual problem; log-odds differ by thousandths from those of 1e-4


class LinearLabels(BaseEstimator):
    """Give the log-odds of each label; `regularisation` is the inverse strength C of scikit-learn."""

    def __init__(self, *, regularisation: float = 8.0, seed: int = 0) -> None:
        self.regularisation = regularisation
        self.seed = seed

    def fit(self, X: csr_matrix, y: np.ndarray, *, coded: np.ndarray | None = None) -> Self:  # noqa: N803
        """Fit on `X` (rows, features) and `y` (rows, labels; 0 or 1), for each label on the rows where `coded` is 1."""
        self.coef_ = np.zeros((y.shape[1], X.shape[1]))
        self.intercept_ = np.empty(y.shape[1])
        for label, column in enumerate(y.T):
            rows = slice(None) if coded is None or coded[:, label].all() else np.flatnonzero(coded[:, label])
            truth = column[rows]
            if not len(truth) or truth.min() == truth.max():
                self.intercept_[label] = -NEVER if len(truth) and truth.max() else NEVER
                continue
            model = LogisticRegression(
                C=self.regularisation, solver="liblinear", dual=True, tol=TOLERANCE, random_state=self.seed
            )
            model.fit(X[rows], truth)
            self.coef_[label], self.intercept_[label] = model.coef_[0], model.intercept_[0]
        return self

    def decision_function(self, X: csr_matrix) -> np.ndarray:  # noqa: N803
        """Give the log-odds of each label: (rows, labels)."""
        check_is_fitted(self)
        return X @ self.coef_.T + self.intercept_
