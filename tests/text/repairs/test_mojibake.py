import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.text.repairs.mojibake import decode_mojibake
from thamluan.pipeline.text.repairs.pieces import put_in

ANSWERS = [
    json.loads(line)["text"]
    for line in (CORPORA / "labelled" / "answers_dev.jsonl").read_text(encoding="utf-8").splitlines()
]


def garbled(text):
    """Read the bytes of UTF-8 as Windows-1252, which has no character for five of them."""
    shown = (bytes([byte]).decode("cp1252", errors="replace").replace("\ufffd", chr(byte)) for byte in text.encode())
    return "".join(shown)


def decoded(text):
    return put_in(text, decode_mojibake(text))


@pytest.mark.parametrize("answer", [answer for answer in ANSWERS if not answer.isascii()])
def test_mojibake_of_answers_is_read(answer):
    assert decoded(garbled(answer)) == answer


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_are_no_mojibake(answer):
    assert decoded(answer) == answer


@given(st.text("ếộứđ👍“ ab\n", min_size=1))
def test_mojibake_of_letters_of_three_bytes_is_read(text):
    text = "\n".join(f"ổ{line}" for line in text.split("\n"))
    assert decoded(garbled(text)) == text


@given(st.text())
def test_mojibake_decoded_twice_equals_once_for_text_that_is_none(text):
    once = decoded(text)
    assert once == text or decoded(garbled(once)) == once
