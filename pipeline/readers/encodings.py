"""Encodings: bytes of a text file -> text, with no character lost or guessed silently."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

from thamluan.pipeline import legacy
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.letters import compose
from thamluan.pipeline.syllables import is_syllable

UTF_8 = "UTF-8"  # as people are told
UTF_8_MARKED = "utf-8-sig"
BYTE_ORDER_MARKS = (  # the longer first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF8, UTF_8_MARKED),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive, or an Office file with the wrong suffix"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
)
SAMPLE_BYTES = 65_536
MIN_NUL_SHARE = 0.2  # of the bytes on one side: the high bytes of spaces and plain letters in UTF-16
MAX_NUL_SHARE = 0.01  # of the bytes on the other side

TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
VIETNAMESE_LETTERS = frozenset("ăâđêôơưĂÂĐÊÔƠƯàáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ")
PUNCTUATION = frozenset("“”‘’–—…•«»°§·\u00a0₫€")
TONED_VOWEL = re.compile(f"[aăâeêioôơuưy][{TONE_MARKS}]", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
LETTERS = re.compile(r"[^\W\d_]+")
MIN_VIETNAMESE_SHARE = 0.95  # of the characters outside ASCII, or of the words with them
MIN_SYLLABLES = 3  # with marks
MIN_UTF_8_SHARE = 0.95  # of the lines that are not blank, so that the others are taken for pasted


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the name of its encoding; `n_other` lines are in another, the last that is named."""

    text: str
    encoding: str = UTF_8
    n_other: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what users should know: anything but plain UTF-8."""
        if self.n_other:
            return (f"{self.n_other} line(s) read as {self.encoding.split()[-1]}, the others as {UTF_8}",)
        return () if self.encoding == UTF_8 else (f"read as {self.encoding}",)


def decode(raw: bytes, *, expected: str) -> Decoded:
    """Decode a text file: by its byte-order mark, else as UTF-8, UTF-16, Windows-1258, TCVN3 or VNI-Windows.

    Where nearly all lines are in UTF-8, the others may be in one of the last three. The mark is taken off; nothing else
    is altered. What comes from Windows-1258 keeps its combining tone marks.
    `expected` names what the file should be, for the message.

    Raises `InputError` for a file that is empty, binary, or in another encoding.

    >>> decode("Tiền ít".encode("utf-16"), expected="a text")
    Decoded(text='Tiền ít', encoding='UTF-16', n_other=0)
    """
    kind = next((kind for signature, kind in BINARY_SIGNATURES if raw.startswith(signature)), None)
    if kind is not None:
        raise InputError(f"is a binary file ({kind}), not {expected}")
    decoded = _decode_unicode(raw, expected=expected)
    if not decoded.text.strip():
        raise InputError("is empty")
    return decoded


def _decode_unicode(raw: bytes, *, expected: str) -> Decoded:
    """Decode Unicode, by its mark or without; else an encoding from before."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)), None)
    if encoding is None and b"\0" in raw:
        encoding = _utf16_without_mark(raw[:SAMPLE_BYTES])
        if encoding is None:
            raise InputError(f"is a binary file, not {expected}")
    try:
        text = raw.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding is None or encoding == UTF_8_MARKED:
            with suppress(InputError):
                return _decode_mixed(raw.removeprefix(codecs.BOM_UTF8))
        if encoding is None:
            return _decode_old(raw)
        raise InputError(f"is damaged: it starts as {encoding.upper()} but breaks at byte {error.start}") from error
    if "\0" in text:
        raise InputError(f"is a binary file, not {expected}")
    return Decoded(text, "-".join((encoding or UTF_8).upper().split("-")[:2]))  # without "-SIG", "-LE"


def _utf16_without_mark(sample: bytes) -> str | None:
    """Tell UTF-16 by the side on which the NUL bytes lie; None for a binary file."""
    half = len(sample) // 2
    high_first = sample[::2].count(0) / max(half, 1)
    high_last = sample[1::2].count(0) / max(half, 1)
    if high_last >= MIN_NUL_SHARE and high_first <= MAX_NUL_SHARE:
        return "utf-16-le"
    if high_first >= MIN_NUL_SHARE and high_last <= MAX_NUL_SHARE:
        return "utf-16-be"
    return None


def _decode_mixed(raw: bytes) -> Decoded:
    """Decode lines of UTF-8 among which a few are in another encoding, the same in all of them."""
    lines: list[str | None] = []
    for line in raw.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(None)
    others = [line for line, text in zip(raw.split(b"\n"), lines, strict=True) if text is None]
    filled = [line for line in lines if line is not None and line.strip()]
    if len(filled) < MIN_UTF_8_SHARE * (len(filled) + len(others)) or all(map(str.isascii, filled)):
        raise _unknown()
    if any(not line.decode("utf-8", "ignore").isascii() for line in others):  # UTF-8 that is damaged
        raise _unknown()
    decoded = _decode_old(b"\n".join(others))
    if not _is_of_syllables(compose(decoded.text)):
        raise _unknown()
    texts = iter(decoded.text.split("\n"))
    text = "\n".join(next(texts) if line is None else line for line in lines)
    return Decoded(text, f"{UTF_8} and {decoded.encoding}", n_other=len(others))


def _decode_old(raw: bytes) -> Decoded:
    """Decode Windows-1258, TCVN3 or VNI-Windows, whichever reads as Vietnamese."""
    with suppress(UnicodeDecodeError):
        text = raw.decode("cp1258")
        if _reads_as_vietnamese(text):
            return Decoded(text, "Windows-1258")
    shown = _decode_western(raw)
    for encoding in get_args(legacy.Encoding):
        text = legacy.decode(shown, encoding)
        if _is_of_syllables(text):
            return Decoded(text, encoding.upper())
    raise _unknown()


def _unknown() -> InputError:
    hint = "save it as UTF-8 (in Excel: Save as, CSV UTF-8; in Notepad: Encoding, UTF-8)"
    return InputError("is in an unknown encoding", hint=hint)


def _decode_western(raw: bytes) -> str:
    """Read bytes as a program does that knows no Vietnamese; old fonts then showed Vietnamese letters."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _is_of_syllables(text: str) -> bool:
    """Say whether nearly all words with marks are Vietnamese syllables, and several of them."""
    words = [word for word in LETTERS.findall(text) if not word.isascii()]
    n_syllables = sum(map(is_syllable, words))
    return n_syllables >= MIN_SYLLABLES and n_syllables >= MIN_VIETNAMESE_SHARE * len(words)


def _reads_as_vietnamese(text: str) -> bool:
    """Say whether what Windows-1258 gives is Vietnamese: nearly all bytes decode, but then to other signs."""
    n_foreign = sum(1 for character in text if not character.isascii() and character not in PUNCTUATION)
    n_toned = len(TONED_VOWEL.findall(text))
    n_letters = sum(1 for character in text if character in VIETNAMESE_LETTERS)
    if CONTROL.search(text) or not n_foreign or not n_toned:
        return False
    return (n_toned + n_letters) / n_foreign >= MIN_VIETNAMESE_SHARE
