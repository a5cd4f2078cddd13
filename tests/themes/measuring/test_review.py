import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from thamluan.pipeline.themes.measuring.review import LOOKED_AT, MISTAKES_CAUGHT, review

MARKED = np.array([True] * 20 + [False] * 80)
N_MISTAKES = np.array([1] * 11 + [3] + [0] * 80 + [1] * 6 + [2] * 2)


def test_review_counts_the_answers_marked_and_their_mistakes():
    table = review(MARKED, N_MISTAKES, seed=0)
    assert table.loc[LOOKED_AT, ["n", "base", "share"]].tolist() == [20, 100, 0.2]
    assert table.loc[MISTAKES_CAUGHT, ["n", "base"]].tolist() == [14, 24]
    assert table.loc[MISTAKES_CAUGHT, "share"] == pytest.approx(14 / 24)


def test_review_bounds_of_a_plain_share_are_near_those_of_wilson():
    expected = proportion_confint(20, 100, method="wilson")
    assert review(MARKED, N_MISTAKES, seed=0).loc[LOOKED_AT, ["low", "high"]].tolist() == pytest.approx(
        expected, abs=0.02
    )


def test_review_of_mistakes_in_one_answer_is_unsure():
    one = np.where(np.arange(100) == 3, 5, 0)
    table = review(MARKED, one, seed=0)
    assert table.loc[MISTAKES_CAUGHT, ["n", "base", "share"]].tolist() == [5, 5, 1.0]


def test_review_without_mistakes_knows_no_share_of_them():
    table = review(MARKED, np.zeros(100, dtype=int), seed=0)
    assert table.loc[MISTAKES_CAUGHT, ["n", "base"]].tolist() == [0, 0]
    assert table.loc[MISTAKES_CAUGHT, ["share", "low", "high"]].isna().all()
