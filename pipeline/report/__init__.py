"""From a summary to files: tables, the page, and where they came from."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns, output
from thamluan.pipeline.errors import OutputError
from thamluan.pipeline.report import page
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.tables import csv_bytes, encode

__all__ = ["ANSWERS_WRITERS", "WRITERS", "Report", "answers_writer", "check_output", "write"]

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


def quotes_csv(report: Report) -> bytes:
    """Write the quotes."""
    return csv_bytes(report.summary.quotes[list(columns.QUOTES)], measures=[columns.SCORE])


def subthemes_csv(report: Report) -> bytes:
    """Write what the contributions on each theme, and those without one, speak of."""
    return csv_bytes(report.summary.subthemes[list(columns.SUBTHEMES)], measures=INTERVAL)


def rejected_csv(report: Report) -> bytes:
    """Write what could not be read."""
    return csv_bytes(report.rejected[list(columns.REJECTED)])


def run_json(report: Report) -> bytes:
    """Write where everything came from."""
    return encode(json.dumps(report.provenance, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "answers.csv": answers_csv,
    "units.csv": units_csv,
    "themes.csv": themes_csv,
    "subthemes.csv": subthemes_csv,
    "quotes.csv": quotes_csv,
    "rejected.csv": rejected_csv,
    "report.html": page.html,
    "run.json": run_json,
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


def check_output(out: Path, *, force: bool) -> None:
    """Find out, before work is done, whether a report can be written into a folder.

    Raises:
        OutputError: the folder is taken, locked or closed to us.
    """
    output.check_output(out, force=force, names=WRITERS)


def write(report: Report, out: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write a report into a folder, whole or not at all; return the files in the order of `WRITERS`.

    The same report gives the same bytes. With `force` files of the same names are replaced and others left alone.

    Raises:
        OutputError: the folder is taken, locked or closed to us, or the disk is full.
    """
    files = ((name, writer(report)) for name, writer in WRITERS.items())
    return output.place_files(files, out, names=WRITERS, force=force)
