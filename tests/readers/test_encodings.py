import codecs
import unicodedata

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.encodings import Decoded, decode

ANSWERS = "Chi bộ họp đều, nhưng tiền xăng không đủ.\nNgười trẻ đi làm xa hết rồi.\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def for_windows_1258(text):
    """Part letters and tone marks as Windows-1258 holds them."""
    parted = unicodedata.normalize("NFD", text)
    marks = "".join(character if character in TONES else "" for character in parted)
    assert marks
    letters = []
    for character in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", character)
        tones = "".join(mark for mark in decomposed if mark in TONES)
        rest = "".join(mark for mark in decomposed if mark not in TONES)
        letters.append(unicodedata.normalize("NFC", rest) + tones)
    return "".join(letters)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_decode_finds_the_unicode_encodings(encoding):
    decoded = decode(ANSWERS.encode(encoding), expected="a text")
    assert decoded.text == ANSWERS
    assert decoded.encoding in ("UTF-8", "UTF-16", "UTF-32")
    assert decoded.encoding.lower() in encoding


def test_decode_takes_off_big_endian_mark():
    assert decode(codecs.BOM_UTF16_BE + ANSWERS.encode("utf-16-be"), expected="a text").text == ANSWERS


def test_decode_reads_windows_1258_with_combining_marks():
    written = for_windows_1258(ANSWERS)
    assert decode(written.encode("cp1258"), expected="a text") == Decoded(written, "Windows-1258")


@pytest.mark.parametrize(
    ("shown", "encoding"),
    [
        ("Chi bé häp ®Òu, nh\u00adng tiÒn x¨ng kh«ng ®ñ.", "TCVN3"),
        ("Chi boä hoïp ñeàu, nhöng tieàn xaêng khoâng ñuû.", "VNI"),
    ],
)
def test_decode_reads_legacy_encodings(shown, encoding):
    decoded = decode(shown.encode("cp1252"), expected="a text")
    assert decoded == Decoded("Chi bộ họp đều, nhưng tiền xăng không đủ.", encoding)
    assert decoded.notes == (f"read as {encoding}",)


OTHERS = {
    "TCVN3": "Chi bé häp ®Òu, nh\u00adng tiÒn x¨ng kh«ng ®ñ.".encode("cp1252"),
    "VNI": "Chi boä hoïp ñeàu, nhöng tieàn xaêng khoâng ñuû.".encode("cp1252"),
    "Windows-1258": for_windows_1258("Chi bộ họp đều, nhưng tiền xăng không đủ.").encode("cp1258"),
}


@pytest.mark.parametrize("encoding", OTHERS)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_decode_reads_a_few_lines_in_another_encoding(encoding, mark):
    before, after = "Đường xấu quá.\r\n\r\n" * 30, "Họp ít.\r\n" * 10
    decoded = decode(mark + before.encode() + OTHERS[encoding] + b"\r\n" + after.encode(), expected="a table")
    whole = before + "Chi bộ họp đều, nhưng tiền xăng không đủ.\r\n" + after
    assert unicodedata.normalize("NFC", decoded.text) == whole
    assert decoded.encoding == f"UTF-8 and {encoding}"
    assert decoded.notes == (f"1 line(s) read as {encoding}, the others as UTF-8",)


@pytest.mark.parametrize(
    ("n_lines", "other"),
    [(18, OTHERS["TCVN3"]), (40, "Les élèves français".encode("latin-1")), (40, "Tiền ít quá".encode()[:-1])],
)
def test_decode_refuses_other_lines_that_are_many_or_unknown(n_lines, other):
    with pytest.raises(InputError, match="unknown encoding"):
        decode("Đường xấu quá.\n".encode() * n_lines + other, expected="a table")


@pytest.mark.parametrize("raw", [b"", b"  \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF8 + b"\n"])
def test_decode_refuses_the_empty(raw):
    with pytest.raises(InputError, match="is empty"):
        decode(raw, expected="a text")


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04abc", b"%PDF-1.7", b"id,text\n1,a\0b\n", bytes(range(256)) * 4]
)
def test_decode_refuses_binary_files(raw):
    with pytest.raises(InputError, match=r"is a binary file.*not a table"):
        decode(raw, expected="a table")


@pytest.mark.parametrize(
    "raw", ["Les élèves français".encode("latin-1"), "идея".encode("cp1251"), b"Caf\xe9 M\xfcller"]
)
def test_decode_refuses_unknown_encodings_with_a_hint(raw):
    with pytest.raises(InputError, match="unknown encoding") as caught:
        decode(raw, expected="a text")
    assert "UTF-8" in caught.value.hint


def test_decode_refuses_a_utf16_file_that_is_cut_short():
    with pytest.raises(InputError, match="is damaged"):
        decode(ANSWERS.encode("utf-16")[:-1], expected="a text")
