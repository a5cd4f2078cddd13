import datetime

import pytest

from thamluan.pipeline.readers.tables.cells import has_content, shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime.datetime(2022, 11, 29), "2022-11-29"),
        (datetime.datetime(2022, 11, 29, 8, 30), "2022-11-29T08:30:00"),
        (datetime.time(8, 30), "08:30:00"),
        (float("inf"), "inf"),
        (" x ", " x "),
        (["loa", 2.0, ["đường", None]], "loa;2;đường;"),
        ({"khó": [1.5, datetime.date(2026, 3, 5)]}, '{"khó": [1.5, "2026-03-05"]}'),
        ("loa hỏng".encode(), "loa hỏng"),
    ],
)
def test_shown_writes_typed_cells(value, expected):
    assert shown(value) == expected


@pytest.mark.parametrize("cell", ["", " ", "\xa0", "\u200b", "\ufeff", "\u200b \u200d\u2060", "\u200e", "\xad", "\x07"])
def test_a_cell_of_what_cannot_be_seen_has_no_content(cell):
    assert not has_content(cell)


@pytest.mark.parametrize("cell", [".", "\u200bx", "–", "👍", "\u0301"])
def test_a_cell_of_what_can_be_seen_has_content(cell):
    assert has_content(cell)
