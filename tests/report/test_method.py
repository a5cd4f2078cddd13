import pytest

from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.method import CODING, method

LEARNT = {
    "learnt_from": {"texts": 1200},
    "cross_validated": {"n": 80, "f1": 0.714, "low": 0.6, "high": 0.8},
}


def coding(coded_by, *, lang="vi"):
    shown = method({"coded_by": coded_by, **LEARNT}, is_weighted=False, lang=lang)
    [text] = [text for title, text in shown.chapters if title == WORDS[lang]["method_coding"]]
    return text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("coded_by", [*CODING, "model"])
def test_every_way_is_told_in_its_own_words(coded_by, lang):
    texts = [coding(way, lang=lang) for way in (*CODING, "model")]
    assert texts.count(coding(coded_by, lang=lang)) == 1
    assert not any("{" in text for text in texts)


def test_few_coded_answers_are_told_with_figure_interval_and_n():
    text = coding("few")
    assert all(part in text for part in ("1.200", "80", "0,71", "0,60–0,80"))


def test_a_codebook_alone_is_told_with_what_it_was_learnt_from():
    assert "1,200" in coding("codebook", lang="en")
    assert "has not been measured" in coding("codebook", lang="en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_small_groups_and_comparisons_are_told_where_groups_were_asked_for(lang):
    def titles(**provenance):
        shown = method(provenance, is_weighted=False, lang=lang)
        return dict(shown.chapters)

    words = WORDS[lang]
    asked = titles(settings={"by": ["Thôn"], "min_base": 7}, withheld_groupings=["Tổ", "Xóm"])
    assert "7" in asked[words["method_groups"]]
    assert "Tổ, Xóm" in asked[words["method_groups"]]
    assert words["method_comparisons"] in asked
    assert words["method_groups"] not in titles()
