from dataclasses import replace

import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.report.differences import SHOWN, differences
from thamluan.pipeline.report.language import WORDS


def test_differences_say_who_differs_with_count_base_and_interval(summary, codebook):
    [row] = differences(summary, codebook, lang="vi").rows
    assert (row.theme, row.group, row.q, row.v) == ("Kinh phí, chế độ", "Xã", "< 0,001", "0,75")
    assert row.values[0] == "Tân Lập: nhiều hơn, 66,7% (4/6; KTC 95%: 30,0–90,3%); các nhóm còn lại 50,0% (2/4)"
    assert row.values[1].startswith("=Hòa Bình: ít hơn, 50,0%")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_differences_that_do_not_hold_are_not_shown(summary, codebook, lang):
    none_holds = replace(summary, comparisons=summary.comparisons.assign(**{columns.HOLDS: 0}))
    shown = differences(none_holds, codebook, lang=lang)
    assert shown.rows == ()
    assert shown.note == WORDS[lang]["differences_none"].format(tests=2)


def test_differences_count_tests_and_not_what_was_no_test(summary, codebook):
    assert differences(summary, codebook, lang="en").note.startswith("2 pairs of theme and grouping were compared; 1")


def test_differences_may_hold_where_nobody_stands_out(summary, codebook):
    flat = replace(summary, residuals=summary.residuals.assign(**{columns.HOLDS: 0}))
    [row] = differences(flat, codebook, lang="en").rows
    assert row.values == (WORDS["en"]["none_stands_out"],)


def test_the_strongest_differences_stand_first_and_the_rest_is_said(summary, codebook):
    [first] = summary.comparisons.head(1).to_dict("records")
    many = [{**first, columns.V: number / 100} for number in range(SHOWN + 3)]
    shown = differences(replace(summary, comparisons=pd.DataFrame(many)), codebook, lang="en")
    assert [row.v for row in shown.rows[:2]] == ["0.22", "0.21"]
    assert len(shown.rows) == SHOWN
    assert "3 more" in shown.hidden


def test_nothing_compared_shows_nothing(empty_summary, codebook):
    assert differences(empty_summary, codebook, lang="vi") is None


def test_words_of_groups_are_listed_by_value(summary, codebook):
    assert differences(summary, codebook, lang="vi").words == (("Xã: Tân Lập", (("đường <bê tông>", "3"),)),)
