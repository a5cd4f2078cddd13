import pytest

from thamluan.pipeline.text.marks.corpus import Lines
from thamluan.pipeline.text.marks.counts import BARE_SYLLABLE, FEWEST, count


def counted(*lines):
    return count(Lines.of(lines).spellings)[0]


@pytest.mark.parametrize("syllable", "nghieng quyet khuya nguoi yeu uong ia gi quy oi khuynh dak krong thuo y".split())
def test_syllables_are_known_by_their_shape(syllable):
    assert BARE_SYLLABLE.fullmatch(syllable)


@pytest.mark.parametrize("word", "trainer email good lenin ubnd file th zalo".split())
def test_foreign_words_and_abbreviations_are_no_syllables(word):
    assert not BARE_SYLLABLE.fullmatch(word)


def test_rare_syllables_are_not_kept():
    assert counted(*["bộ"] * FEWEST, *["bọ"] * (FEWEST - 1)) == {"bo": {"bộ": FEWEST}}


def test_spellings_that_differ_in_the_place_of_the_tone_mark_are_one():
    assert counted(*["hòa"] * 9, *["hoà"] * 6, *["hoa"] * 7) == {"hoa": {"hòa": 15, "hoa": 7}}


def test_tone_marks_are_put_in_the_old_way():
    assert counted(*["khoẻ"] * 9, *["quý"] * 9) == {"khoe": {"khỏe": 9}, "quy": {"quý": 9}}


def test_very_small_shares_are_not_kept():
    assert counted("bộ " * 20_000, "bọ " * 5) == {"bo": {"bộ": 20_000}}
