"""Differences between groups that hold, and the words that set a group apart."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.figures import Breakdown, breakdowns, figure
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.sections import hidden
from thamluan.pipeline.themes.codebooks.codebook import Codebook

SHOWN = 20
LEAST_Q = 0.001  # a smaller one is shown as below it


@dataclass(frozen=True)
class Difference:
    """A theme that the values of a grouping do not name alike; `values` says which of them stand out, a line each."""

    theme: str
    group: str
    values: tuple[str, ...]
    q: str
    v: str


@dataclass(frozen=True)
class Differences:
    """What the page shows: `note` says how many comparisons were made, `words` by value of a grouping."""

    rows: tuple[Difference, ...]
    note: str
    hidden: str
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def differences(summary: Summary, codebook: Codebook, *, lang: str) -> Differences | None:
    """Show the comparisons that hold, the strongest first; nothing where no groups were compared."""
    tested = summary.comparisons[summary.comparisons[columns.TEST] != ""]
    if tested.empty:
        return None
    labels = codebook.labels(lang)
    broken_down = {breakdown.group: breakdown for breakdown in breakdowns(summary.frequencies)}
    holding = tested[tested[columns.HOLDS] == 1].sort_values(columns.V, ascending=False, kind="stable")
    note = WORDS[lang]["differences_note" if len(holding) else "differences_none"]
    return Differences(
        rows=tuple(
            Difference(
                theme=labels[row[columns.THEME]],
                group=row[columns.GROUP],
                values=_standing_out(row, summary.residuals, broken_down, lang=lang),
                q=_q(row[columns.Q], lang=lang),
                v=numbers.decimal(row[columns.V], 2, lang=lang),
            )
            for row in holding.head(SHOWN).to_dict("records")
        ),
        note=note.format(tests=numbers.count(len(tested), lang=lang), n=numbers.count(len(holding), lang=lang)),
        hidden=hidden("hidden_differences", len(holding), SHOWN, lang=lang),
        words=group_words(summary.group_terms, lang=lang),
    )


def _standing_out(
    row: Mapping[str, str], residuals: pd.DataFrame, broken_down: Mapping[str, Breakdown], *, lang: str
) -> tuple[str, ...]:
    """Say of each value that stands out how often it names the theme, and how often the others do."""
    words = WORDS[lang]
    group, theme = row[columns.GROUP], row[columns.THEME]
    compared = residuals[(residuals[columns.GROUP] == group) & (residuals[columns.THEME] == theme)]
    n_all, base_all = compared[columns.N].sum(), compared[columns.BASE].sum()
    lines = []
    for found in compared[compared[columns.HOLDS] == 1].to_dict("records"):
        value = found[columns.VALUE]
        shown = figure(broken_down[group].values[value][theme], label=value, lang=lang)
        lines.append(
            words["more_often" if found[columns.RESIDUAL] > 0 else "less_often"].format(
                value=value,
                share=shown.share,
                ratio=shown.ratio,
                interval=words["interval_short"].format(interval=shown.interval),
                rest=numbers.percent(found[columns.REST], lang=lang),
                rest_ratio=numbers.ratio(n_all - found[columns.N], base_all - found[columns.BASE], lang=lang),
            )
        )
    return tuple(lines) or (words["none_stands_out"],)


def _q(q: float, *, lang: str) -> str:
    """Write an adjusted p-value.

    >>> _q(0.0312, lang="vi"), _q(0.0002, lang="en")
    ('0,031', '< 0.001')
    """
    return f"< {numbers.decimal(LEAST_Q, 3, lang=lang)}" if q < LEAST_Q else numbers.decimal(q, 3, lang=lang)


def group_words(terms: pd.DataFrame, *, lang: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """List the typical words of each value with the number of contributions that hold them."""
    return tuple(
        (
            f"{group}: {value}",
            tuple((row[columns.TERM], numbers.count(row[columns.N], lang=lang)) for row in rows.to_dict("records")),
        )
        for (group, value), rows in terms.groupby([columns.GROUP, columns.VALUE], sort=False)
    )
