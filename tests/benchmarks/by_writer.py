"""How well the default model's recipe codes answers by writers it has not seen.

    python tests/benchmarks/by_writer.py [SENTENCES.jsonl ...]

Cross-validation over the files of corpora/labelled, each by one writer: fitted on five sixths of the files (and on the
sentences, where given), measured on the others, the whole way that `thamluan run` takes.
"""

import sys
from pathlib import Path

import numpy as np

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.report.digest import figures as shown
from thamluan.pipeline.settings import Columns
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.themes.codebook import load_codebook
from thamluan.pipeline.themes.coding import code, gather
from thamluan.pipeline.themes.evaluation import figures
from thamluan.pipeline.themes.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.training import train

N_FOLDS = 6


def main() -> None:
    """Print the figures over all answers, each coded by a model that has not seen its writer."""
    codebook = load_codebook()
    files = sorted((CORPORA / "labelled").glob("answers_train_*.jsonl"))
    sentences = [Path(argument) for argument in sys.argv[1:]]
    truth, given = [], []
    for fold in range(N_FOLDS):
        tested = files[fold::N_FOLDS]
        fitted = [file for file in files if file not in tested]
        model = train(read_labelled([*fitted, *sentences], where=LabelledColumns(), codebook=codebook))
        held_out = read_labelled(tested, where=LabelledColumns(), codebook=codebook)
        contributions = as_contributions(held_out.texts)
        units = code(segment(contributions), model)
        answers = gather(contributions, contributions[[]], units=units, codebook=codebook, asked=Columns())
        stances = answers["stance"].to_numpy()[:, None] == np.array(codebook.stance_ids)
        truth.append(np.hstack([held_out.themes, held_out.stances]))
        given.append(np.hstack([answers[list(codebook.theme_ids)].to_numpy(), stances.astype(int)]))
        print(f"fold {fold + 1} of {N_FOLDS}: {len(held_out.texts)} answers")
    true, coded = np.vstack(truth), np.vstack(given)
    n_themes = len(codebook.theme_ids)
    for ids, part in ((codebook.theme_ids, slice(0, n_themes)), (codebook.stance_ids, slice(n_themes, None))):
        print("\n" + shown(figures(true[:, part], coded[:, part], ids=ids, seed=0), head="code"))


if __name__ == "__main__":
    main()
