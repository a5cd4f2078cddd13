import io
import json
import os
import re
import runpy
import sys
import unicodedata
from collections import Counter
from itertools import chain, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea import word_tokenize

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.letters import LINE_BREAKS
from thamluan.pipeline.text import words as words_module
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.words import (
    join_words,
    join_words_of,
    segment_blocks,
    word_offsets,
    word_spans,
    words_of,
)

unhurried = settings(deadline=None)  # the first text waits for the Unicode table or the word model

TESTS = Path(__file__).resolve().parents[1]
CASES = json.loads((TESTS / "cases" / "text_words.json").read_text(encoding="utf-8"))
SENTENCES = tuple(case["text"] for case in CASES if "words" not in case)
LABELLED = TESTS.parent / "corpora" / "labelled"
SHARED = TESTS.parents[1] / "shared" / "data"
SEGMENTED = SHARED / "segmentation"
NEWS = SHARED / "news" / "news.txt.xz"
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


def cut(text):
    return [text[start:end] for start, end in word_spans(text)]


def lines_of(path=None):
    """Give one by one the lines that come in blocks."""
    rest = ""
    for block in segment_blocks(path):
        *lines, rest = (rest + block).split("\n")
        yield from lines


@pytest.fixture(scope="module")
def benchmark():
    return runpy.run_path(str(TESTS / "benchmarks" / "words.py"))


@unhurried
@given(texts)
def test_words_are_in_order_and_apart(text):
    ends = [point for span in word_spans(text) for point in span]
    assert ends == sorted(ends)


@unhurried
@given(texts)
def test_words_cover_all_but_white_space(text):
    assert "".join("".join(word.split()) for word in cut(text)) == "".join(text.split())


@unhurried
@given(texts)
def test_words_never_run_over_a_line_break(text):
    assert not any(re.search(f"[{LINE_BREAKS}]", word) for word in cut(text))


@unhurried
@given(st.lists(st.sampled_from(["chi bộ", "Phụ cấp", "xã", "(", ")", ",", ".", "-", "“", "”", "!", "%", "/"])))
def test_words_never_join_letters_with_punctuation_that_stood_apart(parts):
    parts_of_words = [word.split() for word in cut(" ".join(parts))]
    assert all(len({part.isalpha() for part in word}) == 1 for word in parts_of_words)


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0\u2028"])
def test_words_of_blank_text_are_none(text):
    assert word_spans(text) == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_are_those_of_underthesea(sentence):
    assert cut(sentence) == word_tokenize(sentence, use_token_normalize=False)


@pytest.mark.parametrize("case", [case for case in CASES if "words" in case], ids=lambda case: case["text"])
def test_words_differ_from_those_of_underthesea_where_these_are_not_in_the_text(case):
    assert cut(case["text"]) == case["words"] != word_tokenize(case["text"], use_token_normalize=False)


def test_words_of_answers_are_those_of_underthesea(benchmark):
    answers = list(read_lines(LABELLED / "answers_dev.jsonl"))
    kinds = Counter(map(benchmark["difference"], words_of(answers), benchmark["by_underthesea"](answers)))
    assert kinds[benchmark["OTHER"]] == 0
    assert kinds[""] > len(answers) / 2


@unhurried
@given(st.lists(st.sampled_from([*SENTENCES, "(", "Đảng ủy)", "TP.", "kinh", "phí,", "Ð", "A."])).map(" ".join))
def test_words_of_any_line_are_those_of_underthesea(benchmark, text):
    line = " ".join(re.split(f"[{LINE_BREAKS}]", text))
    assert benchmark["difference"](cut(line), word_tokenize(line, use_token_normalize=False)) != benchmark["OTHER"]


@pytest.mark.slow
@pytest.mark.skipif(not NEWS.exists(), reason="needs ../shared/data/news")
def test_words_of_news_are_those_of_underthesea(benchmark):
    lines = [line.rstrip("\n") for line in islice(read_lines(NEWS), 0, 60_000, 20)]
    kinds = Counter(map(benchmark["difference"], words_of(lines), benchmark["by_underthesea"](lines)))
    assert kinds[benchmark["OTHER"]] <= len(lines) / 1000
    assert kinds[""] >= 0.95 * len(lines)


@pytest.mark.slow
@pytest.mark.skipif(not SEGMENTED.is_dir(), reason="needs ../shared/data/segmentation")
@pytest.mark.parametrize("part", ["dev", "test"])
def test_words_are_no_worse_than_those_of_underthesea(benchmark, part):
    sentences = benchmark["gold_sentences"](SEGMENTED / f"vi_vtb-ud-{part}.conllu")
    texts = [" ".join(sentence) for sentence in sentences]
    ours, theirs = words_of(texts), benchmark["by_underthesea"](texts)
    assert benchmark["word_f1"](ours, sentences) >= benchmark["word_f1"](theirs, sentences) > 0.95


@pytest.mark.parametrize("sentence", SENTENCES)
def test_words_of_decomposed_text_are_the_same(sentence):
    words = cut(unicodedata.normalize("NFD", sentence))
    assert [unicodedata.normalize("NFC", word) for word in words] == cut(sentence)


@pytest.mark.parametrize("piece", ["a", "1.", "a.", "a-", "(", ":D"])
def test_words_of_endless_text_cover_it(piece):
    text = piece * 5_000
    assert "".join(cut(text)) == text


@pytest.mark.parametrize("text", ["\ud83d", "Phụ cấp \ud83d thấp", "\udc00\ud800"])
def test_words_survive_half_a_surrogate_pair(text):
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


@unhurried
@given(st.lists(texts, max_size=6))
def test_words_of_many_texts_are_those_of_each(many):
    assert words_of(many) == [cut(text) for text in many]


@unhurried
@given(st.lists(texts, max_size=6))
def test_word_offsets_of_many_texts_are_those_of_each(many):
    offsets = word_offsets(many)
    spans = [word_spans(text) for text in many]
    assert offsets.counts.tolist() == [len(each) for each in spans]
    assert list(zip(offsets.starts.tolist(), offsets.ends.tolist(), strict=True)) == list(chain(*spans))


def test_words_of_batches_are_those_of_one_batch(monkeypatch):
    many = [*SENTENCES, "", *(case["text"] for case in CASES), " "]
    whole = words_of(many), join_words_of(many), word_offsets(many).starts.tolist()
    monkeypatch.setattr(words_module, "BATCH", 20)
    assert (words_of(many), join_words_of(many), word_offsets(many).starts.tolist()) == whole


def test_word_offsets_of_no_text_are_empty():
    offsets = word_offsets([])
    assert (offsets.starts.tolist(), offsets.ends.tolist(), offsets.counts.tolist()) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Chi bộ họp đều.", "Chi_bộ họp đều ."),
        ("Phụ  cấp\tthấp", "Phụ_cấp thấp"),
        ("Phụ cấp (khối trưởng)", "Phụ_cấp ( khối_trưởng )"),
        ("Phụ\u00a0 cấp\x1fthấp", "Phụ_cấp thấp"),
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
def test_segment_blocks_gives_a_line_for_a_line(tmp_path, raw):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    assert list(lines_of(path)) == ["Chi_bộ họp đều .", "", "Tiền ít ."]


def test_segment_blocks_of_an_empty_file_are_none(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    assert list(lines_of(path)) == []


def test_segment_blocks_reads_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Chi bộ họp đều.\n".encode())))
    assert list(lines_of()) == ["Chi_bộ họp đều ."]


def test_segment_blocks_reads_no_further_than_asked(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Chi bộ họp đều.\n".encode() * 100_000 + b"\xff")
    assert next(lines_of(path)) == "Chi_bộ họp đều ."


@pytest.mark.parametrize(("raw", "number"), [(b"\xffa\n", 1), ("Chi bộ\n".encode() + b"h\xe4p\n", 2)])
def test_segment_blocks_names_the_line_that_is_not_utf8(tmp_path, raw, number):
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=rf"a\.txt, line {number}, is not UTF-8"):
        list(lines_of(path))


def test_segment_blocks_refuses_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        list(lines_of(tmp_path / "none.txt"))


def test_segment_blocks_gives_the_lines_before_one_that_is_not_utf8(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Chi bộ\nkinh phí\n".encode() + b"\xff\n" + "thôn".encode())
    blocks = segment_blocks(path)
    assert next(blocks) == "Chi_bộ\nkinh_phí\n"
    with pytest.raises(InputError, match="line 3, is not UTF-8"):
        next(blocks)


@pytest.mark.parametrize("size", [1, 7, 30, 1_000])
def test_segment_blocks_are_the_same_however_they_are_read(tmp_path, monkeypatch, size):
    lines = [*SENTENCES[:6], "", "  ", "Họp\tthôn"]
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff".encode() + "\r\n".join(lines).encode())
    monkeypatch.setattr(words_module, "BLOCK", 1_000_000)
    whole = list(lines_of(path))
    assert whole == join_words_of(lines)
    monkeypatch.setattr(words_module, "BLOCK", size)
    assert [line.replace("_", " ").split() for line in lines_of(path)] == [
        line.replace("_", " ").split() for line in whole
    ]


def test_segment_blocks_takes_a_long_line_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(words_module, "BLOCK", 100)
    path = tmp_path / "a.txt"
    path.write_text("Chi bộ họp đều. " * 50 + "\nTiền ít", encoding="utf-8")
    long, short = lines_of(path)
    assert long.replace("_", " ") == " ".join(["Chi bộ họp đều ."] * 50)
    assert long.count("_") > 45  # a word is parted where a piece ends
    assert short == "Tiền ít"


def test_segment_blocks_answers_a_line_before_the_next_one_comes(monkeypatch):
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb", buffering=0) as typed, os.fdopen(reading, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        blocks = segment_blocks()
        for line, joined in (("Chi bộ họp đều.", "Chi_bộ họp đều ."), ("kinh phí", "kinh_phí")):
            typed.write(f"{line}\n".encode())
            assert next(blocks) == f"{joined}\n"
        blocks.close()
