from itertools import islice
from pathlib import Path

import pytest

from thamluan.pipeline.legacy import TCVN3_ROWS, VNI_ROWS
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.repair import repair
from thamluan.pipeline.text.repairs.legacy import decode_legacy, seems_legacy

NEWS = Path(__file__).resolve().parents[4] / "shared" / "data" / "news" / "news.txt.xz"
TCVN3 = {letter: code for codes, row in TCVN3_ROWS[:-1] for code, letter in zip(codes, row, strict=True)}
VNI = {letter: code for codes, row in VNI_ROWS for code, letter in zip(codes.split(), row.split(), strict=True)}
SENTENCES = (
    "đề nghị cấp trên quan tâm phụ cấp cho cán bộ thôn",
    "người dân chưa được tư vấn, nhưng vẫn ủng hộ phong trào",
    "sinh hoạt chi bộ còn hình thức, ít người phát biểu",
    "hòa giải ở cơ sở rất khó vì thiếu kinh phí",
)


def encoded(text, codes):
    return "".join(codes.get(char, char) for char in text)


def decoded(text):
    return repair(text, names=["decode_legacy"]).text


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("codes", [TCVN3, VNI], ids=["TCVN3", "VNI"])
def test_decode_legacy_gives_sentences_back(sentence, codes):
    assert decoded(encoded(sentence, codes)) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_decode_legacy_puts_a_dropped_letter_back(sentence):
    assert decoded(encoded(sentence, TCVN3).replace("\u00ad", "")) == sentence


@pytest.mark.parametrize("codes", [TCVN3, VNI], ids=["TCVN3", "VNI"])
def test_decode_legacy_decides_line_by_line(codes):
    assert decoded(f"{SENTENCES[0]}\n{encoded(SENTENCES[1], codes)}\ncafé") == f"{SENTENCES[0]}\n{SENTENCES[1]}\ncafé"


@pytest.mark.parametrize("line_break", ["\r", "\v", "\u2028"])
def test_decode_legacy_knows_every_line_break(line_break):
    assert decoded(f"Đảng bộ{line_break}Chi bé häp") == f"Đảng bộ{line_break}Chi bộ họp"


def test_decode_legacy_replaces_letter_by_letter():
    assert list(decode_legacy(["Chi boä hoïp"])) == [[(5, 7, "ộ"), (9, 11, "ọ")]]


def test_decode_legacy_leaves_a_soft_hyphen_that_is_none_of_the_letters():
    assert decoded("Kinh phÝ kh«ng ®ñ, chÝ\u00adnh s¸ch") == "Kinh phí không đủ, chí\u00adnh sách"


@pytest.mark.parametrize("piece", ["kh«ng ", "é", "\u00ad", "«", "boä ", "à\n", "ö"])
def test_decode_legacy_ends_on_endless_text(piece):
    assert len(repair(piece * 20_000, names=["decode_legacy"]).text) <= len(piece) * 20_000


@pytest.mark.parametrize(
    "text",
    ["Câu 1: Kh«ng cã ý kiÕn", "Ý kiến: kh«ng", "Tổng hợp: coù yù kieán khaùc", "®¶ng bé trả lời"],
)
def test_seems_legacy_finds_what_is_left(text):
    assert seems_legacy(repair(text).text)


@pytest.mark.parametrize(
    "text",
    ["", "Chi bo", "Chi bộ họp đều", "cô bé né", "café", "Müller, José, naïve", "Panadol®", "5£ © 2022", "10 m² · 5°"],
)
def test_seems_legacy_does_not_find_other_texts(text):
    assert not seems_legacy(repair(text).text)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("codes", [TCVN3, VNI], ids=["TCVN3", "VNI"])
def test_seems_legacy_finds_nothing_after_the_repair(sentence, codes):
    assert not seems_legacy(repair(encoded(sentence, codes)).text)


@pytest.mark.skipif(not NEWS.exists(), reason="needs the news in ../shared/data/news")
def test_decode_legacy_changes_no_clean_line():
    lines = list(islice(read_lines(NEWS), 20_000))
    assert [number for number, pieces in enumerate(decode_legacy(lines)) if pieces] == []
