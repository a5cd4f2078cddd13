import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.base import clone

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.features import VIEWS, TextFeatures

TEXTS = (
    "phụ cấp trưởng thôn còn thấp",
    "phụ cấp thấp nên không ai làm trưởng thôn",
    "chi bộ họp đều, nghị quyết sát thực tế",
    "chi bộ chưa họp đều",
    "nhà văn hóa dột, không có chỗ họp",
    "Đ/c bí thư nói 1.200.000 đ/tháng là thấp",
)


@pytest.fixture(scope="module")
def features():
    return TextFeatures(min_df_limit=1).fit(TEXTS)


@given(st.text())
@example("Ð đ Đ ð")
@example("İI\u0307")
def test_strip_marks_leaves_no_mark(text):
    stripped = strip_marks(text)
    assert not any(unicodedata.combining(char) for char in stripped)
    assert not {"đ", "Đ"} & set(stripped)


@given(st.text())
def test_strip_marks_twice_equals_once(text):
    assert strip_marks(strip_marks(text)) == strip_marks(text)


@given(st.text())
def test_strip_marks_does_not_mind_how_marks_are_written(text):
    assert strip_marks(unicodedata.normalize("NFC", text)) == strip_marks(unicodedata.normalize("NFD", text))


def test_features_clone_keeps_parameters():
    assert clone(TextFeatures(min_df_limit=1)).get_params() == {"min_df_limit": 1}


def test_features_fit_transform_equals_fit_then_transform(features):
    rows = TextFeatures(min_df_limit=1).fit_transform(TEXTS)
    assert (rows != features.transform(TEXTS)).nnz == 0


def test_features_has_every_view(features):
    assert list(features.vocabularies()) == list(features.rarities()) == list(VIEWS)


def test_features_from_parts_gives_the_same_rows(features):
    made = TextFeatures.from_parts(features.vocabularies(), features.rarities())
    assert (made.transform(TEXTS) != features.transform(TEXTS)).nnz == 0


def test_features_from_parts_refuses_another_length(features):
    rarities = features.rarities() | {"words": np.ones(3)}
    with pytest.raises(ValueError, match="length"):
        TextFeatures.from_parts(features.vocabularies(), rarities)


def test_features_gives_no_rows_for_no_texts(features):
    assert features.transform([]).shape == (0, features.transform(TEXTS).shape[1])


@pytest.mark.parametrize("text", ["", " \n", "日本語", "\ud800"])
def test_features_bears_odd_texts(features, text):
    assert features.transform([text]).shape[0] == 1


def test_features_leave_out_rare_pieces():
    pieces = TextFeatures().fit([*TEXTS, *TEXTS[:1]]).vocabularies()
    assert "phụ_cấp" in pieces["words"]
    assert "dột" not in pieces["words"]


def test_features_of_a_text_without_marks_meet_the_same_columns(features):
    text = TEXTS[1]
    with_marks, without = features.transform([text, strip_marks(text)])
    views = np.array([view for view, _ in features.names_])
    shared = np.flatnonzero(views != "words")
    np.testing.assert_array_equal(np.intersect1d(with_marks.indices, shared), np.intersect1d(without.indices, shared))
    assert len(np.intersect1d(without.indices, shared)) > 10


@given(st.permutations("phụ cấp trưởng thôn còn thấp chi bộ chưa họp đều nhà văn hóa dột".split()), st.integers(0, 99))
def test_weigh_words_adds_up_to_the_log_odds(features, syllables, seed):
    text = " ".join(syllables)
    row = features.transform([text])
    weights = np.random.default_rng(seed).normal(size=(row.shape[1], 2))
    added = features.weigh_words(words_of([text])[0], row, weights=weights)
    np.testing.assert_allclose(added.sum(axis=0), (row @ weights)[0], atol=1e-9)


@pytest.mark.parametrize("text", TEXTS)
def test_weigh_words_nearly_adds_up_where_there_is_punctuation(features, text):
    row = features.transform([text])
    added = features.weigh_words(words_of([text])[0], row, weights=np.ones((row.shape[1], 1)))
    assert 0.8 * row.sum() < added.sum() <= row.sum() + 1e-9


def test_weigh_words_counts_each_number_of_a_sum(features):
    text = "1.200.000"
    row = features.transform([text])
    weights = np.array([[view == "syllables"] for view, _ in features.names_], dtype=float)
    added = features.weigh_words([text], row, weights=weights)
    assert added.sum() == pytest.approx((row @ weights).sum())


def test_weigh_words_names_columns_anew_after_another_fit():
    features = TextFeatures(min_df_limit=1)
    for texts in (TEXTS[:2], TEXTS[2:4]):
        row = features.fit(texts).transform(texts[1:])
        added = features.weigh_words(words_of([texts[1]])[0], row, weights=np.ones((row.shape[1], 1)))
        assert added.sum() == pytest.approx(row.sum())
