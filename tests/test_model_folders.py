import json

import numpy as np
import pytest

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.model_folders import (
    MANIFEST,
    VOCABULARY,
    WEIGHTS,
    Kind,
    array_bytes,
    json_bytes,
    read_parts,
    with_manifest,
)

KIND = Kind("model of nothing", (WEIGHTS, VOCABULARY), "make it again")


@pytest.fixture
def folder(tmp_path):
    files = {WEIGHTS: array_bytes({"table": np.arange(3)}), VOCABULARY: json_bytes(["họp", "vắng"])}
    for name, content in with_manifest(files, {"seed": 7}).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_manifest_says_what_it_was_given(folder):
    manifest = KIND.read_manifest(folder)
    assert list(manifest) == ["format", "seed", "files"]
    assert manifest["seed"] == 7


def test_parts_come_back(folder):
    vocabulary, arrays = read_parts(folder)
    assert (vocabulary, arrays["table"].tolist()) == (["họp", "vắng"], [0, 1, 2])


def test_a_folder_without_a_manifest_is_no_model(tmp_path):
    with pytest.raises(ModelError, match=r"is not a model of nothing: it has no manifest\.json") as caught:
        KIND.read_manifest(tmp_path)
    assert caught.value.hint.endswith("or make it again.")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 20_000])
def test_a_manifest_that_is_no_json_is_refused(folder, content):
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        KIND.read_manifest(folder)


@pytest.mark.parametrize("content", [[], None, {}, {"format": 2}, {"format": "1"}])
def test_a_manifest_of_another_format_is_refused(folder, content):
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match="this version reads format 1"):
        KIND.read_manifest(folder)


def test_every_file_that_is_not_that_of_the_manifest_is_listed(folder):
    (folder / WEIGHTS).unlink()
    (folder / VOCABULARY).write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="model of nothing") as caught:
        KIND.read_manifest(folder)
    assert [problem.split()[0] for problem in caught.value.problems] == [WEIGHTS, VOCABULARY]
