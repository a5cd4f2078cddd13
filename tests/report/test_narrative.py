"""The narrative on made tables: what it says for none, few, all, ties, small bases, and never more than holds."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.shares import shares
from thamluan.pipeline.report.narrative import narrative
from thamluan.pipeline.report.wording import LEAST_FOR_SHARES, kind_of
from thamluan.pipeline.themes.codebooks.codebook import Codebook

THEMES = ("funding", "personnel", "ideology")
EMPTY = ("respondents", "pairs", "comparisons", "residuals", "terms", "subthemes")


def wilson(n: int, base: int) -> dict[str, float]:
    from numpy import array, ones

    if not base:
        return {columns.N: 0, columns.BASE: 0, columns.SHARE: math.nan, columns.LOW: math.nan, columns.HIGH: math.nan}
    [share] = shares(array([[1]] * n + [[0]] * (base - n)), weights=ones(base))
    return dict(zip((columns.N, columns.BASE, columns.SHARE, columns.LOW, columns.HIGH), share.as_row(), strict=True))


def table(rows, names):
    return pd.DataFrame(rows, columns=list(names))


@pytest.fixture
def tell(report):
    """Tell a report of made counts: of themes, of stances by theme, and of whatever other table."""

    def told(counts, base, *, stances=None, lang="vi", answers=None, is_weighted=False, **tables):
        labels = report.codebook.labels(lang)
        place = {columns.QUESTION: "", columns.GROUP: "", columns.VALUE: ""}
        frequencies = [
            {**place, columns.THEME: theme, columns.LABEL: labels[theme], **wilson(n, base)}
            for theme, n in zip(THEMES, counts, strict=True)
        ]
        frequencies += tables.pop("groups", [])
        rows = [
            {columns.THEME: theme, columns.STANCE: stance, columns.LABEL: stance, **wilson(n, sum(by_stance))}
            for theme, by_stance in (stances or {}).items()
            for stance, n in zip(report.codebook.stance_ids, by_stance, strict=True)
        ]
        quotes = report.summary.quotes.query("theme in @THEMES") if sum(counts) else report.summary.quotes.head(0)
        summary = replace(
            report.summary,
            n_coded=base,
            is_weighted=is_weighted,
            frequencies=table(frequencies, columns.FREQUENCIES),
            stances=table(rows, columns.STANCES),
            **{name: getattr(report.summary, name).head(0) for name in EMPTY},
            quotes=quotes,
        )
        for name, df in tables.items():
            object.__setattr__(summary, name, df)
        whole = replace(report, summary=summary, lang=lang, answers=report.answers if answers is None else answers)
        return narrative(whole)

    return told


def funding(told):
    return " ".join(told.themes["funding"])


def test_a_theme_is_told_with_count_base_share_and_interval(tell):
    assert funding(tell((312, 40, 0), 1024)).startswith(
        "Có 312 trong 1.024 ý kiến (30,5%; khoảng tin cậy 95%: 27,7–33,4%) đề cập đến chủ đề “Kinh phí, chế độ”, nhiều"
        " nhất trong các chủ đề."
    )


def test_english_has_its_own_numbers_and_plurals(tell):
    told = tell((312, 1, 0), 1024, lang="en")
    assert funding(told).startswith(
        "312 of 1,024 contributions (30.5%; 95% CI 27.7–33.4%) name “Funding and pay”, more than any other theme."
    )
    assert told.themes["personnel"][0].startswith("1 of 1,024 contributions (0.1%; 95% CI 0.0–0.6%) names “Staff”.")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("counts", [(0, 0, 0), (1, 0, 0), (3, 3, 2), (40, 40, 40), (25, 1, 40)])
@pytest.mark.parametrize(
    "stances", [None, {"funding": (0, 0, 0, 0)}, {"funding": (1, 0, 0, 0)}, {"funding": (9, 9, 7, 0)}]
)
def test_two_to_five_sentences_without_a_gap(tell, lang, counts, stances):
    told = tell(counts, 40, stances=stances, lang=lang)
    for sentences in told.themes.values():
        assert 2 <= len(sentences) <= 5
    assert 1 <= len(told.overall) <= 5
    for sentence in [*told.overall, *(each for sentences in told.themes.values() for each in sentences)]:
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "“"
        assert sentence.endswith(".")
        assert found_in(sentence) == []


def found_in(sentence):
    return [sign for sign in ("nan", "None,", "–%", "{", "}", "  ", "()", "( ", "..", " .") if sign in sentence]


def test_nobody_names_a_theme(tell):
    assert tell((10, 0, 0), 100).themes["personnel"] == (
        "Không có ý kiến nào trong 100 ý kiến đề cập đến chủ đề “Đội ngũ cán bộ”; với số lượng này, tỷ lệ chung có thể"
        " lên tới 3,7% (cận trên của khoảng tin cậy 95%).",
        "Vì vậy không có số liệu so sánh và trích dẫn cho chủ đề này.",
    )


def test_all_name_a_theme(tell):
    assert tell((100, 1, 1), 100).themes["funding"][0] == (
        "Tất cả 100 ý kiến đều đề cập đến chủ đề “Kinh phí, chế độ” (khoảng tin cậy 95%: 96,3–100,0%)."
    )


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (50, "Có 50 trong 100"),
        (59, "Có 59 trong 100"),
        (60, "Đa số ý kiến, 60 trong 100"),
        (97, "Hầu hết ý kiến, 97 trong"),
    ],
)
def test_words_of_quantity_need_their_intervals(tell, n, said):
    assert funding(tell((n, 1, 1), 100)).startswith(said)


@pytest.mark.parametrize(("base", "has_share"), [(LEAST_FOR_SHARES - 1, False), (LEAST_FOR_SHARES, True)])
def test_small_bases_have_no_percentages(tell, base, has_share):
    told = tell((9, 2, 0), base, stances={"funding": (0, 6, 3, 0)})
    assert ("%" in told.themes["funding"][0]) is has_share
    assert ("quá ít để nêu tỷ lệ" in told.themes["funding"][0]) is not has_share
    assert "%" not in told.themes["funding"][1]


def test_stances_are_told_the_most_frequent_first(tell):
    assert tell((40, 1, 1), 100, stances={"funding": (8, 20, 12, 0)}).themes["funding"][1] == (
        "Về tính chất, nhiều nhất là nhóm “Hạn chế” với 20 ý kiến (50,0%; KTC 95%: 35,2–64,8%), tiếp đến là “Kiến"
        " nghị” (12) và “Ưu điểm” (8)."
    )


def test_a_majority_of_a_stance_needs_its_interval(tell):
    assert "đa số thuộc nhóm “Hạn chế” với 30 ý kiến" in funding(
        tell((40, 1, 1), 100, stances={"funding": (4, 30, 6, 0)})
    )
    assert "đa số" not in funding(tell((40, 1, 1), 100, stances={"funding": (4, 25, 11, 0)}))


def test_stances_with_the_same_count_are_named_together(tell):
    assert "nhiều nhất là các nhóm “Ưu điểm” và “Hạn chế”, mỗi nhóm 15 ý kiến" in funding(
        tell((40, 1, 1), 100, stances={"funding": (15, 15, 10, 0)})
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 7, 0, 0), "Về tính chất, cả 7 ý kiến này đều thuộc nhóm “Hạn chế”."),
        ((0, 1, 0, 0), "Về tính chất, ý kiến này thuộc"),
    ],
)
def test_one_stance_alone(tell, counts, said):
    assert said in funding(tell((sum(counts), 0, 0), 100, stances={"funding": counts}))


def test_without_stances_none_are_told(tell):
    assert "tính chất" not in funding(tell((40, 1, 1), 100)) + " ".join(tell((40, 1, 1), 100).overall)


def test_themes_with_the_same_count_are_named_together(tell):
    assert tell((30, 30, 5), 100).overall[0] == (
        "Các chủ đề có nhiều ý kiến nhất là “Kinh phí, chế độ” và “Đội ngũ cán bộ”, mỗi chủ đề 30 trong 100 ý kiến"
        " (30,0%; khoảng tin cậy 95%: 21,9–39,6%), tiếp đến là “Tư tưởng, đạo đức” (5 ý kiến; 5,0%; KTC 95%:"
        " 2,2–11,2%)."
    )
    assert "nhiều nhất" not in tell((30, 30, 5), 100).themes["funding"][0]


@pytest.mark.parametrize(("second", "is_uncertain"), [(35, True), (10, False)])
def test_an_order_within_the_intervals_is_not_certain(tell, second, is_uncertain):
    assert ("chưa chắc chắn" in " ".join(tell((40, second, 0), 100).overall)) is is_uncertain


def test_nobody_names_any_theme(tell):
    assert tell((0, 0, 0), 30).overall[0] == (
        "Không có ý kiến nào trong 30 ý kiến đề cập đến các chủ đề của bộ chủ đề."
    )


def test_nothing_read_is_nothing_told(report, empty_summary):
    told = narrative(replace(report, summary=empty_summary, answers=report.answers.head(0)))
    assert told.overall == ()
    assert set(told.themes.values()) == {()}


def respondents(n, base):
    return table([{columns.THEME: "funding", columns.LABEL: "", **wilson(n, base)}], SHARES)


SHARES = (columns.THEME, columns.LABEL, columns.N, columns.BASE, columns.SHARE, columns.LOW, columns.HIGH)


def test_people_are_told_where_they_are_fewer_than_what_they_said(tell):
    told = tell((40, 1, 1), 100, respondents=respondents(25, 50))
    assert "; tính theo người, 25 trong 50 người (50,0%; KTC 95%: 36,6–63,4%) nhắc đến ít nhất một lần." in funding(
        told
    )
    assert "tính theo người" not in funding(tell((40, 1, 1), 100, respondents=respondents(40, 100)))


def test_subthemes_are_told_by_size(tell):
    rows = [("funding", 1, "phụ cấp thấp", 20), ("funding", 2, "tiền xăng xe", 9), ("", 1, "nước sạch", 6)]
    names = (columns.THEME, "subtheme", columns.LABEL, columns.N, columns.BASE)
    told = tell((40, 1, 1), 100, subthemes=table([(*row, 40) for row in rows], names))
    assert (
        "Nhóm ý kiến lớn nhất trong chủ đề gắn với từ ngữ “phụ cấp thấp” (20 ý kiến), tiếp đến là “tiền xăng xe” (9)."
        in told.themes["funding"]
    )
    assert (
        told.overall[-1]
        == "Trong các ý kiến chưa thuộc chủ đề nào, nhóm lớn nhất gắn với từ ngữ “nước sạch” (6 ý kiến)."
    )


def comparison(holds):
    return table([("Xã", "funding", 100, holds)], (columns.GROUP, columns.THEME, columns.N, columns.HOLDS))


def residuals(holds):
    names = (columns.GROUP, columns.VALUE, columns.THEME, columns.REST, columns.RESIDUAL, columns.HOLDS)
    rows = [("Xã", "Tân Lập", "funding", 0.2, 4.1, holds), ("Xã", "Yên Sơn", "funding", 0.6, -4.1, holds)]
    return table(rows, names)


def groups(*counts):
    return [
        {columns.QUESTION: "", columns.GROUP: "Xã", columns.VALUE: value, columns.THEME: "funding", **wilson(n, base)}
        for value, n, base in counts
    ]


def test_a_difference_that_holds_is_told_with_who_differs(tell):
    told = tell(
        (40, 1, 1),
        100,
        comparisons=comparison(1),
        residuals=residuals(1),
        groups=groups(("Tân Lập", 30, 50), ("Yên Sơn", 10, 50)),
    )
    assert (
        "Giữa các nhóm có khác biệt có ý nghĩa thống kê: theo “Xã”, tỷ lệ cao hơn ở “Tân Lập” (30 trong 50 ý kiến,"
        " 60,0%; KTC 95%: 46,2–72,4%; các nhóm còn lại: 20,0%), thấp hơn ở “Yên Sơn” (10 trong 50 ý kiến, 20,0%; KTC"
        " 95%: 11,2–33,0%; các nhóm còn lại: 60,0%)." in told.themes["funding"]
    )
    assert "Sự khác biệt giữa các nhóm có ý nghĩa thống kê ở “Kinh phí, chế độ” (theo “Xã”)." in told.overall


def test_a_difference_without_a_group_that_stands_out_is_told_so(tell):
    told = tell((40, 1, 1), 100, comparisons=comparison(1), residuals=residuals(0))
    assert "theo “Xã”, tỷ lệ không đồng đều, nhưng chưa đủ căn cứ để chỉ ra riêng nhóm nào." in funding(told)


def test_what_does_not_hold_is_no_difference(tell):
    told = tell((40, 1, 1), 100, comparisons=comparison(0), residuals=residuals(1))
    assert "khác biệt" not in funding(told)
    assert "Chưa đủ căn cứ để nói các nhóm theo “Xã” khác nhau về chủ đề nào." in told.overall


@pytest.mark.parametrize(("low", "is_told"), [(1.2, True), (0.9, False), (math.nan, False)])
def test_themes_go_together_only_beyond_chance(tell, low, is_told):
    row = {columns.THEME: "funding", columns.OTHER: "personnel", **wilson(20, 100)}
    row |= {columns.LIFT: 1.8, columns.LIFT_LOW: low, columns.LIFT_HIGH: 2.7}
    told = " ".join(tell((40, 30, 1), 100, pairs=pd.DataFrame([row])).overall)
    assert ("gấp 1,8 lần mức ngẫu nhiên (KTC 95%: 1,2–2,7)" in told) is is_told


def test_weighted_shares_are_called_so(tell):
    told = tell((40, 10, 0), 100, is_weighted=True)
    assert "(40,0%, tính theo trọng số; khoảng tin cậy 95%: 30,9–49,8%)" in funding(told)
    assert "tỷ lệ cao nhất trong các chủ đề" in funding(told)


def answers(rows):
    return pd.DataFrame(rows, columns=[columns.QUESTION, columns.SOURCE, columns.N_UNITS])


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([("Khó khăn?", "a.csv", 1)], "answers"),
        ([("", "a.docx", 3), ("", "b.docx", 3)], "papers"),
        ([("", "a.docx", 3), ("", "a.docx", 3)], "turns"),
        ([("", "a.docx", 3), ("Khó khăn?", "b.csv", 3)], "mixed"),
        ([("", "a.docx", 3), ("Khó khăn?", "b.csv", 0)], "papers"),
        ([], "mixed"),
    ],
)
def test_what_was_said_decides_what_is_counted(rows, kind):
    assert kind_of(answers(rows)) == kind


def test_speeches_are_counted_as_such(tell):
    turns = answers([("", "a.docx", 3), ("", "a.docx", 3)])
    assert "trong 12 lượt phát biểu đề cập" in funding(tell((5, 1, 0), 12, answers=turns))
    papers = answers([("", "a.docx", 3), ("", "b.docx", 3)])
    assert "Dưới đây trích một số tham luận về chủ đề này." not in funding(tell((5, 1, 0), 12, answers=turns))
    assert "trong 12 tham luận đề cập" in funding(tell((5, 1, 0), 12, answers=papers))


def test_answers_of_exactly_one_theme_are_placed_under_it(tell):
    rows = pd.DataFrame(
        [("Q", "a", 1, 1, 0, 0), ("Q", "a", 1, 0, 1, 0)],
        columns=[columns.QUESTION, columns.SOURCE, columns.N_UNITS, *THEMES],
    )
    told = tell((40, 60, 0), 100, answers=rows)
    assert "được xếp vào chủ đề “Kinh phí, chế độ”" in funding(told)
    assert told.overall[0].startswith(
        "Mỗi ý kiến được xếp vào đúng một chủ đề. Chủ đề có nhiều ý kiến nhất là “Đội ngũ"
    )


def test_one_theme_is_not_compared(report, tell, codebook):
    assert isinstance(codebook, Codebook)
    told = narrative(
        replace(report, codebook=replace(codebook, themes=codebook.themes[:1]), summary=only_funding(report))
    )
    assert "trong các chủ đề" not in funding(told)


def only_funding(report):
    names = ("frequencies", "stances", "terms", "quotes")
    tables = {name: getattr(report.summary, name).query("theme == 'funding'") for name in names}
    return replace(report.summary, **tables, pairs=report.summary.pairs.head(0))


def test_a_share_is_told_for_tied_themes_only_where_all_have_its_interval(tell):
    wider = with_a_wider_interval(tell)
    assert "mỗi chủ đề 30 trong 100 ý kiến, tiếp đến" in wider.overall[0]


def with_a_wider_interval(tell):
    row = {columns.QUESTION: "", columns.GROUP: "", columns.VALUE: "", columns.LABEL: ""}
    clustered = {**row, columns.THEME: "personnel", **wilson(30, 100), columns.LOW: 0.1}
    return tell((30, 30, 5), 100, groups=[clustered])


def test_all_themes_in_all_papers(tell):
    papers = answers([("", "a.docx", 3), ("", "b.docx", 3)])
    told = tell((2, 2, 0), 2, answers=papers)
    assert told.overall[0] == "Các chủ đề “Kinh phí, chế độ” và “Đội ngũ cán bộ” đều được nêu trong cả 2 tham luận."
    assert told.themes["funding"][0] == "Cả 2 tham luận đều đề cập đến chủ đề “Kinh phí, chế độ”."
    assert told.themes["funding"][-1] == "Dưới đây trích một số đoạn tham luận về chủ đề này."


def test_stances_that_all_have_the_same_are_split_evenly(tell):
    assert "các ý kiến chia đều cho các nhóm “Ưu điểm” và “Hạn chế”, mỗi nhóm 4 ý kiến." in funding(
        tell((8, 1, 1), 100, stances={"funding": (4, 4, 0, 0)})
    )


@pytest.mark.parametrize(("n", "is_told"), [(2, False), (3, True)])
def test_a_stance_of_hardly_anybody_is_not_most_frequent_anywhere(tell, n, is_told):
    told = " ".join(tell((n, 1, 1), 100, stances={"funding": (0, n, 0, 0)}).overall)
    assert ("gặp nhiều nhất" in told) is is_told
