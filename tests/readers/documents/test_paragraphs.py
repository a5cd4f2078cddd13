import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.readers.documents.paragraphs import Row, joined

FULL = "Chi bộ họp đều hằng tháng vào ngày mồng ba và ai cũng"
TITLE = "NÂNG CAO CHẤT LƯỢNG SINH HOẠT"


def rows(*texts, step=16.0, x=80.0, page=1):
    return [Row(text, x, 700.0 - step * n, 12.0, 0, page) for n, text in enumerate(texts)]


def paragraphs(made):
    return [line.text for line in joined(made)]


def test_joined_follows_full_rows():
    assert paragraphs(rows(FULL, "nói.", FULL, FULL, "ra về.")) == [f"{FULL} nói.", f"{FULL} {FULL} ra về."]


def test_joined_ends_a_paragraph_at_an_indented_row():
    made = rows(FULL, FULL, FULL)
    made[1] = dataclasses.replace(made[1], x=110.0)
    assert paragraphs(made) == [FULL, f"{FULL} {FULL}"]


def test_joined_ends_a_paragraph_at_a_wider_gap():
    made = rows(FULL, FULL, FULL, FULL)
    made[2:] = [dataclasses.replace(row, y=row.y - 10) for row in made[2:]]
    assert paragraphs(made) == [f"{FULL} {FULL}"] * 2


def test_joined_keeps_the_hanging_rows_of_an_item():
    made = rows(f"1. {FULL}", FULL, f"2. {FULL}")
    made[1] = dataclasses.replace(made[1], x=98.0)
    assert paragraphs(made) == [f"1. {FULL} {FULL}", f"2. {FULL}"]


def test_joined_joins_the_centred_rows_of_a_title():
    made = rows(TITLE, "CỦA CHI BỘ THÔN", FULL, FULL)
    made[:2] = [dataclasses.replace(row, x=x) for row, x in zip(made, (120.0, 185.0), strict=False)]
    assert paragraphs(made) == [f"{TITLE} CỦA CHI BỘ THÔN", f"{FULL} {FULL}"]


@pytest.mark.parametrize(
    ("texts", "xs"),
    [
        ((TITLE, "Của chi bộ thôn"), (120.0, 185.0)),
        ((TITLE, "CỦA CHI BỘ THÔN"), (120.0, 120.0)),
        (("BÀ NÔNG THỊ HOA", "ÔNG VI VĂN TƯ"), (80.0, 80.0)),
    ],
)
def test_joined_keeps_other_rows_in_capitals_apart(texts, xs):
    made = rows(*texts, FULL, FULL)
    made[:2] = [dataclasses.replace(row, x=x) for row, x in zip(made, xs, strict=False)]
    assert paragraphs(made)[:2] == list(texts)


def test_joined_sets_type_of_another_size_or_weight_apart():
    made = [*rows(FULL, FULL), dataclasses.replace(rows(FULL)[0], y=668.0, n_bold=len(FULL))]
    assert paragraphs(made) == [f"{FULL} {FULL}", FULL]


@pytest.mark.parametrize(("end", "n_paragraphs"), [("và", 1), (".", 2)])
def test_joined_goes_on_over_the_end_of_a_page_within_a_sentence(end, n_paragraphs):
    made = [*rows(FULL, f"{FULL} {end}"), *rows(FULL, page=2)]
    assert len(joined(made)) == n_paragraphs


def test_joined_names_the_page_on_which_a_paragraph_begins():
    made = [*rows(FULL, f"{FULL} và"), *rows("nói.", "", page=2)][:3]
    assert [line.page for line in joined(made)] == [1]


@given(
    st.lists(
        st.builds(
            Row,
            text=st.text("aB. -1", min_size=1).filter(str.strip),
            x=st.floats(0, 500),
            y=st.floats(0, 800),
            height=st.floats(0, 40),
            n_bold=st.just(0),
            page=st.integers(1, 3),
        )
    )
)
def test_joined_loses_nothing(made):
    assert " ".join(paragraphs(made)) == " ".join(row.text for row in made)
