from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers import read
from thamluan.pipeline.readers.tables.statistics import read_statistics
from thamluan.pipeline.settings import Columns

WHOLE = Path(__file__).parents[1] / "files" / "whole.sav"
QUESTION = "Khó khăn lớn nhất của ông/bà là gì?"


def test_read_statistics_names_columns_by_the_wording_of_questions():
    (table,) = read_statistics(WHOLE).tables
    assert table.header == ("ma", "Giới tính", QUESTION, "ngay", "Mức độ hài lòng", "w")


def test_read_statistics_shows_labels_dates_and_numbers_and_no_missing_values():
    (table,) = read_statistics(WHOLE).tables
    assert table.rows.to_numpy().tolist() == [
        ["A1", "Nam", "Tiền ít mà việc nhiều.", "2026-03-05", "", "1.5"],
        ["A2", "Nữ", "", "", "Hài lòng", "2"],
        ["A3", "", "Loa hỏng chưa sửa.", "2026-03-06", "2", "0.25"],
    ]
    assert table.numbers == (1, 2, 3)


def test_read_statistics_takes_a_variable_by_its_name_too():
    reading = read([WHOLE], columns=Columns(text=("Q1",), by=("gioi", "Mức độ hài lòng"), weight="w"))
    assert reading.contributions["question"].unique().tolist() == ["Q1"]
    assert reading.contributions["place"].tolist() == ["dòng 1", "dòng 2", "dòng 3"]
    assert reading.attributes["gioi"].tolist() == ["Nam", "Nữ", ""]


def test_read_statistics_tells_variables_with_the_same_label_apart(tmp_path):
    frame = pd.DataFrame({"a": ["x"], "b": ["y"]})
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), column_labels={"a": "Lý do", "b": "Lý do"})
    (table,) = read_statistics(tmp_path / "a.sav").tables
    assert table.header == ("Lý do", "Lý do (2)")
    assert table.aliases == {"a": "Lý do", "b": "Lý do (2)"}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b"a,b\n", "is not an SPSS file"),
        (b"ENCRYPTEDSAV" + b"\0" * 60, "protected by a password"),
        (b"$FL2" + b"x" * 600, "is damaged"),
        (WHOLE.read_bytes()[:400], "is damaged"),
    ],
)
def test_read_statistics_refuses_what_it_cannot_read(tmp_path, raw, message):
    path = tmp_path / "a.sav"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_statistics(path)


def test_read_statistics_refuses_a_file_without_cases(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"a": pd.Series([], dtype=str)}), str(tmp_path / "a.sav"))
    with pytest.raises(InputError, match="has no rows"):
        read_statistics(tmp_path / "a.sav")
