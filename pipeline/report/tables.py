"""The csv files: what a spreadsheet opens without harm and a program reads without doubt."""

import csv
import io
from collections.abc import Collection

import pandas as pd

from thamluan.pipeline.formulas import disarm

LINE_END = "\r\n"  # RFC 4180
MEASURE_PLACES = 4  # decimals


def csv_bytes(df: pd.DataFrame, *, measures: Collection[str] = ()) -> bytes:
    r"""Write a table as csv: UTF-8 with BOM, comma, CRLF on every system.

    Columns in `measures` hold shares, probabilities or scores and get four decimals; other numbers are written in
    full. A missing value is an empty cell. Headers and text that a spreadsheet would run are disarmed.

    >>> csv_bytes(pd.DataFrame({"quote": ["=1+1", "Phụ cấp thấp"], "share": [0.5, None]}), measures={"share"}).decode()
    "\ufeffquote,share\r\n'=1+1,0.5000\r\nPhụ cấp thấp,\r\n"
    """
    columns = [
        [cell(value, is_measure=name in measures) for value in df.iloc[:, position]]
        for position, name in enumerate(df.columns)
    ]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=LINE_END)
    writer.writerow([disarm(str(name)) for name in df.columns])
    writer.writerows(zip(*columns, strict=True))
    return encode(file.getvalue(), encoding="utf-8-sig")


def cell(value: object, *, is_measure: bool) -> str:
    """Write one cell.

    >>> cell(0.25, is_measure=True), cell(12.0, is_measure=False), cell(None, is_measure=False)
    ('0.2500', '12', '')
    """
    if isinstance(value, str):
        return disarm(value)
    if pd.isna(value):
        return ""
    if is_measure:
        return f"{value:z.{MEASURE_PLACES}f}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(float(value))
    return disarm(str(value))


def encode(text: str, *, encoding: str = "utf-8") -> bytes:
    """Encode text; half a surrogate pair, which a broken input file can hold, becomes a question mark."""
    return text.encode(encoding, errors="replace")
