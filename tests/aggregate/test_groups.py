import numpy as np
import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.disclosure import worked_out
from thamluan.pipeline.aggregate.frequencies import frequencies
from thamluan.pipeline.aggregate.groups import protect

SMALL = "(other small groups)"
SPEECHES = "(speeches)"


def tables(n_tables):
    """Draw people: (village, role, questions answered, themes); villages lie apart by role now and then."""
    for seed in range(n_tables):
        random = np.random.default_rng(seed)
        n, villages = random.integers(8, 70), "ABCDEF"[: random.integers(2, 7)]
        often = random.dirichlet(np.ones(len(villages)))
        third = random.choice([0.05, 0.3])
        table = []
        for village in random.choice(list(villages), n, p=often):
            role = "x" if village in "AB" and seed % 3 == 0 else random.choice(["x", "y", "z"], p=[0.6, 0.3, 0.1])
            questions = [str(place) for place, chance in enumerate((0.9, 0.6, third)) if random.random() < chance]
            table.append((str(village), str(role), questions, str(random.choice(["", "funding", "funding;personnel"]))))
        if any(questions for _, _, questions, _ in table):
            yield pytest.param(table, id=str(seed))


drawn = pytest.mark.parametrize("table", list(tables(30)))


def shown(*rows, min_base=5, lang="en"):
    """Protect a grouping: (value, n people) or (value, n people, question) a row."""
    cells = [(row[0], row[2] if len(row) > 2 else "?", number) for row in rows for number in range(row[1])]
    values = pd.DataFrame({"Thôn": [value for value, _, _ in cells]}, dtype=object)
    return protect(
        values,
        questions=[question for _, question, _ in cells],
        respondents=[f"{value} {number}" for value, _, number in cells],
        min_base=min_base,
        lang=lang,
    )


def sizes(groups):
    return groups.values["Thôn"].value_counts().to_dict()


def test_large_groups_stay_as_they_are():
    assert sizes(shown(("A", 5), ("B", 6))) == {"A": 5, "B": 6}


def test_small_groups_become_one():
    assert sizes(shown(("A", 9), ("B", 3), ("C", 2), ("D", 7))) == {"A": 9, "D": 7, SMALL: 5}


def test_small_groups_that_are_few_together_take_the_next_smallest():
    assert sizes(shown(("A", 9), ("B", 2), ("C", 2), ("D", 7))) == {"A": 9, SMALL: 11}


def test_a_single_small_group_would_follow_from_the_total():
    assert sizes(shown(("A", 9), ("B", 4), ("D", 7))) == {"A": 9, SMALL: 11}


@pytest.mark.parametrize("rows", [[("A", 9), ("B", 4)], [("A", 4), ("B", 4)], [("A", 3)]])
def test_groups_that_leave_no_two_are_withheld(rows):
    found = shown(*rows)
    assert found.withheld == ("Thôn",)
    assert found.values.columns.tolist() == []


def test_one_large_group_is_shown():
    assert sizes(shown(("A", 9))) == {"A": 9}


def test_small_groups_are_first_merged_with_those_who_stated_none():
    assert sizes(shown(("A", 9), ("B", 2), ("D", 7), ("(not stated)", 8))) == {"A": 9, "D": 7, SMALL: 10}


def test_the_same_people_in_several_small_questions_are_counted_once():
    rows = [(value, n, question) for value in "ABC" for question, n in (("1", 20), ("2", 3), ("3", 3))]
    found = shown(*rows)
    # Questions 2 and 3 hold six answers a value, but of the same three people.
    assert found.questions == {}


def test_nobody_is_in_no_group():
    nobody = pd.DataFrame({"Thôn": []}, dtype=object)
    found = protect(nobody, questions=[], respondents=[], min_base=5, lang="en")
    assert (found.values.columns.tolist(), found.withheld) == (["Thôn"], ())


def test_the_bound_is_the_users():
    assert sizes(shown(("A", 9), ("B", 3), ("C", 2), min_base=2)) == {"A": 9, "B": 3, "C": 2}


@pytest.mark.parametrize(("lang", "label"), [("vi", "(nhóm nhỏ khác)"), ("en", SMALL)])
def test_merged_groups_are_named_in_the_language(lang, label):
    assert label in sizes(shown(("A", 9), ("B", 3), ("C", 3), lang=lang))


def test_speeches_are_public_and_stay():
    assert sizes(shown(("A", 9), ("B", 9), (SPEECHES, 2))) == {"A": 9, "B": 9, SPEECHES: 2}


def test_speeches_hide_nobody():
    # Two of "B" among nine speeches would be everybody but "A" and the speeches.
    found = shown(("A", 9), ("B", 2), (SPEECHES, 9))
    assert found.withheld == ("Thôn",)


def test_people_are_counted_and_not_answers():
    values = pd.DataFrame({"Thôn": ["A"] * 9 + ["B"] * 9 + ["C"] * 9}, dtype=object)
    who = [f"a{number}" for number in range(9)] + ["b"] * 9 + [f"c{number}" for number in range(9)]
    found = protect(values, questions=["?"] * 27, respondents=who, min_base=5, lang="en")
    assert sum(found.values["Thôn"] == SMALL) == 18


def test_groups_small_in_a_question_are_merged_inside_questions_only():
    rows = [("A", 9, "1"), ("A", 9, "2"), ("B", 9, "1"), ("B", 3, "2"), ("C", 9, "1"), ("C", 3, "2")]
    found = shown(*rows)
    assert set(found.values["Thôn"]) == {"A", "B", "C"}
    assert set(found.within["Thôn"]) == {"A", SMALL}
    assert found.questions == {"Thôn": {"1", "2"}}


def test_questions_that_few_answered_are_not_divided():
    rows = [(value, n, question) for value in "ABC" for question, n in (("1", 20), ("2", 9), ("3", 2))]
    found = shown(*rows)
    # The sums of questions 2 and 3 follow from those of 1, and are large enough.
    assert found.questions == {"Thôn": {"1"}}
    assert set(found.within["Thôn"]) == {"A", "B", "C"}


def test_what_follows_from_a_grouping_inside_another_is_withheld():
    # Commune 1 holds villages A and B, commune 2 C and D; B and D are small and merged, but commune 1 less A is B.
    villages = ["A"] * 9 + ["B"] * 3 + ["C"] * 9 + ["D"] * 3
    values = pd.DataFrame({"Thôn": villages, "Xã": ["1"] * 12 + ["2"] * 12}, dtype=object)
    who = list(map(str, range(24)))
    found = protect(values, questions=["?"] * 24, respondents=who, min_base=5, lang="en")
    assert found.withheld == ("Xã",)
    assert set(found.values["Thôn"]) == {"A", "C", SMALL}


def test_input_stays_as_it_is():
    values = pd.DataFrame({"Thôn": ["A"] * 9 + ["B"] * 3 + ["C"] * 3}, dtype=object)
    before = values.copy(deep=True)
    protect(values, questions=["?"] * 15, respondents=list(map(str, range(15))), min_base=5, lang="en")
    pd.testing.assert_frame_equal(values, before)


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [([1, 0, 0, 0], True), ([0, 1, 0, 0], False), ([0, 1, 1, 0], True), ([1, 0, 0, 1], True), ([0, 0, 1, 1], False)],
)
def test_sums_follow_from_other_sums(hidden, expected):
    published = [np.array(mask, dtype=bool) for mask in ([1, 1, 1, 1], [0, 1, 1, 0], [1, 0, 0, 0])]
    assert worked_out([np.array(hidden, dtype=bool)], published).tolist() == [expected]


def determined(equations, target):
    """Solve the equations: whether a target is a combination of them (rank by Gauss; none of the product's code)."""
    rank = np.linalg.matrix_rank
    return rank(np.vstack([equations, target])) == rank(equations)


@drawn
def test_no_small_group_follows_from_the_table_of_themes(survey, one, table):
    """Set up every equation that themes.csv states of who answered what, and solve for each small group."""
    said = [
        one(themes, question=question, person=str(number), cells={"Thôn": village, "Vai": role})
        for number, (village, role, questions, themes) in enumerate(table)
        for question in questions
    ]
    made = survey(*said)
    df = frequencies(made.coded(by=["Thôn", "Vai"], min_base=5))
    df = df[df[columns.THEME] == "funding"]
    rows = pd.DataFrame(
        [
            (question, village, role, str(number))
            for number, (village, role, questions, _) in enumerate(table)
            for question in questions
        ],
        columns=["question", "Thôn", "Vai", "person"],
    )
    # The unknowns: how many answers there are of each village and role to each question, as far as there are any.
    unknown = rows.drop(columns="person").drop_duplicates().reset_index(drop=True)
    equations = []
    for question, group, value in df[[columns.QUESTION, columns.GROUP, columns.VALUE]].itertuples(index=False):
        chosen = np.ones(len(unknown), dtype=bool)
        if question:
            chosen &= unknown["question"] == question
        if group and value != SMALL:
            chosen &= unknown[group] == value
        elif group:
            same = df[(df[columns.QUESTION] == question) & (df[columns.GROUP] == group)]
            chosen &= ~unknown[group].isin(same[columns.VALUE])
        equations.append(chosen)
    equations = np.array(equations, dtype=float)
    always = equations[(df[columns.GROUP] == "").to_numpy()]
    for group in ("Thôn", "Vai"):
        for keys, part in [((group,), rows.groupby([group])), ((group, "question"), rows.groupby([group, "question"]))]:
            for place, members in part:
                if members["person"].nunique() < 5:
                    target = (unknown[list(keys)] == list(place)).all(axis=1).to_numpy(dtype=float)
                    # Numbers over all and by question are always shown, however few answered.
                    if not determined(always, target):
                        assert not determined(equations, target), f"{keys} {place}"


@drawn
def test_every_group_that_is_shown_has_so_many_people(survey, one, table):
    said = [
        one(themes, question=question, cells={"Thôn": village, "Vai": role})
        for village, role, questions, themes in table
        for question in questions
    ]
    df = frequencies(survey(*said).coded(by=["Thôn", "Vai"], min_base=5))
    grouped = df[df[columns.GROUP] != ""]
    assert ((grouped[columns.BASE] == 0) | (grouped[columns.BASE] >= 5)).all()


@drawn
def test_shares_of_groups_that_are_shown_add_up(survey, one, table):
    said = [one(themes, cells={"Thôn": village}) for village, _, _, themes in table]
    df = frequencies(survey(*said).coded(by=["Thôn"], min_base=5))
    df = df[df[columns.QUESTION] == ""]
    by_value = df[df[columns.GROUP] == "Thôn"]
    added = by_value.groupby(columns.THEME)[[columns.N, columns.BASE]].sum()
    whole = df[df[columns.GROUP] == ""].set_index(columns.THEME)[[columns.N, columns.BASE]].sort_index()
    pd.testing.assert_frame_equal(added, whole.loc[added.index])
