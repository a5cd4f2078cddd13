"""Fitness: how well a piece of text does as a quote, read by itself."""

import re

from thamluan.pipeline.letters import ends_as_sentence, strip_marks
from thamluan.pipeline.syllables import is_syllable

SHORT, LONG = 8, 45  # syllables; a quote in between stands on its own and is read to its end
HEADING = 0.5  # what a line of a document that does not end as a sentence is worth; it may be a heading
POINTING = 0.5  # what speaks of something said before
JOINED = 0.75  # what opens with a word that joins it to what was said before
RANTING = 0.5  # capitals, rows of marks, abuse
EFFORT = 0.85  # without marks, or with many abbreviations: read with effort
ABBREVIATED = 0.2  # share of what is no syllable, from which on abbreviations are many
PLAIN, NAMING = 0.9, 1.0  # what names no number, no reason and no example, and what does

SYLLABLE = re.compile(r"\w+")
POINTS = re.compile(  # to what was said before
    r"(?:như (?:trên|vậy trên|đã nêu|đã nói|trình bày|nói trên|ở trên)|(?:nói|nêu|kể|đã nêu) trên|(?:vấn đề|việc"
    r"|điều|cái|chuyện|nội dung|tình trạng|khó khăn|khoản|mục|số) (?:này|đó|ấy|kia|nói trên|trên)(?!\w)"
    r"|cũng (?:thế|vậy)(?!\w)|tương tự (?:như )?(?:trên|vậy)?|hai (?:ý|điều) trên|ý (?:trên|này)|người (?:này|đó"
    r"|ấy)(?!\w)|ở đó thì|tại đây thì)",
    re.IGNORECASE,
)
JOINS = re.compile(  # at the beginning
    r"\W*(?:nhưng(?: mà)?|vì vậy|vì thế|do đó|do vậy|bởi vậy|bởi thế|cho nên|thế nên|nên là|nên(?= )|tuy nhiên"
    r"|tuy vậy|điều (?:đó|này)|việc (?:đó|này)|cái (?:đó|này)|chuyện (?:đó|này)"
    r"|đó là|đấy là|thế là|thế mà|vậy mà|vậy nên|vậy là|như vậy|như thế|còn(?= )|và(?= )|hoặc(?= )|rồi(?= )"
    r"|ngoài ra|bên cạnh đó|từ đó|qua đó|theo đó|trong đó|mà(?= )|nó(?= )|họ(?= )"
    r"|ông ấy|bà ấy|anh ấy|chị ấy|ổng|bả|vâng|dạ|thì(?= )|(?:thứ )?(?:một|nhất|hai|ba|bốn|tư|năm|sáu|bảy)(?: là"
    r"|,))(?!\w)",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(  # what will be said, and nothing else
    r"(?:xin (?:phép )?(?:nói|một câu|vài|phát biểu|có ý kiến|trình bày|nêu|được|góp ý|mấy)|thay mặt|kính thưa"
    r"|thưa (?:các|quý|toàn|đồng"
    r"|hội)|sau đây|trình bày (?:một|về|tham luận)|tôi tên|em tên|không có ý kiến|xin (?:cảm|cám) ơn|xin hết)(?!\w)",
    re.IGNORECASE,
)
NAMES = re.compile(  # numbers, reasons, examples, contrasts
    r"\d|(?<!\w)(?:vì|do|bởi|nhờ|tại|nên|ví dụ|chẳng hạn|trong khi|trăm|nghìn|ngàn|triệu|chục|mười|tháng|năm|lần"
    r"|nếu|để|thay vì|so với|bao giờ)(?!\w)",
    re.IGNORECASE,
)
ROWS = re.compile(r"[!?]{2,}|(?:\.{4,})|(\w)\1{3,}")
ABUSE = re.compile(
    r"(?<!\w)(?:đm|dm|đmm|vcl|vl|vkl|cmn|clgt|đéo|deo|đ[ịi]t|cứt|địt|mẹ kiếp|khốn nạn|chó má|đồ chó|ngu như"
    r"|thằng ngu|con ngu|mất dạy|súc vật|bọn ăn hại|ăn hại|lũ ăn cắp|bố láo|láo toét|lưu manh)(?!\w)",
    re.IGNORECASE,
)
SHOUTED_FROM = 8  # letters; below, capitals may be an abbreviation
SHOUTED = 0.6  # share of capitals


def fitness(text: str, *, is_line: bool = False) -> float:
    """Judge a quote, 0 to 1: of fair length, self-contained, specific, and said without shouting.

    `is_line` says that it is a line of a document, which without a full stop may be a heading.

    >>> good = "Phụ cấp của trưởng thôn có bốn trăm nghìn, xăng xe đi họp trên huyện là hết."
    >>> fitness(good), fitness("Vấn đề này cần được xem lại ngay."), fitness("THIẾU TIỀN!!!") < 0.2
    (1.0, 0.45, True)
    """
    n_syllables = len(SYLLABLE.findall(text))
    if not any(char.isalpha() for char in text):
        return 0.01
    value = min(1.0, n_syllables / SHORT, LONG / max(n_syllables, 1))
    value *= POINTING if POINTS.search(text) else 1.0
    value *= POINTING if ANNOUNCES.search(text) else 1.0
    value *= JOINED if JOINS.match(text) else 1.0
    value *= RANTING if is_ranting(text) else 1.0
    value *= EFFORT if _takes_effort(text) else 1.0
    value *= NAMING if NAMES.search(text) else PLAIN
    return value * (HEADING if is_line and not ends_as_sentence(text) else 1.0)


def _takes_effort(text: str) -> bool:
    words = [word for word in SYLLABLE.findall(text.lower()) if word.isalpha()]
    n_others = sum(not is_syllable(word) for word in words)
    return strip_marks(text) == text.lower() or n_others >= ABBREVIATED * max(len(words), 1)


def is_ranting(text: str) -> bool:
    """Say whether a text shouts in capitals or rows of marks, or abuses somebody.

    >>> is_ranting("CHI HỘI TRƯỞNG KHÔNG CÓ PHỤ CẤP"), is_ranting("Sao vậy???"), is_ranting("UBND xã ở xa")
    (True, True, False)
    """
    letters = [char for char in text if char.isalpha()]
    n_capitals = sum(char.isupper() for char in letters)
    is_shouted = len(letters) >= SHOUTED_FROM and n_capitals >= SHOUTED * len(letters)
    return is_shouted or ROWS.search(text) is not None or ABUSE.search(text) is not None


def opens_joined(text: str) -> bool:
    """Say whether a text opens with a word that points back, so that it is better read with what stands before it.

    >>> opens_joined("Nhưng chưa ai sửa."), opens_joined("Còn thiếu bàn ghế."), opens_joined("Nhà văn hóa dột.")
    (True, True, False)
    """
    return JOINS.match(text) is not None
