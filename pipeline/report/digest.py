"""Tables and texts for a terminal."""

from collections.abc import Sequence

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report.figures import figure, overall, rank
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.numbers import MISSING, is_missing
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.measuring.agreement import COUNTS, Agreement
from thamluan.pipeline.themes.measuring.evaluation import Evaluation
from thamluan.pipeline.themes.measuring.mistakes import pairs
from thamluan.pipeline.themes.model import Model

FIGURE_HEADS = ("precision", "recall", "F1", "95% interval", "support")
CALIBRATION_HEADS = ("ECE", "Brier")
MEASURE_HEADS = {"alpha": "alpha", "kappa": "kappa", "f1": "F1", "agreement": "same"}
N_PAIRS_SHOWN = 10


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
    n_texts = sum(model.facts.get(name, {}).get("texts", 0) for name in ("trained_on", "guessed_on"))
    lines = [f"{len(model.codebook.themes)} themes from {n_texts} texts"]
    for entry in model.facts["measured_on"]:
        files = ", ".join(file["file"] for file in entry["files"])
        for name in ("themes", "stances"):
            if name in entry:
                macro = entry[name]["macro"]
                lines.append(f"{files}: {name} macro-F1 {macro['f1']:.3f} ({macro['low']:.3f}–{macro['high']:.3f})")
    return "\n".join(lines)


def measured(evaluation: Evaluation) -> str:
    """Write an evaluation: the figures of the themes, of the stances where there are any, and what is confused most."""
    calibration = evaluation.calibration
    parts = [f"{evaluation.n_answers} answers", figures(evaluation.themes, head="theme", calibration=calibration)]
    if evaluation.stances is not None:
        parts.append(figures(evaluation.stances, head="stance"))
    if columns.STANCE in calibration.index:
        ece, brier = calibration.loc[columns.STANCE]
        parts.append(f"probability of the stance given: ECE {ece:.3f}, Brier {brier:.3f}")
    if evaluation.review is not None:
        parts.append("\n".join(f"{name}: {_shown_share(row)}" for name, row in evaluation.review.iterrows()))
    confused = pairs(evaluation.confusion)
    if confused:
        shown = [(f"{missed} > {given}", str(n)) for missed, given, n in confused[:N_PAIRS_SHOWN]]
        parts.append(grid([("missed > given instead", "answers"), *shown]))
    return "\n\n".join(parts)


def _shown_share(row: pd.Series) -> str:
    """Write a row of n, base, share, low and high."""
    interval = f"{_decimals(row[columns.LOW])}–{_decimals(row[columns.HIGH])}"
    return f"{int(row[columns.N])}/{int(row[columns.BASE])} = {_decimals(row[columns.SHARE])} ({interval})"


def figures(table: pd.DataFrame, *, head: str, calibration: pd.DataFrame | None = None) -> str:
    """Write the figures of an evaluation, with those of the probabilities where there are any."""
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
    if calibration is None:
        return grid([(head, *FIGURE_HEADS), *rows])
    told = calibration.reindex(table.index).to_numpy()
    rows = [(*row, *map(_decimals, values)) for row, values in zip(rows, told, strict=True)]
    return grid([(head, *FIGURE_HEADS, *CALIBRATION_HEADS), *rows])


def agreed(agreement: Agreement) -> str:
    """Write how far two coders agree: over all, by theme, and by stance where both gave any."""
    counts = f"{agreement.n_answers} answers coded by both; {agreement.n_only_first} by the first alone"
    lines = [f"{counts}, {agreement.n_only_second} by the second alone"]
    if agreement.n_other_texts:
        lines.append(f"{agreement.n_other_texts} rows have the same id but another text")
    tables = {"all at once": agreement.overall, "theme": agreement.themes, "stance": agreement.stances}
    shown = [coefficients(table, head=head) for head, table in tables.items() if table is not None]
    return "\n\n".join(["\n".join(lines), *shown])


def coefficients(table: pd.DataFrame, *, head: str) -> str:
    """Write coefficients of agreement with their intervals, and what they were counted on."""
    rows = []
    for id, row in table.iterrows():
        cells = [
            f"{_decimals(row[name])} ({_decimals(row[f'{name}_low'])}–{_decimals(row[f'{name}_high'])})"
            for name in MEASURE_HEADS
        ]
        rows.append((str(id), *cells, *(str(int(row[name])) for name in COUNTS)))
    return grid([(head, *MEASURE_HEADS.values(), *COUNTS), *rows])


def _decimals(value: float) -> str:
    return MISSING if is_missing(value) else f"{value:.3f}"


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
