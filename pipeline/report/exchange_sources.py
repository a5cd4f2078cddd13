"""The texts of a REFI-QDA project, with the places in them that are coded."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.exchange_xml import guid, valid
from thamluan.pipeline.report.figures import Row
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.report import Report

BETWEEN_TURNS = "\n\n"
NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*\t\r\n', "_"))  # programs make names of files of them
LONGEST_NAME = 60  # characters


@dataclass(frozen=True)
class Selection:
    """A coded unit: offsets of characters into the source's text, and what it was given."""

    unit: str
    start: int
    end: int
    themes: tuple[str, ...]
    stance: str  # "" where none was given
    note: str
    is_corrected: bool  # by people, who have changed the codes of its contribution


@dataclass(frozen=True)
class TextSource:
    """A text of the project; `variables` are shown names with their values, `respondent` is "" where unknown."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    variables: Mapping[str, str]
    respondent: str = ""


def text_sources(report: Report) -> list[TextSource]:
    """Make a source of each answer to a question, and of each document, in input order; empty ones are left out.

    An answer is read by itself, and its columns are what other programs compare; a turn is read with those before it.
    """
    answers = report.answers[report.answers[columns.TEXT].fillna("").str.strip() != ""].to_dict("records")
    selections = selections_of(report)
    width = len(str(len(report.answers)))
    found = []
    for _, rows in groupby(answers, key=_key):
        turns = list(rows)
        said = turns[0]
        is_answer = bool(said.get(columns.QUESTION))
        place = f", {said[columns.PLACE]}" if is_answer else ""
        number = str(said[columns.CONTRIBUTION]).rjust(width, "0")  # in front, so that lists of names are in this order
        text, selected = joined(turns, selections)
        found.append(
            TextSource(
                guid=guid("source", number, said[columns.SOURCE], place, text),
                name=valid(f"{number} {said[columns.SOURCE]}{place}")
                .translate(NOT_IN_NAMES)[:LONGEST_NAME]
                .rstrip(" ."),
                text=text,
                selections=selected,
                variables=dict(variables(report, said)) if is_answer else {},
                respondent=_respondent(report, said) if is_answer else "",
            )
        )
    return found


def _key(row: Row) -> tuple[object, ...]:
    """Tell sources apart: an answer by its number, turns by their document."""
    number = row[columns.CONTRIBUTION] if row.get(columns.QUESTION) else 0
    return row[columns.SOURCE], number


def joined(turns: Sequence[Row], selections: Mapping[int, Sequence[Selection]]) -> tuple[str, tuple[Selection, ...]]:
    """Put turns one after the other, each behind its speaker's name, and move their selections along."""
    text, moved = "", []
    for turn in turns:
        text += BETWEEN_TURNS if text else ""
        speaker = turn.get(columns.SPEAKER) if not turn.get(columns.QUESTION) else ""
        text += f"{plain(str(speaker))}:\n" if speaker else ""
        raw = str(turn[columns.TEXT])
        for selection in selections.get(turn[columns.CONTRIBUTION], ()):
            start, end = (len(text) + plain_offset(raw, offset) for offset in (selection.start, selection.end))
            moved.append(replace(selection, start=start, end=end))
        text += plain(raw)
    return text, tuple(moved)


def plain(text: str) -> str:
    r"""Write a text as every program reads it: line ends as \n, and nothing that XML could not hold.

    >>> plain("- Phụ cấp\r\n- Xăng\x00")
    '- Phụ cấp\n- Xăng '
    """
    return valid(text.replace("\r\n", "\n").replace("\r", "\n"))


def plain_offset(text: str, offset: int) -> int:
    r"""Find where an offset into a text lies in the plain one.

    >>> text = "- Phụ cấp\r\n- Xăng"
    >>> plain(text)[plain_offset(text, 13) :]
    'Xăng'
    """
    return offset - text.count("\r\n", 0, offset)


def selections_of(report: Report) -> dict[int, list[Selection]]:
    """Gather the units that have a theme or a stance, by contribution."""
    corrected = set() if report.corrections is None else set(report.corrections[columns.CONTRIBUTION])
    found: dict[int, list[Selection]] = {}
    for row in report.units.to_dict("records"):
        themes = tuple(filter(None, _text(row[columns.THEMES]).split(columns.SEPARATOR)))
        stance = _text(row[columns.STANCE])
        if themes or stance:
            number = row[columns.CONTRIBUTION]
            selection = Selection(
                unit=str(row[columns.UNIT]),
                start=int(row[columns.START]),
                end=int(row[columns.END]),
                themes=themes,
                stance=stance,
                note="" if number in corrected else note(report, row, themes=themes),
                is_corrected=number in corrected,
            )
            found.setdefault(number, []).append(selection)
    return found


def note(report: Report, row: Row, *, themes: Sequence[str]) -> str:
    """Tell how sure the machine was of each theme, and by which words."""
    labels = report.codebook.labels(report.lang)
    evidence = _text(row.get(columns.EVIDENCE))
    lines = []
    for theme in themes:
        sure = numbers.decimal(row.get(columns.probability(theme)), 2, lang=report.lang)
        words = re.search(rf"(?:^| \| ){re.escape(theme)}: (.*?)(?: \| |$)", evidence)
        lines.append(f"{labels[theme]} ({sure})" + (f": {words[1]}" if words else ""))
    return "\n".join(lines)


def variables(report: Report, row: Row) -> Iterator[tuple[str, str]]:
    """Give what is known of an answer: where it stands, its question, its columns, and whether to look at it."""
    words = WORDS[report.lang]
    for name in (columns.SOURCE, columns.PLACE, columns.QUESTION):
        yield words[name], _text(row[name])
    taken = {words[name] for name in (columns.SOURCE, columns.PLACE, columns.QUESTION, columns.NEEDS_LOOK)}
    for name in kept(report):
        if _text(row[name]):
            yield (f"{name} *" if name in taken else name), _text(row[name])
    if columns.NEEDS_LOOK in row:
        yield words[columns.NEEDS_LOOK], words["yes" if row[columns.NEEDS_LOOK] else "no"]


def kept(report: Report) -> list[str]:
    """Name the id, group and weight columns among those of the answers."""
    ours = {*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER, *columns.SURENESS, *report.codebook.theme_ids}
    return [str(name) for name in report.answers.columns if name not in ours]


def _respondent(report: Report, row: Row) -> str:
    id = (report.provenance.get("settings") or {}).get("id")
    return _text(row.get(id)).strip() if id else ""


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
