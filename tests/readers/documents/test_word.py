import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.documents.word import read_word


def texts(document):
    return [line.text for line in document.lines]


def saved(path, document):
    document.save(str(path))
    return path


def test_read_word_reads_paragraphs_and_tables_in_order(tmp_path):
    document = docx.Document()
    document.add_paragraph("trước")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "gộp"
    table.cell(1, 0).text = "trái"
    table.cell(1, 1).add_table(rows=1, cols=1).cell(0, 0).text = "trong"
    document.add_paragraph("sau")
    path = saved(tmp_path / "a.docx", document)
    assert [text for text in texts(read_word(path)) if text] == ["trước", "gộp", "trái", "trong", "sau"]


def test_read_word_leaves_out_headers_and_footers(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.sections[0].footer.paragraphs[0].text = "chân trang"
    document.add_paragraph("bài")
    assert texts(read_word(saved(tmp_path / "a.docx", document))) == ["bài"]


def test_read_word_begins_a_line_at_a_line_break(tmp_path):
    document = docx.Document()
    document.add_paragraph("một\nhai\tba")
    assert texts(read_word(saved(tmp_path / "a.docx", document))) == ["một", "hai\tba"]


def test_read_word_measures_what_is_bold(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Bà Sáu:").bold = True
    paragraph.add_run(" tôi nhất trí")
    assert read_word(saved(tmp_path / "a.docx", document)).lines == (Line("Bà Sáu: tôi nhất trí", n_bold=7),)


def test_read_word_reads_tracked_changes_as_accepted(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("tiền ")
    for change in (
        "<w:ins {}><w:r><w:t>ít</w:t></w:r></w:ins>",
        "<w:del {}><w:r><w:delText>nhiều</w:delText></w:r></w:del>",
    ):
        paragraph._p.append(parse_xml(change.format(nsdecls("w"))))
    assert texts(read_word(saved(tmp_path / "a.docx", document))) == ["tiền ít"]


def test_read_word_reads_content_controls(tmp_path):
    document = docx.Document()
    control = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control.format(nsdecls("w"))))
    assert "trong khung" in texts(read_word(saved(tmp_path / "a.docx", document)))


def test_read_word_refuses_a_document_without_text(tmp_path):
    with pytest.raises(InputError, match="holds no text"):
        read_word(saved(tmp_path / "a.docx", docx.Document()))


@pytest.mark.parametrize("share", [0.1, 0.6])
def test_read_word_refuses_a_truncated_file(tmp_path, share):
    document = docx.Document()
    document.add_paragraph("bài")
    path = saved(tmp_path / "a.docx", document)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(InputError, match="is damaged"):
        read_word(path)


@pytest.mark.parametrize("raw", [b"", b"plain text", b"\x89PNG\r\n\x1a\n", b"{\\rtf1 abc}"])
def test_read_word_refuses_other_files(tmp_path, raw):
    path = tmp_path / "a.docx"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=r"is empty|is not a Word document"):
        read_word(path)
