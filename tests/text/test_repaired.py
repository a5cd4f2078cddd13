import pytest

from thamluan.pipeline.text.repaired import Change, Repaired


@pytest.fixture
def decomposed():
    """The raw text "Chi bộ tốt" as a Mac types it, composed again."""
    return Repaired.unchanged("Chi bo\u0323\u0302 to\u0302\u0301t").replace(
        [(5, 8, "ộ"), (10, 13, "ố")], repair="compose"
    )


def test_replace_puts_the_pieces_in(decomposed):
    assert decomposed.text == "Chi bộ tốt"


def test_replace_logs_what_was_written_for_which_raw_text(decomposed):
    assert decomposed.changes == (Change("compose", 5, 8, "ộ"), Change("compose", 10, 13, "ố"))


def test_replace_of_nothing_is_the_same(decomposed):
    assert decomposed.replace([], repair="place_tones") is decomposed


def test_replace_after_another_counts_in_raw_text(decomposed):
    again = decomposed.replace([(4, 6, "chi bộ"), (6, 7, "")], repair="expand_abbreviations")
    assert again.text == "Chi chi bộtốt"
    assert again.raw_span(4, 10) == (4, 8)
    assert again.changed_by == ("compose", "expand_abbreviations")


def test_raw_span_covers_a_letter_with_all_its_marks(decomposed):
    assert decomposed.raw_span(4, 6) == (4, 8)


def test_raw_span_of_a_mark_leaves_out_the_white_space_before_it():
    assert Repaired.unchanged("a \u0340").replace([(2, 3, "\u0300")], repair="compose").raw_span(2, 3) == (2, 3)


@pytest.mark.parametrize(("point", "expected"), [(0, 0), (5, 5), (6, 8), (10, 14)])
def test_raw_span_of_an_empty_span_is_a_point(decomposed, point, expected):
    assert decomposed.raw_span(point, point) == (expected, expected)


def test_raw_span_of_an_empty_text_is_its_start():
    assert Repaired.unchanged("").raw_span(0, 0) == (0, 0)
