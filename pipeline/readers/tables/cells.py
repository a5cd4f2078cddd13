"""Cells: values of any type -> the text that a person would write, and the names of columns."""

import datetime
import json
import math
from collections.abc import Sequence
from itertools import count

from thamluan.pipeline.columns import SEPARATOR
from thamluan.pipeline.letters import compose, is_visible

MAX_WHOLE_NUMBER = 1e15  # above it a float is no exact whole number


def has_content(cell: str) -> bool:
    """Say whether a cell holds more than white space and zero-width characters."""
    return is_visible(cell)


# object: whatever a cell can hold.
def shown(value: object) -> str:
    """Write a typed cell as text: 12.0 as 12, dates in ISO form, truth as TRUE and FALSE, nothing as "".

    The values of a list are joined with `columns.SEPARATOR`; an object with names inside is written as JSON.

    >>> shown(12.0), shown(True), shown(datetime.datetime(2022, 11, 29)), shown(None)
    ('12', 'TRUE', '2022-11-29', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < MAX_WHOLE_NUMBER:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return SEPARATOR.join(map(shown, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=shown)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def column_name(written: str) -> str:
    """Put a column's name into the form in which names are kept and compared."""
    return " ".join(compose(written).split())


def unique_names(header: Sequence[str]) -> list[str]:
    """Name each column once: in NFC, "column 3" for a blank name, "Tên (2)" for a repeated one."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = column_name(cell) or f"column {number}"
        numbered = (f"{name} ({n})" for n in count(2))
        names.append(name if name not in names else next(other for other in numbered if other not in names))
    return names
