import pytest

from thamluan.pipeline.text.ideas.stops import STOP, ends_sentence


def ends(text):
    """Mark with | where a sentence ends inside a line."""
    stops = [stop.end() for stop in STOP.finditer(text) if ends_sentence(text, stop, 0, len(text))]
    return "|".join(text[start:end] for start, end in zip((0, *stops), (*stops, len(text)), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "Họp ít.| Đường xa!| Ai đi?| Thôi…| Nghỉ",
        "Khối phố.|Đồng chí",
        "họp ít.|xin tăng",
        "họp ít .|xin tăng",
        "Ông nói: “Thôi!”| Rồi về",
        "Xã đã báo cáo.[12]| Huyện chưa",
        "Lên TP.| Làng vắng",
        "loa, đèn, v.v.| Mong xã sửa",
    ],
)
def test_stops_that_end_a_sentence(text):
    assert ends(text.replace("|", "")) == text


@pytest.mark.parametrize(
    "text",
    [
        "TP. Lạng Sơn",
        "ThS. Hà",
        "gặp a. Dũng",
        "ông N.V.A vắng",
        "Điều 5. Kinh phí",
        "1.200.000 đồng",
        "ngày 20. 10. 2022",
        "baolangson.vn đưa tin",
        "NĐ.CP mới",
        "k. đủ tiền",
        "tiền... chưa có",
        "«Bao giờ có tiền?» rồi bỏ về",
        "Hết.",
    ],
)
def test_stops_that_end_none(text):
    assert ends(text) == text


def test_stops_before_the_start_of_the_line_are_not_asked():
    text = "TP. Vinh. Họp"
    last = list(STOP.finditer(text))[-1]
    assert ends_sentence(text, last, 4, len(text))
