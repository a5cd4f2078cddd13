"""The wording of facts: what is counted, how a share is told, and how many things are listed.

The rules, so that no word says more than the numbers carry:

- A share is told with its count, its base and its 95% interval; over a base below `LEAST_FOR_SHARES` it is not told at
  all, only the count.
- "đa số" (most) needs an interval above one half, "hầu hết" (nearly all) one above nine tenths, "tất cả" (all) all.
- "nhiều nhất" (most often) goes by the counts, or with weights by the shares; what has the same is named together.
- A difference is told only where its comparison holds after adjustment for all comparisons.
- A base is counted in what was said: answers, speaking turns or papers, or contributions where these are mixed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.figures import Row
from thamluan.pipeline.report.phrases import PHRASES

LEAST_FOR_SHARES = 20  # base; below it one contribution more or less moves a share by 5 points and more
FEW = 10  # "cả 4 tham luận", but "tất cả 40 ý kiến"
HALF, NEARLY_ALL = 0.5, 0.9
SAME_SHARE = 3  # decimals to which equal weighted shares are the same in print


@dataclass(frozen=True)
class Wording:
    """How facts are told in one report: the language, what is counted, whether shares are weighted."""

    lang: str
    kind: str  # of what is counted: "answers", "turns", "papers" or "mixed"
    is_weighted: bool
    is_single: bool  # exactly one theme each

    @property
    def phrases(self) -> Mapping[str, str]:
        return PHRASES[self.lang]

    def say(self, key: str, **parts: str) -> str:
        """Fill a phrase; `noun` is what is counted, in the plural unless it is given."""
        return self.phrases[key].format(**{"noun": self.noun(), "people": self.people(), **parts})

    def sentence(self, key: str, **parts: str) -> str:
        """Fill a phrase that is a sentence."""
        return self.finished(self.say(key, **parts))

    def finished(self, text: str) -> str:
        return f"{text[:1].upper()}{text[1:]}."

    def paragraph(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """Write out what an interval is, and that shares are weighted, where it is told first, and be short after."""
        told = list(sentences)
        for key in ("interval", "weighted"):
            first, again = self.phrases[f"{key}_first"], self.phrases[f"{key}_again"]
            opening = next((number for number, sentence in enumerate(told) if first in sentence), len(told))
            for number, sentence in enumerate(told[opening:], start=opening):
                before, found, after = sentence.partition(first) if number == opening else ("", "", sentence)
                told[number] = before + found + after.replace(first, again)
        return tuple(told)

    def all_of(self, n: float) -> str:
        """Name the phrase for "all", which few have in words of their own."""
        return "the_only" if n == 1 else "all_few" if n < FEW else "all"

    def noun(self, n: float = 2) -> str:
        return form(self.phrases[self.kind], n)

    def piece(self, n: float) -> str:
        """Name what is quoted."""
        return form(self.phrases[f"quoted_{self.kind}"], n)

    def people(self, n: float = 2) -> str:
        return form(self.phrases[f"people_{self.kind}"], n)

    def mention(self, theme: str, n: float) -> str:
        """Say what contributions do to a theme: name it, or belong under it where each has exactly one."""
        verb, space, rest = self.phrases["mention_single" if self.is_single else "mention"].partition(" ")
        return f"{form(verb, n)}{space}{rest}".format(theme=theme)

    def count(self, n: float) -> str:
        return numbers.count(n, lang=self.lang)

    def quoted(self, label: str) -> str:
        return self.say("quoted", label=label)

    def measure(self, row: Row) -> str:
        """Tell a share with its interval; nothing over a base that is too small for it."""
        if not tells_share(row):
            return ""
        interval = numbers.interval(row[columns.LOW], row[columns.HIGH], lang=self.lang)
        share = numbers.percent(row[columns.SHARE], lang=self.lang)
        return self.say("weighted_share" if self.is_weighted else "share", share=share, interval=interval)

    def in_brackets(self, rows: Sequence[Row]) -> str:
        """Tell a share that all rows have in brackets, with the space before; nothing over a small base."""
        told = {self.measure(row) for row in rows}
        [measure] = told if len(told) == 1 else [""]
        return f" ({measure})" if measure else ""

    def listed(self, parts: Sequence[str]) -> str:
        """Join parts: "a, b và c"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("and", first=", ".join(parts[:-1]), last=parts[-1])

    def ranked(self, rows: Sequence[Row]) -> list[Row]:
        """Order the rows that count anything, the greatest first; equal ones stay in their order."""
        return sorted((row for row in rows if row[columns.N] > 0), key=lambda row: -self.rank_of(row))

    def rank_of(self, row: Row) -> float:
        """Give what "nhiều nhất" goes by."""
        if not self.is_weighted or numbers.is_missing(row.get(columns.SHARE)):
            return float(row[columns.N])
        return round(row[columns.SHARE], SAME_SHARE)

    def first_of(self, ranked: Sequence[Row]) -> list[Row]:
        """Take the rows that share the first rank, with the same count."""
        first = ranked[0]
        return [row for row in ranked if (self.rank_of(row), row[columns.N]) == (self.rank_of(first), first[columns.N])]


def form(forms: str, n: float) -> str:
    """Choose the singular or the plural.

    >>> form("answer|answers", 1), form("answer|answers", 3), form("ý kiến", 3)
    ('answer', 'answers', 'ý kiến')
    """
    singular, _, plural = forms.partition("|")
    return plural if plural and n != 1 else singular


def tells_share(row: Row) -> bool:
    """Say whether a row's share may be told."""
    return row[columns.BASE] >= LEAST_FOR_SHARES and not numbers.is_missing(row[columns.SHARE])


def kind_of(answers: pd.DataFrame) -> str:
    """Tell what was said: answers to questions, turns of discussions, papers (one a file), or both of them."""
    said = answers[answers[columns.N_UNITS] > 0] if columns.N_UNITS in answers else answers
    if columns.QUESTION not in said or said.empty:
        return "mixed"
    is_answer = said[columns.QUESTION] != ""
    if is_answer.all():
        return "answers"
    if is_answer.any():
        return "mixed"
    return "turns" if said[columns.SOURCE].duplicated().any() else "papers"
