import pytest

from thamluan.pipeline.errors import ColumnError
from thamluan.pipeline.themes.material.uncoded import Uncoded, has_column, read_uncoded


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "y-kien.csv"
    path.write_text("Mã,Ý kiến\n1,Đường xấu\n2,\n3,Lương thấp\n", encoding="utf-8")
    return path


def test_read_leaves_empty_answers_out_and_says_what_was_read(table):
    uncoded = read_uncoded([table], text="Ý kiến")
    assert uncoded.texts == ("Đường xấu", "Lương thấp")
    assert [(file["file"], file["rows"]) for file in uncoded.files] == [("y-kien.csv", 2)]


def test_read_names_the_columns_that_there_are(table):
    with pytest.raises(ColumnError, match="no column 'text'") as caught:
        read_uncoded([table], text="text")
    assert "'Ý kiến'" in caught.value.hint


def test_has_column(table):
    assert has_column(table, "Mã")
    assert not has_column(table, "themes")


def test_without_leaves_out_what_is_said_elsewhere_in_other_capitals():
    assert Uncoded(("Đường  xấu", "Lương")).without(["đường xấu"]).texts == ("Lương",)


def test_drawn_keeps_the_order_and_follows_the_seed():
    uncoded = Uncoded(tuple(map(str, range(100))))
    once, again, other = (uncoded.drawn(seed=seed, most=10).texts for seed in (1, 1, 2))
    assert once == again != other
    assert len(once) == 10
    assert list(once) == sorted(once, key=int)
    assert uncoded.drawn(seed=1, most=100) is uncoded
