"""Heads: the lines of a document by which a speaking turn begins, "Chủ tọa:", "[00:01:12] Người nói 2"."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thamluan.pipeline.letters import compose, ends_as_sentence
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.transcripts.speakers import (
    BARE_ROLES,
    FAMILY_NAMES,
    HEADINGS,
    LABELS,
    OPINIONS,
    QUOTED,
    REFERENCES,
    ROLES,
    SENTENCE_PHRASES,
    SPEAKING,
    TITLES,
    UNMISTAKABLE_ROLES,
    UNMISTAKABLE_TITLES,
    any_of,
)

MAX_HEAD_CHARACTERS = 160
MAX_HEAD_WORDS = 18  # name and office
MAX_NAME_WORDS = 8  # up to the first comma, bracket or dash
MAX_PERSON_WORDS = 5
MIN_FULL_NAME_WORDS = 3
MIN_PROSE_WORDS = 15  # below a name that stands alone, unless they end as a sentence

COLON = re.compile("[:：]")
LIST_MARK = re.compile(r"^(?:[-–—•+*>]\s+|\d{1,3}[.)]\s*(?=\D)|#{1,6}\s+)+")
OFFICE = re.compile(r"[,(;–—]|\s-\s")  # where the name ends and the office begins
NO_NAME = re.compile(r"[*^\[\]<>=_\"“”?!…]")
NUMBER = re.compile(r"(?:số\s)?[\dIVX]+|[A-Z]\d*|thứ\s\w+|khác")
MOMENT = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
TIMES = rf"{MOMENT}(?:\s*(?:-{{1,2}}>|→|[-–—])\s*{MOMENT})?"
TIME = re.compile(rf"\s*[\[(]?{TIMES}[\])]?\s*[-–]?\s*")
TIME_BEHIND = re.compile(
    rf"(?P<name>[^:：]{{1,120}}?)[\s,–-]*(?:[\[(]{TIMES}[\])]|(?<=[\s]){TIMES})\s*(?P<colon>[:：]|$)"
)


SENTENCE = re.compile(rf"(?<!\w)(?:{any_of(SENTENCE_PHRASES)})(?!\w)")
SPEAKING_END = re.compile(rf"[\s,–-]+(?:{any_of(SPEAKING)})$")
TITLE = re.compile(rf"(?:{any_of(TITLES)})\s+(?=\S)", re.IGNORECASE)
ROLE = re.compile(rf"(?:{any_of(ROLES)})(?!\w)", re.IGNORECASE)
BARE_ROLE = re.compile(rf"(?:{any_of(BARE_ROLES)})(?:\s(?P<rest>.*))?", re.IGNORECASE)
LABELLED = rf"(?:{any_of(LABELS)})[\s_-]?\d{{1,3}}"
LABEL = re.compile(rf"\[?({LABELLED})\]?", re.IGNORECASE)
LABEL_AHEAD = re.compile(rf"\s*\[({LABELLED})\]\s*:?\s*", re.IGNORECASE)  # "[SPEAKER_00] Tôi nhất trí."
MARKED = re.compile(rf"\s*(?:{LIST_MARK.pattern[1:]})?(?:\*\*|__|{LABEL.pattern}\s*$)", re.IGNORECASE)
OPINION = re.compile(rf"(?:{any_of(OPINIONS)})\s+(?:của\s+)?(?={TITLE.pattern}|{ROLE.pattern})", re.IGNORECASE)
HEADING = re.compile(rf"(?:{any_of(HEADINGS)})(?!\w)|(?-i:[IVX]+\.|(?!VI\s)[IVX]+\s)", re.IGNORECASE)  # Vi is a name
QUOTE = re.compile(rf"^(?:{any_of(QUOTED)})(?!\w)", re.IGNORECASE)
REFERENCE = re.compile(rf"[\s“\"]*(?:{any_of(REFERENCES)})(?!\w)", re.IGNORECASE)
OFFICE_OR_ROLE = re.compile(rf"{OFFICE.pattern}|\s(?=(?:{any_of(ROLES)})(?!\w))", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:,|và)\s*[^\W\d_]")  # "Chủ trì, phối hợp", "Bí thư, phó bí thư"; an office has a capital
COUNT = re.compile(r"\s*\d+\s*(?:\w+\s*){0,3}\.?\s*")  # "Đại biểu: 45 người"
UNMISTAKABLE_TITLE = re.compile(rf"(?:{any_of(UNMISTAKABLE_TITLES)})(?!\w)", re.IGNORECASE)


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
    name = _name(stripped)
    is_statement = _states_a_person(rest) or COUNT.fullmatch(rest) or REFERENCE.match(compose(rest))
    if is_label(name):
        return Head(number, name, rest, is_certain=True, is_named=True)
    if not _may_be_head(name) or is_statement:
        return None
    is_marked = stripped.startswith(("**", "__")) or line.n_bold >= len(written.rstrip()) > 0 or name.isupper()
    is_person = _is_person(name) and HEADING.match(name) is None
    is_named = _is_titled(name) or _is_role(name) or (is_person and _has_family_name(name))
    if not is_named and not (is_marked and is_person):
        return None
    if not has_colon and not _is_whole_name(name):
        return None
    return Head(number, name, _unmarked(rest, opened=written), has_colon and _is_unmistakable(name), is_named)


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
    name = _name(LIST_MARK.sub("", text))
    is_marked = is_starred or name.isupper() or line.n_bold >= len(line.text.rstrip())
    if is_label(name):
        return Head(number, name, "", is_certain=False, is_named=True)
    if not is_marked or ends_as_sentence(text) or text.endswith((",", ";")) or not _may_be_head(name):
        return None
    is_role_alone = name.casefold() in UNMISTAKABLE_ROLES
    person = _person_behind(name)
    is_full_name = person == name and len(OFFICE.split(name)[0].split()) >= MIN_FULL_NAME_WORDS
    if not is_role_alone and (not person or (person == name and not is_full_name) or HEADING.match(person)):
        return None
    if not is_role_alone and not (_is_person(person) and (_has_family_name(person) or not name.isupper())):
        return None
    return Head(number, name, "", is_certain=False, is_named=is_role_alone or person != name)


def is_label(name: str) -> bool:
    """Say whether a name is what a speech recogniser calls a speaker: "Người nói 2", "SPEAKER_00"."""
    return LABEL.fullmatch(name) is not None


def same_person(names: Iterable[str]) -> dict[str, str]:
    """Give each name the first one that names the same person: full names without title, role and office, alike.

    >>> same_person(["ĐỒNG CHÍ VI VĂN TƯ – BÍ THƯ", "Bà Sáu", "Ông Vi Văn Tư"])["Ông Vi Văn Tư"]
    'ĐỒNG CHÍ VI VĂN TƯ – BÍ THƯ'
    """
    first: dict[str, str] = {}
    return {name: first.setdefault(_person_key(name), name) for name in names}


def _person_key(name: str) -> str:
    person = OFFICE.split(_person_behind(name))[0].strip()
    return (person if len(person.split()) > 1 and _has_family_name(person) else name).casefold()


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
    if text[colon.start() - 1 : colon.start()].isdigit():  # of a time, it may be
        timed = TIME_BEHIND.match(text[:MAX_HEAD_CHARACTERS])
        if timed is not None:
            return timed["name"], text[timed.end() :], bool(timed["colon"])
    return text[: colon.start()], text[colon.end() :], True


def _name(stripped: str) -> str:
    """Take a name out of its marks and of what is said around it: "Ý kiến của ông Tư phát biểu"."""
    name = " ".join(stripped.strip("*_ ").split())
    label = LABEL.fullmatch(name)
    if label is not None:
        return label[1]
    if ROLE.fullmatch(name) is None:  # "Người hỏi" is whole
        name = SPEAKING_END.sub("", name)
    return OPINION.sub("", name)


def _is_prose(line: Line) -> bool:
    """Say whether a line reads as what somebody says, not as another name, a heading or an office."""
    text = line.text.strip()
    is_marked = text.isupper() or line.n_bold >= len(line.text.rstrip())
    n_words = len(text.split())
    return not is_marked and (n_words >= MIN_PROSE_WORDS or (n_words > 1 and ends_as_sentence(text)))


def _person_behind(name: str) -> str:
    """Give the name behind titles and roles: "LÊ THỊ BA" of "ĐỒNG CHÍ CHỦ TỊCH LÊ THỊ BA"; "" if there is none."""
    while (found := TITLE.match(name) or ROLE.match(name)) is not None and found.end() > 0:
        name = name[found.end() :].lstrip()
    return name


def _is_whole_name(name: str) -> bool:
    """Say whether a name without a colon is nothing else: "Bí thư nói" and "Chủ trì họp lúc" are more."""
    person = OFFICE.split(_person_behind(name))[0].strip()
    return not person or _is_person(person) or NUMBER.fullmatch(person) is not None


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
