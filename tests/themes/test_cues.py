import dataclasses
import json
import tracemalloc
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.coding import code
from thamluan.pipeline.themes.cues import CueCoder

CASES = json.loads((Path(__file__).parents[1] / "cases" / "themes_cues.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cues_are_found_as_whole_syllables(model, make_codebook, case):
    coder = CueCoder(make_codebook(road=case["cues"]), model)
    themes, _ = coder.probabilities([case["text"]])
    assert themes.tolist() == [[float(bool(case["found"]))]]
    assert coder.evidence([case["text"]], np.array([[True]])) == [{"road": case["found"]}]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_cues_and_texts_meet_in_any_unicode_form(model, contributions, tmp_path, form):
    path = tmp_path / "ma.yaml"
    written = "id: a\nthemes: [{id: road, label: Đường, cues: [ổ gà]}]"
    path.write_text(unicodedata.normalize(form, written), encoding="utf-8")
    units = segment(contributions([unicodedata.normalize(other, "Đường đầy ổ gà") for other in ("NFC", "NFD")]))
    assert code(units, CueCoder(load_codebook(path), model))[columns.THEMES].tolist() == ["road", "road"]


def test_cue_coder_gives_no_theme_without_cues(model, make_codebook):
    coder = CueCoder(make_codebook(road=(), pay=("phụ cấp",)), model)
    assert coder.probabilities(["phụ cấp", ""])[0].tolist() == [[0, 1], [0, 0]]


def test_cue_coder_decides_by_the_rule_alone(model, make_codebook):
    coder = CueCoder(make_codebook(road=("đường",), pay=("lương",)), model)
    assert coder.decide(np.array([[1.0, 0.0]])).tolist() == [[True, False]]
    assert not coder.is_single
    assert coder.way == "cues"


def test_cue_coder_names_evidence_only_for_the_themes_given(model, make_codebook):
    coder = CueCoder(make_codebook(road=("đường",), pay=("lương",)), model)
    assert coder.evidence(["đường và lương"], np.array([[False, True]])) == [{"pay": ["lương"]}]


def test_cue_coder_takes_stances_from_the_model(model, make_codebook):
    coder = CueCoder(make_codebook(road=(), stances=model.stance_ids), model)
    texts = ["Đề nghị tăng phụ cấp.", "Họp đều."]
    np.testing.assert_array_equal(coder.probabilities(texts)[1], model.probabilities(texts)[1])


def test_cue_coder_takes_stances_in_the_order_of_the_codebook(model, make_codebook):
    coder = CueCoder(make_codebook(road=(), stances=model.stance_ids[::-1]), model)
    texts = ["Đề nghị tăng phụ cấp.", "Họp đều."]
    assert coder.stance_ids == model.stance_ids[::-1]
    np.testing.assert_array_equal(coder.probabilities(texts)[1], model.probabilities(texts)[1][:, ::-1])


@pytest.mark.parametrize("known", ["other stances", "no stances"])
def test_cue_coder_knows_no_stance_that_the_model_does_not_know(model, make_codebook, known):
    if known == "no stances":
        coder = CueCoder(make_codebook(road=(), stances=model.stance_ids), dataclasses.replace(model, stances=()))
    else:
        coder = CueCoder(make_codebook(road=()), model)
    assert coder.stance_ids == ()
    assert coder.probabilities(["Họp đều.", ""])[1].shape == (2, 0)


def test_cue_coder_gives_a_unit_only_the_cues_that_stand_in_it(model, make_codebook, make_units):
    coder = CueCoder(make_codebook(road=("đường",), pay=("lương",)), model)
    coded = code(make_units(["đường xấu", "lương thấp", "hết"]), coder)
    assert coded[columns.THEMES].tolist() == ["road", "pay", ""]
    assert coded[columns.EVIDENCE].tolist() == ["road: đường", "pay: lương", ""]


def test_cue_coder_bears_no_texts(model, make_codebook):
    coder = CueCoder(make_codebook(road=("đường",), stances=model.stance_ids), model)
    assert [part.shape for part in coder.probabilities([])] == [(0, 1), (0, 4)]


def test_a_long_contribution_is_not_copied_once_a_unit(make_codebook, model):
    units = segment(as_contributions(["Họp. " * 20_000]))
    coder = CueCoder(make_codebook(road=("đường",)), model)
    tracemalloc.start()
    code(units, coder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6  # the text once a unit is 2,000 million characters
