import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.text.units import unit_spans

TESTS = Path(__file__).resolve().parents[1]
LABELLED = TESTS.parents[1] / "shared" / "data" / "labelled"
CASES = json.loads((TESTS / "cases" / "text_units.json").read_text(encoding="utf-8"))
MARKERS = re.compile(r"(?:[-–—•*+·▪►✓●○➢❖#>=]++|\d{1,2}(?:\.\d{1,2})*[.)/]|[a-hđ][.)]|[IVX]{1,5}[.)]|\s++)*")

PIECES = (
    ("chi bộ", "Đề nghị", "TP", "A", "v.v", "Điều", "1", "1.200", "a", "II", ".", "...", "…", "!", "?", ")", "(", '"'),
    ("”", "-", "•", "=>", "+", "/", " ", "  ", "\n", "\r\n", "\u2028", "\x1c", "\u00a0", "\u200b", "\u0301", "😀"),
)
pieces = st.sampled_from([piece for kind in PIECES for piece in kind])
texts = st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


def case_params():
    for case in CASES:
        marks = pytest.mark.xfail(reason=case["xfail"], strict=True) if "xfail" in case else ()
        yield pytest.param(case["text"], case["units"], marks=marks, id=case["text"])


def units_of(text):
    return [text[start:end] for start, end in unit_spans(text)]


def left_out(text):
    spans = unit_spans(text)
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return [text[end:start] for end, start in zip((0, *ends), (*starts, len(text)), strict=True)]


@pytest.mark.parametrize(("text", "units"), list(case_params()))
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
def test_units_end_with_their_line(text):
    assert not any(re.search(r"[\n\r\v\f\x85\u2028\u2029]", unit) for unit in units_of(text))


@given(texts)
def test_every_text_that_is_not_blank_has_a_unit(text):
    assert bool(unit_spans(text)) == bool(text.strip())


@pytest.mark.parametrize("piece", ["a", ".", "(", "1", "1.", "1. ", "a. ", "a.B", ".)", "- ", "-", "! ", " ", "\n"])
def test_units_of_endless_text_cover_it(piece):
    text = piece * 20_000
    assert all(MARKERS.fullmatch(gap) for gap in left_out(text))


@pytest.mark.skipif(not LABELLED.is_dir(), reason="needs the labelled texts in ../shared/data/labelled")
def test_units_cover_every_labelled_text():
    texts = [
        json.loads(line)["text"]
        for path in sorted(LABELLED.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [text for text in texts if not all(map(MARKERS.fullmatch, left_out(text)))] == []
