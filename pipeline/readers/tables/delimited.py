"""Delimited text: `.csv` and `.tsv`, whatever the delimiter."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.encodings import decode
from thamluan.pipeline.readers.tables.grids import Row, assemble
from thamluan.pipeline.readers.tables.table import Rejection, TableFile

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"  # of one-column tables: stands in no text
DECLARATION = "sep="  # Excel's own first line, which it does not show as a row
N_SAMPLE_RECORDS = 50
MIN_SPLIT_SHARE = 0.5
MIN_FITTING_SHARE = 0.9  # where the header's cells begin with a space, as after a comma in a sentence
UNEVEN = (0.0, False, 0)
MAX_CELL_CHARACTERS = 2**31 - 1  # the largest the csv module takes on every system
UNCLOSED = "unexpected end of data"  # the csv module's words


@dataclass(frozen=True)
class Unclosed:
    """A record with a quote mark that is never closed: its number, and the line on which it starts, from 1."""

    number: int
    line: int


def read_delimited(path: Path) -> TableFile:
    """Read a delimited file; its encoding and delimiter are found.

    A row is a record, so that a cell with line breaks counts as one row, as in a spreadsheet. A row whose quote marks
    do not fit is rejected; one whose quote mark is never closed, too, where all lines below are plainly rows.

    Raises `InputError` for a file that is empty or no text, or where a quote mark that is never closed may hold
    more than its row.
    """
    decoded = decode(path.read_bytes(), expected="a table")
    delimiter, text = _declared(decoded.text)
    with _unlimited_cells():
        found = _told_apart(text, delimiter=delimiter or find_delimiter(text))
    rows = [record for record in found if isinstance(record, Row)]
    table = assemble(rows, rejected=[record for record in found if isinstance(record, Rejection)])
    return TableFile((table,), notes=decoded.notes, encoding=decoded.encoding)


def find_delimiter(text: str) -> str:
    r"""Find the delimiter that splits the first records most evenly; `NO_DELIMITER` for a table of one column.

    >>> find_delimiter("id;Khó khăn, vướng mắc\n1;Tiền ít, việc nhiều\n")
    ';'
    """
    measures = {delimiter: _evenness(text, delimiter=delimiter) for delimiter in DELIMITERS}
    best = max(measures, key=lambda delimiter: measures[delimiter])
    return best if measures[best] > UNEVEN else NO_DELIMITER


def _declared(text: str) -> tuple[str, str]:
    """Take off a first line such as `sep=;` and give the delimiter it declares, else ""."""
    first, _, rest = text.partition("\n")
    declared = first.rstrip("\r").removeprefix(DECLARATION)
    if first.startswith(DECLARATION) and len(declared) == 1:
        return declared, rest
    return "", text


def _evenness(text: str, *, delimiter: str) -> tuple[float, bool, int]:
    """Measure a delimiter: the share of records that it splits into what fits the header, and how it splits that.

    A comma within a name is told from a delimiter by the space behind it; more cells are better than fewer. Records
    may lack their last cells.
    """
    sample = islice(_records(text, delimiter=delimiter), N_SAMPLE_RECORDS + 1)
    known = (record for record in sample if not isinstance(record, Unclosed))  # which a wrong delimiter may well cause
    records = [record.cells if isinstance(record, Row) else () for record in known if not _is_empty(record)]
    if not records or len(records[0]) < 2:
        return UNEVEN
    n_columns = len(records[0])
    fitting = sum(1 < len(cells) <= n_columns for cells in records) / len(records)
    split = sum(len(cells) > 1 for cells in records) / len(records)
    is_tight = not any(cell.startswith(" ") for cell in records[0])
    if split < MIN_SPLIT_SHARE or (not is_tight and fitting < MIN_FITTING_SHARE):
        return UNEVEN
    return fitting, is_tight, n_columns


def _is_empty(record: Row | Rejection) -> bool:
    return isinstance(record, Row) and not record.cells


def _told_apart(text: str, *, delimiter: str) -> list[Row | Rejection]:
    """Read all records; one whose quote mark is never closed is rejected where it is certain that it is one line.

    That is so when the line has as many cells as the rows above it, and so has every line below it.
    """
    found = list(_records(text, delimiter=delimiter))
    if not found or not isinstance(found[-1], Unclosed):
        return found
    last = found.pop()
    lines = list(io.StringIO(text, newline=""))
    below = list(_records("".join(lines[last.line :]), delimiter=delimiter))
    n_columns = max((len(record.cells) for record in found if isinstance(record, Row)), default=0)
    is_whole = lines[last.line - 1].count(delimiter) + 1 == n_columns and (n_columns > 1 or not below)
    if not is_whole or not all(_is_plain(record, n_columns=n_columns) for record in below):
        raise InputError(
            f"has a quote mark that is never closed, in the row that starts at line {last.line}",
            hint='double every quote mark inside a quoted cell: ""',
        )
    rejected = Rejection(last.number, f"its quote mark is never closed (line {last.line} of the file)")
    return [*found, rejected, *(Row(last.number + record.number, record.cells) for record in below)]


def _is_plain(record: Row | Rejection | Unclosed, *, n_columns: int) -> bool:
    """Say whether a record is a row, and no line of an answer with commas, or is blank."""
    if not isinstance(record, Row):
        return False
    is_tight = not any(cell.startswith(" ") for cell in record.cells)
    return not record.cells or (len(record.cells) == n_columns and is_tight)


def _records(text: str, *, delimiter: str) -> Iterator[Row | Rejection | Unclosed]:
    """Read record by record; one whose quote marks do not fit comes as a rejection, one without end comes last."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        first_line = reader.line_num + 1
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if str(error) == UNCLOSED:
                yield Unclosed(number, first_line)
                return
            yield Rejection(number, f"its quote marks do not fit (line {first_line} of the file)")
        else:
            yield Row(number, cells)


@contextmanager
def _unlimited_cells() -> Iterator[None]:
    """Lift the csv module's limit on the length of a cell, which is the whole process's, and put it back."""
    before = csv.field_size_limit(MAX_CELL_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
