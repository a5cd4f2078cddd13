import pytest

from thamluan.pipeline.text.masking.numbers import accounts, identities, phones


def cut(text, finder):
    return [text[start:end] for start, end in finder(text)]


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912.345.678",
        "+84 912 345 678",
        "01234567890",
        "0205 3870 123",
        "1900 1234",
        "0 9 1 2 3 4 5 6 7 8",
    ],
)
def test_phones_are_found_however_they_are_grouped(number):
    assert cut(f"gọi {number}, cảm ơn", phones) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "1.900.000.000 đồng",
        "2020-2025",
        "01.07.2025",
        "99/2019/QĐ-UBND",
        "1900 hộ",
        "0,72 lần",
        "gọi 113",
        "quỹ 84.912.345.678đ",
    ],
)
def test_sums_years_dates_and_decrees_are_no_phones(text):
    assert cut(text, phones) == []


def test_a_short_number_is_a_phone_only_where_it_is_named_so():
    assert cut("điện thoại bàn 3870 456", phones) == ["3870 456"]
    assert cut("thửa đất 3870 456", phones) == []


def test_the_nearer_name_decides_what_a_number_is():
    text = "điện thoại không có, cmnd 081234567"
    assert (cut(text, identities), cut(text, phones)) == (["081234567"], [])


@pytest.mark.parametrize("number", ["001 085 012 345", "020190001234"])
def test_twelve_digits_that_begin_with_a_province_are_an_identity_card(number):
    assert cut(f"mang {number} ra xã", identities) == [number]


def test_money_in_an_account_is_no_account():
    assert cut("tài khoản còn 15.000.000 đồng", accounts) == []


def test_sixteen_digits_are_a_card():
    assert cut("thẻ 9704 1812 3456 7890 bị khóa", accounts) == ["9704 1812 3456 7890"]
