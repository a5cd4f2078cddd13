"""Transcripts: the lines of a document -> speaking turns, and who wrote a paper that has none."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thamluan.pipeline.letters import compose
from thamluan.pipeline.readers.documents import Line
from thamluan.pipeline.readers.speakers import (
    AUTHOR_ENDS,
    AUTHOR_LABELS,
    BARE_ROLES,
    FAMILY_NAMES,
    HEADINGS,
    QUOTED,
    REFERENCES,
    ROLES,
    SENTENCE_PHRASES,
    SPEAKING,
    TITLES,
    UNMISTAKABLE_ROLES,
    UNMISTAKABLE_TITLES,
)

MAX_HEAD_CHARACTERS = 160
MAX_HEAD_WORDS = 18  # name and office
MAX_NAME_WORDS = 8  # up to the first comma, bracket or dash
MAX_PERSON_WORDS = 5
N_FIRST_LINES = 12  # a letterhead may stand above the title
N_LAST_LINES = 4

COLON = re.compile("[:：]")
LIST_MARK = re.compile(r"^(?:[-–—•+*>]\s+|\d{1,3}[.)]\s*(?=\D)|#{1,6}\s+)+")
OFFICE = re.compile(r"[,(;–—]|\s-\s")  # where the name ends and the office begins
NO_NAME = re.compile(r"[*^\[\]<>=_\"“”?!…]")
NUMBER = re.compile(r"(?:số\s)?[\dIVX]+|[A-Z]\d*|thứ\s\w+|khác")
TIME = re.compile(r"\s*[\[(]?\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,3})?)?[\])]?\s*[-–]?\s*")


def _any_of(phrases: Sequence[str]) -> str:
    """Make a pattern of phrases, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


SENTENCE = re.compile(rf"(?<!\w)(?:{_any_of(SENTENCE_PHRASES)})(?!\w)")
SPEAKING_END = re.compile(rf"[\s,–-]+(?:{_any_of(SPEAKING)})$")
TITLE = re.compile(rf"(?:{_any_of(TITLES)})\s+(?=\S)", re.IGNORECASE)
ROLE = re.compile(rf"(?:{_any_of(ROLES)})(?!\w)", re.IGNORECASE)
BARE_ROLE = re.compile(rf"(?:{_any_of(BARE_ROLES)})(?:\s(?P<rest>.*))?", re.IGNORECASE)
HEADING = re.compile(rf"(?:{_any_of(HEADINGS)})(?!\w)|[IVX]+[.\s]", re.IGNORECASE)
QUOTE = re.compile(rf"^(?:{_any_of(QUOTED)})(?!\w)", re.IGNORECASE)
REFERENCE = re.compile(rf"[\s“\"]*(?:{_any_of(REFERENCES)})(?!\w)", re.IGNORECASE)
OFFICE_OR_ROLE = re.compile(rf"{OFFICE.pattern}|\s(?=(?:{_any_of(ROLES)})(?!\w))", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:,|và)\s*[^\W\d_]")  # "Chủ trì, phối hợp", "Bí thư, phó bí thư"; an office has a capital
COUNT = re.compile(r"\s*\d+\s*(?:\w+\s*){0,3}\.?\s*")  # "Đại biểu: 45 người"
UNMISTAKABLE_TITLE = re.compile(rf"(?:{_any_of(UNMISTAKABLE_TITLES)})(?!\w)", re.IGNORECASE)
AUTHOR = re.compile(rf"(?:{_any_of(AUTHOR_LABELS)})(?P<colon>\s*[:：])?\s+(?P<name>\S.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The beginning of a turn: "Chủ tọa:". `rest` is what follows the colon on the line."""

    line: int
    speaker: str
    rest: str
    is_certain: bool  # enough by itself to make a document a transcript
    is_named: bool  # a title, a role or a family name; without, it must come again


@dataclass(frozen=True)
class Turn:
    """What one speaker says in one go: raw, without white space around it.

    `first` and `last` number the paragraphs (lines that are not blank, from 1) on which the text stands.
    """

    speaker: str
    text: str
    first: int
    last: int


def turns(lines: Sequence[Line]) -> tuple[Turn, ...]:
    """Cut a document into speaking turns; without any, it is one turn of its author, its text whole.

    A document is a transcript if one head is unmistakable or at least two are plausible. What stands before the first
    head is a turn with speaker "", if it has text.
    """
    numbers = _paragraph_numbers(lines)
    found = heads(lines)
    if not found:
        return (Turn(author(lines), "\n".join(line.text for line in lines), 1, numbers[-1]),)
    ends = [*(head.line for head in found[1:]), len(lines)]
    before = _turn("", [line.text for line in lines[: found[0].line]], first_line=0, numbers=numbers)
    spoken = tuple(
        _turn(
            head.speaker,
            [head.rest, *(line.text for line in lines[head.line + 1 : end])],
            first_line=head.line,
            numbers=numbers,
        )
        for head, end in zip(found, ends, strict=True)
    )
    return (before, *spoken) if before.text else spoken


def heads(lines: Sequence[Line]) -> tuple[Head, ...]:
    """Find the heads of the turns, in order; none if there are too few to make a transcript."""
    possible = [head for number, line in enumerate(lines) if (head := head_of(line, number=number)) is not None]
    counts = Counter(head.speaker for head in possible)
    found = tuple(head for head in possible if head.is_named or counts[head.speaker] > 1)
    return found if len(found) > 1 or any(head.is_certain for head in found) else ()


def head_of(line: Line, *, number: int = 0) -> Head | None:
    """Read a line as the head of a turn, or give None.

    A name is known by a title or role before it, by its family name, or, in bold or capitals, by its capital letters.
    A line that only states who held an office ("Thư ký: Bà Trần Thị B") is none.

    >>> head_of(Line("- Đ/c Nam phát biểu: Tôi nhất trí.")).speaker
    'Đ/c Nam'
    >>> head_of(Line("Thứ nhất: kinh phí còn ít.")) is None
    True
    """
    stamp = TIME.match(line.text)
    if stamp is not None:
        line = Line(line.text[stamp.end() :], max(line.n_bold - stamp.end(), 0))
    colon = COLON.search(line.text[:MAX_HEAD_CHARACTERS])
    if colon is None:
        return None
    written, rest = line.text[: colon.start()], line.text[colon.end() :]
    stripped = LIST_MARK.sub("", compose(written).strip())
    name = " ".join(stripped.strip("*_ ").split())
    if ROLE.fullmatch(name) is None:  # "Người hỏi" is whole
        name = SPEAKING_END.sub("", name)
    is_statement = _states_a_person(rest) or COUNT.fullmatch(rest) or REFERENCE.match(compose(rest))
    if not _may_be_head(name) or is_statement:
        return None
    is_marked = stripped.startswith(("**", "__")) or line.n_bold >= len(written.rstrip()) > 0 or name.isupper()
    is_person = _is_person(name) and HEADING.match(name) is None
    is_named = _is_titled(name) or _is_role(name) or (is_person and _has_family_name(name))
    if not is_named and not (is_marked and is_person):
        return None
    return Head(number, name, _unmarked(rest, opened=written), _is_unmistakable(name), is_named)


def author(lines: Sequence[Line]) -> str:
    """Name who wrote a paper, if its first or last lines say so plainly; else "".

    >>> author([Line("THAM LUẬN"), Line("Người trình bày: Nông Thị Hoa, Bí thư chi bộ")])
    'Nông Thị Hoa'
    """
    filled = [line.text for line in lines if line.text.strip()]
    for text in (*filled[:N_FIRST_LINES], *filled[N_FIRST_LINES:][-N_LAST_LINES:]):
        label = AUTHOR.match(compose(text).replace("**", "").strip(" \t*_(-–"))
        name = _author_name(label["name"]) if label else ""
        if name and (TITLE.match(name) or name[0].isupper()) and len(name.split()) <= MAX_NAME_WORDS:
            return name
    return ""


def _author_name(written: str) -> str:
    ends = [position for end in AUTHOR_ENDS if (position := written.find(end)) >= 0]
    return written[: min(ends, default=len(written))].strip(" *_).\t")


def _turn(speaker: str, texts: Sequence[str], *, first_line: int, numbers: Sequence[int]) -> Turn:
    """Make a turn of the texts of some lines; an empty one stands where its head does."""
    filled = [first_line + offset for offset, text in enumerate(texts) if text.strip()] or [first_line]
    return Turn(speaker, "\n".join(texts).strip(), numbers[filled[0]], numbers[filled[-1]])


def _paragraph_numbers(lines: Sequence[Line]) -> list[int]:
    """Number each line by the paragraphs up to it."""
    numbers, number = [], 0
    for line in lines:
        number += bool(line.text.strip())
        numbers.append(number)
    return numbers


def _may_be_head(name: str) -> bool:
    core = OFFICE.split(name)[0].strip()
    is_short = 0 < len(core.split()) <= MAX_NAME_WORDS and len(name.split()) <= MAX_HEAD_WORDS
    is_other = any(pattern.search(name) for pattern in (NO_NAME, SENTENCE, QUOTE))
    return is_short and not is_other


def _is_unmistakable(name: str) -> bool:
    core = OFFICE.split(name)[0].strip().casefold()
    return core in UNMISTAKABLE_ROLES or (_is_titled(name) and UNMISTAKABLE_TITLE.match(name) is not None)


def _is_titled(name: str) -> bool:
    title = TITLE.match(name)
    return title is not None and (_is_capitalised(name[title.end() :].split()[0]) or _is_role(name[title.end() :]))


def _is_role(name: str) -> bool:
    role = ROLE.match(name)
    if role is not None:
        listed = LISTED.match(name, role.end())
        return listed is None or not listed.group()[-1].islower()
    bare = BARE_ROLE.fullmatch(name)
    return bare is not None and (bare["rest"] is None or NUMBER.fullmatch(bare["rest"]) is not None)


def _is_person(name: str) -> bool:
    words = OFFICE.split(name)[0].split()
    return 0 < len(words) <= MAX_PERSON_WORDS and all(_is_capitalised(word) for word in words)


def _has_family_name(name: str) -> bool:
    words = OFFICE.split(name)[0].casefold().split()
    return len(words) > 1 and words[0] in FAMILY_NAMES


def _is_capitalised(word: str) -> bool:
    return not word[0].islower() and any(character.isalnum() for character in word)


def _states_a_person(rest: str) -> bool:
    """Say whether a line only names who held an office: a person's name, then nothing or the office."""
    stated = compose(rest).strip(" \t*_")
    title = TITLE.match(stated)
    name = OFFICE_OR_ROLE.split(stated[title.end() :] if title else stated)[0].strip(" .")
    is_name = _is_person(name) and (not name.isupper() or _has_family_name(name))
    return is_name and (title is not None or len(name.split()) > 1)


def _unmarked(rest: str, *, opened: str) -> str:
    """Take off the marks that close a bold name behind its colon."""
    for mark in ("**", "__", "*"):
        if opened.count(mark) % 2 and rest.startswith(mark):
            return rest[len(mark) :]
    return rest
