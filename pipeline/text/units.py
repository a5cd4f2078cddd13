"""Units: one idea each, a sentence or a list item, as offsets into the raw text."""

import re
from collections.abc import Iterator

# Written before a name or number, so the full stop after them ends nothing.
ABBREVIATIONS = frozenset(
    "tp tx tt p q đ/c ths ts gs pgs bs ks cn cv ncs pts gs.ts pgs.ts th.s ub vd nxb sđt đt mr mrs ms dr".split()
)
NUMBERED = frozenset("điều khoản mục câu phần chương bài số điểm bước".split())  # "Điều 5. Kinh phí" is a heading

LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"
LINE = re.compile(f"[^{LINE_BREAKS}]+")
MARKER = re.compile(
    r"""\s*(?:
        [-–—•*+·▪►✓●○➢❖#>=]++(?!\d)(?!(?<=[+>=])\s+\d)\s*  # - dash or bullet; "=>"; "##"; not "-5", "> 50"
      | \d{1,2}(?:\.\d{1,2})*[.)/]\s+                      # 1.  2)  1.2.
      | \d{1,2}[.)](?=[^\W\d_])                            # 1.Ban
      | [a-hđ][.)]\s+                                       # a)  but not "k.", which is "không"
      | [IVX]{1,5}[.)]\s+                                   # II.
    )(?=\S)""",
    re.VERBOSE,
)
STOP = re.compile(r"(?:\.{2,}|…|[.!?])[.!?…]*[\"')\]”’»]*")
FILLED = re.compile(r"\S")
LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘«]*$")
SEMICOLON = re.compile(r";\s")
LIST_WORDS = 40  # a sentence of so many words, with semicolons, is a list
ITEM_WORDS = 8  # its items have so many words or more; shorter ones stay together
LOOK_BACK = 40  # characters before a stop that tell what it is; all abbreviations are shorter


def unit_spans(text: str) -> list[tuple[int, int]]:
    """Find the units of a text: start and end of each, in order and apart.

    A line break ends a unit; so does a full stop, question or exclamation mark, or an ellipsis that no lower-case
    letter follows. A list inside a long sentence, its items apart by semicolons, is cut too. List markers and the white
    space around a unit belong to none.

    >>> text = "- Phụ cấp thấp (1.200.000 đ).Đề nghị tăng!"
    >>> [text[start:end] for start, end in unit_spans(text)]
    ['Phụ cấp thấp (1.200.000 đ).', 'Đề nghị tăng!']
    """
    spans = []
    for line in LINE.finditer(text):
        for sentence in _sentences(text, *line.span()):
            for start, end in _items(text, *sentence):
                piece = text[start:end]
                if piece.strip():
                    spans.append((end - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a line after each stop that ends a sentence, and take list markers off."""
    start = _after_markers(text, start, end)
    for stop in STOP.finditer(text, start, end):
        following = FILLED.search(text, stop.end(), end)
        # A stop before the start belongs to a list marker.
        if following is not None and stop.start() >= start:
            before = text[max(start, stop.start() - LOOK_BACK) : stop.start()]
            if _ends_sentence(before, stop.group(), following.group(), is_spaced=following.start() > stop.end()):
                yield start, stop.end()
                start = _after_markers(text, stop.end(), end)
    yield start, end


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a long sentence after semicolons into pieces of `ITEM_WORDS` or more."""
    if len(text[start:end].split()) < LIST_WORDS:
        return [(start, end)]
    items = []
    for stop in (*(semicolon.end() for semicolon in SEMICOLON.finditer(text, start, end)), end):
        if len(text[start:stop].split()) >= ITEM_WORDS:
            items.append((start, stop))
            start = _after_markers(text, stop, end)
    if start == end:
        return items
    if items:
        start, _ = items.pop()
    return [*items, (start, end)]


def _after_markers(text: str, start: int, end: int) -> int:
    while marker := MARKER.match(text, start, end):
        start = marker.end()
    return start


def _ends_sentence(before: str, stop: str, following: str, *, is_spaced: bool) -> bool:
    """Decide for a stop within a line: what stands before it, the stop itself, and the next character."""
    token = LAST_TOKEN.search(before).group()
    is_ellipsis = stop.startswith(("..", "…"))
    if stop.startswith(".") and not is_ellipsis:
        words = before.split()
        if len(words) == 2 and words[0].lower() in NUMBERED and token.isdigit():
            return False
        if token.lower() in ABBREVIATIONS or (len(token) == 1 and token.isupper()):
            return False
        if token.lower() == "v.v":
            return following.isupper()
    if not is_spaced:
        # "khối phố.Đồng chí": a space was forgotten; "baolangson.vn", "NĐ.CP" and "1.200" are no ends.
        return following.isupper() and token != "" and not token[-1].isupper()
    return not (is_ellipsis and following.islower())
