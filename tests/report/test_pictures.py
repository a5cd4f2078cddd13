from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from thamluan.pipeline.report import pictures
from thamluan.pipeline.report.charts import Axis
from thamluan.pipeline.report.drawing import SCALE, SHADES, TEXT, Bar, Stack, bars, stacks
from thamluan.pipeline.report.lettering import ELLIPSIS, lines, width

AXIS = Axis(0.5, 0.1)
TICKS = ("0%", "10%", "20%", "30%", "40%", "50%")


def pixels(drawing):
    return Image.open(BytesIO(drawing.png)).convert("RGB")


def edge(image, box):
    return {colour for _, colour in image.crop(box).getcolors(maxcolors=1 << 20)}


def test_every_kind_is_drawn(report):
    drawn = [
        *pictures.shares_pictures(report),
        *pictures.stances_pictures(report),
        *pictures.group_pictures(report),
        pictures.pairs_picture(report),
    ]
    assert [picture.caption for picture in drawn] == [
        "Tỷ lệ ý kiến nêu từng chủ đề",
        "Tính chất ý kiến: từng chủ đề",
        "Tỷ lệ ý kiến nêu từng chủ đề: theo câu hỏi",
        "Tỷ lệ ý kiến nêu từng chủ đề: theo Xã",
        "Các chủ đề được nêu cùng nhau",
    ]


def test_nothing_is_drawn_of_nothing(report, empty_summary):
    empty = replace(report, summary=empty_summary)
    assert pictures.shares_pictures(empty) == pictures.stances_pictures(empty) == pictures.group_pictures(empty) == ()
    assert pictures.pairs_picture(empty) is None


def test_a_picture_tells_count_and_base_in_words(report):
    [picture] = pictures.shares_pictures(report)
    assert "Kinh phí, chế độ: 60,0% (6/10)" in picture.alternative
    assert "95%" in picture.note


def test_the_same_rows_give_the_same_bytes():
    rows = [Bar("Đội ngũ", 0.2, 0.1, 0.3, "20,0% (2/10)")]
    assert bars(rows, axis=AXIS, ticks=TICKS) == bars(rows, axis=AXIS, ticks=TICKS)


@pytest.mark.parametrize(
    "label", ["ngắn", "Ễ" * 300, "từ " * 200, "Chủ đề có tên rất dài gồm đúng sáu mươi chữ, kể cả dấu cách"]
)
def test_labels_never_touch_the_edge(label):
    image = pixels(bars([Bar(label, 0.2, 0.1, 0.3, "20,0% (2/10)")], axis=AXIS, ticks=TICKS))
    left, right = (0, 0, 2, image.height), (image.width - 2, 0, image.width, image.height)
    assert edge(image, left) == edge(image, right) == {(255, 255, 255)}


def test_a_greater_share_has_a_longer_bar():
    drawing = bars([Bar("a", 0.1, 0.1, 0.1, ""), Bar("a", 0.4, 0.4, 0.4, "")], axis=AXIS, ticks=TICKS)
    image = pixels(drawing)
    fill = (0x8F, 0xB3, 0xD1)
    lengths = [sum(image.getpixel((x, y)) == fill for x in range(image.width)) for y in range(image.height)]
    found = sorted({length for length in lengths if length > 5})
    assert found[-1] > 3 * found[0]


def test_a_missing_share_has_no_bar():
    image = pixels(bars([Bar("a", float("nan"), float("nan"), float("nan"), "–")], axis=AXIS, ticks=TICKS))
    assert (0x8F, 0xB3, 0xD1) not in edge(image, (0, 0, *image.size))


def test_neighbouring_shades_differ_in_grey():
    def grey(colour):
        return Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))

    for (ground, hatching, _), (other, other_hatching, _) in pairwise(SHADES):
        assert abs(grey(ground) - grey(other)) > 25 or hatching != other_hatching


def test_more_stances_than_shades_are_drawn():
    drawing = stacks([Stack("a", (1.0,) * 9, ("1",) * 9)], legend=[f"tính chất {n} " * 5 for n in range(9)])
    assert pixels(drawing).size == (round(drawing.width * SCALE), round(drawing.height * SCALE))


@pytest.mark.parametrize(
    "text", ["ế" * 1000, "một hai ba bốn năm sáu bảy tám chín mười " * 50, "\x00\n\t", "", "a" * 32767]
)
def test_lines_fit(text):
    found = lines(text, size=TEXT, most_width=300, most_lines=3)
    assert len(found) <= 3
    assert all(width(line, TEXT) <= 300 for line in found)


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert lines("rất dài " * 100, size=TEXT, most_width=300)[-1].endswith(ELLIPSIS)
    assert not lines("Kinh phí", size=TEXT, most_width=300)[-1].endswith(ELLIPSIS)


def test_loose_marks_are_joined():
    assert lines("e\u0302\u0301", size=TEXT, most_width=300) == ("ế",)
