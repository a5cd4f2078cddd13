"""How a Word report begins and ends in each style: names of bodies, number, date, title, and the signature."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.office import OFFICE
from thamluan.pipeline.report.word_parts import TWIPS_A_MM, Draft, element, fill

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LEFT = 0.4  # of the width: the issuing body; the rest has the state or the Party, with place and date


def plain_head(draft: Draft, subtitle: str) -> None:
    """Write a title page."""
    from docx.enum.text import WD_BREAK

    template_head(draft, subtitle).add_run().add_break(WD_BREAK.PAGE)


def template_head(draft: Draft, subtitle: str) -> "Paragraph":
    """Write title, what was coded by, and who hands it in where and when; a template has what stands around."""
    words, office = WORDS[draft.lang], OFFICE[draft.lang]
    draft.paragraph(words["title"], style="Title")
    draft.paragraph(subtitle, style="Subtitle")
    fill(draft.paragraph("", style="Subtitle"), office["body_plain"])
    date = draft.paragraph("", style="Subtitle")
    fill(date, office["date"])
    return date


def state_head(draft: Draft, subtitle: str) -> None:
    """Write the head of a paper of the state: Nghị định 30/2020/NĐ-CP, annex I, part II."""
    office = OFFICE[draft.lang]
    left, right = _two_columns(draft)
    _centred(left, office["superior"], size=12)
    _rule(_centred(left, office["body"], size=12, bold=True), 18)
    _centred(left, office["number_state"], size=13, before=6)
    _centred(right, office["state"], size=12, bold=True)
    _rule(_centred(right, office["motto"], size=13, bold=True), 21)
    _centred(right, office["date"], size=13, italic=True, before=6)
    _rule(_official_title(draft), 65)
    draft.paragraph(subtitle, style="Note").alignment = 1


def party_head(draft: Draft, subtitle: str) -> None:
    """Write the head of a paper of the Party: Hướng dẫn 36-HD/VPTW."""
    office = OFFICE[draft.lang]
    left, right = _two_columns(draft)
    _centred(left, office["superior"], size=14)
    _centred(left, office["body"], size=14, bold=True)
    _centred(left, "*", size=14)
    _centred(left, office["number_party"], size=14)
    _rule(_centred(right, office["party"], size=15, bold=True), 14)
    _centred(right, office["date"], size=14, italic=True, before=6)
    _official_title(draft)
    draft.paragraph("-----", style="Subtitle")
    draft.paragraph(subtitle, style="Note").alignment = 1


def state_end(draft: Draft) -> None:
    """Write receivers and signature of a paper of the state."""
    office = OFFICE[draft.lang]
    left, right = _two_columns(draft, at_end=True)
    _line(left, office["receivers"], size=12, bold=True, italic=True)
    for key in ("receiver", "kept"):
        _line(left, office[key], size=11)
    _centred(right, office["signer"], size=14, bold=True)
    _centred(right, office["name"], size=14, bold=True, before=60)


def party_end(draft: Draft) -> None:
    """Write receivers and signature of a paper of the Party."""
    office = OFFICE[draft.lang]
    left, right = _two_columns(draft, at_end=True)
    _line(left, office["receivers"], size=14, underline=True)
    for key in ("receiver", "kept"):
        _line(left, office[key], size=12)
    _centred(right, office["for_party"], size=14, bold=True)
    _centred(right, office["signer"], size=14)
    _centred(right, office["name"], size=14, bold=True, before=60)


def no_end(draft: Draft) -> None:
    """Write no signature."""


HEADS: Mapping[str, Callable[[Draft, str], None]] = {
    "plain": plain_head,
    "state": state_head,
    "party": party_head,
}
ENDS: Mapping[str, Callable[[Draft], None]] = {"plain": no_end, "state": state_end, "party": party_end}


def _official_title(draft: Draft) -> "Paragraph":
    office = OFFICE[draft.lang]
    draft.paragraph(office["kind"], style="Title")
    return draft.paragraph(office["subject"], style="Subtitle")


def _two_columns(draft: Draft, *, at_end: bool = False) -> "tuple[_Cell, _Cell]":
    """Make two cells side by side without lines, each without its first paragraph's text."""
    from docx.shared import Mm

    table = draft.document.add_table(rows=1, cols=2)
    table.autofit = False
    properties = table._tbl.tblPr
    for found in properties.findall("{*}tblStyle"):
        properties.remove(found)
    left = (0.5 if at_end else LEFT) * draft.width
    cells = table.rows[0].cells
    for cell, column, width in zip(cells, table.columns, (left, draft.width - left), strict=True):
        column.width = cell.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(element("cantSplit"))
    return cells[0], cells[1]


def _line(
    cell: "_Cell",
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    before: float = 0,
) -> "Paragraph":
    from docx.shared import Pt

    first = cell.paragraphs[0]
    paragraph = first if not len(first._p) else cell.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    fill(paragraph, text)
    for letters in paragraph._p.iter("{*}r"):
        style = letters.get_or_add_rPr()
        style.sz_val = Pt(size)
        for name, is_on in (("b", bold), ("i", italic)):
            if is_on:
                style._add_b() if name == "b" else style._add_i()
        if underline:
            style.u_val = True
    for blank in paragraph._p.iter("{*}sdt"):  # what a person fills in looks the same
        blank[0].insert(0, deepcopy(next(blank.iter("{*}rPr"))))
    return paragraph


def _centred(
    cell: "_Cell", text: str, *, size: float, bold: bool = False, italic: bool = False, before: float = 0
) -> "Paragraph":
    paragraph = _line(cell, text, size=size, bold=bold, italic=italic, before=before)
    paragraph.alignment = 1
    return paragraph


def _rule(paragraph: "Paragraph", indent: float) -> None:
    """Draw a line below a paragraph that leaves `indent` millimetres at both sides."""
    side = str(round(indent * TWIPS_A_MM))
    border = element("pBdr", element("top", val="single", sz="6", space="1", color="000000"))
    form = element(
        "pPr",
        border,
        element("spacing", before="40", after="0", line="120", lineRule="exact"),
        element("ind", left=side, right=side),
    )
    paragraph._p.addnext(element("p", form))
