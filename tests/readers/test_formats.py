import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers import READERS, read_table
from thamluan.pipeline.readers.formats import read_file

DOCUMENTED = {".txt", ".md", ".docx", ".csv", ".tsv", ".xlsx", ".jsonl"}


def test_readers_are_complete():
    assert set(READERS) == DOCUMENTED


def test_read_file_takes_suffixes_in_capitals(tmp_path):
    path = tmp_path / "A.TXT"
    path.write_text("một", encoding="utf-8")
    assert read_file(path).lines[0].text == "một"


def test_read_file_names_the_known_suffixes(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(InputError, match=r"unknown suffix '\.pdf'") as caught:
        read_file(path)
    assert ".docx" in caught.value.hint


@pytest.mark.parametrize("suffix", sorted(DOCUMENTED))
def test_read_file_refuses_a_picture_under_any_name(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(InputError, match=r"is a binary file|is not an? "):
        read_file(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "text,themes\ntiền ít,funding\n"), ("a.jsonl", '{"text": "tiền ít", "themes": ["funding"]}\n')],
)
def test_read_table_gives_str_cells_under_the_header(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert read_table(path).rows.to_dict("records") == [{"text": "tiền ít", "themes": "funding"}]


@pytest.mark.parametrize(
    ("name", "message"), [("a.txt", "is a document"), ("b.csv", "does not exist"), ("c.csv", "empty")]
)
def test_read_table_names_the_file_in_its_errors(tmp_path, name, message):
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    (tmp_path / "c.csv").write_bytes(b"")
    with pytest.raises(InputError, match=rf"{name}.*{message}"):
        read_table(tmp_path / name)
