"""Making and measuring what the main jobs rest on: labelled files in, models and figures out."""

import logging
from collections.abc import Sequence
from pathlib import Path

from thamluan.pipeline import columns, output
from thamluan.pipeline.artefacts import DEFAULT_MODEL, sha256
from thamluan.pipeline.errors import OutputError
from thamluan.pipeline.report.card import card
from thamluan.pipeline.report.marks_card import marks_card
from thamluan.pipeline.report.tables import csv_bytes
from thamluan.pipeline.report.vectors_card import vectors_card
from thamluan.pipeline.run import check_not_read, warn_of
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.text.marks.restorer import FILES as MARKS_FILES
from thamluan.pipeline.text.marks.restorer import Restorer
from thamluan.pipeline.text.marks.training import train as learn_marks
from thamluan.pipeline.themes.classifying.vector_training import train as learn_vectors
from thamluan.pipeline.themes.classifying.vectors import FILES as VECTORS_FILES
from thamluan.pipeline.themes.classifying.vectors import WordVectors
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.learning.training import measure
from thamluan.pipeline.themes.learning.ways import fit_way
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.material.texts import read_texts
from thamluan.pipeline.themes.material.uncoded import has_column, read_uncoded
from thamluan.pipeline.themes.measuring.comparison import compare
from thamluan.pipeline.themes.measuring.evaluation import Evaluation, measure_codes
from thamluan.pipeline.themes.measuring.mistakes import mistakes
from thamluan.pipeline.themes.model import CARD, FILES, Model, load_model, model_files

log = logging.getLogger(__name__)


def make_model(
    labelled: Sequence[Path],
    out: Path,
    *,
    where: LabelledColumns,
    unlabelled: Sequence[Path] = (),
    dev: Sequence[Path] = (),
    codebook: Path | None = None,
    texts: Sequence[Path] = (),
    themes_may_lack: bool = False,
    single: bool = False,
    seed: int = DEFAULT_SEED,
    force: bool = False,
) -> Model:
    """Fit a model on labelled files, measure it on each of the `dev` files, write its folder with its card.

    A text that also stands in a `dev` file is not fitted on, which would flatter the model. A file with ids and codes
    alone gets its texts from the tables `texts`, by the column of ids that `where` names, else `id`. With a codebook,
    `unlabelled` files help where few texts are coded; with `themes_may_lack`, so do labelled files that lack the column
    of the themes.

    Raises:
        ThamluanError: when a file, a code or the folder is not usable; nothing is written.
    """
    output.check_output(out, force=force, names=FILES)
    by_id = read_texts(texts, id=where.id or columns.ID, text=where.text) if texts else None
    asked = load_codebook(codebook) if codebook else None
    bare = [path for path in labelled if asked and themes_may_lack and not has_column(path, where.themes)]
    coded = [path for path in labelled if path not in bare]
    training = read_labelled(coded, where=where, codebook=asked, elsewhere=by_id)
    uncoded = read_uncoded([*bare, *unlabelled], text=where.text)
    held_out = [read_labelled([path], where=where, codebook=training.codebook, elsewhere=by_id) for path in dev]
    fitted_on = training.without(text for measured in held_out for text in measured.texts)
    n_left_out = len(training.texts) - len(fitted_on.texts)
    if n_left_out:
        log.info("%d texts stand in a file to measure on too; they are left out of the fit", n_left_out)
    uncoded = uncoded.without(text for measured in held_out for text in measured.texts)
    model = fit_way(fitted_on, uncoded, by_codebook=codebook is not None, single=single, seed=seed)
    model = measure(model, held_out, seed=seed)
    files = model_files(model) | {CARD: card(model).encode("utf-8")}
    output.place_files(files.items(), out, names=FILES, force=force)
    return model


def make_marks(
    corpus: Path, out: Path, *, own: Sequence[Path] = (), dev: Sequence[Path] = (), force: bool = False
) -> Restorer:
    """Fit a model of missing marks on a plain text corpus and own texts; write its folder with its card.

    Raises:
        ThamluanError: when a file or the folder is not usable; nothing is written.
    """
    output.check_output(out, force=force, names=MARKS_FILES)
    restorer = learn_marks(corpus, own=own, dev=dev)
    written = restorer.files() | {CARD: marks_card(restorer).encode("utf-8")}
    output.place_files(written.items(), out, names=MARKS_FILES, force=force)
    return restorer


def make_vectors(corpus: Path, out: Path, *, seed: int = DEFAULT_SEED, force: bool = False) -> WordVectors:
    """Make word vectors of a plain text corpus; write their folder with its card.

    Raises:
        ThamluanError: when the corpus or the folder is not usable; nothing is written.
    """
    output.check_output(out, force=force, names=VECTORS_FILES)
    vectors = learn_vectors(corpus, seed=seed)
    written = vectors.files() | {CARD: vectors_card(vectors).encode("utf-8")}
    output.place_files(written.items(), out, names=VECTORS_FILES, force=force)
    return vectors


def measure_model(
    labelled: Sequence[Path],
    folder: Path | None,
    *,
    where: LabelledColumns,
    mistakes_to: Path | None = None,
    force: bool = False,
    seed: int = DEFAULT_SEED,
) -> Evaluation:
    """Measure the model in a folder, or the default one, on labelled files taken together.

    The answers that it codes otherwise are written to `mistakes_to`, as csv, where that is named.

    Raises:
        ThamluanError: when a file, a code, the model or the place to write to is not usable.
    """
    if mistakes_to is not None:
        if mistakes_to.suffix.lower() != ".csv":
            raise OutputError(f"{mistakes_to.name}: mistakes are listed as csv", hint="give it the ending .csv")
        output.check_new(mistakes_to, force=force)
        check_not_read([mistakes_to], labelled)
    model = load_model(folder or DEFAULT_MODEL)
    fitted_on = {file["sha256"] for file in model.facts.get("trained_on", {}).get("files", ())}
    seen = [path.name for path in labelled if path.is_file() and sha256(path) in fitted_on]
    if seen:
        warn_of("file(s) are among those that the model was fitted on, so the figures flatter it", seen)
    comparison = compare(model, read_labelled(labelled, where=where, codebook=model.codebook))
    if mistakes_to is not None:
        listed = mistakes(comparison)
        output.place_file(csv_bytes(listed, measures=[columns.PROBABILITY]), mistakes_to, force=force)
        log.info("%d of %d answers are coded otherwise: %s", len(listed), len(comparison.themes), mistakes_to)
    return measure_codes(comparison, seed=seed)
