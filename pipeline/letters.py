"""Letters: the two forms in which texts are compared."""

import unicodedata


def compose(text: str) -> str:
    """Put text into NFC, in which a letter with its marks is one character."""
    return unicodedata.normalize("NFC", text)


def strip_marks(text: str) -> str:
    """Lower-case a text and take off every mark, as people type in haste.

    >>> strip_marks("Đảng viên vắng họp")
    'dang vien vang hop'
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("đ", "d")
