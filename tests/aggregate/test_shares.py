import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.shares import Share, as_frame, shares

unhurried = settings(deadline=None)  # the first table waits for statsmodels

tables = st.lists(
    st.tuples(st.integers(0, 1), st.floats(0.01, 100)),
    min_size=1,
    max_size=30,
)


def share_of(n, base):
    present = np.arange(base).reshape(-1, 1) < n
    [share] = shares(present.astype(int), weights=np.ones(base))
    return share


def weighted(rows, factor=1.0):
    present, weights = zip(*rows, strict=True)
    [share] = shares(np.array(present).reshape(-1, 1), weights=np.array(weights) * factor)
    return share


@pytest.mark.parametrize(
    ("n", "base", "low", "high"),
    [
        # Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_shares_have_published_intervals(n, base, low, high):
    share = share_of(n, base)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


@unhurried
@given(st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_shares_have_the_intervals_of_scipy(counts):
    n, base = counts
    share = share_of(n, base)
    expected = binomtest(n, base).proportion_ci(method="wilson")
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(("n", "base", "share"), [(0, 4, 0.0), (1, 4, 0.25), (4, 4, 1.0)])
def test_shares_divide_count_by_base(n, base, share):
    assert share_of(n, base).share == share


@unhurried
@given(tables)
def test_shares_lie_in_their_interval(rows):
    share = weighted(rows)
    assert 0 <= share.low <= share.share + 1e-9
    assert share.share - 1e-9 <= share.high <= 1


@unhurried
@given(tables)
def test_shares_count_rows_whatever_they_weigh(rows):
    share = weighted(rows)
    assert (share.n, share.base) == (sum(present for present, _ in rows), len(rows))


@unhurried
@given(tables, st.floats(1e-6, 1e6))
def test_shares_do_not_change_when_weights_are_scaled(rows, factor):
    assert weighted(rows, factor).as_row() == pytest.approx(weighted(rows).as_row())


@pytest.mark.parametrize("weight", [1.0, 0.5, 1e-200, 1e200])
def test_shares_with_equal_weights_are_those_without(weight):
    share = weighted([(1, weight), (1, weight), (0, weight), (0, weight)])
    assert share.as_row() == pytest.approx(share_of(2, 4).as_row())


def test_shares_with_weights_take_the_effective_base():
    # Share (1 + 2) / 4; effective base 4² / (1 + 1 + 4) = 2.667 (Kish 1965).
    share = weighted([(1, 1.0), (0, 1.0), (1, 2.0)])
    assert share.share == 0.75
    assert (round(share.low, 3), round(share.high, 3)) == (0.239, 0.966)


def test_shares_leave_out_what_weighs_nothing():
    without = weighted([(1, 1.0), (0, 1.0)])
    share = weighted([(1, 1.0), (0, 1.0), (1, 0.0)])
    assert (share.share, share.low, share.high) == (without.share, without.low, without.high)


def test_shares_of_no_rows_are_missing():
    [share] = shares(np.zeros((0, 1), dtype=int), weights=np.zeros(0))
    assert (share.n, share.base) == (0, 0)
    assert np.isnan([share.share, share.low, share.high]).all()


def test_shares_are_missing_where_all_weigh_nothing():
    share = weighted([(1, 0.0), (0, 0.0)])
    assert (share.n, share.base) == (1, 2)
    assert np.isnan([share.share, share.low, share.high]).all()


def test_shares_give_one_for_each_column():
    both = shares(np.array([[1, 0], [1, 1]]), weights=np.ones(2))
    assert [share.n for share in both] == [2, 1]


@pytest.mark.parametrize("rows", [[], [("funding", "weakness", "Hạn chế", *Share(1, 2, 0.5, 0.1, 0.9).as_row())]])
def test_frame_has_the_same_types_with_and_without_rows(rows):
    df = as_frame(rows, columns.STANCES)
    assert list(df.columns) == list(columns.STANCES)
    assert all(pd.api.types.is_integer_dtype(df[name]) for name in (columns.N, columns.BASE))
    assert all(pd.api.types.is_float_dtype(df[name]) for name in (columns.SHARE, columns.LOW, columns.HIGH))
