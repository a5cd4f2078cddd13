import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.picks import find_picked, read_picks
from thamluan.pipeline.aggregate.quotes import Wanted, quotes
from thamluan.pipeline.errors import ColumnError, InputError

TEXTS = (
    "Phụ cấp của trưởng thôn có bốn trăm nghìn một tháng.",
    "Nhà văn hóa dột nát từ mùa mưa năm ngoái đến nay.",
    "Loa đài hỏng ba tháng mà không ai đem đi sửa.",
    "Xăng xe đi họp trên huyện mỗi lần tự bỏ tiền túi.",
    "Đề nghị cấp thêm hai mươi bộ bàn ghế cho hội trường xóm.",
    "Quỹ chi hội cạn sạch sau đợt bão tháng chín vừa rồi.",
    "Bảo hiểm y tế cho tổ trưởng thì đến nay chưa có.",
)


@pytest.fixture
def made(survey, one):
    return survey(*[one("funding", text=text) for text in TEXTS], one("", text="Không có ý kiến gì."))


@pytest.fixture
def listed(tmp_path):
    def write(text, name="ghim.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def chosen(made, codebook, picks):
    wanted = Wanted(find_picked(picks, made.units))
    return quotes(made.units, contributions=made.contributions, codebook=codebook, wanted=wanted)


@pytest.mark.parametrize(
    "cells", ["unit\n7\n6\n", "contribution\n7\n6\n", "source,place\nphiếu.xlsx,dòng 8\nphiếu.xlsx,dòng 7\n"]
)
def test_pinned_quotes_come_first_in_the_order_of_the_list(made, codebook, listed, cells):
    df = chosen(made, codebook, read_picks(listed(cells), None))
    assert df[columns.QUOTE].tolist()[:2] == [TEXTS[6], TEXTS[5]]
    assert df[columns.RANK].tolist() == [1, 2, 3, 4, 5]


def test_dropped_quotes_never_come(made, codebook, listed):
    before = chosen(made, codebook, read_picks(None, None))[columns.CONTRIBUTION].tolist()
    drop = listed("contribution\n" + "\n".join(map(str, before)))
    after = chosen(made, codebook, read_picks(None, drop))[columns.CONTRIBUTION].tolist()
    assert set(after) == set(range(1, 8)) - set(before)


def test_more_pinned_quotes_than_five_are_all_shown(made, codebook, listed):
    df = chosen(made, codebook, read_picks(listed("unit\n" + "\n".join("7654321")), None))
    assert df[columns.CONTRIBUTION].tolist() == [7, 6, 5, 4, 3, 2, 1]


def test_every_bad_row_is_named_without_any_text(made, listed):
    pin = listed("unit\n99\nx\n8\n1\n")
    drop = listed("unit\n1\n", "bo.csv")
    with pytest.raises(InputError) as caught:
        find_picked(read_picks(pin, drop), made.units)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "ghim.csv, row 2",
        "ghim.csv, row 3",
        "ghim.csv, row 4",
        "ghim.csv, row 5",
    ]
    assert not any(text in str(caught.value) for text in TEXTS)


def test_a_list_without_a_known_column_is_refused(listed):
    with pytest.raises(ColumnError, match="does not say which quotes"):
        read_picks(listed("câu\n1\n"), None)
