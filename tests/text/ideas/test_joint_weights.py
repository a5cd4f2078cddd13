import numpy as np
import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.ideas.joint_weights import (
    BIAS,
    gap_features,
    gap_scores,
    learn,
    load_weights,
    read_gaps,
    write_weights,
)

TEXTS = [(f"Thôn {name} họp ít. Ngoài ra đường xa, dân nghèo. Ngoài ra loa hỏng." * 3, 1.0) for name in "ABCDEFGHIK"]


def test_weights_say_that_sentences_open_with_what_they_opened_with():
    weights = learn(TEXTS * 5, min_texts=5)
    words = "dân nghèo ngoài ra loa hỏng".split()
    assert gap_scores(words, weights).argmax() == 1


def test_weights_come_back_from_their_file(tmp_path):
    weights = {BIAS: -2.5, "| ngoài ra": 1.25, "ạ |": 3.0}
    write_weights(weights, tmp_path / "weights.tsv")
    assert load_weights(tmp_path / "weights.tsv") == weights


def test_learning_twice_gives_the_same():
    assert learn(TEXTS, min_texts=3) == learn(TEXTS, min_texts=3)


def test_scores_are_the_sum_of_the_features_of_a_gap():
    weights = load_weights()
    words = "tôi xin hết ạ tiếp theo tôi đề nghị".split()
    expected = [
        weights[BIAS] + sum(weights.get(feature, 0.0) for feature in gap_features(words, index))
        for index in range(len(words) - 1)
    ]
    assert np.allclose(gap_scores(words, weights), expected)


@pytest.mark.parametrize("words", [[], ["họp"]])
def test_there_is_no_gap_in_a_word(words):
    assert gap_scores(words, load_weights()).tolist() == []


@pytest.mark.parametrize("content", ["", "không có số\n", "a\tb\n", "ạ |\t1.0\n", "\ufffd", "a\t1\t2\n"])
def test_a_file_that_holds_no_weights_is_refused(content, tmp_path):
    path = tmp_path / "weights.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="holds no weights"):
        load_weights(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no weights"):
        load_weights(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("text", "words", "gaps"),
    [
        ("", [], []),
        ("Họp ít .", ["họp", "ít"], [0, 2]),
        ("Ông N. Tấn nói: “Thôi!”", ["ông", "n", "tấn", "nói", "thôi"], [0, 0, 0, 1, 2]),
        ("Được 1.200 đ; ít – quá", ["được", "1.200", "đ", "ít", "quá"], [0, 0, 1, 1, 0]),
    ],
)
def test_gaps_are_read_from_punctuated_text(text, words, gaps):
    assert read_gaps(text) == (words, gaps)
