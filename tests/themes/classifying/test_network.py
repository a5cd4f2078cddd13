import numpy as np
import pytest
from scipy.optimize import check_grad
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from thamluan.pipeline.themes.classifying.labels import Group, is_coded, probabilities
from thamluan.pipeline.themes.classifying.network import WordNetwork, _Texts
from thamluan.pipeline.themes.classifying.vectors import WordVectors

GROUPS = (Group(2), Group(2, single=True))
N_WORDS = 20


@pytest.fixture(scope="module")
def vectors():
    matrix = np.random.default_rng(0).normal(size=(N_WORDS + 1, 16)).astype(np.float32)
    matrix[0] = 0
    return WordVectors(tuple(f"từ_{number}" for number in range(N_WORDS)), matrix)


def made(n_texts=400, seed=0):
    """Make texts with the first label for word 1, the second for word 2 before word 3, and a stance by word 4."""
    random = np.random.default_rng(seed)
    texts, y = [], []
    for _ in range(n_texts):
        text = random.integers(5, N_WORDS + 1, random.integers(1, 9)).tolist()
        has_one, has_pair, has_four = (random.random(3) < 0.5).tolist()
        text += [1] * has_one + ([2, 3] if has_pair else [3, 2]) + [4] * has_four
        texts.append(np.array(text))
        y.append([has_one, has_pair, has_four, not has_four])
    return texts, np.array(y, dtype=int)


@pytest.fixture(scope="module")
def fitted(vectors):
    return WordNetwork(vectors, groups=GROUPS, hidden=32, epochs=60).fit(*made())


def test_network_learns_words_and_their_order(fitted):
    texts, y = made(seed=1)
    found = probabilities(fitted.decision_function(texts), GROUPS) > 0.5
    assert (found == y).mean(axis=0).min() > 0.9


def test_network_gradients_are_those_of_its_loss(vectors):
    """The gradients by which it learns are compared with differences of the loss."""
    network = WordNetwork(vectors, groups=GROUPS, hidden=6, own=3)
    network.words_ = np.array([1, 2, 4, 7, 9, 12, 15, 20])
    weights = {name: w.astype(float) for name, w in network._start(np.random.default_rng(3), 4).items()}
    some, y = made(5, seed=2)
    y[0, 2:] = 0  # a text whose stance nobody gave
    texts, coded = _Texts.of(some, margin=1), is_coded(y, GROUPS)
    shapes = {name: w.shape for name, w in weights.items()}
    bounds = np.cumsum([w.size for w in weights.values()])[:-1]
    weights["own"][1:] = np.random.default_rng(4).normal(size=(8, 3))

    def unpack(flat):
        parts = np.split(flat, bounds)
        found = {name: part.reshape(shapes[name]) for name, part in zip(weights, parts, strict=True)}
        return found | {"own": np.vstack([np.zeros((1, 3)), found["own"][1:]])}  # words without have none to learn

    def look(flat):
        network.weights_ = unpack(flat)
        inputs = network._side_by_side(network._rows(texts.numbers), texts)
        activation = inputs @ network.weights_["kernel"] + network.weights_["bias"]
        kept = (activation > 0).astype(float)
        return inputs, kept, network._look(texts, activation * kept)

    def loss(flat):
        found = probabilities(network._log_odds(texts, look(flat)[-1]), GROUPS)
        likelihood = np.where(y == 1, np.log(found), np.log(1 - found))
        likelihood[:, 2:] = y[:, 2:] * np.log(found[:, 2:])
        return -(likelihood * coded).sum()

    def gradient(flat):
        inputs, kept, seen = look(flat)
        errors = (probabilities(network._log_odds(texts, seen), GROUPS) - y) * coded
        to_activation = network._carry_back(texts, seen, errors) * kept
        found = network._gradients(texts, inputs, seen, errors, to_activation)
        found["own"] = network._gradient_of_own(texts.numbers, texts, to_activation, np.ones((len(texts.numbers), 3)))
        return np.concatenate([found[name].ravel() for name in weights])

    start = np.concatenate([w.ravel() for w in weights.values()])
    assert np.linalg.norm(gradient(start)) > 1
    assert check_grad(loss, gradient, start) < 1e-4


def test_network_words_add_up_to_the_log_odds(fitted):
    texts, _ = made(30, seed=4)
    added = fitted.weigh_words(texts)
    ends = np.cumsum([len(text) for text in texts])
    sums = [part.sum(axis=0) for part in np.split(added, ends[:-1])]
    np.testing.assert_allclose(sums + fitted.weights_["intercept"], fitted.decision_function(texts), atol=1e-4)


def test_network_reads_each_text_by_itself(fitted):
    texts, _ = made(40, seed=5)
    alone = np.vstack([fitted.decision_function([text]) for text in texts])
    np.testing.assert_array_equal(fitted.decision_function(texts), alone)
    words_alone = np.concatenate([fitted.weigh_words([text]) for text in texts])
    np.testing.assert_array_equal(fitted.weigh_words(texts), words_alone)


def test_network_takes_empty_texts(fitted):
    found = fitted.decision_function([np.zeros(0, dtype=int), np.array([1])])
    assert np.isfinite(found).all()
    assert fitted.decision_function([]).shape == (0, 4)


def test_network_with_a_seed_gives_the_same(vectors):
    first, second = (WordNetwork(vectors, groups=GROUPS, hidden=8, epochs=2, seed=3).fit(*made(50)) for _ in range(2))
    for name, weights in first.weights_.items():
        np.testing.assert_array_equal(weights, second.weights_[name])


def test_network_learns_nothing_of_a_single_group_without_labels(vectors):
    texts, y = made(80)
    y[:, 2:] = 0
    network = WordNetwork(vectors, groups=GROUPS, hidden=8, epochs=3).fit(texts, y)
    assert network.weights_["intercept"][2:].tolist() == [0, 0]


def test_network_clone_is_unfitted(fitted):
    assert clone(fitted).get_params()["hidden"] == 32
    with pytest.raises(NotFittedError):
        clone(fitted).decision_function([])


def test_network_is_restored_from_its_arrays(fitted):
    texts, _ = made(20, seed=6)
    restored = clone(fitted).restore(fitted.arrays())
    np.testing.assert_array_equal(restored.decision_function(texts), fitted.decision_function(texts))


@pytest.mark.parametrize("wrong", [{"bias": np.zeros(3)}, {"own": np.zeros((2, 32))}, {"words": np.array([999] * 20)}])
def test_network_is_not_restored_from_what_does_not_fit(fitted, wrong):
    with pytest.raises(ValueError, match="expected"):
        clone(fitted).restore(fitted.arrays() | wrong)
