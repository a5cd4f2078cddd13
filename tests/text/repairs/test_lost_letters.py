import pytest

from thamluan.pipeline.syllables import is_syllable
from thamluan.pipeline.text.repairs.lost_letters import (
    CERTAINLY_LOST,
    NEIGHBOURS,
    USUALLY_LOST,
    lost_places,
    place_of_lost,
)


def with_letters(text):
    words = text.split()
    places = lost_places(words)
    return " ".join(
        word if place is None else f"{word[:place]}ư{word[place:]}" for word, place in zip(words, places, strict=True)
    )


@pytest.mark.parametrize("word", sorted({*NEIGHBOURS, *USUALLY_LOST, *CERTAINLY_LOST}))
def test_words_of_the_tables_are_syllables_with_the_letter(word):
    assert any(is_syllable(f"{word[:place]}ư{word[place:]}") for place in range(len(word) + 1))


@pytest.mark.parametrize(
    ("lost", "whole"),
    [
        ("ngời dân đợc đa đi khám", "người dân được đưa đi khám"),
        ("nhng cha có kinh phí", "nhưng chưa có kinh phí"),
        ("cha mẹ đợc mời họp", "cha mẹ được mời họp"),
        ("đa số đợc hỏi", "đa số được hỏi"),
        ("nớc ma ngập", "nước mưa ngập"),
        ("phòng chống ma túy ở phờng", "phòng chống ma túy ở phường"),
        ("t vấn cho dân c", "tư vấn cho dân cư"),
    ],
)
def test_lost_places_puts_the_letter_back(lost, whole):
    assert with_letters(lost) == whole


@pytest.mark.parametrize("text", ["", "cha mẹ", "đa số", "chi bộ họp đều", "cha tôi già", "UBND xã ABC"])
def test_lost_places_leaves_lines_alone_where_nothing_says_so(text):
    assert with_letters(text) == text


@pytest.mark.parametrize(
    ("word", "place"), [("đợc", 1), ("nhng", 2), ("ng", 2), ("hội", None), ("xyz", None), ("", None)]
)
def test_place_of_lost_is_where_the_letter_makes_a_syllable(word, place):
    assert place_of_lost(word) == place
