"""Paragraphs: rows of type on pages -> paragraphs, by where the rows stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from thamluan.pipeline.letters import ends_as_sentence
from thamluan.pipeline.readers.documents.lines import Line

LIST_MARK = re.compile(r"(?:[-–—•*+▪►✓●○➢❖·]\s*|\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-hđ][.)]\s+|[IVX]{1,5}[.)]\s+)(?=\S)")
FULL_SHARE = 0.8  # of the longest row: what a row must have, with the first word of the next, to be full
INDENT = 0.8  # heights of type: what begins so much farther right is a first row
HANG = 3.0  # heights of type: so far right of its mark the text of a list item may stand
GAP = 1.25  # ordinary distances between rows: more space than that parts paragraphs
MAX_LEADING = 2.4  # heights of type from row to row that can be ordinary
SAME_SIZE = 0.6  # points
CAPITAL_WIDTH = 0.6  # heights of type: of a capital in the middle, with the spaces between words
MAX_OFF_MIDDLE = 1.5  # heights of type by which the middles of centred rows may differ, so measured


@dataclass(frozen=True)
class Row:
    """A row of type: its text, where it begins (in points, y upwards), its height, how many characters are bold."""

    text: str
    x: float
    y: float
    height: float
    n_bold: int
    page: int

    def with_more(self, text: str, *, height: float, is_bold: bool) -> "Row":
        """Add a piece to the row's end; the row is as high as its highest piece, which a bullet is not."""
        is_bold_so_far = self.n_bold >= len(self.text.rstrip())
        whole = self.text + text
        n_bold = len(whole) if is_bold and is_bold_so_far else self.n_bold
        return replace(self, text=whole, height=max(self.height, height), n_bold=n_bold)

    def stripped(self) -> "Row":
        """Take the white space off at the row's end."""
        text = self.text.rstrip()
        return replace(self, text=text, n_bold=min(self.n_bold, len(text)))


@dataclass(frozen=True)
class Setting:
    """How most rows are set: distance from row to row in heights of type, left edge, characters of a full row."""

    leading: float
    left: float
    n_characters: int


def joined(rows: Sequence[Row]) -> tuple[Line, ...]:
    """Join rows to paragraphs, with a space; a paragraph stands on the page on which it begins.

    A row goes on with the row before it if it is set alike, close below it and not indented, and that row was full; a
    title in capitals if its rows are centred.
    Over the end of a page a paragraph goes on if its sentence does.
    """
    if not rows:
        return ()
    setting = _setting(rows)
    paragraphs = [[rows[0]]]
    for row, following in pairwise(rows):
        if _goes_on(row, following, setting=setting):
            paragraphs[-1].append(following)
        else:
            paragraphs.append([following])
    return tuple(map(_line, paragraphs))


def _setting(rows: Sequence[Row]) -> Setting:
    distances = [
        (row.y - following.y) / row.height
        for row, following in pairwise(rows)
        if row.page == following.page and row.height > 0 and 0 < row.y - following.y <= MAX_LEADING * row.height
    ]
    lengths = sorted(len(row.text) for row in rows)
    full = lengths[int(0.9 * (len(lengths) - 1))]
    long_rows = [row.x for row in rows if len(row.text) >= FULL_SHARE * full]
    return Setting(median(distances) if distances else MAX_LEADING, median(long_rows), full)


def _goes_on(row: Row, following: Row, *, setting: Setting) -> bool:
    is_alike = abs(row.height - following.height) <= SAME_SIZE and _is_bold(row) == _is_bold(following)
    if not is_alike or LIST_MARK.match(following.text):
        return False
    is_elsewhere = row.page != following.page or following.y > row.y
    is_close = not is_elsewhere and (row.y - following.y) / max(row.height, 1.0) <= GAP * setting.leading
    if is_close and _is_title(row, following, setting=setting):
        return True
    first_word = following.text.split(maxsplit=1)[0]
    is_full = len(row.text) + 1 + len(first_word) >= FULL_SHARE * setting.n_characters
    if not is_full or _is_indented(following, row, setting=setting):
        return False
    return not ends_as_sentence(row.text) if is_elsewhere else is_close


def _is_title(row: Row, following: Row, *, setting: Setting) -> bool:
    """Say whether two rows stand in capitals around the same middle, and not both at the left edge."""
    edge = setting.left + INDENT * row.height
    are_centred = abs(_middle(row) - _middle(following)) <= MAX_OFF_MIDDLE * row.height
    return row.text.isupper() and following.text.isupper() and max(row.x, following.x) > edge and are_centred


def _middle(row: Row) -> float:
    return row.x + len(row.text) * CAPITAL_WIDTH * row.height / 2


def _is_indented(following: Row, row: Row, *, setting: Setting) -> bool:
    is_item = LIST_MARK.match(row.text) is not None  # whose next rows hang below its text
    is_deeper = following.x > setting.left + INDENT * following.height and following.x > row.x + 1
    return is_deeper and not (is_item and following.x - row.x <= HANG * following.height)


def _is_bold(row: Row) -> bool:
    return row.n_bold >= len(row.text)


def _line(rows: Sequence[Row]) -> Line:
    text = " ".join(row.text for row in rows)
    n_bold = 0
    for row in rows:
        n_bold += row.n_bold
        if not _is_bold(row):
            break
        n_bold += 1
    return Line(text, n_bold=min(n_bold, len(text)), page=rows[0].page)
