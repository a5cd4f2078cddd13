import lzma

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.marks.corpus import HELD_OUT, STRETCH, Lines, part, read_lines
from thamluan.pipeline.text.marks.runs import EDGE


def test_lines_are_apart():
    corpus = Lines.of(["họp", "vắng"])
    assert (corpus.bare == EDGE).tolist() == [False, True, False, True]
    assert corpus.bounds.tolist() == [0, 4]


def test_parts_of_a_corpus_are_apart_and_whole():
    lines = [f"dòng {number}" for number in range(STRETCH * 100)]
    parts = {name: list(part([*lines, *lines, " "], name=name)) for name in ("train", *HELD_OUT.values())}
    assert sorted(line for chosen in parts.values() for line in chosen) == sorted(lines)
    assert parts["test"] == lines[77 * STRETCH : 78 * STRETCH]


def test_packed_corpus_is_read(tmp_path):
    path = tmp_path / "corpus.txt.xz"
    path.write_bytes(lzma.compress("Chi bộ\nhọp".encode()))
    assert [line.strip() for line in read_lines(path)] == ["Chi bộ", "họp"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("cut.txt.xz", lzma.compress(b"Chi bo " * 99)[:-20]),
        ("garbage.txt.xz", b"garbage"),
        ("latin.txt", b"h\xf2a"),
        ("list.jsonl", b"[1]\n"),
        ("other.jsonl", b'{"answer": "x"}\n'),
        ("broken.jsonl", b"{\n"),
    ],
)
def test_unreadable_corpora_are_refused(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name):
        list(read_lines(tmp_path / name))
