import dataclasses

import numpy as np
import pandas as pd
import pytest

from thamluan.pipeline.themes.measuring.comparison import beside, compare


@pytest.fixture
def coded():
    """Three answers, of which the second has no unit and the first has two."""
    units = pd.DataFrame(
        {
            "contribution": [1, 1, 3],
            "p_road": [0.2, 0.7, 0.1],
            "p_pay": [0.4, 0.3, 0.9],
            "evidence": ["road: đường", "road: xấu", ""],
        }
    )
    answers = pd.DataFrame(
        {
            "contribution": [1, 2, 3],
            "stance": ["bad", "", "good"],
            "road": [1, 0, 0],
            "pay": [0, 0, 1],
            "p_stance": [0.8, 0.0, 0.6],
            "needs_look": [0, 1, 1],
        }
    )
    return units, answers


@pytest.fixture
def three(make_labelled):
    return make_labelled(themes=[[1, 0], [1, 0], [0, 1]], stances=[[0, 1], [0, 0], [0, 1]])


def put(three, coded, *, knows_stances=True):
    units, answers = coded
    return beside(three, units=units, answers=answers, knows_stances=knows_stances)


def test_beside_takes_the_largest_probability_of_an_answers_units(three, coded):
    assert put(three, coded).probabilities.tolist() == [[0.7, 0.4], [0.0, 0.0], [0.1, 0.9]]


def test_beside_joins_the_evidence_of_an_answers_units(three, coded):
    assert put(three, coded).evidence == ("road: đường | road: xấu", "", "")


def test_beside_says_which_answers_are_mistaken(three, coded):
    comparison = put(three, coded)
    assert comparison.has_stance.tolist() == [True, False, True]
    assert comparison.wrong_stances.tolist() == [False, False, True]
    assert comparison.mistaken.tolist() == [False, True, True]
    assert comparison.n_mistakes.tolist() == [0, 1, 0]


@pytest.mark.parametrize("lacking", ["labels", "coder"])
def test_beside_compares_no_stances_where_one_side_has_none(three, coded, lacking):
    if lacking == "labels":
        three = dataclasses.replace(three, stances=None)
    comparison = put(three, coded, knows_stances=lacking != "coder")
    assert comparison.stances is None
    assert not comparison.wrong_stances.any()


def test_beside_takes_what_else_the_coder_tells(three, coded):
    told = put(three, coded)
    assert told.stance_probabilities.tolist() == [0.8, 0.0, 0.6]
    assert told.needs_look.tolist() == [False, True, True]


def test_compare_codes_every_answer(model, three):
    texts = ("Phụ cấp thấp.", "", "Chi bộ họp đều. Phụ cấp thấp.")
    n_themes = len(model.codebook.theme_ids)
    blank = dataclasses.replace(
        three, texts=texts, themes=np.zeros((3, n_themes), dtype=int), stances=None, codebook=model.codebook
    )
    comparison = compare(model, blank)
    assert comparison.themes.shape == comparison.probabilities.shape == (3, n_themes)
    assert not comparison.probabilities[1].any()
    funding = model.codebook.theme_ids.index("funding")
    assert comparison.themes[:, funding].tolist() == [1, 0, 1]
