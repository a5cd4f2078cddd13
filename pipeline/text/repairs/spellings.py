"""Spellings: abbreviations, chat spellings and dialect words, put into the words that most people write."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from thamluan.pipeline.artefacts import ABBREVIATIONS, DIALECT
from thamluan.pipeline.letters import BARE_VOWELS, COMBINING, LETTERS, SENTENCE_ENDS, strip_marks
from thamluan.pipeline.text.repairs.lexicon import (
    DOCUMENT,
    END,
    NUMBER,
    PHRASE_WORDS,
    START,
    Entry,
    Lexicon,
    load_lexicon,
)
from thamluan.pipeline.text.repairs.pieces import Pieces

NEAR_WORDS = 6  # on each side
SHOUTED_WORDS = 4  # a text of so many words, all in capitals, says nothing by its capitals
LEGACY = "¡¢£¤¥¦§¨©ª¬®¯±²³´µ¶¸¹º¼½¾¿"  # what follows them is the end of a word that could not be decoded; so after "h«"
# A letter with a mark that NFC cannot join is no letter of a form.
CHUNK = re.compile(rf"(?<![\w{COMBINING}{LEGACY}])(?<!\w«)\w++(?:[./&@:’'+-]++\w++|(?<=\d),\d\w*+)*+(?![{COMBINING}])")
PART = re.compile(r"\w+(?:(?<=\d)[.,]\d\w*)*")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
ADDRESS = re.compile(r"@|://|^www\.|\.(?:vn|com|net|org|edu|gov|info)\b", re.IGNORECASE)
DOCUMENT_NUMBER = re.compile(r"\d+(?:/\d+)?[-/][^\W\d_]*[A-ZĐ]")  # "36-HD/VPTW", "33/2023/NĐ-CP"
SPACED_NUMBER = re.compile(r"\d\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ]+(?:\s*[-/]\s*[A-ZĐƯ]+)+")  # "608 / QĐ - UBND"
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
MIN_INITIALS = 4  # "U.B.N.D"; shorter ones are mostly of people, as "N.V.H"
MAX_PIECE = 2  # letters; what so short a piece stands for, the whole alone can say: "k/khăn", "t.trưởng"
PIECE_SIGNS = "/.-"
APOSTROPHES = "'’‘`"  # they join names of peoples, as "H'Hen"
MAX_ROW = 3  # more lone letters in a row spell a word out: "K i n h"
RUBBLE = re.compile(  # of an encoding read as another, and of pages: "ho?t", "Ä‘á»™ng", "&#7897;"
    r"\?\w|&#?\w+;|[ÃÂ][\x80-¿]|[¡-¨©¬®¯´¶¸¹¼-¿×÷ÄÅÆ€‚ƒ„†‡ˆ‰‹˜™›\x80-\x9f\ufffd]|[º»].?\w"
)
RUBBLE_SIGNS = re.compile(r"[?&ÃÂÄÅÆ×÷\x80-\x9f¡-¿€‚ƒ„†‡ˆ‰‹˜™›\ufffd]")  # without one there is none
RUBBLE_BEFORE = re.compile(r"[a-zđ]Ã\s")  # "lÃ m", whose no-break space became a plain one
SPACELESS = re.compile(r"\S+")
HEADS = frozenset("ban đoàn hội hộ huyện khối khu ngành người phường quận tổ trạm".split())  # said once: "tổ CNSCĐ"
OTHERS = frozenset(("công đoàn", "tập đoàn", "xã hội", "quốc hội", "đại hội", "cơ hội"))  # words that end like heads
JOINED_NUMBER = re.compile(r"[./&-]#")
ITEM_SIGNS = ")/.:"
NAME_SIGNS = "-&"
COMMA = ","
NAME = "*"  # in the contexts that follow: a word with one capital, its first
INNER_SIGN = re.compile(r", | - ")
JOINERS = ("/", "-", "&", "+")  # without spaces they join two words into one, as in "đồng/kg"


def expand_abbreviations(text: str, *, lexicon: Path = ABBREVIATIONS) -> Pieces:
    """Write out abbreviations and chat spellings; what a form stands for may depend on the words around it.

    Numbers of documents, addresses of pages and forms that nothing decides stay as they are.

    >>> list(expand_abbreviations("BCTMT ko có kp hđ"))
    [(0, 5, 'Ban công tác Mặt trận'), (6, 8, 'không'), (12, 14, 'kinh phí'), (15, 17, 'hoạt động')]
    >>> list(expand_abbreviations("Hướng dẫn 36-HD/VPTW"))
    []
    """
    yield from replace(text, load_lexicon(lexicon))


def standardise_dialect(text: str, *, lexicon: Path = DIALECT) -> Pieces:
    """Put words of the Centre, the South and the North into standard ones, where the context leaves no doubt.

    >>> list(standardise_dialect("Hổng ai họp, đi mô hết rồi? Chi bộ vắng."))
    [(0, 4, 'Không'), (16, 18, 'đâu')]
    """
    yield from replace(text, load_lexicon(lexicon))


@dataclass(slots=True)
class _Token:
    """A word of the text; `reading` is what it says so far, in lower case and with `#` for digits."""

    start: int
    end: int
    word: str
    key: str
    reading: str
    replacement: str = ""


def replace(text: str, lexicon: Lexicon) -> Pieces:
    """Replace the forms of a lexicon that stand in a text; doing it twice changes nothing more.

    A form that waits for its context is asked again after its neighbours are written out, until nothing changes.
    """
    if not lexicon.may_stand_in(text):
        return
    tokens = list(_tokens(text, lexicon))
    waiting = [index for index, token in enumerate(tokens) if token.key in lexicon.undotted]
    is_shouted = len(tokens) >= SHOUTED_WORDS and text.isupper()
    waiting = [index for index in waiting if not _Surroundings(text, tokens, index).is_unsafe(lexicon.entries)]
    waiting = _outside_rubble(text, tokens, waiting)
    is_changed = True
    while is_changed:
        is_changed = False
        for index in waiting:
            if tokens[index].replacement:
                continue
            around = _Surroundings(text, tokens, index)
            for form in around.forms(lexicon):
                around.is_past_stop = form.endswith(".")
                entry = _decide(lexicon.entries[form], around, is_shouted=is_shouted)
                if entry is not None and entry.expansion:
                    _write(tokens[index], entry, text=text, is_shouted=is_shouted)
                    is_changed = True
                    break
    for index in waiting:
        replacement = _Surroundings(text, tokens, index).said_once() if tokens[index].replacement else ""
        if replacement:
            yield tokens[index].start, tokens[index].end, replacement


def _outside_rubble(text: str, tokens: Sequence[_Token], waiting: list[int]) -> list[int]:
    """Keep the words that stand in no rubble of a wrong encoding; its letters only look like forms."""
    if not waiting or not RUBBLE_SIGNS.search(text):
        return waiting
    rubble = {
        char
        for word in SPACELESS.finditer(text)
        if RUBBLE.search(word.group()) or RUBBLE_BEFORE.match(text, max(0, word.start() - MAX_ROW))
        for char in range(*word.span())
    }
    return [index for index in waiting if tokens[index].start not in rubble]


def _tokens(text: str, lexicon: Lexicon) -> Iterator[_Token]:
    """Cut a text into words.

    What is joined by signs is one word where the lexicon knows it, or where it is a number of a document, an address
    or initials; otherwise each part is one.
    """
    numbers = {index for number in SPACED_NUMBER.finditer(text) for index in range(*number.span())}
    for chunk in CHUNK.finditer(text):
        word, (start, end) = chunk.group(), chunk.span()
        key = word.lower() if word.isalpha() else DIGITS.sub(NUMBER, word.lower())
        if start in numbers:
            yield _Token(start, end, word, "", key)
        elif word.isalpha() or key in lexicon.entries:
            yield _Token(start, end, word, key, key)
        elif INITIALS.fullmatch(word):
            letters = key.replace(".", "")
            yield _Token(start, end, word, letters if len(letters) >= MIN_INITIALS else "", key)
        else:
            parts = [(part, DIGITS.sub(NUMBER, part.group().lower())) for part in PART.finditer(word)]
            if _is_name(word, [key for _, key in parts], lexicon=lexicon):
                yield _Token(start, end, word, "", key)
                continue
            for part, key in parts:
                yield _Token(start + part.start(), start + part.end(), part.group(), key, key)


def _is_name(word: str, keys: Sequence[str], *, lexicon: Lexicon) -> bool:
    """Say whether a joined word is a number of a document or an address, or none, as "Q.5k"; these stay as they are."""
    if ADDRESS.search(word) or DOCUMENT_NUMBER.match(word):
        return True
    key = DIGITS.sub(NUMBER, word.lower())
    if any(key[: number.end()] in lexicon.entries for number in JOINED_NUMBER.finditer(key)):
        return True
    kinds = {entry.kind for key in keys for entry in lexicon.entries.get(key, ())}
    return DOCUMENT in kinds and len(keys) > 1 and ("/" in word or "-" in word)


@dataclass(slots=True)
class _Surroundings:
    """What stands around one of the words."""

    text: str
    tokens: Sequence[_Token]
    index: int
    is_past_stop: bool = False  # the form takes the full stop behind it, so what comes next is directly after it

    def forms(self, lexicon: Lexicon) -> list[str]:
        """Name the forms that the word may be, the one with its full stop first."""
        key = self.tokens[self.index].key
        known = [key] if key in lexicon.entries and not self.is_piece() else []
        return [f"{key}.", *known] if f"{key}." in lexicon.entries and self.is_dotted() else known

    def is_dotted(self) -> bool:
        """Say whether a full stop follows that may end no sentence: a capital or number comes next."""
        if self.index + 1 == len(self.tokens) or self.between(self.index + 1) not in (".", ". "):
            return False
        following = self.tokens[self.index + 1]
        return (following.replacement or following.word)[0].isupper() or following.word[0].isdigit()

    def between(self, index: int) -> str:
        """Give what stands between the word at `index` and the one before it; a line break at either end."""
        if index in (0, len(self.tokens)):
            return "\n"
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def is_cut(self, index: int) -> bool:
        """Say whether more than spaces stand before the word at `index`."""
        between = self.between(index)
        return between.strip() != "" or "\n" in between

    def before(self) -> Iterator[str]:
        """Give the phrases that end directly before the word, or that a clause starts with it."""
        first = self.index
        while first > max(0, self.index - PHRASE_WORDS) and not self.is_cut(first):
            first -= 1
        if first == self.index:
            yield from _signs(self.between(first), START)
        words = _clauses(self.tokens[first : self.index])[-1].split()
        yield from (" ".join(words[-count:]) for count in range(1, min(PHRASE_WORDS, len(words)) + 1))

    def after(self) -> Iterator[str]:
        """Give the phrases that start directly after the word, or that a clause ends with it."""
        first = last = self.index + 1
        while last < min(len(self.tokens), first + PHRASE_WORDS) and not self._is_end(last):
            last += 1
        if last == first:
            yield from _signs(self.between(last), END)
        else:
            following = self.tokens[first].replacement or self.tokens[first].word
            if following[0].isupper() and following[1:].islower():
                yield NAME
        words = _clauses(self.tokens[first:last])[0].split()
        yield from (" ".join(words[:count]) for count in range(1, min(PHRASE_WORDS, len(words)) + 1))

    def _is_end(self, index: int) -> bool:
        return self.is_cut(index) and not (self.is_past_stop and index == self.index + 1)

    def near(self) -> Iterator[str]:
        """Give the phrases within `NEAR_WORDS` words on either side, counted as written out."""
        earlier = _clauses(self.tokens[max(0, self.index - NEAR_WORDS) : self.index])
        later = _clauses(self.tokens[self.index + 1 : self.index + 1 + NEAR_WORDS])
        for words in (" ".join(earlier).split()[-NEAR_WORDS:], " ".join(later).split()[:NEAR_WORDS]):
            for start in range(len(words)):
                yield from (" ".join(words[start : start + count]) for count in range(1, PHRASE_WORDS + 1))

    def is_unsafe(self, known: Container[str]) -> bool:
        """Say whether the word stands beside an apostrophe, or is a letter of a word that is spelt out."""
        token = self.tokens[self.index]
        sides = self.text[token.start - 1 : token.start], self.text[token.end : token.end + 1]
        if any(side != "" and side in APOSTROPHES for side in sides):
            return True
        row = self._row() if len(token.word) == 1 else []
        return len(row) > MAX_ROW or (len(row) == MAX_ROW and any(letter.lower() not in known for letter in row))

    def _row(self) -> list[str]:
        """Give the lone letters around the word with nothing but spaces between, as far as they matter."""
        first = last = self.index
        while first > max(0, self.index - MAX_ROW) and self._is_lone(first - 1) and not self.is_cut(first):
            first -= 1
        end = min(len(self.tokens) - 1, self.index + MAX_ROW)
        while last < end and self._is_lone(last + 1) and not self.is_cut(last + 1):
            last += 1
        return [token.word for token in self.tokens[first : last + 1]]

    def _is_lone(self, index: int) -> bool:
        word = self.tokens[index].word
        return len(word) == 1 and word.isalpha()

    def is_piece(self) -> bool:
        """Say whether the word is a short piece of a longer one: joined to another, or dotted within a sentence."""
        token, text = self.tokens[self.index], self.text
        if len(token.word) > MAX_PIECE or not token.word.isalpha():
            return False
        before, after = text[max(0, token.start - 2) : token.start], text[token.end : token.end + 3]
        is_joined = any(
            len(side) == MAX_PIECE and side[0] in PIECE_SIGNS and side[1].isalnum()
            for side in (before[::-1], after[:2])
        )
        is_dotted = after[:2] == ". " and after[2:].islower()
        return is_joined or (is_dotted and set(BARE_VOWELS).isdisjoint(strip_marks(token.key)))

    def said_once(self) -> str:
        """Give the replacement without first or last words that stand there already, "" to leave the word.

        A single word is left out only where it is one of `HEADS`: "đảng viên VC" are two words with one in common.
        """
        replacement = self.tokens[self.index].replacement
        folded = f" {replacement.lower()} "
        before = set(self.before())
        said = max((phrase for phrase in before if folded.startswith(f" {phrase} ")), key=len, default="")
        if said and " " not in said and (said not in HEADS or not OTHERS.isdisjoint(before)):
            return ""
        replacement = replacement[len(said) :].lstrip()
        following = (phrase for phrase in self.after() if " " in phrase and folded.endswith(f" {phrase} "))
        said = max(following, key=len, default="")
        return replacement[: -len(said)].rstrip() if said else replacement

    def is_sign(self) -> bool:
        """Say whether the word is a lone letter that is no word.

        It marks an item ("a)", "b/", "(c)"), is half a name ("R&D"), or one of a row ("điểm g, h, i").
        """
        token = self.tokens[self.index]
        if len(token.word) > 1:
            return False
        before, after = self.text[max(0, token.start - 1) : token.start], self.text[token.end : token.end + 1]
        is_item = after != "" and after in ITEM_SIGNS and self.is_cut(self.index)
        return is_item or any(char != "" and char in NAME_SIGNS for char in (before, after)) or self._is_in_row()

    def _is_in_row(self) -> bool:
        """Say whether a neighbour behind a comma is the next or last letter of the alphabet, or the one beside it."""
        letter = self.tokens[self.index].key
        for index, step in ((self.index, -1), (self.index + 1, 1)):
            if self.between(index).strip() == COMMA:
                other = self.tokens[index if step > 0 else index - 1].key
                if len(other) == len(letter) == 1 and 0 < step * (ord(other) - ord(letter)) <= 2:
                    return True
        return False


def _signs(between: str, edge: str) -> Iterator[str]:
    """Give the edge of a clause, and a comma where no more than that stands there; joined words have no edge."""
    if between not in JOINERS:
        yield edge
    if between.strip() == COMMA:
        yield COMMA


def _clauses(tokens: Sequence[_Token]) -> list[str]:
    """Give what words say so far, cut where an expansion brought a comma or dash with it."""
    return INNER_SIGN.split(" ".join(token.reading for token in tokens))


def _decide(entries: Sequence[Entry], around: _Surroundings, *, is_shouted: bool) -> Entry | None:
    """Find the first entry that fits the word and what stands around it."""
    if around.is_sign():
        return None
    word = around.tokens[around.index].word
    case = _case(word, is_shouted=is_shouted, is_start=around.is_cut(around.index))
    for entry in entries:
        if entry.case and entry.case != case:
            continue
        wanted = ((entry.before, around.before), (entry.after, around.after), (entry.near, around.near))
        if all(not words or not words.isdisjoint(found()) for words, found in wanted):
            return entry
    return None


def _case(word: str, *, is_shouted: bool, is_start: bool) -> str:
    """Say how a word is typed: `upper`, `lower`, or "" for a capital that makes a name of it.

    The first capital of a clause says nothing, and no capital does in a text full of them.
    """
    letters = "".join(LETTERS.findall(word))
    if is_shouted or letters.islower() or (is_start and letters[1:] == letters[1:].lower()):
        return "lower"
    return "upper" if letters.isupper() else ""


def _write(token: _Token, entry: Entry, *, text: str, is_shouted: bool) -> None:
    """Write a word out: its numbers put back, its capitals kept where they start a sentence or fill the text."""
    numbers = iter(DIGITS.findall(token.word))
    expansion = re.sub(NUMBER, lambda _: next(numbers), entry.expansion)
    token.reading = entry.expansion.lower()
    if is_shouted:
        expansion = expansion.upper()
    elif token.word[:1].isupper() and (not token.word.isupper() or _starts_sentence(text, token.start)):
        expansion = expansion[:1].upper() + expansion[1:]
    if entry.form.endswith("."):
        token.end += 1
        if not text[token.end : token.end + 1].isspace():
            expansion += " "
    token.replacement = expansion


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start]
    stripped = before.rstrip()
    return stripped == "" or "\n" in before[len(stripped) :] or stripped.endswith(SENTENCE_ENDS)
