"""How cells look: typed numbers, wrapped texts, and texts that stay texts."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thamluan.pipeline.report.workbook.sheet import TEXTUAL, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

NUMBER_FORMATS = {
    Kind.TEXT: "General",
    Kind.CODE: "General",
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.HELPER: "0.0%",
    Kind.DECIMAL: "0.00",
    Kind.P: '[<0.001]"< 0.001";0.000',
}
INK, SOFT, LIGHT, ACCENT = "#1B232B", "#7A8691", "#D5DBE1", "#12436D"


@dataclass
class Formats:
    """The formats of a workbook, each made once."""

    book: "Workbook"
    made: dict[tuple[tuple[str, object], ...], "Format"] = field(default_factory=dict)

    # object: what the library takes, which names its properties by texts.
    def of(self, **properties: object) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    def cell(self, kind: Kind, *, wraps: bool = False, is_disarmed: bool = False) -> "Format":
        """Give the format of a cell; a disarmed text stays one when it is typed over."""
        looks = {"num_format": NUMBER_FORMATS[kind], "valign": "top", "bottom": 1, "bottom_color": LIGHT}
        looks["font_color"] = SOFT if kind == Kind.HELPER else INK
        if kind == Kind.TEXT:
            looks |= {"align": "left", "indent": 1}
        if wraps:
            looks["text_wrap"] = True
        if is_disarmed:
            looks["quote_prefix"] = True
        return self.of(**looks)

    def head(self, kind: Kind) -> "Format":
        align = "left" if kind in TEXTUAL else "right"
        looks = {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter"}
        return self.of(**looks, align=align, indent=int(kind == Kind.TEXT))

    def caption(self) -> "Format":
        return self.of(bold=True, font_size=14, font_color=ACCENT)

    def note(self) -> "Format":
        return self.of(font_color=SOFT)
