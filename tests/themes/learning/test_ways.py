import csv

import numpy as np
import pytest

from thamluan.pipeline.artefacts import CODEBOOKS, CORPORA
from thamluan.pipeline.errors import CodebookError, InputError
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.cues import CueCoder
from thamluan.pipeline.themes.learning.learnt import LearntCoder, learn
from thamluan.pipeline.themes.learning.ways import MANY, fit_by_codebook, fit_way, trust
from thamluan.pipeline.themes.material.labelled import Labelled, LabelledColumns, read_labelled
from thamluan.pipeline.themes.material.uncoded import Uncoded, read_uncoded

EXAMPLES = CORPORA / "examples"
SEEN = ["Thầy giảng nhanh quá", "Tài liệu môn học cũ", "Máy chiếu mờ"]


@pytest.fixture(scope="module")
def codebook():
    return load_codebook(CODEBOOKS / "student_feedback.yaml")


@pytest.fixture(scope="module")
def uncoded():
    return read_uncoded([EXAMPLES / "mon-hoc.csv"], text="Ý kiến")


@pytest.fixture(scope="module")
def coded(codebook):
    where = LabelledColumns(text="Ý kiến", themes="Chủ đề", stance=None)
    return read_labelled([EXAMPLES / "mon-hoc-da-ma-hoa.csv"], where=where, codebook=codebook)


@pytest.fixture(scope="module")
def learnt(codebook, uncoded):
    return fit_by_codebook(codebook, uncoded, single=True)


def given(model, texts=SEEN):
    return model.decide(model.probabilities(texts)[0]).astype(int).tolist()


def blank(codebook, n=0):
    return Labelled(("x",) * n, np.zeros((n, len(codebook.themes)), dtype=int), None, codebook, ())


def test_a_codebook_alone_teaches_a_model(learnt):
    assert learnt.way == "codebook"
    assert given(learnt) == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]


def test_a_codebook_alone_teaches_the_same_twice(learnt, codebook, uncoded):
    again = fit_by_codebook(codebook, uncoded, single=True)
    np.testing.assert_array_equal(again.probabilities(SEEN)[0], learnt.probabilities(SEEN)[0])


def test_a_codebook_alone_says_that_nothing_was_measured_and_what_taught_it(learnt, uncoded):
    told = trust(learnt.facts)
    counts = learnt.facts["guessed_on"]["texts_of_theme"]
    assert told[0] == f"Way: the codebook alone, learnt from {len(uncoded.texts)} answers that nobody has coded."
    assert "Nothing has been measured on these answers." in told
    assert any(f"lecturer {counts['lecturer']}" in line for line in told)
    assert any("Too few to rely on: facility, others" in line for line in told)
    assert learnt.facts["trained_on"]["texts"] == 0


def test_what_fits_no_other_goes_to_the_theme_of_the_rest(learnt):
    assert given(learnt, ["Không có ý kiến"]) == [[0, 0, 0, 1]]


def test_a_codebook_alone_gives_several_themes_to_an_answer(make_codebook):
    texts = ("Đường xấu quá", "Lương thấp quá", "Đường xấu mà lương cũng thấp", "Họp đều") * 10
    model = fit_by_codebook(make_codebook(road=("đường",), pay=("lương",)), Uncoded(texts))
    assert given(model, texts[:4]) == [[1, 0], [0, 1], [1, 1], [0, 0]]


def test_a_codebook_whose_words_nobody_says_teaches_nothing(make_codebook, uncoded):
    with pytest.raises(InputError, match=r"found in 0 of \d+ answers"):
        fit_by_codebook(make_codebook(road=("zzz",), pay=("qqq",)), uncoded)


def test_few_coded_answers_are_joined_by_the_codebook_and_measured(coded, uncoded):
    model = fit_way(coded, uncoded, by_codebook=True, single=True)
    assert model.way == "few"
    assert given(model) == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]
    assert model.facts["cross_validated"]["n_answers"] == len(coded.texts)
    assert model.facts["trained_on"]["texts"] == len(coded.texts)
    assert trust(model.facts)[1].startswith(f"Cross-validated on {len(coded.texts)} coded answers: themes macro-F1 0.")


def test_few_coded_answers_do_without_uncoded_ones(coded):
    model = fit_way(coded, Uncoded(), by_codebook=True, single=True)
    assert model.way == "few"
    assert model.facts["guessed_on"]["texts"] == 0


def test_the_codebook_helps_few_coded_answers(coded):
    figures = [
        fit_way(coded, Uncoded(), by_codebook=by_codebook, single=True).facts["cross_validated"]["themes"]["macro"][
            "f1"
        ]
        for by_codebook in (True, False)
    ]
    assert figures[0] > figures[1] + 0.2


def test_uncoded_answers_that_are_coded_too_are_learnt_once(coded, uncoded):
    model = fit_way(coded, Uncoded((*uncoded.texts, *coded.texts)), by_codebook=True, single=True)
    assert model.facts["guessed_on"]["texts"] <= len(uncoded.texts)


def test_one_coded_answer_a_theme_is_enough_with_a_codebook(coded, uncoded):
    first = [int(np.flatnonzero(column)[0]) for column in coded.themes.T]
    model = fit_way(coded.only(first), uncoded, by_codebook=True, single=True)
    assert model.facts["cross_validated"]["n_answers"] == 4


def test_many_coded_answers_teach_alone(make_codebook):
    texts = [f"{'đường xấu' if number % 2 == 0 else 'lương thấp'} {number}" for number in range(2 * MANY)]
    labelled = Labelled(
        tuple(texts), np.eye(2, dtype=int)[np.arange(2 * MANY) % 2], None, make_codebook(a=(), b=()), ()
    )
    model = fit_way(labelled, Uncoded(("đường",)), by_codebook=True)
    assert model.way == "model"
    assert model.facts["cross_validated"]["themes"]["macro"]["f1"] > 0.95
    assert "guessed_on" not in model.facts


@pytest.fixture
def units(uncoded):
    return segment(as_contributions(uncoded.texts))


def test_learn_takes_stances_from_the_model_of_the_cues(codebook, model, units):
    coder = learn(CueCoder(codebook, model), units, single=True)
    assert isinstance(coder, LearntCoder)
    assert (coder.way, coder.is_single, coder.stance_ids) == ("codebook", True, model.stance_ids)
    np.testing.assert_array_equal(coder.probabilities(SEEN)[1], model.probabilities(SEEN)[1])
    assert coder.evidence(SEEN[2:], np.array([[False, False, True, False]]))[0]["facility"]


def test_learn_says_how_far_to_trust_it(codebook, model, units, caplog):
    learn(CueCoder(codebook, model), units, single=True)
    assert "Nothing has been measured" in caplog.text


def test_learn_falls_back_on_cues_where_there_are_too_few_answers(model, make_codebook, make_units, caplog):
    coder = learn(CueCoder(make_codebook(road=("đường",)), model), make_units(["đường xấu"]))
    assert isinstance(coder, CueCoder)
    assert "by the cues of the codebook trial alone: The words of the codebook were found in 1 of 1" in caplog.text


def test_learn_needs_cues_where_there_are_too_few_answers(model, make_codebook, make_units):
    with pytest.raises(CodebookError, match="themes without cues, which these answers teach nothing of: pay"):
        learn(CueCoder(make_codebook(road=("đường",), pay=()), model), make_units(["đường xấu"]))


def test_examples_and_codebook_name_the_same_themes(codebook):
    with (EXAMPLES / "mon-hoc-da-ma-hoa.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["Chủ đề"] for row in csv.DictReader(file)} == set(codebook.theme_ids)


@pytest.mark.parametrize("path", sorted(CODEBOOKS.iterdir()), ids=lambda path: path.name)
def test_every_codebook_that_comes_with_the_product_can_be_used(path):
    assert load_codebook(path).themes
