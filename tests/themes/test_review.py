import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from thamluan.pipeline.themes.review import LOOKED_AT, MISTAKES_CAUGHT, review

MARKED = np.array([True] * 20 + [False] * 80)
MISTAKEN = np.array([True] * 12 + [False] * 80 + [True] * 8)


def test_review_counts_the_answers_marked_and_their_mistakes():
    table = review(MARKED, MISTAKEN)
    assert table.loc[LOOKED_AT, ["n", "base", "share"]].tolist() == [20, 100, 0.2]
    assert table.loc[MISTAKES_CAUGHT, ["n", "base", "share"]].tolist() == [12, 20, 0.6]


def test_review_bounds_the_shares_after_wilson():
    table = review(MARKED, MISTAKEN)
    expected = proportion_confint(12, 20, method="wilson")
    assert table.loc[MISTAKES_CAUGHT, ["low", "high"]].tolist() == pytest.approx(expected)


def test_review_without_mistakes_knows_no_share_of_them():
    table = review(MARKED, np.zeros(100, dtype=bool))
    assert table.loc[MISTAKES_CAUGHT, ["n", "base"]].tolist() == [0, 0]
    assert table.loc[MISTAKES_CAUGHT, ["share", "low", "high"]].isna().all()
