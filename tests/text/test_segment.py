import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.text import segment

unhurried = settings(deadline=None)  # the first text waits for the Unicode table or the word model


def contributions(*texts, places=()):
    rows = [
        (number, "phiếu.xlsx", f"dòng {number + 1}", "", "Khó khăn?", text, f"phiếu.xlsx#{number + 1}", 0, places)
        for number, text in enumerate(texts, start=1)
    ]
    return pd.DataFrame(rows, columns=list(columns.CONTRIBUTIONS))


def test_segment_numbers_units_through_all_contributions():
    units = segment(contributions("Tiền ít. Việc nhiều.", "Đường xa."))
    assert units[[columns.UNIT, columns.CONTRIBUTION]].to_numpy().tolist() == [[1, 1], [2, 1], [3, 2]]


def test_segment_keeps_source_and_place_of_an_answer():
    units = segment(contributions("Tiền ít. Việc nhiều."))
    assert units[[columns.SOURCE, columns.PLACE]].drop_duplicates().to_numpy().tolist() == [["phiếu.xlsx", "dòng 2"]]


def test_segment_cuts_units_from_the_raw_text():
    raw = unicodedata.normalize("NFD", "Chi bộ họp đều. Phụ cấp thấp!")
    assert segment(contributions(raw))[columns.TEXT].tolist() == [
        unicodedata.normalize("NFD", "Chi bộ họp đều."),
        unicodedata.normalize("NFD", "Phụ cấp thấp!"),
    ]


def test_segment_shows_the_model_repaired_text():
    raw = unicodedata.normalize("NFD", "Chi bộ họp đều. Phụ cấp thấp!")
    assert segment(contributions(raw))[columns.MODEL_TEXT].tolist() == ["Chi bộ họp đều.", "Phụ cấp thấp!"]


@unhurried
@given(st.lists(st.text("aĐo.\n !-\u0323\u0302\u0958")))
def test_segment_gives_offsets_that_cut_the_unit(texts):
    frame = contributions(*texts)
    whole = frame.set_index(columns.CONTRIBUTION)[columns.TEXT]
    units = segment(frame)
    cut = [
        whole[number][start:end]
        for number, start, end in units[[columns.CONTRIBUTION, columns.START, columns.END]].itertuples(index=False)
    ]
    assert units[columns.TEXT].tolist() == cut


@pytest.mark.parametrize("text", ["", " ", "\n\t\n", "\u200b", "\ufeff \u200b", "\xa0", "\u2060\u200d"])
def test_segment_finds_no_unit_in_an_empty_contribution(text):
    units = segment(contributions("Tiền ít.", text, "Đường xa."))
    assert units[columns.CONTRIBUTION].tolist() == [1, 3]


@pytest.mark.parametrize("text", ["-", ".", "...", "…", "- / -", "?", "+", " _ ", "–", ":)", "•\n•"])
def test_segment_takes_marks_alone_for_no_answer(text):
    assert segment(contributions("Tiền ít.", text))[columns.CONTRIBUTION].tolist() == [1]


@pytest.mark.parametrize("text", ["Không", "0", "k", "👍", "- không có ý kiến", "5%"])
def test_segment_takes_the_shortest_answer_for_one(text):
    assert segment(contributions(text))[columns.CONTRIBUTION].tolist() == [1]


def test_segment_names_the_place_at_which_a_unit_starts():
    text = "\nTiền ít. Việc nhiều.\n- Đường xa.\nXăng đắt.\n"
    places = ((0, "đoạn 5"), (22, "đoạn 6"), (34, "đoạn 7"))
    expected = ["đoạn 5", "đoạn 5", "đoạn 6", "đoạn 7"]
    assert segment(contributions(text, places=places))[columns.PLACE].tolist() == expected


@pytest.mark.parametrize("texts", [(), ("Tiền ít.",)])
def test_segment_always_gives_the_same_columns_and_types(texts):
    units = segment(contributions(*texts))
    assert list(units.columns) == [*columns.UNITS[:-2], columns.MODEL_TEXT]
    whole = units[[columns.UNIT, columns.CONTRIBUTION, columns.START, columns.END]]
    assert set(whole.dtypes) == {pd.Series([1]).dtype}


def test_segment_leaves_its_input_alone():
    frame = contributions("Tiền ít. Việc nhiều.", "")
    before = frame.copy(deep=True)
    segment(frame)
    pd.testing.assert_frame_equal(frame, before)
