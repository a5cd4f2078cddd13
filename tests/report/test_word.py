import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from docx import Document
from lxml import etree
from PIL import Image

from thamluan.pipeline import columns
from thamluan.pipeline.errors import OutputError
from thamluan.pipeline.report import Report, word
from thamluan.pipeline.report.word_looks import LOOKS, OWN_STYLES
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.themes.codebooks.codebook import Theme

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
N_THEMES, N_VALUES, N_QUOTES = 40, 300, 40
HOSTILE = (
    '=HYPERLINK("http://example.invalid";"xem")',
    "<w:p>&amp;</w:p> ]]> {{ x }} \x00\x01\x0b\x1f\ufffe",
    "một\r\nhai\tba\u2028bốn",
    "\u202egnud yahc \U0001f600 e\u0302\u0301",
    "dài " * 9000,
)


def label_of(number: int) -> str:
    return f"Chủ đề số {number:02d} về đường liên thôn, thủy lợi, giống, phân bón ruộng"[:60]


def extreme(report: Report) -> Report:
    themes = [f"t{number}" for number in range(N_THEMES)]
    labels = {theme: label_of(number) for number, theme in enumerate(themes)}
    values = [
        f"Thôn {number} $x^2$ \x02 {'rất dài ' * (number % 7)}{'x' * (number % 90)}" for number in range(N_VALUES)
    ]
    groups = [("", "", ""), *(("", "Thôn", value) for value in values)]
    frequencies = [
        (*group, theme, labels[theme], *share(n % 7 + 1, 10 if group[1] else 3000))
        for group in groups
        for n, theme in enumerate(themes)
    ]
    stances = [
        (theme, stance, label, *share(n, 10))
        for theme in themes
        for n, (stance, label) in enumerate(report.codebook.stance_labels("vi").items(), start=1)
    ]
    quotes = [
        (
            theme,
            rank,
            "weakness",
            HOSTILE[(rank + number) % 5 if rank < 3 or rank % 5 else 0],
            "phiếu\x00.xlsx",
            "dòng 2",
            "",
            1,
            0,
            3,
            0.5,
        )
        for number, theme in enumerate(themes)
        for rank in range(1, N_QUOTES + 1)
        if HOSTILE[(rank + number) % 5 if rank < 3 or rank % 5 else 0] != HOSTILE[4] or number == rank == 1
    ]
    pairs = [(themes[n], themes[n + 1], *share(3, 3000), 1.5, 1.0, 2.0) for n in range(N_THEMES - 1)]
    summary = replace(
        report.summary,
        frequencies=pd.DataFrame(frequencies, columns=list(columns.FREQUENCIES)),
        stances=pd.DataFrame(stances, columns=list(columns.STANCES)),
        quotes=pd.DataFrame(quotes, columns=list(columns.QUOTES)),
        pairs=pd.DataFrame(pairs, columns=list(columns.PAIRS)),
        **{name: getattr(report.summary, name).head(0) for name in TABLES},
    )
    codebook = replace(
        report.codebook,
        themes=tuple(
            Theme(theme, {"vi": label, "en": label}, {"vi": "", "en": ""}, {"vi": "", "en": ""}, (), ())
            for theme, label in labels.items()
        ),
    )
    return replace(report, summary=summary, codebook=codebook)


TABLES = ("respondents", "comparisons", "residuals", "terms", "group_terms", "subthemes")


def share(n: int, base: int) -> tuple[int, int, float, float, float]:
    return n, base, n / base, n / base * 0.5, min(n / base * 1.4, 1)


def opened(report, **changes):
    return Document(BytesIO(word.docx(replace(report, **changes))))


def texts(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def all_text(document):
    return "\n".join(element.text or "" for element in document.element.body.iter(f"{W}t"))


@pytest.fixture
def empty(report, empty_summary):
    return replace(report, summary=empty_summary, rejected=report.rejected.head(0))


@pytest.fixture
def many(report):
    return extreme(report)


@pytest.fixture
def many_written(many, made={}):  # noqa: B006 - written once, because it takes seconds
    if not made:
        made["docx"] = word.docx(many)
    return made["docx"]


@pytest.mark.parametrize("style", LOOKS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(report, style, lang):
    styled = replace(report, style=style, lang=lang)
    assert word.docx(styled) == word.docx(styled)


def test_no_time_of_writing_is_told(report):
    with zipfile.ZipFile(BytesIO(word.docx(report))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"created" not in package.read("docProps/core.xml")


def test_headings_follow_the_page(report):
    headings = texts(opened(report), "Heading 1")
    assert headings == [
        "Số liệu chính",
        "Tỷ lệ ý kiến nêu từng chủ đề",
        "Từng chủ đề",
        "Khác biệt giữa các nhóm",
        "Nội dung chưa có trong bộ chủ đề",
        "Bảng số liệu",
        "Dữ liệu không đọc được",
        "Phụ lục. Phương pháp",
    ]


def test_contents_lead_to_every_heading(report):
    body = opened(report).element.body
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    leads = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    assert len(set(marks)) == len(marks) > 8
    assert set(leads) <= set(marks)
    codes = [code.text for code in body.iter(f"{W}instrText")]
    assert sum("TOC" in code for code in codes) == 1


def test_fields_are_closed_in_their_turn(many_written):
    depth = 0
    for mark in Document(BytesIO(many_written)).element.body.iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType")]
        assert depth in (0, 1)
    assert depth == 0


@pytest.mark.parametrize(("lang", "label"), [("vi", "Bảng"), ("en", "Table")])
def test_captions_count_by_a_field(report, lang, label):
    document = opened(report, lang=lang)
    captions = [caption for caption in texts(document, "Caption") if caption.startswith(label)]
    assert [int(re.search(r"\d+", caption)[0]) for caption in captions] == list(range(1, len(captions) + 1))
    codes = [code.text for code in document.element.body.iter(f"{W}instrText")]
    assert sum(f"SEQ {label} " in code for code in codes) == len(captions) > 5


def test_every_picture_is_told_in_words_with_its_numbers(report):
    described = [found.get("descr") for found in opened(report).element.body.iter("{*}docPr")]
    assert len(described) == 5
    assert "Kinh phí, chế độ: 60,0% (6/10)" in described[0]
    assert all(described)


def test_shares_have_count_base_and_interval(report):
    cells = [[cell.text for cell in row.cells] for table in opened(report).tables for row in table.rows]
    assert ["Kinh phí, chế độ", "60,0%", "6/10", "31,3–83,2%"] in cells


def test_heads_of_tables_are_repeated(report):
    tables = opened(report).tables
    assert all(list(table._tbl.iter(f"{W}tblHeader")) for table in tables[1:])


def test_quotes_stay_as_they_are(report):
    quotes = texts(opened(report), "Quote")
    assert quotes == report.summary.quotes[columns.QUOTE].tolist()
    assert texts(opened(report), "Quote Origin")[0] == "Hạn chế · Bà Hoàng Thị Mẩy · phiếu.xlsx · dòng 1"


def test_the_annex_tells_of_codebook_model_and_intervals(report):
    text = all_text(opened(report))
    for told in ("Wilson (1927)", "0,81 (0,79–0,84)", "a" * 64, "c" * 64, "Tiền và phương tiện cho công việc."):
        assert told in text


@pytest.mark.parametrize(
    ("style", "margins", "title"),
    [
        ("state", (20, 20, 30, 15), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("party", (20, 20, 30, 15), "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ],
)
def test_official_styles_have_their_paper_letters_and_names(report, style, margins, title):
    document = opened(report, style=style)
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    found = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [length.mm for length in found] == pytest.approx(margins, abs=0.1)
    body = document.styles["Body Text"]
    assert (body.font.name, body.font.size.pt) == ("Times New Roman", 14)
    assert title in document.tables[0].cell(0, 1).text
    assert "BÁO CÁO" in texts(document, "Title")
    assert any(table.cell(0, 0).text.startswith("Nơi nhận:") for table in document.tables[1:])


def test_what_an_office_fills_in_are_fields(report):
    names = [name.get(f"{W}val") for name in opened(report, style="state").element.body.iter(f"{W}alias")]
    assert {"TÊN CƠ QUAN", "Địa danh", "Họ và tên"} <= set(names)


def test_a_template_keeps_its_paper_styles_and_text(report, tmp_path):
    template = Document()
    template.add_paragraph("UBND xã Tân Lập")
    template.styles["Heading 1"].font.name = "Courier New"
    template.styles["Caption"].element.getparent().remove(template.styles["Caption"].element)
    template.sections[0].left_margin = 1_000_000
    template.save(tmp_path / "mẫu.docx")
    document = opened(report, style=str(tmp_path / "mẫu.docx"))
    assert document.paragraphs[0].text == "UBND xã Tân Lập"
    assert document.styles["Heading 1"].font.name == "Courier New"
    assert document.sections[0].left_margin == pytest.approx(1_000_000, abs=1000)
    assert set(OWN_STYLES) <= {style.name for style in document.styles}
    assert texts(document, "Caption")


@pytest.mark.parametrize("name", ["mẫu.docx", "none", "mẫu.doc"])
def test_what_is_no_style_is_told_before_work(tmp_path, name):
    (tmp_path / "mẫu.docx").write_bytes(b"PK no package")
    with pytest.raises(OutputError):
        word.check_style(str(tmp_path / name))


def test_styles_of_a_run_are_kept_and_templates_are_not(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"")
    assert word.kept_style(word.named_style("party")) == "party"
    assert word.kept_style(word.named_style(str(tmp_path / "a.docx"))) == "plain"


def test_an_empty_report_says_so(empty):
    document = opened(empty)
    assert "Không có ý kiến nào có nội dung để tổng hợp." in all_text(document)
    assert not list(document.element.body.iter("{*}blip"))


def test_forty_themes_a_wide_group_and_hostile_quotes_are_all_there(many, many_written):
    document = Document(BytesIO(many_written))
    assert len(texts(document, "Quote")) == len(many.summary.quotes)
    assert set(texts(document, "Heading 2")) >= {label_of(number) for number in range(N_THEMES)}
    for shape in document.inline_shapes:
        assert shape.height.mm <= 221
        assert shape.width.mm <= 160.1


def test_hostile_text_is_shown_as_text(many_written):
    text = all_text(Document(BytesIO(many_written)))
    assert HOSTILE[0] in text
    assert "<w:p>&amp;</w:p> ]]> {{ x }} \ufffd\ufffd\ufffd\ufffd\ufffd" in text


def test_the_package_is_well_formed_and_pictures_open(many_written):
    with zipfile.ZipFile(BytesIO(many_written)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
            elif name.endswith(".png"):
                Image.open(BytesIO(package.read(name))).verify()


def test_tables_in_a_template_have_no_wide_spaces(report, tmp_path):
    template = Document()
    template.styles["Normal"].paragraph_format.space_after = 300_000
    template.save(tmp_path / "mẫu.docx")
    document = opened(report, style=str(tmp_path / "mẫu.docx"))
    assert document.styles["Table Text"].paragraph_format.space_after.pt == 1
