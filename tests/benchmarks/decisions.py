"""What the choices under "Decisions" in CONTRIBUTING.md do to the default model's codes.

    python tests/benchmarks/decisions.py LABELLED.jsonl ...

Macro-F1 of themes and stances on each file: as shipped, and with one choice undone at a time.
"""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from thamluan.pipeline import text
from thamluan.pipeline.artefacts import DEFAULT_MODEL
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.report.digest import grid
from thamluan.pipeline.text import units
from thamluan.pipeline.text.repair import repair_all, repairs_without
from thamluan.pipeline.themes import coding
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.measuring.evaluation import MACRO, evaluate
from thamluan.pipeline.themes.model import load_model


def main() -> None:
    """Print a row a file and choice."""
    model = load_model(DEFAULT_MODEL)
    rows = [("", "themes", "stances")]
    for path in map(Path, sys.argv[1:]):
        labelled = read_labelled([path], where=LabelledColumns(), codebook=model.codebook)
        without_marks = replace(labelled, texts=tuple(map(strip_marks, labelled.texts)))
        found = {"as shipped": evaluate(model, labelled), "typed without marks": evaluate(model, without_marks)}
        with patch.object(text, "repair_all", partial(repair_all, names=repairs_without(["restore_marks"]))):
            found["typed without marks, which stay away"] = evaluate(model, without_marks)
        with patch.object(text, "repair_all", partial(repair_all, names=["compose"])):
            found["nothing repaired but NFC"] = evaluate(model, labelled)
        with patch.object(coding, "CONTEXT_UNITS", 0):
            found["each unit by itself"] = evaluate(model, labelled)
        with patch.object(units, "LIST_WORDS", sys.maxsize):
            found["sentences not cut at semicolons"] = evaluate(model, labelled)
        for choice, evaluation in found.items():
            macro = (df.loc[MACRO, "f1"] for df in (evaluation.themes, evaluation.stances))
            rows.append((f"{path.stem}, {choice}", *(f"{f1:.3f}" for f1 in macro)))
    print(grid(rows))


if __name__ == "__main__":
    main()
