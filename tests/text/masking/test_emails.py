import pytest

from thamluan.pipeline.text.masking.emails import emails


@pytest.mark.parametrize(
    "address", ["lan.hoa@gmail.com", "lan@gmail", "lan(at)yahoo.com.vn", "lan a còng gmail chấm com", "fb.com/lan.hoa"]
)
def test_addresses_are_found_however_they_are_spelt(address):
    text = f"thư: {address}. Cảm ơn"
    assert [text[start:end] for start, end in emails(text)] == [address]


@pytest.mark.parametrize("text", ["mail công vụ cấp rồi không ai dùng", "còng lưng", "3@ 5", "facebook của xã"])
def test_words_about_mail_are_no_address(text):
    assert list(emails(text)) == []
