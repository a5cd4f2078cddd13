"""Minutes: what the one who writes them adds before the first and behind the last speaker, which nobody said."""

import re

from thamluan.pipeline.letters import compose, ends_as_sentence
from thamluan.pipeline.readers.transcripts.patterns import CLOCK_TIMES, any_of, list_marks

TIME = re.compile(rf"^[\[(]?{CLOCK_TIMES}[\])]?\s*[-–.,:：]?\s*", re.IGNORECASE)
LIST_MARK = re.compile("^" + list_marks(r"(?:\d{1,3}|[IVX]{1,4})"))

# How lines of the frame begin: date, place, who was there, what it was about. Source: own list, after the form that
# the guidelines on minutes prescribe (Nghị định 30/2020/NĐ-CP, phụ lục III, mẫu 1.10).
OPENINGS = (
    "hôm nay", "vào hồi", "vào lúc", "lúc", "hồi", "thời gian", "địa điểm", "thành phần", "tham dự", "tham gia",
    "đến dự", "dự họp", "có mặt", "vắng", "tổng số", "số lượng", "số:", "chủ trì", "chủ tọa", "chủ toạ", "thư ký",
    "nội dung", "chương trình", "chủ đề", "lý do", "mục đích", "cộng hòa", "độc lập", "chúng tôi gồm",
    "hội nghị bắt đầu", "hội nghị tiến hành", "hội nghị đã tiến hành", "hội nghị diễn ra", "cuộc họp bắt đầu",
    "cuộc họp diễn ra", "cuộc họp tiến hành", "buổi họp bắt đầu", "phần thảo luận", "ý kiến thảo luận",
    "các ý kiến thảo luận", "ý kiến phát biểu", "các ý kiến phát biểu", "diễn biến", "sau khi nghe", "khai mạc",
    "người được phỏng vấn", "người phỏng vấn", "người ghi", "ghi chép", "bản gỡ băng", "gỡ băng", "biên bản",
)  # fmt: skip
MEETINGS = (
    "hội nghị", "hội thảo", "cuộc họp", "buổi họp", "buổi làm việc", "buổi thảo luận", "buổi phỏng vấn", "phiên họp",
    "kỳ họp", "cuộc tọa đàm", "buổi tọa đàm",
)  # fmt: skip

OPENING = re.compile(rf"(?:{any_of(OPENINGS)})(?!\w)", re.IGNORECASE)
CLOSING = re.compile(
    rf"(?:{any_of(MEETINGS)})[^.]{{0,60}}(?:kết thúc|bế mạc)[^.]{{0,20}}\b(?:hồi|lúc|cùng ngày|\d)"
    r"|biên bản[^.]{0,60}(?:được lập|lập xong|lập thành|thông qua|kết thúc)",
    re.IGNORECASE,
)
CLOSING_AT_TIME = re.compile(rf"(?:{any_of(MEETINGS)})[^.]{{0,60}}(?:kết thúc|bế mạc)[.\s]*$", re.IGNORECASE)
PAUSE = re.compile(
    rf"\W*(?:(?:{any_of(MEETINGS)})\s+)?(?:tạm\s+)?(?:nghỉ\s+)?(?:giải\s+lao|giữa\s+(?:giờ|buổi))"
    r"(?:\s+(?:trong\s+)?(?:khoảng\s+)?\d{1,3}\s?(?:phút|p|['’]))?\W*",
    re.IGNORECASE,
)


def opens(line: str) -> bool:
    """Say whether a line before the first speaker belongs to the frame: a heading, or a formula of minutes.

    >>> opens("Hôm nay, ngày 05/3/2026, tại nhà văn hóa thôn."), opens("Chi bộ họp đều.")
    (True, False)
    """
    return not ends_as_sentence(line) or OPENING.match(_bare(line)) is not None


def closes(line: str) -> bool:
    """Say whether with a line the frame begins again: the meeting is over, the minutes were read out.

    >>> closes("Cuộc họp kết thúc vào hồi 17 giờ cùng ngày.")
    True
    """
    bare = _bare(line)
    is_timed = bare != _unmarked(line)  # "21h15. Hội nghị kết thúc."
    return CLOSING.match(bare) is not None or (is_timed and CLOSING_AT_TIME.match(bare) is not None)


def pauses(line: str) -> bool:
    """Say whether a line only notes that the meeting paused.

    >>> pauses("Nghỉ giải lao 10 phút."), pauses("Xin mời nghỉ giải lao 10 phút.")
    (True, False)
    """
    return PAUSE.fullmatch(_bare(line)) is not None


def _bare(line: str) -> str:
    """Take off list marks and a time of day."""
    return TIME.sub("", _unmarked(line))


def _unmarked(line: str) -> str:
    return LIST_MARK.sub("", compose(line).strip(" \t*_"))
