"""Patterns: what more than one part of the transcripts looks for: phrases, list marks, times."""

import re
from collections.abc import Sequence

MOMENT = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
TO = r"\s*(?:-{1,2}>|→|[-–—])\s*"
TIMES = rf"{MOMENT}(?:{TO}{MOMENT})?"


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
