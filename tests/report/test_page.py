import hashlib
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.report import page
from thamluan.pipeline.settings import LANGUAGES

VOID = {"meta", "br"}
ALLOWED = VOID | {
    *(
        "html",
        "head",
        "title",
        "style",
        "body",
        "a",
        "header",
        "main",
        "nav",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
    ),
    *("p", "ul", "li", "dl", "dt", "dd", "div", "span", "strong", "code", "details", "summary"),
    *("figure", "blockquote", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "pattern", "rect", "circle", "line", "g", "text"),
}


class Outline(HTMLParser):
    """Gathers what the tests ask about, and fails on a tag that is not closed in its turn."""

    def __init__(self, content):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.headings = [], set(), [], [], []
        self.attributes, self.texts = [], {}
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        names = dict(attrs)
        self.ids += [names["id"]] if "id" in names else []
        self.links += [names["href"]] if "href" in names else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


def render(report, lang="vi"):
    return page.html(replace(report, lang=lang)).decode("utf-8")


def visible(report, lang="vi"):
    outline = Outline(render(report, lang))
    return " ".join(" ".join(parts) for tag, parts in outline.texts.items() if tag != "style")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_is_as_agreed(report, assert_golden, lang):
    assert_golden(f"report/report.{lang}.html", page.html(replace(report, lang=lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_names_its_language(report, lang):
    assert f'<html lang="{lang}">' in render(report, lang)


def test_page_holds_known_tags_only(report):
    assert Outline(render(report)).tags <= ALLOWED


def test_page_fetches_nothing(report):
    content = render(report)
    outline = Outline(content)
    assert all(link.startswith("#") for link in outline.links)
    assert not {name for name, _ in outline.attributes} & {"src", "srcset", "action", "data", "background", "style"}
    assert not any(name.startswith("on") for name, _ in outline.attributes)
    assert "@import" not in content
    assert set(re.findall(r"url\(([^)]*)\)", content)) == {"#hatch", "#dots"}
    assert not re.search(r"https?://", content)


def test_page_allows_its_own_style_and_nothing_else(report):
    content = render(report)
    policy = re.search(r'Policy" content="([^"]*)"', content)[1]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    style = re.search(r"<style>(.*?)</style>", content, re.DOTALL)[1]
    assert b64decode(re.search(r"sha256-([^']*)'", policy)[1]) == hashlib.sha256(style.encode()).digest()


def test_links_lead_somewhere_and_ids_are_unique(report):
    outline = Outline(render(report))
    assert len(outline.ids) == len(set(outline.ids))
    assert {link.removeprefix("#") for link in outline.links} <= set(outline.ids)


def test_headings_never_skip_a_level(report):
    headings = Outline(render(report)).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_quotes_are_verbatim(report):
    quotes = Outline(render(report)).texts["blockquote"]
    assert quotes == list(report.summary.quotes[columns.QUOTE])


def test_what_users_bring_is_escaped(report, codebook):
    evil = "<script>x</script>"
    theme = replace(codebook.themes[0], label={"vi": evil, "en": evil}, definition={"vi": evil, "en": evil})
    codebook = replace(codebook, title={"vi": evil, "en": evil}, themes=(theme, *codebook.themes[1:]))
    content = render(replace(report, codebook=codebook))
    assert "<script" not in content
    assert "&lt;script&gt;x&lt;/script&gt;" in content


def test_every_share_has_count_base_and_interval(report):
    after_shares = re.findall(r'class="number share">[^<]*</td>(.*?)</tr>', render(report), re.DOTALL)
    assert len(after_shares) > len(report.codebook.themes)
    for rest in after_shares:
        assert re.search(r'ratio">[\d.]+/[\d.]+<', rest)
        assert re.search(r'interval"[^>]*>(–|[\d,]+–[\d,]+%)<', rest)


def test_themes_stand_by_share(report, codebook):
    turned = replace(report, codebook=replace(codebook, themes=codebook.themes[::-1]))
    themes = [id for id in Outline(render(turned)).ids if id.startswith("theme-")]
    assert themes == ["theme-funding", "theme-personnel", "theme-ideology"]


def test_a_value_without_contributions_shows_a_dash(report):
    row = re.search(r'rowheader">Yên Sơn</th>(.*?)</tr>', render(report), re.DOTALL)[1]
    assert re.findall(r">([^<>\s]+)</td>", row)[-3:] == ["–", "0/0", "–"]


def test_numbers_follow_the_language(report):
    assert "1.024 ý" in visible(report)
    assert "60,0%" in visible(report)
    assert "1,024 ideas" in visible(report, "en")
    assert "60.0%" in visible(report, "en")


def test_english_page_has_no_vietnamese_words_of_ours(report):
    text = visible(report, "en")
    assert "Tỷ lệ" not in text
    assert "ý kiến" not in text


def test_nothing_read_still_makes_a_page(report, empty_summary):
    nothing = replace(
        report,
        summary=empty_summary,
        answers=report.answers.head(0),
        rejected=report.rejected.head(0),
        provenance={"inputs": []},
    )
    text = visible(nothing)
    assert "Không có ý kiến nào có nội dung" in text
    assert "nan" not in text.lower().split()
    assert 'id="rejected"' not in render(nothing)


def test_one_theme_makes_a_page(report, codebook):
    one = replace(report, codebook=replace(codebook, themes=codebook.themes[:1]), summary=only_funding(report.summary))
    assert 'id="theme-funding"' in render(one)


def only_funding(summary):
    names = ("frequencies", "stances", "terms", "quotes")
    tables = {name: getattr(summary, name).query("theme == 'funding'") for name in names}
    return replace(summary, **tables, pairs=summary.pairs.head(0))


def test_no_stances_no_stacked_bar(report, codebook):
    summary = replace(report.summary, stances=report.summary.stances.head(0))
    assert 'stacked"' not in render(replace(report, codebook=replace(codebook, stances=()), summary=summary))


def test_a_group_of_many_values_is_cut_with_a_note(report):
    frequencies = report.summary.frequencies
    pattern = frequencies[frequencies[columns.VALUE] == "Tân Lập"]
    many = [pattern.assign(**{columns.GROUP: "Thôn", columns.VALUE: f"Thôn {i}"}) for i in range(300)]
    summary = replace(report.summary, frequencies=pd.concat([frequencies, *many], ignore_index=True))
    text = visible(replace(report, summary=summary))
    assert "còn 288 giá trị khác có trong tệp themes.csv" in text
    assert "còn 240 giá trị khác có trong tệp themes.csv" in text


def test_many_themes_with_long_labels_are_never_cut(report, codebook, empty_summary):
    label = "Một nhãn chủ đề rất dài, gần sáu mươi chữ, như người dùng đặt"
    themes = tuple(replace(codebook.themes[0], id=f"t{i}", label={"vi": f"{label} {i}"}) for i in range(40))
    row = empty_summary.frequencies.iloc[0].to_dict()
    frequencies = pd.DataFrame([{**row, columns.THEME: theme.id} for theme in themes])
    many = replace(
        report,
        codebook=replace(codebook, themes=themes),
        summary=replace(empty_summary, frequencies=frequencies),
    )
    content = render(many)
    assert all(f"{label} {i}<" in content for i in range(40))


def test_weights_are_told_only_where_there_are_any(report):
    assert "Kish" not in visible(report)
    assert "Kish (1965)" in visible(replace(report, summary=replace(report.summary, is_weighted=True)))


def test_stacked_bar_shows_weighted_shares(report):
    stances = report.summary.stances.copy()
    of_funding = stances[columns.THEME] == "funding"
    stances.loc[of_funding, columns.SHARE] = 0.0
    stances.loc[of_funding & (stances[columns.STANCE] == "proposal"), columns.SHARE] = 1.0
    content = render(replace(report, summary=replace(report.summary, stances=stances)))
    section = content.split('id="theme-funding"')[1].split("</section>")[0]
    assert re.findall(r'class="ground" x="([^"]*)" width="([^"]*)"', section) == [("0.00%", "100.00%")]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "chữ thiếu dấu (1.024); chữ viết tắt, chữ gõ tắt (3). 2 ý kiến có vẻ gõ bằng phông chữ cũ"),
        ("en", "missing marks (1,024); abbreviations and chat spellings (3). Left as they are"),
    ],
)
def test_method_tells_how_many_contributions_each_repair_changed(report, lang, said):
    repairs = {
        "compose": {"texts": 0, "places": 0},
        "expand_abbreviations": {"texts": 3, "places": 4},
        "restore_marks": {"texts": 1024, "places": 9000},
    }
    provenance = {**report.provenance, "repairs": repairs, "counts": {"doubtful_encoding": 2}}
    assert said in visible(replace(report, provenance=provenance), lang)


def test_quotes_in_an_old_encoding_can_be_read(report):
    quotes = report.summary.quotes.assign(**{columns.QUOTE: "Phô cÊp cña tr\xadëng th«n thÊp"})
    text = visible(replace(report, summary=replace(report.summary, quotes=quotes)))
    assert "Phụ cấp của trưởng thôn thấp" in text


def test_people_are_shown_where_some_speak_more_than_once(report):
    assert "75,0% số người (3/4 người)" in visible(report)
    once = replace(report, summary=replace(report.summary, n_respondents=report.summary.n_coded))
    assert "số người" not in visible(once)


def test_lift_stands_beside_pairs_with_its_interval(report):
    assert "1,25 (0,75–2,08)" in visible(report)


def test_no_groups_no_section_of_differences(report):
    alone = replace(report.summary, comparisons=report.summary.comparisons.head(0))
    assert 'id="differences"' not in render(replace(report, summary=alone))
