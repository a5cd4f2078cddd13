"""Quotes: verbatim, from different people, not near the same, across stances."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.themes.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators
from thamluan.pipeline.themes.features import strip_marks

N_QUOTES = 5  # for a theme, at most
NEAR_DUPLICATE = 0.5  # share of common syllables (Jaccard) from which two quotes say the same
SHORT, LONG = 8, 45  # syllables; a quote in between stands on its own and is read to its end
HEADING = 0.5  # what a line of a document that does not end as a sentence is worth; it may be a heading
SENTENCE_END = re.compile(r"[.!?…][\"')\]”’»]*$")


@dataclass(frozen=True)
class Candidate:
    """A unit that could be quoted for a theme."""

    unit: int
    respondent: str
    stance: str
    score: float
    syllables: frozenset[str]


def quotes(units: pd.DataFrame, *, people: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Choose up to five quotes a theme: `columns.QUOTES`, by theme and rank.

    `people` has a row a contribution: contribution, speaker, respondent, paragraph. The score is the theme's
    probability, less where a unit is too short to stand alone, too long to be read, or may be a heading.
    """
    carries = indicators(units, codebook=codebook)
    by_number = units.merge(people, on=columns.CONTRIBUTION, how="left").set_index(columns.UNIT)
    rows = []
    for theme in codebook.theme_ids:
        numbers = units.loc[carries[theme] == 1, columns.UNIT]
        candidates = _candidates(by_number.loc[numbers], theme=theme)
        for rank, chosen in enumerate(choose(candidates), start=1):
            unit = by_number.loc[chosen.unit]
            where = [unit[name] for name in columns.QUOTES[4:-1]]
            rows.append((theme, rank, chosen.stance, unit[columns.TEXT], *where, chosen.score))
    return pd.DataFrame(rows, columns=list(columns.QUOTES))


def _candidates(units: pd.DataFrame, *, theme: str) -> list[Candidate]:
    """Make candidates of the units of a theme, best first."""
    needed = [columns.TEXT, columns.STANCE, columns.RESPONDENT, columns.PARAGRAPH, columns.probability(theme)]
    found = []
    for number, text, stance, respondent, paragraph, probability in units[needed].itertuples(name=None):
        syllables = strip_marks(text).split()
        score = float(probability) * min(1.0, len(syllables) / SHORT, LONG / max(len(syllables), 1))
        if paragraph and not SENTENCE_END.search(text):
            score *= HEADING
        found.append(Candidate(number, respondent, stance, score, frozenset(syllables)))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.unit))


def choose(candidates: list[Candidate]) -> list[Candidate]:
    """Choose quotes greedily from candidates, best first: each time of the stance that has had the fewest.

    A person is quoted a second time only when nobody else is left.
    """
    chosen: list[Candidate] = []
    for may_repeat in (False, True):
        pool = [candidate for candidate in candidates if candidate not in chosen]
        for candidate in _by_turns(pool, chosen):
            is_repeated = any(candidate.respondent == other.respondent for other in chosen)
            if is_repeated == may_repeat and not any(_says_the_same(candidate, other) for other in chosen):
                chosen.append(candidate)
            if len(chosen) == N_QUOTES:
                return chosen
    return chosen


def _by_turns(pool: list[Candidate], chosen: list[Candidate]) -> Iterator[Candidate]:
    """Give candidates, each time the best of the stance that has the fewest chosen; ties go to the better one."""
    waiting = list(pool)
    while waiting:
        had = Counter(other.stance for other in chosen)
        best = min(waiting, key=lambda candidate: (had[candidate.stance], -candidate.score, candidate.unit))
        waiting.remove(best)
        yield best


def _says_the_same(candidate: Candidate, other: Candidate) -> bool:
    common = len(candidate.syllables & other.syllables)
    return common >= NEAR_DUPLICATE * len(candidate.syllables | other.syllables)
