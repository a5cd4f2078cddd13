from thamluan.pipeline.readers.tables.grids import Row, assemble


def table(*rows):
    return assemble([Row(number, list(cells)) for number, cells in enumerate(rows, start=1)])


def test_assemble_makes_names_unique():
    assert table(("a", "a", "", "a (2)"), ("1", "2", "3", "4")).header == ("a", "a (2)", "column 3", "a (2) (2)")


def test_assemble_drops_columns_with_neither_name_nor_content():
    made = table(("a", "", "b"), ("1", " ", "2"))
    assert (made.header, made.letters) == (("a", "b"), ("A", "C"))


def test_assemble_squeezes_names_into_nfc():
    assert table(("Kho\u0301 \n khăn ", "b"), ("1", "2")).header == ("Khó khăn", "b")


def test_assemble_leaves_cells_as_they_are():
    assert table(("a", "b"), (" x ", "Kho\u0301\u200f")).rows.to_numpy().tolist() == [[" x ", "Kho\u0301\u200f"]]


def test_assemble_takes_off_a_title():
    made = table(("PHIẾU KHẢO SÁT", "", ""), ("id", "thôn", "ý kiến"), ("1", "Nà Chuông", "tiền ít"))
    assert (made.header, made.numbers, made.has_title) == (("id", "thôn", "ý kiến"), (3,), True)


def test_assemble_does_not_take_an_index_for_a_title():
    made = table(("", "ý kiến"), ("0", "tiền ít"))
    assert (made.header, made.has_title) == (("column 1", "ý kiến"), False)
