import json
import logging
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.themes.codebooks.codebook import ID, TAKEN, dump_codebook, load_codebook
from thamluan.pipeline.themes.material.labelled import LabelledColumns, Origin, _ids, read_labelled

WITHOUT_STANCE = LabelledColumns(stance=None)


@pytest.fixture
def table(tmp_path):
    """Write a table of comma-separated rows."""

    def table(*rows, name="coded.csv"):
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
        return tmp_path / name

    return table


def themes_of(labelled):
    ids = labelled.codebook.theme_ids
    return [[id for id, present in zip(ids, row, strict=True) if present] for row in labelled.themes]


def stances_of(labelled):
    ids = labelled.codebook.stance_ids
    return [[id for id, present in zip(ids, row, strict=True) if present] for row in labelled.stances]


@pytest.mark.parametrize(
    "written",
    ["funding", "Funding", "Kinh phí, chế độ, cơ sở vật chất", "Funding, allowances, facilities", "  FUNDING "],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_read_labelled_knows_a_theme_by_id_or_label(table, written, form):
    path = table("text,themes", unicodedata.normalize(form, f'a,"{written}"'))
    assert themes_of(read_labelled([path], where=WITHOUT_STANCE, codebook=load_codebook())) == [["funding"]]


@pytest.mark.parametrize("written", ["weakness", "Hạn chế, khó khăn", "weakness, Difficulty"])
def test_read_labelled_knows_a_stance_by_id_or_label(table, written):
    path = table("text,themes,stance", f'a,,"{written}"')
    labelled = read_labelled([path], where=LabelledColumns(), codebook=load_codebook())
    assert stances_of(labelled) == [["weakness"]]


def test_read_labelled_lists_unknown_values_with_file_and_row(table):
    first = table("text,themes,stance", "a,funding,good", "", "b,road;funding;pay,neutral")
    second = table("text,themes,stance", "c,,", ",unknown but left out,", "d,Road,", name="more.csv")
    with pytest.raises(InputError) as caught:
        read_labelled([first, second], where=LabelledColumns(), codebook=load_codebook())
    assert caught.value.problems == (
        "coded.csv, row 2: 'good'",
        "coded.csv, row 4: 'road'",
        "coded.csv, row 4: 'pay'",
        "more.csv, row 4: 'Road'",
    )


def test_read_labelled_names_the_known_values(table):
    with pytest.raises(InputError) as caught:
        read_labelled([table("text,themes", "a,x")], where=WITHOUT_STANCE, codebook=load_codebook())
    assert "party_cell, front_committee" in caught.value.hint
    assert "strength, weakness" in caught.value.hint


def test_read_labelled_lists_twenty_unknown_values_and_counts_the_rest(table):
    path = table("text,themes", *(f"a,x{number}" for number in range(23)))
    with pytest.raises(InputError) as caught:
        read_labelled([path], where=WITHOUT_STANCE, codebook=load_codebook())
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1] == "and 3 more"


def test_read_labelled_keeps_answers_out_of_messages(table):
    answer = "một câu trả lời riêng tư " * 4
    with pytest.raises(InputError) as caught:
        read_labelled([table("text,themes", f"a,{answer}")], where=WITHOUT_STANCE, codebook=load_codebook())
    assert caught.value.problems == ("coded.csv, row 2",)


def test_read_labelled_takes_many_different_values_for_answers(table):
    path = table("text,themes", *(f"a,câu trả lời {number}" for number in range(30)))
    with pytest.raises(InputError) as caught:
        read_labelled([path], where=WITHOUT_STANCE, codebook=load_codebook())
    assert "câu trả lời" not in str(caught.value)


def test_read_labelled_leaves_out_rows_without_text(table):
    path = table("text,themes", "a,funding", " ,personnel", "b,")
    labelled = read_labelled([path], where=WITHOUT_STANCE, codebook=load_codebook())
    assert labelled.texts == ("a", "b")
    assert themes_of(labelled) == [["funding"], []]
    assert labelled.files == ({"file": "coded.csv", "sha256": sha256(path), "rows": 2},)


def test_read_labelled_keeps_texts_as_they_are(table):
    text = unicodedata.normalize("NFD", "  Phụ cấp ")
    assert read_labelled([table("text,themes", f"{text},x")], where=WITHOUT_STANCE).texts == (text,)


def test_read_labelled_tells_of_rows_it_cannot_read(table, caplog):
    with caplog.at_level(logging.WARNING):
        read_labelled([table("text,themes", "a,x", "b, and c,x")], where=WITHOUT_STANCE)
    assert caplog.messages == ["coded.csv: 1 rows cannot be read and are left out"]


def test_read_labelled_names_missing_columns_and_those_there_are(table):
    where = LabelledColumns(text="Ý kiến", themes="Chủ đề", stance="stance")
    with pytest.raises(ColumnError, match=r"coded\.csv has no column 'Ý kiến', 'Chủ đề'\.") as caught:
        read_labelled([table("text,themes,stance", "a,b,c")], where=where)
    assert caught.value.hint == "It has: 'text', 'themes', 'stance'."


def test_read_labelled_finds_a_column_in_any_unicode_form(table):
    path = table("Ý kiến,Chủ đề", "a,x")
    where = LabelledColumns(*(unicodedata.normalize("NFD", name) for name in ("Ý kiến", "Chủ đề")), stance=None)
    assert read_labelled([path], where=where).texts == ("a",)


@pytest.mark.parametrize(("separator", "expected"), [(";", 1), (",", 2), ("|", 1), ("", 1), (", ", 2)])
def test_read_labelled_splits_a_cell_at_the_separator(table, separator, expected):
    where = LabelledColumns(stance=None, separator=separator)
    labelled = read_labelled([table("text,themes", 'a,"Ăn uống, Phục vụ"')], where=where)
    assert labelled.themes.sum() == expected


def test_read_labelled_reads_lists_of_jsonl(table):
    rows = [{"text": "a", "themes": ["road", "pay"], "stance": None}, {"text": "b", "themes": []}]
    path = table(*map(json.dumps, rows), name="coded.jsonl")
    assert themes_of(read_labelled([path], where=LabelledColumns())) == [["pay", "road"], []]


def test_read_labelled_bears_a_theme_named_twice(table):
    assert read_labelled([table("text,themes", "a,x;X;x")], where=WITHOUT_STANCE).themes.tolist() == [[1]]


def test_read_labelled_leaves_a_blank_stance_blank(table):
    path = table("text,themes,stance", "a,x,weakness", "b,x,", "c,x, ")
    assert stances_of(read_labelled([path], where=LabelledColumns())) == [["weakness"], [], []]


@pytest.mark.parametrize("where", [LabelledColumns(), WITHOUT_STANCE])
def test_read_labelled_has_no_stances_where_none_is_given(table, where):
    assert read_labelled([table("text,themes,stance", "a,x,", "b,x, ")], where=where).stances is None


def test_read_labelled_makes_a_codebook_of_the_values(table):
    path = table("text,themes", "a,SER&ACC;Cơ sở vật chất", "b,ser&acc", name="Khảo sát.csv")
    labelled = read_labelled([path], where=WITHOUT_STANCE)
    assert labelled.codebook.labels("en") == {"co_so_vat_chat": "Cơ sở vật chất", "ser_acc": "SER&ACC"}
    assert labelled.codebook.title["vi"] == "Khảo sát"
    assert labelled.themes.tolist() == [[1, 1], [0, 1]]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["weakness", "neutral"], ("strength", "weakness", "proposal", "neutral")),
        (['"Hạn chế, khó khăn"'], ("strength", "weakness", "proposal", "neutral")),
        (["tích cực", "Tiêu cực", "1"], ("stance_1", "tieu_cuc", "tich_cuc")),
    ],
)
def test_read_labelled_takes_known_stances_or_makes_them(table, found, expected):
    path = table("text,themes,stance", *(f"a,x,{stance}" for stance in found))
    assert read_labelled([path], where=LabelledColumns()).codebook.stance_ids == expected


def test_read_labelled_refuses_a_column_that_names_no_theme(table):
    with pytest.raises(InputError, match="The column 'themes' names no theme"):
        read_labelled([table("text,themes", "a,", "b, ; ")], where=WITHOUT_STANCE)


def test_read_labelled_reads_several_files_as_one(table):
    paths = [table("text,themes", "a,x"), table("text,themes", "b,y", "c,", name="more.csv")]
    labelled = read_labelled(paths, where=WITHOUT_STANCE)
    assert themes_of(labelled) == [["x"], ["y"], []]
    assert [file["rows"] for file in labelled.files] == [1, 2]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["text", "unit", "macro"], ["macro_2", "text_2", "unit_2"]),
        (["Cơ sở", "co so", "CO SO"], ["co_so", "co_so_2"]),
        (["Cơ sở", "co_so"], ["co_so_2", "co_so"]),
        (["1", "+", "日本"], ["theme", "theme_1", "theme_2"]),
        (["9" * 50, "a" * 50, "a" * 51], ["theme_" + "9" * 28, "a" * 34, "a" * 34 + "_2"]),
    ],
)
def test_ids_differ_and_are_free(values, expected):
    assert list(_ids(values)) == expected


@given(st.lists(st.text(min_size=1, max_size=50), max_size=8))
def test_ids_name_every_value_once(values):
    ids = _ids(values)
    assert {value.casefold() for value in ids.values()} == {value.casefold() for value in values}
    assert all(ID.fullmatch(id) and id not in TAKEN for id in ids)


def test_read_labelled_counts_a_value_for_the_theme_that_bears_its_name(table):
    labelled = read_labelled([table("text,themes", "a,co_so", "b,Cơ sở", "c,co so")], where=WITHOUT_STANCE)
    labels = labelled.codebook.labels("vi")
    assert [[labels[id] for id in ids] for ids in themes_of(labelled)] == [["co_so"], ["Cơ sở"], ["co so"]]


def test_read_labelled_makes_a_codebook_that_can_be_written_and_read(table, tmp_path):
    path = table("text,themes,stance", "a,no;2024-01-01;Đường: xấu;" + "9" * 60 + ",null", name="a: b.csv")
    codebook = read_labelled([path], where=LabelledColumns()).codebook
    (tmp_path / "ma.yaml").write_text(dump_codebook(codebook), encoding="utf-8")
    assert load_codebook(tmp_path / "ma.yaml") == codebook


def test_read_labelled_says_where_each_text_stands(table):
    path = table("mã,text,themes", " M1 ,Đường xấu,road", "M2,,road", ",Lương thấp,pay")
    found = read_labelled([path], where=LabelledColumns(stance=None, id="mã"))
    assert found.origins == (Origin(path.name, 2, "M1"), Origin(path.name, 4, ""))
    assert found.origins[1].place == "row 4"


def test_labelled_only_keeps_rows_of_everything(labelled):
    kept = labelled.only([5, 2])
    assert kept.texts == (labelled.texts[5], labelled.texts[2])
    assert kept.origins == (labelled.origins[5], labelled.origins[2])
    np.testing.assert_array_equal(kept.themes, labelled.themes[[5, 2]])
    np.testing.assert_array_equal(kept.stances, labelled.stances[[5, 2]])
