"""Tables and texts for a terminal."""

from collections.abc import Sequence

import pandas as pd

from thamluan.pipeline.report.figures import figure, overall, rank
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.themes.codebook import Codebook
from thamluan.pipeline.themes.evaluation import Evaluation
from thamluan.pipeline.themes.model import Model

FIGURE_HEADS = ("precision", "recall", "F1", "95% interval", "support")


def digest(report: Report) -> str:
    """Write the shares of the themes over all contributions, the greatest first, with count, base and interval."""
    words, labels = WORDS[report.lang], report.codebook.labels(report.lang)
    shares = overall(report.summary.frequencies)
    rows = []
    for theme in rank(shares):
        shown = figure(shares[theme], label=labels[theme], lang=report.lang)
        rows.append((shown.label, shown.ratio, shown.share, shown.interval))
    return grid([(words["theme"], words["ratio"], words["share"], words["interval"]), *rows])


def made(model: Model) -> str:
    """Say what a model was made of, and how it does on what it was measured on."""
    lines = [f"{len(model.codebook.themes)} themes from {model.facts['trained_on']['texts']} texts"]
    for entry in model.facts["measured_on"]:
        files = ", ".join(file["file"] for file in entry["files"])
        for name in ("themes", "stances"):
            if name in entry:
                macro = entry[name]["macro"]
                lines.append(f"{files}: {name} macro-F1 {macro['f1']:.3f} ({macro['low']:.3f}–{macro['high']:.3f})")
    return "\n".join(lines)


def measured(evaluation: Evaluation) -> str:
    """Write an evaluation: the figures of the themes, and of the stances where there are any."""
    parts = [f"{evaluation.n_answers} answers", figures(evaluation.themes, head="theme")]
    if evaluation.stances is not None:
        parts.append(figures(evaluation.stances, head="stance"))
    return "\n\n".join(parts)


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


def describe(codebook: Codebook, *, lang: str) -> str:
    """Write a codebook for reading: a paragraph a theme and a line a stance."""
    parts = [f"{codebook.title[lang]} ({codebook.id}, {codebook.version})"]
    for theme in codebook.themes:
        lines = [theme.definition[lang], theme.excludes[lang] and f"≠ {theme.excludes[lang]}", ", ".join(theme.cues)]
        parts.append("\n".join([f"{theme.id}: {theme.label[lang]}", *(f"    {line}" for line in lines if line)]))
    parts.append("\n".join(f"{stance.id}: {stance.label[lang]}" for stance in codebook.stances))
    return "\n\n".join(parts)


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
