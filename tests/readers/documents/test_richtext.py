from pathlib import Path

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.richtext import read_rich_text

WHOLE = Path(__file__).parents[1] / "files" / "whole.rtf"


def texts(path, raw):
    path.write_bytes(raw)
    return [line.text for line in read_rich_text(path).lines if line.text]


def test_read_rich_text_reads_what_an_office_program_saved():
    lines = [line.text for line in read_rich_text(WHOLE).lines if line.text.strip()]
    assert lines[:2] == [
        "BIÊN BẢN THẢO LUẬN TỔ 3",
        "Hôm nay, ngày 05/3/2026, tại nhà văn hóa khối 5, tổ 3 thảo luận về hoạt động của chi bộ và Ban công tác Mặt "
        "trận.",
    ]
    assert len(lines) == 11


def test_read_rich_text_reads_unicode_and_code_pages(tmp_path):
    raw = rb"{\rtf1\ansi\ansicpg1258 ti\u7873?n \'edt\par \u-10179?\u-8704? \'ea\'ec}"
    assert texts(tmp_path / "a.rtf", raw) == ["tiền ít", "😀 ê\u0301"]


def test_read_rich_text_reads_cells_one_by_one(tmp_path):
    assert texts(tmp_path / "a.rtf", rb"{\rtf1\trowd\intbl mot\cell hai\cell\row\pard ba\par}") == ["mot", "hai", "ba"]


def test_read_rich_text_notes_a_file_cut_short(tmp_path):
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1 tien {\b it")
    assert read_rich_text(path).notes


@pytest.mark.parametrize(
    ("raw", "message"), [(b"bai", "is not an RTF document"), (rb"{\rtf1 }", "holds no text"), (b"", "is empty")]
)
def test_read_rich_text_refuses_what_it_cannot_read(tmp_path, raw, message):
    with pytest.raises(InputError, match=message):
        texts(tmp_path / "a.rtf", raw)
