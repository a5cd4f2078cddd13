import datetime
from pathlib import Path

import pandas as pd
import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.tables.columnar import read_columnar

WHOLE = Path(__file__).parents[1] / "files" / "whole.parquet"


def test_read_columnar_shows_cells_as_a_person_would_write_them():
    (table,) = read_columnar(WHOLE).tables
    assert table.header == ("Khối", "Ý kiến", "Số", "Ngày", "Thẻ")
    assert table.rows.to_numpy().tolist() == [
        ["Khối 5", "Tiền ít mà việc nhiều.", "1", "2026-03-05", "a;b"],
        ["Khối 6", "", "2.5", "", ""],
        ["Khối 7", "Loa hỏng chưa sửa.", "", "2026-03-06", ""],
    ]


def test_read_columnar_reads_categories_and_moments_and_drops_row_numbers(tmp_path):
    frame = pd.DataFrame(
        {"a": pd.Categorical(["x", None]), "b": [datetime.datetime(2026, 3, 5, 8, 30), pd.NaT], "c": [True, False]},
        index=[4, 2],
    )
    frame.to_parquet(tmp_path / "a.parquet")
    (table,) = read_columnar(tmp_path / "a.parquet").tables
    assert table.header == ("a", "b", "c")
    assert table.rows.to_numpy().tolist() == [["x", "2026-03-05T08:30:00", "TRUE"], ["", "", "FALSE"]]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b"a,b\n", "is not a Parquet file"),
        (b"PARE" + b"\0" * 60, "protected by a password"),
        (b"PAR1" + b"\0" * 60, "is damaged"),
        (WHOLE.read_bytes()[:-20], "is damaged"),
    ],
)
def test_read_columnar_refuses_what_it_cannot_read(tmp_path, raw, message):
    path = tmp_path / "a.parquet"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_columnar(path)


def test_read_columnar_refuses_a_file_without_rows(tmp_path):
    pd.DataFrame({"a": []}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="has no rows"):
        read_columnar(tmp_path / "a.parquet")
