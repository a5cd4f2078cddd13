from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.segmentation import chunks as chunks_module
from thamluan.pipeline.text.segmentation.chunks import Chunks
from thamluan.pipeline.text.segmentation.templates import Kinds

LABELLED = Path(__file__).resolve().parents[3] / "corpora" / "labelled"
SIGNS = tuple("\"“”'’()[]<>,.;:!?…%&@#$^*+=-_/\\|~`´×÷°ʺ😀♥\u200b\u0301²½\x00\ud800")
PARTS = (
    *("chi", "Bộ", "NQ", "Đ", "Ð", "TP", "Tp", "Mr", "ThS", "Dr", "v", "vn", "com", "http", "e", "mail", "D", "x", "a"),
    *("1", "12", "2024", "1.200", "3,5", "9/12", "3/2/2024", "12345", "10:20:50", "4K", "43H", "0530", "٣"),
    *("...", "=>", "==>", "->", ">>", ":)", ":D", "<3", "°C", "v.v", "T.Ư", "H'Mông", "NĐ-CP", "a.vn", "://"),
)
chunk_texts = st.one_of(
    st.lists(st.sampled_from(PARTS + SIGNS), min_size=1, max_size=6).map("".join),
    st.lists(st.sampled_from(("(", "“", "chi", "Tp", "TP", "12", "1.5", "8/5", ".", ",", ")", "”", ":", "?", "%"))).map(
        "".join
    ),
    st.text(min_size=1, max_size=8),
).filter(lambda text: text.split() == [text])


@pytest.fixture(scope="module")
def cut():
    """Cut one chunk, within a text or at its end."""
    known = Chunks(Kinds(["chi"]))

    def cut(chunk, *, is_final):
        syllables = known.syllables(known.numbers([chunk], finals=np.array([0] if is_final else [], dtype=int)))
        return [chunk[start:end] for start, end in zip(syllables.starts, syllables.ends, strict=True)]

    return cut


def expected(chunk, *, is_final):
    found = tokenize(chunk if is_final else f"{chunk} .", use_token_normalize=False, use_character_normalize=False)
    return found if is_final else found[:-1]


@settings(deadline=None)
@given(chunk_texts, st.booleans())
def test_chunks_are_cut_as_underthesea_cuts_them(cut, chunk, is_final):
    shown = chunk.replace("Ð", "Đ").replace("ð", "đ")
    assert [part.replace("Ð", "Đ").replace("ð", "đ") for part in cut(chunk, is_final=is_final)] == expected(
        shown, is_final=is_final
    )


def test_chunks_of_answers_are_cut_as_underthesea_cuts_them(cut):
    found = {chunk for answer in read_lines(LABELLED / "answers_dev.jsonl") for chunk in answer.split()}
    assert len(found) > 500
    assert [cut(chunk, is_final=False) for chunk in found] == [expected(chunk, is_final=False) for chunk in found]


def test_chunks_without_end_are_cut_in_pieces(cut):
    piece = "1." * 250
    assert cut(piece * 3, is_final=True) == 2 * expected(piece, is_final=False) + expected(piece, is_final=True)


def test_chunks_say_when_they_remember_enough(monkeypatch):
    monkeypatch.setattr(chunks_module, "ROOM", 22)
    known = Chunks(Kinds([]))
    known.numbers(["phụ", "cấp"], finals=np.array([], dtype=int))
    assert not known.is_full
    known.numbers(["trưởng", "thôn", "Nà", "Lùng"] * 2, finals=np.array([], dtype=int))
    assert not known.is_full  # each is remembered once
    known.numbers(["bản"], finals=np.array([], dtype=int))
    assert known.is_full
