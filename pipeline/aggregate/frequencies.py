"""How many name a theme: in all, by question, by group; how many people do; and with which stance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.groups import DOCUMENTS, Groups, in_order
from thamluan.pipeline.aggregate.shares import Share, as_frame, shares
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators, main_stance

ALL = ""


@dataclass(frozen=True)
class Coded:
    """The contributions that have text, with all that counting needs; rows belong together by position.

    `present` (contributions, themes) holds 0 and 1; `respondents` tells who said it. In `groups` small ones are merged.
    """

    answers: pd.DataFrame
    present: np.ndarray
    weights: np.ndarray
    respondents: np.ndarray
    groups: Groups
    codebook: Codebook
    lang: str

    def shares(self, mask: np.ndarray) -> list[Share]:
        """Take the share of each theme over some contributions; what one person says is not independent."""
        return shares(self.present[mask], weights=self.weights[mask], clusters=self.respondents[mask])


def frequencies(coded: Coded) -> pd.DataFrame:
    """Take each theme's share over all, over each question and over each group: `columns.FREQUENCIES`.

    Questions stand in the order of the input, the values of a group in natural order ("Thôn 2" before "Thôn 10").
    """
    labels = coded.codebook.labels(coded.lang)
    rows = []
    for *place, mask in _shown(coded):
        for theme, share in zip(coded.codebook.theme_ids, coded.shares(mask), strict=True):
            rows.append((*place, theme, labels[theme], *share.as_row()))
    return as_frame(rows, columns.FREQUENCIES)


def _shown(coded: Coded) -> Iterator[tuple[str, str, str, np.ndarray]]:
    """Give all, then each question and each value of each grouping that is shown, with the mask of its contributions.

    The names are question, group and value.
    """
    for question, in_question in _questions(coded):
        for group, value, mask in _groups(coded, question, in_question):
            yield question, group, value, mask


def _questions(coded: Coded) -> Iterator[tuple[str, np.ndarray]]:
    """Give all, then each question with the mask of its contributions; documents have no question of their own."""
    questions = coded.answers[columns.QUESTION].to_numpy()
    yield ALL, np.ones(len(questions), dtype=bool)
    found = list(dict.fromkeys(questions))
    if found not in ([], [""]):
        for question in found:
            yield question or DOCUMENTS[coded.lang], questions == question


def _groups(coded: Coded, question: str, in_question: np.ndarray) -> Iterator[tuple[str, str, np.ndarray]]:
    """Give all, then each value of each grouping that is shown here, with the mask of its contributions."""
    yield ALL, ALL, in_question
    asked = question if question != DOCUMENTS[coded.lang] else ""
    for group in coded.groups.values.columns:
        if question == ALL:
            values = coded.groups.values[group]
        elif asked in coded.groups.questions.get(group, ()):
            values = coded.groups.within[group]
        else:
            continue
        for value in in_order(values, lang=coded.lang):
            yield group, value, in_question & (values == value).to_numpy()


def respondents(coded: Coded) -> pd.DataFrame:
    """Take the share of the people who name each theme, in any of their contributions: `columns.RESPONDENTS`.

    A person weighs as much as their contributions on average.
    """
    labels = coded.codebook.labels(coded.lang)
    people = pd.DataFrame(coded.present).groupby(coded.respondents)
    weights = pd.Series(coded.weights, dtype=float).groupby(coded.respondents).mean().to_numpy()
    named = shares(people.max().to_numpy().reshape(-1, len(labels)), weights=weights)
    rows = [(theme, label, *share.as_row()) for (theme, label), share in zip(labels.items(), named, strict=True)]
    return as_frame(rows, columns.RESPONDENTS)


def stances(coded: Coded, units: pd.DataFrame) -> pd.DataFrame:
    """Take the share of each stance among the contributions that name a theme: `columns.STANCES`.

    A contribution's stance on a theme is the main one of its units on that theme, so the shares of a theme add up.
    Empty where the units have no stance.
    """
    everybody = np.ones(len(coded.answers), dtype=bool)
    rows = [row for split in _splits(coded, units) for row in split.rows(coded, everybody)]
    return as_frame(rows, columns.STANCES)


def group_stances(coded: Coded, units: pd.DataFrame) -> pd.DataFrame:
    """Take the same shares in each question and group: `columns.GROUP_STANCES`, in the order of `frequencies`."""
    splits = _splits(coded, units)
    rows = [
        (*place, *row)
        for *place, mask in _shown(coded)
        if any(place)
        for split in splits
        for row in split.rows(coded, mask)
    ]
    return as_frame(rows, columns.GROUP_STANCES)


@dataclass(frozen=True)
class _Split:
    """The stances of the contributions that name a theme: `has` (contributions), `stances` (contributions, stances)."""

    theme: str
    has: np.ndarray
    stances: np.ndarray

    def rows(self, coded: Coded, mask: np.ndarray) -> Iterator[tuple[object, ...]]:
        """Give theme, stance, label and share of each stance over some of the contributions."""
        taken = self.has & mask
        found = shares(self.stances[taken], weights=coded.weights[taken], clusters=coded.respondents[taken])
        for (stance, label), share in zip(coded.codebook.stance_labels(coded.lang).items(), found, strict=True):
            yield self.theme, stance, label, *share.as_row()


def _splits(coded: Coded, units: pd.DataFrame) -> list[_Split]:
    if not units[columns.STANCE].any():
        return []
    numbers = coded.answers[columns.CONTRIBUTION].to_numpy()
    carries = indicators(units, codebook=coded.codebook)
    ids = np.array(coded.codebook.stance_ids, dtype=object)
    splits = []
    for index, theme in enumerate(coded.codebook.theme_ids):
        main = main_stance(units[carries[theme] == 1]).reindex(numbers).to_numpy()
        splits.append(_Split(theme, coded.present[:, index] == 1, (main[:, None] == ids).astype(int)))
    return splits
