import io
import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea import word_tokenize

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.words import join_words, segment_lines, word_spans

unhurried = settings(deadline=None)  # the first text waits for the Unicode table or the word model

SENTENCES = (
    "Chi bộ sinh hoạt đều, đảng viên tham gia đông đủ.",
    "Kinh phí hoạt động của ban công tác mặt trận còn thấp",
    "Đề nghị tăng phụ cấp cho trưởng thôn!",
    "Bí thư chi bộ kiêm tổ trưởng tổ dân phố, việc gì cũng đến tay.",
    "chua co kinh phi, ko ai lam",
    "Mỗi tháng được 1.200.000 đồng, họp ngày 03/02/2024.",
)
PIECES = (
    (
        "kinh phí",
        "Đề nghị",
        "v.v.",
        "ThS.",
        "T.Ư",
        "1.200",
        "3x4",
        "https://a.vn/b",
        "a@b.vn",
        "NĐ-CP",
        "=>",
        ":D",
        "...",
    ),
    (" ", "  ", "\n", "\r\n", "\u2028", "\u00a0", "\x00", "\x1c", "(", ")", "-", "_", "'", "“", "😀", "\u200b"),
    ("\u0301", "\u0323\u0302", "o\u0323", "\u0344", "\u0958", "\u1112\u1161", "\ud800", "\ufffd"),
)
pieces = st.sampled_from([piece for kind in PIECES for piece in kind])
texts = st.one_of(st.text(max_size=40), st.text(st.characters(), max_size=10), st.lists(pieces).map("".join))


def words_of(text):
    return [text[start:end] for start, end in word_spans(text)]


@unhurried
@given(texts)
def test_words_are_in_order_and_apart(text):
    ends = [point for span in word_spans(text) for point in span]
    assert ends == sorted(ends)


@unhurried
@given(texts)
def test_words_cover_all_but_white_space(text):
    assert "".join("".join(word.split()) for word in words_of(text)) == "".join(text.split())


@unhurried
@given(texts)
def test_words_never_run_over_a_line_break(text):
    assert not any(re.search(r"[\n\r\v\f\x85\u2028\u2029]", word) for word in words_of(text))


@unhurried
@given(st.lists(st.sampled_from(["chi bộ", "Phụ cấp", "xã", "(", ")", ",", ".", "-", "“", "”", "!", "%", "/"])))
def test_words_never_join_letters_with_punctuation_that_stood_apart(parts):
    parts_of_words = [word.split() for word in words_of(" ".join(parts))]
    assert all(len({part.isalpha() for part in word}) == 1 for word in parts_of_words)


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0\u2028"])
def test_words_of_blank_text_are_none(text):
    assert word_spans(text) == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_are_those_of_underthesea(sentence):
    assert words_of(sentence) == word_tokenize(sentence, use_token_normalize=False)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_of_decomposed_text_are_the_same(sentence):
    words = words_of(unicodedata.normalize("NFD", sentence))
    assert [unicodedata.normalize("NFC", word) for word in words] == words_of(sentence)


@pytest.mark.parametrize("piece", ["a", "1.", "a.", "a-", "(", ":D"])
def test_words_of_endless_text_cover_it(piece):
    text = piece * 5_000
    assert "".join(words_of(text)) == text


@pytest.mark.parametrize("text", ["\ud83d", "Phụ cấp \ud83d thấp", "\udc00\ud800"])
def test_words_survive_half_a_surrogate_pair(text):
    assert "".join("".join(words_of(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Chi bộ họp đều.", "Chi_bộ họp đều ."),
        ("Phụ  cấp\tthấp", "Phụ_cấp thấp"),
        ("Phụ cấp (khối trưởng)", "Phụ_cấp ( khối_trưởng )"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_join_words_marks_the_words(text, joined):
    assert join_words(text) == joined


@unhurried
@given(texts)
def test_join_words_keeps_every_character(text):
    assert join_words(text).replace(" ", "").replace("_", "") == "".join(text.split()).replace("_", "")


@pytest.mark.parametrize(
    "raw",
    [
        "Chi bộ họp đều.\n\nTiền ít.\n".encode(),
        "Chi bộ họp đều.\r\n\r\nTiền ít.\r\n".encode(),
        "Chi bộ họp đều.\n\nTiền ít.".encode(),
        "\ufeffChi bộ họp đều.\n\nTiền ít.".encode(),
    ],
    ids=["LF", "CRLF", "no line end", "BOM"],
)
def test_segment_lines_gives_a_line_for_a_line(tmp_path, raw):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    assert list(segment_lines(path)) == ["Chi_bộ họp đều .", "", "Tiền ít ."]


def test_segment_lines_of_an_empty_file_are_none(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    assert list(segment_lines(path)) == []


def test_segment_lines_reads_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Chi bộ họp đều.\n".encode())))
    assert list(segment_lines()) == ["Chi_bộ họp đều ."]


def test_segment_lines_reads_no_further_than_asked(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Chi bộ họp đều.\n".encode() * 100_000 + b"\xff")
    assert next(segment_lines(path)) == "Chi_bộ họp đều ."


@pytest.mark.parametrize(("raw", "number"), [(b"\xffa\n", 1), ("Chi bộ\n".encode() + b"h\xe4p\n", 2)])
def test_segment_lines_names_the_line_that_is_not_utf8(tmp_path, raw, number):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=rf"a\.txt, line {number}, is not UTF-8"):
        list(segment_lines(path))


def test_segment_lines_refuses_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        list(segment_lines(tmp_path / "none.txt"))
