import pytest

from thamluan.pipeline.text.ideas.markers import after_markers, items


def cut(line):
    return [line[start:end].strip() for start, end in items(line, 0, len(line))]


@pytest.mark.parametrize("marker", ["- ", "• ", "1. ", "1.2. ", "(1) ", "a) ", "II. ", "1- ", "- 1. ", "=> "])
def test_text_begins_behind_the_markers(marker):
    assert after_markers(f"{marker}Phụ cấp", 0, len(marker) + 7) == len(marker)


@pytest.mark.parametrize("text", ["Phụ cấp", "-5 độ", "1.5 tr", "k. đủ", "1.200.000 đ", "-", ""])
def test_text_without_a_marker_begins_at_its_start(text):
    assert after_markers(text, 0, len(text)) == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kiến nghị: 1. Tăng phụ cấp 2. Sửa đường", ["Kiến nghị:", "Tăng phụ cấp", "Sửa đường"]),
        ("Xin: a) loa b) đèn c) ghế", ["Xin:", "loa", "đèn", "ghế"]),
        ("Xin c) loa d) đèn đ) ghế", ["Xin c) loa d) đèn đ) ghế"]),
        ("• loa • đèn", ["", "loa", "đèn"]),
        ("Cần: - loa - đèn", ["Cần:", "loa", "đèn"]),
    ],
)
def test_items_are_cut_where_their_markers_rise(line, expected):
    assert cut(line) == expected


@pytest.mark.parametrize(
    "line", ["tổ 1. tổ 2. tổ 3", "Lạng Sơn - Cao Bằng", "tại điểm a), điểm b)", "nhà 2. nhà 3", "họp ít", ""]
)
def test_lines_without_a_list_stay_whole(line):
    assert cut(line) == [line]
