"""What is typed, however it is typed, is cut into units that come back from the raw text."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.legacy import TCVN3_ROWS, VNI_ROWS
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.repair import repair, repair_all

ROOT = Path(__file__).resolve().parents[2]
LABELLED = ROOT.parent / "shared" / "data" / "labelled"
ANSWERS = ROOT / "corpora" / "labelled" / "answers_dev.jsonl"
TCVN3 = {letter: code for codes, row in TCVN3_ROWS[:-1] for code, letter in zip(codes, row, strict=True)}
VNI = {letter: code for codes, row in VNI_ROWS for code, letter in zip(codes.split(), row.split(), strict=True)}
NO_WORDS = re.compile(r"(?:[\W\d_]|\(?(?:[^\W\d_]|[IVX]{1,5})[.)/,-])*")  # white space, signs and list markers
TYPED = {
    "as it is": lambda text: text,
    "letters and marks apart": lambda text: unicodedata.normalize("NFD", text),
    "without marks": strip_marks,
    "in capitals": str.upper,
    "in TCVN3": lambda text: "".join(TCVN3.get(char, char) for char in text),
    "in TCVN3, its soft hyphens lost": lambda text: "".join(TCVN3.get(char, char) for char in text).replace("\xad", ""),
    "in VNI": lambda text: "".join(VNI.get(char, char) for char in text),
    "with look-alikes": lambda text: text.translate(str.maketrans("aoĐđ", "аоÐð")),
}
BETWEEN = (
    " ",
    "  ",
    "\n",
    "\r\n",
    "\u00a0",
    "\u200b",
    "\u00ad",
    "\u0323",
    " 😢 ",
    " 👨‍👩‍👧",
    ". ",
    "…",
    "\n- ",
    " 1) ",
    "(cười) ",
)


def clauses():
    return [clause for text in read_lines(ANSWERS) for clause in re.split(r"(?<=[.,;!?]) ", text)]


@st.composite
def typed_texts(draw):
    parts = draw(st.lists(st.tuples(st.sampled_from(clauses()), st.sampled_from(sorted(TYPED))), max_size=5))
    return "".join(TYPED[way](clause) + draw(st.sampled_from(BETWEEN)) for clause, way in parts)


def faults(texts):
    """List the texts whose units are out of order, leave out words, or are not what stands in the text."""
    units = segment(as_contributions(texts))
    found = []
    spans_of = units.groupby(columns.CONTRIBUTION)[[columns.START, columns.END, columns.TEXT]]
    spans_of = {number: rows.to_numpy().tolist() for number, rows in spans_of}
    for number, text in enumerate(texts, start=1):
        spans = spans_of.get(number, [])
        edges = [0, *(point for start, end, _ in spans for point in (start, end)), len(text)]
        gaps = [text[edges[index] : edges[index + 1]].replace("(cười)", "") for index in range(0, len(edges), 2)]
        is_cut = all(text[start:end] == unit for start, end, unit in spans)
        if edges != sorted(edges) or not is_cut or not all(map(NO_WORDS.fullmatch, gaps)):
            found.append(text)
    return found


@settings(deadline=None)  # the first text waits for the models
@given(typed_texts())
def test_units_come_back_from_whatever_was_typed(text):
    assert faults([text]) == []


@settings(deadline=None)
@given(typed_texts())
def test_repairing_twice_equals_once(text):
    once = repair(text)
    assert repair(once.text).text == once.text


@pytest.mark.slow
@pytest.mark.skipif(not LABELLED.is_dir(), reason="needs the labelled texts in ../shared/data/labelled")
@pytest.mark.parametrize("way", TYPED)
def test_units_come_back_from_every_labelled_text(way):
    texts = [TYPED[way](text) for path in sorted(LABELLED.glob("*.jsonl")) for text in read_lines(path)]
    assert faults(texts) == []


@pytest.mark.slow
@pytest.mark.skipif(not LABELLED.is_dir(), reason="needs the labelled texts in ../shared/data/labelled")
@pytest.mark.parametrize("way", TYPED)
def test_repairing_every_labelled_text_twice_equals_once(way):
    texts = [TYPED[way](text) for path in sorted(LABELLED.glob("*.jsonl")) for text in read_lines(path)]
    once = [repaired.text for repaired in repair_all(texts)]
    assert [text for text, again in zip(once, repair_all(once), strict=True) if again.text != text] == []
