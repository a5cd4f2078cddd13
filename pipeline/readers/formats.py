"""Formats: which function reads which file."""

from collections.abc import Callable
from pathlib import Path

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.lines import Document
from thamluan.pipeline.readers.documents.opendocuments import read_open_document
from thamluan.pipeline.readers.documents.pages import read_pages
from thamluan.pipeline.readers.documents.plain import read_plain
from thamluan.pipeline.readers.documents.richtext import read_rich_text
from thamluan.pipeline.readers.documents.webpages import read_web_page
from thamluan.pipeline.readers.documents.word import read_word
from thamluan.pipeline.readers.tables.columnar import read_columnar
from thamluan.pipeline.readers.tables.delimited import read_delimited
from thamluan.pipeline.readers.tables.records import read_records
from thamluan.pipeline.readers.tables.statistics import read_statistics
from thamluan.pipeline.readers.tables.table import Table, TableFile
from thamluan.pipeline.readers.tables.workbooks import read_workbook
from thamluan.pipeline.readers.transcripts.recognised import read_recognised
from thamluan.pipeline.readers.transcripts.recordings import Recording
from thamluan.pipeline.readers.transcripts.subtitles import read_subtitles

FileContent = TableFile | Document | Recording

READERS: dict[str, Callable[[Path], FileContent]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".xlsx": read_workbook,
    ".xls": read_workbook,
    ".ods": read_workbook,
    ".sav": read_statistics,
    ".parquet": read_columnar,
    ".jsonl": read_records,
    ".docx": read_word,
    ".odt": read_open_document,
    ".rtf": read_rich_text,
    ".pdf": read_pages,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".txt": read_plain,
    ".md": read_plain,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
    ".json": read_recognised,
}
# What to do with files of other kinds that offices have.
SAVE = "open it and save it as {}"
RECOGNISE = "recognise its text first (OCR)"
TRANSCRIBE = "have it transcribed first, by Whisper for one, and give the .srt or .json"
UNPACK = "unpack it first"
HINTS = {
    ".doc": SAVE.format(".docx"), ".pages": SAVE.format(".docx"), ".xlsm": SAVE.format(".xlsx"),
    ".xlsb": SAVE.format(".xlsx"), ".numbers": SAVE.format(".xlsx"), ".dta": SAVE.format(".sav"),
    ".por": SAVE.format(".sav"), ".jpg": RECOGNISE, ".jpeg": RECOGNISE, ".png": RECOGNISE, ".tif": RECOGNISE,
    ".tiff": RECOGNISE, ".heic": RECOGNISE, ".mp3": TRANSCRIBE, ".m4a": TRANSCRIBE, ".wav": TRANSCRIBE,
    ".mp4": TRANSCRIBE, ".zip": UNPACK, ".rar": UNPACK, ".7z": UNPACK,
}  # fmt: skip
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".sav", ".parquet", ".jsonl")


def read_file(path: Path) -> FileContent:
    """Read one file by its suffix, in capitals or not.

    Raises `InputError`, whose message is what is wrong without the file's name, when it cannot be read.
    """
    try:
        if path.is_dir():
            raise InputError("is a folder that may not be opened")
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            hint = HINTS.get(path.suffix.lower(), f"known are {', '.join(READERS)}")
            raise InputError(f"has an unknown suffix '{path.suffix}'", hint=hint)
        if not path.is_file():
            raise InputError("is not a file")
        return reader(path)
    except PermissionError as error:
        raise InputError("may not be opened: permission denied") from error
    except OSError as error:
        raise InputError(f"could not be opened: {error.strerror or type(error).__name__}") from error


def read_table(path: Path) -> Table:
    """Read one labelled table for training or evaluation, of a kind in `TABLES`.

    `rows` is a frame of str cells with the header as columns, numbered from 0; `rejected` holds the rows that do not
    fit. Of a workbook it is the first sheet with rows.

    Raises `InputError`, with the file's name, when the file cannot be read or is no table.
    """
    if not path.exists():
        raise InputError(f"{path} does not exist")
    try:
        file = read_file(path)
    except InputError as error:
        raise InputError(f"{path} {error.message}", hint=error.hint, problems=error.problems) from error
    if not isinstance(file, TableFile):
        raise InputError(f"{path} is a document, not a table", hint=f"known are {', '.join(TABLES)}")
    return file.tables[0]
