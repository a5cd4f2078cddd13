import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.tables.records import read_records


def read(path, *lines):
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_records(path).tables[0]


def test_read_records_writes_values_as_text(tmp_path):
    table = read(tmp_path / "a.jsonl", '{"a": ["x", "y"], "b": 12, "c": null, "d": true, "e": {"f": ["ă"]}, "g": 2.0}')
    assert table.rows.iloc[0].to_dict() == {"a": "x;y", "b": "12", "c": "", "d": "TRUE", "e": '{"f": ["ă"]}', "g": "2"}


def test_read_records_fills_missing_keys(tmp_path):
    table = read(tmp_path / "a.jsonl", '{"a": "1"}', "", '{"b": "2"}')
    assert table.rows.to_numpy().tolist() == [["1", ""], ["", "2"]]
    assert table.numbers == (1, 3)


def test_read_records_splits_at_line_feeds_only(tmp_path):
    assert read(tmp_path / "a.jsonl", '{"a": "x\u2028y\x85z"}').rows["a"].tolist() == ["x\u2028y\x85z"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON"),
        ("[1]", "is JSON but not an object"),
        ('{"a": 1, "a": 2}', "names a key twice"),
        ('{"a": "\\ud800"}', "half a character"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_read_records_rejects_a_line_that_is_no_object(tmp_path, line, reason):
    (rejection,) = read(tmp_path / "a.jsonl", '{"a": "1"}', line).rejected
    assert rejection.row == 2
    assert reason in rejection.reason


def test_read_records_refuses_a_file_without_objects(tmp_path):
    with pytest.raises(InputError, match="no JSON object"):
        read(tmp_path / "a.jsonl", "một dòng")
