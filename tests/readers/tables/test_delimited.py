import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.tables.delimited import DELIMITERS, NO_DELIMITER, find_delimiter, read_delimited

CELLS = st.text(st.characters(exclude_characters="\0\ufeff\x1f", exclude_categories=["Cs"]), max_size=12)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("delimited") / "table.csv"


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_delimited(path).tables[0]


def delimited(rows, delimiter):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
@settings(deadline=None, max_examples=50)
@given(answers=st.lists(CELLS, min_size=1, max_size=5))
def test_read_delimited_gives_every_cell_back_in_order(scratch, delimiter, encoding, answers):
    rows = [[f"c{number}", answer] for number, answer in enumerate(answers)]
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    content = (mark + delimited([["mã", "ý kiến"], *rows], delimiter)).encode(encoding)
    assert read(scratch, content).rows.to_numpy().tolist() == rows


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("id,text\n1,a\n", ","),
        ("id;Khó khăn, vướng mắc\n1;Tiền ít, việc nhiều\n", ";"),
        ('id,text\n1,"a;b;c"\n2,"d;e;f"\n', ","),
        ("id\ttext\n1\ta, b\n", "\t"),
        ("id|text\n1|a\n", "|"),
        ("id,text\n1,tiền ít, việc nhiều\n2,x, y, z\n", ","),
    ],
)
def test_find_delimiter_takes_what_splits_evenly(text, delimiter):
    assert find_delimiter(text) == delimiter


def test_read_delimited_takes_a_lone_column_whole(tmp_path):
    table = read(tmp_path / "a.csv", "Khó khăn, vướng mắc\nTiền ít, việc nhiều, đường xa\nkhông có\n")
    assert table.rows.iloc[:, 0].tolist() == ["Tiền ít, việc nhiều, đường xa", "không có"]


def test_read_delimited_obeys_excels_declaration(tmp_path):
    table = read(tmp_path / "a.csv", "sep=;\r\nid;text\r\n1;a,b\r\n")
    assert (table.header, table.numbers) == (("id", "text"), (2,))


def test_read_delimited_rejects_a_row_that_is_too_long(tmp_path):
    table = read(tmp_path / "a.csv", "a,b\n1,2\n3,4,5\n6,7\n")
    assert [(bad.row, bad.reason) for bad in table.rejected] == [(3, "3 cells, but the header has 2")]
    assert table.numbers == (2, 4)


def test_read_delimited_fills_a_row_that_is_too_short(tmp_path):
    assert read(tmp_path / "a.csv", "a,b\n1\n2,3\n").rows.to_numpy().tolist() == [["1", ""], ["2", "3"]]


def test_read_delimited_rejects_a_row_whose_quotes_do_not_fit(tmp_path):
    table = read(tmp_path / "a.csv", 'a,b\n1,"x" y\n2,z\n')
    assert [bad.row for bad in table.rejected] == [2]
    assert table.rows["b"].tolist() == ["z"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("below", "kept"), [("3,z\n\n4,w\n", ["z", "", "w"]), ("", [])])
def test_read_delimited_rejects_a_row_whose_quote_is_never_closed(tmp_path, end, below, kept):
    table = read(tmp_path / "a.csv", f'a,b\n1,x\n2,"y\n{below}'.replace("\n", end))
    assert [(bad.row, bad.reason) for bad in table.rejected] == [
        (3, "its quote mark is never closed (line 3 of the file)")
    ]
    assert table.rows["b"].tolist() == ["x", *kept]
    assert table.numbers == (2, *range(4, 4 + len(kept)))


@pytest.mark.parametrize(
    "content",
    [
        'a,b\n1,x\n2,"y\nviệc nhiều\n3,z\n',  # an answer of two lines
        'a,b\n1,x\n2,"y\nviệc nhiều, đường xa\n3,z\n',
        'a,b\n1,x\n2,"y, việc nhiều\n3,z\n',
        'a,b,c\n1,x,\n2,"y\n3,z,\n',
        'a\nx\n"y\nz\n',  # one column: any line may go on
    ],
)
def test_read_delimited_names_the_line_of_a_quote_that_may_swallow_rows(tmp_path, content):
    with pytest.raises(InputError, match="starts at line 3"):
        read(tmp_path / "a.csv", content)


def test_read_delimited_numbers_rows_as_a_spreadsheet(tmp_path):
    table = read(tmp_path / "a.csv", '\na,b\n1,"x\ny"\n\n2,z\n\n\n')
    assert table.numbers == (3, 4, 5)
    assert table.rows["b"].tolist() == ["x\ny", "", "z"]


def test_read_delimited_reads_a_very_long_cell_and_keeps_the_limit(tmp_path):
    before = csv.field_size_limit()
    answer = "tiền ít " * 650_000
    assert read(tmp_path / "a.csv", f'a,b\n1,"{answer}"\n').rows["b"].tolist() == [answer]
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n", "header but no rows"),
        (b"a,b\n\n , \n", "header but no rows"),
        (b"", "is empty"),
        (b",,\n,\n", "is empty"),
    ],
)
def test_read_delimited_refuses_a_table_without_rows(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path / "a.csv", content)


def test_rows_that_lack_their_last_cells_are_still_split():
    rows = "".join(f"{number},Nà Sầm,Phụ cấp thấp\n" for number in range(20))
    assert find_delimiter(f"id,thôn,ý kiến,góp ý\n{rows}") == ","


def test_a_comma_in_the_header_of_one_column_parts_nothing():
    rows = ["Phụ cấp thấp", "Họp ít, nói nhiều", "Loa hỏng", "Đường xấu, cầu gãy, cống tắc", "Ổn"]
    assert find_delimiter("\n".join(["Ý kiến, kiến nghị của ông bà", *rows])) == NO_DELIMITER
