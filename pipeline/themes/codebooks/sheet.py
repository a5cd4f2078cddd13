"""The codebook as a sheet: a row a theme, with Vietnamese or English headings."""

import io
import re
from collections.abc import Mapping

from thamluan.pipeline.letters import compose, strip_marks

COLUMNS = ("id", "label", "label_en", "definition", "definition_en", "excludes", "cues", "examples")
# What people call the columns, the first as it is written; marks and capitals make no difference.
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("Mã", "Mã chủ đề"),
    "label": ("Nhãn", "Chủ đề", "Tên", "Tên chủ đề"),
    "label_en": ("Nhãn tiếng Anh", "Tên tiếng Anh"),
    "definition": ("Định nghĩa", "Mô tả"),
    "definition_en": ("Định nghĩa tiếng Anh", "Mô tả tiếng Anh"),
    "excludes": ("Không gồm", "Loại trừ"),
    "cues": ("Từ khóa", "Từ khoá"),
    "examples": ("Ví dụ",),
}
LONGEST_ID = 40
WIDTH = 40  # characters of a written column


def heading(name: str) -> str:
    """Give the column that a heading means, or the heading itself in small letters where it means none.

    >>> heading(" Từ khoá"), heading("TU KHOA"), heading("Label"), heading("Lable")
    ('cues', 'cues', 'label', 'lable')
    """
    plain = " ".join(strip_marks(name).split())
    meant = {strip_marks(known): column for column, names in HEADINGS.items() for known in names}
    return meant.get(plain, " ".join(compose(name).lower().split()))


def id_of(label: str) -> str:
    """Make an id of a label.

    >>> id_of("Đường sá, đi lại"), id_of("5S")
    ('duong_sa_di_lai', 'theme_5s')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", strip_marks(label)).strip("_")
    return (plain if re.match("[a-z]", plain) else f"theme_{plain}")[:LONGEST_ID].strip("_")


def workbook(rows: list[Mapping[str, str]], *, lang: str) -> bytes:
    """Write themes, each a mapping of `COLUMNS` to texts, as a workbook of Excel with headings in a language."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Codebook"
    sheet.append([HEADINGS[column][0] if lang == "vi" else column for column in COLUMNS])
    for row in rows:
        sheet.append([row.get(column) or None for column in COLUMNS])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
    for number in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH / 2 if number < 4 else WIDTH
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
