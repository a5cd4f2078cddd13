import sys
from pathlib import Path

import numpy as np
import pytest

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.text.segmentation import compiled
from thamluan.pipeline.text.segmentation.compiled import (
    CHECKS,
    cache_folder,
    compile_segmenter,
    load_segmenter,
    model_folder,
    read_segmenter,
    write_segmenter,
)
from thamluan.pipeline.text.segmentation.finder import Finder
from thamluan.pipeline.text.segmentation.labels import Transitions
from thamluan.pipeline.text.segmentation.segmenter import Segmenter


@pytest.fixture
def cache(tmp_path, monkeypatch, segmenter):
    """An empty cache folder, and a segmenter that is there at once where one would be made."""
    monkeypatch.setenv("THAMLUAN_CACHE", str(tmp_path / "cache"))
    made = []
    monkeypatch.setattr(compiled, "compile_segmenter", lambda folder: made.append(folder) or segmenter)
    return tmp_path / "cache", made


def words(segmenter):
    return [array.tolist() for array in Finder(segmenter).find(CHECKS)]


def test_segmenter_is_written_and_read_back_the_same(tmp_path, segmenter):
    write_segmenter(segmenter, tmp_path / "new" / "words.npz")
    assert words(read_segmenter(tmp_path / "new" / "words.npz")) == words(segmenter)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["words.npz"]


def test_segmenter_is_made_once_and_then_read(cache, segmenter):
    folder, made = cache
    assert words(load_segmenter()) == words(load_segmenter()) == words(segmenter)
    assert len(made) == 1
    (path,) = folder.iterdir()
    assert path.name.startswith(f"words-{compiled.FORMAT}-underthesea-{compiled.version('underthesea')}-")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", b"abc"], ids=["empty", "zip", "npy", "text"])
def test_a_damaged_file_is_made_anew(cache, segmenter, content):
    folder, made = cache
    load_segmenter()
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(content)
    assert words(load_segmenter()) == words(segmenter)
    assert len(made) == 2
    assert len(path.read_bytes()) == len(whole)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_file_with_a_changed_byte_or_an_end_cut_off_is_made_anew(cache, place):
    folder, made = cache
    load_segmenter()
    (path,) = folder.iterdir()
    whole = bytearray(path.read_bytes())
    middle = int(len(whole) * place)
    path.write_bytes(whole[:middle])
    load_segmenter()
    whole[middle] ^= 0xFF
    path.write_bytes(whole)
    load_segmenter()
    assert len(made) == 3


def test_a_file_of_other_arrays_is_made_anew(cache):
    folder, made = cache
    load_segmenter()
    (path,) = folder.iterdir()
    np.savez(path, syllables=np.zeros(3))
    load_segmenter()
    assert len(made) == 2


def test_a_cache_that_cannot_be_written_is_not_used(cache, segmenter):
    folder, made = cache
    folder.write_text("a file where the folder should be", encoding="utf-8")
    assert words(load_segmenter()) == words(segmenter)
    assert words(load_segmenter()) == words(segmenter)
    assert len(made) == 2


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"THAMLUAN_CACHE": "/a/b", "XDG_CACHE_HOME": "/x"}, "/a/b"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/thamluan"),
        ("linux", {}, "/home/me/.cache/thamluan"),
        ("darwin", {}, "/home/me/Library/Caches/thamluan"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/thamluan"),
        ("win32", {}, "/home/me/AppData/Local/thamluan"),
    ],
)
def test_cache_folder_follows_the_system(monkeypatch, platform, variables, expected):
    for name in ("THAMLUAN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert cache_folder() == Path(expected)


def test_without_a_home_there_is_no_cache_folder(monkeypatch):
    def no_home():
        raise RuntimeError

    for name in ("THAMLUAN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert cache_folder() is None


def test_a_model_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        compile_segmenter(tmp_path)


def test_tables_that_do_not_give_underthesea_s_words_are_refused(monkeypatch, segmenter):
    wrong = Segmenter(segmenter.kinds, segmenter.tables, Transitions(0.0, 9.0, 0.0, 9.0))
    with pytest.raises(ModelError, match="do not give its words"):
        compiled.check(wrong, model_folder())
