"""Spellings: abbreviations, chat spellings and dialect words, put into the words that most people write."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from thamluan.pipeline.artefacts import ABBREVIATIONS, DIALECT
from thamluan.pipeline.letters import COMBINING, LETTERS, SENTENCE_ENDS
from thamluan.pipeline.text.repairs.lexicon import (
    DOCUMENT,
    NUMBER,
    Entry,
    Lexicon,
    load_lexicon,
)
from thamluan.pipeline.text.repairs.pieces import Pieces
from thamluan.pipeline.text.repairs.surroundings import Surroundings, Token

SHOUTED_WORDS = 4  # a text of so many words, all in capitals, says nothing by its capitals
# A letter with a mark that NFC cannot join is no letter of a form.
CHUNK = re.compile(rf"(?<![\w{COMBINING}])\w++(?:[./&@:’'+-]++\w++|(?<=\d),\d\w*+)*+(?![{COMBINING}])")
PART = re.compile(r"\w+(?:(?<=\d)[.,]\d\w*)*")
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
ADDRESS = re.compile(r"@|://|^www\.|\.(?:vn|com|net|org|edu|gov|info)\b", re.IGNORECASE)
DOCUMENT_NUMBER = re.compile(r"\d+(?:/\d+)?[-/][^\W\d_]*[A-ZĐ]")  # "36-HD/VPTW", "33/2023/NĐ-CP"
SPACED_NUMBER = re.compile(r"\d\s*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ]+(?:\s*[-/]\s*[A-ZĐƯ]+)+")  # "608 / QĐ - UBND"
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
MIN_INITIALS = 4  # "U.B.N.D"; shorter ones are mostly of people, as "N.V.H"
RUBBLE = re.compile(  # of an encoding read as another, and of pages: "ho?t", "Ä‘á»™ng", "kh«ng", "&#7897;"
    r"\?\w|&#?\w+;|[ÃÂ][\x80-¿]|[¡-ª¬®¯±-¶¸¹¼-¿×÷ÄÅÆ€‚ƒ„†‡ˆ‰‹˜™›\x80-\x9f\ufffd]|\w«|[º»].?\w"
)
RUBBLE_SIGNS = re.compile(r"[?&ÃÂÄÅÆ×÷\x80-\x9f¡-¿€‚ƒ„†‡ˆ‰‹˜™›\ufffd]")  # without one there is none
RUBBLE_BEFORE = re.compile(r"(?<=[a-zđ]Ã\s)")  # "lÃ m", whose no-break space became a plain one
SPACELESS = re.compile(r"\S+")
JOINED_NUMBER = re.compile(r"[./&-]#")


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


def replace(text: str, lexicon: Lexicon) -> Pieces:
    """Replace the forms of a lexicon that stand in a text; doing it twice changes nothing more.

    A form that waits for its context is asked again after its neighbours are written out, until nothing changes.
    """
    if not lexicon.may_stand_in(text):
        return
    tokens = list(_tokens(text, lexicon))
    waiting = [index for index, token in enumerate(tokens) if token.key in lexicon.undotted]
    is_shouted = len(tokens) >= SHOUTED_WORDS and text.isupper()
    waiting = [index for index in waiting if not Surroundings(text, tokens, index).is_unsafe(lexicon.entries)]
    waiting = _outside_rubble(text, tokens, waiting)
    is_changed = True
    while is_changed:
        is_changed = False
        for index in waiting:
            if tokens[index].replacement:
                continue
            around = Surroundings(text, tokens, index)
            for form in around.forms(lexicon):
                around.is_past_stop = form.endswith(".")
                entry = _decide(lexicon.entries[form], around, is_shouted=is_shouted)
                if entry is not None and entry.expansion:
                    _write(tokens[index], entry, text=text, is_shouted=is_shouted)
                    is_changed = True
                    break
    for index in waiting:
        replacement = Surroundings(text, tokens, index).said_once() if tokens[index].replacement else ""
        if replacement:
            yield tokens[index].start, tokens[index].end, replacement


def _outside_rubble(text: str, tokens: Sequence[Token], waiting: list[int]) -> list[int]:
    """Keep the words that stand in no rubble of a wrong encoding; its letters only look like forms."""
    if not waiting or not RUBBLE_SIGNS.search(text):
        return waiting
    rubble = {
        char
        for word in SPACELESS.finditer(text)
        if RUBBLE.search(word.group()) or RUBBLE_BEFORE.match(text, word.start())
        for char in range(*word.span())
    }
    return [index for index in waiting if tokens[index].start not in rubble]


def _tokens(text: str, lexicon: Lexicon) -> Iterator[Token]:
    """Cut a text into words.

    What is joined by signs is one word where the lexicon knows it, or where it is a number of a document, an address
    or initials; otherwise each part is one.
    """
    numbers = {index for number in SPACED_NUMBER.finditer(text) for index in range(*number.span())}
    for chunk in CHUNK.finditer(text):
        word, (start, end) = chunk.group(), chunk.span()
        key = word.lower() if word.isalpha() else DIGITS.sub(NUMBER, word.lower())
        if start in numbers:
            yield Token(start, end, word, "", key)
        elif word.isalpha() or key in lexicon.entries:
            yield Token(start, end, word, key, key)
        elif INITIALS.fullmatch(word):
            letters = key.replace(".", "")
            yield Token(start, end, word, letters if len(letters) >= MIN_INITIALS else "", key)
        else:
            parts = [(part, DIGITS.sub(NUMBER, part.group().lower())) for part in PART.finditer(word)]
            if _is_name(word, [key for _, key in parts], lexicon=lexicon):
                yield Token(start, end, word, "", key)
                continue
            for part, key in parts:
                yield Token(start + part.start(), start + part.end(), part.group(), key, key)


def _is_name(word: str, keys: Sequence[str], *, lexicon: Lexicon) -> bool:
    """Say whether a joined word is a number of a document or an address, or none, as "Q.5k"; these stay as they are."""
    if ADDRESS.search(word) or DOCUMENT_NUMBER.match(word):
        return True
    key = DIGITS.sub(NUMBER, word.lower())
    if any(key[: number.end()] in lexicon.entries for number in JOINED_NUMBER.finditer(key)):
        return True
    kinds = {entry.kind for key in keys for entry in lexicon.entries.get(key, ())}
    return DOCUMENT in kinds and len(keys) > 1 and ("/" in word or "-" in word)


def _decide(entries: Sequence[Entry], around: Surroundings, *, is_shouted: bool) -> Entry | None:
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


def _write(token: Token, entry: Entry, *, text: str, is_shouted: bool) -> None:
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
