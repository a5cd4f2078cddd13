from pathlib import Path

import pytest

from thamluan.pipeline.errors import ColumnError
from thamluan.pipeline.readers.formats import read_table
from thamluan.pipeline.readers.tables.grids import Row, assemble
from thamluan.pipeline.readers.tables.questions import choose, is_open, match, no_such_columns
from thamluan.pipeline.settings import Columns

SHARED_DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"

OPEN = {
    "short": ["ko có", "tiền ít", "không đủ", "ít họp"],
    "sentences": ["Chi bộ họp đều nhưng ít người nói", "Cần tăng phụ cấp", "Đường xấu quá đi họp mệt"],
    "no diacritics": ["luong it ma viec ngap dau", "khong co tien", "thieu nguoi lam"],
    "many blanks": ["", " ", "Cần tăng phụ cấp", "", "Không có nhà họp", ""],
    "prose": ["Năm nay thôn tôi làm được con đường mới nhờ mọi nhà góp công góp của"],
}
CLOSED = {
    "people": ["Nông Thị Hoa", "Vi Văn Tư", "Lý Thị Mai"],
    "jobs": ["Bí thư chi bộ", "Trưởng thôn", "Chi hội trưởng phụ nữ"],
    "villages": ["Thôn 3", "Thôn Nà Chuông", "Khối 5"],
    "addresses": ["Thôn 3, xã Mai Pha", "Khối 5, phường Tam Thanh", "Khối 1, phường Vĩnh Trại"],
    "numbers": ["1", "2,5", "1.000.000"],
    "dates": ["2022-11-29", "29/11/2022", "2022-11-29T08:30:00"],
    "ids": ["C001", "C002", "M-17"],
    "e-mails": ["hoa@example.org", "tu@example.org"],
    "scale": ["rất hài lòng", "không hài lòng", "hài lòng"],
    "one of two": ["Có ý kiến", "Không có ý kiến"] * 40,
    "nothing": ["", "  "],
}


@pytest.mark.parametrize("values", OPEN.values(), ids=OPEN)
def test_is_open_finds_answers_whatever_the_header(values):
    assert is_open("c5", values)


@pytest.mark.parametrize("values", CLOSED.values(), ids=CLOSED)
def test_is_open_leaves_out_what_is_no_answer_whatever_the_header(values):
    assert not is_open("c5", values)


@pytest.mark.parametrize("header", ["Kiến nghị", "Ý kiến khác", "Thôn cần gì nhất?", "Vì sao?", "text"])
def test_is_open_trusts_a_header_that_asks(header):
    assert is_open(header, ["kinh phí", "phụ cấp", "nhà văn hóa"])


@pytest.mark.parametrize("header", ["Chức vụ", "Thôn", "Họ và tên", "Nghề nghiệp"])
def test_is_open_trusts_a_header_that_does_not_ask(header):
    assert not is_open(header, ["cán bộ không chuyên trách", "phó thôn kiêm công an", "người có uy tín"])


@pytest.mark.parametrize(
    ("asked", "found"),
    [("Khó khăn", "Khó khăn"), ("khó khăn ", "Khó khăn"), ("KHO\u0301 KHĂN", "Khó khăn"), ("thôn", None), ("x", None)],
)
def test_match_finds_a_column_by_its_name(asked, found):
    assert match(asked, ["Khó khăn", "Thôn", "THÔN"]) == found


def table(*rows):
    return assemble([Row(number, list(cells)) for number, cells in enumerate(rows, start=1)])


def test_choose_takes_a_lone_column():
    lone = table(("x",), ("Nà Chuông",))
    assert list(choose(lone, columns=Columns(), alike=[lone]).questions) == ["x"]


def test_choose_keeps_the_order_asked_for():
    made = table(("a", "b"), ("1", "2"))
    assert list(choose(made, columns=Columns(text=("B", "a", "b")), alike=[made]).questions.values()) == ["b", "a"]


def test_choose_leaves_out_the_columns_with_another_part():
    made = table(("Ý kiến", "Góp ý"), ("không có tiền", "cần tăng phụ cấp"))
    assert list(choose(made, columns=Columns(by=("ý kiến",)), alike=[made]).questions) == ["Góp ý"]


def test_choose_judges_tables_with_the_same_header_together():
    short = table(("c1", "c2"), ("1", "kinh phí"))
    long = table(("c1", "c2"), *[(str(n), f"không đủ tiền {n}") for n in range(5)])
    assert list(choose(short, columns=Columns(), alike=[short, long]).questions) == ["c2"]


def test_choose_says_which_columns_there_are():
    made = table(("Mã", "Tuổi"), ("1", "50"))
    with pytest.raises(ColumnError, match="'Mã', 'Tuổi'") as caught:
        choose(made, columns=Columns(), alike=[made])
    assert "--text" in caught.value.hint


def test_no_such_columns_offers_a_close_name():
    error = no_such_columns(["Dieu kho"], {"a.csv": ("Điều khó", "Thôn")})
    assert "'Điều khó' for 'Dieu kho'" in error.hint
    assert "a.csv" in error.problems[0]


@pytest.mark.parametrize("path", ["labelled/answers_*.jsonl", "uit_vsfc/dev.csv", "uit_visfd/dev.csv"])
def test_choose_finds_text_alone_in_the_labelled_data(path):
    files = sorted(SHARED_DATA.glob(path))
    if not files:
        pytest.skip(f"needs {path} in ../shared/data")
    for file in files:
        labelled = read_table(file)
        assert list(choose(labelled, columns=Columns(), alike=[labelled]).questions) == ["text"], file.name
