from itertools import product
from math import comb, prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.contingency import association

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.comparisons import (
    adjust,
    adjusted_residuals,
    comparisons,
    independence,
    residual_bound,
)

unhurried = settings(deadline=None, max_examples=25)  # the first table waits for statsmodels

PARTIES = np.array([[762, 484], [327, 239], [468, 477]])  # Agresti (2007), table 2.5, as in R's ?chisq.test
TEA = np.array([[3, 1], [1, 3]])  # Agresti (2002), p. 92, as in R's ?fisher.test
WHALES = np.array([[8, 2], [1, 5]])  # SciPy's documentation of fisher_exact


def exact(table):
    """Enumerate all tables of the same margins: the p-value of Fisher's test of values by two columns."""
    sizes, n_named = table.sum(axis=1), table[:, 0].sum()
    tables = [named for named in product(*(range(size + 1) for size in sizes)) if sum(named) == n_named]
    chance = {named: prod(map(comb, map(int, sizes), named)) / comb(int(sizes.sum()), int(n_named)) for named in tables}
    seen = chance[tuple(table[:, 0])]
    return sum(each for each in chance.values() if each <= seen * (1 + 1e-9))


def test_chi_square_is_that_of_r():
    found = independence(PARTIES, seed=0)
    assert (found.name, round(found.statistic, 2)) == ("chi2", 30.07)
    assert found.p == pytest.approx(2.954e-07, rel=1e-3)


def test_adjusted_residuals_are_those_of_r():
    assert adjusted_residuals(PARTIES) == pytest.approx([4.5020535, 0.6994517, -5.3159455])


@pytest.mark.parametrize(("table", "p"), [(TEA, 0.4857), (WHALES, 0.03497)])
def test_fisher_is_as_published(table, p):
    found = independence(table, seed=0)
    assert found.name == "fisher"
    assert found.p == pytest.approx(p, rel=1e-3)
    assert np.isnan(found.statistic)


@pytest.mark.parametrize("table", [[[3, 9], [1, 11], [7, 5]], [[0, 8], [2, 6], [5, 3], [1, 7]]])
def test_fisher_of_several_values_is_near_the_exact_one(table):
    p = exact(np.array(table))
    error = 3 * np.sqrt(p * (1 - p) / 9999)
    assert independence(np.array(table), seed=0).p == pytest.approx(p, abs=error)


@pytest.mark.parametrize("table", [[[1, 0], [0, 1], [1, 1]], [[0.4, 0.3], [0.3, 0.4], [0.2, 0.4]]])
def test_fisher_of_a_handful_finds_nothing(table):
    """Of values with one person each, and of effective counts that round to none, nothing can be told."""
    found = independence(np.array(table, dtype=float), seed=0)
    assert (found.name, found.p) == ("fisher", 1.0)


def test_fisher_of_several_values_is_the_same_for_the_same_seed():
    table = np.array([[3, 9], [1, 11], [7, 5]])
    assert independence(table, seed=3) == pytest.approx(independence(table, seed=3), nan_ok=True)


@pytest.mark.parametrize(("least", "name"), [(10, "chi2"), (9, "fisher")])
def test_chi_square_needs_five_expected_in_every_cell(least, name):
    # Of two equal values, half of what is named is expected in each.
    assert independence(np.array([[least, 50 - least], [0, 50]]), seed=0).name == name


@pytest.mark.parametrize("table", [[[5, 0], [5, 0]], [[0, 5], [0, 5]], [[3, 4]], np.zeros((0, 2))])
def test_nothing_to_compare_is_no_test(table):
    found = independence(np.array(table), seed=0)
    assert (found.name, np.isnan(found.p), np.isnan(found.v)) == ("", True, True)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=2, max_size=6))
@unhurried
def test_strength_is_that_of_scipy(table):
    counts = np.array(table)
    assert independence(counts, seed=0).v == pytest.approx(association(counts, method="cramer"), abs=1e-9)


def test_adjustment_is_that_of_benjamini_and_hochberg():
    # Their example of 15 p-values (1995, section 3.2), of which the four smallest hold. 0.0095 * 15 / 4 = 0.035625;
    # 0.0201 * 15 / 5 = 0.0603.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    q = adjust([*p, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])
    assert (q <= 0.05).sum() == 4
    assert (q[3], q[4], q[-1]) == (pytest.approx(0.035625), pytest.approx(0.0603), 1.0)


def test_what_was_no_test_does_not_count_among_the_tests():
    assert adjust([np.nan, 0.02, np.nan, 0.04])[[1, 3]] == pytest.approx([0.04, 0.04])


@pytest.mark.parametrize(("n_values", "bound"), [(2, 1.95996), (3, 2.39398), (10, 2.80703)])
def test_residual_bound_grows_with_the_values(n_values, bound):
    assert residual_bound(n_values) == pytest.approx(bound, abs=1e-5)


@pytest.fixture(scope="session")
def villages(survey, one):
    """Make a survey of (themes, village) each so many times; a person may say the same more than once."""

    def make(*rows, times=1, by=("Thôn",), min_base=1, weights=None):
        said = [
            one(themes, cells={"Thôn": value}, person=f"{place}.{number}")
            for place, (themes, value, n) in enumerate(rows)
            for number in range(n)
            for _ in range(times)
        ]
        made = survey(*said).coded(by=by, min_base=min_base, weights=weights)
        compared, residuals = comparisons(made, seed=0)
        return compared.set_index(columns.THEME), residuals.set_index([columns.THEME, columns.VALUE])

    return make


APART = (("funding", "A", 30), ("", "A", 10), ("funding", "B", 20), ("", "B", 20), ("", "C", 40))


def test_comparisons_test_each_theme_over_the_values(villages):
    compared, _ = villages(("funding", "A", 30), ("", "A", 10), ("funding", "B", 20), ("", "B", 20))
    row = compared.loc["funding"]
    # (30 * 20 - 10 * 20)**2 * 80 / (40 * 40 * 50 * 30) = 5.3333; V = sqrt(5.3333 / 80).
    assert (row[columns.N], row[columns.TEST], round(row[columns.STATISTIC], 4)) == (50, "chi2", 5.3333)
    assert (round(row[columns.P], 4), round(row[columns.V], 4), row[columns.HOLDS]) == (0.0209, 0.2582, 1)


def test_themes_that_nobody_or_everybody_names_are_not_tested(villages):
    compared, residuals = villages(*APART)
    assert compared.loc["ideology", columns.TEST] == ""
    assert compared.loc["ideology", [columns.P, columns.Q, columns.V]].isna().all()
    assert residuals.loc["ideology", columns.HOLDS].sum() == 0


def test_residuals_compare_each_value_with_all_others(villages):
    _, residuals = villages(*APART)
    row = residuals.loc[("funding", "B")]
    assert (row[columns.N], row[columns.BASE], row[columns.SHARE], row[columns.REST]) == (20, 40, 0.5, 0.375)
    # Expected 50 / 3; sqrt(50 / 3 * (1 - 40 / 120) * (1 - 50 / 120)) = 2.5459.
    assert row[columns.RESIDUAL] == pytest.approx((20 - 50 / 3) / 2.5459, abs=1e-4)


def test_values_stand_out_only_beyond_the_bound(villages):
    _, residuals = villages(*APART)
    assert residuals.loc["funding", columns.HOLDS].to_dict() == {"A": 1, "B": 0, "C": 1}


def test_values_stand_out_only_where_the_comparison_holds(villages):
    compared, residuals = villages(("funding", "A", 12), ("", "A", 8), ("funding", "B", 8), ("", "B", 12))
    assert compared.loc["funding", columns.HOLDS] == 0
    assert residuals[columns.HOLDS].sum() == 0


def test_all_tests_of_a_run_are_adjusted_together(survey, one):
    said = [one("funding", cells={"Thôn": "A", "Vai": "x"})] * 30 + [one("", cells={"Thôn": "B", "Vai": "x"})] * 30
    said += [one("personnel", cells={"Thôn": "A", "Vai": "y"})] * 5 + [one("", cells={"Thôn": "B", "Vai": "y"})] * 5
    compared, _ = comparisons(survey(*said).coded(by=["Thôn", "Vai"]), seed=0)
    tested = compared[compared[columns.TEST] != ""]
    assert len(tested) == 4
    assert tested[columns.Q].tolist() == pytest.approx(adjust(tested[columns.P].tolist()))


def test_people_who_say_the_same_twice_are_not_twice_as_many(villages):
    rows = (("funding", "A", 24), ("", "A", 16), ("funding", "B", 16), ("", "B", 24))
    once, twice = (villages(*rows, times=times)[0].loc["funding"] for times in (1, 2))
    assert once[columns.STATISTIC] == pytest.approx(3.2)
    assert 0.9 * 3.2 < twice[columns.STATISTIC] < 3.2  # 6.4, and a difference, if answers were independent
    assert twice[columns.HOLDS] == 0


def test_equal_weights_change_nothing(villages):
    plain, weighted = (villages(*APART, weights=weights)[0] for weights in (None, [2.5] * 120))
    pd.testing.assert_frame_equal(plain, weighted)


def test_unequal_weights_cost_certainty(villages):
    rows = (("funding", "A", 24), ("", "A", 16), ("funding", "B", 16), ("", "B", 24))
    weights = [1, 3] * 40
    plain, weighted = (villages(*rows, weights=each)[0].loc["funding"] for each in (None, weights))
    # Every cell holds as many of weight 1 as of weight 3, so only the bases change: by (1 + 3)**2 / 2 / (1 + 9) = 0.8.
    assert weighted[columns.STATISTIC] == pytest.approx(0.8 * plain[columns.STATISTIC])
    assert weighted[columns.V] == pytest.approx(plain[columns.V])


def test_the_order_of_rows_changes_nothing(villages):
    one_way, other_way = (villages(*rows)[0].loc["funding"] for rows in (APART, APART[::-1]))
    pd.testing.assert_series_equal(one_way, other_way)


@pytest.mark.parametrize("value", ["", " "])
def test_people_who_did_not_state_their_value_are_not_compared(villages, value):
    plain, _ = villages(*APART)
    with_others, residuals = villages(*APART, ("funding", value, 40))
    pd.testing.assert_frame_equal(plain, with_others)
    assert "(not stated)" not in residuals.index.get_level_values(columns.VALUE)


def test_speeches_are_not_compared(survey, one):
    said = [one("funding", cells={"Thôn": "A"})] * 10 + [one("", cells={"Thôn": "B"})] * 10
    speeches = [one("personnel", question="", paragraph=1)] * 10
    _, residuals = comparisons(survey(*said, *speeches).coded(by=["Thôn"]), seed=0)
    assert residuals[columns.VALUE].unique().tolist() == ["A", "B"]


def test_small_values_are_compared_as_merged(villages):
    _, residuals = villages(*APART, ("funding", "D", 3), ("", "E", 3), min_base=5)
    assert residuals.loc["funding"].index.tolist() == ["A", "B", "C", "(other small groups)"]
    assert residuals.loc[("funding", "(other small groups)"), columns.BASE] == 6


def test_comparisons_of_nothing_are_empty_frames(survey):
    compared, residuals = comparisons(survey().coded(), seed=0)
    assert list(compared.columns) == list(columns.COMPARISONS)
    assert list(residuals.columns) == list(columns.RESIDUALS)
    assert pd.api.types.is_integer_dtype(compared[columns.HOLDS])


@pytest.mark.slow
def test_chance_alone_is_seldom_called_a_difference(survey, one):
    # 60 surveys of 4 villages that do not differ, two answers of a person alike; the bound is 5%.
    generator, n_runs, called = np.random.default_rng(1), 60, 0
    for _ in range(n_runs):
        said = []
        for person in range(60):
            themes = ";".join(theme for theme in ("funding", "personnel") if generator.random() < 0.4)
            said += [one(themes, person=str(person), cells={"Thôn": "ABCD"[person % 4]})] * 2
        compared, _ = comparisons(survey(*said).coded(by=["Thôn"]), seed=0)
        called += compared[columns.HOLDS].any()
    assert called / n_runs <= 0.1
