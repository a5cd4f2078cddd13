"""Sub-themes: what the contributions on a theme speak of, and what those speak of that have no theme."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.frequencies import Coded
from thamluan.pipeline.aggregate.grouping import Phrase, group
from thamluan.pipeline.aggregate.meaning import known_vectors
from thamluan.pipeline.aggregate.phrases import content, function_words, join_known, phrases
from thamluan.pipeline.aggregate.shares import as_frame, shares
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.coding import indicators

WITHOUT_THEME = ""
FEWEST_CONTRIBUTIONS = 30  # on a theme, below which its sub-themes would rest on a handful each
FEWEST_IN_ONE = 5  # contributions of a sub-theme
LEAST_IN_ONE = 0.03  # of the theme's contributions
FEWEST_SUBTHEMES = 2  # one alone parts nothing; of those without a theme, one is worth telling


@dataclass(frozen=True)
class Subthemes:
    """Sub-themes with their counts (`columns.SUBTHEMES`), and where each unit belongs.

    `of_unit` has, for each theme and for "" (no theme), the sub-theme's number by the unit's; a unit may have none.
    """

    table: pd.DataFrame
    of_unit: Mapping[str, Mapping[int, int]]


def subthemes(coded: Coded, units: pd.DataFrame) -> Subthemes:
    """Group the units of each theme, and of the contributions without one, by what they speak of.

    Sub-themes are numbered from the largest. A contribution counts in each that one of its units belongs to; the base
    is the contributions that name the theme, so what belongs to none is in the base.
    """
    ignored = function_words()
    words = words_of(units[columns.MODEL_TEXT].str.lower().tolist())
    texts = join_known([content([" ".join(word.split()) for word in found], ignored=ignored) for found in words])
    held = [set(phrases(text)) for text in texts]
    everywhere = Counter(phrase for found in held for phrase in found)
    rows: list[tuple[object, ...]] = []
    of_unit: dict[str, Mapping[int, int]] = {}
    for theme, base, is_inside in _themes(coded, units):
        places = np.flatnonzero(is_inside)
        if base.sum() < FEWEST_CONTRIBUTIONS or not len(places):
            continue
        inside = Counter(phrase for place in places for phrase in held[place])
        elsewhere: Counter[Phrase] = everywhere - inside
        elsewhere[()] = len(texts) - len(places)
        groups = group([texts[place] for place in places], elsewhere=elsewhere, vectors=known_vectors())
        found = _count(coded, units.iloc[places], base=base, of_text=groups.of_text, labels=groups.labels)
        if len(found) < (FEWEST_SUBTHEMES if theme else 1):
            continue
        numbers = {old: number for number, (old, *_) in enumerate(found, start=1)}
        rows += [(theme, numbers[old], *rest) for old, *rest in found]
        of_unit[theme] = {
            int(unit): numbers[old]
            for unit, old in zip(units[columns.UNIT].to_numpy()[places], groups.of_text.tolist(), strict=True)
            if old in numbers
        }
    return Subthemes(as_frame(rows, columns.SUBTHEMES), of_unit)


def _themes(coded: Coded, units: pd.DataFrame) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Give each theme and "": which contributions have it, and which units."""
    carries = indicators(units, codebook=coded.codebook)
    without = coded.present.sum(axis=1) == 0
    bare = set(coded.answers[columns.CONTRIBUTION].to_numpy()[without].tolist())
    found = [
        (theme, coded.present[:, index] == 1, carries[theme].to_numpy() == 1)
        for index, theme in enumerate(coded.codebook.theme_ids)
    ]
    return [*found, (WITHOUT_THEME, without, units[columns.CONTRIBUTION].isin(bare).to_numpy())]


def _count(
    coded: Coded, units: pd.DataFrame, *, base: np.ndarray, of_text: np.ndarray, labels: tuple[str, ...]
) -> list[tuple[object, ...]]:
    """Count contributions by group, the largest first; leave out groups of a few."""
    numbers = coded.answers[columns.CONTRIBUTION].to_numpy()[base]
    held = np.zeros((len(numbers), len(labels)), dtype=int)
    for group_number in range(len(labels)):
        inside = units[columns.CONTRIBUTION].to_numpy()[of_text == group_number]
        held[:, group_number] = np.isin(numbers, inside)
    counted = shares(held, weights=coded.weights[base], clusters=coded.respondents[base])
    fewest = max(FEWEST_IN_ONE, LEAST_IN_ONE * len(numbers))
    found = [(old, labels[old], *share.as_row()) for old, share in enumerate(counted) if share.n >= fewest]
    return sorted(found, key=lambda row: (-row[2], row[1]))
