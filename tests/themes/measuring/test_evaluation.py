import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.text import as_contributions
from thamluan.pipeline.themes.codebooks.codebook import AVERAGES
from thamluan.pipeline.themes.cues import CueCoder
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.measuring.comparison import Comparison, compare
from thamluan.pipeline.themes.measuring.evaluation import (
    FIGURES,
    MACRO,
    MICRO,
    WEIGHTED,
    Evaluation,
    evaluate,
    figures,
    measure_codes,
)

DEV = CORPORA / "labelled" / "answers_dev.jsonl"
REAL_DEV = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "labelled" / "real_dev.jsonl"
LOWEST_F1 = {DEV: {"themes": 0.60, "stances": 0.60}, REAL_DEV: {"themes": 0.70}}
ROWS = st.lists(st.tuples(*[st.integers(0, 1)] * 6), min_size=1, max_size=25).map(np.array)
IDS = ("a", "b", "c")


@pytest.fixture(scope="module")
def some(labelled):
    """The first forty labelled answers."""
    return first(labelled, 40)


def first(labelled, n_texts):
    return labelled.only(range(n_texts))


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_figures_are_those_of_scikit_learn(rows):
    truth, given_codes = rows[:, :3], rows[:, 3:]
    table = figures(truth, given_codes, ids=IDS, seed=0)
    in_use = np.flatnonzero((truth | given_codes).any(axis=0))
    for name, average, labels in (
        ("each", None, [0, 1, 2]),
        (MACRO, "macro", in_use),
        (WEIGHTED, "weighted", [0, 1, 2]),
        (MICRO, "micro", in_use),
    ):
        found = table.loc[list(IDS) if name == "each" else name, list(FIGURES[:3])].to_numpy(dtype=float).T
        if len(labels):
            expected = precision_recall_fscore_support(
                truth, given_codes, labels=labels, average=average, zero_division=0
            )
            np.testing.assert_allclose(found, np.array(expected[:3], dtype=float))
        else:
            assert not found.any()
    assert table["support"].tolist() == [*truth.sum(axis=0), *[truth.sum()] * 3]


@settings(deadline=None, max_examples=50)
@given(ROWS)
def test_figures_bound_f1_between_0_and_1(rows):
    table = figures(rows[:, :3], rows[:, 3:], ids=IDS, seed=0)
    assert (table["low"] <= table["high"]).all()
    assert table[["low", "high"]].stack().between(0, 1).all()


def test_figures_bound_f1_round_its_value():
    truth = np.random.default_rng(0).integers(0, 2, (200, 3))
    wrong = np.random.default_rng(1).random(truth.shape) < 0.2
    table = figures(truth, np.where(wrong, 1 - truth, truth), ids=IDS, seed=0)
    assert (table["low"] < table["f1"]).all()
    assert (table["f1"] < table["high"]).all()


def test_figures_bound_perfect_codes_by_1():
    truth = np.eye(3, dtype=int)[[0, 1, 2] * 20]
    assert (figures(truth, truth, ids=IDS, seed=0)[["precision", "recall", "f1", "low", "high"]] == 1).all().all()


def test_figures_with_a_seed_are_the_same():
    rows = np.random.default_rng(0).integers(0, 2, (50, 6))
    first, second, other = (figures(rows[:, :3], rows[:, 3:], ids=IDS, seed=seed) for seed in (1, 1, 2))
    assert first.equals(second)
    assert not first.equals(other)


def test_figures_of_no_answers_are_0():
    none = np.zeros((0, 3), dtype=int)
    table = figures(none, none, ids=IDS, seed=0)
    assert table.index.tolist() == [*IDS, *AVERAGES]
    assert not table.to_numpy().any()


def test_macro_leaves_out_codes_that_nobody_gave():
    truth, given_codes = np.array([[1, 0, 0]] * 4), np.array([[1, 0, 0]] * 4)
    assert figures(truth, given_codes, ids=IDS, seed=0).loc[MACRO, "f1"] == 1


def test_evaluation_as_dict_is_json(model, some):
    evaluation = evaluate(model, some)
    content = evaluation.as_dict()
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    assert list(content["themes"]) == [*model.codebook.theme_ids, *AVERAGES]
    assert content["themes"][MACRO]["f1"] == round(evaluation.themes.loc[MACRO, "f1"], 4)


def test_evaluate_gives_the_same_twice(model, some):
    assert evaluate(model, some).as_dict() == evaluate(model, some).as_dict()


def test_evaluate_bears_no_answers(model, labelled):
    evaluation = evaluate(model, first(labelled, 0))
    assert evaluation.n_answers == 0
    assert json.dumps(evaluation.as_dict(), allow_nan=False)


def test_evaluate_compares_stances_where_people_gave_one(model, some):
    stances = some.stances.copy()
    stances[10:] = 0
    blank = evaluate(model, dataclasses.replace(some, stances=stances))
    assert blank.stances.equals(evaluate(model, first(some, 10)).stances)
    assert blank.themes.equals(evaluate(model, some).themes)


@pytest.mark.parametrize("lacking", ["labels", "model"])
def test_evaluate_gives_no_stances_where_one_side_knows_none(model, some, lacking):
    if lacking == "labels":
        evaluation = evaluate(model, dataclasses.replace(some, stances=None))
    else:
        evaluation = evaluate(dataclasses.replace(model, stances=()), some)
    assert evaluation.stances is None
    assert "stances" not in evaluation.as_dict()


def test_weighted_f1_counts_a_code_by_its_support():
    truth, given_codes = np.array([[1, 0]] * 3 + [[0, 1]]), np.array([[1, 0]] * 4)
    assert figures(truth, given_codes, ids=IDS[:2], seed=0).loc[WEIGHTED, "f1"] == pytest.approx(6 / 7 * 3 / 4)


def test_evaluate_measures_a_model_of_exactly_one_theme(single_model, some):
    comparison = compare(single_model, some)
    assert (comparison.themes.sum(axis=1) == 1).all()
    assert comparison.probabilities.sum(axis=1) == pytest.approx(1)
    assert measure_codes(comparison).themes.loc[MICRO, "f1"] > 0.2


def test_evaluate_measures_the_largest_probability_of_an_answers_units(model, some):
    comparison = compare(model, some)
    calibrated = evaluate(model, some).calibration
    theme = some.codebook.theme_ids[0]
    squares = (comparison.probabilities[:, 0] - some.themes[:, 0]) ** 2
    assert calibrated.loc[theme, "brier"] == pytest.approx(squares.mean())
    assert calibrated.loc[MACRO, "ece"] == pytest.approx(calibrated.loc[list(some.codebook.theme_ids), "ece"].mean())


@pytest.fixture
def told(make_labelled):
    """Four answers with the probability of their stance and the mark of a coder that tells both."""
    labelled = make_labelled(themes=[[1, 0], [1, 0], [0, 1], [0, 1]], stances=[[1, 0], [1, 0], [0, 1], [0, 0]])
    return Comparison(
        labelled=labelled,
        themes=np.array([[1, 0], [0, 0], [0, 1], [0, 1]]),
        probabilities=np.full((4, 2), 0.5),
        evidence=("",) * 4,
        stances=np.array([[1, 0], [0, 1], [0, 1], [0, 1]]),
        stance_probabilities=np.array([0.95, 0.65, 0.85, 0.5]),
        needs_look=np.array([False, True, False, True]),
    )


def test_measure_codes_measures_the_probability_of_the_stance_given(told):
    calibrated = measure_codes(told).calibration
    assert calibrated.loc["stance", "ece"] == pytest.approx((0.05 + 0.65 + 0.15) / 3)
    assert calibrated.loc["stance", "brier"] == pytest.approx((0.05**2 + 0.65**2 + 0.15**2) / 3)


def test_measure_codes_counts_what_the_marked_answers_hold(told):
    review = measure_codes(told).review
    assert review[["n", "base", "share"]].to_numpy().tolist() == [[2, 4, 0.5], [1, 1, 1.0]]


def test_evaluate_says_nothing_of_what_a_coder_does_not_tell(model, some):
    without = dataclasses.replace(compare(model, some), stance_probabilities=None, needs_look=None)
    content = measure_codes(without).as_dict()
    assert "review" not in content
    assert "stance" not in content["calibration"]


def test_evaluation_as_dict_holds_every_pair_of_themes_that_was_confused(model, some):
    evaluation = evaluate(model, dataclasses.replace(some, themes=np.roll(some.themes, 1, axis=1)))
    confused = evaluation.as_dict()["confusion"]
    assert sum(pair["n"] for pair in confused) == evaluation.confusion.to_numpy().sum() > 0
    assert [pair["n"] for pair in confused] == sorted((pair["n"] for pair in confused), reverse=True)


def test_evaluate_measures_cues_too(model, some):
    evaluation = evaluate(CueCoder(some.codebook, model), some)
    assert isinstance(evaluation, Evaluation)
    assert evaluation.themes.loc[MICRO, "f1"] > 0.2


def test_as_contributions_numbers_the_texts():
    assert as_contributions(["a", ""])[["contribution", "text"]].to_numpy().tolist() == [[1, "a"], [2, ""]]


@pytest.mark.slow
@pytest.mark.parametrize("path", LOWEST_F1, ids=lambda path: path.stem)
def test_shipped_model_does_as_well_as_it_says(shipped, path):
    if not path.exists():
        pytest.skip(f"needs {path.name} in ../shared/data/labelled")
    held_out = read_labelled([path], where=LabelledColumns(), codebook=shipped.codebook)
    measured = evaluate(shipped, held_out, seed=DEFAULT_SEED).as_dict()
    for name, lowest in LOWEST_F1[path].items():
        assert measured[name][MACRO]["f1"] >= lowest
    [said] = [said for said in shipped.facts["measured_on"] if said["files"][0]["file"] == path.name]
    assert said == {"files": list(held_out.files), **measured}
