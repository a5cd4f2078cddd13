import datetime
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.tables.workbooks import read_workbook

FILES = Path(__file__).parents[1] / "files"
# A carriage return and most control characters cannot stand in the XML of a workbook, and = begins a formula.
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=12).filter(
    lambda cell: not cell.startswith("=") and "_x000D_" not in cell
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("workbooks") / "table.xlsx"


@settings(deadline=None, max_examples=30)
@given(answers=st.lists(CELLS, min_size=1, max_size=5))
def test_read_workbook_gives_every_cell_back_in_order(workbook, scratch, answers):
    rows = [[f"c{number}", answer] for number, answer in enumerate(answers)]
    table = read_workbook(workbook(scratch, a=[["mã", "ý kiến"], *rows])).tables[0]
    assert table.rows.to_numpy().tolist() == rows


def test_read_workbook_writes_typed_cells_as_text(tmp_path, workbook):
    cells = [12, 12.0, 1.5, True, None, datetime.datetime(2022, 11, 29), datetime.datetime(2022, 11, 29, 8, 30)]
    path = workbook(tmp_path / "a.xlsx", a=[list("abcdefg"), cells])
    expected = ["12", "12", "1.5", "TRUE", "", "2022-11-29", "2022-11-29T08:30:00"]
    assert read_workbook(path).tables[0].rows.iloc[0].tolist() == expected


def test_read_workbook_numbers_rows_as_excel_shows_them(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[[], [], ["a", "b"], ["1", "x"], [], ["2", "y"], []])
    assert read_workbook(path).tables[0].numbers == (4, 5, 6)


def test_read_workbook_names_columns_as_excel_shows_them(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[[None, "a", "b"], [None, "1", "x"]])
    assert read_workbook(path).tables[0].letters == ("B", "C")


def test_read_workbook_names_a_column_without_header(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[["a", "b"], ["1", "x", "thêm"]])
    assert read_workbook(path).tables[0].header == ("a", "b", "column 3")


def test_read_workbook_reads_all_sheets_with_content(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", một=[["a"], ["1"]], trống=[], hai=[["a"], ["2"]])
    assert [table.name for table in read_workbook(path).tables] == ["một", "hai"]


def test_read_workbook_reads_hidden_sheets(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", một=[["a"], ["1"]], hai=[["a"], ["2"]])
    book = openpyxl.load_workbook(path)
    book["hai"].sheet_state = "hidden"
    book.save(path)
    assert len(read_workbook(path).tables) == 2


def test_read_workbook_undoes_excels_escaped_line_ends(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[["a", "b"], ["1", "x_x000D_\ny"]])
    assert read_workbook(path).tables[0].rows["b"].tolist() == ["x\r\ny"]


def test_read_workbook_does_not_trust_the_stated_size(tmp_path, workbook, rewritten):
    path = workbook(tmp_path / "a.xlsx", a=[["a", "b"], ["1", "x"]])
    rewritten(path, part="xl/worksheets/sheet1.xml", old=b'ref="A1:B2"', new=b'ref="A1"')
    assert read_workbook(path).tables[0].header == ("a", "b")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_read_workbook_refuses_a_truncated_file(tmp_path, share, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[["a"], ["1"]])
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(InputError, match="is damaged"):
        read_workbook(path)


def test_read_workbook_refuses_damaged_xml(tmp_path, workbook, rewritten):
    path = workbook(tmp_path / "a.xlsx", a=[["a"], ["1"]])
    rewritten(path, part="xl/worksheets/sheet1.xml", old=b"<sheetData>", new=b"<sheetData")
    with pytest.raises(InputError, match="is damaged"):
        read_workbook(path)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b"id,text\n1,a\n", "is not an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n", "is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_read_workbook_refuses_other_files_in_plain_words(tmp_path, raw, message):
    path = tmp_path / "a.xlsx"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_workbook(path)


def test_read_workbook_refuses_another_package(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    with pytest.raises(InputError, match="is not an Excel workbook"):
        read_workbook(path)


def test_read_workbook_refuses_a_package_without_parts(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(InputError, match="is damaged"):
        read_workbook(path)


@pytest.mark.parametrize("rows", [[], [["a", "b"]]])
def test_read_workbook_refuses_a_workbook_without_rows(tmp_path, rows, workbook):
    with pytest.raises(InputError, match="has no rows"):
        read_workbook(workbook(tmp_path / "a.xlsx", a=rows))


def test_read_workbook_spreads_merged_cells_over_the_rows_that_they_group(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[["Khối", "ý kiến"], ["5", "tiền ít"], [None, "loa hỏng"], [None, None]])
    book = openpyxl.load_workbook(path)
    book["a"].merge_cells("A2:A3")
    book["a"].merge_cells("B3:B4")
    book.save(path)
    (table,) = read_workbook(path).tables
    assert table.groups["Khối"].tolist() == ["5", "5"]
    assert table.rows["ý kiến"].tolist() == ["tiền ít", "loa hỏng"]


def test_read_workbook_gives_no_answer_twice_where_cells_are_merged(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", a=[["Khối", "ý kiến"], ["5", "tiền ít"], ["6", None]])
    book = openpyxl.load_workbook(path)
    book["a"].merge_cells("B2:B3")
    book.save(path)
    (table,) = read_workbook(path).tables
    assert table.rows["ý kiến"].tolist() == ["tiền ít", ""]


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_read_workbook_reads_what_an_office_program_workbook(suffix):
    (table,) = read_workbook(FILES / f"whole{suffix}").tables
    assert table.name == "Phiếu"
    assert table.rows.to_numpy().tolist() == [
        ["Khối 5", "2026-03-05", "21", "Tiền ít mà việc nhiều, không ai muốn làm."],
        ["", "2026-03-06T08:30:00", "21.5", "Loa hỏng đã bốn tháng chưa sửa."],
        ["Khối 6", "", "", ""],
        ["", "2026-03-08", "0", "Đảng viên đi làm xa, họp không đủ người."],
    ]
    assert table.numbers == (2, 3, 4, 5)
    assert table.letters == ("A", "B", "C", "D")


def test_read_workbook_spreads_merged_cells_of_old_workbooks():
    (table,) = read_workbook(FILES / "whole.xls").tables
    assert table.groups["Khối"].tolist() == ["Khối 5", "Khối 5", "Khối 6", "Khối 6"]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.xls", b"<html><table><tr><td>a</table>", r"is not an old Excel workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "by a password"),
        ("a.ods", b"id,text\n", "is not an OpenDocument spreadsheet"),
        ("a.ods", b"PK\x03\x04", "is damaged"),
    ],
)
def test_read_workbook_refuses_other_kinds_in_plain_words(tmp_path, name, raw, message):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_workbook(path)


def test_read_workbook_refuses_a_text_under_the_name_of_a_workbook(tmp_path):
    path = tmp_path / "a.ods"
    shutil.copy(FILES / "whole.odt", path)
    with pytest.raises(InputError):
        read_workbook(path)
