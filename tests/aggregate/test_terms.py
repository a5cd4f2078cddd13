import math
from dataclasses import replace

import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.terms import N_TERMS, group_terms, read_words, terms
from thamluan.pipeline.artefacts import FUNCTION_WORDS

NEGATIONS = ("không", "chưa", "chẳng", "chả", "đừng", "thiếu", "ko", "hổng")


def all_terms(survey, codebook):
    said = read_words(survey.units, people=survey.people(), codebook=codebook)
    return terms(survey.units, said=said, codebook=codebook)


@pytest.fixture(scope="session")
def terms_of(survey, one, codebook):
    """List the terms of `funding` where some texts carry it and others carry nothing, each said so many times."""

    def find(inside, outside, *, times=100):
        said = [one("funding", text=text) for text in inside] + [one("", text=text) for text in outside]
        df = all_terms(survey(*said * times), codebook)
        return df[df[columns.THEME] == "funding"]

    return find


def test_terms_are_scored_after_monroe_and_others(terms_of):
    # 100 times "tiền" inside, 100 times "họp" outside; the prior of 500 words gives each 250.
    # z = (ln(350 / 250) - ln(250 / 350)) / sqrt(1 / 350 + 1 / 250)
    [term] = terms_of(["tiền"], ["họp"]).to_dict("records")
    expected = 2 * math.log(1.4) / math.sqrt(1 / 350 + 1 / 250)
    assert (term[columns.TERM], term[columns.N]) == ("tiền", 100)
    assert term[columns.SCORE] == pytest.approx(expected)


def test_terms_are_words_of_several_syllables(terms_of):
    assert terms_of(["Kinh phí"], ["sinh hoạt"])[columns.TERM].tolist() == ["kinh phí"]


def test_terms_stand_most_typical_first(terms_of):
    found = terms_of(["tiền xăng", "tiền họp"], ["họp"])
    assert found[columns.TERM].tolist()[0] == "tiền"
    assert found[columns.SCORE].is_monotonic_decreasing


def test_terms_that_are_as_typical_stand_in_order_of_letters(terms_of):
    assert terms_of(["tiền, loa"], ["họp, dân"])[columns.TERM].tolist() == ["loa", "tiền"]


@pytest.mark.parametrize("word", ["của", "cua", "các", "là", "la"])
def test_terms_never_show_function_words(terms_of, word):
    assert word not in terms_of([f"{word}, tiền"], ["họp"])[columns.TERM].tolist()


@pytest.mark.parametrize("word", NEGATIONS)
def test_terms_may_show_negations(terms_of, word):
    assert word in terms_of([f"{word}, tiền"], ["họp"])[columns.TERM].tolist()


@pytest.mark.parametrize("text", ["tiền 100", "tiền !!!", "tiền 😀", "tiền a", "tiền 1.200"])
def test_terms_leave_out_what_is_no_word(terms_of, text):
    assert terms_of([text], ["họp"])[columns.TERM].tolist() == ["tiền"]


def test_terms_need_three_contributions(survey, many, one, codebook):
    unit = ("tiền", "funding", "weakness", 0.9)
    others = [one("", text="họp, dân, thôn, xóm, loa")] * 100
    few, enough = (survey(*[many([unit] * 50)] * n, *others) for n in (2, 3))
    assert all_terms(few, codebook).empty
    assert all_terms(enough, codebook)[columns.N].tolist() == [3]


def test_terms_are_no_more_than_a_dozen(terms_of):
    inside = "loa, đài, ghế, bàn, xăng, xe, tiền, quỹ, lương, thuế, điện, nước, tivi, mái, sân"
    assert len(terms_of([inside], ["họp, dân"] * 8)) == N_TERMS


@pytest.mark.parametrize(
    ("inside", "outside"),
    [(["tiền"], ["tiền"]), (["tiền"], []), (["tiền xăng"], []), ([], ["tiền"]), (["của"], ["các"]), (["..."], ["!"])],
)
def test_terms_are_none_where_nothing_sets_a_theme_apart(terms_of, inside, outside):
    assert terms_of(inside, outside).empty


def test_terms_of_nothing_are_an_empty_frame(survey, codebook):
    df = all_terms(survey(), codebook)
    assert list(df.columns) == list(columns.TERMS)
    assert pd.api.types.is_integer_dtype(df[columns.N])


@pytest.mark.parametrize("negation", [*NEGATIONS, "khong", "chua", "thieu"])
def test_function_words_hold_no_negation(negation):
    assert negation not in FUNCTION_WORDS.read_text(encoding="utf-8").splitlines()


def test_terms_join_words_that_mostly_stand_side_by_side(terms_of):
    # underthesea parts "nhà văn hóa" into "nhà văn" and "hóa".
    found = terms_of(["nhà văn hóa dột", "nhà văn hóa cũ"], ["họp"])[columns.TERM].tolist()
    assert "nhà văn hóa" in found
    assert "hóa" not in found


def test_terms_count_a_person_once(survey, many, one, codebook):
    # One of many who says "loa" fifty times outweighs nobody.
    loud = many([("loa", "funding", "weakness", 0.9)] * 50)
    others = [one("funding", text="tiền"), one("", text="họp")] * 50
    found = all_terms(survey(loud, *others), codebook)
    assert found[columns.TERM].tolist() == ["tiền"]


def test_terms_count_units_in_speeches(survey, many, codebook):
    units = [("tiền", "funding", "weakness", 0.9)] * 30 + [("họp", "", "weakness", 0.9)] * 30
    found = all_terms(survey(*[many(units, paragraph=1, person="Mẩy")] * 3), codebook)
    assert found[columns.TERM].tolist() == ["tiền"]
    assert found[columns.N].tolist() == [3]


def test_terms_never_leave_out_a_cue(survey, one, codebook):
    theme = replace(codebook.themes[0], cues=("của",))
    named = replace(codebook, themes=(theme, *codebook.themes[1:]))
    made = survey(*[one("funding", text="của, tiền"), one("", text="họp")] * 100)
    assert "của" in all_terms(made, named)[columns.TERM].tolist()


@pytest.fixture(scope="session")
def words_of_villages(survey, one, codebook):
    """Find the words of villages, where each text is said so many times in its village."""

    def find(*said, left_out=()):
        made = survey(*[one(text=text, cells={"Thôn": value}) for text, value, n in said for _ in range(n)])
        values = made.attributes.set_axis(made.contributions[columns.CONTRIBUTION])
        words = read_words(made.units, people=made.people(), codebook=codebook)
        return group_terms(words, values=values, left_out=left_out)

    return find


def test_terms_of_a_group_are_scored_against_the_other_groups(words_of_villages):
    df = words_of_villages(("tiền", "A", 100), ("họp", "B", 100))
    expected = 2 * math.log(1.4) / math.sqrt(1 / 350 + 1 / 250)  # as in the test of a theme's terms
    assert df[[columns.GROUP, columns.VALUE, columns.TERM, columns.N]].to_numpy().tolist() == [
        ["Thôn", "A", "tiền", 100],
        ["Thôn", "B", "họp", 100],
    ]
    assert df[columns.SCORE].tolist() == pytest.approx([expected, expected])


def test_terms_of_a_group_must_survive_that_many_were_tried(words_of_villages):
    words = ["tiền", "loa", "đài", "ghế", "bàn", "xăng", "quỹ", "thuế", "điện", "nước", "mái", "sân"]
    few = [(word, value, n) for word in words for value, n in (("A", 3), ("B", 3))]
    alone = words_of_villages(*few, ("họp", "A", 60), ("dân", "B", 60), ("chợ", "A", 8), ("chợ", "B", 3))
    assert alone[columns.TERM].tolist() == ["họp", "dân"]


def test_terms_of_a_group_leave_out_what_is_no_group(words_of_villages):
    said = [("tiền", "A", 100), ("họp", "B", 100), ("loa", "(not stated)", 100)]
    with_others, without = words_of_villages(*said, left_out=["(not stated)"]), words_of_villages(*said[:2])
    pd.testing.assert_frame_equal(with_others, without)


def test_terms_of_no_groups_are_an_empty_frame(survey, codebook):
    made = survey()
    words = read_words(made.units, people=made.people(), codebook=codebook)
    df = group_terms(words, values=made.attributes)
    assert list(df.columns) == list(columns.GROUP_TERMS)
    assert pd.api.types.is_integer_dtype(df[columns.N])
