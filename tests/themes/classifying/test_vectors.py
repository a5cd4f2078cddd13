import json

import numpy as np
import pytest

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.classifying.vectors import FILES, WordVectors, load_vectors


@pytest.fixture(scope="module")
def vectors():
    matrix = np.random.default_rng(0).normal(size=(4, 6)).astype(np.float32)
    matrix[0] = 0
    return WordVectors(("tiền_túi", "tiền", "xăng"), matrix, {"seed": 0})


def folder_of(vectors, folder):
    for name, content in vectors.files().items():
        (folder / name).write_bytes(content)
    return folder


def test_vectors_number_words_as_they_are_known(vectors):
    texts = [["Tiền túi", "XĂNG"], ["tiền xăng"], ["lạ"], ["tiền lạ"], []]
    assert [numbers.tolist() for numbers in vectors.number(texts)] == [[1, 3], [2, 3], [0], [2, 0], []]


def test_vectors_give_the_same_numbers_again(vectors):
    texts = words_of(["Xăng xe tự bỏ tiền túi."] * 2)
    first, second = vectors.number(texts)
    assert first.tolist() == second.tolist() == vectors.number(texts[:1])[0].tolist()


def test_vectors_come_back_from_their_folder_nearly_the_same(vectors, tmp_path):
    read = WordVectors.load(folder_of(vectors, tmp_path))
    assert read.words == vectors.words
    assert not read.matrix[0].any()
    np.testing.assert_allclose(read.matrix, vectors.matrix, atol=np.abs(vectors.matrix).max() / 200)
    assert read.files()["weights.npz"] == vectors.files()["weights.npz"]


@pytest.mark.parametrize("name", [name for name in FILES if name != "README.md"])
def test_vectors_that_are_cut_short_are_refused(vectors, tmp_path, name):
    path = folder_of(vectors, tmp_path) / name
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ModelError) as error:
        WordVectors.load(tmp_path)
    assert "make vectors" in error.value.hint


def test_vectors_with_fewer_words_than_rows_are_refused(vectors, tmp_path):
    shorter = WordVectors(vectors.words[:2], vectors.matrix, vectors.facts)
    with pytest.raises(ModelError, match="does not fit together"):
        WordVectors.load(folder_of(shorter, tmp_path))


def test_vectors_of_a_newer_format_are_refused(vectors, tmp_path):
    manifest = folder_of(vectors, tmp_path) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | {"format": 9}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 9"):
        WordVectors.load(tmp_path)


@pytest.mark.parametrize(
    ("word", "near", "far"), [("xăng", "dầu_hoả", "họp"), ("họp", "hội_nghị", "xăng"), ("nản", "buông_xuôi", "dầu_hoả")]
)
def test_shipped_vectors_put_like_words_together(word, near, far):
    vectors = load_vectors()
    rows = {each: vectors.matrix[vectors.words.index(each) + 1] for each in (word, near, far)}
    assert rows[word] @ rows[near] > rows[word] @ rows[far] + 1
