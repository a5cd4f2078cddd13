"""Places: where in a file something stands, in the words of the report's language."""

PHRASES = {
    "vi": {
        "row": "dòng {row}",
        "column": "cột {column}",
        "sheet": "trang tính '{sheet}'",
        "paragraph": "đoạn {first}",
        "paragraphs": "đoạn {first}–{last}",
    },
    "en": {
        "row": "row {row}",
        "column": "column {column}",
        "sheet": "sheet '{sheet}'",
        "paragraph": "paragraph {first}",
        "paragraphs": "paragraphs {first}–{last}",
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


def paragraph(number: int, *, lang: str) -> str:
    """Name one paragraph of a document, counting from 1 those that are not blank.

    >>> paragraph(5, lang="vi")
    'đoạn 5'
    """
    return PHRASES[lang]["paragraph"].format(first=number)


def paragraphs(first: int, last: int, *, lang: str) -> str:
    """Name a run of paragraphs, both ends included.

    >>> paragraphs(5, 8, lang="vi")
    'đoạn 5–8'
    """
    if last <= first:
        return paragraph(first, lang=lang)
    return PHRASES[lang]["paragraphs"].format(first=first, last=last)


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
