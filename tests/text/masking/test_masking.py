"""Masking in running text: made-up people, numbers and addresses, typed as people type; and answers that hold none."""

import json
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.text.masking import MASKS, WRITTEN, find, mask

CASES = json.loads((Path(__file__).parents[2] / "cases" / "text_masking.json").read_text(encoding="utf-8"))
LEAST_CAUGHT, MOST_TOUCHED = 0.98, 0.01


def is_caught(text, item):
    start, found = text.index(item), find(text)
    letters = [place for place in range(start, start + len(item)) if text[place].isalnum()]
    return all(any(hidden.start <= place < hidden.end for hidden in found) for place in letters)


def labelled_answers():
    for path in sorted((CORPORA / "labelled").glob("answers_*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def test_what_tells_of_a_person_is_caught():
    items = [(case["text"], item) for case in CASES["hidden"] for item in case["hidden"]]
    missed = [pair for pair in items if not is_caught(*pair)]
    assert len(items) >= 300
    assert len(missed) <= (1 - LEAST_CAUGHT) * len(items), missed


def test_texts_that_tell_of_nobody_stay_as_they_are():
    touched = [text for text in CASES["clean"] if find(text)]
    assert len(touched) <= MOST_TOUCHED * len(CASES["clean"]), touched


def test_labelled_answers_are_touched_only_where_they_name_somebody():
    named = set(CASES["labelled_answers_that_name_somebody"])
    answers = list(labelled_answers())
    touched = [answer["id"] for answer in answers if answer["id"] not in named and find(answer["text"])]
    assert len(answers) > 13_000
    assert len(touched) <= MOST_TOUCHED * (len(answers) - len(named)), touched


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Gọi +84 912.345.678 nhé", "Gọi [số điện thoại] nhé"),
        ("cccd 001 085 012 345", "cccd [số giấy tờ]"),
        ("stk 8812205012345 Agribank", "stk [số tài khoản] Agribank"),
        ("thư: lan@gmail.com.", "thư: [thư điện tử]."),
        ("số nhà 12 ngõ 34, thôn Nà Lim", "[địa chỉ], thôn Nà Lim"),
        ("bà Lò Thị Mẩy ở xã Tân Lập", "bà [tên người] ở xã Tân Lập"),
    ],
)
def test_mask_says_what_stood_there_and_leaves_the_rest(text, masked):
    assert mask(text) == masked


def test_mask_writes_in_the_language_of_the_report():
    assert mask("sđt 0912345678", lang="en") == "sđt [phone]"


def test_marks_typed_apart_hide_nothing():
    assert mask(unicodedata.normalize("NFD", "Tôi tên là Nguyễn Văn Hùng")).endswith("[tên người]")


def test_letters_without_width_hide_nothing():
    assert mask("gọi 0912\u200b345\u200b678") == "gọi [số điện thoại]"


def test_every_mask_is_worded_in_every_language():
    assert all(set(words) == set(MASKS) for words in WRITTEN.values())


@given(text=st.text(alphabet="0123456789 ./-+@aàoộngthNVăÔ()\n", max_size=120))
def test_hidden_stretches_are_in_order_apart_and_inside(text):
    found = find(text)
    edges = [edge for hidden in found for edge in (hidden.start, hidden.end)]
    assert edges == sorted(edges)
    assert all(0 <= hidden.start < hidden.end <= len(text) for hidden in found)


@pytest.mark.parametrize(
    "piece", ["0 ", "a@", "số nhà 1 ngõ ", "12/", "Nguyễn ", "một ", "a.", "không chín ", "(", "đường "]
)
def test_long_texts_take_time_that_grows_with_their_length(piece):
    def seconds(text):
        started = process_time()
        find(text)
        return process_time() - started

    short, long = (min(seconds(piece * n) for _ in range(2)) for n in (500, 4000))
    assert long < 40 * short + 0.2  # 8 times the text; 64 times where time grows with the square
