"""Quotes: verbatim, from different people, not near the same, across stances."""

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.shares import as_frame
from thamluan.pipeline.letters import ends_as_sentence, strip_marks
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators

N_QUOTES = 5  # for a theme, at most
NEAR_DUPLICATE = 0.5  # share of common syllables (Jaccard) from which two quotes say the same
SHORT, LONG = 8, 45  # syllables; a quote in between stands on its own and is read to its end
FAIR = 1 / 3  # of the best candidate's score; what is worth less is not quoted, whatever its stance
HEADING = 0.5  # what a line of a document that does not end as a sentence is worth; it may be a heading
SYLLABLE = re.compile(r"\w+")


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
            where = [unit[name] for name in columns.ORIGIN]
            rows.append((theme, rank, chosen.stance, unit[columns.TEXT], *where, chosen.score))
    return as_frame(rows, columns.QUOTES)


def _candidates(units: pd.DataFrame, *, theme: str) -> list[Candidate]:
    """Make candidates of the units of a theme."""
    needed = [columns.MODEL_TEXT, columns.STANCE, columns.RESPONDENT, columns.PARAGRAPH, columns.probability(theme)]
    found = []
    for number, text, stance, respondent, paragraph, probability in units[needed].itertuples(name=None):
        syllables = SYLLABLE.findall(strip_marks(text))
        score = float(probability) * min(1.0, len(syllables) / SHORT, LONG / max(len(syllables), 1))
        if paragraph and not ends_as_sentence(text):
            score *= HEADING
        found.append(Candidate(number, respondent, stance, score, frozenset(syllables)))
    return found


def choose(candidates: list[Candidate]) -> list[Candidate]:
    """Choose quotes greedily: each time of the stance that has had the fewest, the best first.

    A person is quoted a second time only when nobody else is left.
    """
    best_score = max((candidate.score for candidate in candidates), default=0.0)
    left = [candidate for candidate in candidates if candidate.score >= FAIR * best_score]
    chosen: list[Candidate] = []
    while left and len(chosen) < N_QUOTES:
        quoted = {other.respondent for other in chosen}
        had = Counter(other.stance for other in chosen)
        pool = [candidate for candidate in left if candidate.respondent not in quoted] or left
        best = min(pool, key=lambda candidate, had=had: (had[candidate.stance], -candidate.score, candidate.unit))
        chosen.append(best)
        left = [candidate for candidate in left if not _says_the_same(candidate, best)]
    return chosen


def _says_the_same(candidate: Candidate, other: Candidate) -> bool:
    common = len(candidate.syllables & other.syllables)
    return common >= NEAR_DUPLICATE * len(candidate.syllables | other.syllables)
