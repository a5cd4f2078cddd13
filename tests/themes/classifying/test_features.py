import json
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.sparse import hstack
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.classifying import occurrences
from thamluan.pipeline.themes.classifying.features import VIEWS, TextFeatures

TEXTS = (
    "phụ cấp trưởng thôn còn thấp",
    "phụ cấp thấp nên không ai làm trưởng thôn",
    "chi bộ họp đều, nghị quyết sát thực tế",
    "chi bộ chưa họp đều",
    "nhà văn hóa dột, không có chỗ họp",
    "Đ/c bí thư nói 1.200.000 đ/tháng là thấp",
)


WORDS = words_of(TEXTS)


@pytest.fixture(scope="module")
def features():
    return TextFeatures(min_df_limit=1).fit(WORDS)


@pytest.fixture(scope="module")
def answers():
    lines = (CORPORA / "labelled" / "answers_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return words_of([json.loads(line)["text"] for line in lines])


def by_scikit_learn(fitted, words, *, min_df_limit):
    """Give the rows and pieces of scikit-learn's vectorizers on strings that hold the same words."""
    options = {
        "words": {"token_pattern": r"\S+", "ngram_range": (1, 2)},
        "syllables": {"token_pattern": r"\w+", "ngram_range": (1, 2)},
        "letters": {"analyzer": "char_wb", "ngram_range": (2, 5)},
    }
    rows, pieces = [], []
    for name, own in options.items():
        min_df = min(VIEWS[name].min_df, min_df_limit)
        vectorizer = TfidfVectorizer(**own, min_df=min_df, lowercase=False, sublinear_tf=True)
        shown = joined if name == "words" else stripped
        vectorizer.fit(map(shown, fitted))
        rows.append(vectorizer.transform(map(shown, words)))
        pieces += [(name, piece) for piece in vectorizer.get_feature_names_out()]
    return hstack(rows, format="csr"), pieces


def joined(words):
    return " ".join("_".join(word.lower().split()) for word in words)


def stripped(words):
    return " ".join(map(strip_marks, words))


def assert_same_rows(rows, others):
    assert rows.shape == others.shape
    assert rows.has_canonical_format
    assert abs(rows - others).max() < 1e-6


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
    rows = TextFeatures(min_df_limit=1).fit_transform(WORDS)
    assert (rows != features.transform(WORDS)).nnz == 0


@pytest.mark.parametrize("min_df_limit", [1, 2, 3])
def test_features_are_those_of_scikit_learn(answers, min_df_limit):
    fitted = answers[::2]
    features = TextFeatures(min_df_limit=min_df_limit).fit(fitted)
    rows, pieces = by_scikit_learn(fitted, answers, min_df_limit=min_df_limit)
    assert features.names_ == pieces
    assert_same_rows(features.transform(answers), rows)


@given(st.lists(st.lists(st.text(max_size=8) | st.sampled_from([*WORDS[0], "họp đều", "a_b", "họp"]), max_size=6)))
@example([["Họp\n đều", "", "a", " a", "a b", "Σ", "\u0301"], [], ["x" * 9] * 3])
def test_features_are_those_of_scikit_learn_on_odd_words(words):
    fitted = [*WORDS, *words]
    rows, pieces = by_scikit_learn(fitted, fitted, min_df_limit=1)
    features = TextFeatures(min_df_limit=1).fit(fitted)
    assert features.names_ == pieces
    assert_same_rows(features.transform(fitted), rows)


def test_features_of_a_text_do_not_depend_on_the_others(answers, monkeypatch):
    at_once = TextFeatures().fit(answers)
    rows = at_once.transform(answers)
    monkeypatch.setattr(occurrences, "BLOCK", 50)
    monkeypatch.setattr(occurrences, "REMEMBERED", 40)
    in_blocks = TextFeatures().fit(answers)
    assert in_blocks.names_ == at_once.names_
    assert_same_rows(in_blocks.transform(answers), rows)
    weights = np.random.default_rng(0).normal(size=(rows.shape[1], 2))
    added = in_blocks.weigh_words(answers, weights=weights)
    np.testing.assert_allclose([own.sum(axis=0) for own in added], rows @ weights, atol=1e-9)


def test_features_remember_a_bounded_number_of_forms(features, monkeypatch):
    monkeypatch.setattr(occurrences, "REMEMBERED", 100)
    for start in range(0, 1000, 10):
        features.transform([[f"từ {number}" for number in range(start, start + 10)]])
    assert len(features.index_._known) <= 110


def test_features_refuse_texts_that_are_not_cut_into_words(features):
    for give in (features.transform, TextFeatures().fit):
        with pytest.raises(TypeError, match="words_of"):
            give(TEXTS)


def test_features_refuse_texts_with_nothing_in_common():
    with pytest.raises(ValueError, match="no words in common"):
        TextFeatures().fit([["họp"], ["đường"]])


def test_features_has_every_view(features):
    assert list(features.vocabularies()) == list(features.rarities()) == list(VIEWS)


def test_features_from_parts_gives_the_same_rows(features):
    made = TextFeatures.from_parts(features.vocabularies(), features.rarities())
    assert (made.transform(WORDS) != features.transform(WORDS)).nnz == 0


def test_features_from_parts_keeps_any_order_of_columns(features):
    vocabularies = {name: pieces[::-1] for name, pieces in features.vocabularies().items()}
    rarities = {name: values[::-1] for name, values in features.rarities().items()}
    made = TextFeatures.from_parts(vocabularies, rarities)
    own, other = features.transform(WORDS).toarray(), made.transform(WORDS).toarray()
    order = [made.names_.index(name) for name in features.names_]
    np.testing.assert_allclose(own, other[:, order], atol=1e-12)


def test_features_from_parts_takes_a_pair_without_its_parts():
    vocabularies = {"words": ["họp đều"], "syllables": ["hop"], "letters": [" h"]}
    made = TextFeatures.from_parts(vocabularies, {name: np.ones(1) for name in vocabularies})
    np.testing.assert_allclose(made.transform([["họp", "đều"], ["đều", "họp"]]).toarray(), [[1, 1, 1], [0, 1, 1]])


def test_features_from_parts_refuses_a_piece_twice(features):
    vocabularies = features.vocabularies()
    vocabularies["letters"][1] = vocabularies["letters"][0]
    with pytest.raises(ValueError, match="twice"):
        TextFeatures.from_parts(vocabularies, features.rarities())


def test_features_from_parts_refuses_another_length(features):
    rarities = features.rarities() | {"words": np.ones(3)}
    with pytest.raises(ValueError, match="length"):
        TextFeatures.from_parts(features.vocabularies(), rarities)


def test_features_gives_no_rows_for_no_texts(features):
    assert features.transform([]).shape == (0, features.transform(WORDS).shape[1])
    assert features.weigh_words([], weights=np.ones((len(features.names_), 1))) == []


@pytest.mark.parametrize("text", ["", " \n", "日本語", "\ud800"])
def test_features_bears_odd_texts(features, text):
    assert features.transform(words_of([text])).shape[0] == 1
    assert len(features.weigh_words(words_of([text]), weights=np.ones((len(features.names_), 1)))) == 1


def test_features_leave_out_rare_pieces():
    pieces = TextFeatures().fit([*WORDS, *WORDS[:1]]).vocabularies()
    assert "phụ_cấp" in pieces["words"]
    assert "dột" not in pieces["words"]


def test_features_of_a_text_without_marks_meet_the_same_columns(features):
    words = WORDS[1]
    with_marks, without = features.transform([words, [strip_marks(word) for word in words]])
    views = np.array([view for view, _ in features.names_])
    shared = np.flatnonzero(views != "words")
    np.testing.assert_array_equal(np.intersect1d(with_marks.indices, shared), np.intersect1d(without.indices, shared))
    assert len(np.intersect1d(without.indices, shared)) > 10


@given(st.permutations("phụ cấp trưởng thôn còn thấp chi bộ chưa họp đều nhà văn hóa dột".split()), st.integers(0, 99))
def test_weigh_words_adds_up_to_the_log_odds(features, syllables, seed):
    words = words_of([" ".join(syllables)])
    row = features.transform(words)
    weights = np.random.default_rng(seed).normal(size=(row.shape[1], 2))
    added = features.weigh_words(words, weights=weights)[0]
    assert added.shape == (len(words[0]), 2)
    np.testing.assert_allclose(added.sum(axis=0), (row @ weights)[0], atol=1e-9)


def test_weigh_words_adds_up_where_there_is_punctuation(features):
    rows = features.transform(WORDS)
    added = features.weigh_words(WORDS, weights=np.ones((rows.shape[1], 1)))
    np.testing.assert_allclose([own.sum() for own in added], rows.sum(axis=1).A1)


@pytest.mark.parametrize(
    ("view", "piece", "shares"),
    [
        ("words", "họp", [1, 0, 0, 0, 1, 0, 1]),
        ("words", "đều họp", [0, 0, 0, 1, 1, 0, 0]),
        ("syllables", "chi bo", [0, 0, 2, 0, 0, 2, 0]),
        ("syllables", "bo hop", [0, 0, 0, 0, 0, 1, 1]),
        ("letters", " h", [1, 0, 0, 0, 1, 0, 1]),
        ("letters", "xx", [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_weigh_words_splits_a_piece_over_its_occurrences(view, piece, shares):
    words = ["họp", ",", "chi bộ", "đều", "họp", "chi bộ", "họp"]
    features = TextFeatures(min_df_limit=1).fit([words, ["xx"]])
    weights = np.array([[name == (view, piece)] for name in features.names_], dtype=float)
    total = (features.transform([words]) @ weights).item()
    (added,) = features.weigh_words([words], weights=weights)
    np.testing.assert_allclose(added[:, 0], total * np.array(shares) / max(sum(shares), 1), atol=1e-12)


def test_weigh_words_counts_each_number_of_a_sum(features):
    words = [["1.200.000"]]
    weights = np.array([[view == "syllables"] for view, _ in features.names_], dtype=float)
    (added,) = features.weigh_words(words, weights=weights)
    assert added.sum() == pytest.approx((features.transform(words) @ weights).sum())


def test_weigh_words_names_columns_anew_after_another_fit():
    features = TextFeatures(min_df_limit=1)
    for words in (WORDS[:2], WORDS[2:4]):
        rows = features.fit(words).transform(words[1:])
        (added,) = features.weigh_words(words[1:], weights=np.ones((rows.shape[1], 1)))
        assert added.sum() == pytest.approx(rows.sum())
