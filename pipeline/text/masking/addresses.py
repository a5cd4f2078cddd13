"""House addresses: a number with its street or alley; villages, communes and districts stay."""

import re
from collections.abc import Iterator

from thamluan.pipeline.letters import strip_marks

NUMBER = r"\d{1,4}[a-z]?\d?(?:\s?[/\-.]\s?\d{1,4}[a-z]?){0,4}"
NO = r"(?:(?:so nha|nha so|nha o so)[\s:.]{0,3}|so\s)"
SN = r"sn[\s:.]{0,3}"  # also "sinh năm"
ALLEY = rf"(?:ngo|ngach|hem|kiet|xet|xuyet)\s(?:so\s)?{NUMBER}"
# What is written may be without marks and capitals, so names of streets end with a stop or a word that names none.
WORD = r"[^\W\d_]{1,7}"
STREET = (
    r"(?:(?:duong|pho|dai lo|quoc lo|tinh lo|ql|tl)\s|d\.\s?)"
    rf"(?:so\s)?(?:\d{{1,3}}[a-z]?(?:/\d)?(?!\w)|{WORD}(?:\s{WORD}){{0,3}})"
)
LINK = r"(?:\s?[,;]\s?|\s(?:-\s)?)"
CHAIN = rf"(?:{LINK}(?:{ALLEY}|{STREET}))"
STREET_NAMES = (
    "an duong vuong|ba trieu|bach dang|cach mang thang (?:tam|8)|cao thang|chu van an|cong hoa|dien bien phu"
    "|dinh tien hoang"
    "|doi can|giai phong|hai ba trung|hai thuong lan ong|ham nghi|hoang dieu|hoang hoa tham|hoang quoc viet"
    "|hoang van thu"
    "|hung vuong|huynh thuc khang|khuc thua du|kim dong|kim ma|lac long quan|lang ha|le chan|le dai hanh|le duan"
    "|le hong phong|le lai|le loi|le quy don|le thanh ton|le thanh tong|le van tam|luong the vinh|ly bon|ly nam de"
    "|ly thai to|ly thuong kiet|ly tu trong|mac thi buoi|mac dinh chi|mai hac de|minh khai|ngo gia tu|ngo quyen"
    "|ngo si lien|nguyen an ninh|nguyen binh khiem|nguyen cong tru|nguyen cong hoan|nguyen dinh chieu|nguyen du"
    "|nguyen hue"
    "|nguyen khuyen|nguyen luong bang|nguyen tat thanh|nguyen thai hoc|nguyen thi minh khai|nguyen thi dinh"
    "|nguyen thien thuat|nguyen trai|nguyen tri phuong|nguyen trung truc|nguyen van cu|nguyen van linh|nguyen van troi"
    "|nguyen viet xuan|ong ich khiem|pasteur|pham hong thai|pham hung|pham ngoc thach|pham ngu lao|pham van dong"
    "|phan boi chau|phan chu trinh|phan dang luu|phan dinh phung|phan dinh giot|quang trung|tay son|thai phien"
    "|to hien thanh|to hieu|ton duc thang|ton that tung|tran binh trong|tran cao van|tran dang ninh|tran hung dao"
    "|tran khanh du|tran nguyen han|tran nhan tong|tran nhat duat|tran phu|tran quang khai|tran quoc toan|truong chinh"
    "|truong dinh|vo nguyen giap|vo thi sau|vo van kiet|vo van tan|xo viet nghe tinh|yersin|yet kieu|bac son|ba dinh"
    "|tam trinh|hoang mai|xuan thuy|cau giay|nguyen chi thanh|le trong tan|truong sa|hoang sa|thong nhat|hoa binh"
)
NAMED_STREET = rf"(?:(?:duong|pho|d\.)\s?)?(?:{STREET_NAMES})(?!\w)"
HOUSE = re.compile(
    rf"(?<![\w/.])(?:{NO}{NUMBER}(?!\w)(?:{LINK}{NAMED_STREET}|{CHAIN}){{0,4}}"
    rf"|(?:nha\s)?{NUMBER}(?!\w)(?:{LINK}{ALLEY}){{0,3}}{LINK}{NAMED_STREET}"
    rf"|(?:nha\s)?{NUMBER}(?!\w)(?:{LINK}{ALLEY}){{1,3}}(?:{LINK}{STREET})?"
    rf"|{SN}{NUMBER}(?!\w)(?:{LINK}{NAMED_STREET}|{CHAIN}){{1,4}}"
    rf"|(?:nha\s)?{NUMBER}(?!\w)\s(?!quoc|tinh|ql|tl){STREET}"
    rf"|(?:ngo|ngach|hem|kiet)\s(?:so\s)?\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?){{1,3}}(?!\w)(?:{LINK}(?:{NAMED_STREET}"
    rf"|{STREET}))?)"
)
FLAT = re.compile(
    rf"(?<!\w)(?:can ho|can|phong|p\.?)\s?(?:so\s)?[a-z]?\d{{1,5}}[a-z]?\d{{0,2}}{LINK}"
    r"(?:(?:tang|toa(?: nha)?|block|nha|chung cu|ct|khu tap the|ktt"
    r"|cc)\s?[a-z]{0,3}[\d.]{0,6}[a-z]?(?!\w)[\s,]{0,2}){1,3}"
)
# The number before these is a count, or the name of a place, of a decree, of a day.
NO_HOUSE_BEFORE = re.compile(
    r"(?:ngay|thang|mung|mong|quy|nam|to|khoi|thon|xom|khu|khu pho|ap|ban|doi|khom|phuong|quan|lop|dieu|khoan"
    r"|nghi quyet|nq|chi thi|ct"
    r"|quyet dinh|qd|nghi dinh|nd|luat|thong tu|tt|ke hoach|kh|van ban|cong van|cv|quoc lo|ql|duong|pho|tinh lo|tl"
    r"|cum|chi bo|hoi|nhom|bang|trang|cau|muc"
    r"|duoc|co|gan|hon|khoang|tong|dat|la|trong|tren|lam|mo|them|tu|den|so)\s?(?:so\s)?$"
)
STOPS = frozenset(
    (
        "thi là ở bị có được mà nên vì cho của và với đã đang sẽ chưa không phải xin muốn đề mong tới đến từ gọi "
        "liên điện sdt "
        "phường xã thôn xóm tổ khu khối ấp bản quận huyện tỉnh thành tp thị gần cạnh đối sau trước trên dưới ai tôi "
        "em nhà nó này "
        "kia đó đây hỏng hư ngập tối rồi lắm quá nước mưa rác xe đi lại chỗ đoạn bên cứ hay luôn năm tháng ngày mấy "
        "hai một "
        "gặp hoặc nhưng nếu khi lúc để mới bán cháu con ông bà anh chị chú cô bác"
    ).split()
)
PLAIN_STOPS = frozenset(strip_marks(word) for word in STOPS) - {
    "ba",
    "co",
    "ong",
    "ha",
    "an",
    "hai",
    "nam",
    "thanh",
    "tan",
}
STREET_WORDS = frozenset(("đường", "phố", "ngõ", "ngách", "hẻm", "kiệt"))
DAY = re.compile(r"(?:[12]?\d|3[01])\s?/\s?(?:0?[1-9]|1[0-2])(?:\s?/\s?\d{2,4})?")


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Find house addresses, also typed without marks.

    >>> texts = ("số nhà 12 ngõ 34 đường Trần Phú, phường Chi Lăng", "o 12/3 nguyen trai", "ngõ 12 tối", "họp 2/9")
    >>> [text[start:end] for text in texts for start, end in addresses(text)]
    ['số nhà 12 ngõ 34 đường Trần Phú', '12/3 nguyen trai']
    """
    plain = _same_length(text)
    for found in HOUSE.finditer(plain):
        start, end = found.start(), _end(text, plain, found.span())
        if _is_house(plain, start, end) and _is_spelt_so(text, plain, (start, end)):
            yield start, end
    for found in FLAT.finditer(plain):
        yield found.start(), found.start() + len(found.group().rstrip(" ,"))


def _same_length(text: str) -> str:
    """Take the marks off and keep every character's place."""
    return "".join(stripped if len(stripped := strip_marks(char)) == 1 else char for char in text)


def _end(text: str, plain: str, span: tuple[int, int]) -> int:
    """Cut a street's name where a word stands that is in no name."""
    start, end = span
    street = re.search(r"(?:duong|pho|dai lo|d\.)\s?", plain[start:end])
    if street is None or re.search(rf"(?:{STREET_NAMES})$", plain[start:end]):
        return end
    name_start = start + street.end()
    kept = name_start
    for word in re.finditer(r"[^\W_]+", plain[name_start:end]):
        at = slice(name_start + word.start(), name_start + word.end())
        written = text[at]
        is_name = written[0].isupper() and not text.isupper()
        if kept > name_start and text[name_start].isupper() and written[0].islower():
            break
        if not is_name and (written.lower() in STOPS or (written.lower() == plain[at] in PLAIN_STOPS)):
            break
        kept = at.stop
    return kept if kept > name_start else start + len(plain[start : start + street.start()].rstrip(" ,;-"))


def _is_spelt_so(text: str, plain: str, span: tuple[int, int]) -> bool:
    """See that "pho" is "phố" and not "phó": without marks only where the text has none."""
    for word in re.finditer(r"(?<!\w)(?:duong|pho|ngo|ngach|hem|kiet)(?!\w)", plain[slice(*span)]):
        written = text[span[0] + word.start() : span[0] + word.end()].lower()
        if written not in STREET_WORDS and (written != word.group() or text.lower() != plain):
            return False
    return True


def _is_house(plain: str, start: int, end: int) -> bool:
    found = plain[start:end].strip()
    if re.match(NO, found):
        is_count = re.match(r"so\s(?!nha)", found) is not None
        # "số 12" alone numbers anything.
        return not is_count or re.search(rf"{ALLEY}|(?:{STREET_NAMES})$|(?:duong|pho)\s", found) is not None
    if re.fullmatch(NUMBER, found) is not None:
        return False
    before = plain[max(0, start - 16) : start]
    if NO_HOUSE_BEFORE.search(before) is not None:
        return False
    number = re.match(rf"(?:nha\s)?({NUMBER})", found)
    is_day = number is not None and DAY.fullmatch(number[1]) is not None and not found.startswith("nha")
    return not is_day or re.search(rf"(?:{STREET_NAMES})$|{ALLEY}|(?:duong|pho)\s", found) is not None
