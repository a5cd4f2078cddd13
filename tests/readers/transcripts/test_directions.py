import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.readers.transcripts.directions import direction_spans, spoken_span


def said(line):
    start, end = spoken_span(line)
    return line[start:end]


@pytest.mark.parametrize(
    "line",
    [
        "(vỗ tay)",
        "(Vỗ tay.)",
        "[cười]",
        "(Tiếng nhạc)",
        "[không nghe rõ]",
        "(cả hội trường vỗ tay nhiệt liệt)",
        "(Mọi người cười ồ)",
        "[Âm nhạc]",
        "*cười*",
        "♪ ♪",
        "[00:12:05]",
        "(12:05)",
        "00:12:05",
        "[00:00:01.000 --> 00:00:05.500]",
        "(cười, vỗ tay)",
        "(có tiếng vỗ tay)",
    ],
)
def test_spoken_span_is_empty_where_nothing_was_said(line):
    assert said(line) == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[00:12:05] Đường xấu.", "Đường xấu."),
        ("00:12:05 Đường xấu.", "Đường xấu."),
        ("(12:05) Đường xấu.", "Đường xấu."),
        ("[00:00:01.000 --> 00:00:05.500]  Đường xấu.", "Đường xấu."),
        ("Xin cảm ơn. (Vỗ tay)", "Xin cảm ơn."),
        ("(Cười) Thì cứ nói thật. [không nghe rõ].", "Thì cứ nói thật."),
        ("Đơn tôi nộp rồi (cười) nhưng xã chưa ký.", "Đơn tôi nộp rồi (cười) nhưng xã chưa ký."),
        ("8:30 họp tại nhà văn hóa.", "8:30 họp tại nhà văn hóa."),
        ("(không rõ nguồn) Tiền ít.", "(không rõ nguồn) Tiền ít."),
        ("Phụ cấp thấp (1.200.000 đ)", "Phụ cấp thấp (1.200.000 đ)"),
        ("Bà con vỗ tay.", "Bà con vỗ tay."),
        ("Đội văn nghệ (nhạc cụ, trang phục)", "Đội văn nghệ (nhạc cụ, trang phục)"),
        ("", ""),
    ],
)
def test_spoken_span_keeps_every_word(line, words):
    assert said(line) == words


def test_direction_spans_find_them_inside_a_line():
    line = "Đơn tôi nộp rồi (cười) nhưng [00:12:05] xã chưa ký."
    assert [line[start:end] for start, end in direction_spans(line)] == ["(cười)", "[00:12:05]"]


@given(st.text("a0:[]()♪*. \n") | st.text())
def test_spans_lie_within_the_text(text):
    start, end = spoken_span(text)
    assert 0 <= start <= end <= len(text)
    assert all(0 <= first < last <= len(text) for first, last in direction_spans(text))
