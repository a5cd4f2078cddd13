import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.sources import find


def written(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("ý kiến", encoding="utf-8")
    return path


def names(*inputs):
    return [source.name for source in find(inputs)]


def test_find_lists_a_folder_recursively_in_order(tmp_path):
    for name in ("b.txt", "a.txt", "xã/thôn/c.csv"):
        written(tmp_path / name)
    assert names(tmp_path) == ["a.txt", "b.txt", "xã/thôn/c.csv"]


@pytest.mark.parametrize("name", [".hidden.txt", "~$open.docx", ".git/a.txt"])
def test_find_leaves_out_hidden_and_lock_files(tmp_path, name):
    written(tmp_path / name)
    assert names(tmp_path) == []


def test_find_does_not_follow_links_to_folders(tmp_path):
    written(tmp_path / "elsewhere" / "a.txt")
    (tmp_path / "inputs").mkdir()
    try:
        (tmp_path / "inputs" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    assert names(tmp_path / "inputs") == []


def test_find_reads_a_file_given_twice_once(tmp_path):
    file = written(tmp_path / "a.txt")
    assert names(file, tmp_path, tmp_path / "." / "a.txt") == ["a.txt"]


def test_find_tells_same_names_apart_by_their_folders(tmp_path):
    files = [written(tmp_path / name) for name in ("x/a.txt", "y/a.txt", "y/b.txt")]
    assert names(*files) == ["x/a.txt", "y/a.txt", "b.txt"]


def test_find_tells_folders_with_same_content_apart(tmp_path):
    for name in ("one/2024/a.txt", "two/2024/a.txt"):
        written(tmp_path / name)
    assert names(tmp_path / "one" / "2024", tmp_path / "two" / "2024") == ["one/2024/a.txt", "two/2024/a.txt"]


def test_find_names_every_missing_input(tmp_path):
    with pytest.raises(InputError) as caught:
        find([tmp_path / "x.csv", tmp_path, tmp_path / "y.csv"])
    assert caught.value.problems == (str(tmp_path / "x.csv"), str(tmp_path / "y.csv"))
