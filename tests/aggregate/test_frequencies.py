import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.frequencies import ALL, frequencies, respondents

unhurried = settings(deadline=None, max_examples=25)  # the first table waits for statsmodels

COUNTS = [columns.N, columns.BASE]
KEYS = [columns.QUESTION, columns.GROUP, columns.VALUE, columns.THEME]

rows = st.lists(
    st.tuples(
        st.sampled_from(["", "funding", "personnel", "funding;ideology"]),
        st.sampled_from(["Khó khăn?", "Đề nghị?", ""]),
        st.sampled_from(["Thôn 2", "Thôn 10", ""]),
        st.sampled_from([0.5, 1.0, 3.0]),
    ),
    max_size=12,
)


def row(df, theme, *, question=ALL, group=ALL, value=ALL):
    [found] = df[(df[KEYS] == [question, group, value, theme]).all(axis=1)].to_dict("records")
    return found


def values(df, group):
    return df.loc[df[columns.GROUP] == group, columns.VALUE].drop_duplicates().tolist()


def questions(df):
    return df[columns.QUESTION].drop_duplicates().tolist()


@pytest.fixture(scope="session")
def counted(survey, one):
    def count(table, *, by=("Thôn",)):
        said = [one(themes, question=question, cells={"Thôn": value}) for themes, question, value, _ in table]
        return frequencies(survey(*said).coded(by=by if table else (), weights=[weight for *_, weight in table]))

    return count


def test_frequencies_count_contributions_with_a_theme(survey, one):
    found = row(frequencies(survey(one("funding"), one("funding;personnel"), one("")).coded()), "funding")
    assert (found[columns.N], found[columns.BASE], found[columns.SHARE]) == (2, 3, pytest.approx(2 / 3))


def test_frequencies_count_a_contribution_once_for_all_its_units(survey, many):
    twice = many([("Tiền ít.", "funding", "weakness", 0.9), ("Xăng đắt.", "funding", "weakness", 0.9)])
    assert row(frequencies(survey(twice).coded()), "funding")[columns.N] == 1


def test_frequencies_show_every_theme_in_the_order_of_the_codebook(survey, one, codebook):
    df = frequencies(survey(one("ideology")).coded())
    assert df.loc[df[columns.QUESTION] == ALL, columns.THEME].tolist() == list(codebook.theme_ids)


@pytest.mark.parametrize(("lang", "label"), [("vi", "Kinh phí"), ("en", "funding")])
def test_frequencies_label_themes_in_the_language(survey, one, lang, label):
    assert row(frequencies(survey(one("funding")).coded(lang=lang)), "funding")[columns.LABEL] == label


def test_frequencies_take_shares_over_each_question(survey, one):
    df = frequencies(survey(one("funding", question="A?"), one("", question="A?"), one("", question="B?")).coded())
    assert [row(df, "funding", question=question)[columns.SHARE] for question in ("A?", "B?")] == [0.5, 0.0]


def test_frequencies_keep_questions_in_the_order_of_the_input(survey, one):
    assert questions(frequencies(survey(one(question="B?"), one(question="A?")).coded())) == [ALL, "B?", "A?"]


def test_frequencies_of_one_question_are_those_of_all(survey, one):
    df = frequencies(survey(one("funding", question="A?"), one("", question="A?")).coded())
    of_all, of_question = (df.loc[df[columns.QUESTION] == question, COUNTS].to_numpy() for question in (ALL, "A?"))
    assert of_all.tolist() == of_question.tolist()


def test_frequencies_of_documents_alone_have_no_question(survey, one):
    assert questions(frequencies(survey(one("funding", question="", paragraph=1)).coded())) == [ALL]


@pytest.mark.parametrize(("lang", "label"), [("vi", "(tham luận, phát biểu)"), ("en", "(speeches)")])
def test_frequencies_name_documents_among_answers(survey, one, lang, label):
    df = frequencies(survey(one("", question="A?"), one("funding", question="", paragraph=1)).coded(lang=lang))
    assert row(df, "funding", question=label)[columns.N] == 1


def test_frequencies_take_shares_over_each_group(survey, one):
    said = [one("funding", cells={"Thôn": "1"}), one("", cells={"Thôn": "1"}), one("", cells={"Thôn": "2"})]
    df = frequencies(survey(*said).coded(by=["Thôn"]))
    assert [row(df, "funding", group="Thôn", value=value)[columns.SHARE] for value in "12"] == [0.5, 0.0]


def test_frequencies_take_shares_over_each_group_in_each_question(survey, one):
    said = [one(question="A?", cells={"Thôn": "1"}), one("funding", question="B?", cells={"Thôn": "2"})]
    df = frequencies(survey(*said).coded(by=["Thôn"]))
    found = row(df, "funding", question="A?", group="Thôn", value="2")
    assert found[COUNTS[0]] == found[COUNTS[1]] == 0
    assert pd.isna(found[columns.SHARE])


def test_frequencies_keep_groupings_in_the_order_asked_for(survey, one):
    df = frequencies(survey(one(cells={"Giới": "nữ", "Thôn": "1"})).coded(by=["Thôn", "Giới"]))
    assert df[columns.GROUP].drop_duplicates().tolist() == [ALL, "Thôn", "Giới"]


def test_frequencies_order_values_as_people_do(survey, one):
    said = [one(cells={"Thôn": value}) for value in ("Thôn 10", "thôn 3", "", "Thôn 2", "Bản Áng")]
    df = frequencies(survey(*said).coded(by=["Thôn"]))
    assert values(df, "Thôn") == ["Bản Áng", "Thôn 2", "thôn 3", "Thôn 10", "(not stated)"]


@pytest.mark.parametrize("stated", [("Thôn 02", "Thôn 2"), ("Thôn 2", "Thôn 02")])
def test_frequencies_order_values_of_equal_rank_whatever_comes_first(survey, one, stated):
    df = frequencies(survey(*[one(cells={"Thôn": value}) for value in stated]).coded(by=["Thôn"]))
    assert values(df, "Thôn") == ["Thôn 02", "Thôn 2"]


@pytest.mark.parametrize(("lang", "label"), [("vi", "(không ghi)"), ("en", "(not stated)")])
def test_frequencies_say_where_a_value_is_not_stated(survey, one, lang, label):
    df = frequencies(survey(one("funding", cells={"Thôn": " "})).coded(by=["Thôn"], lang=lang))
    assert values(df, "Thôn") == [label]


def test_frequencies_take_values_that_look_the_same_as_one(survey, one):
    spellings = ("Thôn Bộ", " Thôn Bộ ", unicodedata.normalize("NFD", "Thôn Bộ"))
    df = frequencies(survey(*[one(cells={"Thôn": value}) for value in spellings]).coded(by=["Thôn"]))
    assert values(df, "Thôn") == ["Thôn Bộ"]


def test_frequencies_of_nothing_keep_their_rows(survey, codebook):
    df = frequencies(survey().coded())
    assert df[columns.THEME].tolist() == list(codebook.theme_ids)
    assert (df[COUNTS] == 0).all(axis=None)
    assert df[[columns.SHARE, columns.LOW, columns.HIGH]].isna().all(axis=None)


@unhurried
@given(table=rows)
def test_frequencies_always_have_the_same_columns_and_types(counted, table):
    df = counted(table)
    assert list(df.columns) == list(columns.FREQUENCIES)
    assert all(pd.api.types.is_integer_dtype(df[name]) for name in COUNTS)
    assert all(pd.api.types.is_float_dtype(df[name]) for name in (columns.SHARE, columns.LOW, columns.HIGH))


@pytest.mark.parametrize("part", [columns.QUESTION, columns.VALUE])
@unhurried
@given(table=rows.filter(lambda table: any(question for _, question, _, _ in table)))
def test_frequencies_of_the_parts_add_up(counted, part, table):
    df = counted(table)
    other = columns.VALUE if part == columns.QUESTION else columns.QUESTION
    df = df[df[other] == ALL]
    added = df[df[part] != ALL].groupby(columns.THEME)[COUNTS].sum()
    pd.testing.assert_frame_equal(added, df[df[part] == ALL].set_index(columns.THEME)[COUNTS].sort_index())


@unhurried
@given(table=rows, seed=st.randoms())
def test_frequencies_do_not_depend_on_the_order_of_rows(counted, table, seed):
    shuffled = seed.sample(table, len(table))
    one_way, other_way = (counted(each).set_index(KEYS).sort_index() for each in (table, shuffled))
    pd.testing.assert_frame_equal(one_way, other_way)


@unhurried
@given(table=rows)
def test_frequencies_are_named_once(counted, table):
    assert not counted(table).duplicated(KEYS).any()


def people_of(df, theme="funding"):
    [found] = df[df[columns.THEME] == theme].to_dict("records")
    return found


def test_respondents_count_a_person_once_for_all_they_say(survey, one):
    said = [one("funding", person="Mẩy"), one("funding", person="Mẩy"), one("", person="Mẩy"), one("", person="Pản")]
    found = people_of(respondents(survey(*said).coded()))
    assert (found[columns.N], found[columns.BASE], found[columns.SHARE]) == (1, 2, 0.5)


def test_respondents_have_the_interval_of_wilson(survey, one):
    # Newcombe (1998), table I, method 3: 1 of 29.
    said = [one("funding", person="Mẩy")] * 3 + [one("", person=str(number)) for number in range(28)]
    found = people_of(respondents(survey(*said).coded()))
    assert (round(found[columns.LOW], 4), round(found[columns.HIGH], 4)) == (0.0061, 0.1718)


def test_respondents_weigh_as_their_contributions_do_on_average(survey, one):
    said = [one("funding", person="Mẩy"), one("", person="Mẩy"), one("", person="Pản")]
    found = people_of(respondents(survey(*said).coded(weights=[3, 3, 1])))
    assert found[columns.SHARE] == 0.75


def test_respondents_of_nothing_keep_their_rows(survey, codebook):
    df = respondents(survey().coded())
    assert df[columns.THEME].tolist() == list(codebook.theme_ids)
    assert (df[columns.BASE] == 0).all()
    assert df[columns.SHARE].isna().all()


@unhurried
@given(table=rows)
def test_respondents_are_contributions_where_nobody_speaks_twice(survey, one, table):
    made = survey(*(one(themes) for themes, *_ in table)).coded()
    names = [columns.N, columns.BASE, columns.SHARE, columns.LOW, columns.HIGH]
    of_people = respondents(made)
    pd.testing.assert_frame_equal(of_people[names], frequencies(made)[names].head(len(of_people)))


def test_frequencies_take_answers_of_one_person_as_one_cluster(survey, one):
    alone = [one("funding"), one("")] * 20
    repeated = [one(themes, person=str(number)) for number, themes in enumerate(["funding", ""] * 10)] * 2
    once, twice = (row(frequencies(survey(*said).coded()), "funding") for said in (alone, repeated))
    assert once[columns.SHARE] == twice[columns.SHARE]
    assert twice[columns.HIGH] - twice[columns.LOW] > 1.3 * (once[columns.HIGH] - once[columns.LOW])
