import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers import READERS, read_table
from thamluan.pipeline.readers.formats import HINTS, TABLES, read_file

DOCUMENTS = {".txt", ".md", ".docx", ".odt", ".rtf", ".pdf", ".html", ".htm"}
RECORDINGS = {".srt", ".vtt", ".json"}
FILES = Path(__file__).parent / "files"
WHOLE = sorted(FILES.glob("whole.*"))


def test_readers_are_complete():
    assert set(READERS) == {*TABLES, *DOCUMENTS, *RECORDINGS}


def test_read_file_takes_suffixes_in_capitals(tmp_path):
    path = tmp_path / "A.TXT"
    path.write_text("một", encoding="utf-8")
    assert read_file(path).lines[0].text == "một"


def test_read_file_names_the_known_suffixes(tmp_path):
    path = tmp_path / "a.xyz"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"unknown suffix '\.xyz'") as caught:
        read_file(path)
    assert ".docx" in caught.value.hint


@pytest.mark.parametrize(("suffix", "advice"), [(".doc", "save it as .docx"), (".MP3", "Whisper"), (".jpg", "OCR")])
def test_read_file_says_what_to_do_with_other_kinds(tmp_path, suffix, advice):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert advice in caught.value.hint


def test_hints_are_for_kinds_that_are_not_read():
    assert not set(HINTS) & set(READERS)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_read_file_refuses_a_picture_under_any_name(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(InputError, match=r"is a binary file|is not an? "):
        read_file(path)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_read_file_says_that_a_file_is_empty(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="is empty"):
        read_file(path)


@pytest.mark.parametrize("suffix", sorted(READERS))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(min_size=1))
def test_read_file_never_fails_on_garbage_but_in_words(tmp_path, suffix, raw):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw)
    with contextlib.suppress(InputError):
        read_file(path)


def test_read_file_is_tried_on_a_whole_file_of_every_binary_kind():
    assert {path.suffix for path in WHOLE} == {".xlsx", ".xls", ".ods", ".odt", ".pdf", ".sav", ".parquet", ".rtf"}


@pytest.mark.parametrize("whole", WHOLE, ids=lambda path: path.suffix)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_read_file_refuses_a_truncated_file_or_notes_it(tmp_path, whole, share):
    raw = whole.read_bytes()
    path = tmp_path / whole.name
    path.write_bytes(raw[: int(len(raw) * share)])
    try:
        file = read_file(path)
    except InputError:
        return
    assert file.notes


@pytest.mark.parametrize("whole", WHOLE, ids=lambda path: path.suffix)
def test_read_file_outlives_altered_files(tmp_path, whole, capfd):
    raw = whole.read_bytes()
    path = tmp_path / whole.name
    for position in range(8, len(raw), len(raw) // 5):
        path.write_bytes(raw[:position] + bytes(range(40)) + raw[position + 40 :])
        with contextlib.suppress(InputError):
            read_file(path)
    assert capfd.readouterr().err == ""


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
