import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.letters import LINE_BREAKS
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.units import unit_spans

TESTS = Path(__file__).resolve().parents[1]
LABELLED = TESTS.parents[1] / "shared" / "data" / "labelled"
MARKERS = re.compile(
    r"(?:[-–—•*+·▪►✓●○➢❖◦‣#>=]++|\d{1,2}(?:\.\d{1,2})*[.)/,-]?+|\(\d{1,2}\)|\([a-zđ]\)|[a-zđ][.)/,-]|[IVX]{1,5}[.)/-]"
    r"|\s++)*"
)

LINE_BREAK = re.compile(rf"[{LINE_BREAKS}]\s*(.)")

PIECES = (
    ("chi bộ", "Đề nghị", "TP", "A", "v.v", "Điều", "1", "1.200", "a", "II", ".", "...", "…", "!", "?", ")", "(", '"'),
    ("Hai", "b", "2", "(1)", "thứ hai là", "k", "vn", "@", ";", ",", ":", "ơ\u0301", "NĐ-CP", "20. 10. 2022"),
    ("”", "-", "•", "=>", "+", "/", " ", "  ", "\n", "\r\n", "\u2028", "\x1c", "\u00a0", "\u200b", "\u0301", "😀"),
)
pieces = st.sampled_from([piece for kind in PIECES for piece in kind])
texts = st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


def units_of(text):
    return [text[start:end] for start, end in unit_spans(text)]


def left_out(text):
    spans = unit_spans(text)
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return [text[end:start] for end, start in zip((0, *ends), (*starts, len(text)), strict=True)]


@pytest.mark.cases("text_units.json", "text", "units")
def test_units_of_vietnamese_texts(text, units):
    assert units_of(text) == units


@given(texts)
def test_units_are_in_order_and_apart(text):
    ends = [point for span in unit_spans(text) for point in span]
    assert ends == sorted(ends)


@given(texts)
def test_units_have_no_white_space_around_them(text):
    assert all(unit and unit == unit.strip() for unit in units_of(text))


@given(texts)
def test_units_leave_out_nothing_but_white_space_and_list_markers(text):
    assert all(MARKERS.fullmatch(gap) for gap in left_out(text))


@given(texts)
def test_units_run_over_a_line_break_only_where_small_letters_follow(text):
    breaks = [found.group(1) for unit in units_of(text) for found in LINE_BREAK.finditer(unit)]
    assert all(following.islower() for following in breaks)


@given(texts)
def test_every_text_that_is_not_blank_has_a_unit(text):
    assert bool(unit_spans(text)) == bool(text.strip())


@pytest.mark.parametrize("piece", ["a", ".", "(", "1", "1.", "1. ", "a. ", "a.B", ".)", "- ", "-", "! ", " ", "\n"])
def test_units_of_endless_text_cover_it(piece):
    text = piece * 20_000
    assert all(MARKERS.fullmatch(gap) for gap in left_out(text))


@pytest.mark.parametrize(
    "piece", ["1) a ", "- a ", "thứ hai là ", "a, ", "a\n", "Ý 1. ", "a;", "(1) a ", "20. 10. 2022 "]
)
def test_units_of_endless_lists_and_speech_cover_them(piece):
    text = piece * 5_000
    assert all(MARKERS.fullmatch(gap) for gap in left_out(text))


@given(st.integers(41, 400), st.randoms(use_true_random=False))
def test_units_of_speech_have_8_to_40_syllables(n_syllables, random):
    words = "dân thì nghèo nhưng mà thứ hai là tôi đề nghị về còn chi bộ họp ít ạ rồi phụ cấp thấp".split()
    text = " ".join(random.choices(words, k=n_syllables))
    assert all(8 <= len(unit.split()) <= 40 for unit in units_of(text))


def test_units_of_written_sentences_stay_whole():
    text = "Chi bộ, Ban công tác Mặt trận, các chi hội và tổ tự quản của thôn, " * 5 + "đều đã họp xong."
    assert units_of(text) == [text]


@pytest.mark.skipif(not LABELLED.is_dir(), reason="needs the labelled texts in ../shared/data/labelled")
def test_units_cover_every_labelled_text():
    texts = [text for path in sorted(LABELLED.glob("*.jsonl")) for text in read_lines(path)]
    assert [text for text in texts if not all(map(MARKERS.fullmatch, left_out(text)))] == []
