"""Stops: which full stops, question and exclamation marks and ellipses end a sentence."""

import re

from thamluan.pipeline.letters import BARE_VOWELS, CLOSERS, strip_marks
from thamluan.pipeline.text.ideas.joints import opens

# Written before a name or number, so the full stop after them ends nothing.
ABBREVIATIONS = frozenset(
    "tp tx tt p q đ/c đ.c ths ts gs pgs bs ks kts ls cn cv ncs pts gs.ts pgs.ts ts.bs th.s bs.ck ub vd nxb sđt đt stk"
    " mst mr mrs ms dr st tm kt tl tuq t/m k/t".split()
)
PLACES = frozenset("tp tx tt p q".split())  # may also end a sentence: "lên TP."
SHORT_NAMES = frozenset(("huế", "vinh"))  # towns of one syllable: "TP. Huế có ..."
ADDRESSES = frozenset("abceô")  # anh, bác, chị, em, ông before a name: "gặp a. Dũng"
NUMBERED = frozenset("điều khoản mục câu phần chương bài số điểm bước".split())  # "Điều 5. Kinh phí" is a heading
ADDRESS_ENDS = frozenset("com net org info html htm doc docx xls xlsx pdf jpg png zip".split())

STOP = re.compile(rf"(?:\.{{2,}}|…|[.!?])[.!?…]*[{re.escape(CLOSERS)}]*(?:\[\d+\])*")  # ".[12]" is a stop with a note
FILLED = re.compile(r"\S")
LAST_TOKEN = re.compile(r"[^\s(\[\"'“‘«]*$")
NEXT_WORDS = re.compile(r"[\"'“‘«(\[]*([^\W\d_]+)(?:\s+([^\W\d_]+))?")
NUMBER = re.compile(r"\d+(?:\.\d+)*|[IVX]+")
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}")  # "T.Ư", "N.V.A"
LAST_LETTERS = re.compile(r"[^\W\d_]+$")
VOWEL = re.compile(f"[{BARE_VOWELS}]")
NOT_PLAIN = re.compile(r"[@/:\\_\d]|www")
# Looser than `is_syllable`: without marks, and any vowels that may stand together.
BARE_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
SPACED_NUMBER = re.compile(
    r"""(?<!\d)(?:
        (?:0?[1-9]|[12]\d|3[01])\s*\.\s*(?:0?[1-9]|1[0-2])\s*\.\s*(?:19|20)\d\d  # 20. 10. 2022
      | (?<=ngày\s)(?:0?[1-9]|[12]\d|3[01])\s*\.\s*(?:0?[1-9]|1[0-2])            # ngày 20. 10
      | (?<=lúc\s)(?:[01]?\d|2[0-3])\s*\.\s*[0-5]\d                              # lúc 19. 30
      | \d{1,3}(?:\s*\.\s*\d{3}){2,}                                             # 1. 200. 000
      | \d{1,3}\s*\.\s*000                                                       # 500. 000
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
LOOK_AROUND = 40  # characters beside a stop that tell what it is; all abbreviations are shorter


def ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Decide for a stop within the line from `start` to `end`; one with nothing behind it in the line ends none."""
    following = FILLED.search(text, stop.end(), end)
    if following is None:
        return False
    before = text[max(start, stop.start() - LOOK_AROUND) : stop.start()]
    after = text[following.start() : min(end, following.start() + LOOK_AROUND)]
    token = LAST_TOKEN.search(before).group()
    mark = stop.group()
    is_ellipsis = mark.startswith(("..", "…"))
    is_full_stop = mark.startswith(".") and not is_ellipsis
    if is_full_stop:
        if _goes_on(before, token, after):
            return False
        if after[0].isdigit() and token[-1:].isdigit() and _is_in_number(text, stop.start()):
            return False
        if token.lower() == "v.v":
            return after[0].isupper()
    if following.start() == stop.end():
        return _ends_without_space(before, token, after, is_ellipsis=is_ellipsis)
    # "«Bao giờ có tiền?» rồi bỏ về": what was quoted or said aside ended, the sentence did not.
    return not (after[0].islower() and (is_ellipsis or mark[-1] in CLOSERS))


def _goes_on(before: str, token: str, after: str) -> bool:
    """Know a full stop that belongs to an abbreviation, an initial or the number of a heading."""
    words = before.split()
    if len(words) == 2 and words[0].lower() in NUMBERED and NUMBER.fullmatch(token):
        return True
    name = token.lower()
    if name in ABBREVIATIONS:
        return not (name in PLACES and _opens(after, is_after_place=True))
    if name == "k" and after[0].islower():  # "không"
        return True
    if len(token) == 1 and (token.isupper() or (token in ADDRESSES and after[0].isupper())):
        return not _opens(after)
    if DOTTED.fullmatch(token) and name != "v.v":
        return after[0].islower() or (token.isupper() and not _opens(after))
    return False


def _opens(after: str, *, is_after_place: bool = False) -> bool:
    """Say whether a sentence opens here, and not a name: one capital, and words that sentences open with.

    Of what follows the abbreviation of a place, a second word without a capital is enough: "TP. Làng vắng" but
    "TP. Lạng Sơn".
    """
    found = NEXT_WORDS.match(after)
    if found is None or found.group(2) is None or not found.group(1)[0].isupper() or not found.group(2).islower():
        return False
    if is_after_place:
        return found.group(1).lower() not in SHORT_NAMES
    return opens(found.group(1).lower(), found.group(2))


def _is_in_number(text: str, position: int) -> bool:
    window = max(0, position - LOOK_AROUND)
    return any(
        found.start() < position < found.end() for found in SPACED_NUMBER.finditer(text, window, position + LOOK_AROUND)
    )


def _ends_without_space(before: str, token: str, after: str, *, is_ellipsis: bool) -> bool:
    """Tell a forgotten space ("khối phố.Đồng chí", "ít.xin") from an address or number ("baolangson.vn", "NĐ.CP")."""
    if token == "":
        # "họp ít .xin tăng": the space stands on the wrong side.
        token = before.split()[-1] if before[-1:].isspace() and before.strip() else ""
        return token != "" and _joins_sentences(token, after)
    if after[0].isupper():
        if not token[-1].isupper():
            return True
        following = NEXT_WORDS.match(after).group(1)
        return len(token) > 1 and following[1:].islower() and not DOTTED.fullmatch(token)
    return not is_ellipsis and _joins_sentences(token, after)


def _joins_sentences(token: str, after: str) -> bool:
    """Say whether a stop without a space behind it stands between two syllables, each of a sentence of its own."""
    found = NEXT_WORDS.match(after)
    preceding = LAST_LETTERS.search(token)
    if found is None or preceding is None or NOT_PLAIN.search(token) or "@" in after.split()[0]:
        return False
    words = (preceding.group(), found.group(1))
    bare = [strip_marks(word) for word in words]
    if bare[1] == "k" and after[0].islower():  # "không"
        return _may_be_syllable(bare[0])
    if not "".join(words).isascii():
        return all(len(word) > 1 and VOWEL.search(word) for word in bare)  # no address has marks
    return all(map(_may_be_syllable, bare))


def _may_be_syllable(bare: str) -> bool:
    """Say whether a word without marks may be a syllable of Vietnamese; ends of addresses are none."""
    return len(bare) > 1 and bare not in ADDRESS_ENDS and BARE_SYLLABLE.fullmatch(bare) is not None
