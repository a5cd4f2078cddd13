import dataclasses

import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.report.card import card
from thamluan.pipeline.themes.learning.training import measure


@pytest.fixture(scope="module")
def measured(model, labelled):
    return measure(model, [labelled])


def test_card_names_the_codebook(model):
    shown = card(model)
    assert shown.startswith(f"# {model.codebook.title['en']}\n")
    assert f"`{model.codebook.id}`, version {model.codebook.version}" in shown


def test_card_says_how_many_themes_a_text_gets(model, single_model):
    assert "any number of themes a text, and one stance." in card(model)
    assert "exactly one theme a text, and one stance." in card(single_model)
    assert "any number of themes a text.\n" in card(dataclasses.replace(model, stances=()))


def test_card_names_the_files_that_it_was_made_of(model):
    for file in model.facts["trained_on"]["files"]:
        assert f"| {file['file']} | {file['rows']} | `{file['sha256'][:12]}` |" in card(model)


def test_card_shows_every_figure_that_was_measured(measured):
    [facts] = measured.facts["measured_on"]
    shown = card(measured)
    for id, row in (facts["themes"] | facts["stances"]).items():
        assert f"| {id} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |" in shown
    for id, row in facts["calibration"].items():
        if id != columns.STANCE:
            assert f"| {facts['themes'][id]['support']} | {row['ece']:.3f} | {row['brier']:.3f} |" in shown
    assert f"| weighted | {facts['themes']['weighted']['precision']:.3f} |" in shown
    assert "## Measured on answers_train_AA.jsonl" in shown


def test_card_has_as_many_cells_in_each_row_of_a_table(measured):
    rows = [line.count("|") for line in card(measured).split("## Measured")[1].splitlines() if line.startswith("|")]
    assert set(rows) == {7, 9}


def test_card_bears_figures_without_calibration(measured):
    [facts] = measured.facts["measured_on"]
    old = {name: value for name, value in facts.items() if name != "calibration"}
    shown = card(dataclasses.replace(measured, facts={**measured.facts, "measured_on": [old]}))
    assert "| macro |" in shown
    assert "ECE" not in shown


def test_card_shows_what_the_coder_tells_beside_its_codes(measured):
    [facts] = measured.facts["measured_on"]
    share = {"n": 20, "base": 100, "share": 0.2, "low": 0.1334, "high": 0.2888}
    review = {"looked_at": share, "mistakes_caught": {"n": 0, "base": 0, "share": None, "low": None, "high": None}}
    calibration = {**facts["calibration"], "stance": {"ece": 0.0412, "brier": 0.1}}
    told = {**facts, "calibration": calibration, "review": review}
    shown = card(dataclasses.replace(measured, facts={**measured.facts, "measured_on": [told]}))
    assert "Probability of the stance given: ECE 0.041, Brier 0.100." in shown
    assert "- `looked_at`: 20 of 100, 0.200 (0.133–0.289)\n- `mistakes_caught`: 0 of 0\n" in shown


def test_card_shows_no_figures_where_none_were_measured(model):
    assert "## Measured" not in card(model)


def test_card_holds_no_answer(measured, labelled):
    shown = card(measured)
    assert not [text for text in labelled.texts if text in shown]


def test_card_ends_with_what_the_model_is_not_for(model):
    assert card(model).endswith("- Not for judging a person by what he or she said.\n")
