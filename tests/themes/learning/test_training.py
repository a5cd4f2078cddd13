import dataclasses
import logging

import numpy as np
import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.themes.learning.training import FEW, FEWEST, measure, train
from thamluan.pipeline.themes.material.labelled import Labelled


@pytest.fixture
def make_labelled(make_codebook):
    """Make labelled texts of two themes and two stances."""

    def make(texts, *, themes=None, stances=None):
        themes = np.eye(2, dtype=int)[np.arange(len(texts)) % 2] if themes is None else np.array(themes)
        return Labelled(tuple(texts), themes, stances, make_codebook(road=(), pay=()), ())

    return make


def numbered(n_texts):
    return [f"{'đường xấu' if number % 2 == 0 else 'lương thấp'} {number}" for number in range(n_texts)]


def test_train_refuses_too_few_texts(make_labelled):
    with pytest.raises(InputError, match=f"There are {FEWEST - 1} labelled texts; at least {FEWEST} are needed"):
        train(make_labelled(numbered(FEWEST - 1)))


@pytest.mark.parametrize("themes", [[1, 1], [0, 0]])
def test_train_single_refuses_a_text_without_exactly_one_theme(make_labelled, themes):
    rows = [*[[1, 0]] * 19, *[themes] * 2]
    with pytest.raises(InputError, match="2 of 21 texts do not have exactly one theme"):
        train(make_labelled(numbered(21), themes=rows), single=True)


@pytest.mark.parametrize("text", [".", "", "🙂"])
def test_train_refuses_texts_without_words(make_labelled, text):
    with pytest.raises(InputError, match="no words in common"):
        train(make_labelled([text] * FEWEST))


def test_train_warns_of_a_rare_theme(make_labelled, caplog):
    rows = [*[[1, 0]] * 15, *[[1, 1]] * (FEW - 1)]
    with caplog.at_level(logging.WARNING):
        train(make_labelled(numbered(len(rows)), themes=rows))
    assert caplog.messages == ["1 of 2 themes have fewer than 10 labelled texts; do not rely on them"]


def test_train_learns_what_the_texts_say(make_labelled):
    model = train(make_labelled(numbered(40)))
    given = model.decide(model.probabilities(["đường thôn xấu", "lương còn thấp"])[0])
    assert given.tolist() == [[True, False], [False, True]]


def test_train_without_stances_knows_none(make_labelled):
    assert train(make_labelled(numbered(20))).stance_ids == ()


def test_train_leaves_texts_without_stance_out_of_the_stances(make_labelled):
    stances = np.eye(2, dtype=int)[np.arange(40) % 2]
    with_blanks = np.vstack([stances, np.zeros((40, 2), dtype=int)])
    texts = numbered(40)
    model = train(make_labelled([*texts, *texts[::-1]], stances=with_blanks))
    probabilities = model.probabilities(texts)[1]
    assert (probabilities.argmax(axis=1) == stances.argmax(axis=1)).all()
    assert probabilities.max(axis=1).min() > 0.6


def test_train_reads_texts_as_they_are_coded(make_labelled):
    composed, decomposed = (
        train(make_labelled([text.replace("ấ", letter) for text in numbered(20)])) for letter in ("ấ", "a\u0302\u0301")
    )
    assert composed.classifier.features_.vocabularies() == decomposed.classifier.features_.vocabularies()


def test_train_writes_down_what_it_was_made_of(model, labelled):
    trained_on = model.facts["trained_on"]
    assert trained_on["texts"] == len(labelled.texts) == 200
    assert list(trained_on["texts_of_theme"].values()) == labelled.themes.sum(axis=0).tolist()
    assert trained_on["files"] == list(labelled.files)
    assert model.facts["versions"].keys() >= {"thamluan", "scikit-learn", "underthesea"}


def test_train_does_not_change_its_input(labelled):
    before = dataclasses.replace(labelled, themes=labelled.themes.copy(), stances=labelled.stances.copy())
    train(labelled)
    np.testing.assert_array_equal(before.themes, labelled.themes)
    np.testing.assert_array_equal(before.stances, labelled.stances)


def test_measure_writes_figures_of_each_set_into_the_facts(model, labelled):
    measured = measure(model, [labelled, labelled])
    assert [entry["n_answers"] for entry in measured.facts["measured_on"]] == [200, 200]
    assert measured.facts["measured_on"][0]["files"] == list(labelled.files)
    assert "measured_on" not in model.facts
