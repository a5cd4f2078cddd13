"""How well the default model's recipe codes answers by writers it has not seen, by the number of writers it has seen.

    python tests/benchmarks/learning_curve.py [SENTENCES.jsonl | PHRASES.jsonl ...]

Each file of corpora/labelled is one writer. Two groups of writers, drawn with a seed, are held out in turn; of the
others the first quarter, half, three quarters and all are fitted on, with the named files in each fit.
"""

import sys
from pathlib import Path

import numpy as np

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.report.digest import grid
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.learning.training import train
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.measuring.comparison import compare
from thamluan.pipeline.themes.measuring.evaluation import MACRO, figures

FOLDS = 2
HELD_OUT = 1 / 6  # of the writers, in each fold
POINTS = (0.25, 0.5, 0.75, 1.0)  # of the other writers


def main() -> None:
    """Print a row a point: writers and answers fitted on, and macro-F1 of themes and stances with its interval."""
    codebook = load_codebook()
    writers = sorted((CORPORA / "labelled").glob("answers_train_*.jsonl"))
    always = [Path(argument) for argument in sys.argv[1:]]
    order = np.random.default_rng(DEFAULT_SEED).permutation(len(writers))
    n_held_out = round(HELD_OUT * len(writers))
    groups = [[writers[number] for number in order[fold * n_held_out :][:n_held_out]] for fold in range(FOLDS)]
    rows = [("writers", "answers", "themes", "95% interval", "stances", "95% interval")]
    for point in POINTS:
        compared, n_answers = [], 0
        for group in groups:
            others = [writers[number] for number in order if writers[number] not in group]
            seen = others[: round(point * len(others))]
            fitted_on = read_labelled([*seen, *always], where=LabelledColumns(), codebook=codebook)
            n_answers += sum(file["rows"] for file in fitted_on.files[: len(seen)])
            held_out = read_labelled(group, where=LabelledColumns(), codebook=codebook)
            compared.append(compare(train(fitted_on), held_out))
        themes = figures(
            np.vstack([comparison.labelled.themes for comparison in compared]),
            np.vstack([comparison.themes for comparison in compared]),
            ids=codebook.theme_ids,
            seed=DEFAULT_SEED,
        )
        stances = figures(
            np.vstack([comparison.labelled.stances for comparison in compared]),
            np.vstack([comparison.stances for comparison in compared]),
            ids=codebook.stance_ids,
            seed=DEFAULT_SEED,
        )
        macro = [table.loc[MACRO] for table in (themes, stances)]
        shown = [cell for row in macro for cell in (f"{row['f1']:.3f}", f"{row['low']:.3f}–{row['high']:.3f}")]
        rows.append((str(len(seen)), f"{n_answers // FOLDS:,}", *shown))
        print(f"{len(seen)} writers: themes {shown[0]}, stances {shown[2]}", file=sys.stderr)
    print(grid(rows))


if __name__ == "__main__":
    main()
