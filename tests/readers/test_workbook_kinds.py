import shutil
from pathlib import Path

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.workbooks import read_workbook

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("suffix", [".xls", ".ods"])
def test_read_workbook_reads_what_an_office_program_saved(suffix):
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


def test_read_workbook_spreads_merged_cells_over_their_rows():
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
def test_read_workbook_refuses_what_it_cannot_read(tmp_path, name, raw, message):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_workbook(path)


def test_read_workbook_refuses_a_text_under_its_name(tmp_path):
    path = tmp_path / "a.ods"
    shutil.copy(FILES / "whole.odt", path)
    with pytest.raises(InputError):
        read_workbook(path)
