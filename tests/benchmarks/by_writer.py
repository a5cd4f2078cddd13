"""How well the default model's recipe codes answers by writers it has not seen.

    python tests/benchmarks/by_writer.py [--texts SENTENCES.jsonl ...] [FILE ...]

One fit on corpora/labelled and the files named, as `make model` makes it. Each text is coded by n-grams and a network
that were fitted without its writer's file; what is shown is what the blend of them gives, at the model's thresholds.
Blend and thresholds, some fifty numbers, were chosen on these same texts.
"""

import argparse
from pathlib import Path

import numpy as np

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.report.digest import figures as shown
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.learning.training import train
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.material.texts import read_texts
from thamluan.pipeline.themes.measuring.calibration import calibration
from thamluan.pipeline.themes.measuring.evaluation import figures

ANSWERS, PHRASES = "answers_train_", "phrases_train"
FIRST_WRITERS = 26  # whose files were there before any model
LATER = ("B", "C")  # how the names of the other writers begin


def main() -> None:
    """Print the figures over all answers, over those of the first writers, and over each further file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    asked = parser.parse_args()
    own = [path for name in (ANSWERS, PHRASES) for path in sorted((CORPORA / "labelled").glob(f"{name}*.jsonl"))]
    where, codebook = LabelledColumns(), load_codebook()
    elsewhere = read_texts(asked.texts, id="id", text=where.text) if asked.texts else None
    labelled = read_labelled([*own, *asked.files], where=where, codebook=codebook, elsewhere=elsewhere)
    classifier = train(labelled).classifier
    found = classifier.held_out_
    given = classifier.decide(found).astype(int)
    truth = np.hstack([labelled.themes, labelled.stances])
    files = np.array([origin.file for origin in labelled.origins])
    is_answer = np.char.startswith(files, ANSWERS)
    is_first = is_answer & np.array([not name.removeprefix(ANSWERS).startswith(LATER) for name in files])
    groups = {"all answers": is_answer, f"answers of the first {FIRST_WRITERS} writers": is_first}
    groups |= {name: files == name for name in dict.fromkeys(files) if not name.startswith(ANSWERS)}
    n_themes = len(codebook.theme_ids)
    for name, rows in groups.items():
        print(f"\n{name}: {rows.sum()}")
        for ids, part in ((codebook.theme_ids, slice(0, n_themes)), (codebook.stance_ids, slice(n_themes, None))):
            kept = rows & truth[:, part].any(axis=1) if part.start else rows
            of_code = calibration(found[kept][:, part], truth[kept][:, part], ids=ids)
            print("\n" + shown(figures(truth[kept][:, part], given[kept][:, part], ids=ids, seed=0), head="code"))
            print(f"expected calibration error: {of_code['ece'].mean():.3f} (highest {of_code['ece'].max():.3f})")


if __name__ == "__main__":
    main()
