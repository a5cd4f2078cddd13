import re
from string import Formatter

import pytest

from thamluan.pipeline.report import page
from thamluan.pipeline.report.language import WORDS, counted
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.text.repair import REPAIRS


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_there_are_words_for_every_language():
    assert set(WORDS) == set(LANGUAGES)


def test_languages_have_the_same_words_in_the_same_order():
    assert len({tuple(words) for words in WORDS.values()}) == 1


@pytest.mark.parametrize("key", WORDS["vi"])
def test_languages_fill_in_the_same_values(key):
    assert len({frozenset(fields(words[key])) for words in WORDS.values()}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_empty(lang):
    assert all(text.strip() == text != "" for text in WORDS[lang].values())


def test_every_repair_has_a_word():
    named = {name.removeprefix("repair_") for name in WORDS["vi"] if name.startswith("repair_")}
    assert named == set(REPAIRS)


def test_templates_ask_only_for_words_that_exist():
    asked = {
        name
        for path in page.TEMPLATES.glob("*.j2")
        for name in re.findall(r"\bwords\.([a-z_]+)", path.read_text(encoding="utf-8"))
    }
    assert asked <= set(WORDS["vi"])


@pytest.mark.parametrize(("n", "text"), [(0, "0 people"), (1, "1 person"), (1024, "1,024 people")])
def test_counted_tells_one_from_many(n, text):
    assert counted("people", n, lang="en") == text
