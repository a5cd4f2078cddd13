import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from thamluan.pipeline.themes.classifying.linear import NEVER, LinearLabels


def made(n_rows=60, n_labels=3, seed=0):
    """Make rows whose first features tell their labels, and the labels with some noise."""
    random = np.random.default_rng(seed)
    y = random.random((n_rows, n_labels)) < 0.4
    noise = random.random((n_rows, 4))
    return csr_matrix(np.hstack([(y ^ (random.random(y.shape) < 0.1)), noise])), y.astype(int)


def test_linear_labels_find_what_the_rows_tell():
    X, y = made(seed=1)  # noqa: N806 (scikit-learn's name)
    found = LinearLabels().fit(*made()).decision_function(X) > 0
    assert (found == y).mean() > 0.8


def test_linear_labels_without_contrast_are_certain():
    X, _ = made()  # noqa: N806
    y = np.tile([0, 1], (60, 1))
    assert LinearLabels().fit(X, y).decision_function(X)[0].tolist() == [NEVER, -NEVER]


def test_linear_labels_look_only_at_coded_rows():
    X, y = made()  # noqa: N806
    coded = np.ones(y.shape, dtype=bool)
    coded[30:, 0] = False
    wrong = np.where(coded, y, 1 - y)
    half = LinearLabels().fit(X, wrong, coded=coded)
    np.testing.assert_array_equal(half.coef_[0], LinearLabels().fit(X[:30], y[:30]).coef_[0])


def test_linear_labels_that_nobody_coded_are_never_given():
    X, y = made()  # noqa: N806
    coded = np.ones(y.shape, dtype=bool)
    coded[:, 1] = False
    assert LinearLabels().fit(X, y, coded=coded).intercept_[1] == NEVER


def test_linear_labels_clone_keeps_parameters():
    parameters = {"regularisation": 2.0, "seed": 7}
    assert clone(LinearLabels(**parameters)).get_params() == parameters
    with pytest.raises(NotFittedError):
        clone(LinearLabels().fit(*made())).decision_function(made()[0])
