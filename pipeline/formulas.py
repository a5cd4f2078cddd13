"""Cells that a spreadsheet would run as a formula, disarmed when written and rearmed when read, or could not hold."""

import re

FORMULA_STARTS = "=+-@＝＋－＠"
CONTROL_STARTS = "\t\r\n"
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
LINE_END = re.compile("\r\n?")
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not in XML 1.0
HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair


def disarm(text: str) -> str:
    """Put `'` before text that a spreadsheet would run as a formula; a plain number stays as it is.

    Source: OWASP, CSV Injection (characters = + - @, tab, line ends and the full-width forms). Spreadsheets pass over
    leading spaces, so this does too.

    >>> disarm("=HYPERLINK(1)"), disarm("- Đề nghị tăng phụ cấp"), disarm("-5"), disarm("Chi bộ")
    ("'=HYPERLINK(1)", "'- Đề nghị tăng phụ cấp", '-5', 'Chi bộ')
    """
    is_formula = text.startswith(tuple(CONTROL_STARTS)) or text.lstrip().startswith(tuple(FORMULA_STARTS))
    return f"'{text}" if is_formula and not NUMBER.fullmatch(text) else text


def rearm(cell: str) -> str:
    """Take off the `'` that `disarm` has put before a text.

    Who typed such a `'` themselves loses it, since the cell looks the same.

    >>> rearm("'- Đề nghị tăng phụ cấp"), rearm("'tốt'"), rearm("-5")
    ('- Đề nghị tăng phụ cấp', "'tốt'", '-5')
    """
    return cell[1:] if cell.startswith("'") and disarm(cell[1:]) == cell else cell


def storable(text: str) -> str:
    r"""Leave out the control characters that a workbook cannot hold; a line ends with a line feed alone.

    Half a surrogate pair becomes a question mark, as in the other files. Source: XML 1.0, production 2 (Char).

    >>> storable("Đường\x0b xấu\r\nquá\t!")
    'Đường xấu\nquá\t!'
    """
    return HALF.sub("?", UNSTORABLE.sub("", LINE_END.sub("\n", text)))
