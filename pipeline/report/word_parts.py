"""The parts of a Word report: headings, captions with real numbers, tables, pictures with words, fields, contents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from thamluan.pipeline.report.office import OFFICE
from thamluan.pipeline.report.pictures import Picture

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph

Element = Any  # of lxml, whose classes have no types
FORBIDDEN = re.compile("[^\t\n\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
PLACEHOLDER = re.compile(r"(\[[^\]]+\])")
TWIPS_A_MM = 56.6929
EMU_A_MM = 36000
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="9AA5B0"'
STAYS_TOGETHER = 12  # rows; longer tables may be divided between pages
MOST_HEIGHT = 220  # millimetres of a picture, so that its caption is on the same page
MOST_ALTERNATIVE = 1500  # characters


def shown(text: str) -> str:
    """Replace what a Word file cannot hold; every other text stays.

    >>> shown("họp" + chr(11) + " đều")
    'họp� đều'
    """
    return FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """Make an element of WordprocessingML; attributes are of the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), value)
    made.extend(children)
    return made


def run(text: str) -> Element:
    """Make a run of text; line breaks and tabs are kept."""
    made = element("r")
    made.text = shown(text)
    return made


def field(instruction: str, result: str, *, is_stale: bool = False) -> list[Element]:
    """Make a field with what it showed last."""
    from docx.oxml.ns import qn

    code = element("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    begin = element("fldChar", fldCharType="begin", **({"dirty": "true"} if is_stale else {}))
    parts = [begin, code, element("fldChar", fldCharType="separate"), None, element("fldChar", fldCharType="end")]
    return [run(result) if part is None else element("r", part) for part in parts]


def blank(text: str, *, tag: str) -> Element:
    """Make a place that a person fills in: a content control that shows what belongs there."""
    properties = element(
        "sdtPr",
        element("alias", val=text.strip("[]")),
        element("tag", val=tag),
        element("showingPlcHdr"),
        element("text"),
    )
    return element("sdt", properties, element("sdtContent", run(text)))


def fill(paragraph: "Paragraph", text: str) -> None:
    """Write a text whose words in square brackets are to be filled in."""
    for number, part in enumerate(filter(None, PLACEHOLDER.split(text))):
        paragraph._p.append(blank(part, tag=f"field{number}") if PLACEHOLDER.fullmatch(part) else run(part))


@dataclass
class Draft:
    """A document that is being written, and what was numbered in it so far. `width` is that of the text, in mm."""

    document: "Document"
    lang: str
    width: float
    counts: dict[str, int] = dataclass_field(default_factory=dict)
    style_ids: dict[str, str] = dataclass_field(default_factory=dict)
    headings: list[tuple[int, str, str]] = dataclass_field(default_factory=list)  # level, text, bookmark

    def heading(self, text: str, *, level: int, is_numbered: bool = True, on_new_page: bool = False) -> None:
        paragraph = self.paragraph("", style=f"Heading {level}")
        bookmark = f"_Toc{len(self.headings) + 1:08d}"
        number = str(len(self.headings) + 1)
        paragraph._p.append(element("bookmarkStart", id=number, name=bookmark))
        paragraph._p.append(run(text))
        paragraph._p.append(element("bookmarkEnd", id=number))
        paragraph.paragraph_format.page_break_before = True if on_new_page else None
        if not is_numbered:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, 0
        self.headings.append((level, shown(text), bookmark))

    def paragraph(self, text: str, *, style: str = "Body Text") -> "Paragraph":
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self.style_id(style)
        if text:
            paragraph._p.append(run(text))
        return paragraph

    def style_id(self, name: str) -> str:
        """Find a style's id; a search through all styles is made once a name."""
        if name not in self.style_ids:
            self.style_ids[name] = self.document.styles[name].style_id
        return self.style_ids[name]

    def caption(self, text: str, *, kind: str, with_next: bool) -> None:
        """Write a caption whose number is a field of its own; `kind` is "table" or "picture"."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        label = OFFICE[self.lang][kind]
        paragraph = self.paragraph(f"{label} ", style="Caption")
        paragraph._p.extend(field(f"SEQ {label} \\* ARABIC", str(self.counts[kind])))
        paragraph._p.append(run(f". {text}"))
        paragraph.paragraph_format.keep_with_next = with_next

    def picture(self, picture: Picture) -> None:
        """Lay in a chart, scaled to the text's width, with what it shows in words."""
        drawing = picture.drawing
        width = min(drawing.width, self.width, drawing.width * MOST_HEIGHT / drawing.height)
        paragraph = self.paragraph("", style="Normal")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(drawing.png), width=round(width * EMU_A_MM))
        described = shape._inline.docPr
        described.set("descr", shown(picture.alternative)[:MOST_ALTERNATIVE])
        described.set("name", f"{OFFICE[self.lang]['picture']} {self.counts.get('picture', 0) + 1}")
        shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "chart.png")
        self.caption(picture.caption, kind="picture", with_next=bool(picture.note))
        if picture.note:
            self.paragraph(picture.note, style="Note")

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        caption: str,
        note: str = "",
        n_left: int = 1,
    ) -> None:
        """Write a table under its caption; one without a `head` has no row of heads.

        `widths` are parts of the text's width; columns after `n_left` end right.
        """
        self.caption(caption, kind="table", with_next=True)
        sizes = [round(part / sum(widths) * self.width * TWIPS_A_MM) for part in widths]
        table = _frame(sizes, caption=shown(caption))
        if head:
            table.append(self._row(head, sizes, n_left=n_left, is_head=True, with_next=True))
        stays = len(rows) - 1 if len(rows) <= STAYS_TOGETHER else 0
        for number, cells in enumerate(rows):
            table.append(self._row(cells, sizes, n_left=n_left, with_next=number < stays))
        self.place(table)
        if note:
            self.paragraph(note, style="Note")
        else:
            self._gap()

    def _gap(self) -> None:
        """Keep a table apart from what follows; two tables without a paragraph between them would become one."""
        from docx.shared import Pt

        form = self.paragraph("", style="Normal").paragraph_format
        form.line_spacing, form.space_after = Pt(6), Pt(0)

    def _row(
        self, cells: Sequence[str], sizes: Sequence[int], *, n_left: int, with_next: bool, is_head: bool = False
    ) -> Element:
        properties = element("trPr", element("cantSplit"))
        if is_head:
            properties.append(element("tblHeader"))
        return element(
            "tr",
            properties,
            *(
                self._cell(text, size, is_right=number >= n_left, is_bold=is_head, with_next=with_next)
                for number, (text, size) in enumerate(zip(cells, sizes, strict=True))
            ),
        )

    def _cell(self, text: str, size: int, *, is_right: bool, is_bold: bool, with_next: bool) -> Element:
        form = element("pPr", element("pStyle", val=self.style_id("Table Text")))
        if with_next:
            form.append(element("keepNext"))
        if is_right:
            form.append(element("jc", val="right"))
        letters = run(text)
        if is_bold:
            letters.insert(0, element("rPr", element("b")))
        properties = element("tcPr", element("tcW", w=str(size), type="dxa"))
        if is_bold:
            properties.append(element("shd", val="clear", color="auto", fill="EEF1F4"))
            properties.append(element("vAlign", val="bottom"))
        return element("tc", properties, element("p", form, letters))

    def quote(self, text: str, origin: str) -> None:
        """Write a quote with where it was said below it."""
        self.paragraph(text, style="Quote")
        self.paragraph(origin, style="Quote Origin")

    def place(self, made: Element) -> None:
        """Put an element at the end, before the properties of the last section."""
        self.document.element.body._insert_tbl(made)

    def contents(self, title: str) -> "CT_P":
        """Keep the place of the table of contents."""
        return self.paragraph(title, style="TOC Heading")._p

    def fill_contents(self, place: "CT_P") -> None:
        """Write the table of contents: a field that Word fills with pages, and until then links to the headings."""
        listed = [heading for heading in self.headings if heading[0] < 3]
        before = place
        for number, (level, text, bookmark) in enumerate(listed):
            link = element("hyperlink", run(text), anchor=bookmark, history="1")
            line = element("p", element("pPr", element("pStyle", val=self.style_id(f"toc {level}"))))
            opening = field('TOC \\o "1-2" \\h \\z \\u', "", is_stale=True)
            line.extend(opening[:3] if number == 0 else [])
            line.append(link)
            line.extend(opening[-1:] if number == len(listed) - 1 else [])
            before.addnext(line)
            before = line


def _frame(sizes: Sequence[int], *, caption: str) -> Element:
    """Make a table without rows: thin lines between rows, columns of fixed width, a caption for screen readers."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    lines = "".join(f"<w:{side} {LINE}/>" for side in ("top", "bottom", "insideH"))
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" '
        'w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        'w:noVBand="1"/></w:tblPr><w:tblGrid/></w:tbl>'
    )
    table.tblPr.append(element("tblCaption", val=caption))
    table.tblGrid.extend(element("gridCol", w=str(size)) for size in sizes)
    return table
