import unicodedata

import pytest

from thamluan.pipeline.legacy import TCVN3_ROWS, VNI_ROWS, decode, letters, of_font
from thamluan.pipeline.syllables import TONES, VOWELS

SMALL = sorted(
    {unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in ("", *TONES)} - set(VOWELS)
    | set("ăâêôơưđ")
)
TCVN3 = {letter: code for codes, row in TCVN3_ROWS[:-1] for code, letter in zip(codes, row, strict=True)}
VNI = {letter: code for codes, row in VNI_ROWS for code, letter in zip(codes.split(), row.split(), strict=True)}
# The bytes of TCVN3 as another published table gives them, in the order of the letters below.
BYTES = (
    "b8b5b6b7b9 a8bebbbcbdc6 a9cac7c8c9cb ae d0cccecfd1 aad5d2d3d4d6 ddd7d8dcde e3dfe1e2e4 abe8e5e6e7e9"
    "acedeaebecee f3eff1f2f4 adf8f5f6f7f9 fdfafbfcfe"
)
SMALL_OF_TABLE = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"


def test_tables_have_every_marked_letter():
    assert len(SMALL) == 67
    assert set(SMALL) <= set(TCVN3)
    assert set(SMALL) == set(VNI)


@pytest.mark.parametrize("letter", SMALL)
def test_letters_come_back(letter):
    assert decode(TCVN3[letter], "tcvn3") == letter
    assert decode(VNI[letter], "vni") == letter
    assert decode(VNI[letter].upper(), "vni") == letter.upper()


@pytest.mark.parametrize("letter", "ĂÂĐÊÔƠƯ")
def test_capitals_of_tcvn3_come_back(letter):
    assert decode(TCVN3[letter], "tcvn3") == letter


def test_tcvn3_is_that_of_the_standard():
    assert bytes.fromhex(BYTES).decode("latin-1") == "".join(TCVN3[letter] for letter in SMALL_OF_TABLE)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_codes_look_alike_in_windows_1252_and_latin_1(encoding):
    codes = "".join((*TCVN3.values(), *VNI.values()))
    assert codes.encode("latin-1").decode(encoding) == codes


def test_decode_takes_a_capital_with_a_small_mark():
    assert decode("Ôû ñaây AÙ Aù", "vni") == "Ở đây Á Á"


@pytest.mark.parametrize("text", ["", "Chi bo", "1.200 - 5%", "“”–…"])
def test_decode_leaves_other_characters_alone(text):
    assert (decode(text, "tcvn3"), decode(text, "vni")) == (text, text)


def test_letters_give_the_places_of_codes():
    assert list(letters("ñöôïc", "vni")) == [(0, 1, "đ"), (1, 2, "ư"), (2, 4, "ợ")]


@pytest.mark.parametrize(
    ("name", "font"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".VnArial NarrowH", ("tcvn3", True)),
        (".vntime", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)),
        ("VNI-Helve-Condense", ("vni", False)),
        ("Times New Roman", None),
        ("VNtimes new roman", None),
        ("UVN Bai Sau", None),
        ("", None),
    ],
)
def test_fonts_tell_the_encoding(name, font):
    assert of_font(name) == font
