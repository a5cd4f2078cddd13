"""Names of persons: behind a form of address, behind "tên là", or a whole name by itself."""

import re
from collections.abc import Iterator

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.readers.transcripts.speakers import FAMILY_NAMES

UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
NAME_WORD = rf"[{UPPER}][^\W\d_]{{1,7}}"
ADDRESS = (  # forms of address, longer ones first
    r"(?:bác sĩ|bác sỹ|y sĩ|y sỹ|cô giáo|thầy giáo|cô dâu|đồng chí|đ/c|đ\.c|đc|ông bà|vợ chồng|ông|bà|anh|chị|cô"
    r"|chú|cậu|mợ|dì|thím"
    r"|dượng|bác|thầy|cụ|em|cháu|(?<!bà )con|lão|mụ|thằng|gã|mệ|ôn|mế|ké|già|o|ba)"
)
UNSURE = frozenset(("o", "ba"))  # "o Thu" in a text with marks, "ba Lien" in one without
ROLES = (
    r"giáo|trưởng thôn|trưởng bản|trưởng xóm|trưởng khối|trưởng ấp|tổ trưởng|bí thư|chủ tịch|phó thôn|thôn trưởng"
    r"|chi hội trưởng|công an viên|công an|trưởng ban|hàng xóm|y tá|kế toán|thủ quỹ|tên(?: là)?"
)
KIN = rf"(?:[ \t]{{1,2}}(?:{ROLES}))"
CALLED = re.compile(
    rf"(?<!\w)(?i:{ADDRESS}){KIN}{{0,2}}[ \t]{{1,2}}(?P<name>{NAME_WORD}(?:[ \t]{NAME_WORD}"
    rf"|[ \t][{UPPER}](?!\w)){{0,4}})(?!\w)"
)
NAMED = re.compile(  # a name that somebody says to have
    rf"(?<!\w)(?i:họ và tên|họ tên|ho va ten|ho ten|tên tôi|tên em|tên mình|tên cháu|tôi tên|em tên|mình tên"
    rf"|cháu tên|tui tên|con tên|ký tên|ky ten"
    rf"|người viết|người góp ý|nguoi viet|ten toi|toi ten|em ten|tui ten)(?i:[ \t]+(?:là|la))?[ \t]*[:\-–]?[ \t]*"
    rf"(?P<name>{NAME_WORD}(?:[ \t]{NAME_WORD}){{0,4}}|[^\W\d_]{{1,7}}(?:[ \t][^\W\d_]{{1,7}}){{0,3}})"
)
SELF = re.compile(
    rf"(?<!\w)(?i:tôi|em|mình|tui|cháu|con)[ \t]+là[ \t]+(?P<name>{NAME_WORD}(?:[ \t]{NAME_WORD}){{0,4}})(?!\w)"
)
WHOLE = re.compile(rf"(?<!\w){NAME_WORD}(?:[ \t](?:{NAME_WORD}|[{UPPER}](?!\w))){{1,4}}(?!\w)")

MIDDLE = frozenset(("văn", "thị"))  # hardly a word of anything but a name
KIN_NUMBERS = frozenset("hai ba tư năm sáu bảy tám chín mười út".split())  # by which people are called in the South
NO_FAMILY = frozenset("nhà đô siêu thành công hội ngữ báo bài bản tờ đơn chánh các khu".split())  # "nhà văn hóa"
NO_GIVEN = frozenset("hóa hoá nghệ phòng bản học trường trấn xã thư kiện bằng chương tự lang".split())
CALLED_BEFORE = re.compile(
    r"(?<!\w)(?:ong|ba|anh|chi|co|chu|bac|em|cu|dong chi|d/c|thay|toi la|tui la|ten|truong thon|bi thu)\s$"
)
COMMON_FAMILY = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô dương lý đinh trịnh trương nông hứa giàng sùng lò "
    "thào vàng".split()
)
PLAIN_FAMILY = frozenset(map(strip_marks, FAMILY_NAMES))
# Not of a respondent: of history, heaven and the state. Behind these words a name is of a place or a house.
PUBLIC = frozenset(
    "hồ trời bụt phật địa táo thánh thần nội ngoại già trẻ cả chúa đảng nhà tây ta bà mình ấy nào này kia đó ơi "
    "na nguyên nuôi bộ hội cán đại lãnh ủy uỷ".split()
)
PUBLIC_NAMES = re.compile(
    r"(?:hồ chí minh|võ nguyên giáp|trần phú|lê duẩn|trường chinh|phạm văn đồng|tôn đức thắng|nguyễn phú trọng"
    r"|lê hồng phong"
    r"|nguyễn văn cừ|hà huy tập|nguyễn văn linh|đỗ mười|lê khả phiêu|nông đức mạnh|hoàng văn thụ|nguyễn ái quốc"
    r"|các mác|lênin"
    r"|trần hưng đạo|lê lợi|quang trung|bà trưng|bà triệu|hai bà trưng|nguyễn trãi|phạm minh chính|tô lâm"
    r"|võ thị sáu|kim đồng)(?!\w)",
    re.IGNORECASE,
)
PLACE_BEFORE = re.compile(
    r"(?:đường|phố|trường|tiểu học|thcs|thpt|mầm non|trung học|cấp \d|xã|phường|thôn|khu|khối|xóm|bản|làng|ấp|khóm"
    r"|tổ|huyện|quận|tỉnh|thành phố|thị trấn|thị xã|tp\.?|chợ"
    r"|cầu|bệnh viện|công ty|cty|doanh nghiệp|giải|quỹ|đội|nhà văn hóa|rạch|kênh|sông|núi|đèo|hồ|đồi|công viên"
    r"|quảng trường|nhà thờ|chùa|đền"
    r"|đình|suối|cống|ngã ba|ngã tư|bãi|giếng|bến|hòn|cù lao|miếu|xứ|hội|ban|nhà máy|nông trường|lâm trường"
    r"|trung tâm|htx|hợp tác xã|đảo|cồn|cù lao|vùng|miền|ngõ|hẻm|ngách|kiệt|nhóm|bưu điện|tại|ở|về|số \d{1,4})\s{0,2}$",
    re.IGNORECASE,
)
ROLE_BEFORE = re.compile(
    r"(?:trưởng|phó|bí thư|chủ tịch|đảng viên|hội viên|công an|cán bộ)(?:\s\w{1,6})?\s$", re.IGNORECASE
)
OFFICE_WORDS = re.compile(
    r"(?:bí thư|chủ tịch|phó|trưởng|tổ trưởng|tổ|chi hội|chi bộ|chi ủy|đảng|mặt trận|mttq|ubnd|hđnd|công an|cán bộ"
    r"|hội|đoàn|ban|thôn|xã|phường|khối|xóm|bản|huyện|tỉnh|khu"
    r"|ấp|nhà nước|bộ đội|cựu chiến binh|nông dân|phụ nữ|thanh niên|người|giám đốc|ủy ban|uỷ ban|đại biểu|bí"
    r"|chính phủ|quốc hội|đề nghị|kiến nghị|nhân dân|trung ương|ủy viên|uỷ viên"
    r"|kế toán|thủ quỹ|y tá|bác sĩ|giáo viên|hiệu trưởng|em ơi|trung tâm|đội|là|nói|không|có|thì|mà|đi|làm|cho|được"
    r"|rất|cũng|đã|ở|tết|noel|covid|facebook|zalo|google|youtube)(?!\w)",
    re.IGNORECASE,
)


def persons(text: str) -> Iterator[tuple[int, int]]:
    """Find the names of persons, without the form of address before them; one may be found twice.

    >>> texts = ("Ông Lò Văn Pản và cô Hạnh bảo", "toi ten la nguyen van hung", "Bác Hồ dạy", "đường Nguyễn Văn Cừ")
    >>> sorted({text[start:end] for text in texts for start, end in persons(text)})
    ['Hạnh', 'Lò Văn Pản', 'nguyen van hung']
    """
    is_shouted = text.upper() == text
    if not is_shouted:
        is_bare = text.lower() == strip_marks(text)
        for found in CALLED.finditer(text):
            called = found.group().split()[0].lower()
            is_sure = called not in UNSURE or (called == "ba") == is_bare
            # "rạch Ông Đồ", "đường Bà Triệu"
            is_place = found.group()[0].isupper() and PLACE_BEFORE.search(
                text[max(0, found.start() - 20) : found.start()]
            )
            if is_sure and not is_place:
                yield from _kept(text, *found.span("name"))
        for found in SELF.finditer(text):
            first, *others = found["name"].lower().split()
            if first in FAMILY_NAMES or first in KIN_NUMBERS or not others:
                yield from _kept(text, *found.span("name"))
        for found in WHOLE.finditer(text):
            yield from _whole(text, *found.span())
    for found in NAMED.finditer(text):
        yield from _said(text, *found.span("name"))
    yield from _lower(text)


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Keep the words of a name up to one that names an office, and none where the first is no name."""
    for word in re.finditer(r"[^\W\d_]+", text[start:end]):
        at = start + word.start()
        if OFFICE_WORDS.match(text, at) or (at > start and word.group().isupper() and len(word.group()) > 1):
            end = at
            break
    name = text[start:end].rstrip()
    first = name.split()[0] if name else ""
    is_initials = first.isupper()
    if not name or is_initials or first.lower() in PUBLIC or PUBLIC_NAMES.match(name):
        return
    yield start, start + len(name)


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find a whole name, family name first, that is no name of a place."""
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"[^\W\d_]+", text[start:end])]
    for number, (at, _) in enumerate(words):
        rest = [text[a:b].lower() for a, b in words[number : number + 4]]
        n_words = _n_words(rest, is_first=number == 0)
        before = text[max(0, at - 20) : at]
        is_place = PLACE_BEFORE.search(before) and not ROLE_BEFORE.search(before)
        if n_words and not is_place and not PUBLIC_NAMES.match(text, at):
            yield at, words[number + n_words - 1][1]
            return


def _n_words(words: list[str], *, is_first: bool) -> int:
    """Count the words of the whole name that some words begin with; 0 where they begin with none."""
    if len(words) >= 3 and words[1] in MIDDLE and words[0] not in NO_FAMILY and words[2] not in NO_GIVEN:
        return 4 if len(words) > 3 and words[1] == "thị" and words[3] not in FAMILY_NAMES else 3
    if is_first and len(words) >= 2 and words[0] in COMMON_FAMILY:
        return min(len(words), 3)
    return 0


def _said(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find the name that somebody gives as their own; one in small letters has a family name."""
    if text[start].isupper() and not text[start:end].isupper():
        yield from _kept(text, start, end)
        return
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"[^\W\d_]+", text[start:end])]
    plain = [strip_marks(text[a:b]) for a, b in words]
    family = text[words[0][0] : words[0][1]].lower()
    is_family = family in FAMILY_NAMES or (family == plain[0] and family in PLAIN_FAMILY)
    if len(plain) > 1 and is_family and (len(plain) > 2 or text[start:end].isupper()):
        yield start, words[2 if len(plain) == 3 or strip_marks(plain[1]) in ("van", "thi") else 1][1]


def _lower(text: str) -> Iterator[tuple[int, int]]:
    """Find whole names in small letters or in capitals: family name, "văn" or "thị", name.

    Without marks they are found only behind a form of address: "nguyen van" may be "nguyên văn".
    """
    words = [(word.start(), word.end()) for word in re.finditer(r"[^\W\d_]+", text)]
    written = [text[start:end].lower() for start, end in words]
    for number in range(len(words) - 2):
        family, middle, given = written[number : number + 3]
        start, end = words[number][0], words[number + 2][1]
        if end - start != len(family) + len(middle) + len(given) + 2 or PUBLIC_NAMES.match(text, start):
            continue
        before = text[max(0, start - 20) : start]
        if middle in MIDDLE and family in COMMON_FAMILY and given not in NO_GIVEN:
            is_name = not PLACE_BEFORE.search(before) or ROLE_BEFORE.search(before) is not None
        else:
            is_plain = middle in ("van", "thi") and family in PLAIN_FAMILY
            is_name = is_plain and CALLED_BEFORE.search(strip_marks(before)) is not None
        if is_name:
            yield start, end
