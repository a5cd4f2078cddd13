"""Records: `.jsonl`, one object a line, and lists of objects, as a table."""

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.encodings import decode
from thamluan.pipeline.readers.tables.cells import column_name, shown
from thamluan.pipeline.readers.tables.table import Rejection, Table, TableFile


def read_records(path: Path) -> TableFile:
    """Read one JSON object a line; the columns are the keys in the order in which they first appear.

    The values of a list are joined with `columns.SEPARATOR`, a missing key and null are "", an object inside stays
    JSON. Blank lines are skipped. A line that is no object is rejected.

    Raises `InputError` for a file that is empty or no text, or holds not one object.
    """
    decoded = decode(path.read_bytes(), expected="a table")
    lines = enumerate(decoded.text.split("\n"), start=1)
    table = _table([(number, _record(line)) for number, line in lines if line.strip()])
    return TableFile((table,), notes=decoded.notes, encoding=decoded.encoding)


def list_table(text: str) -> Table:
    """Make a table of JSON that is one list of objects, which are numbered from 1; otherwise as `read_records`.

    Raises `InputError` for a list without objects, `ValueError` or `RecursionError` for what is no JSON.
    """
    values = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_nothing)
    return _table([(number, _named(value)) for number, value in enumerate(values, start=1)])


def _table(parsed: Sequence[tuple[int, dict[str, str] | str]]) -> Table:
    """Make a table of numbered records, and of the reasons why some are none."""
    records = [(number, record) for number, record in parsed if isinstance(record, dict)]
    if not records:
        raise InputError("holds no JSON object")
    names = tuple(dict.fromkeys(name for _, record in records for name in record))
    cells = [[record.get(name, "") for name in names] for _, record in records]
    return Table(
        rows=pd.DataFrame(cells, columns=list(names), dtype=str),
        numbers=tuple(number for number, _ in records),
        letters=(),
        rejected=tuple(Rejection(number, reason) for number, reason in parsed if isinstance(reason, str)),
    )


def _record(line: str) -> dict[str, str] | str:
    """Parse a line into named cells, or say why it is none."""
    try:
        return _named(json.loads(line, object_pairs_hook=_Pairs, parse_constant=_nothing))
    except (ValueError, RecursionError):
        return "is not JSON"


# object: whatever JSON can hold.
def _named(pairs: object) -> dict[str, str] | str:
    """Name the cells of an object, or say why it has none."""
    if not isinstance(pairs, _Pairs):
        return "is JSON but not an object"
    record = {column_name(name): shown(_plain(value)) for name, value in pairs}
    if len(record) < len(pairs):
        return "names a key twice"
    return record if _is_writable(record) else "holds half a character (a lone surrogate)"


def _nothing(_: str) -> None:
    """Read NaN and Infinity, which are no JSON but are written all the same, as nothing."""


class _Pairs(list):
    """A JSON object as its pairs, so that a key named twice is seen."""


# object: whatever JSON can hold.
def _plain(value: object) -> object:
    """Make objects of the pairs in a value."""
    if isinstance(value, _Pairs):
        return {name: _plain(part) for name, part in value}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _is_writable(record: dict[str, str]) -> bool:
    try:
        "".join((*record, *record.values())).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
