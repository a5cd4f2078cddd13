"""Names: whether words name a speaker, by a title, a role, a family name or a recogniser's label, and whom."""

import re
from collections.abc import Iterable

from thamluan.pipeline.letters import compose
from thamluan.pipeline.readers.transcripts import speakers
from thamluan.pipeline.readers.transcripts.patterns import any_of

MAX_NAME_WORDS = 8  # up to the first comma, bracket or dash
MAX_PERSON_WORDS = 5

OFFICE = re.compile(r"[,(;–—]|\s-\s")  # where the name ends and the office begins
NUMBER = re.compile(r"(?:số\s)?[\dIVX]+|[A-Z]\d*|thứ\s\w+|khác")
TITLE = re.compile(rf"(?:{any_of(speakers.TITLES)})\s+(?=\S)", re.IGNORECASE)
ROLE = re.compile(rf"(?:{any_of(speakers.ROLES)})(?!\w)", re.IGNORECASE)
BARE_ROLE = re.compile(rf"(?:{any_of(speakers.BARE_ROLES)})(?:\s(?P<rest>.*))?", re.IGNORECASE)
LABELLED = rf"(?:{any_of(speakers.LABELS)})[\s_-]?\d{{1,3}}"
LABEL = re.compile(rf"\[?({LABELLED})\]?", re.IGNORECASE)
OPINION = re.compile(  # "Ý kiến của ông Tư", "Ý kiến thứ 5 (đ/c Hạnh)"
    rf"(?:{any_of(speakers.OPINIONS)})(?:\s(?:thứ\s\w+|(?:số\s)?\d{{1,3}}))?(?:\s?[(–—-]\s?|\s(?:của\s)?)"
    rf"(?={TITLE.pattern}|{ROLE.pattern})",
    re.IGNORECASE,
)
SPEAKING_END = re.compile(rf"[\s,–-]+(?:{any_of(speakers.SPEAKING)})$")
OFFICE_OR_ROLE = re.compile(rf"{OFFICE.pattern}|\s(?=(?:{any_of(speakers.ROLES)})(?!\w))", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:,|và)\s*[^\W\d_]")  # "Chủ trì, phối hợp", "Bí thư, phó bí thư"; an office has a capital
UNMISTAKABLE_TITLE = re.compile(rf"(?:{any_of(speakers.UNMISTAKABLE_TITLES)})(?!\w)", re.IGNORECASE)


def is_label(name: str) -> bool:
    """Say whether a name is what a speech recogniser calls a speaker: "Người nói 2", "SPEAKER_00"."""
    return LABEL.fullmatch(name) is not None


def name_in(stripped: str) -> str:
    """Take a name out of its marks and of what is said around it: "Ý kiến của ông Tư phát biểu"."""
    name = " ".join(stripped.strip("*_ ").split())
    label = LABEL.fullmatch(name)
    if label is not None:
        return label[1]
    if ROLE.fullmatch(name) is None:  # "Người hỏi" is whole
        name = SPEAKING_END.sub("", name)
    named = OPINION.sub("", name)
    return named[:-1] if named.endswith(")") and "(" not in named else named


def without_office(name: str) -> str:
    """Cut a name where the office begins.

    >>> without_office("Bà Hứa Thị Tám, Bí thư chi bộ")
    'Bà Hứa Thị Tám'
    """
    return OFFICE.split(name)[0].strip()


def person_behind(name: str) -> str:
    """Give the name behind titles and roles: "LÊ THỊ BA" of "ĐỒNG CHÍ CHỦ TỊCH LÊ THỊ BA"; "" if there is none."""
    while (found := TITLE.match(name) or ROLE.match(name)) is not None and found.end() > 0:
        name = name[found.end() :].lstrip()
    return name


def is_titled(name: str) -> bool:
    """Say whether a name begins with a form of address: "Bà Sáu", "Đ/c Bí thư", but not "bà con"."""
    title = TITLE.match(name)
    return title is not None and (_is_capitalised(name[title.end() :].split()[0]) or is_role(name[title.end() :]))


def is_role(name: str) -> bool:
    """Say whether a name is a role, with a name, an office or a number behind it or not."""
    role = ROLE.match(name)
    if role is not None:
        listed = LISTED.match(name, role.end())
        return listed is None or not listed.group()[-1].islower()
    bare = BARE_ROLE.fullmatch(name)
    return bare is not None and (bare["rest"] is None or NUMBER.fullmatch(bare["rest"]) is not None)


def is_person(name: str) -> bool:
    """Say whether a name reads as a person's: a few words, each with a capital."""
    words = without_office(name).split()
    return 0 < len(words) <= MAX_PERSON_WORDS and all(_is_capitalised(word) for word in words)


def has_family_name(name: str) -> bool:
    """Say whether a name begins with a family name and goes on."""
    words = without_office(name).casefold().split()
    return len(words) > 1 and words[0] in speakers.FAMILY_NAMES


def is_unmistakable(name: str) -> bool:
    """Say whether a name can only be a speaker's: "Chủ tọa", "Đồng chí Nam"."""
    core = without_office(name).casefold()
    return core in speakers.UNMISTAKABLE_ROLES or (is_titled(name) and UNMISTAKABLE_TITLE.match(name) is not None)


def is_whole_name(name: str) -> bool:
    """Say whether a name without a colon is nothing else: "Bí thư nói" and "Chủ trì họp lúc" are more."""
    person = without_office(person_behind(name))
    return not person or is_person(person) or NUMBER.fullmatch(person) is not None


def states_a_person(rest: str) -> bool:
    """Say whether a line only names who held an office: a person's name, then nothing or the office."""
    stated = compose(rest).strip(" \t*_")
    title = TITLE.match(stated)
    name = OFFICE_OR_ROLE.split(stated[title.end() :] if title else stated)[0].strip(" .")
    is_name = is_person(name) and (not name.isupper() or has_family_name(name))
    return is_name and (title is not None or len(name.split()) > 1)


def same_person(names: Iterable[str]) -> dict[str, str]:
    """Give each name the first one that names the same person: full names without title, role and office, alike.

    >>> same_person(["ĐỒNG CHÍ VI VĂN TƯ – BÍ THƯ", "Bà Sáu", "Ông Vi Văn Tư"])["Ông Vi Văn Tư"]
    'ĐỒNG CHÍ VI VĂN TƯ – BÍ THƯ'
    """
    first: dict[str, str] = {}
    return {name: first.setdefault(_person_key(name), name) for name in names}


def _person_key(name: str) -> str:
    """Give what is the same in all ways to write a name."""
    person = without_office(person_behind(name))
    return (person if len(person.split()) > 1 and has_family_name(person) else name).casefold()


def _is_capitalised(word: str) -> bool:
    return not word[0].islower() and any(character.isalnum() for character in word)
