"""Lexicons: short, hasty and local spellings with what they stand for, as a table that an office can edit."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Self

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.letters import BARE_VOWELS, LETTERS, compose, strip_marks

COLUMNS = ("forms", "expansion", "kind", "region", "case", "before", "after", "near", "note")
NEEDED = ("forms", "expansion")
DOCUMENT = "document"  # kinds of documents; together with a number or an issuer they name one, as in "18-NQ/TW"
KINDS = (
    *("party", "front", "state", DOCUMENT, "office", "place", "education", "health", "economy", "society"),
    *("chat", "spelling", "dialect"),
)
REGIONS = ("", "north", "centre", "south")
CASES = ("", "upper", "lower")
SEPARATOR = ";"
NUMBER, START, END = "#", "^", "$"  # in forms and contexts: digits; in contexts: where a clause starts, where it ends
PHRASE_WORDS = 3  # the longest context
GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\.?\d")  # "50k", "TDP5", "Q.3"
FORM = re.compile(r"#?[^\W\d_]+(?:[./&-]?(?:[^\W\d_]+|#))*\.?")


@dataclass(frozen=True)
class Entry:
    """A row of a lexicon for one of its forms: in lower case, `#` for digits.

    An empty `expansion` leaves the form as it is. `before`, `after` (what stands directly there) and `near` each want
    one of their words, where they hold any; they hold each word with its marks and without.
    """

    form: str
    expansion: str
    kind: str
    region: str
    case: str
    before: frozenset[str]
    after: frozenset[str]
    near: frozenset[str]
    row: int

    @property
    def is_certain(self) -> bool:
        """Say whether the entry holds whatever stands around it."""
        return not (self.case or self.before or self.after or self.near)


@dataclass(frozen=True)
class Lexicon:
    """The entries of each form, in the order of the file: the first that fits decides, and none leaves it as it is."""

    entries: Mapping[str, tuple[Entry, ...]]
    signs: frozenset[str]  # runs of letters; a text without any holds no form but those with numbers

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Gather entries by their forms."""
        by_form: dict[str, tuple[Entry, ...]] = {}
        for entry in entries:
            by_form[entry.form] = (*by_form.get(entry.form, ()), entry)
        runs = {min(LETTERS.findall(form), key=len) for form in by_form if NUMBER not in form}
        # "ubnd" is also found as "u.b.n.d", so each of its consonants is a sign too.
        letters = {letter for form in by_form if form.isalpha() for letter in form}
        return cls(by_form, frozenset(runs | {letter for letter in letters if strip_marks(letter) not in BARE_VOWELS}))

    @cached_property
    def undotted(self) -> frozenset[str]:
        """The forms as they are looked for, without the full stop that some have behind them."""
        return frozenset((*self.entries, *(form.removesuffix(".") for form in self.entries)))

    def may_stand_in(self, text: str) -> bool:
        """Say at little cost whether a text may hold one of the forms."""
        return not self.signs.isdisjoint(LETTERS.findall(text.lower())) or GLUED.search(text) is not None


@cache
def load_lexicon(path: Path) -> Lexicon:
    """Read a lexicon from a table (`.csv`, `.tsv`, `.xlsx`) whose columns are of `COLUMNS`.

    Forms and contexts are apart by `;`. `#` stands for digits: "tdp#" is "TDP5", and `#` in the expansion puts them
    back. `case` is `upper` or `lower` where it matters. In contexts `^` is the start of a clause and `$` its end.

    Raises:
        InputError: with every problem found, each with its row.

    >>> from thamluan.pipeline.artefacts import ABBREVIATIONS
    >>> [entry.expansion for entry in load_lexicon(ABBREVIATIONS).entries["bctmt"]]
    ['ban công tác Mặt trận']
    """
    from thamluan.pipeline.readers import read_table

    table = read_table(path)
    problems = [f"row {rejection.row}: {rejection.reason}" for rejection in table.rejected]
    names = {name: name.strip().lower() for name in table.header}
    problems += _column_problems(names.values())
    entries: list[Entry] = []
    for number, row in zip(table.numbers, table.rows.rename(columns=names).to_dict("records"), strict=True):
        cells = {name: compose(" ".join(row.get(name, "").split())) for name in COLUMNS}
        if any(cells.values()):
            entries += _entries(cells, row=number, problems=problems)
    problems += [*_never_reached(entries), *_replaced_again(entries)]
    if problems:
        raise InputError(
            f"{path.name} is not a usable lexicon; {len(problems)} thing(s) to mend:",
            problems=problems,
            hint=f"Its columns are {', '.join(COLUMNS)}; only {' and '.join(NEEDED)} are needed.",
        )
    return Lexicon.of(entries)


def _column_problems(names: Iterable[str]) -> Iterator[str]:
    found = list(names)
    for name in NEEDED:
        if name not in found:
            yield f"row 1: the column '{name}' is missing"
    for name in found:
        if name not in COLUMNS:
            close = difflib.get_close_matches(name, COLUMNS, n=1)
            yield f"row 1: unknown column '{name}'" + (f"; did you mean '{close[0]}'?" if close else "")


def _entries(cells: Mapping[str, str], *, row: int, problems: list[str]) -> Iterator[Entry]:
    """Make the entries of a row, one a form; what is wrong goes to `problems`."""
    expansion = cells["expansion"]
    forms = [form.lower() for form in _listed(cells["forms"])]
    if not forms:
        problems.append(f"row {row}: no form")
    for name, allowed in (("kind", KINDS), ("region", REGIONS), ("case", CASES)):
        if cells[name] and cells[name] not in allowed:
            shown = ", ".join(filter(None, allowed))
            problems.append(f"row {row}: {name} '{cells[name]}' is none of {shown}")
    contexts = {name: _context(cells[name]) for name in ("before", "after", "near")}
    for name, words in contexts.items():
        problems += [
            f"row {row}: '{word}' under {name} has more than {PHRASE_WORDS} words"
            for word in sorted(words)
            if len(word.split()) > PHRASE_WORDS
        ]
    for form in forms:
        if not FORM.fullmatch(form):
            problems.append(f"row {row}: the form '{form}' may hold letters, # for digits, and . / & - within")
        elif form.count(NUMBER) < expansion.count(NUMBER):
            problems.append(f"row {row}: '{expansion}' has more numbers (#) than '{form}'")
        elif expansion.lower() == form:
            problems.append(f"row {row}: '{form}' stands for itself; leave the expansion empty to leave it as it is")
        else:
            plain = {name: cells[name] for name in ("kind", "region", "case")}
            yield Entry(form, expansion, row=row, **plain, **contexts)


def _listed(cell: str) -> list[str]:
    return [part for part in (" ".join(part.split()) for part in cell.split(SEPARATOR)) if part]


def _context(cell: str) -> frozenset[str]:
    """Take the words of a context, each also as it is typed without marks."""
    words = [word.lower() for word in _listed(cell)]
    return frozenset((*words, *map(strip_marks, words)))


def _never_reached(entries: Iterable[Entry]) -> Iterator[str]:
    """Find rows behind one that takes every case of their form."""
    taken: dict[str, int] = {}
    for entry in entries:
        if entry.form in taken:
            yield f"row {entry.row}: never reached, for row {taken[entry.form]} takes every '{entry.form}'"
        elif entry.is_certain:
            taken[entry.form] = entry.row


def _replaced_again(entries: Iterable[Entry]) -> Iterator[str]:
    """Find expansions with a word that would be expanded in turn."""
    known = list(entries)
    replaced = {entry.form for entry in known if entry.is_certain and entry.expansion}
    for row, expansion in dict.fromkeys((entry.row, entry.expansion) for entry in known):
        for word in expansion.lower().split():
            if word in replaced:
                yield f"row {row}: '{expansion}' holds '{word}', which is a form itself"
