import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.weights import N_SHOWN, read_weights
from thamluan.pipeline.errors import ColumnError


def contributions(n, *, paragraphs=None):
    places = [f"dòng {number + 2}" for number in range(n)]
    return pd.DataFrame({columns.SOURCE: "phiếu.xlsx", columns.PLACE: places, columns.PARAGRAPH: paragraphs or [0] * n})


def read(*cells, paragraphs=None):
    weights = pd.Series(cells, name="Trọng số", dtype=str)
    return read_weights(contributions(len(cells), paragraphs=paragraphs), weights).tolist()


@pytest.mark.parametrize(
    ("cell", "weight"), [("1", 1.0), (" 1.5 ", 1.5), ("1,25", 1.25), ("0", 0.0), ("1e-3", 0.001), ("+2", 2.0)]
)
def test_weights_are_read_as_written(cell, weight):
    assert read(cell, "1") == [weight, 1.0]


@pytest.mark.parametrize("cell", ["", " ", "một", "-1", "nan", "inf", "1.234,5", "1 000", "12%", "-0,5", "True"])
def test_weights_refuse_what_is_no_number_of_0_or_more(cell):
    with pytest.raises(ColumnError, match=r"'Trọng số' holds 1 cell"):
        read("1", cell)


def test_wrong_weights_are_listed_with_their_places():
    with pytest.raises(ColumnError) as caught:
        read("1", "x", "2", "")
    assert caught.value.problems == ("phiếu.xlsx, dòng 3", "phiếu.xlsx, dòng 5")


def test_long_lists_of_wrong_weights_are_cut():
    with pytest.raises(ColumnError) as caught:
        read(*["x"] * (N_SHOWN + 3))
    assert len(caught.value.problems) == N_SHOWN + 1
    assert caught.value.problems[-1] == "and 3 more"


def test_documents_weigh_one():
    assert read("2", "", paragraphs=[0, 7]) == [2.0, 1.0]


def test_weights_of_nothing_are_none():
    assert read() == []


@pytest.mark.parametrize("cells", [("0", "0"), ("1e308", "1e308")])
def test_weights_that_cannot_be_added_up_are_refused(cells):
    with pytest.raises(ColumnError, match="add up to"):
        read(*cells)
