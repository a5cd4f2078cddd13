"""Legacy encodings in text: lines of TCVN3 or VNI-Windows, typed or pasted, decoded where that is certain."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from thamluan.pipeline import legacy
from thamluan.pipeline.artefacts import ABBREVIATIONS
from thamluan.pipeline.legacy import Encoding
from thamluan.pipeline.letters import COMBINING, LINE, SOFT_HYPHEN
from thamluan.pipeline.syllables import is_syllable, place_tone, strip_tone, tone_places
from thamluan.pipeline.text.repairs.lexicon import load_lexicon
from thamluan.pipeline.text.repairs.lost_letters import lost_places, place_of_lost
from thamluan.pipeline.text.repairs.pieces import Pieces

SYMBOLS = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾×÷\u03bc"  # letters in TCVN3, elsewhere none or none of Vietnamese
# No legacy encoding has combining marks: a word with one is in none.
WORDS: dict[Encoding, re.Pattern[str]] = {
    "tcvn3": re.compile(rf"(?:[^\W\d_]|[{SYMBOLS}{COMBINING}])+"),
    "vni": re.compile(rf"(?:[^\W\d_]|[{SOFT_HYPHEN}{COMBINING}])+"),
}
PART_BEFORE, PART_AFTER = frozenset(".@/-&_"), frozenset("@/-&_")  # beside these a word is a part of a larger one
# Rhymes of which the newer spelling marks the last letter.
OPEN_RHYMES = tuple("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split())
BULLET = "·"  # alone it is no "ã", which never stands alone
UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")  # Vietnamese letters that no legacy encoding can give
LATIN_1 = re.compile("[\u00a1-\u00ff\u03bc]")  # the codes, and what programs have made of the micro sign
# A character in a word that no spelling has there: a symbol after a letter, a marked capital after a small letter.
OUT_OF_PLACE = re.compile(r"[a-z](?:[¡-¬®µ-¹»-¾×÷]|[À-ÖØ-Þ])|[¡-¬®µ-¹»-¾×÷][a-zà-ÿ\xad]")
# Letters of VNI side by side that are so in no Vietnamese word.
VNI_PAIR = re.compile(r"[âêáàåãäéèúüëùøûõï](?<=[ae].)|[ùøûõïâåä](?<=o.)|[ùøûõï](?<=[uöôy].)")
BEFORE_LETTER = re.compile(r"[¢-¨ª¬®µ¶¸¹¼-¾×÷](?=[A-Za-z])")  # in VNI no letters, and no punctuation before a word

MIN_TEXTS = 3  # that are certainly in an encoding, for short others beside them
MIN_WORDS = 2  # words that only the legacy encoding explains, for a line by itself
MIN_SHARE = 0.7  # of the words with marks: those that it explains
MAX_PLAIN_SHARE = 0.1  # of the words with marks: those that only Unicode explains
MIN_SYLLABLES = 0.5  # of the words without marks, where one word with marks decides


@dataclass
class Reading:
    """What speaks for an encoding in a line: how many words with marks it explains, and what the others are."""

    encoding: Encoding
    start: int
    end: int
    n_only_legacy: int = 0
    n_both: int = 0
    n_only_unicode: int = 0
    n_neither: int = 0
    n_strange: int = 0  # of those that only it explains: with a character that no other spelling has there
    n_plain: int = 0
    n_plain_syllables: int = 0

    def is_certain(self, *, in_company: bool = False) -> bool:
        """Say whether a line is in the encoding; `in_company` of a certain line of the same text."""
        explained = self.n_only_legacy + self.n_both
        n_marked = explained + self.n_only_unicode + self.n_neither
        if explained < MIN_SHARE * n_marked or self.n_only_unicode > MAX_PLAIN_SHARE * n_marked:
            return False
        if self.n_only_legacy >= MIN_WORDS or (in_company and explained):
            return True
        is_alone = self.n_only_legacy == 1 and explained == n_marked
        n_supporting = self.n_strange + self.n_both + self.n_plain_syllables
        return is_alone and n_supporting > 0 and self.n_plain_syllables >= MIN_SYLLABLES * self.n_plain


def decode_legacy(texts: Sequence[str]) -> Iterator[Pieces]:
    """Decode lines in TCVN3 or VNI-Windows to Unicode, letter by letter.

    A line is decoded where nearly all of its words with marks are Vietnamese syllables in one of the two, some of them
    in no other way; short lines take the word of others in the same text, or of most other texts. What is not certain
    stays. Where the letter ư of TCVN3, a soft hyphen, was dropped on the way, it is put back where the syllables ask
    for it.

    >>> [letter for pieces in decode_legacy(["Chi bé häp ®Òu"]) for _, _, letter in pieces]
    ['ộ', 'ọ', 'đ', 'ề']
    >>> [list(pieces) for pieces in decode_legacy(["Café Müller, cô bé, à la carte"])]
    [[]]
    """
    readings = [() if text.isascii() else [_reading(text, *span) for span in _candidates(text)] for text in texts]
    certain = [{reading.encoding for reading in of_text if reading.is_certain()} for of_text in readings]
    most = _encoding_of_most(readings, certain)
    for text, of_text, encodings in zip(texts, readings, certain, strict=True):
        yield [
            piece
            for reading in of_text
            if reading.is_certain(in_company=reading.encoding in encodings)
            or (reading.encoding == most and reading.n_only_legacy and reading.is_certain(in_company=True))
            for piece in _pieces(text, reading, has_horns=SOFT_HYPHEN in text)
        ]


def _encoding_of_most(readings: Sequence[Sequence[Reading]], certain: Sequence[set[Encoding]]) -> Encoding | None:
    """Name the encoding that is certain in at least `MIN_TEXTS` texts, and half of those that may be in any."""
    counts = Counter(encoding for encodings in certain for encoding in encodings)
    if not counts:
        return None
    encoding, n_texts = counts.most_common(1)[0]
    return encoding if n_texts >= max(MIN_TEXTS, sum(map(bool, readings)) / 2) else None


def seems_legacy(text: str) -> bool:
    """Say whether a repaired text still looks like TCVN3 or VNI-Windows in a line or a part of one.

    >>> seems_legacy("Câu 2: Kh«ng cã ý kiÕn"), seems_legacy("Chi bộ họp ở café")
    (True, False)
    """
    if text.isascii() or not LATIN_1.search(text):
        return False
    if any(_is_legacy_only(word, "tcvn3") for word in _words_with(OUT_OF_PLACE, text, encoding="tcvn3")):
        return True
    if sum(_is_legacy_only(word, "vni") for word in _words_with(VNI_PAIR, text, encoding="vni")) >= MIN_WORDS:
        return True
    readings = (_best_reading(text, *span) for span in _candidates(text))
    return any(
        reading.n_only_legacy >= MIN_WORDS and reading.n_only_legacy > reading.n_only_unicode + reading.n_neither
        for reading in readings
    )


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Find the lines that have codes and no Vietnamese letters beyond Latin-1."""
    for line in LINE.finditer(text):
        if LATIN_1.search(text, *line.span()) and not UNICODE.search(text, *line.span()):
            yield line.span()


def _words_with(pattern: re.Pattern[str], text: str, *, encoding: Encoding) -> list[str]:
    if not pattern.search(text):
        return []
    return [word for word in WORDS[encoding].findall(text) if pattern.search(word)]


def _is_legacy_only(word: str, encoding: Encoding) -> bool:
    return not is_syllable(word) and _is_explained(word, encoding)


def _reading(text: str, start: int, end: int) -> Reading:
    """Read a line, its soft hyphens as letters or, where that is not certain, as hyphens."""
    reading = _best_reading(text, start, end)
    if reading.is_certain() or SOFT_HYPHEN not in text[start:end]:
        return reading
    line = text[start:end].replace(SOFT_HYPHEN, "")
    without = _best_reading(line, 0, len(line))
    return replace(without, start=start, end=end) if without.is_certain() else reading


def _best_reading(text: str, start: int, end: int) -> Reading:
    """Read a line both ways and give the one that explains more."""
    both = [_read(text, start, end, encoding=encoding) for encoding in ("tcvn3", "vni")]
    return max(both, key=lambda reading: (reading.n_only_legacy - reading.n_neither, reading.n_both))


def _read(text: str, start: int, end: int, *, encoding: Encoding) -> Reading:
    reading = Reading(encoding, start, end)
    if encoding == "vni":
        reading.n_neither = sum(1 for _ in BEFORE_LETTER.finditer(text, start, end))
    for match in WORDS[encoding].finditer(text, start, end):
        word = match.group()
        if (len(word) == 1 and word in SYMBOLS) or (len(word) == 2 and SOFT_HYPHEN in word):
            continue  # a sign as well as a letter
        if word.isascii():
            reading.n_plain += len(word) > 1
            reading.n_plain_syllables += len(word) > 1 and (is_syllable(word) or _is_known_spelling(word))
            continue
        is_legacy, is_unicode = _is_explained(word, encoding), _is_word(word.replace(SOFT_HYPHEN, ""))
        if is_legacy and not is_unicode:
            reading.n_only_legacy += 1
            reading.n_strange += OUT_OF_PLACE.search(word) is not None
        elif is_unicode and any(_is_explained(spelling, encoding) for spelling in tone_places(word)):
            reading.n_both += 1  # wherever its mark stands, so that placing tones changes no verdict
        elif is_unicode:
            reading.n_only_unicode += 1
        elif not _is_abbreviation(word, encoding):
            reading.n_neither += 1
    return reading


@lru_cache(maxsize=1 << 16)
def _decoded(word: str, encoding: Encoding) -> str | None:
    """Decode a word; None where a character of it is no code."""
    if not _has_horn(word, encoding):
        word = word.replace(SOFT_HYPHEN, "")
    explained = {index for start, end, _ in legacy.letters(word, encoding) for index in range(start, end)}
    is_whole = all(char.isascii() or index in explained for index, char in enumerate(word))
    return legacy.decode(word, encoding) if is_whole else None


def _has_horn(word: str, encoding: Encoding) -> bool:
    """Say whether the soft hyphens of a word are the letter ư; not so where only without them it is a syllable."""
    if encoding == "vni" or SOFT_HYPHEN not in word:
        return False
    readings = (legacy.decode(text, encoding) for text in (word, word.replace(SOFT_HYPHEN, "")))
    return [is_syllable(reading) for reading in readings] != [False, True]


def _is_explained(word: str, encoding: Encoding) -> bool:
    """Say whether a word is a syllable in an encoding, or was one before an ư was lost."""
    decoded = _decoded(word, encoding)
    if decoded is None:
        return False
    return (
        _is_spelt(decoded)
        or _is_known_spelling(decoded)
        or (encoding == "tcvn3" and place_of_lost(decoded) is not None)
    )


def _is_word(word: str) -> bool:
    return is_syllable(word) or _is_known_spelling(word)


def _is_known_spelling(word: str) -> bool:
    """Say whether a word is in the lexicon of abbreviations and chat spellings, as "ko" and "zậy" are."""
    return word.lower() in load_lexicon(ABBREVIATIONS).entries


def _is_spelt(word: str) -> bool:
    """Say whether a word is a syllable with its tone mark on a letter where people put it (not "cuả" or "chiã")."""
    if not is_syllable(word):
        return False
    placed = place_tone(word)
    first = next((index for index, letter in enumerate(placed) if letter != word[index]), None)
    return first is None or not strip_tone(placed[first])[1] or placed.lower().endswith(OPEN_RHYMES, first)


def _is_abbreviation(word: str, encoding: Encoding) -> bool:
    """Say whether a word is one of capitals (H§ND), or the đ of "đ/c" and of prices."""
    decoded = _decoded(word, encoding)
    return decoded is not None and (decoded.isupper() or decoded == "đ")


def _pieces(text: str, reading: Reading, *, has_horns: bool) -> Pieces:
    """Give the letters of a line that change."""
    words = list(WORDS[reading.encoding].finditer(text, reading.start, reading.end))
    decoded = [_decoded(word.group(), reading.encoding) for word in words]
    lost: list[int | None] = [None] * len(decoded)
    if reading.encoding == "tcvn3" and not has_horns:
        lost = lost_places([_if_whole(match, word) for match, word in zip(words, decoded, strict=True)])
    for match, word, place in zip(words, decoded, lost, strict=True):
        if word is not None and not _is_sign(match):
            yield from _word_pieces(match, encoding=reading.encoding, place=place)


def _is_sign(match: re.Match[str]) -> bool:
    """Say whether a character by itself is no letter: a bullet, or a soft hyphen beside other invisible characters."""
    beside = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
    return match.group() == BULLET or (match.group() == SOFT_HYPHEN and not beside.replace(" ", "").isascii())


def _if_whole(match: re.Match[str], decoded: str | None) -> str:
    """Give a word that may have lost a letter; empty for short ones in larger ones (5cm, a.vn) or short for others."""
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    if decoded is None or (len(decoded) > 1 and decoded.isupper()):
        return ""
    is_part = before.isdigit() or before in PART_BEFORE or after in PART_AFTER
    is_initial = after == ")" or (after == "." and decoded[0].isupper())
    return "" if len(decoded) <= 2 and (is_part or is_initial) else decoded


def _word_pieces(match: re.Match[str], *, encoding: Encoding, place: int | None) -> Pieces:
    word, start = match.group(), match.start()
    letters = {first: (last, letter) for first, last, letter in legacy.letters(word, encoding)}
    if not _has_horn(word, encoding):
        letters = {first: found for first, found in letters.items() if word[first] != SOFT_HYPHEN}
    if place is not None:  # in TCVN3, where every letter is one character
        index = min(place, len(word) - 1)
        _, letter = letters.get(index, (index + 1, word[index]))
        letters[index] = (index + 1, f"ư{letter}" if place == index else f"{letter}ư")
    for first, (last, letter) in sorted(letters.items()):
        if word[first:last] != letter:
            yield start + first, start + last, letter
