"""From labelled files to a model's folder, and from a model's folder to its figures."""

import logging
from collections.abc import Sequence
from pathlib import Path

from thamluan.pipeline import output
from thamluan.pipeline.artefacts import DEFAULT_MODEL
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.themes.card import card
from thamluan.pipeline.themes.codebook import load_codebook
from thamluan.pipeline.themes.evaluation import Evaluation, evaluate
from thamluan.pipeline.themes.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.model import CARD, FILES, Model, load_model, model_files
from thamluan.pipeline.themes.training import measure, train

log = logging.getLogger(__name__)


def make_model(
    labelled: Sequence[Path],
    out: Path,
    *,
    where: LabelledColumns,
    dev: Sequence[Path] = (),
    codebook: Path | None = None,
    single: bool = False,
    seed: int = DEFAULT_SEED,
    force: bool = False,
) -> Model:
    """Fit a model on labelled files, measure it on each of the `dev` files, write its folder with its card.

    A text that also stands in a `dev` file is not fitted on, which would flatter the model.

    Raises:
        ThamluanError: when a file, a code or the folder is not usable; nothing is written.
    """
    output.check_output(out, force=force, names=FILES)
    training = read_labelled(labelled, where=where, codebook=load_codebook(codebook) if codebook else None)
    held_out = [read_labelled([path], where=where, codebook=training.codebook) for path in dev]
    fitted_on = training.without(text for measured in held_out for text in measured.texts)
    n_left_out = len(training.texts) - len(fitted_on.texts)
    if n_left_out:
        log.info("%d texts stand in a file to measure on too; they are left out of the fit", n_left_out)
    model = measure(train(fitted_on, single=single, seed=seed), held_out, seed=seed)
    files = model_files(model) | {CARD: card(model).encode("utf-8")}
    output.place_files(files.items(), out, names=FILES, force=force)
    return model


def measure_model(
    labelled: Sequence[Path], folder: Path | None, *, where: LabelledColumns, seed: int = DEFAULT_SEED
) -> Evaluation:
    """Measure the model in a folder, or the default one, on labelled files taken together."""
    model = load_model(folder or DEFAULT_MODEL)
    return evaluate(model, read_labelled(labelled, where=where, codebook=model.codebook), seed=seed)
