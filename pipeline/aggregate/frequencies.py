"""How many name a theme: in all, by question, by group; with which stance; together with which other theme."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.shares import as_frame, shares
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators, main_stance

ALL = ""
NOT_STATED = {"vi": "(không ghi)", "en": "(not stated)"}
DOCUMENTS = {"vi": "(tham luận, phát biểu)", "en": "(speeches)"}


@dataclass(frozen=True)
class Coded:
    """The contributions that have text, with all that counting needs; rows belong together by position.

    `present` (contributions, themes) holds 0 and 1; `groups` has a column a grouping that was asked for, none blank.
    """

    answers: pd.DataFrame
    present: np.ndarray
    weights: np.ndarray
    groups: pd.DataFrame
    codebook: Codebook
    lang: str


def frequencies(coded: Coded) -> pd.DataFrame:
    """Take each theme's share over all, over each question and over each group: `columns.FREQUENCIES`.

    Questions stand in the order of the input, the values of a group in natural order ("Thôn 2" before "Thôn 10").
    """
    labels = coded.codebook.labels(coded.lang)
    rows = []
    for question, in_question in _questions(coded):
        for group, value, in_group in _groups(coded):
            mask = in_question & in_group
            for theme, share in zip(
                coded.codebook.theme_ids, shares(coded.present[mask], weights=coded.weights[mask]), strict=True
            ):
                rows.append((question, group, value, theme, labels[theme], *share.as_row()))
    return as_frame(rows, columns.FREQUENCIES)


def _questions(coded: Coded) -> Iterator[tuple[str, np.ndarray]]:
    """Give all, then each question with the mask of its contributions; documents have no question of their own."""
    questions = coded.answers[columns.QUESTION].to_numpy()
    yield ALL, np.ones(len(questions), dtype=bool)
    found = list(dict.fromkeys(questions))
    if found not in ([], [""]):
        for question in found:
            yield question or DOCUMENTS[coded.lang], questions == question


def _groups(coded: Coded) -> Iterator[tuple[str, str, np.ndarray]]:
    """Give all, then each value of each grouping with the mask of its contributions."""
    yield ALL, ALL, np.ones(len(coded.answers), dtype=bool)
    last = (NOT_STATED[coded.lang], DOCUMENTS[coded.lang])
    for group in coded.groups.columns:
        values = coded.groups[group]
        for value in sorted(values.unique(), key=lambda value: (value in last, _natural(value))):
            yield group, value, (values == value).to_numpy()


def fill_blanks(groups: pd.DataFrame, *, is_document: pd.Series, lang: str) -> pd.DataFrame:
    """Name what a group column leaves blank: documents, which have no such column, apart from people who left it so.

    Values are put into NFC: the same name typed on a Mac and on a PC differs in code points.
    """
    blank = is_document.map({True: DOCUMENTS[lang], False: NOT_STATED[lang]})
    values = groups.apply(lambda column: column.str.normalize("NFC").str.strip())
    return values.apply(lambda column: column.where(column != "", blank))


def _natural(value: str) -> tuple[list[tuple[int, str]], str]:
    """Order values as people do: Đ beside D, numbers by size; among equals the value decides.

    >>> sorted(["Thôn 10", "Thôn 2", "Đảng viên", "Ấp 1"], key=_natural)
    ['Ấp 1', 'Đảng viên', 'Thôn 2', 'Thôn 10']
    """
    parts = re.findall(r"\d{1,18}|\D+", strip_marks(value))
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], value


def stances(coded: Coded, units: pd.DataFrame) -> pd.DataFrame:
    """Take the share of each stance among the contributions that name a theme: `columns.STANCES`.

    A contribution's stance on a theme is the main one of its units on that theme, so the shares of a theme add up.
    Empty where the units have no stance.
    """
    if not units[columns.STANCE].any():
        return as_frame([], columns.STANCES)
    labels = coded.codebook.stance_labels(coded.lang)
    numbers = coded.answers[columns.CONTRIBUTION].to_numpy()
    carries = indicators(units, codebook=coded.codebook)
    rows = []
    for index, theme in enumerate(coded.codebook.theme_ids):
        of_contribution = main_stance(units[carries[theme] == 1])
        mask = coded.present[:, index] == 1
        taken = of_contribution.reindex(numbers[mask]).to_numpy()
        split = (taken[:, None] == np.array(list(labels), dtype=object)).astype(int)
        for (stance, label), share in zip(labels.items(), shares(split, weights=coded.weights[mask]), strict=True):
            rows.append((theme, stance, label, *share.as_row()))
    return as_frame(rows, columns.STANCES)


def pairs(coded: Coded) -> pd.DataFrame:
    """Take the share of the contributions that name two themes together, most frequent first: `columns.PAIRS`."""
    rows = []
    ids = coded.codebook.theme_ids
    for first, second in combinations(range(len(ids)), 2):
        both = coded.present[:, [first]] * coded.present[:, [second]]
        [share] = shares(both, weights=coded.weights)
        if share.n:
            rows.append((ids[first], ids[second], *share.as_row()))
    rows.sort(key=lambda row: -row[2])
    return as_frame(rows, columns.PAIRS)
