"""Templates: what underthesea's model asks of a syllable and its neighbours, turned into tables of scores.

With two labels only the difference of their scores decides. A template such as `T[-1,0].lower` asks for the lower-case
syllables from one place to another, counted from the syllable that is labelled; its answers are attributes with
weights. What is asked of one syllable becomes a row of a table for each known syllable and one for all others; what is
asked of two or three neighbours, a row for each known pair or triple and one for all others.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.text.segmentation.pairs import Pairs, place

TEMPLATE = re.compile(r"T\[(-?\d+)(?:,(-?\d+))?\](?:\.(lower|isdigit|istitle|is_in_dict))?")
PLACES = {1: (-2, -1, 0, 1, 2), 2: (-2, -1, 0, 1), 3: (-2, -1, 0)}  # where so many syllables may begin
BEFORE, AFTER = "BOS", "EOS"  # the answers where a text has no such syllable
LARGEST, N_DIGITS = 2**31 - 1, 11  # the largest number to underthesea; all of so many digits are larger
HINT = "Install the version of underthesea that requirements.lock names."
LOWER, TITLE, OUTSIDE = 0, 1, 2  # a syllable's case; OUTSIDE: beyond either end of a text


@dataclass(frozen=True)
class Neighbours:
    """Scores of two and of three neighbours; columns are the `PLACES` at which they may begin.

    Row 0 is that of all that are not known; the last two are of those where a text begins, and where it ends.
    """

    pairs: Pairs  # of syllables
    triples: Pairs  # of a known pair and a syllable
    of_pair: np.ndarray  # (known pairs + 3, 4)
    of_triple: np.ndarray  # (known triples + 3, 3)


@dataclass(frozen=True)
class Tables:
    """Scores by what stands in a text; rows and columns as `Kinds` and `PLACES` say."""

    of_kind: np.ndarray  # (5, kinds): a place a row
    written: Neighbours  # of syllables as they are written
    lowered: Neighbours  # of syllables in lower case
    of_cases: np.ndarray  # (4, 9): a place a row; the column is the first one's case times 3 plus the second one's
    of_three_cases: np.ndarray  # (3, 27)


class Kinds:
    """The kinds of syllables that templates tell apart, numbered.

    A known syllable's kind is its number, from 1. Others are of one kind if they are the same known syllable in lower
    case, or none, and begin alike; one kind more is of numbers, and one of what lies outside a text.
    """

    def __init__(self, syllables: Sequence[str]) -> None:
        self.syllables = tuple(syllables)
        self.numbers = {syllable: number for number, syllable in enumerate(syllables, start=1)}
        self.n_known = len(syllables) + 1
        self.counted = 3 * self.n_known
        self.outside = self.counted + 1
        known = np.array([0, *(self.numbers.get(syllable.lower(), 0) for syllable in syllables)], dtype=np.int32)
        numbers = np.arange(self.n_known, dtype=np.int32)
        cases = np.array([LOWER, *map(is_title, syllables)], dtype=np.int8)
        # Known ones; then, for each lower case, those that begin small and those that do not.
        self.written = np.concatenate([numbers, np.zeros(2 * self.n_known + 2, dtype=np.int32)])
        self.lowered = np.concatenate([known, np.repeat(numbers, 2), np.zeros(2, dtype=np.int32)])
        self.cases = np.concatenate([cases, np.tile([LOWER, TITLE], self.n_known), [TITLE, OUTSIDE]]).astype(np.int8)

    def kind(self, syllable: str) -> int:
        """Say of which kind a syllable is.

        >>> kinds = Kinds(["xã", "Lạng"])
        >>> [kinds.kind(syllable) for syllable in ("xã", "Xã", "XÃ", "Sơn", "sơn", "2024")]
        [1, 6, 6, 4, 3, 9]
        """
        number = self.numbers.get(syllable)
        if number is not None:
            return number
        if is_number(syllable):
            return self.counted
        return self.n_known + 2 * self.numbers.get(syllable.lower(), 0) + is_title(syllable)


def is_title(syllable: str) -> bool:
    """Say whether a syllable does not begin with a small letter; so does a number."""
    return syllable[0].upper() == syllable[0]


def is_number(syllable: str) -> bool:
    """Say whether a syllable is a whole number, of the digits 0 to 9, that underthesea can count to."""
    return syllable.isascii() and syllable.isdigit() and int(syllable.lstrip("0")[:N_DIGITS] or 0) <= LARGEST


@dataclass(frozen=True)
class _Template:
    start: int
    length: int
    asks: str  # "" for the syllables themselves, or a property of them
    answers: Mapping[str, float]

    @property
    def column(self) -> int:
        return PLACES[self.length].index(self.start)

    def score(self, answer: str | bool) -> float:
        return self.answers.get(str(answer), 0.0)

    def outside(self, *, begins: bool) -> float:
        """Score what reaches beyond the text: over its beginning, or over its end."""
        return self.score(BEFORE if begins and self.start < 0 else AFTER)


def compile_tables(
    scores: Mapping[str, float], *, templates: Iterable[str], words: Iterable[str]
) -> tuple[Kinds, Tables]:
    """Turn the scores of attributes (`template=answer`) into tables; `words` is the model's dictionary.

    Raises:
        ModelError: when a template is none of those that this module knows.
    """
    asked = _parse(scores, templates)
    listed = [parts for word in words if 0 < len(parts := _parts(word)) <= max(PLACES)]
    syllables = {syllable for parts in listed for syllable in parts}
    for template in asked:
        if template.asks in ("", "lower"):
            syllables.update(part for answer in template.answers for part in _parts(answer))
    kinds = Kinds(sorted(syllables))
    cases = {length: _of_cases(_asking(asked, length, "istitle"), length) for length in (2, 3)}
    return kinds, Tables(
        of_kind=_of_kinds(_asking(asked, 1), kinds, listed),
        written=_neighbours(asked, kinds, asks="", listed=[]),
        lowered=_neighbours(asked, kinds, asks="lower", listed=listed),
        of_cases=cases[2],
        of_three_cases=cases[3],
    )


def _parts(answer: str) -> tuple[str, ...]:
    """Split what is joined by single spaces; what has other white space matches no syllables."""
    parts = answer.split(" ")
    return tuple(parts) if parts == answer.split() else ()


def _parse(scores: Mapping[str, float], templates: Iterable[str]) -> list[_Template]:
    answers: dict[str, dict[str, float]] = defaultdict(dict)
    for attribute, score in scores.items():
        name, _, answer = attribute.partition("=")
        answers[name][answer] = score
    asked = []
    for name, times in Counter(templates).items():
        match = TEMPLATE.fullmatch(name)
        start = int(match[1]) if match else 0
        length = int(match[2] or start) - start + 1 if match else 0
        if start not in PLACES.get(length, ()) or times > 1 or (match[3] == "isdigit" and length > 1):
            raise ModelError(
                f"underthesea's model asks {name}, which is not known here.",
                hint=HINT,
            )
        asked.append(_Template(start, length, match[3] or "", answers[name]))
    return asked


def _asking(templates: Iterable[_Template], length: int, *asks: str) -> list[_Template]:
    return [each for each in templates if each.length == length and (not asks or each.asks in asks)]


def _of_kinds(templates: Sequence[_Template], kinds: Kinds, listed: Iterable[tuple[str, ...]]) -> np.ndarray:
    """Score single syllables, by the place that they are seen from: (5, kinds)."""
    table = np.zeros((len(PLACES[1]), len(kinds.cases)))
    in_dict = {parts[0] for parts in listed if len(parts) == 1}
    is_counted = np.zeros(len(kinds.cases), dtype=bool)
    is_counted[1 : kinds.n_known] = [is_number(syllable) for syllable in kinds.syllables]
    is_counted[kinds.counted] = True
    for template in templates:
        if template.asks == "isdigit":
            answers = np.where(is_counted, template.score(True), template.score(False))
        elif template.asks == "istitle":
            answers = np.where(kinds.cases == TITLE, template.score(True), template.score(False))
        elif template.asks == "is_in_dict":
            known = [template.score(syllable in in_dict) for syllable in kinds.syllables]
            answers = np.array([template.score(False), *known])[kinds.lowered]
        else:
            known = [template.score(syllable) for syllable in kinds.syllables]
            answers = np.array([0.0, *known])[kinds.lowered if template.asks else kinds.written]
        answers[kinds.outside] = template.outside(begins=True)
        table[template.column] += answers
    return table


def _neighbours(
    templates: Sequence[_Template], kinds: Kinds, *, asks: str, listed: Sequence[tuple[str, ...]]
) -> Neighbours:
    """Score two and three neighbours by themselves (`asks`) and by whether they are `listed` in the dictionary."""
    asked = (asks, "is_in_dict") if asks else (asks,)
    of_two, of_three = (_known(_asking(templates, length, *asked), length, listed) for length in (2, 3))
    for first, second, _ in of_three:
        of_two[first, second]  # a triple is found by its pair
    number_of = kinds.numbers
    pair_numbers = {pair: number for number, pair in enumerate(of_two, start=1)}
    pairs = [(number_of[first], number_of[second]) for first, second in of_two]
    triples = [(pair_numbers[first, second], number_of[third]) for first, second, third in of_three]
    return Neighbours(
        place(pairs, n_first=kinds.n_known, n_second=kinds.n_known),
        place(triples, n_first=len(pairs) + 1, n_second=kinds.n_known),
        of_pair=_rows(of_two, _asking(templates, 2, *asked), 2),
        of_triple=_rows(of_three, _asking(templates, 3, *asked), 3),
    )


def _known(
    templates: Iterable[_Template], length: int, listed: Iterable[tuple[str, ...]]
) -> defaultdict[tuple[str, ...], np.ndarray]:
    """Score the neighbours that are known, by what they are more than others: a score a place."""
    known: defaultdict[tuple[str, ...], np.ndarray] = defaultdict(lambda: np.zeros(len(PLACES[length])))
    for template in templates:
        if template.asks == "is_in_dict":
            gain = template.score(True) - template.score(False)
            scored = [(parts, gain) for parts in listed]
        else:
            scored = [(_parts(answer), score) for answer, score in template.answers.items()]
        for parts, score in scored:
            if len(parts) == length:
                known[parts][template.column] += score
    return known


def _rows(known: Mapping[tuple[str, ...], np.ndarray], templates: Iterable[_Template], length: int) -> np.ndarray:
    """Put the rows in the order of `Neighbours`."""
    unknown, beginning, end = np.zeros((3, len(PLACES[length])))
    for template in templates:
        beginning[template.column] += template.outside(begins=True)
        end[template.column] += template.outside(begins=False)
        if template.asks == "is_in_dict":
            unknown[template.column] += template.score(False)
    return np.vstack([unknown, *(unknown + row for row in known.values()), beginning, end])


def _of_cases(templates: Iterable[_Template], length: int) -> np.ndarray:
    """Score the cases of neighbours, by place and by all their cases in turn."""
    table = np.zeros((len(PLACES[length]), 3**length))
    for template in templates:
        for index, cases in enumerate(product((LOWER, TITLE, OUTSIDE), repeat=length)):
            if OUTSIDE in cases:
                table[template.column, index] = template.outside(begins=cases[0] == OUTSIDE)
            else:
                table[template.column, index] = template.score(LOWER not in cases)
    return table
