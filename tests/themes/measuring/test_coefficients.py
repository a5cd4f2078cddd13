"""The coefficients, against published examples, other libraries, and values worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from thamluan.pipeline.themes.measuring.coefficients import chance_corrected, masi, ratio

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": A, binary; B, nominal.
PUBLISHED = [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)]
CODES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


def coefficients(first, second, *, distances=None, weights=None):
    """Give alpha and kappa of two sequences of categories."""
    categories = sorted({*first, *second})
    numbers = [np.array([categories.index(code) for code in codes], dtype=int) for codes in (first, second)]
    apart = 1.0 - np.eye(len(categories)) if distances is None else distances
    rows = np.ones((1, len(first))) if weights is None else np.array([weights])
    alpha, kappa = chance_corrected(*numbers, distances=apart, weights=rows)
    return float(alpha[0]), float(kappa[0])


@pytest.mark.parametrize(("first", "second", "alpha"), PUBLISHED)
def test_alpha_is_that_of_krippendorffs_examples(first, second, alpha):
    assert round(coefficients(first, second)[0], 3) == alpha


@settings(deadline=None, max_examples=100)
@given(CODES)
def test_alpha_is_that_of_the_coincidence_matrix(codes):
    """Nominal alpha by Krippendorff's (2011) last formula: counts of pairs of values within units."""
    first, second = zip(*codes, strict=True)
    values = [*first, *second]
    n = len(values)
    counts = [values.count(value) for value in set(values)]
    expected_same = sum(count * (count - 1) for count in counts) / (n * (n - 1))
    observed_same = sum(one == other for one, other in codes) / len(codes)
    alpha, _ = coefficients(first, second)
    if expected_same == 1:
        assert math.isnan(alpha)
    else:
        assert alpha == pytest.approx((observed_same - expected_same) / (1 - expected_same))


@settings(deadline=None, max_examples=100)
@given(CODES.filter(lambda codes: len({code for pair in codes for code in pair}) > 1))
def test_kappa_is_that_of_scikit_learn(codes):
    first, second = zip(*codes, strict=True)
    assert coefficients(first, second)[1] == pytest.approx(cohen_kappa_score(first, second))


def test_kappa_with_distances_is_the_weighted_one_of_statsmodels():
    table = np.array([[20, 5, 1], [4, 15, 6], [2, 3, 12]])
    first, second = (np.repeat(np.indices((3, 3))[side].ravel(), table.ravel()) for side in (0, 1))
    distances = np.abs(np.subtract.outer(np.arange(3), np.arange(3))) / 2
    assert coefficients(first, second, distances=distances)[1] == pytest.approx(
        cohens_kappa(table, wt="linear", return_results=False)
    )


def test_coefficients_weigh_texts_as_often_as_they_are_drawn():
    first, second = "aabbc", "abbbc"
    drawn = "".join(code * n for code, n in zip(first, (2, 0, 1, 3, 1), strict=True))
    also = "".join(code * n for code, n in zip(second, (2, 0, 1, 3, 1), strict=True))
    weighted = coefficients(first, second, weights=(2.0, 0.0, 1.0, 3.0, 1.0))
    assert weighted == pytest.approx(coefficients(drawn, also))


def test_coefficients_have_no_meaning_where_nothing_varies():
    assert all(math.isnan(value) for value in coefficients("aaa", "aaa"))
    assert all(math.isnan(value) for value in coefficients("", "", distances=np.zeros((1, 1))))


def test_alpha_of_sets_by_hand():
    """Four texts coded {a}-{a}, {a,b}-{a}, {}-{}, {b}-{a}: distances 0, 2/3, 0, 1 (1 - 1/2 * 2/3 is 2/3).

    Observed: (0 + 2/3 + 0 + 1) / 4. Eight sets: 4 {a}, 1 {a,b}, 2 {}, 1 {b}. Of the 56 ordered pairs: {a}{ab} 8 at 2/3,
    {a}{} 16 at 1, {a}{b} 8 at 1, {ab}{} 4 at 1, {ab}{b} 2 at 2/3, {}{b} 4 at 1; the others at 0.
    """
    sets = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # {}, {b}, {a}, {a,b}
    alpha, _ = coefficients((2, 3, 0, 1), (2, 2, 0, 2), distances=masi(sets))
    expected = (8 * 2 / 3 + 16 + 8 + 4 + 2 * 2 / 3 + 4) / 56
    assert alpha == pytest.approx(1 - (5 / 3 / 4) / expected)


@pytest.mark.parametrize(
    ("one", "other", "similarity"),
    [
        ([1, 1, 0], [1, 1, 0], 1),
        ([0, 0, 0], [0, 0, 0], 1),
        ([1, 0, 0], [1, 1, 0], 1 / 2 * 2 / 3),
        ([1, 1, 1], [0, 1, 0], 1 / 3 * 2 / 3),
        ([1, 1, 0], [0, 1, 1], 1 / 3 * 1 / 3),
        ([1, 0, 0], [0, 1, 1], 0),
        ([0, 0, 0], [0, 1, 1], 0),
    ],
)
def test_masi_is_that_of_passonneau(one, other, similarity):
    distances = masi(np.array([one, other]))
    assert distances[0, 1] == distances[1, 0] == pytest.approx(1 - similarity)
    assert distances[0, 0] == distances[1, 1] == 0


def test_ratio_of_nothing_is_no_number():
    assert np.isnan(ratio(np.array([0.0]), np.array([0.0]))).all()
