import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.quotes import N_QUOTES, Wanted, quotes

unhurried = settings(deadline=None, max_examples=25)  # the first table waits for statsmodels

TEXTS = (
    "Phụ cấp của trưởng thôn chúng tôi quá thấp.",
    "Nhà văn hóa dột nát từ mùa mưa năm ngoái.",
    "Loa đài hỏng mà không ai đem đi sửa.",
    "Xăng xe đi họp trên huyện tự bỏ tiền túi.",
    "Đề nghị cấp thêm bàn ghế cho hội trường xóm.",
    "Quỹ chi hội cạn sạch sau đợt bão vừa rồi.",
    "Bảo hiểm y tế cho tổ trưởng thì chưa có.",
)
contributions = st.lists(
    st.tuples(
        st.sampled_from(TEXTS),
        st.sampled_from(["funding", "funding;personnel", ""]),
        st.sampled_from(["weakness", "proposal", "strength"]),
        st.sampled_from(["Mẩy", "Pản", "Hoa", ""]),
        st.sampled_from([0.6, 0.9]),
    ),
    max_size=12,
)


@pytest.fixture(scope="session")
def chosen(survey, codebook):
    """Choose the quotes on `funding` among contributions."""

    def choose(*said):
        made = survey(*said)
        df = quotes(made.units, contributions=made.contributions, codebook=codebook)
        return df[df[columns.THEME] == "funding"]

    return choose


@pytest.fixture(scope="session")
def drawn(one):
    def draw(table):
        return [one(themes, stance, text=text, person=person, p=p) for text, themes, stance, person, p in table]

    return draw


def test_quotes_stand_with_their_place(chosen, one):
    [quote] = chosen(one(""), one("funding", text=TEXTS[0], person="Bà Mẩy")).to_dict("records")
    assert quote == {
        columns.THEME: "funding",
        columns.RANK: 1,
        columns.STANCE: "weakness",
        columns.QUOTE: TEXTS[0],
        columns.SOURCE: "phiếu.xlsx",
        columns.PLACE: "dòng 3",
        columns.SPEAKER: "Bà Mẩy",
        columns.CONTRIBUTION: 2,
        columns.START: 0,
        columns.END: len(TEXTS[0]),
        columns.SCORE: pytest.approx(0.81),
    }


def test_quotes_are_at_most_five(chosen, one):
    assert len(chosen(*[one("funding", text=text) for text in TEXTS])) == N_QUOTES == 5


def test_best_quotes_stand_first(chosen, one):
    said = [one("funding", text=text, p=p) for text, p in zip(TEXTS[:3], (0.6, 0.9, 0.7), strict=True)]
    assert chosen(*said)[columns.QUOTE].tolist() == [TEXTS[1], TEXTS[2], TEXTS[0]]


def test_quotes_come_from_different_people_while_others_are_left(chosen, one):
    wordy = [one("funding", text=text, person="Mẩy", p=0.99) for text in TEXTS[:4]]
    others = [one("funding", text=text, p=0.6) for text in TEXTS[4:6]]
    assert chosen(*wordy, *others)[columns.SPEAKER].tolist()[:3] == ["Mẩy", "", ""]


def test_people_are_quoted_again_when_nobody_else_is_left(chosen, one):
    assert len(chosen(*[one("funding", text=text, person="Mẩy") for text in TEXTS[:3]])) == 3


@pytest.mark.parametrize(
    "again",
    ["Phụ cấp của trưởng thôn chúng tôi quá thấp!!!", "phu cap cua truong thon chung toi qua thap", TEXTS[0].upper()],
)
def test_quotes_that_say_the_same_are_left_out(chosen, one, again):
    assert len(chosen(one("funding", text=TEXTS[0]), one("funding", text=again))) == 1


def test_short_quotes_that_differ_in_punctuation_say_the_same(chosen, one):
    assert len(chosen(one("funding", text="Thiếu tiền!"), one("funding", text="thiếu tiền..."))) == 1


def test_quotes_spread_over_stances(chosen, one):
    complaints = [one("funding", "weakness", text=text, p=0.99) for text in TEXTS[:4]]
    others = [one("funding", "proposal", text=TEXTS[4], p=0.6), one("funding", "strength", text=TEXTS[5], p=0.6)]
    assert set(chosen(*complaints, *others)[columns.STANCE].tolist()[:3]) == {"weakness", "proposal", "strength"}


@pytest.mark.parametrize(
    ("worse", "paragraph"),
    [
        ("Thiếu tiền.", 0),  # too short to stand alone
        (" ".join(f"từ{number}" for number in range(120)), 0),  # too long to be read
        ("Về kinh phí hoạt động của thôn, khối phố", 3),  # may be a heading
    ],
    ids=["short", "long", "heading"],
)
def test_quotes_that_stand_on_their_own_are_better(chosen, one, worse, paragraph):
    said = [one("funding", text=worse, p=0.9, paragraph=paragraph), one("funding", text=TEXTS[0], p=0.8)]
    assert chosen(*said)[columns.QUOTE].tolist()[0] == TEXTS[0]


def test_answers_without_a_full_stop_are_no_headings(chosen, one):
    said = [one("funding", text=TEXTS[0].rstrip("."), p=0.9), one("funding", text=TEXTS[1], p=0.8)]
    assert chosen(*said)[columns.CONTRIBUTION].tolist() == [1, 2]


@unhurried
@given(table=contributions)
def test_quotes_are_verbatim(survey, codebook, drawn, table):
    made = survey(*drawn(table))
    whole = made.contributions.set_index(columns.CONTRIBUTION)[columns.TEXT]
    df = quotes(made.units, contributions=made.contributions, codebook=codebook)
    places = df[[columns.CONTRIBUTION, columns.START, columns.END]].itertuples(index=False)
    assert df[columns.QUOTE].tolist() == [whole[number][start:end] for number, start, end in places]


@unhurried
@given(table=contributions)
def test_quotes_carry_their_theme(survey, codebook, drawn, table):
    made = survey(*drawn(table))
    themes = made.answers.set_index(columns.CONTRIBUTION)[columns.THEMES]
    df = quotes(made.units, contributions=made.contributions, codebook=codebook)
    assert all(
        theme in themes[number].split(columns.SEPARATOR)
        for theme, number in df[[columns.THEME, columns.CONTRIBUTION]].itertuples(index=False)
    )


@unhurried
@given(table=contributions)
def test_quotes_are_ranked_from_one(chosen, drawn, table):
    ranks = chosen(*drawn(table))[columns.RANK].tolist()
    assert ranks == list(range(1, len(ranks) + 1))


@unhurried
@given(table=contributions)
def test_quotes_never_say_the_same_twice(chosen, drawn, table):
    assert chosen(*drawn(table))[columns.QUOTE].is_unique


@unhurried
@given(table=contributions, random=st.randoms())
def test_quotes_do_not_depend_on_the_order_of_units(survey, codebook, drawn, table, random):
    made = survey(*drawn(table))
    order = random.sample(range(len(made.units)), len(made.units))
    df, shuffled = (
        quotes(units, contributions=made.contributions, codebook=codebook)
        for units in (made.units, made.units.iloc[order])
    )
    pd.testing.assert_frame_equal(df, shuffled)


@pytest.mark.parametrize("text", ["😀", "...", "12"])
def test_a_text_without_words_is_quoted_only_when_there_is_no_other(chosen, one, text):
    said = one("funding", text=text)
    assert chosen(said)[columns.QUOTE].tolist() == [text]
    assert chosen(said, one("funding", text=TEXTS[0]))[columns.QUOTE].tolist() == [TEXTS[0]]


def test_a_poor_quote_is_not_chosen_for_its_stance(chosen, one):
    said = [one("funding", "weakness", text=TEXTS[0], p=0.9), one("funding", "proposal", text="Từ khóa", p=0.3)]
    assert chosen(*said)[columns.QUOTE].tolist() == [TEXTS[0]]


def test_quotes_of_nothing_are_an_empty_frame(survey, codebook):
    made = survey()
    df = quotes(made.units, contributions=made.contributions, codebook=codebook)
    assert list(df.columns) == list(columns.QUOTES)
    assert pd.api.types.is_integer_dtype(df[columns.START])


def test_a_unit_that_points_back_is_quoted_with_the_one_before_it(survey, codebook, many):
    before, pointing = "Phụ cấp có bốn trăm nghìn một tháng.", "Nên ba người xin nghỉ từ tết."
    said = many([(before, "", "weakness", 0.9), (pointing, "funding", "weakness", 0.9)])
    made = survey(said)
    made.contributions[columns.TEXT] = f"{before} {pointing}"
    [quote] = quotes(made.units, contributions=made.contributions, codebook=codebook).to_dict("records")
    assert quote[columns.QUOTE] == f"{before} {pointing}"
    assert (quote[columns.START], quote[columns.END]) == (0, len(before) + 1 + len(pointing))


def test_a_unit_is_not_joined_over_a_line_break(survey, codebook, many):
    lines = "Phụ cấp có bốn trăm nghìn một tháng.", "Nên ba người xin nghỉ từ tết."
    made = survey(many([(lines[0], "", "weakness", 0.9), (lines[1], "funding", "weakness", 0.9)]))
    [quote] = quotes(made.units, contributions=made.contributions, codebook=codebook).to_dict("records")
    assert quote[columns.QUOTE] == lines[1]


@pytest.mark.parametrize(("paragraph", "masks", "is_masked"), [(0, True, True), (0, False, False), (3, True, False)])
def test_quotes_of_survey_answers_alone_are_masked(survey, codebook, one, paragraph, masks, is_masked):
    text = "Phụ cấp có bốn trăm nghìn, hỏi bà Lò Thị Mẩy số 0912 345 678 là rõ."
    made = survey(one("funding", text=text, paragraph=paragraph))
    df = quotes(made.units, contributions=made.contributions, codebook=codebook, wanted=Wanted(masks=masks))
    masked = "Phụ cấp có bốn trăm nghìn, hỏi bà [tên người] số [số điện thoại] là rõ."
    assert df[columns.QUOTE].tolist() == [masked if is_masked else text]
    assert text[df[columns.START][0] : df[columns.END][0]] == text


def test_quotes_spread_over_groups(survey, codebook, one):
    said = [one("funding", text=text, p=0.9, cells={"Thôn": "A" if at < 5 else "B"}) for at, text in enumerate(TEXTS)]
    made = survey(*said)
    df = quotes(made.units, contributions=made.contributions, codebook=codebook, groups=made.attributes[["Thôn"]])
    groups = ["A" if number <= 5 else "B" for number in df[columns.CONTRIBUTION]]
    assert {"A", "B"} == set(groups[:2])


def test_quotes_cover_the_subthemes(survey, codebook, one):
    made = survey(*[one("funding", text=text, p=0.9) for text in TEXTS])
    of_unit = {"funding": {unit: 2 if unit == 7 else 1 for unit in range(1, 8)}}
    df = quotes(made.units, contributions=made.contributions, codebook=codebook, of_unit=of_unit)
    assert 7 in df[columns.CONTRIBUTION].tolist()[:2]


def test_a_quote_of_one_theme_is_rather_not_one_of_another(survey, codebook, one):
    both = [one("funding;personnel", text=text, p=0.9) for text in TEXTS[:5]]
    own = [one("personnel", text=text, p=0.85) for text in TEXTS[5:]]
    made = survey(*both, *own)
    df = quotes(made.units, contributions=made.contributions, codebook=codebook)
    first = df[df[columns.THEME] == "personnel"][columns.CONTRIBUTION].tolist()[:2]
    assert set(first) == {6, 7}
