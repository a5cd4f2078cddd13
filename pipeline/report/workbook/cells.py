"""What a workbook takes: texts that fit into a cell, names that a sheet may have, and widths."""

from collections.abc import Collection, Iterable

from thamluan.pipeline.formulas import storable

LONGEST = 32_767  # UTF-16 units in a cell
LONGEST_NAME = 31  # UTF-16 units in the name of a sheet
CUT = "…"
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
RESERVED = "history"  # Excel keeps this name for itself
NARROWEST, WIDEST = 9, 60  # characters
HEAD_LINES = 3


def n_units(text: str) -> int:
    """Count UTF-16 units, as Excel does: an emoji is two.

    >>> n_units("Tốt"), n_units("👍")
    (3, 2)
    """
    return len(text) + sum(char > "\uffff" for char in text)


def cell_text(text: str) -> tuple[str, bool]:
    r"""Make a text fit into a cell; say whether it had to be cut.

    >>> cell_text("Đường\x0b xấu\r\nquá")
    ('Đường xấu\nquá', False)
    """
    kept = storable(text)
    if len(kept) <= LONGEST // 2 or n_units(kept) <= LONGEST:
        return kept, False
    return cut(kept, LONGEST - len(CUT)) + CUT, True


def cut(text: str, most: int) -> str:
    """Take as many characters from the start as make at most so many UTF-16 units.

    >>> cut("👍👍👍", 5)
    '👍👍'
    """
    kept = text[:most]
    while n_units(kept) > most:
        kept = kept[: len(kept) - max((n_units(kept) - most) // 2, 1)]
    return kept


def sheet_name(wanted: str, *, taken: Collection[str]) -> str:
    """Make a name that a sheet may have and no other sheet has; capitals make no difference.

    >>> sheet_name("Theo Xã/phường", taken=["theo xã phường"]), sheet_name("'[]'", taken=())
    ('Theo Xã phường (2)', '_')
    """
    plain = " ".join(storable(wanted).translate(FORBIDDEN).split()).strip("' ")
    plain = plain if plain and plain.casefold() != RESERVED else f"{plain}_"
    names = {name.casefold() for name in taken}
    number = 1
    while True:
        suffix = "" if number == 1 else f" ({number})"
        name = cut(plain, LONGEST_NAME - len(suffix)).strip("' ") + suffix
        if name.casefold() not in names:
            return name
        number += 1


# object: whatever a cell can hold.
def width(head: str, cells: Iterable[object]) -> int:
    """Choose a column's width, in characters, by its longest line, its head on as many as `HEAD_LINES`.

    >>> width("Tỷ lệ", [0.25, "Kinh phí, chế độ"])
    18
    """
    longest = max((len(line) for cell in cells for line in str(cell).split("\n")), default=0)
    word = max(map(len, head.split()), default=0)
    return min(max(NARROWEST, longest + 2, len(head) // HEAD_LINES + 4, word + 4), WIDEST)


def n_lines(text: str, *, width: int) -> int:
    r"""Estimate on how many lines a text stands in a column of so many characters.

    >>> n_lines("Đường xấu\nquá", width=20), n_lines("Đường xấu quá", width=5)
    (2, 3)
    """
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
