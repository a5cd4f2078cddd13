import pytest

from thamluan.pipeline.artefacts import STARTER_CODEBOOK
from thamluan.pipeline.errors import CodebookError
from thamluan.pipeline.themes.codebooks.codebook import load_codebook, sheet_of_codebook
from thamluan.pipeline.themes.codebooks.sheet import COLUMNS, HEADINGS, id_of


def test_every_column_has_a_vietnamese_heading():
    assert tuple(HEADINGS) == COLUMNS


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_written_sheet_is_read_back_as_the_same_themes(tmp_path, lang):
    starter = load_codebook(STARTER_CODEBOOK)
    path = tmp_path / "ma.xlsx"
    path.write_bytes(sheet_of_codebook(starter, lang=lang))
    assert load_codebook(path).themes == starter.themes


def test_vietnamese_headings_are_known_and_ids_made_of_labels(tmp_path):
    path = tmp_path / "ma.csv"
    rows = "NHÃN,Định nghĩa,Từ khoá,Ví dụ\nĐường sá,Đường thôn.,đường; ngõ,Ngõ lầy.\nÝ kiến khác,,,\n"
    path.write_text(rows, encoding="utf-8")
    first, last = load_codebook(path).themes
    assert (first.id, first.label["vi"], first.definition["vi"]) == ("duong_sa", "Đường sá", "Đường thôn.")
    assert (first.cues, first.examples) == (("đường", "ngõ"), ("Ngõ lầy.",))
    assert last.id == "y_kien_khac"


def test_two_columns_of_one_meaning_are_a_problem(tmp_path):
    path = tmp_path / "ma.csv"
    path.write_text("Nhãn,label\nĐường,Đường\n", encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert caught.value.problems == ("row 1: 2 columns mean 'label'; keep one",)


def test_a_made_id_is_never_too_long():
    assert len(id_of("Ý kiến " * 20)) <= 40
