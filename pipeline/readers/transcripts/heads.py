"""Heads: the lines of a document by which a speaking turn begins, "Chủ tọa:", "[00:01:12] Người nói 2"."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thamluan.pipeline.letters import compose, ends_as_sentence
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.transcripts import speakers
from thamluan.pipeline.readers.transcripts.names import (
    LABEL,
    LABELLED,
    MAX_NAME_WORDS,
    has_family_name,
    is_label,
    is_person,
    is_role,
    is_titled,
    is_unmistakable,
    is_whole_name,
    name_in,
    person_behind,
    states_a_person,
    without_office,
)
from thamluan.pipeline.readers.transcripts.patterns import CLOCK_TIMES, TIMES, any_of, list_marks

MAX_HEAD_CHARACTERS = 160
MAX_HEAD_WORDS = 18  # name and office
MIN_FULL_NAME_WORDS = 3
MIN_PROSE_WORDS = 15  # below a name that stands alone, unless they end as a sentence

COLON = re.compile("[:：]")
LIST_MARK = re.compile(rf"^{list_marks()}")
TIME = re.compile(rf"\s*(?:[-–—•+*>]\s+)?[\[(]?(?:{TIMES}|{CLOCK_TIMES})[\])]?\s*[-–.,:：]?\s*", re.IGNORECASE)
TIME_BEHIND = re.compile(
    rf"(?P<name>[^:：]{{1,120}}?)[\s,–-]*(?:[\[(](?:{TIMES}|{CLOCK_TIMES})[\])]|(?<=[\s]){TIMES})\s*(?P<colon>[:：]|$)",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"[*^\[\]<>=_\"“”?!…]")
SENTENCE = re.compile(rf"(?<!\w)(?:{any_of(speakers.SENTENCE_PHRASES)})(?!\w)")
# Vi is a name.
HEADING = re.compile(rf"(?:{any_of(speakers.HEADINGS)})(?!\w)|(?-i:[IVX]+\.|(?!VI\s)[IVX]+\s)", re.IGNORECASE)
QUOTE = re.compile(rf"^(?:{any_of(speakers.QUOTED)})(?!\w)", re.IGNORECASE)
REFERENCE = re.compile(rf"[\s“\"]*(?:{any_of(speakers.REFERENCES)})(?!\w)", re.IGNORECASE)
COUNT = re.compile(r"\s*\d+\s*(?:\w+\s*){0,3}\.?\s*")  # "Đại biểu: 45 người"
LABEL_AHEAD = re.compile(rf"\s*\[({LABELLED})\]\s*:?\s*", re.IGNORECASE)  # "[SPEAKER_00] Tôi nhất trí."
MARKED = re.compile(rf"\s*(?:{list_marks()})?(?:\*\*|__|{LABEL.pattern}\s*$)", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The beginning of a turn: "Chủ tọa:". `rest` is what follows the name on the line."""

    line: int
    speaker: str
    rest: str
    is_certain: bool  # enough by itself to make a document a transcript
    is_named: bool  # a title, a role or a family name; without, it must come again


def heads(lines: Sequence[Line]) -> tuple[Head, ...]:
    """Find the heads of the turns, in order; none if there are too few to make a transcript.

    A name that stands alone on its line, without a colon, is one only where the next line is prose.
    """
    filled = [number for number, line in enumerate(lines) if line.text.strip()]
    following = dict(pairwise(filled))
    possible = []
    for number in filled:
        head = head_of(lines[number], number=number)
        if head is None and number in following and _is_prose(lines[following[number]]):
            head = lone_head_of(lines[number], number=number)
        if head is not None:
            possible.append(head)
    counts = Counter(head.speaker for head in possible)
    found = tuple(head for head in possible if head.is_named or counts[head.speaker] > 1)
    return found if len(found) > 1 or any(head.is_certain for head in found) else ()


def head_of(line: Line, *, number: int = 0) -> Head | None:
    """Read a line as the head of a turn, or give None: a name and a colon, or a name and a time.

    A name is known by a title or role before it, by its family name, or, in bold or capitals, by its capital letters.
    A line that only states who held an office ("Thư ký: Bà Trần Thị B") is none.

    >>> head_of(Line("- Đ/c Nam phát biểu: Tôi nhất trí.")).speaker
    'Đ/c Nam'
    >>> head_of(Line("Người nói 2  00:01:12")).speaker
    'Người nói 2'
    >>> head_of(Line("Thứ nhất: kinh phí còn ít.")) is None
    True
    """
    line = _without_time(line)
    parts = _parts(line.text)
    if parts is None:
        return None
    written, rest, has_colon = parts
    stripped = LIST_MARK.sub("", compose(written).strip())
    name = name_in(stripped)
    is_statement = states_a_person(rest) or COUNT.fullmatch(rest) or REFERENCE.match(compose(rest))
    if is_label(name):
        return Head(number, name, rest, is_certain=True, is_named=True)
    if not _may_be_head(name) or is_statement:
        return None
    is_marked = stripped.startswith(("**", "__")) or line.n_bold >= len(written.rstrip()) > 0 or name.isupper()
    reads_as_person = is_person(name) and HEADING.match(name) is None
    is_named = is_titled(name) or is_role(name) or (reads_as_person and has_family_name(name))
    if not is_named and not (is_marked and reads_as_person):
        return None
    if not has_colon and not is_whole_name(name):
        return None
    return Head(number, name, _unmarked(rest, opened=written), has_colon and is_unmistakable(name), is_named)


def lone_head_of(line: Line, *, number: int = 0) -> Head | None:
    """Read a line in bold or capitals that holds a speaker's name and nothing else, or give None.

    It takes a title or role and a name, "CHỦ TỊCH LÊ THỊ BA"; a full name alone must come again.

    >>> lone_head_of(Line("CHỦ TỊCH LÊ THỊ BA")).speaker
    'CHỦ TỊCH LÊ THỊ BA'
    >>> lone_head_of(Line("CHỦ TỊCH HỘI NÔNG DÂN")) is None
    True
    """
    if not (line.n_bold or line.text.isupper() or MARKED.match(line.text)):
        return None
    text = compose(line.text).strip()
    is_starred = text.startswith(("**", "__")) and text.endswith(("**", "__"))
    name = name_in(LIST_MARK.sub("", text))
    is_marked = is_starred or name.isupper() or line.n_bold >= len(line.text.rstrip())
    if is_label(name):
        return Head(number, name, "", is_certain=False, is_named=True)
    if not is_marked or ends_as_sentence(text) or text.endswith((",", ";")) or not _may_be_head(name):
        return None
    if name.casefold() in speakers.UNMISTAKABLE_ROLES:
        return Head(number, name, "", is_certain=False, is_named=True)
    person = person_behind(name)
    is_bare = person == name
    if is_bare and len(without_office(name).split()) < MIN_FULL_NAME_WORDS:
        return None
    if not person or HEADING.match(person) or not is_person(person):
        return None
    if name.isupper() and not has_family_name(person):
        return None
    return Head(number, name, "", is_certain=False, is_named=not is_bare)


def _without_time(line: Line) -> Line:
    stamp = TIME.match(line.text)
    if stamp is None:
        return line
    return replace(line, text=line.text[stamp.end() :], n_bold=max(line.n_bold - stamp.end(), 0))


def _parts(text: str) -> tuple[str, str, bool] | None:
    """Part a line into a name and what follows its colon or time; None if it has neither."""
    label = LABEL_AHEAD.match(text)
    if label is not None:
        return label[1], text[label.end() :], True
    colon = COLON.search(text[:MAX_HEAD_CHARACTERS])
    if colon is None:
        return None
    before = text[: colon.start()].rstrip()
    if before[-1:].isdigit() or before.endswith((")", "]")):  # of a time, it may be
        timed = TIME_BEHIND.match(text[:MAX_HEAD_CHARACTERS])
        if timed is not None:
            return timed["name"], text[timed.end() :], bool(timed["colon"])
    return text[: colon.start()], text[colon.end() :], True


def _is_prose(line: Line) -> bool:
    """Say whether a line reads as what somebody says, not as another name, a heading or an office."""
    text = line.text.strip()
    is_marked = text.isupper() or line.n_bold >= len(line.text.rstrip())
    n_words = len(text.split())
    return not is_marked and (n_words >= MIN_PROSE_WORDS or (n_words > 1 and ends_as_sentence(text)))


def _may_be_head(name: str) -> bool:
    core = without_office(name)
    is_short = 0 < len(core.split()) <= MAX_NAME_WORDS and len(name.split()) <= MAX_HEAD_WORDS
    is_other = any(pattern.search(name) for pattern in (NO_NAME, SENTENCE, QUOTE))
    return is_short and not is_other


def _unmarked(rest: str, *, opened: str) -> str:
    """Take off the marks that close a bold name behind its colon."""
    for mark in ("**", "__", "*"):
        if opened.count(mark) % 2 and rest.startswith(mark):
            return rest[len(mark) :]
    return rest
