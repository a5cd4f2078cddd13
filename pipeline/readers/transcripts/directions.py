"""Directions: what a transcript notes beside the words, (vỗ tay), [không nghe rõ], and when it was said, [00:12:05]."""

import re
from collections.abc import Iterator

from thamluan.pipeline.readers.transcripts.patterns import TIMES, TO, any_of

# What is noted, who does it, and how: own list, from minutes, speeches as printed, and what speech recognisers write.
NOTED = (
    "vỗ tay", "tiếng vỗ tay", "cười", "tiếng cười", "khóc", "ho", "hắng giọng", "thở dài", "nghẹn ngào", "nghẹn lời",
    "xúc động", "ngập ngừng", "im lặng", "giơ tay", "gật đầu", "lắc đầu", "đứng dậy", "xì xào", "ồn ào", "tiếng ồn",
    "gõ bàn", "gõ xuống bàn", "gõ nhẹ xuống bàn",
    "tiếng nhạc", "âm nhạc", "nhạc", "nhạc nền", "nhạc dạo", "tiếng chuông", "chuông điện thoại", "nghe điện thoại",
    "nghỉ giải lao", "giải lao", "không nghe rõ", "nghe không rõ", "không nghe được", "không rõ tiếng", "không rõ lời",
    "mất tiếng", "ngắt tiếng", "ngắt quãng", "nói xen", "ngắt lời", "applause", "laughter", "laughs", "music",
    "inaudible", "unintelligible", "silence", "crosstalk", "noise",
)  # fmt: skip
WHO = (
    "cả hội trường", "hội trường", "cả phòng", "cả lớp", "mọi người", "tất cả", "các đại biểu", "đại biểu", "bà con",
    "tiếng", "đoạn này", "có", "cùng", "vừa", "lại",
)  # fmt: skip
HOW = (
    "lớn", "to", "nhỏ", "khẽ", "nhẹ", "dài", "kéo dài", "lâu", "hồi lâu", "một lúc", "rộ lên", "rộ", "vang", "ồ",
    "nhiệt liệt", "buồn", "nền", "nhiều lần", "đoạn này", "vài giây", "vài từ", "mấy từ", "tiếng", "lời",
)  # fmt: skip

STAMP = rf"\[{TIMES}\]|\({TIMES}\)"
CLOCK = r"\d{1,2}:\d\d:\d\d(?:[.,]\d{1,3})?"  # without brackets, with seconds: "8:30" is a time of day

NOTE = rf"(?:(?:{any_of(WHO)})\s+){{0,2}}(?:{any_of(NOTED)})(?:\s+(?:{any_of(HOW)})){{0,3}}\s*[.…!]*"
NOTES = rf"{NOTE}(?:\s*,\s*{NOTE})*"
DIRECTION = re.compile(
    rf"\[\s*(?:{NOTES})\s*\]|\(\s*(?:{NOTES})\s*\)|\*\s*(?:{NOTES})\s*\*|♪[^♪\n]*♪?|{STAMP}", re.IGNORECASE
)
AT_START = re.compile(
    rf"\s*(?:(?:{DIRECTION.pattern})[\s:]*|{CLOCK}(?:{TO}{CLOCK})?(?:\s+[-–—])?(?:\s+|$))", re.IGNORECASE
)
AT_END = re.compile(rf"(?:{DIRECTION.pattern})\s?[.…]?$", re.IGNORECASE)
BRACKETS = re.compile(r"[\[(*♪:]")


def spoken_span(line: str) -> tuple[int, int]:
    """Find what of a line was said: where it starts and ends without directions and times on either side.

    An empty span, if nothing was said. In a line that is not in NFC only times are found.

    >>> line = "[00:12:05] Xin cảm ơn các đồng chí. (Cả hội trường vỗ tay)"
    >>> start, end = spoken_span(line)
    >>> line[start:end]
    'Xin cảm ơn các đồng chí.'
    """
    start, end = 0, len(line)
    if BRACKETS.search(line) is None:
        return start, end
    while start < end and (found := AT_START.match(line, start, end)) is not None:
        start = found.end()
    end = _without_space(line, start, end)
    while start < end and (found := AT_END.search(line, start, end)) is not None:
        end = _without_space(line, start, found.start())
    return start, end


def _without_space(line: str, start: int, end: int) -> int:
    return start + len(line[start:end].rstrip())


def direction_spans(text: str) -> Iterator[tuple[int, int]]:
    """Find every direction and bracketed time in a text, in order.

    >>> [text[start:end] for text in ["Đơn tôi nộp rồi (cười) nhưng xã (không rõ ai) chưa ký"]
    ...     for start, end in direction_spans(text)]
    ['(cười)']
    """
    if BRACKETS.search(text) is not None:
        for found in DIRECTION.finditer(text):
            yield found.span()
