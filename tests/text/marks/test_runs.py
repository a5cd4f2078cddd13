import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.marks.runs import (
    COMMA,
    EDGE,
    FULL_STOP,
    LETTERS,
    NUMBER,
    OTHER_WORD,
    SPECIAL,
    Runs,
    join,
    read,
    spell,
)

syllables = st.text(LETTERS[1:], min_size=1, max_size=7)


def shown(text):
    return [int(spelling) if spelling in SPECIAL else read(int(spelling)) for spelling in Runs.of_text(text).spellings]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Chi bộ họp", ["chi", "bộ", "họp"]),
        ("ĐẢNG VIÊN", ["đảng", "viên"]),
        ("khối 5, tổ 12a.", ["khối", NUMBER, COMMA, "tổ", OTHER_WORD, FULL_STOP]),
        ("nghiêng nghiêngg", ["nghiêng", OTHER_WORD]),
        ("vắng\r\n\nhọp", ["vắng", EDGE, "họp"]),
        ("Łukasz 中 e\u0301", [OTHER_WORD, OTHER_WORD, OTHER_WORD]),
        ("tốt!!! 😀 …", ["tốt", FULL_STOP, FULL_STOP]),
        ("dân_phố", [OTHER_WORD]),
        ("  ", []),
        ("", []),
    ],
)
def test_runs_are_syllables_numbers_and_stops(text, runs):
    assert shown(text) == runs


def test_runs_know_letters_without_marks():
    assert [read(int(bare)) for bare in Runs.of_text("Đường sá").bare] == ["duong", "sa"]


@given(syllables)
def test_spelling_is_read_back(syllable):
    assert read(spell(syllable)) == syllable


@given(syllables)
def test_bare_spelling_is_that_of_the_letters(syllable):
    assert read(int(Runs.of_text(syllable).bare[0])) == strip_marks(syllable)


@given(st.text())
def test_runs_are_in_order_and_apart_and_leave_out_only_blanks(text):
    runs = Runs.of_text(text)
    points = np.stack([runs.starts, runs.ends], axis=1).ravel()
    assert (np.diff(points) >= 0).all()
    covered = {index for start, end in zip(runs.starts, runs.ends, strict=True) for index in range(start, end)}
    assert not any(text[index].isalnum() and ord(text[index]) < 0x10000 for index in set(range(len(text))) - covered)


@given(st.lists(st.text("ab \n", max_size=4), max_size=5))
def test_joined_texts_start_where_they_are_said_to(texts):
    joined, starts = join(texts)
    assert [joined[start : start + len(text)] for start, text in zip(starts, texts, strict=True)] == texts
