"""Shares ready to be shown: never one without its count, its base and its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.charts import FULL_AXIS, Axis, Bar, bar

Row: TypeAlias = Mapping[str, float]  # a row of a table of shares: n, base, share, low, high


@dataclass(frozen=True)
class Figure:
    """A share as text, with its bar; `link` leads into the page, `number` is a stance's place in the codebook.

    `beside` stands in a column of its own, where the table has one.
    """

    label: str
    share: str
    ratio: str
    interval: str
    bar: Bar | None
    link: str = ""
    number: int = 0
    beside: str = ""


@dataclass(frozen=True)
class FigureTable:
    """Figures under one another; `head` names the first column, `beside` the last, `note` says what is not shown."""

    caption: str
    head: str
    figures: tuple[Figure, ...]
    note: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Breakdown:
    """The themes in each value of a group, or in each question where `group` is empty."""

    group: str
    values: Mapping[str, Mapping[str, Row]]  # value -> theme -> row

    def largest(self, most: int) -> tuple[str, ...]:
        """Choose the values with the greatest bases, in the order in which they stand."""
        by_base = sorted(self.values, key=lambda value: -max(row[columns.BASE] for row in self.values[value].values()))
        chosen = set(by_base[:most])
        return tuple(value for value in self.values if value in chosen)


def figure(
    row: Row, *, label: str, lang: str, on: Axis = FULL_AXIS, link: str = "", number: int = 0, beside: str = ""
) -> Figure:
    """Put a row of shares into words."""
    share, low, high = (row[name] for name in (columns.SHARE, columns.LOW, columns.HIGH))
    return Figure(
        label=label,
        share=numbers.percent(share, lang=lang),
        ratio=numbers.ratio(row[columns.N], row[columns.BASE], lang=lang),
        interval=numbers.interval(low, high, lang=lang),
        bar=bar(share, low, high, on=on),
        link=link,
        number=number,
        beside=beside,
    )


def overall(frequencies: pd.DataFrame) -> dict[str, Row]:
    """Find the row of each theme over all contributions."""
    is_all = (frequencies[[columns.QUESTION, columns.GROUP, columns.VALUE]] == "").all(axis=1)
    return {row[columns.THEME]: row for row in frequencies[is_all].to_dict("records")}


def rank(shares: Mapping[str, Row]) -> tuple[str, ...]:
    """Order themes by share, the greatest first; equal and missing shares stay in their order."""

    def key(theme: str) -> float:
        share = shares[theme][columns.SHARE]
        return 1.0 if numbers.is_missing(share) else -share

    return tuple(sorted(shares, key=key))


def breakdowns(frequencies: pd.DataFrame) -> tuple[Breakdown, ...]:
    """Find the tables by question, then by each group, where there is more than one; the rest stays in themes.csv."""
    has_question = frequencies[columns.QUESTION] != ""
    has_group = frequencies[columns.GROUP] != ""
    found = [Breakdown("", by_value(frequencies[has_question & ~has_group], columns.QUESTION))]
    grouped = frequencies[has_group & ~has_question]
    found += [
        Breakdown(str(group), by_value(rows, columns.VALUE))
        for group, rows in grouped.groupby(columns.GROUP, sort=False)
    ]
    return tuple(breakdown for breakdown in found if len(breakdown.values) > 1)


def by_value(rows: pd.DataFrame, column: str) -> dict[str, dict[str, Row]]:
    """Gather rows by the value of a column, then by theme."""
    values: dict[str, dict[str, Row]] = {}
    for row in rows.to_dict("records"):
        values.setdefault(str(row[column]), {})[row[columns.THEME]] = row
    return values
