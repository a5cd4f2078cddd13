import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.report import charts

shares = st.floats(min_value=0, max_value=1)


def percent(length):
    return float(length.removesuffix("%"))


@given(st.lists(shares, max_size=40))
def test_axis_holds_every_share(highs):
    axis = charts.axis(highs)
    assert all(high <= axis.end for high in highs)


@pytest.mark.parametrize("pair", charts.AXES)
def test_axis_ticks_run_from_zero_to_the_end(pair):
    ticks = charts.Axis(*pair).ticks
    assert (ticks[0], ticks[-1]) == (0, pair[0])


def test_axis_without_shares_is_full():
    assert charts.axis([math.nan]).end == 1.0


def test_bar_of_a_missing_share_is_none():
    assert charts.bar(math.nan, math.nan, math.nan, on=charts.FULL_AXIS) is None


@given(shares, shares)
def test_bar_never_leaves_the_chart(share, high):
    bar = charts.bar(share, 0.0, high, on=charts.Axis(0.3, 0.1))
    assert 0 <= percent(bar.width) <= 100
    assert 0 <= percent(bar.high) <= 100


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=8))
def test_stack_fills_the_width_without_gaps(parts):
    segments = charts.stack(parts)
    assert len(segments) == sum(part > 0 for part in parts)
    end = 0.0
    for segment in segments:
        assert percent(segment.start) == pytest.approx(end, abs=0.05)
        end = percent(segment.start) + percent(segment.width)
    assert not segments or end == pytest.approx(100, abs=0.05)
