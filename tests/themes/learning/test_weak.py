import numpy as np
import pytest

from thamluan.pipeline.themes.classifying.vectors import WordVectors
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Theme
from thamluan.pipeline.themes.learning.weak import guess, guess_coded, pile, revise

BLANK = {"vi": "", "en": ""}
VECTORS = WordVectors(("đường", "lương"), np.array([[0, 0], [1, 0], [0, 1]], dtype=np.float32))
ROAD, PAY = [1, 0], [0, 1]


@pytest.fixture
def codebook():
    themes = [Theme(id, {"vi": label, "en": label}, BLANK, BLANK, (), ()) for id, label in (("a", "A"), ("b", "Khác"))]
    return Codebook("thu", "1", BLANK, tuple(themes), ())


def make_pile(n_guessed=30, n_coded=10, *, guesses=None):
    uncoded = ["đường xấu" if number % 2 == 0 else "lương thấp" for number in range(n_guessed)]
    coded = ["đường hỏng" if number % 2 == 0 else "lương ít" for number in range(n_coded)]
    codes = np.array([ROAD, PAY] * (n_coded // 2), dtype=int).reshape(n_coded, 2)
    guesses = np.array([ROAD, PAY] * (n_guessed // 2), dtype=int) if guesses is None else guesses
    return pile(uncoded, guesses, coded=coded, codes=codes, vectors=VECTORS)


def test_guess_gives_every_theme_that_scores_enough(codebook):
    assert guess(np.array([[1, 0.5], [0.1, 0]]), codebook=codebook, single=False).tolist() == [[1, 1], [0, 0]]


def test_guess_of_one_theme_takes_the_best_and_else_the_rest(codebook):
    assert guess(np.array([[1, 0], [0.1, 0]]), codebook=codebook, single=True).tolist() == [[1, 0], [0, 1]]


def test_guess_of_one_theme_without_a_theme_of_the_rest_leaves_some_without(make_codebook):
    scores = np.array([[1, 2], [0.1, 0]])
    assert guess(scores, codebook=make_codebook(road=("x",), pay=("y",)), single=True).tolist() == [[0, 1], [0, 0]]


@pytest.mark.parametrize("single", [True, False])
def test_revise_keeps_guesses_that_coded_texts_bear_out(single):
    texts = make_pile()
    np.testing.assert_array_equal(revise(texts, n_open=30, single=single, seed=0), texts.guesses)


def test_revise_corrects_wrong_guesses_by_coded_texts():
    guesses = np.array([ROAD, PAY] * 15)
    guesses[:6] = [PAY, ROAD] * 3
    revised = revise(make_pile(guesses=guesses), n_open=30, single=True, seed=0)
    assert revised.tolist() == [ROAD, PAY] * 15


def test_revise_gives_the_first_texts_alone():
    assert len(revise(make_pile(), n_open=4, single=True, seed=0)) == 4


def test_revise_gives_a_theme_to_as_many_texts_as_have_it():
    guesses = np.zeros((30, 2), dtype=int)
    guesses[::2] = ROAD
    revised = revise(make_pile(n_coded=0, guesses=guesses), n_open=30, single=False, seed=0)
    assert revised.sum(axis=0).tolist() == [15, 0]


@pytest.mark.parametrize("single", [True, False])
def test_coded_texts_are_guessed_from_the_others(single):
    texts = make_pile()
    np.testing.assert_array_equal(guess_coded(texts, single=single, seed=0), texts.codes)


def test_a_coded_text_does_not_speak_for_itself():
    texts = pile(
        ["đường xấu", "lương thấp"] * 10,
        np.array([ROAD, PAY] * 10),
        coded=["đường xấu", *["lương thấp"] * 4],
        codes=np.array([PAY] * 5),
        vectors=VECTORS,
    )
    assert guess_coded(texts, single=True, seed=0)[0].tolist() == ROAD
