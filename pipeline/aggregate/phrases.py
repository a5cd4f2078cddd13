"""Phrases: the words of a text that name something, one with several syllables or two that stand side by side."""

from collections.abc import Sequence
from itertools import pairwise

from thamluan.pipeline.artefacts import FUNCTION_WORDS
from thamluan.pipeline.letters import strip_marks

MOST_SYLLABLES = 4
# Words that count or place in time, and words that stand for others; they name nothing by themselves.
COUNTING = frozenset(
    "một hai ba bốn năm sáu bảy bẩy tám chín mười mươi chục trăm nghìn ngàn vạn triệu tỷ tỉ rưỡi đồng lần tháng ngày "
    "tuần giờ phút "
    "buổi quý mốt lăm tư nửa đôi vài mấy số kg km cây ký lít mét".split()
)
VAGUE = frozenset(
    (
        "làm gì",
        "trước đây",
        "hiện nay",
        "bây giờ",
        "một mình",
        "năm ngoái",
        "năm nay",
        "bên kia",
        "bên này",
        "như thế",
        "thế nào",
        "đề nghị",
        "kiến nghị",
        "mong muốn",
        "ví dụ",
        "đơn vị",
        "hôm nay",
        "hôm qua",
        "bao nhiêu",
        "tất cả",
        "lúc nào",
        "ở đâu",
        "gần như",
        "cũng như",
        "cho nên",
        "hàng tháng",
        "hằng tháng",
        "hàng năm",
        "hằng năm",
        "nói thật",
        "thật ra",
        "bình quân",
        "đến nay",
        "thời gian",
    )
)


def function_words() -> frozenset[str]:
    """Read the words that say little of a subject, with and without marks."""
    lines = FUNCTION_WORDS.read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return frozenset((*words, *map(strip_marks, words)))


def content(words: Sequence[str], *, ignored: frozenset[str]) -> list[str]:
    """Keep the words that name something; the others leave "" behind, so that nothing stands side by side by mistake.

    >>> content(["nhà văn hóa", "của", "thôn", "dột", "3", "lần"], ignored=frozenset(["của"]))
    ['nhà văn hóa', '', 'thôn', 'dột', '', '']
    """
    return [word if _names(word) and word not in ignored else "" for word in words]


def join_known(texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Join two words wherever they stand side by side that are one word elsewhere in the texts.

    >>> join_known([["nhà văn", "hóa", "dột"], ["nhà văn hóa"]])
    [['nhà văn hóa', 'dột'], ['nhà văn hóa']]
    """
    known = {word for words in texts for word in words if " " in word}
    joined: list[list[str]] = []
    for words in texts:
        whole: list[str] = []
        for word in words:
            if whole and whole[-1] and word and f"{whole[-1]} {word}" in known:
                whole[-1] += f" {word}"
            else:
                whole.append(word)
        joined.append(whole)
    return joined


def phrases(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Find the phrases of a text's content words, in order, as tuples of words.

    >>> phrases(["nhà văn hóa", "dột", "", "tiền", "điện"])
    [('nhà văn hóa',), ('nhà văn hóa', 'dột'), ('tiền', 'điện')]
    """
    found: list[tuple[str, ...]] = []
    for word, following in pairwise((*words, "")):
        if " " in word:
            found.append((word,))
        pair = f"{word} {following}"
        if word and following and pair.count(" ") < MOST_SYLLABLES and pair not in VAGUE:
            found.append((word, following))
    return found


def _names(word: str) -> bool:
    is_word = len(word) > 1 and any(char.isalpha() for char in word)
    return is_word and word not in VAGUE and not COUNTING.intersection(word.split())
