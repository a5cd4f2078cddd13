"""How a Word report looks: paper, letters and headings of each style, and the styles that a template may lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle

TIMES, MONO = "Times New Roman", "Consolas"
ACCENT, INK, SOFT = "12436D", "000000", "53606C"
LANGUAGE_TAGS = {"vi": "vi-VN", "en": "en-US"}


@dataclass(frozen=True)
class Look:
    """Paper and letters. Margins (top, bottom, left, right) and indents in millimetres, letters in points."""

    font: str
    size: float
    margins: tuple[float, float, float, float]
    colour: str  # of headings
    headings: tuple[float, float, float]  # sizes by level
    levels: tuple[str, str]  # how headings are numbered: of Word's `%1` and `%2`
    first_number: str  # Word's name of the kind of number of the first level
    table_size: float
    indent: float  # of first lines
    is_justified: bool
    least_line: float | None  # points; None: 1.15 lines
    is_official: bool  # page number above; names of bodies and signature


LOOKS: Mapping[str, Look] = {
    "plain": Look(
        font="Arial",
        size=11,
        margins=(25, 25, 25, 25),
        colour=ACCENT,
        headings=(16, 13, 11),
        levels=("%1.", "%1.%2."),
        first_number="decimal",
        table_size=9,
        indent=0,
        is_justified=False,
        least_line=None,
        is_official=False,
    ),
    "state": Look(  # Nghị định 30/2020/NĐ-CP, annex I
        font=TIMES,
        size=14,
        margins=(20, 20, 30, 15),
        colour=INK,
        headings=(14, 14, 14),
        levels=("%1.", "%2."),
        first_number="upperRoman",
        table_size=11,
        indent=10,
        is_justified=True,
        least_line=None,
        is_official=True,
    ),
    "party": Look(  # Hướng dẫn 36-HD/VPTW
        font=TIMES,
        size=14,
        margins=(20, 20, 30, 15),
        colour=INK,
        headings=(14, 14, 14),
        levels=("%1.", "%2."),
        first_number="upperRoman",
        table_size=11,
        indent=10,
        is_justified=True,
        least_line=18,
        is_official=True,
    ),
}
OWN_STYLES = ("Body Text", "Note", "Table Text", "Quote", "Quote Origin", "Caption", "Title", "Subtitle", "TOC Heading")
BUILT_IN = ("toc 1", "toc 2", "Heading 1", "Heading 2", "Heading 3")


def dress(document: "Document", look: Look, *, lang: str) -> None:
    """Give an empty document the paper, letters and headings of a look."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, look.margins)
    section.header_distance = section.footer_distance = Mm(10)
    complete(document)
    _language(document, lang)
    _modern(document)
    _letters(document.styles["Normal"], look, look.size)
    for style in document.styles:
        if style.type == 1 and style.name.startswith(("Header", "Footer", "List")):
            _letters(style, look, look.size)
    _prose(document, look)
    _headings(document, look)
    _small(document, look)
    _numbered(document, look)
    _page_numbers(section, look)


def complete(document: "Document") -> None:
    """Add the styles that a template lacks; what it has stays as it is."""
    from docx.enum.style import WD_STYLE_TYPE

    for name in (*BUILT_IN, *OWN_STYLES):
        if name not in document.styles:
            is_built_in = name not in ("Note", "Table Text", "Quote Origin")
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_built_in)
            style.base_style = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
            style.font.bold = True if name.startswith("Heading") else None
            style.font.italic = True if name == "Quote" else None
            _modest(style)


def _modest(style: "ParagraphStyle") -> None:
    """Keep a style that a template lacks from having its wide spaces in tables and lists."""
    from docx.shared import Mm, Pt

    form = style.paragraph_format
    if style.name == "Table Text":
        style.font.size = Pt(9)
        form.space_before, form.space_after, form.line_spacing = Pt(1), Pt(1), 1.0
    elif style.name.lower().startswith("toc ") or style.name == "Note":
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(3), 1.0
        form.left_indent = Mm(6) if style.name == "toc 2" else None


def _letters(
    style: "ParagraphStyle",
    look: Look,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str = INK,
    font: str = "",
) -> None:
    """Set the letters of a style anew, without fonts and colours of a theme."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for element in style.element.findall(qn("w:rPr")):
        style.element.remove(element)
    style.font.name = font or look.font
    fonts = style.element.rPr.rFonts
    for name in ("w:cs", "w:eastAsia"):
        fonts.set(qn(name), font or look.font)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)


def _spaces(style: "ParagraphStyle", *, before: float = 0, after: float = 0, together: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for element in style.element.findall(qn("w:pPr")):
        style.element.remove(element)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), together
    form.line_spacing = 1.0


def _prose(document: "Document", look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Mm, Pt

    style = document.styles["Body Text"]
    _letters(style, look, look.size)
    _spaces(style, after=6)
    form = style.paragraph_format
    form.first_line_indent = Mm(look.indent)
    form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if look.is_justified else WD_ALIGN_PARAGRAPH.LEFT
    if look.least_line is None:
        form.line_spacing = 1.15
    else:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(look.least_line)


def _headings(document: "Document", look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for level, size in enumerate(look.headings, start=1):
        style = document.styles[f"Heading {level}"]
        _letters(style, look, size, bold=True, italic=level == 3, colour=look.colour)
        _spaces(style, before=(18, 14, 10)[level - 1], after=6, together=True)
    title, subtitle = document.styles["Title"], document.styles["Subtitle"]
    _letters(title, look, 16 if look.is_official else 24, bold=True, colour=look.colour)
    _spaces(title, before=18 if look.is_official else 120, after=6)
    _letters(subtitle, look, 14, bold=look.is_official)
    _spaces(subtitle, after=6)
    contents = document.styles["TOC Heading"]
    _letters(contents, look, look.headings[1], bold=True, colour=look.colour)
    contents.base_style = document.styles["Normal"]  # not numbered with the headings
    _spaces(contents, before=18, after=6, together=True)
    if look.is_official:
        for style in (title, subtitle, contents):
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _small(document: "Document", look: Look) -> None:
    from docx.shared import Mm, Pt

    note, table, quote, origin, caption = (
        document.styles[name] for name in ("Note", "Table Text", "Quote", "Quote Origin", "Caption")
    )
    small = look.table_size + 1
    _letters(note, look, small, colour=SOFT if not look.is_official else INK, italic=look.is_official)
    _spaces(note, before=3, after=8)
    _letters(table, look, look.table_size)
    _spaces(table, before=1, after=1)
    _letters(caption, look, small, bold=True, colour=look.colour)
    _spaces(caption, before=8, after=4)
    _letters(quote, look, look.size, italic=True)
    _spaces(quote, before=6, after=2, together=True)
    _letters(origin, look, small, colour=SOFT if not look.is_official else INK)
    _spaces(origin, after=8)
    for style in (quote, origin):
        style.paragraph_format.left_indent = Mm(10)
        style.paragraph_format.right_indent = Mm(5)
    for level, name in enumerate(("toc 1", "toc 2")):
        _letters(document.styles[name], look, look.size - level)
        _spaces(document.styles[name], after=3)
        document.styles[name].paragraph_format.left_indent = Mm(6 * level)
        document.styles[name].paragraph_format.tab_stops.add_tab_stop(_text_width(look), 2, 1)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)


def _text_width(look: Look) -> int:
    from docx.shared import Mm

    return Mm(210 - look.margins[2] - look.margins[3])


def _language(document: "Document", lang: str) -> None:
    """Tell Word in which language to check spelling; the answers stay Vietnamese."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    for found in list(defaults.iter(qn("w:lang"))):
        found.getparent().remove(found)
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), LANGUAGE_TAGS[lang])
    element.set(qn("w:eastAsia"), LANGUAGE_TAGS[lang])
    defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")).append(element)


def _modern(document: "Document") -> None:
    """Keep Word from opening the document in the mode of an older version."""
    from docx.oxml.ns import qn

    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _numbered(document: "Document", look: Look) -> None:
    """Number the headings of two levels with a list of Word's own."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{look.first_number if level == 0 else "decimal"}"/>'
        f'<w:pStyle w:val="{document.styles[f"Heading {level + 1}"].style_id}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level, text in enumerate(look.levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}'
        "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    numbering.append(number)
    for level in range(len(look.levels)):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = level, 90
    for level in range(3):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))


def _page_numbers(section: "Section", look: Look) -> None:
    """Number the pages, from the second: offices above, others below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from thamluan.pipeline.report.word_parts import field

    section.different_first_page_header_footer = True
    paragraph = (section.header if look.is_official else section.footer).paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.extend(field("PAGE", "2"))
