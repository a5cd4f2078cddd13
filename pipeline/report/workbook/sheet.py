"""A sheet of the workbook as it is to be written: a table with its caption, notes and chart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.workbook.words import SHEET_WORDS

SHARES = (columns.N, columns.BASE, columns.SHARE, columns.LOW, columns.HIGH)


class Kind(StrEnum):
    """What a column holds, which decides how numbers in it are shown."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    DECIMAL = "decimal"
    P = "p"  # a probability of an error
    HELPER = "helper"  # a share that only charts need
    CODE = "code"  # what people type or a program reads, not to be wrapped or rounded


TEXTUAL = (Kind.TEXT, Kind.CODE)


@dataclass(frozen=True)
class Column:
    """A column of a sheet; `note` is shown beside its head, `allowed` are the values that may be typed."""

    head: str
    kind: Kind = Kind.TEXT
    note: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """Bars of one colour: rows `first` to `last`, from 0, of the column `values`; `ends` have the interval's arms."""

    name: str
    values: int
    first: int
    last: int
    ends: tuple[int, int] | None = None


@dataclass(frozen=True)
class Chart:
    """Bars from left to right, beside one another or stacked; the first column names them."""

    title: str
    axis: str
    categories: int
    series: tuple[Series, ...]
    is_stacked: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table: `rows` has a column each of `columns`, by place. `is_plain` has nothing above its heads."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    is_plain: bool = False


@dataclass(frozen=True)
class Wordbook:
    """The report with its words and labels, as every table asks for them."""

    report: Report
    words: dict[str, str] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    stances: dict[str, str] = field(default_factory=dict)

    def notes(self, *notes: str) -> tuple[str, ...]:
        """Add, where shares are weighted, that they are."""
        weighted = (self.words["weighted_note"],) if self.report.summary.is_weighted else ()
        return (*filter(None, notes), *weighted)

    def interval(self, *, n: str = "n") -> tuple[Column, ...]:
        """Name the columns of `SHARES`."""
        return (
            Column(self.words[n], Kind.COUNT),
            Column(self.words["base"], Kind.COUNT),
            Column(self.words["share"], Kind.SHARE),
            Column(self.words["low"], Kind.SHARE),
            Column(self.words["high"], Kind.SHARE),
        )

    def arms(self) -> tuple[Column, ...]:
        """Name the columns of `with_arms`, from which charts draw intervals."""
        return Column(self.words["below"], Kind.HELPER), Column(self.words["above"], Kind.HELPER)


def wordbook(report: Report) -> Wordbook:
    """Gather the words and labels of a report's language."""
    lang = report.lang
    return Wordbook(
        report,
        words={**WORDS[lang], **SHEET_WORDS[lang]},
        themes=report.codebook.labels(lang),
        stances=report.codebook.stance_labels(lang),
    )


def with_arms(df: pd.DataFrame) -> pd.DataFrame:
    """Add to shares how far their interval reaches below and above them."""
    return df.assign(
        below=(df[columns.SHARE] - df[columns.LOW]).clip(lower=0),
        above=(df[columns.HIGH] - df[columns.SHARE]).clip(lower=0),
    )


def picked(df: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Take columns in an order; what has been counted by nobody has no rows."""
    return df.reset_index(drop=True)[list(names)]
