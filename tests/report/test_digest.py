"""What a terminal shows."""

from dataclasses import replace

import numpy as np
import pytest

from thamluan.pipeline.report.digest import agreed, describe, digest, figures, measured
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.material.labelled import Labelled
from thamluan.pipeline.themes.measuring.agreement import agreement
from thamluan.pipeline.themes.measuring.calibration import calibration
from thamluan.pipeline.themes.measuring.evaluation import Evaluation
from thamluan.pipeline.themes.measuring.evaluation import figures as measure
from thamluan.pipeline.themes.measuring.mistakes import confusion
from thamluan.pipeline.themes.measuring.review import review


@pytest.mark.parametrize("lang", LANGUAGES)
def test_describe_shows_every_theme_and_stance(lang):
    codebook = load_codebook()
    shown = describe(codebook, lang=lang)
    for theme in codebook.themes:
        assert f"{theme.id}: {theme.label[lang]}\n    {theme.definition[lang]}\n    ≠ {theme.excludes[lang]}" in shown
    for stance in codebook.stances:
        assert f"{stance.id}: {stance.label[lang]}" in shown


def test_describe_leaves_out_what_a_theme_lacks():
    codebook = load_codebook()
    blank = {"vi": "", "en": ""}
    theme = replace(codebook.themes[0], definition=blank, excludes=blank, cues=())
    shown = describe(replace(codebook, themes=(theme,)), lang="en")
    assert shown.split("\n\n")[1] == f"{theme.id}: {theme.label['en']}"


def test_digest_ranks_themes_by_share(report):
    lines = digest(report).splitlines()
    shares = [float(line.split("%")[0].split()[-1].replace(",", ".")) for line in lines[1:]]
    assert shares == sorted(shares, reverse=True)
    assert len(shares) == len(report.codebook.themes)


def test_figures_have_a_row_a_code_and_the_means():
    table = measure(np.array([[1], [0]]), np.array([[1], [1]]), ids=["funding"], seed=0)
    assert [line.split()[0] for line in figures(table, head="theme").splitlines()] == [
        "theme",
        "funding",
        "macro",
        "weighted",
        "micro",
    ]


@pytest.fixture
def evaluation():
    """Three answers of two themes: one right, one taken for another, one given a theme that it has not."""
    truth, given = np.array([[1, 0], [1, 0], [0, 1]]), np.array([[1, 0], [0, 1], [1, 1]])
    ids = ("funding", "personnel")
    return Evaluation(
        n_answers=3,
        themes=measure(truth, given, ids=ids, seed=0),
        stances=None,
        calibration=calibration(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.7]]), truth, ids=ids),
        confusion=confusion(truth, given, ids=ids),
    )


def test_measured_shows_how_well_probabilities_fit_beside_the_figures(evaluation):
    rows = {line.split()[0]: line.split() for line in measured(evaluation).split("\n\n")[1].splitlines()}
    assert rows["theme"][-2:] == ["ECE", "Brier"]
    assert rows["funding"][-2:] == ["0.500", "0.337"]
    assert rows["micro"][-2:] == ["–", "–"]


def test_measured_shows_which_themes_are_confused(evaluation):
    *_, head, first, second = measured(evaluation).splitlines()
    assert head.split() == ["missed", ">", "given", "instead", "answers"]
    assert {first, second} == {"funding > personnel           1", "(none) > funding              1"}


def test_measured_shows_the_largest_confusions_alone(evaluation):
    ids = [f"theme_{number}" for number in range(12)]
    truth = np.eye(12, dtype=int)
    many = replace(evaluation, confusion=confusion(truth, np.roll(truth, 1, axis=1), ids=ids))
    assert measured(many).count(" > theme_") == 10


def test_measured_shows_no_confusion_where_there_is_none(evaluation):
    right = np.eye(2, dtype=int)
    assert "missed" not in measured(replace(evaluation, confusion=confusion(right, right, ids=["a", "b"])))


def test_measured_shows_what_the_coder_tells_beside_its_codes(evaluation):
    of_stance = calibration(np.array([[0.75], [0.75]]), np.array([[1], [1]]), ids=["stance"])
    marked = review(np.array([True, False, False]), np.array([1, 0, 1]), seed=0)
    shown = measured(replace(evaluation, calibration=of_stance, review=marked))
    assert "probability of the stance given: ECE 0.250, Brier 0.062" in shown
    assert "looked_at: 1/3 = 0.333 (0.000–1.000)\nmistakes_caught: 1/2 = 0.500 (0.000–1.000)" in shown


@pytest.fixture
def coders():
    """Two coders of four texts, by the default codebook; the last theme is given by nobody."""
    codebook = load_codebook()
    first, second = np.zeros((2, 4, len(codebook.themes)), dtype=int)
    first[:2, 0] = second[:3, 0] = first[3, 1] = second[3, 1] = 1
    return [Labelled(("a", "b", "c", "d"), themes, None, codebook, ()) for themes in (first, second)]


def test_agreed_shows_every_theme_with_intervals_and_counts(coders):
    found = agreement(*coders, n_only=(3, 0), seed=0)
    first, _, *lines = agreed(found).splitlines()
    assert first == "4 answers coded by both; 3 by the first alone, 0 by the second alone"
    row = next(line for line in lines if line.startswith(coders[0].codebook.theme_ids[0]))
    alpha, low, high = found.themes.iloc[0][["alpha", "alpha_low", "alpha_high"]]
    assert f"{alpha:.3f} ({low:.3f}–{high:.3f})" in row
    assert row.split()[-4:] == ["4", "2", "2", "3"]
    assert "stance" not in agreed(found)


def test_agreed_shows_a_dash_where_a_measure_has_no_meaning(coders):
    lines = agreed(agreement(*coders, seed=0)).splitlines()
    row = next(line for line in lines if line.startswith(coders[0].codebook.theme_ids[-1]))
    assert row.split()[1:7] == ["–", "(–––)"] * 3


def test_agreed_says_that_texts_differ(coders):
    coders[1] = replace(coders[1], texts=("a", "b", "c", "another"))
    assert "1 rows have the same id but another text" in agreed(agreement(*coders, seed=0))
