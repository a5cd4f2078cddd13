import contextlib
import dataclasses
import hashlib
import io
import json
import pickle

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thamluan.pipeline.artefacts import DEFAULT_MODEL, sha256
from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.report.card import card
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.learning.training import train
from thamluan.pipeline.themes.model import (
    CARD,
    CODEBOOK,
    HASHED,
    MANIFEST,
    VOCABULARY,
    WEIGHTS,
    load_model,
    model_files,
)

TEXTS = ["Phụ cấp của trưởng thôn còn thấp.", "chi bo hop deu", "", "Đề nghị tăng kinh phí cho mặt trận."]
GARBAGE = [b"", b"\0", b"PK\x03\x04" + b"\xff" * 40, b"\x93NUMPY\x01\x00", b"[" * 20_000, b"null", b"[]", b"{}", b"1"]


def rewritten(folder, name, content):
    """Put other content into a model's file and let the manifest agree."""
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def arrays_of(folder):
    with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
        return dict(arrays)


def archive(**arrays):
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def changed(folder, **values):
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_bytes()) | values), encoding="utf-8")


class Trap:
    """A pickle that would raise on loading, were it ever loaded."""

    def __reduce__(self):
        return exec, ("raise SystemExit('a pickle was loaded')",)


def test_load_gives_the_probabilities_that_were_saved(model, folder):
    for saved, loaded in zip(model.probabilities(TEXTS), load_model(folder).probabilities(TEXTS), strict=True):
        np.testing.assert_allclose(loaded, saved, atol=1e-5)


def test_load_gives_the_thresholds_codebook_and_facts_that_were_saved(model, folder):
    loaded = load_model(folder)
    assert loaded.classifier.thresholds_.tolist() == model.classifier.thresholds_.tolist()
    assert loaded.codebook == model.codebook
    assert loaded.facts == model.facts


def test_load_gives_a_single_model_that_was_saved(single_model, tmp_path):
    for name, content in model_files(single_model).items():
        (tmp_path / name).write_bytes(content)
    assert load_model(tmp_path).is_single


def test_load_gives_a_model_without_stances(labelled, tmp_path):
    for name, content in model_files(train(dataclasses.replace(labelled, stances=None))).items():
        (tmp_path / name).write_bytes(content)
    loaded = load_model(tmp_path)
    assert loaded.stance_ids == ()
    assert loaded.probabilities(TEXTS)[1].shape == (len(TEXTS), 0)


def test_model_files_give_the_same_bytes_twice(model, folder):
    assert model_files(model) == model_files(model)
    assert model_files(load_model(folder)) == model_files(model)


def test_model_gives_probabilities_of_no_text(model):
    assert [part.shape for part in model.probabilities([])] == [(0, 8), (0, 4)]
    assert model.evidence([], np.zeros((0, 8))) == []


def test_evidence_names_at_most_three_words_of_the_text(model):
    themes = np.ones((len(TEXTS), 8), dtype=bool)
    for text, words_of in zip(TEXTS, model.evidence(TEXTS, themes), strict=True):
        assert list(words_of) == list(model.codebook.theme_ids)
        assert all(len(words) <= 3 and all(word in text for word in words) for words in words_of.values())


def test_evidence_names_no_theme_that_was_not_given(model):
    assert model.evidence(TEXTS[:1], np.zeros((1, 8), dtype=bool)) == [{}]


def test_with_codebook_puts_probabilities_into_the_order_of_the_codebook(model):
    order = [3, 0, 7, 1, 2, 6, 5, 4]
    codebook = dataclasses.replace(
        model.codebook,
        themes=tuple(model.codebook.themes[index] for index in order),
        stances=model.codebook.stances[::-1],
    )
    (themes, stances), (other_themes, other_stances) = (
        coder.probabilities(TEXTS) for coder in (model, model.with_codebook(codebook))
    )
    np.testing.assert_allclose(other_themes, themes[:, order])
    np.testing.assert_allclose(other_stances, stances[:, ::-1])


def test_with_codebook_knows_no_stance_where_the_codebook_has_others(model):
    other = model.with_codebook(dataclasses.replace(model.codebook, stances=model.codebook.stances[:2]))
    assert other.stance_ids == ()


def test_load_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match=r"is not a model: it has no manifest\.json"):
        load_model(tmp_path / "none")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 20_000])
def test_load_refuses_a_manifest_that_is_no_json(folder, content):
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(folder)


@pytest.mark.parametrize("content", ["[]", "null", "{}", '{"format": 2}', '{"format": "1"}'])
def test_load_refuses_a_manifest_of_another_format(folder, content):
    (folder / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="this version reads format 1"):
        load_model(folder)


def test_load_refuses_a_model_of_other_word_vectors(folder):
    changed(folder, vectors="0" * 64)
    with pytest.raises(ModelError, match="other word vectors"):
        load_model(folder)


@pytest.mark.parametrize("files", [None, [], {}, {WEIGHTS: None}])
def test_load_refuses_a_manifest_without_hashes(folder, files):
    changed(folder, files=files)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert len(caught.value.problems) == len(HASHED)


@pytest.mark.parametrize("key", ["themes", "single", "looks_from"])
def test_load_refuses_a_manifest_that_lacks_a_key(folder, key):
    manifest = json.loads((folder / MANIFEST).read_bytes())
    del manifest[key]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.mark.parametrize("themes", [{}, [], None, {"party_cell": 0.5}, "funding"])
def test_load_refuses_thresholds_of_other_themes(folder, themes):
    changed(folder, themes=themes)
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


def test_load_refuses_thresholds_that_are_no_numbers(model, folder):
    changed(folder, themes=dict.fromkeys(model.codebook.theme_ids, "high"))
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.mark.parametrize("name", HASHED)
def test_load_refuses_a_file_with_one_byte_changed(folder, name):
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert caught.value.problems == (f"{name} is not the file that the manifest names (its SHA-256 differs)",)


def test_load_lists_every_missing_file(folder):
    for name in HASHED:
        (folder / name).unlink()
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert caught.value.problems == tuple(f"{name} is missing" for name in HASHED)


@pytest.mark.parametrize("name", HASHED)
@pytest.mark.parametrize("content", GARBAGE, ids=range(len(GARBAGE)))
def test_load_refuses_garbage_even_with_the_right_hash(folder, name, content):
    rewritten(folder, name, content)
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_load_refuses_weights_cut_short(folder, share):
    content = (folder / WEIGHTS).read_bytes()
    rewritten(folder, WEIGHTS, content[: int(len(content) * share)])
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.fixture(scope="module")
def files(model):
    return model_files(model)


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_load_answers_a_changed_byte_with_a_model_or_our_error(files, folder, place, change):
    name = WEIGHTS if place % 2 else VOCABULARY
    content = bytearray(files[name])
    content[place % len(content)] ^= change
    rewritten(folder, name, bytes(content))
    with contextlib.suppress(ModelError):  # nothing else may come out
        load_model(folder)


def test_load_never_opens_a_pickle(folder):
    rewritten(folder, WEIGHTS, pickle.dumps(Trap()))
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


def test_load_never_opens_a_pickle_inside_the_weights(folder):
    arrays = arrays_of(folder)
    rewritten(folder, WEIGHTS, archive(**arrays | {"coef": np.array([Trap()], dtype=object)}))
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


def test_load_refuses_a_bare_array_for_weights(folder):
    stream = io.BytesIO()
    np.save(stream, np.ones(3))
    rewritten(folder, WEIGHTS, stream.getvalue())
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.mark.parametrize("name", ["rarity_words", "coef", "intercept", "blend", "network0_bias", "network1_peaks"])
def test_load_refuses_weights_of_another_length(folder, name):
    arrays = arrays_of(folder)
    rewritten(folder, WEIGHTS, archive(**arrays | {name: arrays[name][..., :-1]}))
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.mark.parametrize("name", ["rarity_words", "coef", "intercept", "blend_intercept", "network1_bias"])
def test_load_refuses_weights_that_lack_a_part(folder, name):
    arrays = arrays_of(folder)
    rewritten(folder, WEIGHTS, archive(**{key: values for key, values in arrays.items() if key != name}))
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


@pytest.mark.parametrize("change", [lambda pieces: pieces[1:], lambda pieces: [*pieces, "mới"], lambda pieces: []])
def test_load_refuses_a_vocabulary_of_another_length(folder, change):
    vocabularies = json.loads((folder / VOCABULARY).read_bytes())
    vocabularies["words"] = change(vocabularies["words"])
    rewritten(folder, VOCABULARY, json.dumps(vocabularies).encode())
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


def test_load_refuses_a_codebook_with_another_theme(folder):
    content = (folder / CODEBOOK).read_text(encoding="utf-8").replace("id: funding", "id: money")
    rewritten(folder, CODEBOOK, content.encode())
    with pytest.raises(ModelError, match="does not fit together"):
        load_model(folder)


def test_shipped_model_has_the_shipped_codebook(shipped):
    assert shipped.codebook == load_codebook()


@pytest.mark.parametrize("name", HASHED)
def test_shipped_manifest_names_the_files_as_they_are(name):
    manifest = json.loads((DEFAULT_MODEL / MANIFEST).read_bytes())
    assert manifest["files"][name] == sha256(DEFAULT_MODEL / name)


def test_shipped_card_says_what_the_model_says(shipped):
    assert (DEFAULT_MODEL / CARD).read_text(encoding="utf-8") == card(shipped)


def test_shipped_model_holds_no_pickle():
    assert all(values.dtype == np.float32 for values in arrays_of(DEFAULT_MODEL).values())
