import codecs
import unicodedata

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.encodings import decode

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
    assert decode(ANSWERS.encode(encoding), expected="a text") == ANSWERS


def test_decode_takes_off_big_endian_mark():
    assert decode(codecs.BOM_UTF16_BE + ANSWERS.encode("utf-16-be"), expected="a text") == ANSWERS


def test_decode_reads_windows_1258_with_combining_marks():
    written = for_windows_1258(ANSWERS)
    assert decode(written.encode("cp1258"), expected="a text") == written


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("Chi bé häp ®Òu, nh\u00adng tiÒn x¨ng kh«ng ®ñ.", "Chi bộ họp đều, nhưng tiền xăng không đủ."),
        ("Chi boä hoïp ñeàu, nhöng tieàn xaêng khoâng ñuû.", "Chi bộ họp đều, nhưng tiền xăng không đủ."),
    ],
)
def test_decode_reads_legacy_encodings(shown, text):
    assert decode(shown.encode("cp1252"), expected="a text") == text


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
