"""Cells that a spreadsheet would run as a formula: disarmed when they are written, rearmed when they are read back."""

import re

FORMULA_STARTS = "=+-@＝＋－＠"
CONTROL_STARTS = "\t\r\n"
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


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
