"""Characters: invisible ones, spaces, look-alike letters, composition, as repairs of a text."""

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache

from thamluan.pipeline.letters import LETTERS, SOFT_HYPHEN
from thamluan.pipeline.text.repairs.legacy import seems_legacy
from thamluan.pipeline.text.repairs.pieces import Pieces

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Letters of other scripts that look like a Latin one, as keyboards, phones and scans mix them in.
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝԍΑΒΕΖΗΙΚΜΝΟΡΤΥΧονƉƊ",
        "ABESIJKMHOPCTYXaesijopcyxhdqwgABEZHIKMNOPTYXovĐĐ",
        strict=True,
    )
) | {"ɖ": "đ", "ɗ": "đ"}
# Windows-1252 punctuation that was read as Latin-1.
PUNCTUATION = dict(zip("\x82\x84\x8b\x91\x92\x93\x94\x95\x96\x97\x9b", "‚„‹‘’“”•–—›", strict=True))
# Full width, ligatures, and the bold or italic letters and digits of formulas, which people paste from social networks.
STYLED = "\uff01-\uff5e\ufb00-\ufb04\U0001d400-\U0001d6a3\U0001d7ce-\U0001d7ff"

INVISIBLE_PATTERN = re.compile(f"[{ZERO_WIDTH}{SOFT_HYPHEN}]")
SPACE_PATTERN = re.compile(f"[{SPACES}]")
ODD_PATTERN = re.compile(f"[{''.join(LOOK_ALIKES)}{''.join(PUNCTUATION)}{STYLED}]")
STYLED_PATTERN = re.compile(f"[{STYLED}]")
ETH_PATTERN = re.compile("[Ðð]")
FILLED = re.compile(r"\S+")


def drop_invisible(text: str) -> Pieces:
    r"""Drop zero-width characters and marks of direction; a joiner inside an emoji stays, and most soft hyphens.

    A soft hyphen may be a letter of a legacy encoding: it goes here only before a letter or mark that none has. What is
    dropped goes with its neighbour, so that no character of the raw text is lost from the map.

    >>> list(drop_invisible("kinh\u200b phí"))
    [(3, 5, 'h')]
    """
    if INVISIBLE_PATTERN.search(text):
        yield from _drop(text, f"{ZERO_WIDTH}{SOFT_HYPHEN}", keep=_kept)


def drop_soft_hyphens(text: str) -> Pieces:
    r"""Drop soft hyphens: places where a word may be cut at the end of a line; not so in text that seems TCVN3.

    >>> list(drop_soft_hyphens("kinh\u00ad phí"))
    [(3, 5, 'h')]
    """
    if SOFT_HYPHEN in text and not seems_legacy(text):
        yield from _drop(text, SOFT_HYPHEN, keep=lambda run, following: "")


def plain_spaces(text: str) -> Pieces:
    """Turn no-break spaces and spaces of other widths into plain ones."""
    for match in SPACE_PATTERN.finditer(text):
        yield match.start(), match.end(), " "


def replace_look_alikes(text: str) -> Pieces:
    """Put Latin letters for those of other blocks that look like them, within words of Latin letters.

    Letters of full width, ligatures, and bold or italic letters for formulas are plain letters everywhere.

    >>> list(replace_look_alikes("Chi bộ họр"))  # the last letter was Cyrillic
    [(9, 10, 'p')]
    """
    if text.isascii() or not ODD_PATTERN.search(text):
        return
    for word in FILLED.finditer(text):
        is_mixed = None
        for match in ODD_PATTERN.finditer(text, *word.span()):
            char = match.group()
            if char in LOOK_ALIKES:
                is_mixed = _is_mixed(word.group()) if is_mixed is None else is_mixed
                plain = LOOK_ALIKES[char] if is_mixed else char
            else:
                plain = PUNCTUATION.get(char) or unicodedata.normalize("NFKC", char)
            if plain != char:
                yield match.start(), match.end(), plain


def replace_eths(text: str) -> Pieces:
    """Put Đ and đ for the letter eth, which looks alike, where a word begins or is in capitals.

    >>> list(replace_eths("ÐẢNG ðã, Guðrún"))
    [(0, 1, 'Đ'), (5, 6, 'đ')]
    """
    if not ETH_PATTERN.search(text):
        return
    for word in LETTERS.finditer(text):
        for match in ETH_PATTERN.finditer(text, *word.span()):
            if match.start() == word.start() or word.group().isupper():
                yield match.start(), match.end(), "Đ" if match.group() == "Ð" else "đ"


def compose(text: str) -> Pieces:
    """Compose letters and marks (Unicode NFC): Vietnamese from a Mac comes decomposed."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _cluster().finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield match.start(), match.end(), composed


def _drop(text: str, characters: str, *, keep: Callable[[str, str], str]) -> Pieces:
    """Drop runs of characters with the visible one before them, or else after them; between white space they stay.

    `keep(run, following)` says what of a run stays.
    """
    for match in re.finditer(rf"(?:(?<!\S)([{characters}]+))?([^\s{characters}])([{characters}]*)", text):
        leading, visible, trailing = match.groups("")
        if leading or trailing:
            following = text[match.end() : match.end() + 1]
            kept = keep(leading, visible) + visible + keep(trailing, following)
            if kept != match.group():
                yield match.start(), match.end(), kept


def _kept(run: str, following: str) -> str:
    """Say what stays of a run of invisible characters before another character."""
    kind = unicodedata.category(following)[0] if following else ""
    is_legacy = not (following > "\u02ff" and kind in "LM")
    is_emoji = following > "\u2189" and kind == "S"
    return "".join(char for char in run if (char == SOFT_HYPHEN and is_legacy) or (char == "\u200d" and is_emoji))


def _is_mixed(word: str) -> bool:
    """Say whether a word has Latin letters, and otherwise only letters that look like Latin ones."""
    letters = [char for char in word if char.isalpha() and char not in LOOK_ALIKES]
    return bool(letters) and all(map(_is_latin, letters))


def _is_latin(letter: str) -> bool:
    plain = unicodedata.normalize("NFC", letter)  # the sign of the ångström is a letter
    return plain < "\u0250" or "\u1e00" <= plain < "\u1f00" or STYLED_PATTERN.match(plain) is not None


@cache
def _cluster() -> re.Pattern[str]:
    """Compile the pattern of a character with the marks that NFC may join to it.

    A few letters (Hangul jamo, vowel signs of Indian scripts) join backwards without being marks, and a few stand for
    several marks; they are found by asking for every decomposition (Unicode Standard Annex 15, composition).
    """
    decompositions = {char: unicodedata.normalize("NFD", char) for char in map(chr, range(sys.maxunicode + 1))}
    joining = {mark for parts in decompositions.values() for mark in parts[1:]}
    marks = [char for char, parts in decompositions.items() if unicodedata.combining(parts[0]) or parts[0] in joining]
    # White space joins with nothing; a mark after it stands alone.
    return re.compile(rf"\s|\S[{re.escape(''.join(marks))}]*")
