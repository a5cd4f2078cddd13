import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.columns import CONTRIBUTIONS, REJECTED
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.readers import READERS, read
from thamluan.pipeline.settings import Columns

FILES = Path(__file__).parent / "files"
SURVEY = 'mã,Thôn,Khó khăn,Kiến nghị\nA1,Nà Chuông,không có tiền,tăng phụ cấp\nA2,Pò Mỏ,," "\n,Khối 3,ít người họp,\n'
CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("reading") / "table.csv"


@pytest.fixture
def survey(tmp_path):
    return written(tmp_path / "survey.csv", SURVEY)


def written(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_read_gives_the_documented_columns(survey):
    reading = read([survey])
    assert tuple(reading.contributions.columns) == CONTRIBUTIONS
    assert tuple(reading.rejected.columns) == REJECTED


def test_read_gives_each_row_and_question_in_order(survey):
    contributions = read([survey]).contributions
    assert contributions["text"].tolist() == ["không có tiền", "tăng phụ cấp", "", " ", "ít người họp", ""]
    assert contributions["question"].tolist() == ["Khó khăn", "Kiến nghị"] * 3
    assert contributions["contribution"].tolist() == [1, 2, 3, 4, 5, 6]


@settings(deadline=None, max_examples=50)
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_read_alters_no_answer(scratch, rows):
    rows = [*rows, ("cuối", "cùng")]
    with scratch.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("mã", "a", "b"), *(("x", *row) for row in rows)])
    reading = read([scratch], columns=Columns(text=("a", "b")))
    assert reading.contributions["text"].tolist() == [answer for row in rows for answer in row]
    assert reading.attributes["mã"].tolist() == ["x"] * len(rows) * 2


@pytest.mark.parametrize(("lang", "place"), [("vi", "dòng 2, cột C"), ("en", "row 2, column C")])
def test_read_names_places_in_the_language(survey, lang, place):
    assert read([survey], lang=lang).contributions["place"][0] == place


def test_read_names_respondents_by_row_or_id(survey):
    assert read([survey]).contributions["respondent"].unique().tolist() == [f"survey.csv#{row}" for row in (2, 3, 4)]
    by_id = read([survey], columns=Columns(id="mã")).contributions["respondent"]
    assert by_id.unique().tolist() == ["A1", "A2", "survey.csv#4"]


def test_read_keeps_columns_under_the_name_asked_for(survey):
    attributes = read([survey], columns=Columns(by=("THÔN",))).attributes
    assert attributes["THÔN"].tolist() == ["Nà Chuông"] * 2 + ["Pò Mỏ"] * 2 + ["Khối 3"] * 2
    assert "Thôn" not in attributes


def test_read_takes_the_questions_named(survey):
    reading = read([survey], columns=Columns(text=("kiến nghị",)))
    assert reading.contributions["question"].unique().tolist() == ["kiến nghị"]
    assert "Khó khăn" in reading.attributes
    assert reading.notes == ()


def test_read_tells_which_columns_it_found(survey):
    assert read([survey]).notes == (
        "survey.csv: open-text columns found: 'Khó khăn', 'Kiến nghị' (name them with --text to choose)",
    )


@pytest.mark.parametrize(
    ("name", "raw", "encoding"),
    [
        ("a.txt", "Chi bé häp ®Òu, kh«ng ®ñ tiÒn.".encode("cp1252"), "TCVN3"),
        ("a.txt", "Chi boä hoïp ñeàu, khoâng ñuû tieàn.".encode("cp1252"), "VNI"),
        ("a.csv", SURVEY.encode("utf-16"), "UTF-16"),
        ("a.jsonl", '{"ý kiến": "không có tiền"}'.encode("utf-16"), "UTF-16"),
        ("a.json", '[{"ý kiến": "không có tiền"}]'.encode("utf-16"), "UTF-16"),
        ("a.html", "<p>Chi bộ họp đều.</p>".encode("utf-16"), "UTF-16"),
        ("a.srt", "1\n00:12:05,000 --> 00:12:07,000\nTiền ít\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_read_tells_what_was_not_in_utf_8(tmp_path, name, raw, encoding):
    reading = read([written(tmp_path / name, raw)])
    assert f"{name}: read as {encoding}" in reading.notes
    assert [file.encoding for file in reading.files] == [encoding]


def test_read_names_the_encoding_of_text_files_alone(survey):
    reading = read([survey, FILES / "whole.xlsx", FILES / "whole.odt"])
    assert [file.encoding for file in reading.files] == ["UTF-8", "", ""]
    assert not [note for note in reading.notes if "read as" in note]


def test_read_unites_the_attributes_of_all_files(survey, tmp_path):
    other = written(tmp_path / "b.jsonl", '{"Ý kiến": "không có tiền", "tuổi": 50}')
    attributes = read([other, survey, written(tmp_path / "c.txt", "Chi bộ họp đều.")]).attributes
    assert attributes["tuổi"].tolist() == ["50"] + [""] * 7
    assert attributes["mã"].tolist() == ["", "A1", "A1", "A2", "A2", "", "", ""]


def test_read_counts_a_rejected_row_once_a_question(tmp_path):
    reading = read([written(tmp_path / "a.csv", SURVEY + "A4,x,y,z,dư\n")])
    (file,) = reading.files
    assert (file.n_read, file.n_rejected, len(reading.contributions)) == (8, 2, 6)
    assert reading.rejected.to_numpy().tolist() == [["a.csv", "dòng 5", "5 cells, but the header has 4"]]


def test_read_reads_sheets_with_the_same_questions(tmp_path, workbook):
    header = ["Thôn", "Ý kiến"]
    path = workbook(
        tmp_path / "a.xlsx",
        một=[header, ["Nà Chuông", "không có tiền"]],
        hai=[header, ["Pò Mỏ", "ít người họp"]],
        khác=[["Tuổi", "Mã"], ["50", "A1"]],
    )
    reading = read([path])
    assert reading.contributions["place"].tolist() == [f"trang tính '{name}', dòng 2, cột B" for name in ("một", "hai")]
    assert reading.contributions["respondent"].nunique() == 2
    assert reading.rejected["place"].tolist() == ["trang tính 'khác'"]


def test_read_names_no_sheet_when_there_is_one(tmp_path, workbook):
    path = workbook(tmp_path / "a.xlsx", một=[["Thôn", "Ý kiến"], ["Nà Chuông", "không có tiền"]], trống=[])
    assert read([path]).contributions["place"].tolist() == ["dòng 2, cột B"]


def test_read_gives_a_paper_as_one_contribution(tmp_path):
    path = written(tmp_path / "a.md", "# Tham luận\r\n\r\nTác giả: Nông Thị Hoa\r\nChi bộ họp đều.\r\n")
    (paper,) = read([path]).contributions.to_dict("records")
    assert paper == {
        "contribution": 1,
        "source": "a.md",
        "place": "đoạn 1–3",
        "speaker": "Nông Thị Hoa",
        "question": "",
        "text": "# Tham luận\n\nTác giả: Nông Thị Hoa\nChi bộ họp đều.\n",
        "respondent": "a.md#Nông Thị Hoa",
        "paragraph": 1,
        "places": ((0, "đoạn 1"), (13, "đoạn 2"), (35, "đoạn 3")),
    }


def test_read_gives_a_transcript_by_turns(tmp_path):
    path = written(tmp_path / "a.txt", "BIÊN BẢN\n\nChủ tọa: Mời.\nĐ/c Hoa:\nTiền ít.\nChủ tọa: Vâng.\n")
    reading = read([path])
    assert reading.contributions["speaker"].tolist() == ["Chủ tọa", "Đ/c Hoa", "Chủ tọa"]
    assert reading.contributions["respondent"].tolist() == ["a.txt#Chủ tọa", "a.txt#Đ/c Hoa", "a.txt#Chủ tọa"]
    assert reading.contributions["paragraph"].tolist() == [2, 4, 5]
    assert reading.notes == ("a.txt: đoạn 1: a title or formulas of minutes, which nobody said, left out",)


def test_read_keeps_sentences_before_the_first_speaker(tmp_path):
    path = written(tmp_path / "a.txt", "BIÊN BẢN\nCó mười hai người dự.\nChủ tọa: Mời.\nĐ/c Hoa: Tiền ít.\n")
    contributions = read([path]).contributions
    assert contributions["text"].tolist()[0] == "BIÊN BẢN\nCó mười hai người dự."


def test_read_gives_kept_columns_that_no_table_with_answers_has(tmp_path):
    written(tmp_path / "a.txt", "Chi bộ họp đều.")
    written(tmp_path / "b.csv", "Thôn,Giới tính\nNà Sầm,Nam\nBản Lim,Nữ\n")
    reading = read([tmp_path], columns=Columns(by=("Thôn",)))
    assert reading.attributes["Thôn"].tolist() == [""]


def test_read_passes_over_reports_of_earlier_runs(tmp_path):
    written(tmp_path / "a.txt", "Chi bộ họp đều.")
    (tmp_path / "bao-cao").mkdir()
    written(tmp_path / "bao-cao" / "answers.csv", "text\nChi bộ họp đều.\n")
    written(tmp_path / "bao-cao" / "run.json", "{}")
    assert read([tmp_path]).contributions["source"].tolist() == ["a.txt"]


def test_read_cuts_long_names_of_columns_in_messages(tmp_path):
    answer = "Ông trưởng thôn chỗ tôi thu tiền mà không đưa biên lai cho một nhà nào cả"
    path = written(tmp_path / "a.csv", f"{answer}\nHọp ít quá\n")
    assert answer not in read([path]).notes[0]


def test_read_goes_on_past_files_that_cannot_be_read(survey, tmp_path):
    written(tmp_path / "bad.csv", b"\x89PNG\0")
    written(tmp_path / "bad.pdf", b"%PDF")
    reading = read([tmp_path])
    assert reading.rejected["source"].tolist() == ["bad.csv", "bad.pdf"]
    assert reading.rejected["place"].tolist() == ["", ""]
    assert [file.source for file in reading.files] == ["survey.csv"]


def test_read_gathers_every_reason_when_nothing_can_be_read(tmp_path):
    files = [written(tmp_path / "a.csv", b""), written(tmp_path / "b.docx", b"x")]
    with pytest.raises(InputError) as caught:
        read(files)
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["a.csv", "b.docx"]


def test_read_refuses_an_empty_folder(tmp_path):
    with pytest.raises(InputError, match="no files were found"):
        read([tmp_path])


def test_read_asks_for_the_column_when_none_is_found(tmp_path):
    with pytest.raises(ColumnError) as caught:
        read([written(tmp_path / "a.csv", "Mã,Tuổi\nA1,50\n")])
    assert "'Mã', 'Tuổi'" in caught.value.problems[0]


def test_read_names_all_missing_columns_at_once(survey):
    with pytest.raises(ColumnError, match="'Kho khăn', 'Nhóm'") as caught:
        read([survey], columns=Columns(text=("Kho khăn",), by=("Nhóm", "Thôn")))
    assert "'Khó khăn'" in caught.value.hint


def test_read_refuses_named_columns_without_tables(tmp_path):
    with pytest.raises(ColumnError, match="'Nhóm'"):
        read([written(tmp_path / "a.txt", "Chi bộ họp đều.")], columns=Columns(by=("Nhóm",)))


def test_read_rejects_a_table_that_lacks_a_named_column(survey, tmp_path):
    other = written(tmp_path / "b.csv", "Mã,Ý kiến\n1,không có tiền\n")
    reading = read([other, survey], columns=Columns(text=("Khó khăn",)))
    assert reading.rejected["source"].tolist() == ["b.csv"]
    assert "lacks the column 'Khó khăn'" in reading.rejected["reason"][0]


def test_read_calls_progress_once_a_file(survey, tmp_path):
    calls = []
    read([survey, written(tmp_path / "a.txt", "một")], progress=lambda *call: calls.append(call))
    assert calls == [("read", 1, 2), ("read", 2, 2)]


def test_read_keeps_answers_out_of_notes_and_reasons(survey, tmp_path):
    bad = written(tmp_path / "b.csv", 'Mã,Ý kiến\n1,"bí mật" riêng\n2,bí mật,bí mật\n3,"không có tiền"\n')
    reading = read([survey, bad])
    assert "bí mật" not in " ".join((*reading.notes, *reading.rejected["reason"]))


def test_read_gives_frames_that_share_an_index(survey, tmp_path):
    reading = read([survey, written(tmp_path / "a.txt", "một")])
    expected = pd.RangeIndex(len(reading.contributions))
    pd.testing.assert_index_equal(reading.contributions.index, expected, exact=True)
    pd.testing.assert_index_equal(reading.attributes.index, expected, exact=True)


def test_read_names_pages_of_a_pdf():
    contributions = read([FILES / "whole.pdf"]).contributions
    assert contributions["place"].tolist() == ["trang 1", "trang 1–2", "trang 2", "trang 2"]
    text, stretches = contributions["text"][1], contributions["places"][1]
    assert [(text[start : start + 8], place) for start, place in stretches][:2] == [
        ("Kinh phí", "trang 1"),
        ("Bốn thán", "trang 2"),
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_read_names_times_of_a_recording(tmp_path, lang):
    path = written(
        tmp_path / "a.srt", "1\n00:12:05,000 --> 00:12:07,000\nTiền ít\n\n2\n00:12:07,000 --> 00:12:09,000\nquá."
    )
    contributions = read([path], lang=lang).contributions
    assert contributions[["place", "speaker", "text"]].to_numpy().tolist() == [["00:12:05", "", "Tiền ít quá."]]
    assert contributions["places"][0] == ((0, "00:12:05"), (8, "00:12:07"))


def test_read_rejects_a_recording_of_noises(tmp_path, survey):
    written(tmp_path / "a.srt", "1\n00:12:05,000 --> 00:12:07,000\n[Âm nhạc]\n")
    reading = read([tmp_path])
    assert reading.rejected["reason"].tolist() == ["holds no words, only noises and music"]


def test_read_groups_by_merged_cells():
    reading = read([FILES / "whole.xlsx"], columns=Columns(by=("Khối",)))
    assert reading.attributes["Khối"].tolist() == ["Khối 5", "Khối 5", "Khối 6", "Khối 6"]
    assert (reading.contributions["text"] != "").sum() == 3


def test_read_rejects_bad_files_of_every_kind_and_reads_the_rest(tmp_path, survey):
    for suffix in READERS:
        written(tmp_path / f"garbage{suffix}", bytes(range(256)) * 4)
        written(tmp_path / f"empty{suffix}", b"")
    reading = read([tmp_path])
    assert len(reading.rejected) == 2 * len(READERS)
    assert len(reading.contributions) == sum(file.n_read - file.n_rejected for file in reading.files) == 6
