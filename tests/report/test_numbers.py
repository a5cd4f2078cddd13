import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.report import numbers
from thamluan.pipeline.settings import LANGUAGES


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [(0.305, "30,5%", "30.5%"), (0.0, "0,0%", "0.0%"), (1.0, "100,0%", "100.0%"), (math.nan, "–", "–")],
)
def test_percent_follows_the_language(share, vi, en):
    assert numbers.percent(share, lang="vi") == vi
    assert numbers.percent(share, lang="en") == en


def test_percent_has_no_negative_zero():
    assert numbers.percent(-1e-9, lang="vi") == "0,0%"


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(LANGUAGES))
def test_count_without_its_marks_is_the_number(n, lang):
    assert int(numbers.count(n, lang=lang).replace(numbers.MARKS[lang][0], "")) == n


@given(st.floats(min_value=0, max_value=1), st.sampled_from(LANGUAGES))
def test_percent_reads_back_as_the_share(share, lang):
    text = numbers.percent(share, lang=lang)
    read = float(text.removesuffix("%").replace(numbers.MARKS[lang][1], "."))
    assert read == pytest.approx(share * 100, abs=0.0501)


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_interval_holds_the_ends_as_percent_writes_them(low, high):
    text = numbers.interval(low, high, lang="en")
    assert text == f"{numbers.percent(low, lang='en').removesuffix('%')}–{numbers.percent(high, lang='en')}"


@given(st.floats(min_value=0, max_value=1e9), st.sampled_from(LANGUAGES))
def test_languages_differ_only_in_their_marks(number, lang):
    swapped = numbers.decimal(number, 2, lang="en").translate(str.maketrans(",.", ".,"))
    assert numbers.decimal(number, 2, lang="vi") == swapped


def test_missing_interval_is_a_dash():
    assert numbers.interval(math.nan, math.nan, lang="vi") == "–"
