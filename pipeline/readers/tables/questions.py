"""Questions: which columns of a table hold the answers, by name or by what their cells look like."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from types import MappingProxyType

import pandas as pd

from thamluan.pipeline.errors import ColumnError
from thamluan.pipeline.letters import compose, strip_marks
from thamluan.pipeline.readers.tables.cells import column_name, has_content
from thamluan.pipeline.readers.tables.table import Table
from thamluan.pipeline.readers.tables.wordings import CLOSED_WORDS, OPEN_WORDS, SCALE, SENTENCE_WORDS
from thamluan.pipeline.settings import Columns

CODED = re.compile(
    r"[\d\s.,:/%+()-]+"  # a number, a date, a time, a telephone number
    r"|\d{4}-\d\d-\d\d[T ].*"
    r"|\S+@\S+\.\S+"
    r"|https?://\S+"
    r"|[^\s\d]{0,12}[-_.]?\d+"  # an id such as C001
)

MAX_JUDGED = 2_000  # answers a column
FEW_ROWS = 20
MIN_DISTINCT_FEW = 0.5  # of fewer answers than FEW_ROWS
MIN_DISTINCT_MANY = 0.3
MIN_DISTINCT_ASKED = 0.1  # where the header asks for text, many may answer the same
MAX_LABEL_SHARE = 0.5
LONG_WORDS = 4
MIN_MEAN_WORDS = 1.5
MIN_SENTENCE_SHARE = 0.4
MEAN_WORDS_OF_PROSE = 8.0
MAX_NAME_WORDS = 8
MAX_CLOSED_HEADER_WORDS = 6
MAX_SHOWN = 48  # characters of a column's name in a message
NO_ALIASES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Chosen:
    """The part each column of a table plays.

    `questions` and `kept` map the name that the output shows (as the user asked for it) to the table's own.
    """

    questions: Mapping[str, str]
    kept: Mapping[str, str]


@dataclass(frozen=True)
class Profile:
    """What the answers of a column look like; shares are of the answers that are not empty."""

    n: int
    mean_words: float
    distinct_share: float
    label_share: float  # numbers, dates, ids, scales, names
    long_share: float  # LONG_WORDS and more
    sentence_share: float  # with a word that only sentences have


def choose(table: Table, *, columns: Columns, alike: Sequence[Table]) -> Chosen:
    """Choose the columns of a table: the named ones, and where no text is named the open-text ones.

    `alike` are the tables with the same header (this one among them): they are judged together, so that one short
    sheet does not decide otherwise than the rest.

    A column to keep that the table lacks is left out. Raises `ColumnError` when a column of text that was named is
    missing, or no column holds open text.
    """
    missing = missing_columns(table.header, Columns(text=columns.text), aliases=table.aliases)
    if missing:
        raise ColumnError(f"lacks the {_columns(missing)}; its columns: {quoted(table.header)}")
    found_at = {name: match(name, table.header, aliases=table.aliases) for name in (*columns.kept, *columns.text)}
    kept = {name: found_at[name] for name in columns.kept if found_at[name] is not None}
    if columns.text:
        asked: dict[str, str] = {}
        for name in columns.text:
            asked.setdefault(found_at[name], name)  # a column asked for twice is read once
        return Chosen(questions={name: column for column, name in asked.items()}, kept=kept)
    candidates = [name for name in table.header if name not in kept.values()]
    found = candidates if len(table.header) == 1 else [name for name in candidates if _is_open_in(alike, name)]
    if not found:
        raise ColumnError(
            f"no column of open answers found among {quoted(table.header)}", hint="name the column with --text"
        )
    return Chosen(questions={name: name for name in found}, kept=kept)


def match(asked: str, header: Sequence[str], *, aliases: Mapping[str, str] = NO_ALIASES) -> str | None:
    """Find the column that was asked for: by its exact name, else but for capital letters when only one fits.

    `aliases` gives other names of columns, each with the name in the header.

    >>> match("khó khăn", ["Khó khăn", "Thôn"])
    'Khó khăn'
    """
    name = column_name(asked)
    if name in header:
        return name
    if name in aliases:
        return aliases[name]
    named = [(column, column) for column in header] + list(aliases.items())
    fitting = {column for written, column in named if written.casefold() == name.casefold()}
    return fitting.pop() if len(fitting) == 1 else None


def missing_columns(
    header: Sequence[str], columns: Columns, *, aliases: Mapping[str, str] = NO_ALIASES
) -> tuple[str, ...]:
    """List the columns asked for that a header lacks, each once."""
    asked = dict.fromkeys((*columns.text, *columns.kept))
    return tuple(name for name in asked if match(name, header, aliases=aliases) is None)


def no_such_columns(missing: Sequence[str], headers: Mapping[str, Sequence[str]]) -> ColumnError:
    """Make the error for columns that no table has; `headers` by source."""
    known = list(dict.fromkeys(name for header in headers.values() for name in header))
    folded = {strip_marks(name): name for name in known}
    close = [
        f"'{folded[near]}' for '{name}'"
        for name in missing
        for near in difflib.get_close_matches(strip_marks(name), folded, n=1)
    ]
    return ColumnError(
        f"no table has the {_columns(missing)}",
        problems=[f"{source} has the columns {quoted(header)}" for source, header in headers.items()]
        or ["no table was given"],
        hint=f"did you mean {', '.join(close)}?" if close else "name a column as it stands in the header",
    )


def is_open(name: str, values: Sequence[str]) -> bool:
    """Say whether a column holds open answers, by its header's words and by how its cells read.

    >>> is_open("Kiến nghị", ["tiền ít", "ko có", "tăng phụ cấp"])
    True
    >>> is_open("Chức vụ", ["Bí thư chi bộ", "Trưởng thôn", "Chi hội trưởng phụ nữ"])
    False
    """
    profile = _profile([value.strip() for value in values if has_content(value)][:MAX_JUDGED])
    asks = _asks(name)
    if profile.n == 0 or (asks == "closed" and profile.mean_words < MEAN_WORDS_OF_PROSE):
        return False
    return _reads_as_asked(profile) if asks == "open" else _reads_as_open(profile)


def _reads_as_asked(profile: Profile) -> bool:
    """Judge the answers under a header that asks for text: all but codes, scales and names will do."""
    is_few = profile.n < FEW_ROWS
    has_sentence = profile.long_share > 0 and profile.sentence_share > 0
    is_answered = profile.label_share <= MAX_LABEL_SHARE or (is_few and has_sentence)
    return is_answered and (is_few or profile.distinct_share >= MIN_DISTINCT_ASKED)


def _reads_as_open(profile: Profile) -> bool:
    """Judge the answers under a header that tells nothing: distinct, no labels, and sentences or long."""
    min_distinct = MIN_DISTINCT_FEW if profile.n < FEW_ROWS else MIN_DISTINCT_MANY
    if profile.distinct_share < min_distinct or profile.label_share > MAX_LABEL_SHARE:
        return False
    reads_as_sentences = profile.sentence_share >= MIN_SENTENCE_SHARE and profile.mean_words >= MIN_MEAN_WORDS
    return reads_as_sentences or profile.mean_words >= MEAN_WORDS_OF_PROSE


def _is_open_in(tables: Sequence[Table], name: str) -> bool:
    values = pd.concat([table.rows[name] for table in tables], ignore_index=True)
    return is_open(name, list(values))


def _asks(name: str) -> str:
    """Say what a header, with or without marks, asks for: "open" text, a "closed" answer, or "" for neither."""
    words = strip_marks(name)
    is_closed = len(words.split()) <= MAX_CLOSED_HEADER_WORDS and any(
        re.match(rf"{re.escape(strip_marks(word))}\b", words) for word in CLOSED_WORDS
    )
    is_open_worded = any(re.search(rf"\b{re.escape(strip_marks(word))}\b", words) for word in OPEN_WORDS)
    if is_open_worded and (not is_closed or words.endswith("?")):
        return "open"
    return "closed" if is_closed and not is_open_worded else ""


def _profile(values: Sequence[str]) -> Profile:
    n = len(values)
    words = [compose(value).split() for value in values]
    share = 1 / max(n, 1)
    return Profile(
        n=n,
        mean_words=sum(map(len, words)) * share,
        distinct_share=len(set(values)) * share,
        label_share=sum(map(_is_label, values, words)) * share,
        long_share=sum(len(each) >= LONG_WORDS for each in words) * share,
        sentence_share=sum(map(_has_sentence_word, words)) * share,
    )


def _is_label(value: str, words: Sequence[str]) -> bool:
    """Tell a code, a point of a scale, or a name (each word begins with a capital or digit) from an answer."""
    if CODED.fullmatch(value) or compose(value).casefold().rstrip(".") in SCALE:
        return True
    is_name = len(words) <= MAX_NAME_WORDS and all(not word[0].islower() for word in words)
    return is_name and not _has_sentence_word(words)


def _has_sentence_word(words: Sequence[str]) -> bool:
    return any(word.strip(".,;:!?()\"'").casefold() in SENTENCE_WORDS for word in words)


def _columns(names: Sequence[str]) -> str:
    return f"column {quoted(names)}" if len(names) == 1 else f"columns {quoted(names)}"


def quoted(names: Sequence[str]) -> str:
    """Write columns' names for a message, long ones cut: in a table without a header the first answers stand there.

    >>> quoted(["Thôn", "Khó khăn lớn nhất"])
    "'Thôn', 'Khó khăn lớn nhất'"
    """
    return ", ".join(f"'{shorten(name, MAX_SHOWN, placeholder='…')}'" for name in names)
