import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.errors import ColumnError

TABLES = (
    *("frequencies", "respondents", "stances", "pairs", "comparisons", "residuals", "terms", "group_terms", "quotes"),
)


@pytest.fixture
def made(survey, one, many):
    return survey(
        one("funding", person="Mẩy", cells={"Thôn": "Thôn 2", "Nặng": "3"}),
        many([], person="Pản", cells={"Thôn": "Thôn 10", "Nặng": "1"}),
        one("", person="Mẩy", cells={"Thôn": "Thôn 10", "Nặng": "1"}),
        many([("Tiền ít.", "funding", "weakness", 0.9), ("Xăng đắt.", "funding", "weakness", 0.9)], question="Gì nữa?"),
    )


def of_all(summary, theme="funding"):
    df = summary.frequencies
    is_whole = (df[[columns.QUESTION, columns.GROUP, columns.VALUE]] == "").all(axis=1)
    [row] = df[is_whole & (df[columns.THEME] == theme)].to_dict("records")
    return row


def test_summary_counts_what_was_read(made):
    summary = made.summary(n_rejected=2)
    assert (summary.n_coded, summary.n_empty, summary.n_rejected, summary.n_read) == (3, 1, 2, 6)


def test_summary_counts_people_who_said_something(made):
    assert made.summary().n_respondents == 2


def test_summary_counts_units(made):
    assert made.summary().n_units == 4


def test_summary_counts_contributions_that_no_theme_fits(made):
    assert made.summary().n_without_theme == 1


def test_base_leaves_out_empty_contributions(made):
    assert (of_all(made.summary())[columns.N], of_all(made.summary())[columns.BASE]) == (2, 3)


def test_weights_change_shares_and_no_counts(survey, one):
    made = survey(one("funding", cells={"Nặng": "3"}), one("", cells={"Nặng": "1,0"}))
    row = of_all(made.summary(weight="Nặng"))
    assert (row[columns.N], row[columns.BASE], row[columns.SHARE]) == (1, 2, 0.75)


@pytest.mark.parametrize(("weight", "expected"), [(None, False), ("Nặng", True)])
def test_summary_says_whether_it_is_weighted(survey, one, weight, expected):
    assert survey(one(cells={"Nặng": "1"})).summary(weight=weight).is_weighted is expected


def test_wrong_weights_stop_the_summary(made):
    with pytest.raises(ColumnError, match="'Nặng'"):
        made.summary(weight="Nặng")


@pytest.mark.parametrize("by", [("Thôn",), ("Thôn", "Thôn")])
def test_groups_are_counted_once_however_often_asked_for(made, by):
    df = made.summary(by=by).frequencies
    groups = df.loc[(df[columns.QUESTION] == "") & (df[columns.THEME] == "funding"), columns.VALUE]
    assert groups.tolist() == ["", "Thôn 2", "Thôn 10", "(not stated)"]


@pytest.mark.parametrize("empty", [[], [()], [(), ()]])
def test_summary_of_nothing_has_base_zero(survey, many, empty):
    summary = survey(*map(many, empty)).summary()
    assert (summary.n_coded, summary.n_empty, of_all(summary)[columns.BASE]) == (0, len(empty), 0)


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_a_summary_have_the_same_types_with_and_without_rows(survey, one, name):
    made = [("funding;personnel", "tiền", "1"), ("", "họp", "2"), ("funding", "họp", "2")]
    full = survey(*[one(themes, text=text, cells={"Thôn": value}) for themes, text, value in made] * 100).summary(
        by=["Thôn"]
    )
    df, empty = (getattr(summary, name) for summary in (full, survey().summary()))
    assert not df.empty
    assert empty.select_dtypes("number").dtypes.to_dict() == df.select_dtypes("number").dtypes.to_dict()


def test_summary_leaves_its_input_alone(made):
    before = [frame.copy(deep=True) for frame in (made.contributions, made.attributes, made.units, made.answers)]
    made.summary(by=["Thôn"])
    after = (made.contributions, made.attributes, made.units, made.answers)
    assert all(frame.equals(copy) for frame, copy in zip(after, before, strict=True))


def test_summary_counts_empty_answers_of_marks_alone_apart(survey, many):
    made = survey(many([]), many([]), many([("Tiền ít.", "", "weakness", 0.9)]))
    made.contributions[columns.TEXT] = ["-", "", "Tiền ít."]
    summary = made.summary()
    assert (summary.n_coded, summary.n_empty, summary.n_marks_only) == (1, 2, 1)


def test_summary_shows_small_groups_merged_everywhere(survey, one):
    cells = ["A"] * 6 + ["B"] * 6 + ["C"] * 3 + ["D"] * 3
    made = survey(*[one("funding", cells={"Thôn": value}) for value in cells])
    summary = made.summary(by=["Thôn"], min_base=5)
    for df in (summary.frequencies, summary.residuals, summary.group_terms):
        assert set(df[columns.VALUE]) <= {"", "A", "B", "(other small groups)"}
    assert summary.withheld == ()


def test_summary_names_groupings_that_cannot_be_shown(survey, one):
    made = survey(*[one("funding", cells={"Thôn": value}) for value in "AAAABBBB"])
    summary = made.summary(by=["Thôn"], min_base=5)
    assert summary.withheld == ("Thôn",)
    assert set(summary.frequencies[columns.GROUP]) == {""}
    assert summary.comparisons.empty


def test_the_whole_is_shown_however_small(survey, one):
    summary = survey(one("funding")).summary(min_base=5)
    assert (of_all(summary)[columns.N], of_all(summary)[columns.BASE]) == (1, 1)
