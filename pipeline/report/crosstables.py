"""Tables of many shares: each theme in each question and group, and themes named together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.figures import Breakdown, Figure, FigureTable, Row, breakdowns, figure
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.sections import hidden
from thamluan.pipeline.themes.codebooks.codebook import Codebook

THEMES_ACROSS = 6  # more do not fit on a sheet of A4
VALUES_SHOWN = 60
PAIRS_SHOWN = 20
LIFT = (columns.LIFT, columns.LIFT_LOW, columns.LIFT_HIGH)


@dataclass(frozen=True)
class CrossTable:
    """Values down, themes across."""

    caption: str
    head: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    note: str


def cross_tables(frequencies: pd.DataFrame, codebook: Codebook, *, lang: str) -> tuple[CrossTable, ...]:
    """Show every theme by question and by each group, at most `THEMES_ACROSS` themes a table."""
    return tuple(
        table for breakdown in breakdowns(frequencies) for table in cross_table(breakdown, codebook, lang=lang)
    )


def cross_table(breakdown: Breakdown, codebook: Codebook, *, lang: str) -> list[CrossTable]:
    """Show one breakdown, in as many tables as its themes need."""
    words = WORDS[lang]
    labels = codebook.labels(lang)
    title = words["by_group"].format(group=breakdown.group) if breakdown.group else words["by_question"]
    parts = even_parts(tuple(labels), most=THEMES_ACROSS)
    shown = breakdown.largest(VALUES_SHOWN)
    return [
        CrossTable(
            caption=words["part"].format(title=title, part=part, parts=len(parts)) if len(parts) > 1 else title,
            head=breakdown.group or words["question"],
            labels=tuple(labels[theme] for theme in across),
            rows=tuple(
                (value, tuple(figure(breakdown.values[value][theme], label="", lang=lang) for theme in across))
                for value in shown
            ),
            note=hidden("hidden_values", len(breakdown.values), VALUES_SHOWN, lang=lang),
        )
        for part, across in enumerate(parts, start=1)
    ]


def even_parts(ids: Sequence[str], *, most: int) -> list[Sequence[str]]:
    """Divide ids into as few parts as hold at most `most` each, as even as can be.

    >>> even_parts("abcdefgh", most=6)
    ['abcd', 'efgh']
    """
    n_parts = math.ceil(len(ids) / most)
    size = math.ceil(len(ids) / n_parts) if n_parts else most
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def pair_table(pairs: pd.DataFrame, codebook: Codebook, *, lang: str) -> FigureTable:
    """Show the themes most often named together."""
    words = WORDS[lang]
    labels = codebook.labels(lang)
    return FigureTable(
        caption=words["pairs"],
        head=words["pair"],
        figures=tuple(
            figure(
                row,
                label=f"{labels[row[columns.THEME]]} + {labels[row[columns.OTHER]]}",
                lang=lang,
                beside=_lift(row, lang=lang),
            )
            for row in pairs.head(PAIRS_SHOWN).to_dict("records")
        ),
        note=hidden("hidden_pairs", len(pairs), PAIRS_SHOWN, lang=lang),
        beside=words["lift"],
    )


def _lift(row: Row, *, lang: str) -> str:
    """Write a lift with its interval; a dash where it is missing.

    >>> _lift({"lift": 1.709, "lift_low": 1.309, "lift_high": 2.233}, lang="vi")
    '1,71 (1,31–2,23)'
    """
    lift, low, high = (numbers.decimal(row[name], 2, lang=lang) for name in LIFT)
    return numbers.MISSING if lift == numbers.MISSING else f"{lift} ({low}–{high})"
