import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.documents.word import read_word


@pytest.fixture
def document():
    return docx.Document()


@pytest.fixture
def lines(document, tmp_path):
    def read():
        document.save(str(tmp_path / "a.docx"))
        return [line.text for line in read_word(tmp_path / "a.docx").lines]

    return read


def add(paragraph, text, font=None, **properties):
    run = paragraph.add_run(text)
    if font is not None:
        run.font.name = font
    for name, value in properties.items():
        setattr(run, name, value)
    return run


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        (".VnTime", "§¶ng bé", "Đảng bộ"),
        (".VnTime", "chi bé", "chi bộ"),
        (".VnTime", "Ng\u00adêi", "Người"),
        (".VnTimeH", "Héi nghÞ", "HỘI NGHỊ"),
        ("VNI-Times", "Ñaûng boä", "Đảng bộ"),
        ("Times New Roman", "cà phê né", "cà phê né"),
        (".VnTime", "Đảng bộ", "Đảng bộ"),
    ],
)
def test_runs_are_decoded_by_their_font(document, lines, font, text, shown):
    add(document.add_paragraph(), text, font)
    assert lines() == [shown]


def test_runs_of_several_fonts_stand_in_one_paragraph(document, lines):
    paragraph = document.add_paragraph()
    add(paragraph, "héi nghÞ", ".VnTimeH")
    add(paragraph, " cán bộ né ")
    add(paragraph, "boä, ", "VNI-Times")
    add(paragraph, "bé", ".VnTime")
    assert lines() == ["HỘI NGHỊ cán bộ né bộ, bộ"]


def test_a_letter_that_runs_cut_in_two_belongs_to_the_first(document, tmp_path):
    paragraph = document.add_paragraph()
    add(paragraph, "Baø Ho", "VNI-Times", bold=True)
    add(paragraph, "øa: toâi", "VNI-Times")
    document.save(str(tmp_path / "a.docx"))
    assert read_word(tmp_path / "a.docx").lines == (Line("Bà Hòa: tôi", n_bold=5),)


def test_soft_hyphen_elements_are_letters_in_tcvn3_only(document, lines):
    for font in (".VnTime", "Arial"):
        run = add(document.add_paragraph(), "nh", font)
        run._r.append(OxmlElement("w:softHyphen"))
    assert lines() == ["như", "nh"]


def test_a_style_gives_its_runs_the_font(document, lines):
    base = document.styles.add_style("Base", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    base.font.name = ".VnTime"
    derived = document.styles.add_style("Derived", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = base
    character = document.styles.add_style("Character", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    character.font.name = "VNI-Times"
    paragraph = document.add_paragraph(style="Derived")
    add(paragraph, "chi bé ")
    add(paragraph, "chi boä ").style = character
    add(paragraph, "cà phê", "Arial")
    assert lines() == ["chi bộ chi bộ cà phê"]


def test_the_normal_style_gives_the_font_of_paragraphs_without_style(document, lines):
    document.styles["Normal"].font.name = ".VnTime"
    fonts = document.styles["Normal"].element.rPr.rFonts
    for theme in ("w:asciiTheme", "w:hAnsiTheme"):
        fonts.attrib.pop(qn(theme), None)
    add(document.add_paragraph(), "chi bé")
    assert lines() == ["chi bộ"]


def test_the_defaults_give_the_font_where_no_style_does(document, lines):
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.remove(defaults.find(qn("w:rFonts")))
    defaults.append(parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii=".VnTime" w:hAnsi=".VnTime"/>'))
    for style in document.styles.element.iter(qn("w:style")):
        for fonts in list(style.iter(qn("w:rFonts"))):
            fonts.getparent().remove(fonts)
    add(document.add_paragraph(), "chi bé")
    assert lines() == ["chi bộ"]


def test_styles_that_are_based_on_each_other_end(document, lines):
    styles = [document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH) for name in "AB"]
    for style, base in (styles, styles[::-1]):
        style.base_style = base
    add(document.add_paragraph(style="A"), "cô bé")
    assert lines() == ["cô bé"]


def test_decoded_fonts_are_noted_once(document, tmp_path):
    paragraph = document.add_paragraph()
    for text, font in (("§¶ng bé", ".VnTime"), ("häp", ".VnArial"), ("Ñaûng", "VNI-Times")):
        add(paragraph, text, font)
    document.save(str(tmp_path / "a.docx"))
    assert read_word(tmp_path / "a.docx").notes == ("text in fonts of TCVN3 and VNI decoded",)


@pytest.mark.parametrize(("text", "font"), [("Dang bo", ".VnTime"), ("Đảng bộ", ".VnTime"), ("Đảng bộ", "Arial")])
def test_nothing_is_noted_where_fonts_change_nothing(document, tmp_path, text, font):
    add(document.add_paragraph(), text, font)
    document.save(str(tmp_path / "a.docx"))
    assert read_word(tmp_path / "a.docx").notes == ()
