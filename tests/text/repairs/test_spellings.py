import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.artefacts import ABBREVIATIONS, CORPORA, DIALECT
from thamluan.pipeline.text.repairs.lexicon import load_lexicon
from thamluan.pipeline.text.repairs.pieces import put_in
from thamluan.pipeline.text.repairs.spellings import expand_abbreviations, standardise_dialect

REPAIRS = (expand_abbreviations, standardise_dialect)
BETWEEN = (
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ".",
    "\n",
    "/",
    "-",
    " - ",
    "&",
    " (",
    ") ",
    ":",
    "5",
    "50",
    "\u0301",
    "_",
    "@",
    "'",
    "?",
)
STANDARD = (
    "Chi bộ sinh hoạt đều, đảng viên tham gia đông đủ.",
    "Kinh phí hoạt động của ban công tác Mặt trận còn thấp: mỗi tháng 1.200.000 đồng.",
    "Đề nghị cấp trên quan tâm hơn đến trưởng thôn, tổ trưởng tổ dân phố.",
    "Nghị quyết số 18-NQ/TW ngày 25/10/2017; Nghị định 33/2023/NĐ-CP.",
    "Chỉ chi cho mô hình có ảnh hưởng, bà con đi cổ vũ vô cùng đông.",
)
unhurried = settings(deadline=None)  # the first text waits for the lexicons


def forms():
    """Give what the lexicons know and what decides, so that texts of them are full of both."""
    entries = [
        entry for path in (ABBREVIATIONS, DIALECT) for form in load_lexicon(path).entries.values() for entry in form
    ]
    words = {entry.form.replace("#", "5") for entry in entries} | {entry.expansion for entry in entries}
    return sorted(words | {word for entry in entries for word in entry.before | entry.after | entry.near})


words = st.sampled_from(forms()).flatmap(lambda word: st.sampled_from([word, word.upper(), word.capitalize()]))
short = st.sampled_from([form for form in forms() if len(form) <= 2 and form.isalpha()])
pieces = st.one_of(words, words, st.sampled_from(BETWEEN))
texts = st.one_of(st.lists(pieces, max_size=12).map("".join), st.lists(words, max_size=8).map(" ".join), st.text())


def repaired(text, repair):
    return put_in(text, repair(text))


@pytest.mark.cases("text_abbreviations.json", "text", "repaired")
def test_abbreviations_become_the_words_they_stand_for(text, repaired):
    assert put_in(text, expand_abbreviations(text)) == repaired


@pytest.mark.cases("text_dialect.json", "text", "repaired")
def test_dialect_words_become_standard_ones(text, repaired):
    assert put_in(text, standardise_dialect(text)) == repaired


@pytest.mark.parametrize("repair", REPAIRS)
@unhurried
@given(text=texts)
def test_spellings_repaired_twice_equal_once(repair, text):
    once = repaired(text, repair)
    assert repaired(once, repair) == once


@pytest.mark.parametrize("repair", REPAIRS)
@unhurried
@given(text=texts)
def test_pieces_are_in_order_and_apart(repair, text):
    ends = [point for start, end, _ in repair(text) for point in (start, end)]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end, _ in repair(text))


@pytest.mark.parametrize("repair", REPAIRS)
@unhurried
@given(text=texts)
def test_pieces_change_what_they_replace(repair, text):
    assert all(replacement and text[start:end] != replacement for start, end, replacement in repair(text))


@pytest.mark.parametrize("repair", REPAIRS)
@unhurried
@given(text=texts)
def test_nothing_beside_an_apostrophe_is_replaced(repair, text):
    sides = [side for start, end, _ in repair(text) for side in (text[max(0, start - 1) : start], text[end : end + 1])]
    assert not {"'", "’"} & set(sides)


@pytest.mark.parametrize("repair", REPAIRS)
@unhurried
@given(joined=st.lists(short, min_size=2, max_size=4))
def test_short_pieces_with_an_unknown_one_stay(repair, joined):
    assert list(repair("/".join((*joined, "xyz")))) == []


@pytest.mark.parametrize("repair", REPAIRS)
@pytest.mark.parametrize("text", STANDARD)
def test_standard_text_stays(repair, text):
    assert list(repair(text)) == []


def test_paper_without_abbreviations_stays():
    text = (CORPORA / "samples" / "tham-luan-mat-tran.txt").read_text(encoding="utf-8")
    assert list(expand_abbreviations(text)) == []


@pytest.mark.parametrize("repair", REPAIRS)
@pytest.mark.parametrize("piece", ["ko ", "k", "k.", "a,b,", "5", "1k", "cb/đv", "(", "chi ", "T.Ư."])
def test_endless_text_is_repaired(repair, piece):
    text = piece * 5_000
    assert repaired(repaired(text, repair), repair) == repaired(text, repair)


def test_own_lexicon_takes_the_place_of_the_shipped(tmp_path):
    path = tmp_path / "rieng.csv"
    path.write_text("forms,expansion\nhđtq,hội đồng tự quản\n", encoding="utf-8")
    assert list(expand_abbreviations("HĐTQ ko họp", lexicon=path)) == [(0, 4, "Hội đồng tự quản")]
