import zipfile
from pathlib import Path

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.documents.opendocuments import read_open_document

WHOLE = Path(__file__).parents[1] / "files" / "whole.odt"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)
BOLD = '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'


def saved(path, body, *, manifest=""):
    styles = f"<office:automatic-styles>{BOLD}</office:automatic-styles>"
    content = f"<office:document {NAMES}>{styles}<office:body>{body}</office:body></office:document>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", content)
        if manifest:
            package.writestr("META-INF/manifest.xml", manifest)
    return path


def lines(path, paragraphs):
    return read_open_document(saved(path, f"<office:text>{paragraphs}</office:text>")).lines


def test_read_open_document_reads_what_an_office_program_saved():
    document = read_open_document(WHOLE)
    assert document.lines[0] == Line("BIÊN BẢN THẢO LUẬN TỔ 3", n_bold=23)
    assert document.lines[2].text[: document.lines[2].n_bold] == "Chủ tọa:"
    assert len(document.lines) == 11


def test_read_open_document_reads_marked_white_space(tmp_path):
    paragraph = "<text:p>một <text:s text:c='2'/>hai<text:tab/>ba\n  bốn<text:line-break/>năm</text:p>"
    assert [line.text for line in lines(tmp_path / "a.odt", paragraph)] == ["một   hai\tba bốn", "năm"]


def test_read_open_document_leaves_out_notes_comments_and_deletions(tmp_path):
    body = (
        "<text:tracked-changes><text:p>xóa</text:p></text:tracked-changes>"
        "<text:p>tiền<text:note><text:p>chú thích</text:p></text:note>"
        "<office:annotation><text:p>nhận xét</text:p></office:annotation> ít</text:p>"
    )
    assert [line.text for line in lines(tmp_path / "a.odt", body)] == ["tiền ít"]


def test_read_open_document_measures_what_is_bold(tmp_path):
    body = '<text:p><text:span text:style-name="B">Bà Sáu:</text:span> tôi nhất trí</text:p>'
    assert lines(tmp_path / "a.odt", body) == (Line("Bà Sáu: tôi nhất trí", n_bold=7),)


def test_read_open_document_follows_no_entity(tmp_path):
    path = tmp_path / "a.odt"
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "content.xml",
            f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]><office:document {NAMES}><office:body><office:text>'
            "<text:p>trước &x; sau</text:p></office:text></office:body></office:document>",
        )
    assert "bí mật" not in "".join(line.text for line in read_open_document(path).lines)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<office:spreadsheet/>", "is not an OpenDocument text"),
        ("<office:text/>", "holds no text"),
        ("<office:text>", "is damaged"),
    ],
)
def test_read_open_document_refuses_what_it_cannot_read(tmp_path, body, message):
    with pytest.raises(InputError, match=message):
        read_open_document(saved(tmp_path / "a.odt", body))


def test_read_open_document_refuses_a_file_with_a_password(tmp_path):
    path = saved(tmp_path / "a.odt", "<office:text/>", manifest="<manifest:encryption-data/>")
    with pytest.raises(InputError, match="protected by a password"):
        read_open_document(path)
