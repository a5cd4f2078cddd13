import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.readers.documents.plain import read_plain


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("documents") / "paper.txt"


def texts(document):
    return [line.text for line in document.lines]


@settings(deadline=None, max_examples=50)
@given(
    text=st.text(st.characters(exclude_characters="\0\r\ufeff", exclude_categories=["Cs"])).map("Kính thưa ".__add__)
)
def test_read_plain_keeps_every_line(scratch, text):
    scratch.write_bytes(text.encode("utf-8"))
    assert "\n".join(texts(read_plain(scratch))) == text


def test_read_plain_turns_line_ends_into_line_feeds(scratch):
    scratch.write_bytes("một\r\nhai\rba\n".encode())
    assert texts(read_plain(scratch)) == ["một", "hai", "ba", ""]
