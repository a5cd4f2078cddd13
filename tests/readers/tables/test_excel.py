import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from thamluan.pipeline.readers.tables.workbooks import read_workbook

# Runs of type in one cell, as Excel saves them: only the first names a font of its own.
SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>
<r><rPr><rFont val="Arial"/></rPr><t xml:space="preserve">né </t></r><r><t xml:space="preserve">bé </t></r>
<r><rPr><b/></rPr><t>häp</t></r></si></sst>"""
SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


@pytest.fixture
def answers(tmp_path):
    """Save answers, each with a font or without, below the header "ý kiến" and give back those read."""

    def saved(*cells):
        book = openpyxl.Workbook()
        book.active.append(["mã", "ý kiến"])
        for number, (value, font) in enumerate(cells, start=2):
            book.active.append([f"a{number}", value])
            if font is not None:
                book.active.cell(number, 2).font = Font(name=font)
        book.save(tmp_path / "a.xlsx")
        return read_workbook(tmp_path / "a.xlsx").tables[0].rows["ý kiến"].tolist()

    return saved


def test_read_workbook_tells_of_formulas_without_value(tmp_path, workbook):
    file = read_workbook(workbook(tmp_path / "a.xlsx", a=[["a", "b"], ["1", "=1+1"]]))
    assert file.tables[0].rows.iloc[0].tolist() == ["1", ""]
    assert "1 formulas have no value" in file.notes[0]


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        (".VnTime", "Chi bé häp ®Òu", "Chi bộ họp đều"),
        (".VnTimeH", "Héi nghÞ", "HỘI NGHỊ"),
        ("VNI-Times", "Ñaûng boä", "Đảng bộ"),
        ("Times New Roman", "cà phê né", "cà phê né"),
        (".VnTime", "Đảng bộ", "Đảng bộ"),
        (".VnTime", 12, "12"),
        (".VnTime", "bé_x000D_\nbé", "bộ\r\nbộ"),
    ],
)
def test_cells_are_decoded_by_their_font(answers, font, text, shown):
    assert answers((text, font), ("né", None)) == [shown, "né"]


def test_cells_without_a_legacy_font_stay_where_others_have_one(answers):
    assert answers(("häp", ".VnTime"), ("né", "Arial"), (None, ".VnTime"), ("bé", ".VnArial")) == [
        "họp",
        "né",
        "",
        "bộ",
    ]


def test_decoded_cells_are_noted_once(tmp_path, answers):
    answers(("häp", ".VnTime"), ("bé", ".VnArial"), ("né", "Arial"))
    assert read_workbook(tmp_path / "a.xlsx").notes == ("text in fonts of TCVN3 decoded",)


def test_runs_in_a_cell_are_decoded_by_their_own_font(tmp_path, answers, rewritten):
    answers(("x", ".VnTime"))
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", SHARED)
    rewritten(path, part="[Content_Types].xml", old=b"</Types>", new=SHARED_TYPE + b"</Types>")
    sheet = "xl/worksheets/sheet1.xml"
    rewritten(path, part=sheet, old=b't="inlineStr"><is><t>x</t></is>', new=b't="s"><v>0</v>')
    assert read_workbook(path).tables[0].rows["ý kiến"].tolist() == ["né bộ họp"]


def test_a_header_in_a_legacy_font_is_decoded(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["ý kiến", "Kiến nghị"])
    book.active["A1"].value = "Khã kh¨n"
    book.active["A1"].font = Font(name=".VnTime")
    book.active.append(["Loa hỏng", "Sửa loa"])
    book.save(tmp_path / "a.xlsx")
    assert read_workbook(tmp_path / "a.xlsx").tables[0].header == ("Khó khăn", "Kiến nghị")
