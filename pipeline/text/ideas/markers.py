"""List markers: numbers, letters, dashes and bullets before an item, at the head of a line and inside it."""

import re
from itertools import pairwise

# The letters from Ạ to Ỹ alternate: capital, small.
CAPITALS = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
MARKER = re.compile(
    rf"""\s*(?:
        [-–—•*+·▪►✓●○➢❖◦‣#>=]++(?!\d)(?!(?<=[+>=])\s+\d)\s*  # - dash or bullet; "=>"; "##"; not "-5", "> 50"
      | \(\d{{1,2}}\)\s*(?=[^\W\d_])                           # (1)
      | \([a-zđ]\)\s+                                        # (a)
      | \d{{1,2}}(?:\.\d{{1,2}})*[.)/]\s+                        # 1.  2)  1.2.
      | \d{{1,2}}(?:\.\d{{1,2}})+\s+(?=[{CAPITALS}][^\W\d_{CAPITALS}]*\s)  # 1.2 Về; not "1.5 tr"
      | \d{{1,2}}[.)](?=[^\W\d_])                              # 1.Ban
      | \d{{1,2}},\s+(?=[^\W\d_])                              # 1, Ban
      | (?:\d{{1,2}}|[a-hđ]|[IVX]{{1,5}})-\s+(?=[^\W\d_])        # 1- Ban
      | [a-zđ]\)\s+                                          # a)
      | [a-hđ][./]\s+                                       # a.  but not "k.", which is "không"
      | [IVX]{{1,5}}[.)/]\s+                                   # II.
    )(?=\S)""",
    re.VERBOSE,
)
BULLETS = "•▪●○➢❖✓►◦‣"  # stand for nothing else, so they start an item wherever they are
COUNTED = frozenset(  # nouns that bear a number: "tổ 2." is no second item
    "tổ khối thôn xóm ấp khu phường quận số ngõ tháng ngày năm mùng mồng quý lần đợt nhóm lớp loại hạng điều khoản mục"
    " câu phần chương bài điểm bước tập trang phòng tầng đội cụm kỳ khóa giai vòng bậc ca".split()
)
CITED = frozenset("điểm khoản mục điều câu phần".split())  # "tại điểm a), điểm b)" lists nothing
LETTERS = "abcdđeghiklmnopqrstuvxy"  # of a list, in the order of the Vietnamese alphabet; some leave out đ, or put in f
AFTER = dict(pairwise(LETTERS)) | {"d": "đe", "e": "fg", "f": "g"}

INSIDE = re.compile(
    rf"""(?:(?<!\S)|(?<=[^\W\d_][.;:,!?…]))(?:
        (?P<open>\()?(?P<name>\d{{1,2}}|[a-ik-vxyđ])(?P<close>[.)/,-])\s*(?=["'“‘«]?[^\W\d_])
      | (?P<dash>[-–—+*])\s+(?=["'“‘«]?[^\W\d_])
    )
    | (?P<bullet>[{BULLETS}])\s*(?=[^\W_])""",
    re.VERBOSE,
)
# What every list inside a line has behind its head; most lines have none, and this finds it out quickly.
HINT = re.compile(rf"[\s.;:,!?…](?:\(?(?:\d{{1,2}}|[a-zđ])[.)/,-]|[-–—+*]\s)|[{BULLETS}]")
WORD_BEFORE = re.compile(r"[^\W\d_]*(?=\s*$)")
LOOK_BACK = 30


def after_markers(text: str, start: int, end: int) -> int:
    """Find where the text begins behind the list markers that stand at `start`."""
    while marker := MARKER.match(text, start, end):
        start = marker.end()
    return start


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a line at the list markers inside it; what stands before the first is a piece too.

    Numbers and letters mark items where they rise from 1 or a by one, so a number in a sentence marks none.

    >>> line = "Kiến nghị: 1.Tăng phụ cấp 2.Sửa nhà văn hóa tổ 5"
    >>> [line[start:end].strip() for start, end in items(line, 0, len(line))]
    ['Kiến nghị:', 'Tăng phụ cấp', 'Sửa nhà văn hóa tổ 5']
    """
    if HINT.search(text, start, end) is None:
        return [(start, end)]
    found = list(INSIDE.finditer(text, start, end))
    cuts = sorted({(mark.start(), mark.end()) for mark in (*_rising(text, found, start), *_dashes(text, found, start))})
    pieces = []
    for marker_start, marker_end in cuts:
        if marker_start >= start:
            pieces.append((start, marker_start))
            start = marker_end
    return [*pieces, (start, end)]


def _rising(text: str, found: list[re.Match[str]], start: int) -> list[re.Match[str]]:
    """Choose the numbers and letters that rise from the first, each way of writing them by itself."""
    chosen: list[re.Match[str]] = []
    runs: dict[tuple[str, bool, bool], list[re.Match[str]]] = {}
    for mark in found:
        name = mark["name"]
        if name is None or not _is_style(text, mark, start):
            continue
        style = (mark["close"], mark["open"] is not None, name.isdigit())
        run = runs.setdefault(style, [])
        if run and _follows(run[-1]["name"], name):
            run.append(mark)
        elif name in ("1", "a") and _may_be_first(text, mark, start):
            chosen += run if len(run) > 1 else ()
            runs[style] = [mark]
    for run in runs.values():
        chosen += run if len(run) > 1 else ()
    return chosen


def _follows(name: str, following: str) -> bool:
    if name.isdigit():
        return int(following) == int(name) + 1
    return following in AFTER.get(name, "")


def _is_style(text: str, mark: re.Match[str], start: int) -> bool:
    """Refuse what looks like a marker and is none: "(xem mục 1)", "tổ 2.", "điểm b)", "5-tổ"."""
    if not mark["name"].isdigit() and mark["name"] > "h" and mark["name"] != "đ" and mark["close"] != ")":
        return False
    if mark["open"]:
        return mark["close"] == ")"
    before = text[max(start, mark.start() - LOOK_BACK) : mark.start()]
    word = WORD_BEFORE.search(before).group().lower()
    if mark["close"] == ")":
        return before.rfind("(") <= before.rfind(")") and word not in CITED
    if mark["close"] in ",-" and not text[mark.end() - 1].isspace():
        return False
    return word not in COUNTED


def _may_be_first(text: str, mark: re.Match[str], start: int) -> bool:
    """Ask more of the first marker of a list where the sign behind it is common in sentences."""
    before = text[max(start, mark.start() - LOOK_BACK) : mark.start()].rstrip()
    if not before or before[-1] in ".;:!?…-–":
        return True
    if mark["close"] == ")":
        return True
    return mark["close"] in "./" and mark["name"].isdigit() and text[mark.end()].isupper()


def _dashes(text: str, found: list[re.Match[str]], start: int) -> list[re.Match[str]]:
    """Choose bullets, and the dashes of a line that begins with one, or that has one after a colon."""
    chosen = [mark for mark in found if mark["bullet"]]
    head, is_capital = text[start], False
    for mark in found:
        if not mark["dash"]:
            continue
        before = text[max(start, mark.start() - LOOK_BACK) : mark.start()].rstrip()
        following = text[mark.end()]
        if before[-1:] in ("", ":", ";"):
            head, is_capital = mark["dash"], following.isupper()
            chosen.append(mark)
        elif mark["dash"] == head and not _is_aside(before, following, is_capital=is_capital):
            chosen.append(mark)
    return chosen


def _is_aside(before: str, following: str, *, is_capital: bool) -> bool:
    """Know the dash of "Lạng Sơn - Cao Bằng", and of an aside in an item that began with a capital."""
    if not following.isupper():
        return is_capital
    words = before.split()
    return len(words) > 1 and words[-1][0].isupper()
