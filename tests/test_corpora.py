"""What lies in corpora/labelled keeps the form that its card states."""

import csv
import json
import re
from collections import Counter

import pytest

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.letters import compose, strip_marks
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.material.labelled import loosely
from thamluan.pipeline.themes.material.texts import PASSAGE

LABELLED = CORPORA / "labelled"
ANSWERS = sorted(LABELLED.glob("answers_*.jsonl"))
PHRASES = LABELLED / "phrases_train.jsonl"
NEEDED = {"id", "text", "themes", "stance", "register"}
KNOWN = NEEDED | {"question", "respondent", "family"}
REGISTERS = {"plain", "spoken", "nodiac", "abbrev", "official", "caps", "offtopic"}


SENTENCES = LABELLED / "sentence_codes.csv"
NEWS = LABELLED / "news_codes.csv"
SECOND_SENTENCES = LABELLED / "sentence_codes_second.csv"
SECOND_ANSWERS = LABELLED / "second_coder.jsonl"


def read(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [row | {"themes": row["themes"].split(";") if row["themes"] else []} for row in csv.DictReader(file)]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def codebook():
    return load_codebook()


@pytest.mark.parametrize("path", [*ANSWERS, PHRASES], ids=lambda path: path.name)
def test_labelled_answers_have_the_fields_of_the_card(path, codebook):
    stances = set(codebook.stance_ids) | ({""} if path == PHRASES else set())
    registers = {"phrase"} if path == PHRASES else REGISTERS
    for row in read(path):
        assert NEEDED <= row.keys() <= KNOWN, row["id"]
        assert row["themes"] == [theme for theme in codebook.theme_ids if theme in row["themes"]], row["id"]
        assert row["stance"] in stances, row["id"]
        assert row["register"] in registers, row["id"]
        assert row["text"] == compose(row["text"]).strip() != "", row["id"]


def test_labelled_answers_have_ids_of_their_own():
    counts = Counter(row["id"] for path in [*ANSWERS, PHRASES] for row in read(path))
    assert [id for id, n in counts.items() if n > 1] == []


def test_new_answers_and_phrases_do_not_repeat_an_answer_to_measure_on():
    measured = {loosely(strip_marks(row["text"])) for row in read(LABELLED / "answers_dev.jsonl")}
    added = [path for path in [*ANSWERS, PHRASES] if re.search("_[BC][A-Z]|phrases", path.name)]
    assert [row["id"] for path in added for row in read(path) if loosely(strip_marks(row["text"])) in measured] == []


def test_labelled_answers_without_marks_have_none():
    rows = [row for path in ANSWERS for row in read(path) if row["register"] == "nodiac"]
    assert [row["id"] for row in rows if strip_marks(row["text"]) != row["text"].lower()] == []


@pytest.mark.parametrize("path", [SENTENCES, NEWS, SECOND_SENTENCES, SECOND_ANSWERS], ids=lambda path: path.name)
def test_codes_without_texts_hold_nothing_else(path, codebook):
    rows = read(path)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row.keys() == {"id", "themes", "stance"}, row["id"]
        assert row["themes"] == [theme for theme in codebook.theme_ids if theme in row["themes"]], row["id"]
        assert row["stance"] in codebook.stance_ids, row["id"]


def test_second_codes_are_of_labelled_texts():
    sentences = {row["id"] for row in read(SENTENCES)}
    answers = {row["id"] for path in ANSWERS for row in read(path)}
    assert {row["id"] for row in read(SECOND_SENTENCES)} <= sentences
    assert {row["id"] for row in read(SECOND_ANSWERS)} <= answers


def test_codes_of_news_name_passages():
    assert [row["id"] for row in read(NEWS) if not PASSAGE.fullmatch(row["id"])] == []
