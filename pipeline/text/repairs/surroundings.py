"""Surroundings: the words of a text, and what stands around one of them, by which its meaning is decided."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from thamluan.pipeline.letters import BARE_VOWELS, strip_marks
from thamluan.pipeline.text.repairs.lexicon import END, PHRASE_WORDS, START, Lexicon

NEAR_WORDS = 6  # on each side
MAX_PIECE = 2  # letters; what so short a piece stands for, the whole alone can say: "k/khăn", "t.trưởng"
PIECE_SIGNS = "/.-"
APOSTROPHES = "'’‘`"  # they join names of peoples, as "H'Hen"
MAX_ROW = 3  # more lone letters in a row spell a word out: "K i n h"
HEADS = frozenset("ban đoàn hội hộ huyện khối khu ngành người phường quận tổ trạm".split())  # said once: "tổ CNSCĐ"
OTHERS = frozenset(("công đoàn", "tập đoàn", "xã hội", "quốc hội", "đại hội", "cơ hội"))  # words that end like heads
ITEM_SIGNS = ")/.:"
NAME_SIGNS = "-&"
COMMA = ","
NAME = "*"  # in the contexts that follow: a word with one capital, its first
INNER_SIGN = re.compile(r", | - ")
JOINERS = ("/", "-", "&", "+")  # without spaces they join two words into one, as in "đồng/kg"


@dataclass(slots=True)
class Token:
    """A word of the text; `reading` is what it says so far, in lower case and with `#` for digits."""

    start: int
    end: int
    word: str
    key: str
    reading: str
    replacement: str = ""


@dataclass(slots=True)
class Surroundings:
    """What stands around one of the words."""

    text: str
    tokens: Sequence[Token]
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


def _clauses(tokens: Sequence[Token]) -> list[str]:
    """Give what words say so far, cut where an expansion brought a comma or dash with it."""
    return INNER_SIGN.split(" ".join(token.reading for token in tokens))
