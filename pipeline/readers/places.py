"""Places: where in a file something stands, in the words of the report's language."""

from bisect import bisect_right
from collections.abc import Sequence

Stretch = tuple[int, str]
"""From which character of a text on, and the place where that stands."""

PHRASES = {
    "vi": {
        "row": "dòng {row}",
        "column": "cột {column}",
        "sheet": "trang tính '{sheet}'",
        "paragraph": "đoạn {first}",
        "paragraphs": "đoạn {first}–{last}",
        "page": "trang {first}",
        "pages": "trang {first}–{last}",
    },
    "en": {
        "row": "row {row}",
        "column": "column {column}",
        "sheet": "sheet '{sheet}'",
        "paragraph": "paragraph {first}",
        "paragraphs": "paragraphs {first}–{last}",
        "page": "page {first}",
        "pages": "pages {first}–{last}",
    },
}


def cell(row: int, *, column: str = "", sheet: str = "", lang: str) -> str:
    """Name a cell by its row number and column letter as a spreadsheet shows them; empty parts are left out.

    >>> cell(12, column="C", sheet="Thôn 2", lang="vi")
    "trang tính 'Thôn 2', dòng 12, cột C"
    >>> cell(12, lang="en")
    'row 12'
    """
    phrases = PHRASES[lang]
    parts = [phrases["sheet"].format(sheet=sheet)] if sheet else []
    parts.append(phrases["row"].format(row=row))
    if column:
        parts.append(phrases["column"].format(column=column))
    return ", ".join(parts)


def sheet(name: str, *, lang: str) -> str:
    """Name a sheet of a workbook; "" for a table that has no name."""
    return PHRASES[lang]["sheet"].format(sheet=name) if name else ""


def run(first: int, last: int, *, of: str, lang: str) -> str:
    """Name a run of paragraphs or pages (`of` is "paragraph" or "page"), counted from 1, both ends included.

    Only the paragraphs that are not blank count.

    >>> run(5, 8, of="paragraph", lang="vi"), run(3, 3, of="page", lang="vi")
    ('đoạn 5–8', 'trang 3')
    """
    phrase = of if last <= first else f"{of}s"
    return PHRASES[lang][phrase].format(first=first, last=last)


def time(seconds: float) -> str:
    """Name a moment of a recording.

    >>> time(725.9)
    '00:12:05'
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}"


def at(stretches: Sequence[Stretch], start: int) -> str:
    """Say where the character `start` of a text stands; `stretches` rise and begin at 0.

    >>> at([(0, "đoạn 5"), (20, "đoạn 6")], 25)
    'đoạn 6'
    """
    return stretches[max(bisect_right(stretches, start, key=lambda stretch: stretch[0]) - 1, 0)][1]


def letter(number: int) -> str:
    """Turn a column number, counted from 1, into the letters a spreadsheet shows.

    >>> letter(3), letter(28)
    ('C', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
