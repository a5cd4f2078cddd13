import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from thamluan.pipeline.themes.measuring.calibration import CALIBRATION, brier_score, calibration, calibration_error

TOLD = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=40)


def split(told):
    probabilities, outcomes = zip(*told, strict=True)
    return np.array(probabilities), np.array(outcomes)


@settings(deadline=None, max_examples=100)
@given(TOLD)
def test_calibration_error_is_the_weighted_mean_over_ten_bins(told):
    probabilities, outcomes = split(told)
    expected = 0.0
    for number in range(10):
        low, high = number, number + 1
        inside = [(p * 10 >= low and p * 10 < high) or (number == 9 and p == 1) for p in probabilities]
        if any(inside):
            expected += sum(inside) / len(told) * abs(probabilities[inside].mean() - outcomes[inside].mean())
    assert calibration_error(probabilities, outcomes) == pytest.approx(expected)


@settings(deadline=None, max_examples=50)
@given(TOLD)
def test_brier_score_is_that_of_scikit_learn(told):
    probabilities, outcomes = split(told)
    assert brier_score(probabilities, outcomes) == pytest.approx(
        brier_score_loss(outcomes, probabilities, labels=[0, 1])
    )


def test_calibration_error_by_hand():
    # Bin 0.6 to 0.7: mean 0.65, half came true; bin 0.9 to 1: mean 0.95, all came true.
    probabilities, outcomes = np.array([0.62, 0.68, 0.9, 1.0]), np.array([1, 0, 1, 1])
    assert calibration_error(probabilities, outcomes) == pytest.approx((2 * 0.15 + 2 * 0.05) / 4)


def test_calibration_error_of_true_probabilities_is_small():
    random = np.random.default_rng(0)
    probabilities = random.random(20_000)
    outcomes = (random.random(20_000) < probabilities).astype(int)
    assert calibration_error(probabilities, outcomes) < 0.02
    assert calibration_error(probabilities**3, outcomes) > 0.2


def test_a_bound_belongs_to_the_bin_above_it():
    # Together in one bin they would cancel out.
    assert calibration_error(np.array([0.3, 0.31]), np.array([1, 0])) == pytest.approx((0.7 - 0.31) / 2)
    assert calibration_error(np.array([0.29, 0.3]), np.array([0, 1])) == pytest.approx((0.29 + 0.7) / 2)


def test_calibration_has_a_row_a_code():
    table = calibration(np.array([[1.0, 0.5]] * 3), np.array([[1, 0]] * 3), ids=["road", "pay"])
    assert table.columns.tolist() == list(CALIBRATION)
    assert table.loc["road"].tolist() == [0.0, 0.0]
    assert table.loc["pay"].tolist() == [0.5, 0.25]


def test_calibration_of_no_answers_is_0():
    none = np.zeros((0, 2))
    assert not calibration(none, none, ids=["road", "pay"]).to_numpy().any()
