"""The jobs: files in, report out; labelled files in, model out. The only module that knows every room."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns, output
from thamluan.pipeline.aggregate import Summary, summarise
from thamluan.pipeline.artefacts import DEFAULT_MODEL, sha256, versions
from thamluan.pipeline.errors import OutputError, ThamluanError
from thamluan.pipeline.readers import Reading, is_report, read
from thamluan.pipeline.report import WRITERS, Report, answers_writer, check_output, write
from thamluan.pipeline.report.card import card
from thamluan.pipeline.report.marks_card import marks_card
from thamluan.pipeline.report.tables import csv_bytes
from thamluan.pipeline.settings import DEFAULT_SEED, Progress, Settings
from thamluan.pipeline.text import segment
from thamluan.pipeline.text.marks.restorer import FILES as MARKS_FILES
from thamluan.pipeline.text.marks.restorer import Restorer
from thamluan.pipeline.text.marks.training import train as learn_marks
from thamluan.pipeline.text.repair import repair_all, repairs_without, tally
from thamluan.pipeline.text.repairs.legacy import seems_legacy
from thamluan.pipeline.themes.codebook import load_codebook
from thamluan.pipeline.themes.coders import load_coder
from thamluan.pipeline.themes.coding import Coder, check_kept, code, gather
from thamluan.pipeline.themes.comparison import compare
from thamluan.pipeline.themes.evaluation import Evaluation, measure_codes
from thamluan.pipeline.themes.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.mistakes import mistakes
from thamluan.pipeline.themes.model import CARD, FILES, MANIFEST, Model, load_model, model_files
from thamluan.pipeline.themes.training import measure, train

N_PLACES_TOLD = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CodedFiles:
    """Contributions as read, with the codes they got."""

    reading: Reading
    units: pd.DataFrame
    answers: pd.DataFrame
    coder: Coder
    repairs: dict[str, dict[str, int]]  # for each repair the texts and places that it changed
    n_doubtful: int  # contributions that look like text in an old encoding, and could not be decoded for certain


def run(inputs: Sequence[Path], out: Path, *, settings: Settings, progress: Progress | None = None) -> Report:
    """Read, code, summarise, report; nothing is written unless all of it succeeds.

    Raises:
        ThamluanError: with what is wrong, where, and what to do.
    """
    check_output(out, force=settings.force)
    _check_not_read([out / name for name in WRITERS], inputs)
    coded = code_files(inputs, settings=settings, progress=progress)
    reading = coded.reading
    summary = summarise(
        reading.contributions,
        reading.attributes,
        answers=coded.answers,
        units=coded.units,
        codebook=coded.coder.codebook,
        asked=settings.columns,
        n_rejected=sum(file.n_rejected for file in reading.files),
        lang=settings.lang,
    )
    report = Report(
        answers=coded.answers,
        units=coded.units.drop(columns=columns.MODEL_TEXT),
        summary=summary,
        rejected=reading.rejected,
        codebook=coded.coder.codebook,
        provenance=_provenance(coded, summary, settings=settings),
        lang=settings.lang,
    )
    write(report, out, force=settings.force)
    return report


def tag(inputs: Sequence[Path], out: Path, *, settings: Settings, progress: Progress | None = None) -> int:
    """Read and code, and write the table of answers into one file; give the number of its rows.

    Raises:
        ThamluanError: with what is wrong, where, and what to do.
    """
    write_answers = answers_writer(out)
    output.check_new(out, force=settings.force)
    _check_not_read([out], inputs)
    coded = code_files(inputs, settings=settings, progress=progress)
    output.place_file(write_answers(coded.answers), out, force=settings.force)
    return len(coded.answers)


def _check_not_read(written: Iterable[Path], inputs: Iterable[Path]) -> None:
    """See that nothing is written over an input, or beside the inputs of a folder, where the next run would read it.

    A report in a folder of its own below an input folder is passed over by the next run.
    """
    read_from = {path.resolve() for path in inputs}
    for path in written:
        place = path.resolve()
        is_input = path.exists() and not read_from.isdisjoint(place.parents) and not is_report(place.parent)
        if is_input or place in read_from or place.parent in read_from:
            raise OutputError(f"{path}: lies among the inputs", hint="choose another place")


def code_files(inputs: Sequence[Path], *, settings: Settings, progress: Progress | None = None) -> CodedFiles:
    """Read files and code what they say."""
    repairs = repairs_without(settings.skipped)
    coder = load_coder(model=settings.model, codebook=settings.codebook)
    check_kept(settings.columns, codebook=coder.codebook)
    reading = read(inputs, columns=settings.columns, lang=settings.lang, progress=progress)
    for note in reading.notes:
        log.info(note)
    if len(reading.rejected):
        _warn("file(s), sheet(s) or row(s) could not be read", reading.rejected[columns.SOURCE])
    repaired = repair_all(reading.contributions[columns.TEXT].tolist(), names=repairs, progress=progress)
    units = code(segment(reading.contributions, repaired=repaired), coder, progress=progress)
    answers = gather(
        reading.contributions, reading.attributes, units=units, codebook=coder.codebook, asked=settings.columns
    )
    is_doubtful = [seems_legacy(seen.text) for seen in repaired]
    if any(is_doubtful):
        doubtful = reading.contributions[is_doubtful]
        _warn(
            "contribution(s) may be in an old encoding and were left as they are",
            (doubtful[columns.SOURCE] + ", " + doubtful[columns.PLACE]).tolist(),
        )
    coded = CodedFiles(reading, units, answers, coder, tally(repaired), sum(is_doubtful))
    _check_complete(coded)
    return coded


def _warn(what: str, places: Sequence[str]) -> None:
    """Warn once, with a count and the first places."""
    different = list(dict.fromkeys(places))
    more = f" and {len(different) - N_PLACES_TOLD} more" if len(different) > N_PLACES_TOLD else ""
    log.warning("%d %s: %s%s", len(places), what, "; ".join(different[:N_PLACES_TOLD]), more)


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
        _check_not_read([mistakes_to], labelled)
    model = load_model(folder or DEFAULT_MODEL)
    fitted_on = {file["sha256"] for file in model.facts.get("trained_on", {}).get("files", ())}
    seen = [path.name for path in labelled if path.is_file() and sha256(path) in fitted_on]
    if seen:
        _warn("file(s) are among those that the model was fitted on, so the figures flatter it", seen)
    comparison = compare(model, read_labelled(labelled, where=where, codebook=model.codebook))
    if mistakes_to is not None:
        listed = mistakes(comparison)
        output.place_file(csv_bytes(listed, measures=[columns.PROBABILITY]), mistakes_to, force=force)
        log.info("%d of %d answers are coded otherwise: %s", len(listed), len(comparison.themes), mistakes_to)
    return measure_codes(comparison, seed=seed)


def _check_complete(coded: CodedFiles) -> None:
    """See that nothing was lost on the way: a row a contribution, in order, and the files' counts add up."""
    n_read = sum(file.n_read for file in coded.reading.files)
    n_rejected = sum(file.n_rejected for file in coded.reading.files)
    n_answers = len(coded.answers)
    in_order = coded.answers[columns.CONTRIBUTION].tolist() == list(range(1, n_answers + 1))
    if n_read != n_answers + n_rejected or not in_order:
        raise ThamluanError(
            f"Rows were lost: {n_read} read, {n_answers} coded or empty, {n_rejected} rejected.",
            hint="This is a mistake of the program; please report it. Nothing was written.",
        )


def _provenance(coded: CodedFiles, summary: Summary, *, settings: Settings) -> dict[str, object]:
    """Say where every number came from: run.json."""
    folder = settings.model or DEFAULT_MODEL
    codebook = coded.coder.codebook
    return {
        "inputs": [
            {
                "source": file.source,
                "sha256": file.sha256,
                "kind": file.kind,
                "encoding": file.encoding,
                "questions": list(file.questions),
                "rows": file.n_read,
                "rejected": file.n_rejected,
            }
            for file in coded.reading.files
        ],
        "counts": {
            "read": summary.n_read,
            "coded": summary.n_coded,
            "empty": summary.n_empty,
            "rejected": summary.n_rejected,
            "without_theme": summary.n_without_theme,
            "units": summary.n_units,
            "respondents": summary.n_respondents,
            "rejected_entries": len(coded.reading.rejected),
            "doubtful_encoding": coded.n_doubtful,
        },
        "repairs": coded.repairs,
        "coded_by": coded.coder.way,
        "model": {"name": folder.resolve().name, "sha256": sha256(folder / MANIFEST), **_measured(coded.coder)},
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": sha256(settings.codebook) if settings.codebook else None,
        },
        "settings": {
            "text": list(settings.columns.text),
            "id": settings.columns.id,
            "by": list(settings.columns.by),
            "weight": settings.columns.weight,
            "lang": settings.lang,
            "skipped_repairs": list(settings.skipped),
            "seed": settings.seed,
        },
        "versions": versions(),
    }


def _measured(coder: Coder) -> dict[str, object]:
    """Give the figures of the model on the texts that it was measured on, macro-F1 with support and interval."""
    if not isinstance(coder, Model):
        return {}
    dev = []
    for measured in coder.facts.get("measured_on", ()):
        entry = {"files": [file["file"] for file in measured["files"]], "n": measured["n_answers"]}
        dev.append(entry | {name: measured[name]["macro"] for name in ("themes", "stances") if name in measured})
    return {"dev": dev}
