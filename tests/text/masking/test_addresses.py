import pytest

from thamluan.pipeline.text.masking.addresses import addresses


def cut(text):
    return [text[start:end] for start, end in addresses(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ở số nhà 12 ngõ 34 đường Trần Phú, phường Chi Lăng", "số nhà 12 ngõ 34 đường Trần Phú"),
        ("12/3 Nguyễn Trãi mất nước", "12/3 Nguyễn Trãi"),
        ("o 12/3 nguyen trai mua la ngap", "12/3 nguyen trai"),
        ("trước 214 đường Phai Vệ bốc mùi", "214 đường Phai Vệ"),
        ("căn hộ 1203 tòa CT2 dột", "căn hộ 1203 tòa CT2"),
    ],
)
def test_a_house_is_found_with_its_street(text, address):
    assert cut(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "ngõ 12 tối om",
        "đường Trần Phú ngập",
        "thôn Lê Lợi họp 2/9",
        "12 phó thôn nghỉ",
        "trg thôn sn 1956, lm từ khóa 2011",
        "khối 12 phố Lê Lai",
        "giảm 9 phòng",
    ],
)
def test_streets_villages_and_counts_are_no_house(text):
    assert cut(text) == []
