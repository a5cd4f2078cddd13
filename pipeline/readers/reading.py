"""Reading: files and folders -> contributions, and an account of what was read and what was not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from thamluan.pipeline.columns import CONTRIBUTION, CONTRIBUTIONS, REJECTED
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.readers.documents.lines import Document
from thamluan.pipeline.readers.extracts import Contribution, Extract, FileRead, Rejected, united
from thamluan.pipeline.readers.formats import READERS, FileContent, read_file
from thamluan.pipeline.readers.sources import Source, find
from thamluan.pipeline.readers.tables.answers import of_tables
from thamluan.pipeline.readers.tables.questions import missing_columns, no_such_columns, quoted
from thamluan.pipeline.readers.tables.table import Table, TableFile
from thamluan.pipeline.readers.transcripts.recordings import Recording
from thamluan.pipeline.readers.transcripts.speeches import of_document, of_recording
from thamluan.pipeline.settings import Columns, Progress

STAGE = "read"
FIND_COLUMNS = Columns()
MAX_PROBLEMS = 20

Opened = Mapping[Source, FileContent | InputError]


@dataclass(frozen=True)
class Reading:
    """What was read of all inputs, in input order.

    `contributions`: the columns `columns.CONTRIBUTIONS`, text raw; an empty answer is a row with text "".
    `attributes`: same rows; the tables' other columns as str, "" where a file has none.
    `rejected`: the columns `columns.REJECTED`: files (place ""), sheets and rows that could not be read.
    `notes`: what a user should be told; never holds the text of an answer.
    """

    contributions: pd.DataFrame
    attributes: pd.DataFrame
    rejected: pd.DataFrame
    files: tuple[FileRead, ...]
    notes: tuple[str, ...]


def read(
    inputs: Sequence[Path],
    *,
    columns: Columns = FIND_COLUMNS,
    lang: str = "vi",
    progress: Progress | None = None,
) -> Reading:
    """Read files and folders into contributions.

    Tables give one contribution a row and question, documents and recordings one a speaking turn, or one in all; which
    suffix is which stands in `formats.READERS`. `lang` is the language of the places. `progress(stage, done, total)` is
    called once a file. A file, sheet or row that cannot be read is in `rejected`, and the rest is read all the same.

    Raises `InputError` when an input does not exist or nothing at all could be read, `ColumnError` when a named
    column is in no table or no column of open answers is found anywhere.
    """
    opened: dict[Source, FileContent | InputError] = {}
    sources = find(inputs)
    for done, source in enumerate(sources, start=1):
        opened[source] = _opened(source)
        if progress is not None:
            progress(STAGE, done, len(sources))
    _check_columns(opened, columns)
    alike = _by_header(table for file in opened.values() if isinstance(file, TableFile) for table in file.tables)
    extracts = []
    for source, file in opened.items():
        if isinstance(file, TableFile):
            extracts.append(of_tables(source, file, columns=columns, alike=alike, lang=lang))
        elif isinstance(file, Document):
            extracts.append(of_document(source, file, lang=lang))
        elif isinstance(file, Recording):
            extracts.append(of_recording(source, file, lang=lang))
        else:
            extracts.append(Extract(rejected=[Rejected(source.name, "", file)]))
    return _reading(extracts, columns=columns)


def _opened(source: Source) -> FileContent | InputError:
    try:
        return read_file(source.path)
    except InputError as error:
        return error


def _check_columns(opened: Opened, columns: Columns) -> None:
    """Refuse columns that no table has, unless no table could be read: then the files are at fault."""
    tables = {source.name: file.tables for source, file in opened.items() if isinstance(file, TableFile)}
    if not tables and any(isinstance(file, InputError) for file in opened.values()):
        return
    lacking = [
        missing_columns(table.header, columns, aliases=table.aliases) for each in tables.values() for table in each
    ]
    missing = [name for name in missing_columns((), columns) if all(name in each for each in lacking)]
    if missing:
        names = {
            source: tuple(dict.fromkeys(name for table in each for name in table.header))
            for source, each in tables.items()
        }
        raise no_such_columns(missing, names)


def _by_header(tables: Iterable[Table]) -> dict[tuple[str, ...], list[Table]]:
    grouped: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        grouped.setdefault(table.header, []).append(table)
    return grouped


def _reading(extracts: Sequence[Extract], *, columns: Columns) -> Reading:
    """Put the extracts of all files together."""
    rejected = [row for extract in extracts for row in extract.rejected]
    contributions = [contribution for extract in extracts for contribution in extract.contributions]
    if not contributions:
        raise _nothing_read(rejected)
    files = tuple(extract.file for extract in extracts if extract.file is not None)
    found = _found_notes(files) if not columns.text else []
    attributes = united([extract.attributes for extract in extracts if extract.contributions])
    never_read = [name for name in columns.kept if name not in attributes.columns]
    return Reading(
        contributions=_numbered(contributions),
        attributes=attributes.assign(**dict.fromkeys(never_read, "")),
        rejected=pd.DataFrame(
            [(row.source, row.place, row.reason) for row in rejected], columns=list(REJECTED), dtype=str
        ),
        files=files,
        notes=(*found, *(note for extract in extracts for note in extract.notes)),
    )


def _numbered(contributions: Sequence[Contribution]) -> pd.DataFrame:
    names = [name for name in CONTRIBUTIONS if name != CONTRIBUTION]
    frame = pd.DataFrame([vars(contribution) for contribution in contributions], columns=names)
    frame.insert(0, CONTRIBUTION, range(1, len(frame) + 1))
    return frame


def _nothing_read(rejected: Sequence[Rejected]) -> InputError | ColumnError:
    """Make the error that says why nothing was read; a ColumnError if that was the only trouble."""
    problems = [f"{row.source}{', ' if row.place else ''}{row.place}: {row.reason}" for row in rejected[:MAX_PROBLEMS]]
    if len(rejected) > MAX_PROBLEMS:
        problems.append(f"and {len(rejected) - MAX_PROBLEMS} more")
    if rejected and all(isinstance(row.error, ColumnError) for row in rejected):
        return ColumnError("no answers were found", problems=problems, hint="name the column of answers with --text")
    hint = f"files that can be read: {', '.join(READERS)}"
    return InputError("nothing could be read", problems=problems or ["no files were found"], hint=hint)


def _found_notes(files: Sequence[FileRead]) -> list[str]:
    """Tell which open-text columns were found, once for all files with the same."""
    sources: dict[tuple[str, ...], list[str]] = {}
    for file in files:
        if file.questions:
            sources.setdefault(file.questions, []).append(file.source)
    return [_found_note(questions, names) for questions, names in sources.items()]


def _found_note(questions: Sequence[str], sources: Sequence[str]) -> str:
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"{sources[0]}{more}: open-text columns found: {quoted(questions)} (name them with --text to choose)"
