import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import cross_val_predict

from thamluan.pipeline.themes.classifying.classifier import (
    CONTEXT_UNITS,
    SHARE_LOOKED_AT,
    TextClassifier,
    _Units,
    decide,
)
from thamluan.pipeline.themes.classifying.labels import Group, expected_mistakes
from thamluan.pipeline.themes.classifying.vectors import WordVectors

GROUPS = (Group(2), Group(2, single=True))
# Of like meaning: texts that are learnt from have the first of each list only.
MEANINGS = {
    "tiền": ["tiền", "xăng", "lương"],
    "họp": ["họp", "bàn", "nghị"],
    "tốt": ["tốt", "hay"],
    "dở": ["dở", "chán"],
}
FILLERS = ["thôn", "xã", "bà", "con", "năm", "nay", "thì", "là"]


@pytest.fixture(scope="module")
def vectors():
    random = np.random.default_rng(0)
    words = [word for alike in MEANINGS.values() for word in alike] + FILLERS
    centres = [random.normal(size=12) for _ in range(len(MEANINGS))]
    rows = [
        centre + random.normal(size=12) * 0.1
        for centre, alike in zip(centres, MEANINGS.values(), strict=True)
        for _ in alike
    ]
    rows += [random.normal(size=12) for _ in FILLERS]
    return WordVectors(tuple(words), np.vstack([np.zeros(12), rows]).astype(np.float32))


def made(n_texts=150, *, seed=0, rare=0.0):
    """Make texts that are about money, meetings, both or neither, and good or bad."""
    random = np.random.default_rng(seed)

    def say(meaning):
        alike = MEANINGS[meaning]
        return alike[0] if random.random() > rare else alike[random.integers(1, len(alike))]

    texts, y = [], []
    for _ in range(n_texts):
        is_money, is_meeting, is_good = (random.random(3) < 0.5).tolist()
        said = ["tiền"] * is_money + ["họp"] * is_meeting + (["tốt"] if is_good else ["dở"])
        words = [say(meaning) for meaning in said] + random.choice(FILLERS, 3).tolist()
        texts.append([words[place] for place in random.permutation(len(words))])
        y.append([is_money, is_meeting, is_good, not is_good])
    return texts, np.array(y, dtype=int)


@pytest.fixture(scope="module")
def fitted(vectors):
    return TextClassifier(groups=GROUPS, vectors=vectors, folds=3).fit(*made())


@pytest.fixture(scope="module")
def without_vectors():
    return TextClassifier(groups=GROUPS, folds=3).fit(*made())


def right(classifier, X, y):  # noqa: N803 (scikit-learn's name)
    return (classifier.predict(X) == y).mean()


def test_classifier_finds_what_the_words_tell(fitted, without_vectors):
    for classifier in (fitted, without_vectors):
        assert right(classifier, *made(seed=1)) > 0.9


def test_classifier_networks_know_words_of_like_meaning_and_ngrams_do_not(fitted):
    X, y = made(seed=2, rare=1.0)  # noqa: N806
    by_ngrams = fitted.linear_.decision_function(fitted.features_.transform(X)) > 0
    by_vectors = fitted.networks_[0].decision_function(fitted.vectors.number(X)) > 0
    assert (by_vectors == y).mean() > (by_ngrams == y).mean() + 0.2


def test_classifier_gives_exactly_one_label_of_a_single_group(fitted):
    assert (fitted.predict(made(seed=3)[0])[:, 2:].sum(axis=1) == 1).all()


def test_classifier_probabilities_hold_on_texts_it_has_not_seen(fitted):
    X, y = made(2000, seed=4)  # noqa: N806
    found = fitted.predict_proba(X)
    assert abs(found.mean(axis=0) - y.mean(axis=0)).max() < 0.05


def test_classifier_chooses_thresholds_on_texts_it_was_not_fitted_on():
    """Each text is known by a word of its own, so nothing carries over."""
    X = [[f"từ{number}", "là"] for number in range(40) for _ in range(2)]  # noqa: N806
    y = np.repeat(np.random.default_rng(0).permutation(np.arange(40) % 2), 2)[:, None]
    classifier = TextClassifier(groups=(Group(1),)).fit(X, y, writers=np.repeat(np.arange(40), 2))
    assert abs(classifier.held_out_ - y).mean() > 0.4


def test_classifier_holds_out_the_texts_of_a_writer_together():
    writers = np.arange(60) % 4
    folds = list(TextClassifier(groups=GROUPS, folds=3)._folds(60, writers))
    assert len(folds) == 3
    assert all(set(writers[fitted]).isdisjoint(writers[tested]) for fitted, tested in folds)
    assert sorted(np.concatenate([tested for _, tested in folds])) == list(range(60))


def test_classifier_with_one_text_takes_the_middle():
    classifier = TextClassifier(groups=(Group(1),)).fit(
        [["tiền", "tiền", "họp", "họp"]] * 3, np.array([[1]] * 3), writers=[0, 0, 0]
    )
    assert classifier.thresholds_.tolist() == [0.5]


def test_classifier_marks_about_a_fifth_of_its_texts_for_a_look(fitted):
    mistakes = expected_mistakes(fitted.held_out_[:, :2], fitted.decide(fitted.held_out_)[:, :2], single=False)
    assert (mistakes >= fitted.looks_from_).mean() == pytest.approx(SHARE_LOOKED_AT, abs=0.05)


def test_classifier_words_add_up_to_its_log_odds(fitted):
    X, _ = made(20, seed=5)  # noqa: N806
    added = np.array([of_words.sum(axis=0) for of_words in fitted.weigh_words(X)])
    found = fitted.predict_proba(X)
    log_odds = np.log(found / (1 - found))[:, :2]
    assert np.ptp(log_odds - added[:, :2], axis=0).tolist() == pytest.approx([0, 0], abs=1e-3)


def test_classifier_weighs_words_that_are_unknown_and_texts_without_words(fitted):
    added = fitted.weigh_words([["lạ", "tiền"], [], ["họp tiền"]])
    assert [len(of_words) for of_words in added] == [2, 0, 1]
    assert added[0][1, 0] > added[0][0, 0]


def test_classifier_with_a_seed_gives_the_same(vectors, fitted):
    again = TextClassifier(groups=GROUPS, vectors=vectors, folds=3).fit(*made())
    np.testing.assert_array_equal(again.predict_proba(made(seed=6)[0]), fitted.predict_proba(made(seed=6)[0]))
    np.testing.assert_array_equal(again.thresholds_, fitted.thresholds_)


def test_classifier_learns_themes_of_texts_without_stance():
    X, y = made()  # noqa: N806
    y[::2, 2:] = 0
    assert right(TextClassifier(groups=GROUPS, folds=3).fit(X, y), *made(seed=7)) > 0.85


def test_classifier_clone_keeps_parameters(vectors, fitted):
    parameters = {"groups": GROUPS, "vectors": None, "n_networks": 1, "folds": 4, "seed": 7}
    assert clone(TextClassifier(**parameters)).get_params() == parameters
    with pytest.raises(NotFittedError):
        clone(fitted).predict([["tiền"]])


def test_classifier_cross_validates_as_estimators_do():
    X, y = made(60)  # noqa: N806
    words = np.empty(60, dtype=object)
    words[:] = X
    found = cross_val_predict(
        TextClassifier(groups=(Group(1),), folds=2), words, y[:, :1], cv=3, method="predict_proba"
    )
    assert ((found > 0.5) == y[:, :1]).mean() > 0.8


def test_decide_gives_each_label_that_reaches_its_threshold():
    found = np.array([[0.3, 0.6, 0.2, 0.8], [0.29, 0.59, 0.5, 0.5]])
    given = decide(found, groups=GROUPS, thresholds=np.array([0.3, 0.6, 0.5, 0.5]))
    assert given.astype(int).tolist() == [[1, 1, 0, 1], [0, 0, 1, 0]]


def test_units_of_a_short_text_are_read_in_its_light():
    units = _Units.of([[["một"]], [["hai"], ["ba"]], []])
    of_texts = np.array([[0.9], [0.4], [0.2]])
    gathered = units.gather(np.array([[0.1], [0.8]]), of_texts)
    np.testing.assert_allclose(gathered, [[0.9], [(0.8 + 0.4) / 2], [0.2]])


def test_units_of_a_long_text_are_read_by_themselves():
    units = _Units.of([[["từ"]] * (CONTEXT_UNITS + 1)])
    own = np.linspace(0.1, 0.6, CONTEXT_UNITS + 1)[:, None]
    np.testing.assert_allclose(units.gather(own, np.array([[0.9]])), [[0.6]])


def test_classifier_takes_texts_of_one_unit_as_they_are(without_vectors):
    X, y = made()  # noqa: N806
    again = clone(without_vectors).fit(X, y, units=[[words] for words in X])
    np.testing.assert_array_equal(again.held_out_, without_vectors.held_out_)


def test_classifier_chooses_thresholds_on_texts_as_they_are_read(without_vectors):
    """Units have words that tell nothing, so that only what is said of the whole text is left of a probability."""
    X, y = made()  # noqa: N806
    again = clone(without_vectors).fit(X, y, units=[[["và"]] * 2 for _ in X])
    themes, stances = slice(0, 2), slice(2, 4)
    whole, read = without_vectors.held_out_, again.held_out_
    assert (read[:, themes].max(axis=0) < whole[:, themes].max(axis=0)).all()
    assert (again.thresholds_[themes] < without_vectors.thresholds_[themes]).all()
    np.testing.assert_array_equal(read[:, stances], whole[:, stances])
