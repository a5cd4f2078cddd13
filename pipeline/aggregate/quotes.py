"""Quotes: verbatim, self-contained and specific, from different people, groups and stances, on all that was said."""

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.choosing import Pool, choose
from thamluan.pipeline.aggregate.fitness import LONG, SHORT, fitness, opens_joined
from thamluan.pipeline.aggregate.picks import Picked, pinned_first
from thamluan.pipeline.aggregate.shares import as_frame
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.masking import mask
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators

N_QUOTES = 5  # for a theme, at most, but for pinned ones
NEAR_DUPLICATE = 0.5  # share of common syllables (Jaccard) from which two quotes say the same
FAIR = 1 / 3  # of the best candidate's score; what is worth less is not quoted, whatever its stance
AGAIN = 0.5  # what a quote is worth that stands under another theme already
MOST_CANDIDATES = 300  # for a theme, the best
MOST_COVERED = 2_000  # units of a theme that quotes are to cover; of more, these are drawn
SYLLABLE = re.compile(r"\w+")
BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Wanted:
    """What the user asked for of quotes."""

    picked: Picked = field(default_factory=Picked)
    masks: bool = True  # in survey answers; speeches are public
    lang: str = "vi"


@dataclass(frozen=True)
class Span:
    """What is cut out where a unit is quoted: the unit, or with a neighbour that makes it clear."""

    text: str
    start: int
    end: int
    fitness: float


def quotes(
    units: pd.DataFrame,
    *,
    contributions: pd.DataFrame,
    codebook: Codebook,
    groups: pd.DataFrame | None = None,
    of_unit: Mapping[str, Mapping[int, int]] | None = None,
    wanted: Wanted = Wanted(),
) -> pd.DataFrame:
    """Choose up to five quotes a theme: `columns.QUOTES`, by theme and rank, pinned ones first.

    `groups` has the groups that were asked for, rows as in `contributions`; `of_unit` the sub-themes, by theme and
    unit. How the choice is made is told by `choosing.choose`. The score is the theme's probability times the fitness to
    be quoted. In survey answers, what tells of a person is masked: `text[start:end]` of the contribution differs from
    the quote by that alone.
    """
    ordered = units.sort_values(columns.UNIT, kind="stable").reset_index(drop=True)
    carries = indicators(ordered, codebook=codebook)
    people = contributions.set_index(columns.CONTRIBUTION)
    spans = _spans(ordered, raw=people[columns.TEXT], is_line=people[columns.PARAGRAPH] > 0)
    grouped = _grouped(contributions, groups)
    rows = []
    quoted: set[int] = set()
    for theme in codebook.theme_ids:
        theme_units = Theme(ordered[carries[theme] == 1], spans, people, grouped, (of_unit or {}).get(theme, {}), theme)
        chosen = theme_units.choose(wanted.picked, quoted=quoted)
        quoted.update(place for place, _ in chosen)
        for rank, (place, score) in enumerate(chosen, start=1):
            unit, span = ordered.loc[place], spans[place]
            person = people.loc[unit[columns.CONTRIBUTION]]
            is_masked = wanted.masks and person[columns.PARAGRAPH] == 0
            text = mask(span.text, lang=wanted.lang) if is_masked else span.text
            origin = (unit[columns.SOURCE], unit[columns.PLACE], person[columns.SPEAKER], unit[columns.CONTRIBUTION])
            rows.append((theme, rank, unit[columns.STANCE], text, *origin, span.start, span.end, score))
    return as_frame(rows, columns.QUOTES)


def _grouped(contributions: pd.DataFrame, groups: pd.DataFrame | None) -> dict[int, tuple[str, ...]]:
    """Give the values of each contribution in the groups that were asked for."""
    if groups is None or not len(groups.columns):
        return {}
    values = groups.itertuples(index=False, name=None)
    return dict(zip(contributions[columns.CONTRIBUTION].tolist(), values, strict=True))


def _spans(units: pd.DataFrame, *, raw: pd.Series, is_line: pd.Series) -> list[Span]:
    """Give for each unit what is quoted: with a neighbour where it points back or is short and reads better so."""
    found: list[Span] = []
    wanted = [columns.CONTRIBUTION, columns.START, columns.END, columns.THEMES]
    whole: dict[int, list[tuple[int, int]]] = {}
    for number, start, end, _ in units[wanted].itertuples(index=False, name=None):
        whole.setdefault(number, []).append((start, end))
    places = {number: {span: place for place, span in enumerate(sorted(spans))} for number, spans in whole.items()}
    for number, start, end, themes in units[wanted].itertuples(index=False, name=None):
        text, line = raw[number], bool(is_line[number])
        best = Span(text[start:end], start, end, fitness(text[start:end], is_line=line) if themes else 0.0)
        if themes and (len(SYLLABLE.findall(best.text)) < SHORT or opens_joined(best.text)):
            spans, place = sorted(whole[number]), places[number][start, end]
            neighbours = [(spans[place - 1][0], end)] if place else []
            if place + 1 < len(spans) and not opens_joined(best.text):
                neighbours.append((start, spans[place + 1][1]))
            best = _best_of(best, text, neighbours=neighbours, unit=(start, end), is_line=line)
        found.append(best)
    return found


def _best_of(
    alone: Span, text: str, *, neighbours: Sequence[tuple[int, int]], unit: tuple[int, int], is_line: bool
) -> Span:
    best = alone
    for start, end in neighbours:
        joined = text[start:end]
        is_one_line = BREAK.search(joined) is None and not (set(joined) & set(";•–"))
        if is_one_line and len(SYLLABLE.findall(joined)) <= LONG:
            value = fitness(joined, is_line=is_line)
            if value > best.fitness:
                best = Span(joined, start, end, value)
    return best


class Theme:
    """The units of a theme that could be quoted."""

    def __init__(
        self,
        units: pd.DataFrame,
        spans: Sequence[Span],
        people: pd.DataFrame,
        grouped: Mapping[int, tuple[str, ...]],
        of_unit: Mapping[int, int],
        theme: str,
    ) -> None:
        self._units, self._spans = units, spans
        self._people, self._grouped, self._of_unit = people, grouped, of_unit
        given = units[columns.probability(theme)].astype(float)
        self._scores = {place: value * spans[place].fitness for place, value in given.items()}

    def choose(self, picked: Picked, *, quoted: Collection[int]) -> list[tuple[int, float]]:
        """Choose quotes: places of units and their scores, pinned ones first; rather not those of another theme."""
        numbers = self._units[columns.UNIT].to_dict()
        left = [place for place in numbers if not self._is_dropped(place, picked)]
        best_first = sorted(left, key=lambda place: (-self._scores[place], numbers[place]))
        pinned = set(pinned_first([numbers[place] for place in best_first], picked))
        order = {number: rank for rank, number in enumerate(pinned_first([numbers[p] for p in best_first], picked))}
        best = max(self._scores[place] for place in left) if left else 0.0
        fair = [place for place in best_first if self._scores[place] >= FAIR * best][:MOST_CANDIDATES]
        candidates = sorted(set(fair) | {place for place in left if numbers[place] in pinned})
        first = sorted(
            (index for index, place in enumerate(candidates) if numbers[place] in pinned),
            key=lambda index: order[numbers[candidates[index]]],
        )
        chosen = choose(self._pool(candidates, quoted=quoted), n_chosen=max(N_QUOTES, len(first)), first=first)
        return [(candidates[index], self._scores[candidates[index]]) for index in chosen]

    def _is_dropped(self, place: int, picked: Picked) -> bool:
        if not picked.dropped:
            return False
        own, span = self._units.loc[place], self._spans[place]
        dropped = self._units[
            self._units[columns.UNIT].isin(picked.dropped)
            & (self._units[columns.CONTRIBUTION] == own[columns.CONTRIBUTION])
        ]
        return bool(((dropped[columns.START] < span.end) & (dropped[columns.END] > span.start)).any())

    def _pool(self, candidates: Sequence[int], *, quoted: Collection[int]) -> Pool:
        units = self._units.loc[list(candidates)]
        numbers = units[columns.CONTRIBUTION].tolist()
        texts = self._units[columns.MODEL_TEXT].to_dict()
        covered = self._covered()
        spans = [self._spans[place] for place in candidates]
        kinds = [
            (stance, self._of_unit.get(unit, 0), *self._grouped.get(number, ()))
            for stance, unit, number in zip(units[columns.STANCE], units[columns.UNIT], numbers, strict=True)
        ]
        return Pool(
            nearness=nearness([texts[place] for place in covered], [texts[place] for place in candidates]),
            quality=np.array([self._scores[place] * (AGAIN if place in quoted else 1.0) for place in candidates]),
            kinds=kinds,
            person=self._people.loc[numbers, columns.RESPONDENT].tolist(),
            alike=_alike([span.text for span in spans], list(zip(numbers, spans, strict=True))),
        )

    def _covered(self) -> list[int]:
        """Draw units to be covered, by what they say, so that others do not change which are drawn."""
        texts = self._units[columns.MODEL_TEXT].to_dict()
        drawn = sorted(texts, key=lambda place: (zlib.crc32(texts[place].encode()), place))[:MOST_COVERED]
        return sorted(drawn)


def _alike(texts: Sequence[str], spans: Sequence[tuple[int, Span]]) -> np.ndarray:
    """Say which candidates say the same, or stand on the same words."""
    number = np.array([number for number, _ in spans])
    start, end = (np.array([getattr(span, name) for _, span in spans]) for name in ("start", "end"))
    overlaps = (number[:, None] == number) & (start[:, None] < end) & (start < end[:, None])
    return says_the_same(texts) | overlaps


def nearness(covered: Sequence[str], candidates: Sequence[str]) -> np.ndarray:
    """Say how near candidates come to what they are to cover: (covered, candidates), 0 to 1.

    By the cosine of tf-idf over syllables and pairs of them, marks taken off.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(preprocessor=strip_marks, token_pattern=SYLLABLE.pattern, ngram_range=(1, 2))
    if not any(SYLLABLE.search(text) for text in covered):
        return np.zeros((len(covered), len(candidates)))
    rows = vectoriser.fit_transform(covered)
    return np.clip((rows @ vectoriser.transform(candidates).T).toarray(), 0.0, 1.0)


def says_the_same(texts: Sequence[str]) -> np.ndarray:
    """Say which texts have so many syllables in common that they say the same: (texts, texts)."""
    syllables = [frozenset(SYLLABLE.findall(strip_marks(text))) for text in texts]
    words = sorted(frozenset().union(*syllables))
    place = {word: column for column, word in enumerate(words)}
    held = np.zeros((len(syllables), len(words)), dtype=np.float32)
    for row, found in enumerate(syllables):
        held[row, [place[word] for word in found]] = 1.0
    common = held @ held.T
    sizes = held.sum(axis=1)
    return common >= NEAR_DUPLICATE * (sizes[:, None] + sizes - common)
