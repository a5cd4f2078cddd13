"""E-mail addresses, and personal pages."""

import re
from collections.abc import Iterator

NAME = r"(?<![\w.+-])[\w.+-]{1,64}"
AT = r"(?:\s?@\s?|\s?[(\[](?:at|a còng|a cong|@)[)\]]\s?|\sa[ -]?c(?:ò|o)ng\s)"
DOT = r"(?:\s?\.\s?|\sch(?:ấ|a)m\s)"
PROVIDER = r"(?:gmail|gmai|gmial|yahoo|ymail|hotmail|outlook|icloud|email|mail)"
EMAIL = re.compile(
    rf"{NAME}{AT}(?:[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}|{PROVIDER}(?:{DOT}(?:com|vn|net)){{0,2}})(?!\w)",
    re.IGNORECASE,
)
# "zalo.me/0912..." is a phone number; a page's name names a person.
PAGE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:facebook\.com|fb\.com|fb\.me|t\.me|tiktok\.com|instagram\.com"
    r"|zalo\.me)/[\w.@/?=&-]{1,100}",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Find e-mail addresses, also spelt out, and pages of social networks.

    >>> [text[a:b] for text in ("thư: lan.hoa@gmail.com.", "lan a còng gmail chấm com") for a, b in emails(text)]
    ['lan.hoa@gmail.com', 'lan a còng gmail chấm com']
    """
    for pattern in (EMAIL, PAGE):
        for found in pattern.finditer(text):
            yield found.start(), found.start() + len(found.group().rstrip("./?&=-"))
