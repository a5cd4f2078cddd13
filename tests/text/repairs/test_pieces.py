import pytest

from thamluan.pipeline.text.repairs.pieces import put_in


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("bo, hop.", [(0, 2, "bộ"), (4, 7, "họp")], "bộ, họp."),
        ("họp (cười) xong", [(3, 10, "")], "họp xong"),
        ("họp", [], "họp"),
        ("", [], ""),
    ],
)
def test_pieces_are_put_in_where_they_were_found(text, pieces, expected):
    assert put_in(text, pieces) == expected
