"""Letters and marks: what several rooms need to know of written Vietnamese."""

import re
import unicodedata

LETTERS = re.compile(r"[^\W\d_]+")  # a run of letters
SENTENCE_ENDS = (".", "!", "?", "…")
CLOSERS = "\"')]”’»"  # what may stand behind a sentence's end and belongs to it
LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"
LINE = re.compile(f"[^{LINE_BREAKS}]+")
BARE_VOWELS = "aeiouy"
COMBINING = "\u0300-\u036f"  # marks that stand behind their letter, as a range of a pattern
# What no font shows: controls, and what Unicode says is to be ignored (Default_Ignorable_Code_Point, version 15).
INVISIBLE = (
    "\\x00-\\x1f\\x7f-\\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
VISIBLE = re.compile(f"[^\\s{INVISIBLE}]")
PICTURE = "So"  # the category of emoji
SOFT_HYPHEN = "\u00ad"  # in the legacy encoding TCVN3 it is the letter ư


def compose(text: str) -> str:
    """Put text into NFC, in which a letter with its marks is one character."""
    return unicodedata.normalize("NFC", text)


def is_visible(text: str) -> bool:
    r"""Say whether a text holds anything that can be seen, and not only white space and zero-width characters.

    >>> is_visible(" .\n"), is_visible("\u200b\xa0\ufeff")
    (True, False)
    """
    return VISIBLE.search(text) is not None


def says_something(text: str) -> bool:
    """Say whether a text holds a letter, a number or a picture; marks alone, such as "-" or "...", stand for no answer.

    >>> says_something("Không"), says_something("0"), says_something("👍"), says_something("- / ...")
    (True, True, True, False)
    """
    return any(char.isalnum() or unicodedata.category(char) == PICTURE for char in text)


def strip_marks(text: str) -> str:
    """Lower-case a text and take off every mark, as people type in haste.

    >>> strip_marks("Đảng viên vắng họp")
    'dang vien vang hop'
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("đ", "d")


def ends_as_sentence(line: str) -> bool:
    """Say whether a line ends with a full stop or the like, as a heading does not.

    >>> ends_as_sentence("(Ai cũng mệt.)"), ends_as_sentence("KẾT LUẬN")
    (True, False)
    """
    return line.rstrip().rstrip(CLOSERS).endswith(SENTENCE_ENDS)
