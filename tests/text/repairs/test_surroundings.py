import pytest

from thamluan.pipeline.text.repairs.surroundings import Surroundings, Token


def around(text, word):
    """Stand at a word of a text whose words are apart by white space or signs."""
    tokens, end = [], 0
    for part in text.replace("/", " / ").replace("'", " ' ").replace(",", " , ").replace(".", " . ").split():
        start = text.index(part, end)
        end = start + len(part)
        if part.isalnum():
            tokens.append(Token(start, end, part, part.lower(), part.lower()))
    return Surroundings(text, tokens, [token.word for token in tokens].index(word))


def test_phrases_before_a_word_end_at_it():
    assert {"bộ", "chi bộ"} <= set(around("chi bộ cb họp", "cb").before())


def test_phrases_after_a_word_begin_behind_it():
    assert {"họp", "họp đều"} <= set(around("cb họp đều", "cb").after())


@pytest.mark.parametrize(("text", "word", "is_piece"), [("thiếu k/p", "k", True), ("thiếu k phí", "k", False)])
def test_a_short_piece_of_a_longer_word_is_known(text, word, is_piece):
    assert around(text, word).is_piece() == is_piece


@pytest.mark.parametrize(
    ("text", "word", "is_unsafe"), [("bà H'Hen", "H", True), ("K i n h phí", "i", True), ("k có tiền", "k", False)]
)
def test_names_with_apostrophes_and_spelt_out_words_are_unsafe(text, word, is_unsafe):
    assert around(text, word).is_unsafe(["h", "i", "k"]) == is_unsafe
