"""Letters and marks: what several rooms need to know of written Vietnamese."""

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


def ends_as_sentence(line: str) -> bool:
    """Say whether a line ends with a full stop or the like, as a heading does not.

    >>> ends_as_sentence("(Ai cũng mệt.)"), ends_as_sentence("KẾT LUẬN")
    (True, False)
    """
    stripped = line.rstrip().rstrip("\"')]”’»")
    return stripped.endswith((".", "!", "?", "…"))
