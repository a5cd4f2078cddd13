import math

import numpy as np
import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.pairs import lift, pairs


def named(df):
    return df[[columns.THEME, columns.OTHER, columns.N, columns.BASE]].to_numpy().tolist()


def test_pairs_count_contributions_that_name_both_themes(survey, one):
    made = survey(one("funding;personnel"), one("funding"), one("personnel"), one(""))
    assert named(pairs(made.coded())) == [["funding", "personnel", 1, 4]]


def test_pairs_stand_across_the_units_of_a_contribution(survey, many):
    said = many([("Tiền ít.", "funding", "weakness", 0.9), ("Người già.", "personnel", "weakness", 0.9)])
    assert named(pairs(survey(said).coded())) == [["funding", "personnel", 1, 1]]


def test_pairs_stand_most_frequent_first(survey, one):
    made = survey(one("funding;personnel"), one("personnel;ideology"), one("personnel;ideology"))
    assert [theme for theme, *_ in named(pairs(made.coded()))] == ["personnel", "funding"]


def test_pairs_that_are_as_frequent_keep_the_order_of_the_codebook(survey, one):
    made = survey(one("personnel;ideology"), one("funding;ideology"))
    assert [theme for theme, *_ in named(pairs(made.coded()))] == ["funding", "personnel"]


def test_pairs_have_weighted_shares_and_raw_counts(survey, one):
    made = survey(one("funding;personnel"), one("funding"))
    [pair] = pairs(made.coded(weights=[3, 1])).to_dict("records")
    assert (pair[columns.N], pair[columns.BASE], pair[columns.SHARE]) == (1, 2, 0.75)


def test_pairs_of_nothing_are_an_empty_frame(survey):
    df = pairs(survey().coded())
    assert list(df.columns) == list(columns.PAIRS)
    assert pd.api.types.is_integer_dtype(df[columns.N])


def test_lift_divides_what_is_named_together_by_what_chance_gives(survey, one):
    # Both 20 of 100, either 40 and 30: 0.2 / (0.4 * 0.3) = 1.6667. Delta method on the log scale:
    # 1/0.2 - 1/0.4 - 1/0.3 - 1 + 2 * 0.2 / (0.4 * 0.3) = 1.5; sqrt(1.5 / 100) * 1.96 = 0.24005; exp = 1.2713.
    said = [one("funding;personnel")] * 20 + [one("funding")] * 20 + [one("personnel")] * 10 + [one("")] * 50
    [pair] = pairs(survey(*said).coded()).to_dict("records")
    found = [pair[name] for name in (columns.LIFT, columns.LIFT_LOW, columns.LIFT_HIGH)]
    assert found == pytest.approx([1.6667, 1.6667 / 1.2713, 1.6667 * 1.2713], abs=1e-3)


def test_lift_of_themes_that_have_no_tie_is_one_after_katz_and_others():
    # Without a tie the variance is (1 - a) (1 - b) / (a b n): here (0.5 * 0.5) / (0.5 * 0.5) / 100 = 0.01.
    named = np.repeat([[1, 1], [1, 0], [0, 1], [0, 0]], 25, axis=0)
    found = lift(named, weights=np.ones(100), clusters=np.arange(100))
    assert found == pytest.approx((1.0, math.exp(-0.195996), math.exp(0.195996)), abs=1e-5)


@pytest.mark.parametrize("absent", ["funding;personnel", "funding", "personnel", ""])
def test_lift_is_missing_where_a_cell_is_empty(absent):
    cells = {"funding;personnel": (1, 1), "funding": (1, 0), "personnel": (0, 1), "": (0, 0)}
    named = np.array([cell for themes, cell in cells.items() if themes != absent] * 5)
    assert np.isnan(lift(named, weights=np.ones(15), clusters=np.arange(15))).all()


def test_lift_takes_people_as_clusters():
    named = np.repeat([[1, 1], [1, 0], [0, 1], [0, 0]], 10, axis=0)
    once, twice = (
        lift(np.repeat(named, times, axis=0), weights=np.ones(40 * times), clusters=np.repeat(np.arange(40), times))
        for times in (1, 2)
    )
    assert once == pytest.approx(twice)


def test_lift_is_weighted():
    named = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
    weights = np.array([2.0, 2.0, 1.0, 5.0])
    assert lift(named, weights=weights, clusters=np.arange(4))[0] == pytest.approx(0.2 / (0.4 * 0.3))
