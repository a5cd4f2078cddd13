"""Numbers as people read them: decimal comma in Vietnamese, decimal point in English."""

import math

MISSING = "–"
MARKS = {"vi": (".", ","), "en": (",", ".")}  # thousands, decimals


def count(n: float, *, lang: str) -> str:
    """Write a count.

    >>> count(1024, lang="vi"), count(1024, lang="en")
    ('1.024', '1,024')
    """
    return decimal(n, 0, lang=lang)


def percent(share: float, *, lang: str) -> str:
    """Write a share (0 to 1) as a percentage with one decimal.

    >>> percent(0.305, lang="vi"), percent(0.305, lang="en"), percent(float("nan"), lang="vi")
    ('30,5%', '30.5%', '–')
    """
    return MISSING if is_missing(share) else decimal(share * 100, 1, lang=lang) + "%"


def interval(low: float, high: float, *, lang: str) -> str:
    """Write an interval of shares (0 to 1).

    >>> interval(0.2, 0.415, lang="vi")
    '20,0–41,5%'
    """
    if is_missing(low) or is_missing(high):
        return MISSING
    return f"{decimal(low * 100, 1, lang=lang)}–{percent(high, lang=lang)}"


def ratio(n: float, base: float, *, lang: str) -> str:
    """Write a count with its base.

    >>> ratio(74, 1640, lang="vi")
    '74/1.640'
    """
    return f"{count(n, lang=lang)}/{count(base, lang=lang)}"


def decimal(number: float, places: int, *, lang: str) -> str:
    """Write a number with a fixed count of decimals; a missing one as a dash.

    >>> decimal(1234.5678, 2, lang="vi")
    '1.234,57'
    """
    if is_missing(number):
        return MISSING
    thousands, point = MARKS[lang]
    return f"{number:z,.{places}f}".translate({ord(","): thousands, ord("."): point})


def is_missing(number: float | None) -> bool:
    """Say whether there is no number."""
    return number is None or math.isnan(number)
