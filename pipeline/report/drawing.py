"""Charts as PNG, drawn with Pillow: bars with intervals, stacked bars, bars side by side.

Lengths are millimetres on paper; the same input gives the same bytes. Shades and hatching tell parts apart in grey.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from thamluan.pipeline.report.charts import Axis
from thamluan.pipeline.report.lettering import font, lines, width
from thamluan.pipeline.report.numbers import is_missing

SCALE = 8  # pixels a millimetre, 203 a inch
WIDTH = 160.0
TEXT, SMALL = 25, 22  # pixels: 9 and 8 points
LINE, BAR, GAP, TICKS = 3.9, 3.6, 1.8, 6.0
LABEL = 52.0
PAPER, INK, SOFT, GRID, FILL = "#ffffff", "#1b232b", "#53606c", "#d5dbe1", "#8fb3d1"
SHADES = (  # ground, hatching, letters; dark to light, so that neighbours differ without colour
    ("#12436d", "", "#ffffff"),
    ("#f08a4b", "rising", "#14191f"),
    ("#a5d8cc", "dots", "#14191f"),
    ("#e3e6e9", "", "#14191f"),
    ("#801650", "falling", "#ffffff"),
    ("#b79fe0", "dots", "#14191f"),
)


@dataclass(frozen=True)
class Drawing:
    """A picture and its size on paper in millimetres."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A share with its interval; `note` stands at its right."""

    label: str
    share: float
    low: float
    high: float
    note: str


@dataclass(frozen=True)
class Stack:
    """Parts of a whole side by side; `counts` stand in those that have room."""

    label: str
    parts: tuple[float, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """Shares under a title of their own, on the rows of `side_by_side`."""

    title: str
    bars: tuple[Bar, ...]


class _Sheet:
    """A sheet of paper to draw on, in millimetres."""

    def __init__(self, height: float) -> None:
        from PIL import Image, ImageDraw

        self.height = height
        self.image = Image.new("RGB", (round(WIDTH * SCALE), round(height * SCALE)), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, *, to: tuple[float, float], fill: str, hatching: str = "") -> None:
        left, top, right, bottom = (round(length * SCALE) for length in (x, y, *to))
        if right <= left:
            return
        self.draw.rectangle((left, top, right - 1, bottom - 1), fill=fill)
        self._hatch((left, top, right, bottom), hatching)

    def _hatch(self, box: tuple[int, int, int, int], hatching: str) -> None:
        from PIL import Image, ImageDraw

        if not hatching:
            return
        left, top, right, bottom = box
        mask = Image.new("L", (right - left, bottom - top), 0)
        draw, high = ImageDraw.Draw(mask), bottom - top
        for start in range(-high, right - left + high, 12):
            if hatching == "dots":
                for y in range(4, high, 10):
                    draw.ellipse((start + 3, y, start + 6, y + 3), fill=70)
            else:
                ends = (start, high, start + high, 0) if hatching == "rising" else (start, 0, start + high, high)
                draw.line(ends, fill=70, width=3)
        self.image.paste(Image.new("RGB", mask.size, INK), (left, top), mask)

    def line(self, x: float, y: float, *, to: tuple[float, float], fill: str, thick: int = 1) -> None:
        self.draw.line([round(length * SCALE) for length in (x, y, *to)], fill=fill, width=thick)

    def text(self, x: float, y: float, text: str, *, size: int = TEXT, anchor: str = "lm", fill: str = INK) -> None:
        self.draw.text((round(x * SCALE), round(y * SCALE)), text, fill=fill, font=font(size), anchor=anchor)

    def label(self, label: Sequence[str], *, right: float, middle: float) -> None:
        """Write lines that end at `right`, around a middle."""
        first = middle - LINE * (len(label) - 1) / 2
        for number, text in enumerate(label):
            self.text(right, first + number * LINE, text, anchor="rm")

    def bar(self, bar: Bar, axis: Axis, *, left: float, room: float, middle: float) -> None:
        if is_missing(bar.share):
            return

        def place(share: float) -> float:
            return left + room * min(max(share / axis.end, 0), 1)

        self.box(left, middle - BAR / 2, to=(place(bar.share), middle + BAR / 2), fill=FILL)
        if is_missing(bar.low) or is_missing(bar.high):
            return
        self.line(place(bar.low), middle, to=(place(bar.high), middle), fill=INK, thick=3)
        for end in (bar.low, bar.high):
            self.line(place(end), middle - 1, to=(place(end), middle + 1), fill=INK, thick=3)

    def grid(self, axis: Axis, ticks: Sequence[str], *, left: float, room: float, top: float, bottom: float) -> None:
        """Draw an axis over rows; a tick's text is left out where it would touch the one before."""
        taken = -1.0
        for share, text in zip(axis.ticks, ticks, strict=True):
            x = left + room * share / axis.end
            self.line(x, top, to=(x, bottom), fill=GRID, thick=2)
            half = width(text, SMALL) / SCALE / 2
            if x - half > taken:
                self.text(x, top - 2.5, text, size=SMALL, anchor="mm", fill=SOFT)
                taken = x + half + 1

    def drawing(self) -> Drawing:
        content = BytesIO()
        self.image.save(content, format="PNG", optimize=False, compress_level=6, dpi=(SCALE * 25.4, SCALE * 25.4))
        return Drawing(content.getvalue(), WIDTH, self.height)


def bars(rows: Sequence[Bar], *, axis: Axis, ticks: Sequence[str], most_label: float = LABEL) -> Drawing:
    """Draw shares under one another on one axis; labels are at most `most_label` millimetres wide."""
    labels = [_label(row.label, most_label) for row in rows]
    heights = [_row_height(label) for label in labels]
    note = max((width(row.note, SMALL) / SCALE for row in rows), default=0) + 2
    left = _widest(labels) + 3
    room = WIDTH - left - note - 2
    sheet = _Sheet(TICKS + sum(heights) + 2)
    sheet.grid(axis, ticks, left=left, room=room, top=TICKS, bottom=sheet.height - 1)
    y = TICKS
    for row, label, height in zip(rows, labels, heights, strict=True):
        middle = y + height / 2
        sheet.label(label, right=left - 1.5, middle=middle)
        sheet.bar(row, axis, left=left, room=room, middle=middle)
        sheet.text(WIDTH - 0.5, middle, row.note, size=SMALL, anchor="rm")
        y += height
    return sheet.drawing()


def stacks(rows: Sequence[Stack], *, legend: Sequence[str]) -> Drawing:
    """Draw wholes under one another, each over the full width, with a legend above."""
    labels = [_label(row.label) for row in rows]
    heights = [_row_height(label) + 0.8 for label in labels]
    left = _widest(labels) + 3
    places, legend_height = _legend(legend)
    sheet = _Sheet(legend_height + sum(heights) + 2)
    for number, (x, y, text) in enumerate(places):
        ground, hatching, _ = SHADES[number % len(SHADES)]
        sheet.box(x, y - 1.5, to=(x + 4.5, y + 1.5), fill=ground, hatching=hatching)
        sheet.text(x + 6, y, text, size=SMALL)
    y = legend_height
    for row, label, height in zip(rows, labels, heights, strict=True):
        middle = y + height / 2
        sheet.label(label, right=left - 1.5, middle=middle)
        _stack(sheet, row, left=left, room=WIDTH - left - 1, middle=middle)
        y += height
    return sheet.drawing()


def side_by_side(panels: Sequence[Panel], *, axis: Axis, ticks: Sequence[str], across: int = 3) -> Drawing:
    """Draw panels with the same rows beside and below one another; the rows are named at the left."""
    labels = [_label(bar.label) for bar in panels[0].bars]
    heights = [_row_height(label) for label in labels]
    left = _widest(labels) + 3
    room = (WIDTH - left) / across
    blocks = []
    for start in range(0, len(panels), across):
        shown = panels[start : start + across]
        titles = [lines(panel.title, size=SMALL, most_width=(room - 3) * SCALE, most_lines=4) for panel in shown]
        blocks.append((shown, titles, max(map(len, titles)) * 3.4 + 2))
    note = max(width(bar.note, SMALL) / SCALE for panel in panels for bar in panel.bars) + 1.5
    sheet = _Sheet(sum(head + TICKS + sum(heights) + 4 for _, _, head in blocks))
    top = 0.0
    for shown, titles, head in blocks:
        bottom = top + head + TICKS + sum(heights)
        for number, (panel, title) in enumerate(zip(shown, titles, strict=True)):
            x = left + number * room
            for line, text in enumerate(title):
                sheet.text(x, top + 2 + line * 3.4, text, size=SMALL)
            sheet.grid(axis, ticks, left=x, room=room - note - 5, top=top + head + TICKS, bottom=bottom)
            y = top + head + TICKS
            for bar, label, height in zip(panel.bars, labels, heights, strict=True):
                middle = y + height / 2
                if not number:
                    sheet.label(label, right=left - 1.5, middle=middle)
                sheet.bar(bar, axis, left=x, room=room - note - 5, middle=middle)
                sheet.text(x + room - 4, middle, bar.note, size=SMALL, anchor="rm")
                y += height
        top = bottom + 4
    return sheet.drawing()


def _label(text: str, most: float = LABEL) -> tuple[str, ...]:
    return lines(text, size=TEXT, most_width=most * SCALE)


def _row_height(label: Sequence[str]) -> float:
    return max(BAR, len(label) * LINE) + GAP


def _widest(labels: Sequence[Sequence[str]]) -> float:
    return max((width(line, TEXT) / SCALE for label in labels for line in label), default=0)


def _legend(legend: Sequence[str]) -> tuple[list[tuple[float, float, str]], float]:
    """Place the words of a legend in rows; give them and the height that they take."""
    places, x, y = [], 0.0, 3.0
    for text in legend:
        shown = " ".join(lines(text, size=SMALL, most_width=(WIDTH - 10) * SCALE, most_lines=1))
        length = 6 + width(shown, SMALL) / SCALE + 5
        if x and x + length > WIDTH:
            x, y = 0.0, y + 5
        places.append((x, y, shown))
        x += length
    return places, y + 4


def _stack(sheet: _Sheet, row: Stack, *, left: float, room: float, middle: float) -> None:
    parts = [0 if is_missing(part) else part for part in row.parts]
    whole, x = sum(parts), left
    for number, (part, count) in enumerate(zip(parts, row.counts, strict=True)):
        if part <= 0:
            continue
        end = x + room * part / whole
        ground, hatching, ink = SHADES[number % len(SHADES)]
        sheet.box(x, middle - 2.2, to=(end, middle + 2.2), fill=ground, hatching=hatching)
        half = width(count, SMALL) / SCALE / 2 + 0.7
        if end - x > 2 * half + 0.5:
            centre = (x + end) / 2
            if hatching:
                sheet.box(centre - half, middle - 1.7, to=(centre + half, middle + 1.7), fill=ground)
            sheet.text(centre, middle, count, size=SMALL, anchor="mm", fill=ink)
        x = end
