import pytest

from thamluan.pipeline.aggregate.fitness import fitness, is_ranting, opens_joined

GOOD = "Phụ cấp của trưởng thôn có bốn trăm nghìn, xăng xe đi họp trên huyện là hết."


@pytest.mark.parametrize(
    "worse",
    [
        "Thiếu tiền.",
        "Như đã nêu trên, phụ cấp của trưởng thôn có bốn trăm nghìn, xăng xe là hết.",
        "Vấn đề này đã hỏi xã ba lần mà không ai trả lời cho dân biết.",
        "Nhưng phụ cấp của trưởng thôn có bốn trăm nghìn, xăng xe đi họp là hết.",
        "Vì vậy trưởng thôn xin nghỉ, hai năm nay không có ai nhận thay.",
        "Một là, phụ cấp của trưởng thôn có bốn trăm nghìn, xăng xe đi họp là hết.",
        "Nói về niềm tin thì tôi xin một câu thế này với hội nghị năm 2024.",
        GOOD.upper(),
        GOOD + "!!!",
        "pc cua truong thon co 400k, xang xe di hop tren huyen la het",
        "đc mỗi cái nhà vh mới, rộng, có wifi, k ai dc vô nx, tụi nhỏ bt ra sân",
        " ".join([GOOD] * 6),
        "Mọi người đều thấy công việc ở cơ sở rất tốt đẹp, ai cũng vui.",
    ],
)
def test_what_cannot_stand_alone_is_less_fit(worse):
    assert fitness(worse) < fitness(GOOD) == 1.0


def test_a_line_of_a_document_without_a_full_stop_may_be_a_heading():
    heading = "Về kinh phí hoạt động của thôn, khối phố năm 2024"
    assert fitness(heading, is_line=True) == pytest.approx(fitness(heading) / 2)


@pytest.mark.parametrize(("text", "expected"), [("UBND xã ở xa", False), ("KHÔNG CÓ TIỀN", True), ("lũ ăn cắp", True)])
def test_shouting_and_abuse_are_ranting(text, expected):
    assert is_ranting(text) is expected


@pytest.mark.parametrize("text", ["Điều đó ai cũng biết.", "Do đó dân bỏ họp.", "Tuy nhiên chưa ai sửa."])
def test_what_points_back_opens_joined(text):
    assert opens_joined(text)
