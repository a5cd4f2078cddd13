"""Sub-themes on labelled answers of this product, and on small ones made by hand."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.grouping import group
from thamluan.pipeline.aggregate.meaning import known_vectors
from thamluan.pipeline.aggregate.phrases import content, function_words, join_known
from thamluan.pipeline.aggregate.subthemes import FEWEST_CONTRIBUTIONS, subthemes
from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.text.words import words_of

LEAST_AGREEMENT = 0.75  # adjusted Rand index after 5% of the answers are dropped, the mean over the themes
SUBJECTS = ("Phụ cấp trưởng thôn thấp quá", "Nhà văn hóa dột nát lâu rồi", "Loa truyền thanh hỏng mãi")


@pytest.fixture(scope="session")
def answers():
    """Give the labelled answers on each theme, as content words."""
    rows = [
        json.loads(line)
        for path in sorted((CORPORA / "labelled").glob("answers_train_A?.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    words = words_of([row["text"].lower() for row in rows])
    texts = join_known([content(found, ignored=function_words()) for found in words])
    themes = sorted({theme for row in rows for theme in row["themes"]})
    return {theme: [text for text, row in zip(texts, rows, strict=True) if theme in row["themes"]] for theme in themes}


def grouped(texts):
    return group(texts, elsewhere={}, vectors=known_vectors())


def test_a_few_answers_less_leave_most_where_they_were(answers):
    agreements = []
    for texts in answers.values():
        before = grouped(texts)
        for seed in range(3):
            kept = np.flatnonzero(np.random.default_rng(seed).random(len(texts)) > 0.05)
            after = grouped([texts[index] for index in kept])
            agreements.append(adjusted_rand_score(before.of_text[kept], after.of_text))
    assert np.mean(agreements) >= LEAST_AGREEMENT, agreements


def test_the_order_of_answers_changes_nothing(answers):
    texts = next(iter(answers.values()))
    before = grouped(texts)
    order = np.random.default_rng(0).permutation(len(texts))
    after = grouped([texts[index] for index in order])
    assert after.labels == before.labels
    assert after.of_text.tolist() == before.of_text[order].tolist()


def test_labels_stand_in_the_answers(answers):
    for texts in answers.values():
        said = [" ".join(text) for text in texts]
        for label in grouped(texts).labels:
            assert all(any(phrase in text for text in said) for phrase in label.split(", "))


def test_answers_of_nothing_have_no_groups():
    found = grouped([[], [""]])
    assert found.labels == ()
    assert found.of_text.tolist() == [-1, -1]


@pytest.fixture(scope="module")
def found(survey, one):
    """Find the sub-themes of twelve answers on each of three subjects, and as many without a theme."""

    def find(themes="funding", n=12):
        said = [one(themes, text=f"{subject}, hộ {number}") for subject in SUBJECTS for number in range(n)]
        made = survey(*said)
        return subthemes(made.coded(), made.units)

    return find


def test_subthemes_part_the_subjects_with_count_base_and_interval(found):
    table = found().table
    assert set(table[columns.THEME]) == {"funding"}
    assert table[columns.SUBTHEME].tolist() == [1, 2, 3]
    assert table[columns.N].tolist() == [12, 12, 12]
    assert table[columns.BASE].tolist() == [36, 36, 36]
    assert ((table[columns.LOW] < 1 / 3) & (table[columns.HIGH] > 1 / 3)).all()
    labels = " ".join(table[columns.LABEL])
    assert all(word in labels for word in ("phụ cấp", "nhà văn hóa", "truyền thanh"))


def test_each_unit_of_a_subject_is_in_its_subtheme(found):
    of_unit = found().of_unit["funding"]
    assert [len({of_unit[unit] for unit in range(start, start + 12)}) for start in (1, 13, 25)] == [1, 1, 1]


def test_contributions_without_a_theme_are_grouped_as_candidates(found):
    table = found(themes="").table
    assert set(table[columns.THEME]) == {""}
    assert table[columns.BASE].tolist() == [36] * len(table)


def test_few_contributions_have_no_subthemes(found):
    table = found(n=(FEWEST_CONTRIBUTIONS - 1) // 3).table
    assert list(table.columns) == list(columns.SUBTHEMES)
    assert not len(table)
    assert pd.api.types.is_integer_dtype(table[columns.SUBTHEME])


def test_a_contribution_counts_once_in_a_subtheme(survey, many):
    twice = [(SUBJECTS[0], "funding", "weakness", 0.9), (SUBJECTS[0], "funding", "weakness", 0.9)]
    once = [(SUBJECTS[1], "funding", "weakness", 0.9)]
    made = survey(*[many(twice) for _ in range(20)], *[many(once) for _ in range(20)])
    table = subthemes(made.coded(), made.units).table
    assert table[columns.N].tolist() == [20, 20]


def test_ten_thousand_texts_are_grouped_in_seconds(answers):
    from time import process_time

    texts = [text for texts in answers.values() for text in texts]
    texts = (texts * (10_000 // len(texts) + 1))[:10_000]
    started = process_time()
    grouped(texts)
    assert process_time() - started < 10
