"""Negation: a shortcoming that is denied is no weakness ("chưa bao giờ thiếu", "không ai kêu ca")."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from thamluan.pipeline.artefacts import SHORTCOMINGS

WEAKNESS, STRENGTH = "weakness", "strength"
NEGATIONS = ("không", "chưa", "chẳng", "chả", "hổng", "đâu", "khỏi", "hết")
# What may stand between a negation and what it denies, up to three of them.
BETWEEN = (
    *("có", "còn", "bao giờ", "hề", "một ai", "ai", "gì", "phải", "thấy", "nghe", "lần nào", "buổi nào", "bị", "để"),
    *("nhà nào", "người nào", "đồng nào", "mấy", "quá", "là", "cảnh", "chuyện", "tình trạng", "khi nào"),
)
# After these another thing is said, and in front of it a denial decides nothing.
TURNS = ("nhưng", "song", "tuy", "mà", "chỉ", "cần", "nên", "mong", "đề nghị", "phải", "để")


def deny(stances: np.ndarray, texts: Sequence[str], *, ids: Sequence[str]) -> np.ndarray:
    """Give texts that deny every shortcoming they name the probability of a strength for that of a weakness.

    `stances` (texts, stances) is left as it is, and so is what is likelier to be something else, asks for something or
    turns from one thing to another. Where a codebook has other stances, nothing changes.

    >>> deny(np.array([[0.3, 0.7]]), ["Kinh phí chưa bao giờ thiếu."], ids=["strength", "weakness"]).tolist()
    [[0.7, 0.3]]
    """
    if WEAKNESS not in ids or STRENGTH not in ids:
        return stances
    weakness, strength = ids.index(WEAKNESS), ids.index(STRENGTH)
    weak = np.flatnonzero(stances.argmax(axis=1) == weakness)
    denied = [row for row in weak if is_denied(texts[row])]
    swapped = stances.copy()
    swapped[np.ix_(denied, [strength, weakness])] = stances[np.ix_(denied, [weakness, strength])]
    return swapped


def is_denied(text: str) -> bool:
    """Say whether a text names shortcomings, denies each of them, and says nothing else of weight.

    >>> is_denied("Không ai kêu ca gì."), is_denied("Thiếu tiền, không ai kêu."), is_denied("Không thiếu nhưng chậm.")
    (True, False, False)
    """
    lowered = text.lower()
    denials, shortcomings, turns = _patterns()
    spans = [found.span(1) for found in denials.finditer(lowered)]
    if not spans or turns.search(lowered):
        return False
    return all(any(start <= found.start() < end for start, end in spans) for found in shortcomings.finditer(lowered))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _any_of(SHORTCOMINGS.read_text(encoding="utf-8").split("\n"))
    between = rf"(?:\s+{_any_of(BETWEEN)}){{0,3}}"
    return (
        re.compile(rf"(?<!\w){_any_of(NEGATIONS)}{between}\s+({words})(?!\w)"),
        re.compile(rf"(?<!\w){words}(?!\w)"),
        re.compile(rf"(?<!\w){_any_of(TURNS)}(?!\w)"),
    )


def _any_of(words: Sequence[str]) -> str:
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
