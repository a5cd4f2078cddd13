import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.frequencies import group_stances, stances

unhurried = settings(deadline=None, max_examples=25)  # the first table waits for statsmodels

STANCES = ("strength", "weakness", "proposal", "neutral")
units = st.tuples(
    st.just("Tiền ít."), st.sampled_from(["", "funding", "funding;personnel"]), st.sampled_from(STANCES), st.just(0.9)
)


def counts(df, theme):
    of_theme = df[df[columns.THEME] == theme]
    return dict(zip(of_theme[columns.STANCE], of_theme[columns.N], strict=True))


def test_stances_count_contributions_that_name_the_theme(survey, one):
    made = survey(one("funding", "weakness"), one("funding", "proposal"), one("personnel", "strength"), one(""))
    df = stances(made.coded(), made.units)
    assert counts(df, "funding") == {"strength": 0, "weakness": 1, "proposal": 1, "neutral": 0}
    assert set(df.loc[df[columns.THEME] == "funding", columns.BASE]) == {2}


def test_stance_on_a_theme_is_that_of_its_own_units(survey, many):
    said = many([("Tiền ít.", "funding", "weakness", 0.9), ("Cán bộ giỏi.", "personnel", "strength", 0.9)])
    made = survey(said)
    df = stances(made.coded(), made.units)
    assert (counts(df, "funding")["weakness"], counts(df, "personnel")["strength"]) == (1, 1)


@pytest.mark.parametrize(
    ("given_stances", "main"),
    [
        (["weakness", "weakness", "strength"], "weakness"),  # most of the units
        (["strength", "weakness"], "weakness"),  # among equals the one said last
        (["weakness", "strength"], "strength"),
    ],
)
def test_mixed_contribution_takes_the_main_stance(survey, many, given_stances, main):
    made = survey(many([("Tiền ít.", "funding", stance, 0.9) for stance in given_stances]))
    found = counts(stances(made.coded(), made.units), "funding")
    assert [stance for stance, n in found.items() if n] == [main]


@unhurried
@given(st.lists(st.lists(units, min_size=1, max_size=4), min_size=1, max_size=8))
def test_shares_of_the_stances_on_a_theme_add_up_to_one(survey, many, contributions):
    made = survey(*map(many, contributions))
    weights = [1 + number % 3 for number in range(len(contributions))]
    df = stances(made.coded(weights=weights), made.units)
    totals = df[df[columns.BASE] > 0].groupby(columns.THEME)[columns.SHARE].sum()
    assert totals.tolist() == pytest.approx([1.0] * len(totals))


def test_stances_on_a_theme_that_nobody_names_are_missing(survey, one):
    made = survey(one("funding"))
    df = stances(made.coded(), made.units)
    of_theme = df[df[columns.THEME] == "ideology"]
    assert set(of_theme[columns.BASE]) == {0}
    assert of_theme[columns.SHARE].isna().all()


@pytest.mark.parametrize(("lang", "label"), [("vi", "Hạn chế"), ("en", "weakness")])
def test_stances_are_labelled_in_the_language(survey, one, lang, label):
    made = survey(one("funding"))
    df = stances(made.coded(lang=lang), made.units)
    assert set(df.loc[df[columns.STANCE] == "weakness", columns.LABEL]) == {label}


def test_stances_of_a_coder_without_them_are_an_empty_frame(survey, one):
    made = survey(one("funding", ""), one("", ""))
    df = stances(made.coded(), made.units)
    assert df.empty
    assert list(df.columns) == list(columns.STANCES)
    assert pd.api.types.is_integer_dtype(df[columns.N])


def test_stances_of_nothing_are_an_empty_frame(survey):
    made = survey()
    assert stances(made.coded(), made.units).empty


def test_stances_of_groups_are_counted_within_them(survey, one):
    by_village = {"1": ["weakness", "weakness", "proposal"], "2": ["strength"]}
    said = [one("funding", stance, cells={"Thôn": name}) for name, given in by_village.items() for stance in given]
    made = survey(*said, one("personnel", cells={"Thôn": "2"}))
    df = group_stances(made.coded(by=["Thôn"]), made.units)
    rows = df[(df[columns.GROUP] == "Thôn") & (df[columns.QUESTION] == "") & (df[columns.THEME] == "funding")]
    found = {value: counts(of_value, "funding") for value, of_value in rows.groupby(columns.VALUE)}
    assert found["1"] == {"strength": 0, "weakness": 2, "proposal": 1, "neutral": 0}
    assert found["2"] == {"strength": 1, "weakness": 0, "proposal": 0, "neutral": 0}
    assert dict(zip(rows[columns.VALUE], rows[columns.BASE], strict=True)) == {"1": 3, "2": 1}


def test_stances_of_groups_add_up_to_those_over_all(survey, one):
    given = [("A?", "1", "weakness"), ("A?", "2", "proposal"), ("B?", "1", "weakness"), ("B?", "", "strength")]
    said = [one("funding", stance, question=question, cells={"Thôn": value}) for question, value, stance in given]
    made = survey(*said)
    coded = made.coded(by=["Thôn"])
    df, overall = group_stances(coded, made.units), stances(coded, made.units)
    assert list(df.columns) == list(columns.GROUP_STANCES)
    keys = [columns.THEME, columns.STANCE]
    parted = {"questions": df[df[columns.GROUP] == ""], "values": df[df[columns.QUESTION] == ""]}
    for rows in parted.values():
        summed = rows.groupby(keys)[[columns.N, columns.BASE]].sum()
        pd.testing.assert_frame_equal(summed, overall.set_index(keys)[[columns.N, columns.BASE]].sort_index())
