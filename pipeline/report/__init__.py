"""From a summary to files: tables, the page, and where they came from."""

import hashlib
import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns, output
from thamluan.pipeline.errors import OutputError
from thamluan.pipeline.report import page, word
from thamluan.pipeline.report.exchange import codebook_qdc, project_qdpx
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.run_folders import ANSWERS, CODED_SAV, CORRECTIONS, RUN, UNITS, WORKBOOK
from thamluan.pipeline.report.statistics_file import sav
from thamluan.pipeline.report.tables import csv_bytes, encode
from thamluan.pipeline.report.workbook import xlsx
from thamluan.pipeline.settings import FORMATS
from thamluan.pipeline.themes.codebooks.codebook import dump_codebook

__all__ = ["ANSWERS_WRITERS", "FILES", "WRITERS", "Report", "answers_writer", "check_output", "write"]

log = logging.getLogger(__name__)

INTERVAL = (columns.SHARE, columns.LOW, columns.HIGH)


def answers_csv(report: Report) -> bytes:
    """Write the contributions with their themes."""
    return csv_bytes(report.answers)


def units_csv(report: Report) -> bytes:
    """Write the units with the probability of each theme."""
    return csv_bytes(report.units, measures=[columns.probability(theme) for theme in report.codebook.theme_ids])


def themes_csv(report: Report) -> bytes:
    """Write how often each theme is named, in all and by question and group."""
    return csv_bytes(report.summary.frequencies[list(columns.FREQUENCIES)], measures=INTERVAL)


def respondents_csv(report: Report) -> bytes:
    """Write how many people name each theme."""
    return csv_bytes(report.summary.respondents[list(columns.RESPONDENTS)], measures=INTERVAL)


def stances_csv(report: Report) -> bytes:
    """Write with which stance each theme is named."""
    return csv_bytes(report.summary.stances[list(columns.STANCES)], measures=INTERVAL)


def group_stances_csv(report: Report) -> bytes:
    """Write with which stance each theme is named, by question and group."""
    return csv_bytes(report.summary.group_stances[list(columns.GROUP_STANCES)], measures=INTERVAL)


def pairs_csv(report: Report) -> bytes:
    """Write which themes are named together."""
    measures = (*INTERVAL, columns.LIFT, columns.LIFT_LOW, columns.LIFT_HIGH)
    return csv_bytes(report.summary.pairs[list(columns.PAIRS)], measures=measures)


def comparisons_csv(report: Report) -> bytes:
    """Write the tests of each theme in each grouping."""
    measures = (columns.STATISTIC, columns.P, columns.Q, columns.V)
    return csv_bytes(report.summary.comparisons[list(columns.COMPARISONS)], measures=measures)


def residuals_csv(report: Report) -> bytes:
    """Write how each value of a grouping differs from the others."""
    measures = (columns.SHARE, columns.REST, columns.RESIDUAL)
    return csv_bytes(report.summary.residuals[list(columns.RESIDUALS)], measures=measures)


def terms_csv(report: Report) -> bytes:
    """Write the words typical of each theme."""
    return csv_bytes(report.summary.terms[list(columns.TERMS)], measures=[columns.SCORE])


def group_terms_csv(report: Report) -> bytes:
    """Write the words typical of each value of a grouping."""
    return csv_bytes(report.summary.group_terms[list(columns.GROUP_TERMS)], measures=[columns.SCORE])


def quotes_csv(report: Report) -> bytes:
    """Write the quotes."""
    return csv_bytes(report.summary.quotes[list(columns.QUOTES)], measures=[columns.SCORE])


def subthemes_csv(report: Report) -> bytes:
    """Write what the contributions on each theme, and those without one, speak of."""
    return csv_bytes(report.summary.subthemes[list(columns.SUBTHEMES)], measures=INTERVAL)


def rejected_csv(report: Report) -> bytes:
    """Write what could not be read."""
    return csv_bytes(report.rejected[list(columns.REJECTED)])


def codebook_yaml(report: Report) -> bytes:
    """Write the codebook, so that a report can be made again with it."""
    return encode(dump_codebook(report.codebook))


def corrections_csv(report: Report) -> bytes:
    """Write whose codes people have corrected, with the machine's."""
    found = [] if report.corrections is None else report.corrections
    return csv_bytes(pd.DataFrame(found, columns=list(columns.CORRECTIONS)))


def run_json(report: Report) -> bytes:
    """Write where everything came from."""
    return encode(json.dumps(report.provenance, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "answers.csv": answers_csv,
    "units.csv": units_csv,
    "themes.csv": themes_csv,
    "respondents.csv": respondents_csv,
    "stances.csv": stances_csv,
    "group_stances.csv": group_stances_csv,
    "pairs.csv": pairs_csv,
    "comparisons.csv": comparisons_csv,
    "residuals.csv": residuals_csv,
    "terms.csv": terms_csv,
    "group_terms.csv": group_terms_csv,
    "subthemes.csv": subthemes_csv,
    "quotes.csv": quotes_csv,
    "rejected.csv": rejected_csv,
    "report.html": page.html,
    "report.docx": word.docx,
    WORKBOOK: xlsx,
    CODED_SAV: sav,
    "codebook.qdc": codebook_qdc,
    "project.qdpx": project_qdpx,
    "codebook.yaml": codebook_yaml,
    "run.json": run_json,
}

# The files of each format; run.json is always written.
FILES: Mapping[str, tuple[str, ...]] = {
    "csv": (*(name for name in WRITERS if name.endswith(".csv")), CORRECTIONS, "codebook.yaml"),
    "html": ("report.html",),
    "docx": ("report.docx",),
    "xlsx": (WORKBOOK,),
    "sav": (CODED_SAV,),
    "refi": ("codebook.qdc", "project.qdpx"),
}


def answers_jsonl(answers: pd.DataFrame) -> bytes:
    """Write the contributions with their themes, a JSON object a line."""
    return encode(answers.to_json(orient="records", lines=True, force_ascii=False))


def answers_parquet(answers: pd.DataFrame) -> bytes:
    """Write the contributions with their themes as Parquet."""
    return answers.to_parquet(index=False)


ANSWERS_WRITERS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": csv_bytes,
    ".jsonl": answers_jsonl,
    ".parquet": answers_parquet,
}


def answers_writer(out: Path) -> Callable[[pd.DataFrame], bytes]:
    """Choose how the table of answers is written, by the file's name.

    Raises:
        OutputError: the ending is not one of `ANSWERS_WRITERS`.
    """
    try:
        return ANSWERS_WRITERS[out.suffix.lower()]
    except KeyError as error:
        endings = ", ".join(ANSWERS_WRITERS)
        raise OutputError(f"{out.name}: cannot write this kind of file", hint=f"choose one of {endings}") from error


def check_output(out: Path, *, formats: Collection[str] = FORMATS, force: bool) -> None:
    """Find out, before work is done, whether a report in some of `FORMATS` can be written into a folder.

    Raises:
        OutputError: the folder is taken, locked or closed to us.
    """
    output.check_output(out, force=force, names=_names(formats))


def write(report: Report, out: Path, *, formats: Collection[str] = FORMATS, force: bool = False) -> tuple[Path, ...]:
    """Write a report in some of `FORMATS` into a folder, whole or not at all; return the files as in `WRITERS`.

    The same report gives the same bytes. With `force` files of the same names are replaced and others left alone; where
    these are a report's too, a warning tells that they are older.

    Raises:
        OutputError: the folder is taken, locked or closed to us, or the disk is full.
    """
    writers = writers_of(report, formats=formats)
    written = output.place_files(_contents(report, writers), out, names=writers, force=force)
    older = [name for name in (*WRITERS, CORRECTIONS) if name not in writers and (out / name).exists()]
    if older:
        log.warning("%s: left as they were, from an earlier run: %s", out, ", ".join(older))
    return written


def writers_of(report: Report, *, formats: Collection[str] = FORMATS) -> Mapping[str, Callable[[Report], bytes]]:
    """Name the files of a report: those of its formats, one of corrections where people made any, run.json last."""
    wanted = _names(formats)
    found = {name: writer for name, writer in WRITERS.items() if name in wanted}
    if report.corrections is not None and CORRECTIONS in wanted:
        found[CORRECTIONS] = corrections_csv
    return {**found, RUN: WRITERS[RUN]}


def _names(formats: Collection[str]) -> list[str]:
    return [*(name for format in formats for name in FILES[format]), RUN]


def _contents(report: Report, writers: Mapping[str, Callable[[Report], bytes]]) -> Iterator[tuple[str, bytes]]:
    """Write one file after the other; the last one tells the hashes of those that people may correct."""
    hashes = {}
    for name, writer in writers.items():
        if name == RUN:
            report = replace(report, provenance={**report.provenance, "files": hashes})
        content = writer(report)
        if name in (ANSWERS, UNITS, WORKBOOK):
            hashes[name] = hashlib.sha256(content).hexdigest()
        yield name, content
