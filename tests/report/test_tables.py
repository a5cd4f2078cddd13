import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.formulas import FORMULA_STARTS, disarm, rearm
from thamluan.pipeline.report.tables import csv_bytes

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|x",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠A",
        "  =1+1",
        "\u3000=1",
        "- ý",
    ],
)
def test_disarm_marks_what_a_spreadsheet_would_run(text):
    assert disarm(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Phụ cấp thấp", "-5", "+3,5", "-0.25", "12", "a=b", "'=1"])
def test_disarm_leaves_text_and_plain_numbers(text):
    assert disarm(text) == text


@given(texts)
def test_disarm_adds_at_most_one_mark(text):
    assert disarm(text) in (text, f"'{text}")


@given(texts)
def test_disarmed_text_is_safe_a_second_time(text):
    assert disarm(disarm(text)) == disarm(text)


@given(texts.filter(lambda text: not text.startswith("'")))
def test_rearm_gives_back_what_was_disarmed(text):
    assert rearm(disarm(text)) == text


@given(texts)
def test_rearm_leaves_what_was_never_disarmed(text):
    assert rearm(f"'{text}") == (text if disarm(text) != text else f"'{text}")


@given(st.lists(texts, min_size=1, max_size=5))
def test_csv_reads_back_as_disarmed_text(column):
    content = csv_bytes(pd.DataFrame({"text": pd.Series(column, dtype=object), "other": "x"}))
    assert [row[0] for row in rows(content)[1:]] == [disarm(text) for text in column]


def test_csv_has_bom_and_crlf():
    assert csv_bytes(pd.DataFrame({"a": ["b"]})) == b"\xef\xbb\xbfa\r\nb\r\n"


def test_csv_disarms_headers():
    assert rows(csv_bytes(pd.DataFrame({"=Mã": ["x"]})))[0] == ["'=Mã"]


def test_csv_never_disarms_real_numbers():
    df = pd.DataFrame({"score": [-0.5, -0.00001], "n": [-3, 4], "weight": [-1.25, 2.0]})
    assert rows(csv_bytes(df, measures=["score"]))[1:] == [["-0.5000", "-3", "-1.25"], ["0.0000", "4", "2"]]


def test_csv_leaves_missing_cells_empty():
    df = pd.DataFrame({"a": [None, "x"], "b": [float("nan"), 1.5], "c": [pd.NA, 1]})
    assert rows(csv_bytes(df))[1] == ["", "", ""]


def test_csv_writes_columns_of_the_same_name():
    df = pd.DataFrame([["x", 1]], columns=["a", "a"])
    assert rows(csv_bytes(df)) == [["a", "a"], ["x", "1"]]


def test_csv_of_an_empty_table_is_its_header():
    assert rows(csv_bytes(pd.DataFrame(columns=["a", "b"]))) == [["a", "b"]]


def test_csv_survives_half_a_surrogate_pair():
    assert rows(csv_bytes(pd.DataFrame({"a": pd.Series(["x\ud83d"], dtype=object)})))[1] == ["x?"]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_csv_cell_starts_as_a_formula(start):
    cells = [cell for row in rows(csv_bytes(pd.DataFrame({f"{start}a": [f"{start}b"]}))) for cell in row]
    assert all(cell.startswith("'") for cell in cells)
