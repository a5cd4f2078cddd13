"""The main jobs: files in, report out. Knows every room."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns, output
from thamluan.pipeline.aggregate import Summary, summarise
from thamluan.pipeline.aggregate.picks import Picks, read_picks
from thamluan.pipeline.artefacts import DEFAULT_MODEL, sha256, versions
from thamluan.pipeline.errors import OutputError, ThamluanError
from thamluan.pipeline.readers import Reading, is_report, read
from thamluan.pipeline.report import WRITERS, Report, answers_writer, check_output, write
from thamluan.pipeline.report.tables import MEASURE_PLACES
from thamluan.pipeline.report.word import check_style, named_style
from thamluan.pipeline.settings import Progress, Settings
from thamluan.pipeline.text import segment
from thamluan.pipeline.text.repair import repair_all, repairs_without, tally
from thamluan.pipeline.text.repairs.legacy import seems_legacy
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coders import load_coder
from thamluan.pipeline.themes.coding import Coder, check_kept, code, gather
from thamluan.pipeline.themes.cues import CueCoder
from thamluan.pipeline.themes.learning.learnt import LearntCoder, learn
from thamluan.pipeline.themes.measuring.evaluation import MACRO
from thamluan.pipeline.themes.model import MANIFEST, Model

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


@dataclass(frozen=True)
class Codes:
    """What a report is counted from: contributions with their codes, and what could not be read."""

    contributions: pd.DataFrame
    attributes: pd.DataFrame
    answers: pd.DataFrame
    units: pd.DataFrame
    rejected: pd.DataFrame
    n_rejected: int
    codebook: Codebook


def run(inputs: Sequence[Path], out: Path, *, settings: Settings, progress: Progress | None = None) -> Report:
    """Read, code, summarise, report; nothing is written unless all of it succeeds.

    Raises:
        ThamluanError: with what is wrong, where, and what to do.
    """
    check_output(out, formats=settings.formats, force=settings.force)
    check_style(settings.style)
    check_not_read([out / name for name in WRITERS], inputs)
    picks = read_picks(settings.pin, settings.drop)
    coded = code_files(inputs, settings=settings, progress=progress)
    reading = coded.reading
    found = Codes(
        contributions=reading.contributions,
        attributes=reading.attributes,
        answers=coded.answers,
        units=coded.units,
        rejected=reading.rejected,
        n_rejected=sum(file.n_rejected for file in reading.files),
        codebook=coded.coder.codebook,
    )
    return conclude(
        found,
        out,
        settings=settings,
        picks=picks,
        told=lambda summary: _provenance(coded, summary, settings=settings),
    )


def conclude(
    codes: Codes,
    out: Path,
    *,
    settings: Settings,
    picks: Picks,
    told: Callable[[Summary], dict[str, object]],
    corrections: pd.DataFrame | None = None,
) -> Report:
    """Summarise codes and write the report; `told` says of a summary where it came from."""
    summary = summarise(
        codes.contributions,
        codes.attributes,
        answers=codes.answers,
        units=codes.units,
        codebook=codes.codebook,
        asked=settings.columns,
        n_rejected=codes.n_rejected,
        lang=settings.lang,
        min_base=settings.min_base,
        seed=settings.seed,
        picks=picks,
        masks=settings.masks,
    )
    report = Report(
        answers=codes.answers,
        units=codes.units.drop(columns=columns.MODEL_TEXT),
        summary=summary,
        rejected=codes.rejected,
        codebook=codes.codebook,
        provenance=told(summary),
        lang=settings.lang,
        style=settings.style,
        corrections=corrections,
    )
    write(report, out, formats=settings.formats, force=settings.force)
    return report


def tag(inputs: Sequence[Path], out: Path, *, settings: Settings, progress: Progress | None = None) -> int:
    """Read and code, and write the table of answers into one file; give the number of its rows.

    Raises:
        ThamluanError: with what is wrong, where, and what to do.
    """
    write_answers = answers_writer(out)
    output.check_new(out, force=settings.force)
    check_not_read([out], inputs)
    coded = code_files(inputs, settings=settings, progress=progress)
    output.place_file(write_answers(coded.answers), out, force=settings.force)
    return len(coded.answers)


def check_not_read(written: Iterable[Path], inputs: Iterable[Path]) -> None:
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
    coder = load_coder(model=settings.model, codebook=settings.codebook, learns=True)
    check_kept(settings.columns, codebook=coder.codebook)
    reading = read(inputs, columns=settings.columns, lang=settings.lang, progress=progress)
    for note in reading.notes:
        log.info(note)
    if len(reading.rejected):
        warn_of("file(s), sheet(s) or row(s) could not be read", reading.rejected[columns.SOURCE])
    repaired = repair_all(reading.contributions[columns.TEXT].tolist(), names=repairs, progress=progress)
    units = segment(reading.contributions, repaired=repaired)
    if isinstance(coder, CueCoder):
        coder = learn(coder, units, single=settings.single, seed=settings.seed)
    units = as_written(code(units, coder, progress=progress), codebook=coder.codebook)
    answers = gather(
        reading.contributions, reading.attributes, units=units, codebook=coder.codebook, asked=settings.columns
    )
    is_doubtful = [seems_legacy(seen.text) for seen in repaired]
    if any(is_doubtful):
        doubtful = reading.contributions[is_doubtful]
        warn_of(
            "contribution(s) may be in an old encoding and were left as they are",
            (doubtful[columns.SOURCE] + ", " + doubtful[columns.PLACE]).tolist(),
        )
    coded = CodedFiles(reading, units, answers, coder, tally(repaired), sum(is_doubtful))
    _check_complete(coded)
    return coded


def as_written(units: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Round the probabilities of units as units.csv has them, so that a report from that file counts with the same."""
    names = [columns.probability(theme) for theme in codebook.theme_ids]
    return units.assign(**{name: units[name].round(MEASURE_PLACES) for name in names})


def warn_of(what: str, places: Sequence[str]) -> None:
    """Warn once, with a count and the first places."""
    different = list(dict.fromkeys(places))
    more = f" and {len(different) - N_PLACES_TOLD} more" if len(different) > N_PLACES_TOLD else ""
    log.warning("%d %s: %s%s", len(places), what, "; ".join(different[:N_PLACES_TOLD]), more)


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
            **counts(summary),
            "rejected_entries": len(coded.reading.rejected),
            "doubtful_encoding": coded.n_doubtful,
        },
        "repairs": coded.repairs,
        "coded_by": coded.coder.way,
        **_learnt(coded.coder),
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
            "single": settings.single,
            "lang": settings.lang,
            "style": named_style(settings.style),
            "skipped_repairs": list(settings.skipped),
            "masked": settings.masks,
            "pinned": sha256(settings.pin) if settings.pin else None,
            "dropped": sha256(settings.drop) if settings.drop else None,
            "seed": settings.seed,
            "min_base": settings.min_base,
            "formats": list(settings.formats),
        },
        "withheld_groupings": list(summary.withheld),
        "versions": versions(),
    }


def counts(summary: Summary) -> dict[str, int]:
    """Give the counts of a summary, by name."""
    return {
        "read": summary.n_read,
        "coded": summary.n_coded,
        "empty": summary.n_empty,
        "empty_but_for_marks": summary.n_marks_only,
        "rejected": summary.n_rejected,
        "without_theme": summary.n_without_theme,
        "units": summary.n_units,
        "respondents": summary.n_respondents,
    }


def _learnt(coder: Coder) -> dict[str, object]:
    """Say from how many uncoded answers a coder was learnt, by theme, and how well it did where that was measured."""
    model = coder.model if isinstance(coder, LearntCoder) else coder
    if not isinstance(model, Model):
        return {}
    told: dict[str, object] = {}
    if "guessed_on" in model.facts:
        told["learnt_from"] = {name: model.facts["guessed_on"][name] for name in ("texts", "texts_of_theme")}
    if "cross_validated" in model.facts:
        checked = model.facts["cross_validated"]
        told["cross_validated"] = {"n": checked["n_answers"], **checked["themes"][MACRO]}
    return told


def _measured(coder: Coder) -> dict[str, object]:
    """Give the figures of the model on the texts that it was measured on, macro-F1 with support and interval."""
    if not isinstance(coder, Model):
        return {}
    dev = []
    for measured in coder.facts.get("measured_on", ()):
        entry = {"files": [file["file"] for file in measured["files"]], "n": measured["n_answers"]}
        dev.append(entry | {name: measured[name]["macro"] for name in ("themes", "stances") if name in measured})
    return {"dev": dev}
