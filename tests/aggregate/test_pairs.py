import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.pairs import pairs


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
