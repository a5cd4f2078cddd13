"""Legacy encodings of Vietnamese, TCVN3 (ABC) and VNI-Windows, as they look when read as Windows-1252 or Latin-1.

Neither has letters in the bytes 0x80 to 0x9F, where Windows-1252 and Latin-1 differ. Tables: TCVN 5712:1993, third
form (the fonts .VnTime), and VNI for Windows (the fonts VNI-Times), compared with those of xvnkb (Dao Hai Lam, 2002).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

Encoding = Literal["tcvn3", "vni"]

# TCVN3 has capitals only without tone; capitals with tone are small letters in a font of capitals (.VnTimeH).
TCVN3_ROWS = (
    ("¸µ¶·¹", "áàảãạ"),
    ("¨¾»¼½Æ", "ăắằẳẵặ"),
    ("©ÊÇÈÉË", "âấầẩẫậ"),
    ("ÐÌÎÏÑ", "éèẻẽẹ"),
    ("ªÕÒÓÔÖ", "êếềểễệ"),
    ("Ý×ØÜÞ", "íìỉĩị"),
    ("ãßáâä", "óòỏõọ"),
    ("«èåæçé", "ôốồổỗộ"),
    ("¬íêëìî", "ơớờởỡợ"),
    ("óïñòô", "úùủũụ"),
    ("\u00adøõö÷ù", "ưứừửữự"),
    ("ýúûüþ", "ýỳỷỹỵ"),
    ("®", "đ"),
    ("¡¢§£¤¥¦", "ĂÂĐÊÔƠƯ"),
    ("\u03bc", "à"),  # the micro sign, after a program that knows compatibility forms made it a Greek letter
)
# VNI-Windows writes most marks as a character after the letter; capitals go the same way.
VNI_ROWS = (
    ("aù aø aû aõ aï", "á à ả ã ạ"),
    ("aê aé aè aú aü aë", "ă ắ ằ ẳ ẵ ặ"),
    ("aâ aá aà aå aã aä", "â ấ ầ ẩ ẫ ậ"),
    ("eù eø eû eõ eï", "é è ẻ ẽ ẹ"),
    ("eâ eá eà eå eã eä", "ê ế ề ể ễ ệ"),
    ("í ì æ ó ò", "í ì ỉ ĩ ị"),
    ("où oø oû oõ oï", "ó ò ỏ õ ọ"),
    ("oâ oá oà oå oã oä", "ô ố ồ ổ ỗ ộ"),
    ("ô ôù ôø ôû ôõ ôï", "ơ ớ ờ ở ỡ ợ"),
    ("uù uø uû uõ uï", "ú ù ủ ũ ụ"),
    ("ö öù öø öû öõ öï", "ư ứ ừ ử ữ ự"),
    ("yù yø yû yõ î", "ý ỳ ỷ ỹ ỵ"),
    ("ñ", "đ"),
)
TCVN3_FONT = re.compile(r"\.vn\w", re.IGNORECASE)  # .VnTime, .VnArial Narrow
VNI_FONT = re.compile(r"vni[- ]\w", re.IGNORECASE)  # VNI-Times, VNI-Helve-Condense


def decode(text: str, encoding: Encoding) -> str:
    r"""Decode text in one of the encodings; what is no code stays as it is.

    >>> decode("§¶ng bé x· ®\u00adîc giao", "tcvn3"), decode("Ñaûng boä, HOÄI NGHÒ", "vni")
    ('Đảng bộ xã được giao', 'Đảng bộ, HỘI NGHỊ')
    """
    codes, pattern = _codes(encoding), _pattern(encoding)
    return pattern.sub(lambda match: codes[match.group()], text)


def letters(text: str, encoding: Encoding) -> Iterator[tuple[int, int, str]]:
    """Give the codes in a text, in order: start, end, the letter that they stand for.

    >>> list(letters("coù", "vni"))
    [(1, 3, 'ó')]
    """
    codes = _codes(encoding)
    for match in _pattern(encoding).finditer(text):
        yield match.start(), match.end(), codes[match.group()]


def of_font(name: str) -> tuple[Encoding, bool] | None:
    """Tell the encoding of a font by its name, and whether it shows small letters as capitals; None for others.

    >>> of_font(".VnTime"), of_font(".VnArialH"), of_font("VNI-Times"), of_font("Times New Roman")
    (('tcvn3', False), ('tcvn3', True), ('vni', False), None)
    """
    if TCVN3_FONT.match(name):
        return "tcvn3", name.endswith("H")
    if VNI_FONT.match(name):
        return "vni", False
    return None


@cache
def _codes(encoding: Encoding) -> dict[str, str]:
    """Map the codes of an encoding to letters."""
    if encoding == "tcvn3":
        return {code: letter for codes, row in TCVN3_ROWS for code, letter in zip(codes, row, strict=True)}
    small = {code: letter for codes, row in VNI_ROWS for code, letter in zip(codes.split(), row.split(), strict=True)}
    capital = {code.upper(): letter.upper() for code, letter in small.items()}
    # A capital may be followed by a small mark where the typist let go of the shift key.
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    return small | mixed | capital


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    """Compile the pattern of any code of an encoding, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(_codes(encoding), key=len, reverse=True))))
