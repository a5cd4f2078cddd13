import json
from pathlib import Path

import pytest

from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.transcripts.heads import head_of, heads, lone_head_of

CASES = json.loads((Path(__file__).resolve().parents[2] / "cases" / "readers_turns.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["heads"], ids=lambda case: case["line"])
def test_head_of_names_the_speaker(case):
    head = head_of(Line(case["line"]))
    assert head is not None
    assert head.speaker == case["speaker"]


@pytest.mark.parametrize("line", CASES["not_heads"])
def test_head_of_leaves_other_lines_alone(line):
    assert head_of(Line(line)) is None


def test_head_of_takes_a_bold_name():
    text = "Chu Văn: tôi nhất trí"
    assert head_of(Line(text, n_bold=8)).speaker == "Chu Văn"


@pytest.mark.parametrize("case", CASES["lone_heads"], ids=lambda case: case["line"])
def test_lone_head_of_names_the_speaker(case):
    head = lone_head_of(Line(case["line"]))
    assert head is not None
    assert head.speaker == case["speaker"]


@pytest.mark.parametrize("line", CASES["not_lone_heads"])
def test_lone_head_of_leaves_other_lines_alone(line):
    head = lone_head_of(Line(line))
    assert head is None or not head.is_named  # in capitals alone, it must come again


def test_lone_head_of_takes_a_bold_name():
    assert lone_head_of(Line("Bà Sáu", n_bold=6)).speaker == "Bà Sáu"


def lines(*texts):
    return [Line(text) for text in texts]


def test_heads_take_names_in_capitals_that_stand_above_prose():
    found = heads(lines("ÔNG VI VĂN TƯ", "Đường xấu quá.", "", "BÀ LÝ THỊ MAI", "Tôi cũng thấy thế."))
    assert [head.speaker for head in found] == ["ÔNG VI VĂN TƯ", "BÀ LÝ THỊ MAI"]


def test_heads_leave_signatures_alone():
    assert heads(lines("Xin cảm ơn.", "CHỦ TỌA", "Nông Văn Sáu", "CHỦ TRÌ", "Lý Thị Mai")) == ()


def test_heads_leave_lists_of_those_present_alone():
    assert heads(lines("ÔNG VI VĂN TƯ", "BÀ LÝ THỊ MAI", "ÔNG CHU VĂN BẢY", "Trưởng thôn")) == ()


def test_heads_take_a_full_name_without_title_only_when_it_comes_again():
    once = ["**Nông Thị Hoa**", "Tôi nhất trí.", "**Vi Văn Tư**", "Tôi thì không."]
    assert heads(lines(*once)) == ()
    assert len(heads(lines(*once, *once))) == 4
