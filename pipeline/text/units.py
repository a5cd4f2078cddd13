"""Units: one idea each, a sentence or a list item, as offsets into the raw text."""

import re
from collections.abc import Iterator

# Written before a name or number, so the full stop after them ends nothing.
ABBREVIATIONS = frozenset(
    "tp tx tt đ/c ths ts gs pgs bs ks cn cv ncs pts gs.ts pgs.ts th.s ub v.v tr nxb sđt đt mr mrs ms dr st no".split()
)
NUMBERED = frozenset("điều khoản mục câu phần chương bài số điểm bước".split())

MARKER = re.compile(
    r"""[^\S\n]*(?:
        [-–—•*+·▪►✓●○➢❖#>=]+[^\S\n]*(?=\S)     # - dash or bullet; also "=>" and markdown's "##"
      | \d{1,2}(?:\.\d{1,2})*[.)/][^\S\n]+      # 1.  2)  1.2.
      | \d{1,2}[.)](?=[^\W\d_])                 # 1.Ban
      | [a-zđ][.)][^\S\n]+                      # a)
      | [IVX]{1,5}[.)][^\S\n]+                  # II.
    )""",
    re.VERBOSE,
)
STOP = re.compile(r"(?:\.{2,}|…|[.!?])(?:[.!?…]*)[\"')\]”’»]*")
LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘«]*$")


def unit_spans(text: str) -> list[tuple[int, int]]:
    """Find the units of a text: start and end of each, in order and apart.

    A line break ends a unit; so does a full stop, question or exclamation mark, or an ellipsis that no lower-case
    letter follows. List markers and the white space around a unit belong to none.

    >>> text = "- Phụ cấp thấp (1.200.000 đ).Đề nghị tăng!"
    >>> [text[start:end] for start, end in unit_spans(text)]
    ['Phụ cấp thấp (1.200.000 đ).', 'Đề nghị tăng!']
    """
    spans = []
    for line in re.finditer(r"[^\n\r\v\f\x85\u2028\u2029]+", text):
        start = line.start()
        marker = MARKER.match(text, start, line.end())
        if marker is not None and text[marker.end() : line.end()].strip():
            start = marker.end()
        for end in (*_sentence_ends(text, start, line.end()), line.end()):
            piece = text[start:end]
            if piece.strip():
                left = len(piece) - len(piece.lstrip())
                spans.append((start + left, start + len(piece.rstrip())))
            start = end
    return spans


def _sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    for stop in STOP.finditer(text, start, end):
        after = text[stop.end() : end]
        following = after.lstrip()
        if following and _ends_sentence(text[start : stop.start()], stop.group(), after):
            yield stop.end()


def _ends_sentence(before: str, stop: str, after: str) -> bool:
    """Decide for a stop within a line: what stands before it, the stop itself, what stands after it."""
    following = after.lstrip()
    is_spaced = len(following) < len(after)
    token = LAST_TOKEN.search(before).group()
    if not is_spaced:
        # "khối phố.Đồng chí": a space was forgotten; "baolangson.vn", "TP.Hà Nội" and "1.200" are not ends.
        return following[0].isupper() and token[-1:].islower() and token.lower() not in ABBREVIATIONS
    if stop.startswith(("..", "…")):
        return not following[0].islower()
    if not stop.startswith("."):
        return True
    words = before.split()
    if token.isdigit() and len(words) > 1 and words[-2].lower() in NUMBERED:
        return False
    if token.lower() == "v.v":
        return following[0].isupper()
    is_initial = len(token) == 1 and token.isupper()
    return not is_initial and token.lower() not in ABBREVIATIONS
