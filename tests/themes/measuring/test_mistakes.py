import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from thamluan.pipeline import columns
from thamluan.pipeline.themes.material.labelled import Origin
from thamluan.pipeline.themes.measuring.comparison import Comparison
from thamluan.pipeline.themes.measuring.mistakes import NONE, confusion, mistakes, pairs

IDS = ("a", "b", "c")
ROWS = st.lists(st.tuples(*[st.integers(0, 1)] * 6), min_size=1, max_size=15).map(np.array)


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_confusion_counts_each_theme_missed_with_each_given_wrongly(rows):
    truth, coded = rows[:, :3], rows[:, 3:]
    table = confusion(truth, coded, ids=IDS)
    for of_missed in (*IDS, NONE):
        for of_given in (*IDS, NONE):
            n = 0
            for true, got in zip(truth, coded, strict=True):
                missed = [id for id, t, g in zip(IDS, true, got, strict=True) if t and not g]
                wrong = [id for id, t, g in zip(IDS, true, got, strict=True) if g and not t]
                is_mistaken = bool(missed or wrong)
                n += is_mistaken and of_missed in (missed or [NONE]) and of_given in (wrong or [NONE])
            assert table.loc[of_missed, of_given] == n


def test_confusion_of_exactly_one_theme_is_that_of_scikit_learn():
    true, got = np.random.default_rng(0).integers(0, 3, (2, 60))
    table = confusion(np.eye(3, dtype=int)[true], np.eye(3, dtype=int)[got], ids=IDS)
    expected = confusion_matrix(true, got)
    np.fill_diagonal(expected, 0)
    assert table.loc[list(IDS), list(IDS)].to_numpy().tolist() == expected.tolist()
    assert not table.loc[NONE].any()
    assert not table[NONE].any()


def test_confusion_of_no_answers_is_0():
    none = np.zeros((0, 3), dtype=int)
    assert not confusion(none, none, ids=IDS).to_numpy().any()


def test_pairs_begin_with_the_most_frequent():
    truth, coded = np.array([[1, 0], [1, 0], [0, 1]]), np.array([[0, 1], [0, 1], [0, 0]])
    assert pairs(confusion(truth, coded, ids=IDS[:2])) == [("a", "b", 2), ("b", NONE, 1)]


@pytest.fixture
def comparison(make_labelled):
    """Five answers: all right; one theme given wrongly, 0.6; one missed, 0.1; both, 0.95; another stance."""
    labelled = make_labelled(
        themes=[[1, 0], [0, 0], [1, 0], [0, 1], [1, 0]],
        stances=[[1, 0], [1, 0], [0, 0], [1, 0], [1, 0]],
        origins=[Origin("phiếu.xlsx", row, f"M{row}") for row in range(2, 7)],
    )
    return Comparison(
        labelled=labelled,
        themes=np.array([[1, 0], [1, 0], [0, 0], [1, 0], [1, 0]]),
        probabilities=np.array([[0.9, 0.1], [0.6, 0.2], [0.1, 0.2], [0.95, 0.45], [0.9, 0.3]]),
        evidence=("", "road: đường", "", "road: ngõ", ""),
        stances=np.array([[1, 0], [1, 0], [0, 1], [1, 0], [0, 1]]),
    )


def test_mistakes_begin_with_the_surest(comparison):
    table = mistakes(comparison)
    assert table.columns.tolist() == list(columns.MISTAKES)
    assert table["mistake"].tolist() == ["road given", "road missed", "road given", "stance"]
    assert table["probability"].fillna(-1).tolist() == [0.95, 0.9, 0.6, -1]


def test_mistakes_say_where_the_answer_stands_and_what_both_gave(comparison):
    worst = mistakes(comparison).iloc[0]
    assert worst[[columns.SOURCE, columns.PLACE, columns.ID]].tolist() == ["phiếu.xlsx", "row 5", "M5"]
    assert worst[columns.TEXT] == comparison.labelled.texts[3]
    assert worst[["true_themes", "given_themes", "true_stance", "given_stance"]].tolist() == [
        "pay",
        "road",
        "good",
        "good",
    ]
    assert worst[columns.EVIDENCE] == "road: ngõ"


def test_mistakes_of_a_stance_have_its_probability_where_the_coder_tells_it(comparison):
    told = dataclasses.replace(comparison, stance_probabilities=np.array([0.9, 0.9, 0.9, 0.9, 0.99]))
    first = mistakes(told).iloc[0]
    assert first[["place", "mistake", "probability"]].tolist() == ["row 6", "stance", 0.99]


def test_mistakes_bear_labels_without_places_and_without_stances(comparison):
    bare = dataclasses.replace(comparison.labelled, stances=None, origins=())
    table = mistakes(dataclasses.replace(comparison, labelled=bare, stances=None))
    assert len(table) == 3
    assert (table[["source", "place", "id", "true_stance", "given_stance"]] == "").all().all()


def test_mistakes_of_a_coder_that_makes_none_are_an_empty_table(comparison):
    right = dataclasses.replace(comparison, themes=comparison.labelled.themes, stances=None)
    assert mistakes(right).empty
    assert mistakes(right).columns.tolist() == list(columns.MISTAKES)
