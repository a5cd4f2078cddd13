import logging
from pathlib import Path

import pytest
from pypdf import PdfWriter

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.pages import read_pages

WHOLE = Path(__file__).parents[1] / "files" / "whole.pdf"


def texts(path):
    return [line.text for line in read_pages(path).lines]


def written(path, writer):
    writer.write(path)
    return path


def test_read_pages_joins_rows_to_paragraphs():
    assert texts(WHOLE)[5].startswith("Bốn tháng nay loa hỏng chưa ai sửa, dân không nghe được tin, họp phải đi gõ cửa")
    assert len(texts(WHOLE)) == 11


def test_read_pages_sets_items_of_a_list_apart():
    assert [text[:12] for text in texts(WHOLE) if text[:1].isdigit()] == ["1. Sửa loa t", "2. Cho ban t"]


def test_read_pages_leaves_out_running_titles_and_page_numbers_but_no_title():
    assert "Biên bản thảo luận tổ 3" not in texts(WHOLE)
    assert texts(WHOLE)[0] == "BIÊN BẢN THẢO LUẬN TỔ 3"
    assert not [text for text in texts(WHOLE) if text.isdigit()]


def test_read_pages_numbers_the_pages():
    assert [line.page for line in read_pages(WHOLE).lines] == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3]


def test_read_pages_measures_what_is_bold():
    bold = [line.text[: line.n_bold].rstrip() for line in read_pages(WHOLE).lines if line.n_bold]
    assert bold[1:3] == ["Chủ tọa:", "Bà Lý Thị Mai, Trưởng ban công tác Mặt trận:"]


def test_read_pages_names_pages_without_text(tmp_path):
    writer = PdfWriter(clone_from=WHOLE)
    writer.add_blank_page(width=100, height=100)
    assert read_pages(written(tmp_path / "a.pdf", writer)).notes == (
        "pages without text, left out (pictures must be recognised first): 4",
    )


def test_read_pages_refuses_pictures_and_says_what_to_do(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    with pytest.raises(InputError, match="no text layer") as caught:
        read_pages(written(tmp_path / "a.pdf", writer))
    assert "OCR" in caught.value.hint


def test_read_pages_refuses_a_file_with_a_password(tmp_path):
    writer = PdfWriter(clone_from=WHOLE)
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    with pytest.raises(InputError, match="protected by a password"):
        read_pages(written(tmp_path / "a.pdf", writer))


def test_read_pages_reads_a_file_that_only_forbids_printing(tmp_path):
    writer = PdfWriter(clone_from=WHOLE)
    writer.encrypt("", owner_password="mật khẩu", algorithm="RC4-128")
    assert texts(written(tmp_path / "a.pdf", writer)) == texts(WHOLE)


def test_read_pages_keeps_the_librarys_remarks_to_itself(tmp_path, caplog):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"\n\n" + WHOLE.read_bytes())  # every offset is wrong by two
    with caplog.at_level(logging.DEBUG):
        read_pages(path)
    assert caplog.text == ""


def test_read_pages_refuses_another_file(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_text("bài", encoding="utf-8")
    with pytest.raises(InputError, match="is not a PDF"):
        read_pages(path)
