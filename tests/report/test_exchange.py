import dataclasses
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree

from thamluan.pipeline import columns
from thamluan.pipeline.report.exchange import codebook_qdc, project_qdpx
from thamluan.pipeline.report.exchange_codes import code_names
from thamluan.pipeline.themes.codebooks.codebook import Theme

SCHEMAS = Path(__file__).parent / "schemas"
SPACE = {"q": "urn:QDA-XML:project:1.0", "c": "urn:QDA-XML:codebook:1.0"}
TEXTS = ("Phụ cấp thấp 👍.\r\nXăng tự lo.", '<b>&amp;</b>\x0b =1+1 "xem"', "", "Kính thưa hội nghị.", "Tôi đồng ý.")
UNITS = (  # contribution, start, end, themes, stance
    (1, 0, 15, "funding;personnel", "weakness"),
    (1, 17, 28, "funding", ""),
    (2, 0, 12, "", "neutral"),
    (4, 0, 19, "", ""),
    (5, 0, 11, "ideology", "strength"),
)


@pytest.fixture
def coded(report):
    """Give a report on two answers, one of them empty besides, and a discussion of two turns."""
    n = len(TEXTS)
    answers = pd.DataFrame(
        {
            columns.CONTRIBUTION: range(1, n + 1),
            columns.SOURCE: ["phiếu: 1.xlsx"] * 3 + ["họp/thảo luận.docx"] * 2,
            columns.PLACE: ["dòng 2", "dòng 3", "dòng 4", "đoạn 1", "đoạn 2"],
            columns.SPEAKER: ["", "", "", "Bà Mẩy", "Ông Pản"],
            columns.QUESTION: ["Khó khăn?"] * 3 + [""] * 2,
            "Mã": ["A1", "A1", "A2", "", ""],
            columns.TEXT: TEXTS,
            columns.NEEDS_LOOK: [0, 1, 0, 0, 0],
        }
    )
    units = pd.DataFrame(
        [
            (number, contribution, "", "", start, end, TEXTS[contribution - 1][start:end], themes, stance)
            for number, (contribution, start, end, themes, stance) in enumerate(UNITS, start=1)
        ],
        columns=list(columns.UNITS),
    )
    evidence = ["funding: phụ cấp, xăng | personnel: thấp", "", "", "", "ideology: đồng ý"]
    probabilities = {columns.probability(theme): 0.5 for theme in report.codebook.theme_ids}
    units = units.assign(**probabilities, **{columns.EVIDENCE: evidence})
    provenance = {**report.provenance, "settings": {"id": "Mã"}}
    return dataclasses.replace(report, answers=answers, units=units, provenance=provenance)


def tree_of(report):
    with zipfile.ZipFile(io.BytesIO(project_qdpx(report))) as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist() if name.startswith("Sources/")}
        return etree.fromstring(packed.read("project.qde")), texts


def assert_valid(tree, name):
    schema = etree.XMLSchema(file=str(SCHEMAS / name))
    assert schema.validate(tree), schema.error_log


def selected(report):
    """List the pieces of text that a project codes, with the names of their codes."""
    tree, texts = tree_of(report)
    names = {code.get("guid"): code.get("name") for code in tree.iterfind(".//q:Code", SPACE)}
    for source in tree.iterfind(".//q:TextSource", SPACE):
        text = texts[source.get("plainTextPath").replace("internal://", "Sources/")]
        for selection in source.iterfind("q:PlainTextSelection", SPACE):
            refs = selection.iterfind("q:Coding/q:CodeRef", SPACE)
            piece = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            yield piece, [names[ref.get("targetGUID")] for ref in refs]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_codebook_is_valid_and_keeps_names(coded, lang):
    tree = etree.fromstring(codebook_qdc(dataclasses.replace(coded, lang=lang)))
    assert_valid(tree, "Codebook.xsd")
    names = [code.get("name") for code in tree.iterfind(".//c:Code[@isCodable='true']", SPACE)]
    labels = [thing.label[lang] for thing in (*coded.codebook.themes, *coded.codebook.stances)]
    assert names == labels


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_project_is_valid(coded, lang):
    tree, _ = tree_of(dataclasses.replace(coded, lang=lang))
    assert_valid(tree, "Project.xsd")


def test_project_selects_units_by_code_points(coded):
    assert list(selected(coded)) == [
        ("Phụ cấp thấp 👍.", ["Kinh phí, chế độ", "Đội ngũ cán bộ", "Hạn chế"]),
        ("Xăng tự lo.", ["Kinh phí, chế độ"]),
        ("<b>&amp;</b>", ["Nêu sự việc"]),
        ("Tôi đồng ý.", ["Tư tưởng, đạo đức", "Ưu điểm"]),
    ]


def test_project_has_a_source_an_answer_and_one_a_document(coded):
    tree, texts = tree_of(coded)
    names = [source.get("name") for source in tree.iterfind(".//q:TextSource", SPACE)]
    assert names == ["1 phiếu_ 1.xlsx, dòng 2", "2 phiếu_ 1.xlsx, dòng 3", "4 họp_thảo luận.docx"]
    assert "Bà Mẩy:\nKính thưa hội nghị.\n\nÔng Pản:\nTôi đồng ý." in texts.values()
    assert not any("\r" in text or "\x0b" in text for text in texts.values())


def test_project_has_a_case_a_respondent(coded):
    tree, _ = tree_of(coded)
    cases = {case.get("name"): len(case) for case in tree.iterfind(".//q:Case", SPACE)}
    assert cases == {"A1": 2}


def test_project_tells_the_evidence_and_the_variables(coded):
    tree, _ = tree_of(coded)
    memos = [memo.text for memo in tree.iterfind(".//q:PlainTextSelection/q:Description", SPACE)]
    assert memos[0] == "Kinh phí, chế độ (0,50): phụ cấp, xăng\nĐội ngũ cán bộ (0,50): thấp"
    variables = [variable.get("name") for variable in tree.iterfind(".//q:Variable", SPACE)]
    assert variables == ["Nguồn", "Vị trí", "Câu hỏi", "Mã", "Máy chưa chắc chắn, cần người xem lại"]


def test_project_tells_people_from_the_machine(coded):
    corrections = pd.DataFrame([(5, "", "", "", "ideology", "", "strength")], columns=list(columns.CORRECTIONS))
    tree, _ = tree_of(dataclasses.replace(coded, corrections=corrections))
    users = {user.get("guid"): user.get("name") for user in tree.iterfind(".//q:User", SPACE)}
    coders = [users[coding.get("creatingUser")] for coding in tree.iterfind(".//q:Coding", SPACE)]
    assert coders == ["thamluan (máy)"] * 5 + ["Người sửa mã"] * 2


def test_project_refers_only_to_what_it_holds_and_names_nothing_twice(coded):
    tree, _ = tree_of(coded)
    guids = [element.get("guid") for element in tree.iter() if element.get("guid")]
    assert len(set(guids)) == len(guids)
    assert {element.get("targetGUID") for element in tree.iter() if element.get("targetGUID")} <= set(guids)


def test_codes_are_the_same_in_codebook_and_project(coded):
    tree, _ = tree_of(coded)
    book = etree.fromstring(codebook_qdc(coded))
    in_project = [code.get("guid") for code in tree.iterfind(".//q:Code", SPACE)]
    assert in_project == [code.get("guid") for code in book.iterfind(".//c:Code", SPACE)]


def test_project_of_no_answers_is_valid(coded):
    empty = dataclasses.replace(coded, answers=coded.answers.head(0), units=coded.units.head(0))
    tree, texts = tree_of(empty)
    assert_valid(tree, "Project.xsd")
    assert len(texts) == 1  # the note on method


@pytest.mark.parametrize("n_themes", [1, 40])
def test_project_takes_one_theme_and_forty_with_long_names(coded, n_themes):
    texts = dict.fromkeys(("vi", "en"), "")
    themes = tuple(
        Theme(f"chu_de_{number}", dict.fromkeys(("vi", "en"), f"{'Đ' * 56} {number:03}"), texts, texts, (), ())
        for number in range(n_themes)
    )
    units = coded.units.assign(**{columns.THEMES: themes[-1].id})
    many = dataclasses.replace(coded, codebook=dataclasses.replace(coded.codebook, themes=themes), units=units)
    tree, _ = tree_of(many)
    assert_valid(tree, "Project.xsd")
    assert next(selected(many))[1] == [themes[-1].label["vi"], "Hạn chế"]


def test_a_label_of_two_codes_is_told_apart_by_ids(codebook):
    first, second, *others = codebook.themes
    same = dataclasses.replace(codebook, themes=(first, dataclasses.replace(second, label=first.label), *others))
    names = code_names(same, lang="vi")
    assert names["theme", first.id] == "Kinh phí, chế độ (funding)"
    assert len(set(names.values())) == len(names)
