import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.errors import ColumnError
from thamluan.pipeline.settings import Columns
from thamluan.pipeline.text import segment
from thamluan.pipeline.themes.coding import BATCH, CONTEXT_UNITS, check_kept, code, gather, indicators, main_stance

ANSWERS = [
    "Phụ cấp còn thấp. Đề nghị tăng.",
    "",
    "Chi bộ họp đều",
    " \n",
    "- Nhà văn hóa dột\n- Không ai dự họp\n- Cán bộ già\n- Loa hỏng\n- Ít tiền\n- Chi hội yếu",
    "Chi bộ họp đều",
]
STANCES = ("good", "bad", "ugly")
CODED_ROWS = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["", "road", "pay", "road;pay"]), st.sampled_from(STANCES)),
    max_size=12,
).map(lambda rows: [(contribution, start, *rest) for start, (contribution, *rest) in enumerate(sorted(rows))])


@pytest.fixture(scope="module")
def units():
    from thamluan.pipeline.text import as_contributions

    return segment(as_contributions(ANSWERS))


@pytest.fixture(scope="module")
def coded(units, model):
    return code(units, model)


@pytest.fixture
def codebook(make_codebook):
    return make_codebook(pay=(), road=(), water=(), stances=STANCES)


@pytest.fixture
def gathered(make_coded, contributions, codebook):
    """Gather coded rows into the answers of some contributions."""

    def gathered(n_contributions, *rows):
        answers = contributions(["ý kiến"] * n_contributions)
        return gather(answers, pd.DataFrame(), units=make_coded(*rows), codebook=codebook, asked=Columns())

    return gathered


def probabilities(coded, model):
    return coded[[columns.probability(theme) for theme in model.codebook.theme_ids]].to_numpy()


def test_code_gives_the_documented_columns_in_order(coded, model):
    themes = [columns.probability(theme) for theme in model.codebook.theme_ids]
    known = [*columns.UNCODED_UNITS, columns.MODEL_TEXT, columns.THEMES, columns.STANCE]
    assert coded.columns.tolist() == [*known, *themes, columns.EVIDENCE, *columns.SURENESS]


def test_code_keeps_rows_and_what_stood_in_them(coded, units):
    pd.testing.assert_frame_equal(coded[units.columns], units)


def test_code_does_not_change_its_input(units, model):
    before = units.copy(deep=True)
    code(units, model)
    pd.testing.assert_frame_equal(units, before)


def test_code_gives_probabilities_between_0_and_1(coded, model):
    given = probabilities(coded, model)
    assert ((given >= 0) & (given <= 1)).all()


def test_code_gives_the_themes_whose_probability_reaches_the_threshold(coded, model):
    expected = probabilities(coded, model) >= model.classifier.thresholds_[: len(model.themes)]
    np.testing.assert_array_equal(indicators(coded, codebook=model.codebook), expected)


def test_code_gives_each_unit_one_stance(coded, model):
    assert set(coded[columns.STANCE]) <= set(model.stance_ids)


def test_code_gives_identical_texts_identical_codes(coded):
    same = coded[coded[columns.TEXT] == "Chi bộ họp đều"].drop(columns=[columns.UNIT, columns.CONTRIBUTION])
    assert len(same) == 2
    assert len(same.drop_duplicates()) == 1


def test_code_names_words_of_the_unit_as_evidence(coded):
    for row in coded.itertuples():
        assert row.themes or row.evidence == ""
        for part in filter(None, row.evidence.split(" | ")):
            theme, words = part.split(": ", 1)
            assert theme in row.themes.split(columns.SEPARATOR)
            assert all(word in row.text for word in words.split(", "))


def test_code_reads_a_unit_of_a_short_contribution_with_the_whole(model, make_units):
    own, whole = model.probabilities(["Đổ xăng là hết.", "Phụ cấp thấp. Đổ xăng là hết."])[0]
    coded = code(make_units(["Phụ cấp thấp.", "Đổ xăng là hết."]), model)
    np.testing.assert_allclose(probabilities(coded, model)[1], (own + whole) / 2)


@pytest.mark.parametrize(("n_units", "is_alone"), [(CONTEXT_UNITS, False), (CONTEXT_UNITS + 1, True)])
def test_code_reads_a_unit_of_a_long_contribution_alone(model, make_units, n_units, is_alone):
    texts = ["Phụ cấp thấp.", *["Chi bộ họp đều."] * (n_units - 1)]
    alone = probabilities(code(make_units(texts[:1]), model), model)[0]
    together = probabilities(code(make_units(texts), model), model)[0]
    assert np.allclose(alone, together) == is_alone


def test_code_with_exactly_one_theme_gives_all_units_of_a_contribution_the_same(single_model, units):
    by_contribution = code(units, single_model).groupby(columns.CONTRIBUTION)[columns.THEMES]
    assert (by_contribution.nunique() == 1).all()
    assert by_contribution.first().isin(single_model.codebook.theme_ids).all()


@pytest.mark.parametrize("kind", ["model", "single_model"])
def test_code_gives_no_rows_for_no_units(request, kind, units, coded):
    coder = request.getfixturevalue(kind)
    none = code(units.iloc[:0], coder)
    assert none.columns.tolist() == coded.columns.tolist()
    assert len(none) == 0


def test_code_bears_the_units_of_nothing_but_empty_answers(model, contributions):
    assert len(code(segment(contributions(["", " "])), model)) == 0


def test_code_tells_of_progress_by_distinct_texts(model, make_units):
    calls = []
    texts = [[f"ý {number}"] for number in range(BATCH + 1)]
    code(make_units(*texts, ["ý 0"]), model, progress=lambda *call: calls.append(call))
    told = [call for call in calls if call[0] == "code"]  # and of evidence, where a text gets a theme
    assert told == [("code", BATCH, BATCH + 1), ("code", BATCH + 1, BATCH + 1)]


def test_gather_gives_the_documented_columns_in_order(gathered):
    expected = [*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER, "pay", "road", "water", *columns.SURENESS]
    assert gathered(1, (1, 0, "road", "good")).columns.tolist() == expected


@given(CODED_ROWS)
@settings(deadline=None, max_examples=50)
def test_gather_gives_one_row_a_contribution_with_the_union_of_its_themes(rows):
    from thamluan.pipeline.text import as_contributions

    theme_ids = ("pay", "road", "water")
    codebook = type("Themes", (), {"theme_ids": theme_ids})
    names = [columns.CONTRIBUTION, columns.START, columns.THEMES, columns.STANCE]
    coded = pd.DataFrame(rows, columns=names).assign(p_stance=0.9, needs_look=0)
    answers = gather(as_contributions(["ý"] * 5), pd.DataFrame(), units=coded, codebook=codebook, asked=Columns())
    assert answers[columns.CONTRIBUTION].tolist() == [1, 2, 3, 4, 5]
    for number, answer in enumerate(answers.to_dict("records"), start=1):
        own = [row for row in rows if row[0] == number]
        union = {theme for row in own for theme in row[2].split(";") if theme}
        assert answer[columns.THEMES] == ";".join(theme for theme in theme_ids if theme in union)
        assert [answer[theme] for theme in theme_ids] == [int(theme in union) for theme in theme_ids]
        assert answer[columns.N_UNITS] == len(own)
        assert (answer[columns.STANCE] == "") == (not own)


def test_gather_gives_an_empty_contribution_no_theme_and_no_stance(gathered):
    answer = gathered(2, (2, 0, "road", "good")).iloc[0]
    assert answer[[columns.THEMES, columns.STANCE, columns.N_UNITS, "road"]].tolist() == ["", "", 0, 0]


def test_gather_bears_no_units(gathered):
    answers = gathered(2)
    assert answers[["pay", "road", "water", columns.N_UNITS]].to_numpy().tolist() == [[0] * 4] * 2
    assert answers[columns.STANCE].tolist() == ["", ""]


def test_gather_bears_no_contributions(gathered):
    assert gathered(0).shape == (0, 14)


def test_gather_counts_themes_in_whole_numbers(gathered):
    dtypes = gathered(3, (2, 0, "road", "good"))[["pay", "road", "water", columns.N_UNITS]].dtypes
    assert all(pd.api.types.is_integer_dtype(dtype) for dtype in dtypes)


def test_gather_takes_the_stance_of_units_with_a_theme(gathered):
    rows = [(1, 0, "", "bad"), (1, 1, "", "bad"), (1, 2, "road", "good")]
    assert gathered(1, *rows)[columns.STANCE].tolist() == ["good"]


def test_gather_takes_the_stance_of_all_units_where_none_has_a_theme(gathered):
    assert gathered(1, (1, 0, "", "bad"), (1, 1, "", "bad"), (1, 2, "", "good"))[columns.STANCE].tolist() == ["bad"]


def test_gather_keeps_the_columns_asked_for_under_their_names(contributions, make_coded, codebook):
    attributes = pd.DataFrame({"Thôn": ["Nà Chuông", "Pò Mỏ"], "mã": ["A1", "A2"], "tuổi": ["50", "60"]})
    kept = Columns(id="mã", by=("Thôn", "mã"))
    answers = gather(contributions(["", ""]), attributes, units=make_coded(), codebook=codebook, asked=kept)
    before = len(columns.ANSWERS_BEFORE)
    assert answers.columns[before : before + 3].tolist() == ["mã", "Thôn", columns.TEXT]
    assert answers[["mã", "Thôn"]].to_numpy().tolist() == [["A1", "Nà Chuông"], ["A2", "Pò Mỏ"]]


def test_gather_minds_only_the_order_of_rows(contributions, make_coded, codebook):
    some = contributions(["a", "b", "c"]).iloc[[2, 0]]
    attributes = pd.DataFrame({"mã": ["A1", "A2", "A3"]}).iloc[[2, 0]]
    coded = make_coded((1, 0, "road", "good"))
    answers = gather(some, attributes, units=coded, codebook=codebook, asked=Columns(id="mã"))
    assert answers[[columns.CONTRIBUTION, "mã", "road"]].to_numpy().tolist() == [[3, "A3", 0], [1, "A1", 1]]


@pytest.mark.parametrize("name", [columns.TEXT, columns.N_UNITS, columns.QUESTION, "road"])
def test_a_column_to_keep_may_not_have_a_name_of_the_table(codebook, name):
    with pytest.raises(ColumnError, match=f"'{name}' has the name of a column"):
        check_kept(Columns(by=("thôn", name)), codebook=codebook)


def test_indicators_spread_ids_in_the_order_of_the_codebook(make_coded, codebook):
    table = make_coded((1, 0, "road;pay", ""), (1, 1, "", ""), (2, 0, "water", ""))
    assert indicators(table, codebook=codebook).to_numpy().tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        (["good"], "good"),
        (["good", "bad", "bad"], "bad"),
        (["bad", "bad", "good"], "bad"),
        (["good", "bad"], "bad"),
        (["bad", "good", "good", "bad"], "bad"),
        (["bad", "ugly", "good", "ugly", "bad"], "bad"),
    ],
)
def test_main_stance_is_that_of_most_units_or_the_last(make_coded, stances, expected):
    coded = make_coded(*((7, start, "", stance) for start, stance in enumerate(stances)))
    assert main_stance(coded).to_dict() == {7: expected}


def test_main_stance_does_not_depend_on_the_order_of_rows(make_coded):
    coded = make_coded((1, 0, "", "good"), (1, 5, "", "bad"), (2, 0, "", "ugly"))
    assert main_stance(coded.iloc[::-1]).to_dict() == main_stance(coded).to_dict() == {1: "bad", 2: "ugly"}


def test_main_stance_of_no_units_is_empty(make_coded):
    assert main_stance(make_coded()).empty
