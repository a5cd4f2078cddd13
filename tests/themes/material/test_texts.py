import logging
import lzma
import unicodedata

import pytest

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.themes.material.labelled import LabelledColumns, Origin, read_labelled
from thamluan.pipeline.themes.material.texts import passages, read_texts

WHERE = LabelledColumns(stance=None)


@pytest.fixture
def table(tmp_path):
    """Write a table of comma-separated rows."""

    def table(*rows, name="phieu.csv"):
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
        return tmp_path / name

    return table


@pytest.fixture
def codes(table):
    """A table of ids and codes alone."""
    return table("id,themes", "M3,pay", "M1,road", "M9,road", name="ma.csv")


def test_read_labelled_finds_texts_by_id(table, codes):
    texts = read_texts([table("id,text", "M1,Đường xấu", "M2,Nước đục", "M3,Lương thấp")])
    labelled = read_labelled([codes], where=WHERE, elsewhere=texts)
    assert labelled.texts == ("Lương thấp", "Đường xấu")
    assert labelled.themes.tolist() == [[1, 0], [0, 1]]


def test_read_labelled_tells_how_many_ids_have_no_text(table, codes, caplog):
    texts = read_texts([table("id,text", "M1,Đường xấu", "M3, ")])
    with caplog.at_level(logging.WARNING):
        labelled = read_labelled([codes], where=WHERE, elsewhere=texts)
    assert labelled.texts == ("Đường xấu",)
    assert caplog.messages == ["ma.csv: 2 of 3 ids have no text and are left out"]


def test_read_labelled_says_in_which_file_texts_were_found(table, codes):
    path = table("id,text", "M1,Đường xấu")
    labelled = read_labelled(
        [codes, path], where=LabelledColumns(themes="id", stance=None), elsewhere=read_texts([path])
    )
    found_in = [{"file": path.name, "sha256": sha256(path)}]
    assert [file.get("texts") for file in labelled.files] == [found_in, None]


def test_read_labelled_says_where_a_found_text_has_its_codes(table, codes):
    where = LabelledColumns(stance=None, id="id")
    labelled = read_labelled([codes], where=where, elsewhere=read_texts([table("id,text", "M1,Đường xấu")]))
    assert labelled.origins == (Origin("ma.csv", 3, "M1"),)


def test_read_labelled_leaves_a_table_with_texts_as_it_is(table):
    own = table("id,text,themes", "M1,Cầu hỏng,road", "M2,,road", name="ma.csv")
    texts = read_texts([table("id,text", "M1,Đường xấu", "M2,Nước đục")])
    assert read_labelled([own], where=WHERE, elsewhere=texts).texts == ("Cầu hỏng",)


def test_read_labelled_asks_for_the_texts_of_a_table_without_ids(table):
    texts = read_texts([table("id,text", "M1,Đường xấu")])
    with pytest.raises(ColumnError, match=r"ma\.csv has no column 'text'"):
        read_labelled([table("mã,themes", "M1,road", name="ma.csv")], where=WHERE, elsewhere=texts)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_read_texts_takes_named_columns_and_ids_in_any_unicode_form(table, form):
    named = {"id": unicodedata.normalize(form, "Mã phiếu"), "text": unicodedata.normalize(form, "Ý kiến")}
    path = table("Mã phiếu,Ý kiến", unicodedata.normalize(form, " Đ1ế ,Đường xấu"))
    codes = table("Mã phiếu,themes", "Đ1ế,road", name="ma.csv")
    where = LabelledColumns(text="Ý kiến", stance=None)
    assert read_labelled([codes], where=where, elsewhere=read_texts([path], **named)).themes.tolist() == [[1]]


def test_read_texts_names_missing_columns_and_those_there_are(table):
    with pytest.raises(ColumnError, match=r"phieu\.csv has no column 'id', 'text'\.") as caught:
        read_texts([table("mã,ý kiến", "1,a")])
    assert caught.value.hint == "It has: 'mã', 'ý kiến'."


def test_read_texts_bears_the_same_text_twice_and_refuses_another(table):
    path = table("id,text", "M1,Đường xấu", "M1,Đường xấu", "M1,Lương thấp", "M2,a", "M2,b")
    with pytest.raises(InputError) as caught:
        read_texts([path])
    assert caught.value.problems == ("phieu.csv, row 4", "phieu.csv, row 6")
    assert not any(shown in str(caught.value) for shown in ("M1", "Lương"))


def test_read_texts_counts_places_beyond_the_first_ten(table):
    with pytest.raises(InputError) as caught:
        read_texts([table("id,text", *(f"M1,Câu {number}" for number in range(13)))])
    assert caught.value.problems[-1] == "and 2 more"


def test_read_texts_passes_over_rows_without_id_or_text(table):
    texts = read_texts([table("id,text", ",Đường xấu", "M2, ", " ,Khác", "M3,Lương thấp")])
    assert texts.by_id == {"M3": "Lương thấp"}


def test_read_labelled_finds_passages_of_plain_text(table):
    corpus = table("Đường xấu. Cầu gãy.", "Lương thấp", name="bao.txt")
    codes = table("id,themes", "2:0:10,pay", "1:11:19,road", "3:0:4,road", name="ma.csv")
    labelled = read_labelled([codes], where=WHERE, elsewhere=read_texts([corpus]))
    assert labelled.texts == ("Lương thấp", "Cầu gãy.")
    assert labelled.files[0]["texts"] == [{"file": "bao.txt", "sha256": sha256(corpus)}]


def test_passages_count_lines_through_packed_and_plain_corpora(tmp_path):
    first, second = tmp_path / "mot.txt.xz", tmp_path / "hai.txt"
    first.write_bytes(lzma.compress("Một hai\nBa bốn\n".encode()))
    second.write_text("Năm sáu\n", encoding="utf-8", newline="\n")
    found = passages([first, second], ["3:4:99", "1:0:3", "M1", "9:0:2"])
    assert found == {"1:0:3": "Một", "3:4:99": "sáu"}
