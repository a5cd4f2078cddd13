"""Patterns: what more than one part of the transcripts looks for: phrases, list marks, times."""

import re
from collections.abc import Sequence

MOMENT = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
TO = r"\s*(?:-{1,2}>|→|[-–—])\s*"
TIMES = rf"{MOMENT}(?:{TO}{MOMENT})?"
# A time of day in words; the lines that it opens may not be in NFC.
HOURS = ("h", "g", "giờ", "giơ\u0300", "gio\u031b\u0300")
MINUTES = ("'", "’", "p", "phút", "phu\u0301t")


def any_of(phrases: Sequence[str]) -> str:
    """Make a pattern that matches any of the phrases, the longest that it can.

    >>> re.match(any_of(["chủ trì", "chủ trì hội nghị"]), "chủ trì hội nghị nói")[0]
    'chủ trì hội nghị'
    """
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def list_marks(number: str = r"\d{1,3}") -> str:
    """Make a pattern of the marks of lists and headings before a line; `number` is what may number one.

    >>> re.sub(list_marks(), "", "- 2) Loa hỏng")
    'Loa hỏng'
    """
    return rf"(?:[-–—•+*>]\s+|{number}[.)]\s*(?=\D)|#{{1,6}}\s+)+"


CLOCK_TIME = rf"\d{{1,2}}\s?(?:{any_of(HOURS)})(?:\s?\d{{1,2}}(?:\s?(?:{any_of(MINUTES)}))?)?(?![\w\u0300-\u036f])"
CLOCK_TIMES = rf"{CLOCK_TIME}(?:{TO}{CLOCK_TIME})?"  # "19h35", "19 giờ 35 phút"
