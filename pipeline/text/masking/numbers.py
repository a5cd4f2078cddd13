"""Numbers that belong to one person: of phones, identity cards, bank accounts; told from money, dates and decrees."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from thamluan.pipeline.letters import strip_marks

SEPARATORS = r"[ .\-–_()/]"
RUN = re.compile(rf"(?<![\w+])(?:\+\s?)?\(?[\doO](?:{SEPARATORS}{{0,3}}[\doOl]){{4,21}}(?![\w])")
MONEY = re.compile(r"\d{1,3}(?:[., ]\d{3}){1,5}")  # in groups of three
UNIT = re.compile(  # what is counted in a number before it
    r"\s?(?:đ|₫|d|đồng|dong|vnđ|vnd|k|nghìn|nghin|ngàn|ngan|triệu|trieu|tr|tỷ|tỉ|ty|tỷ đồng|usd|%|phần trăm|người"
    r"|nguoi|hộ|ho|"
    r"m2|m²|m|km|ha|kg|tấn|suất|cái|phiếu|lượt|dân|nhân khẩu|khẩu)(?![\w])",
    re.IGNORECASE,
)
DATED = re.compile(r"(?<!\d)(?:[0-3]?\d[ ]?[/.\-–][ ]?)?[01]?\d[ ]?[/.\-–][ ]?(?:19|20)\d\d(?!\d)")
YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/,.]\s?(?:(?:19|20)\d\d|\d\d?))*")
LOOK_BACK = 40  # characters before a number in which it is named

PHONE_NAMES = (
    r"(?:sdt|so dt|dt|dien thoai|so may|zalo|viber|goi|alo|lien he|lien lac|hotline|phone|tel|mobile|di dong|dd|call|lh"
    r"|nhan tin|may ban|so cua (?:toi|em|minh|chau)|duong day nong)"
)
IDENTITY_NAMES = (
    r"(?:cmnd|cmtnd|cmt|cccd|chung minh(?: nhan dan| thu)?|can cuoc(?: cong dan)?|dinh danh(?: ca nhan)?|ho chieu"
    r"|passport"
    r"|so the|ma the|bhyt|bhxh|so so bao hiem|ma so bao hiem|bao hiem (?:y te|xa hoi)|ma so thue|mst"
    r"|giay phep lai xe|gplx|bang lai"
    r"|so giay to|the dang vien|the can cuoc|ma dinh danh)"
)
ACCOUNT_NAMES = (
    r"(?:stk|so tk|so tai khoan|tai khoan|tk|account|acc|a/c|the atm|so atm|atm|chuyen khoan|ck|vietcombank|vcb"
    r"|agribank|agri|bidv"
    r"|vietinbank|viettinbank|techcombank|tcb|mb|mbbank|acb|sacombank|vpbank|tpbank|hdbank|shb|vib|ocb|msb|seabank"
    r"|lienvietpostbank|lpbank|ngan hang|nh|momo|vi dien tu)"
)
MEANWHILE = r"(?![a-z])[^0-9+]{0,24}$"  # what may stand between a name and its number
NAMED = {
    name: re.compile(rf"(?<![a-z]){names}{MEANWHILE}")
    for name, names in (("phone", PHONE_NAMES), ("identity", IDENTITY_NAMES), ("account", ACCOUNT_NAMES))
}
LETTERED = re.compile(
    r"(?<!\w)(?:[A-Z]{2}[ ]?[1-5](?:[ ]?\d){12}|[BCPNK][ ]?\d{7,8})(?!\w)"
)  # health insurance, passport
LETTERED_ACCOUNT = re.compile(r"(?<!\w)\d{2,6}[A-Z]{1,3}\d{4,12}(?!\w)")
ACCOUNT_DIGITS, CARD_DIGITS = 13, 16  # so many have no phone and no identity card; nor anything else that is named
MOBILE = re.compile(r"0[35789]\d{8}")
OLD_MOBILE = re.compile(r"01[2689]\d{8}|012\d{8}")
LANDLINE = re.compile(r"02\d{8,9}|0[2-8]\d{8}")
HOTLINE = re.compile(r"1[89]00\d{4,6}")
PROVINCE = re.compile(r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}")
DIGIT_WORDS = r"(?:không|khong|một|mốt|mot|hai|ba|bốn|bon|tư|tu|năm|lăm|nam|lam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin)"
SPELT = re.compile(rf"(?<!\w){DIGIT_WORDS}(?:[ ,.\-]{{1,2}}{DIGIT_WORDS}){{7,11}}(?!\w)", re.IGNORECASE)


class Number(NamedTuple):
    """A run of digits: where it stands, its digits alone, and how it is grouped."""

    start: int
    end: int
    digits: str
    written: str
    named: str  # "phone", "identity", "account" by the words before it, or ""
    is_counted: bool  # a unit follows
    is_grouped: bool  # in groups of three, as money is


def numbers(text: str) -> Iterator[Number]:
    """Find runs of five to twenty-two digits, whatever parts them, that are no date and no span of years."""
    for found in RUN.finditer(text):
        for start, end in _without_dates(text, *found.span()):
            written = text[start:end]
            digits = re.sub(r"[oO]", "0", written).replace("l", "1")
            digits = re.sub(r"\D", "", digits)
            if len(digits) >= 5:
                yield Number(
                    start,
                    end,
                    digits,
                    written,
                    named=_named(text[max(0, start - LOOK_BACK) : start]),
                    is_counted=UNIT.match(text, end) is not None,
                    is_grouped=MONEY.fullmatch(written) is not None and " " not in written and digits[0] != "0",
                )


def _without_dates(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut dates, and what stands in brackets of its own, off a run of digits."""
    for date in DATED.finditer(text, start, end):
        if YEARS.fullmatch(text[start:end]) or (date.start() == start or not text[date.start() - 1].isdigit()):
            yield from _trimmed(text, start, date.start())
            start = date.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " .-–_)/":
        start += 1
    while start < end and text[end - 1] in " .-–_(/":
        end -= 1
    if start < end and not YEARS.fullmatch(text[start:end]):
        yield start, end


def _named(before: str) -> str:
    """Say as what the words before a number name it; of two names the nearer one."""
    plain = strip_marks(before)
    found = [(match.start(), name) for name, pattern in NAMED.items() for match in pattern.finditer(plain)]
    return max(found)[1] if found else ""


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Find phone numbers: mobile, landline, hotline, with or without +84, grouped in any way, or spelt out.

    >>> texts = ("(+84) 912-345-678", "gọi 0205 3870 123", "chín trăm triệu", "năm 2020 - 2025", "1.900.000.000 đồng")
    >>> [text[start:end] for text in texts for start, end in phones(text)]
    ['(+84) 912-345-678', '0205 3870 123']
    """
    for number in numbers(text):
        if _is_phone(number):
            yield _with_bracket(text, number)
    for found in SPELT.finditer(text):
        yield found.span()


def _is_phone(number: Number) -> bool:
    digits = number.digits
    if number.named != "phone" and (number.is_counted or number.is_grouped or "/" in number.written):
        return False
    abroad = re.fullmatch(r"(?:00)?84(0?[2-9]\d{7,9})", digits)
    if abroad and ("+" in number.written or digits.startswith("00") or number.named == "phone" or len(digits) == 11):
        return True
    whole = (MOBILE, OLD_MOBILE, LANDLINE, HOTLINE)
    if any(pattern.fullmatch(digits) for pattern in whole):
        return True
    return number.named == "phone" and 6 <= len(digits) <= 12


def _with_bracket(text: str, number: Number) -> tuple[int, int]:
    """Take in what belongs to a number: "(+84", "(0205)"."""
    start = number.start
    while start > 0 and text[start - 1] in "+(":
        start -= 1
    if text[start : number.end].count("(") > text[start : number.end].count(")") and text[start] == "(":
        start += 1
    return start, number.end


def identities(text: str) -> Iterator[tuple[int, int]]:
    """Find numbers of identity cards (12 digits; 9 of the old ones), passports, social insurance, tax.

    >>> texts = ("CCCD 001 085 012 345", "cmt: 081234567", "thẻ GD4 20 20 123 45678", "nợ 150.000.000")
    >>> [text[start:end] for text in texts for start, end in identities(text)]
    ['001 085 012 345', '081234567', 'GD4 20 20 123 45678']
    """
    for number in numbers(text):
        if _is_identity(number):
            yield number.start, number.end
    yield from (found.span() for found in LETTERED.finditer(text))


def _is_identity(number: Number) -> bool:
    n_digits = len(number.digits)
    if number.named == "identity":
        return 8 <= n_digits <= 15 and not number.is_counted
    if number.named or number.is_counted or number.is_grouped or "/" in number.written:
        return False
    is_bare = number.written.isdecimal()
    return PROVINCE.fullmatch(number.digits) is not None or (
        is_bare and n_digits == 9 and not number.digits.endswith("000")
    )


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """Find numbers of bank accounts and cards: named as such, or longer than any other number.

    >>> texts = ("stk 8812 2050 12345 Agribank", "tài khoản có 15.000.000 đồng", "9704 1812 3456 7890 123")
    >>> [text[start:end] for text in texts for start, end in accounts(text)]
    ['8812 2050 12345', '9704 1812 3456 7890 123']
    """
    for number in numbers(text):
        n_digits = len(number.digits)
        if number.is_counted or number.is_grouped:
            continue
        is_longest = n_digits >= CARD_DIGITS or (not number.named and n_digits >= ACCOUNT_DIGITS)
        if is_longest or (number.named == "account" and n_digits >= 6):
            yield number.start, number.end
    for found in LETTERED_ACCOUNT.finditer(text):
        if _named(text[max(0, found.start() - LOOK_BACK) : found.start()]) == "account":
            yield found.span()
