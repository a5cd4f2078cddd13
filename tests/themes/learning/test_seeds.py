import numpy as np
import pytest

from thamluan.pipeline.themes.classifying.vectors import WordVectors
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Theme
from thamluan.pipeline.themes.learning.seeds import Seeds, is_rest, texts_of_codebook

BLANK = {"vi": "", "en": ""}
# "xe" and "ô_tô" lie near to each other, "gạo" far from both.
VECTORS = WordVectors(("xe", "ô_tô", "gạo"), np.array([[0, 0], [1, 0], [0.98, 0.2], [0, 1]], dtype=np.float32))


def theme(id, *, label="", definition="", cues=(), examples=()):
    return Theme(id, dict.fromkeys(("vi", "en"), label or id), {**BLANK, "vi": definition}, BLANK, cues, examples)


def scores(texts, *themes):
    return Seeds(Codebook("thu", "1", BLANK, themes, ()), VECTORS).score(texts)


@pytest.mark.parametrize(
    ("label", "cues", "expected"),
    [
        ("Ý kiến khác", (), True),
        ("Còn lại", (), True),
        ("Others", (), True),
        ("Ý kiến khác", ("khác",), False),
        ("Đường sá", (), False),
        ("Khách hàng", (), False),
    ],
)
def test_a_theme_of_the_rest_is_known_by_its_label_where_it_has_no_cues(label, cues, expected):
    assert is_rest(theme("a", label=label, cues=cues)) is expected


def test_a_cue_scores_once_however_often_it_is_said():
    once, twice = scores(["đường xa", "đường xa, đường xấu"], theme("road", cues=("đường",)), theme("pay"))[:, 0]
    assert once == twice == 1


def test_of_cues_that_overlap_the_longest_is_found():
    themes = theme("room", cues=("phòng thực hành",)), theme("course", cues=("thực hành",))
    assert np.floor(scores(["phòng thực hành", "thực hành"], *themes)).tolist() == [[1, 0], [0, 1]]


def test_a_cue_of_two_themes_speaks_for_both():
    assert scores(["đường"], theme("a", cues=("đường",)), theme("b", cues=("Đường",))).tolist() == [[1, 1]]


def test_a_text_without_marks_is_compared_without():
    assert scores(["duong xau", "dường xấu"], theme("road", cues=("đường",)), theme("pay"))[:, 0].tolist() == [1, 0]


def test_a_word_that_is_used_like_a_cue_scores_and_another_does_not():
    near, far = scores(["ô tô", "gạo"], theme("road", cues=("xe",)), theme("pay", cues=("tiền",)))
    assert 0 < near[0] < 1
    assert far.tolist() == [0, 0]


def test_words_of_label_definition_and_examples_score_less_than_a_cue():
    for part in ({"label": "Xe"}, {"definition": "Xe."}, {"examples": ("Xe!",)}):
        found = scores(["xe", "gạo"], theme("road", **part), theme("pay"))
        assert 0 < found[0, 0] < 1, part
        assert found[1, 0] == 0


def test_a_word_that_every_theme_has_speaks_for_none():
    shared = theme("road", definition="Xe"), theme("pay", definition="Xe")
    assert scores(["xe", "gạo"], *shared).tolist() == [[0, 0], [0, 0]]


def test_a_theme_of_the_rest_scores_nothing():
    assert scores(["khác xe"], theme("others", label="Khác", examples=("Xe",)), theme("a"))[:, 0].tolist() == [0]


@pytest.mark.parametrize("texts", [[], ["", "..."]])
def test_texts_without_words_score_nothing(texts):
    assert scores(texts, theme("road", cues=("xe",)), theme("b")).tolist() == [[0, 0]] * len(texts)


def test_texts_of_a_codebook_are_labels_cues_and_examples_with_their_theme():
    themes = (
        theme("road", label="Đường", cues=("ngõ",), examples=("Ngõ lầy.",)),
        theme("x", label="Khác", examples=("Ổn.",)),
    )
    texts, given = texts_of_codebook(Codebook("thu", "1", BLANK, themes, ()))
    assert texts == ["Đường", "ngõ", "Ngõ lầy.", "Ổn."]
    assert given.tolist() == [[1, 0], [1, 0], [1, 0], [0, 1]]
