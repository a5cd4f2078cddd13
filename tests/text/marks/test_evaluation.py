import pytest

from thamluan.pipeline.text.marks.evaluation import Accuracy, measure, strip
from thamluan.pipeline.text.marks.restorer import Restorer

RESTORER = Restorer.from_counts({"bo": {"bộ": 9, "bỏ": 4}, "hop": {"họp": 5}, "hoa": {"hòa": 3}})


@pytest.mark.parametrize(
    ("text", "stripped"), [("ĐẢNG Ủy", "DANG Uy"), ("Łódź, Straße", "Łodź, Straße"), ("12 😀", "12 😀"), ("", "")]
)
def test_strip_takes_marks_off_vietnamese_letters_only(text, stripped):
    assert strip(text) == stripped


def test_measure_counts_syllables_and_lines():
    found = measure(RESTORER, ["Chi bộ họp 2 lần", "bỏ họp", "chi"], everywhere=True)
    assert found == Accuracy(n_syllables=7, n_right=5, n_marked=5, n_marked_right=3, n_lines=3, n_lines_right=1)
    assert (found.share, found.marked_share, found.lines_share) == (5 / 7, 3 / 5, 1 / 3)


def test_measure_takes_either_place_of_the_tone_mark():
    assert measure(RESTORER, ["hoà"], everywhere=True).n_right == 1


def test_measure_compares_what_was_typed_with_the_original():
    found = measure(RESTORER, ["Chi bộ bo"], ["Chi bộ bo"], everywhere=True)
    assert (found.n_right, found.n_syllables) == (2, 3)


def test_measure_of_nothing_is_nothing():
    assert measure(RESTORER, [], everywhere=True).share == 0
