import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from thamluan.pipeline.themes.classifier import LabelClassifier


def made(n_rows=60, n_labels=3, seed=0):
    """Make rows whose first features tell their labels, and the labels with some noise."""
    random = np.random.default_rng(seed)
    y = random.random((n_rows, n_labels)) < 0.4
    noise = random.random((n_rows, 4))
    return csr_matrix(np.hstack([(y ^ (random.random(y.shape) < 0.1)), noise])), y.astype(int)


def exactly_one(y):
    return np.eye(y.shape[1], dtype=int)[y.argmax(axis=1)]


@pytest.fixture(scope="module")
def fitted():
    return LabelClassifier().fit(*made())


def test_classifier_clone_keeps_parameters(fitted):
    parameters = {"single": True, "regularisation": 2.0, "folds": 3, "seed": 7}
    assert clone(LabelClassifier(**parameters)).get_params() == parameters
    with pytest.raises(NotFittedError):
        clone(fitted).predict(made()[0])


def test_classifier_finds_what_the_rows_tell(fitted):
    X, y = made(seed=1)  # noqa: N806 (scikit-learn's name)
    assert (fitted.predict(X) == y).mean() > 0.8


def test_classifier_gives_each_label_that_reaches_its_threshold(fitted):
    probabilities = np.array([fitted.thresholds_, fitted.thresholds_ - 1e-9, [1, 0, 0]])
    assert fitted.decide(probabilities).tolist() == [[True] * 3, [False] * 3, [True, False, False]]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(2, 30))
def test_classifier_keeps_thresholds_between_extremes(seed, n_rows):
    thresholds = LabelClassifier(folds=2).fit(*made(n_rows, seed=seed)).thresholds_
    assert ((thresholds >= 0.05) & (thresholds <= 0.95)).all()
    assert (thresholds == thresholds.round(4)).all()


def test_classifier_chooses_thresholds_on_rows_it_was_not_fitted_on():
    X = csr_matrix(np.eye(40))  # noqa: N806 (each row known by a feature of its own: nothing carries over)
    y = (np.arange(40) % 2)[:, None]
    classifier = LabelClassifier(regularisation=1e4).fit(X, y)
    assert (classifier.predict_proba(X).round() == y).all()
    assert not 0.2 < classifier.thresholds_[0] < 0.8  # fitted rows would give about 0.5


def test_classifier_with_one_row_takes_the_middle():
    assert LabelClassifier().fit(csr_matrix([[1.0]]), np.array([[1]])).thresholds_.tolist() == [0.5]


@pytest.mark.parametrize("single", [True, False])
def test_classifier_with_a_seed_gives_the_same(single):
    X, y = made()  # noqa: N806
    first, second = (LabelClassifier(single=single, seed=3).fit(X, exactly_one(y)) for _ in range(2))
    np.testing.assert_array_equal(first.predict_proba(X), second.predict_proba(X))
    np.testing.assert_array_equal(first.thresholds_, second.thresholds_)


def test_single_classifier_gives_exactly_one_label():
    X, y = made()  # noqa: N806
    assert (LabelClassifier(single=True).fit(X, exactly_one(y)).predict(X).sum(axis=1) == 1).all()


def test_single_classifier_probabilities_add_up_to_one():
    X, y = made()  # noqa: N806
    probabilities = LabelClassifier(single=True).fit(X, exactly_one(y)).predict_proba(X)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)


@pytest.mark.parametrize(("value", "expected"), [(0, 0.0), (1, 1.0)])
def test_classifier_knows_a_label_that_is_always_the_same(value, expected):
    X, y = made()  # noqa: N806
    y[:, 1] = value
    assert (LabelClassifier().fit(X, y).predict_proba(X)[:, 1] == expected).all()


def test_single_classifier_never_gives_a_label_it_has_not_seen():
    X, y = made()  # noqa: N806
    y = np.hstack([np.zeros((len(y), 1), dtype=int), exactly_one(y)])
    classifier = LabelClassifier(single=True).fit(X, y)
    assert not classifier.predict(X)[:, 0].any()
    np.testing.assert_allclose(classifier.predict_proba(X).sum(axis=1), 1)


def test_single_classifier_always_gives_the_only_label():
    X, _ = made()  # noqa: N806
    y = np.zeros((X.shape[0], 2), dtype=int)
    y[:, 1] = 1
    assert LabelClassifier(single=True).fit(X, y).predict_proba(X).tolist() == [[0.0, 1.0]] * len(y)


def test_reordered_gives_the_same_under_another_order(fitted):
    X, _ = made()  # noqa: N806
    order = [2, 0, 1]
    other = fitted.reordered(order)
    np.testing.assert_array_equal(other.predict_proba(X), fitted.predict_proba(X)[:, order])
    np.testing.assert_array_equal(other.predict(X), fitted.predict(X)[:, order])
    assert other.get_params() == fitted.get_params()
