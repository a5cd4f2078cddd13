"""Tables for a terminal."""

from collections.abc import Sequence

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.language import WORDS

FIGURE_HEADS = ("precision", "recall", "F1", "95% interval", "support")


def digest(summary: Summary, *, lang: str) -> str:
    """Write the shares of the themes over all contributions, largest first, with count, base and interval."""
    words = WORDS[lang]
    df = summary.frequencies
    overall = df[(df[columns.QUESTION] == "") & (df[columns.GROUP] == "")]
    ordered = overall.sort_values(columns.N, ascending=False, kind="stable")
    rows = [
        (
            row.label,
            numbers.ratio(row.n, row.base, lang=lang),
            numbers.percent(row.share, lang=lang),
            numbers.interval(row.low, row.high, lang=lang),
        )
        for row in ordered.itertuples()
    ]
    return grid([(words["theme"], words["ratio"], words["share"], words["interval"]), *rows])


def figures(table: pd.DataFrame, *, head: str) -> str:
    """Write the figures of an evaluation."""
    rows = [
        (
            str(row.Index),
            f"{row.precision:.3f}",
            f"{row.recall:.3f}",
            f"{row.f1:.3f}",
            f"{row.low:.3f}–{row.high:.3f}",
            str(row.support),
        )
        for row in table.itertuples()
    ]
    return grid([(head, *FIGURE_HEADS), *rows])


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Align rows into columns, the first to the left, the others to the right.

    >>> print(grid([("chủ đề", "n"), ("kinh phí", "74")]))
    chủ đề     n
    kinh phí  74
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
