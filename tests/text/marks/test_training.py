import lzma

import numpy as np
import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.marks.evaluation import strip
from thamluan.pipeline.text.marks.runs import EDGE
from thamluan.pipeline.text.marks.training import (
    FEWEST,
    HELD_OUT,
    REPEATS,
    STRETCH,
    SYLLABLE,
    Lines,
    count,
    fit,
    part,
    read_lines,
)

LINES = ["Chi bộ họp đều", "Bỏ họp vì bận", "Phụ cấp còn thấp, đề nghị tăng"]


def counted(*lines):
    return count(Lines.of(lines).spellings)[0]


@pytest.mark.parametrize("syllable", "nghieng quyet khuya nguoi yeu uong ia gi quy oi khuynh dak krong thuo y".split())
def test_syllables_are_known_by_their_shape(syllable):
    assert SYLLABLE.fullmatch(syllable)


@pytest.mark.parametrize("word", "trainer email good lenin ubnd file th zalo".split())
def test_foreign_words_and_abbreviations_are_no_syllables(word):
    assert not SYLLABLE.fullmatch(word)


def test_rare_syllables_are_not_kept():
    assert counted(*["bộ"] * FEWEST, *["bọ"] * (FEWEST - 1)) == {"bo": {"bộ": FEWEST}}


def test_spellings_that_differ_in_the_place_of_the_tone_mark_are_one():
    assert counted(*["hòa"] * 9, *["hoà"] * 6, *["hoa"] * 7) == {"hoa": {"hòa": 15, "hoa": 7}}


def test_very_small_shares_are_not_kept():
    assert counted("bộ " * 20_000, "bọ " * 5) == {"bo": {"bộ": 20_000}}


def test_lines_are_apart():
    corpus = Lines.of(["họp", "vắng"])
    assert (corpus.bare == EDGE).tolist() == [False, True, False, True]
    assert corpus.bounds.tolist() == [0, 4]


def test_parts_of_a_corpus_are_apart_and_whole():
    lines = [f"dòng {number}" for number in range(STRETCH * 100)]
    parts = {name: list(part([*lines, *lines, " "], name=name)) for name in ("train", *HELD_OUT.values())}
    assert sorted(line for chosen in parts.values() for line in chosen) == sorted(lines)
    assert parts["test"] == lines[77 * STRETCH : 78 * STRETCH]


def test_fit_makes_the_same_bytes_twice():
    assert fit(LINES * FEWEST, n_rows=16).files() == fit(iter(LINES * FEWEST), n_rows=16).files()


def test_fit_learns_from_the_words_around():
    lines = [f"chi bộ số {number}" for number in range(300)] + [f"ai bỏ số {number}" for number in range(400)]
    found = fit(lines, n_rows=1 << 10).restore(["chi bo so", "ai bo so"], everywhere=True)
    assert [[replacement for _, _, replacement in pieces] for pieces in found] == [["bộ", "số"], ["bỏ", "số"]]


def test_fit_keeps_nothing_of_a_line_but_counts_and_weights():
    restorer = fit(LINES * FEWEST, n_rows=16)
    assert set(restorer.candidates.counts) == {
        strip(word).lower().strip(",") for line in LINES for word in line.split()
    }
    assert restorer.candidates.table.dtype == np.uint8


def test_own_lines_are_learnt_from_repeatedly():
    restorer = fit(LINES * FEWEST, own=["Khuyến khích"], n_rows=16)
    assert restorer.candidates.counts["khuyen"] == {"khuyến": REPEATS}


def test_tone_marks_are_put_in_the_old_way():
    assert counted(*["khoẻ"] * 9, *["quý"] * 9) == {"khoe": {"khỏe": 9}, "quy": {"quý": 9}}


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
