"""Joints: where speech that was written down without full stops divides into ideas."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from thamluan.pipeline.letters import CLOSERS, SENTENCE_ENDS
from thamluan.pipeline.text.ideas.joint_weights import BIAS, gap_scores, load_weights

MIN_SYLLABLES, MAX_SYLLABLES = 8, 40  # of an idea, unless the text itself is shorter
IDEAL_SYLLABLES = 20
LENGTH_COST = 0.3  # for an idea ten syllables longer or shorter than ideal
CUT_GAIN = 1.5  # what a cut is worth; more cuts oftener
COMMA_GAIN, UNMARKED_COST = 2.7, 4.0  # where speech has commas, ideas end at them
SIGN_GAIN = 5.0  # any other sign: semicolons, dashes, emoji, stops that ended no sentence
LOOSE_SYLLABLES = 80  # so many without a stop at the end are speech, commas or not
JOIN_BELOW = -3.0  # a line goes on in the next where the words across say so this much, against an even chance
WRAPPED_CHARACTERS, WRAPPED_JOIN_BELOW = 50, 0.5  # a line of so many was likely broken for its width

SPEAKERS = ("tôi", "tui", "chúng tôi", "em", "cháu", "mình", "bà con", "tụi tui")
SAYING = ("đề nghị", "kiến nghị", "đề xuất", "xin", "mong", "thấy", "nghĩ", "nhất trí", "đồng ý")
ORDINALS = ("thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "đầu tiên")
COUNTED = ("", "cái ", "điều ", "vấn đề ", "ý ", "việc ")
OPENERS = {  # what speakers say to begin an idea, added to what was learned from writing
    "một là": 2.5, "hai là": 2.5, "ba là": 2.5, "bốn là": 2.5, "năm là": 2.0, "trước hết": 2.0, "trước tiên": 2.0,
    "tiếp theo": 2.0, "tiếp đến": 2.5, "sau đó": 1.0, "cuối cùng": 1.5, "sau cùng": 1.5, "ngoài ra": 1.0,
    "bên cạnh đó": 1.0, "tuy nhiên": 1.0, "thế nhưng": 1.0, "nhưng mà": 2.0, "nhưng": 0.5, "còn về": 2.0,
    "còn cái": 2.0, "còn": 0.5, "mặt khác": 1.0, "đối với": 0.5, "riêng về": 1.5, "nói về": 1.0, "về phần": 1.0,
    "về vấn đề": 1.0, "đề nghị": 1.0, "kiến nghị": 1.0, "mong rằng": 1.0, "rất mong": 1.5, "cái nữa": 2.5,
    "một cái nữa": 3.5, "một ý nữa": 3.5, "một việc nữa": 3.5, "thêm nữa": 2.0, "với lại": 2.5, "nói chung": 1.0,
    "nói thật": 2.0, "nói thiệt": 2.0, "thực ra": 1.0, "thật ra": 1.0, "ví dụ": 1.0, "chẳng hạn": 1.0, "kính thưa": 2.0,
    "dạ thưa": 2.0, "thưa hội nghị": 2.0, "xin cảm ơn": 2.0, "rồi thì": 1.0, "rồi": 0.3, "tóm lại": 2.0,
    "mà": -0.5, "thì": -1.0,
    **{counted + ordinal: 4.0 if counted else 3.0 for counted in COUNTED for ordinal in ORDINALS},
    **{f"{speaker} {says}": 3.0 for speaker in SPEAKERS for says in SAYING},
}  # fmt: skip
QUANTITIES = frozenset("hai ba bốn năm mấy vài các những".split())  # "tôi có hai ý, thứ nhất": "ý" opens nothing here
TOPICS = {"về": 3.0, "còn": 1.0, "riêng": 1.5}  # "về tổ chức thì ...": with "thì" a few words on, the subject changes
TOPIC_WORDS = 7
LINKS = ("là", "thì", "rằng")  # between an opener and what it opens
OPENER_COST = 4.0  # for a cut inside an opener or right behind it
CLOSINGS = {"ạ": 1.0, "nhé": 0.5, "đấy": 0.5, "vậy đó": 1.0, "như thế": 0.3, "xin hết": 3.0, "cảm ơn": 0.5}
LONGEST_OPENER = 4  # words

WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
QUOTES = " \t\u00a0()[]{}\"'“”‘’«»*_"  # stand between words and say nothing of the joint
OPENING = re.compile(r"[(\[{\"'“‘«]+$")
ENDS = (";", ":", *SENTENCE_ENDS)  # of a sentence or of an item of a list


def is_speech(text: str, start: int, end: int) -> bool:
    """Say whether a stretch without a sentence's end inside is too long to be one idea, and not a written sentence.

    That is: more than `MAX_SYLLABLES` with no stop at the end, where so many stand in one breath without any mark, or a
    small letter opens it, or it has `LOOSE_SYLLABLES`; with a stop, only `LOOSE_SYLLABLES` in one breath, because the
    sentences of papers are long.
    """
    if end - start <= 2 * MAX_SYLLABLES:
        return False
    words = list(WORD.finditer(text, start, end))
    if len(words) <= MAX_SYLLABLES:
        return False
    in_one_breath = longest = 1
    for before, after in pairwise(words):
        in_one_breath = in_one_breath + 1 if text[before.end() : after.start()].isspace() else 1
        longest = max(longest, in_one_breath)
    if text[start:end].rstrip().rstrip(CLOSERS).endswith(ENDS):
        return longest > LOOSE_SYLLABLES
    return longest > MAX_SYLLABLES or len(words) > LOOSE_SYLLABLES or text[words[0].start()].islower()


def ideas(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch of speech into ideas of `MIN_SYLLABLES` to `MAX_SYLLABLES` at its best joints.

    The cutting with the greatest sum of joints' scores less costs of length is found as a paragraph is broken into
    lines: Knuth and Plass (1981), "Breaking paragraphs into lines". A stretch of `MAX_SYLLABLES` or fewer stays whole.

    >>> text = "thứ nhất là phụ cấp của thôn đội trưởng quá thấp đổ xăng đi họp là hết " * 3
    >>> [text[start:end][:8] for start, end in ideas(text.strip(), 0, len(text) - 1)]
    ['thứ nhất', 'thứ nhất', 'thứ nhất']
    """
    words = list(WORD.finditer(text, start, end))
    if len(words) <= MAX_SYLLABLES:
        return [(start, end)]
    signs = [text[before.end() : after.start()].strip(QUOTES)[:1] for before, after in pairwise(words)]
    cuts = best_cuts(_joint_scores([word.group().lower() for word in words], signs))
    points = [start, *(_beginning(text, words[cut - 1].end(), words[cut].start()) for cut in cuts), end]
    return list(pairwise(points))


def _beginning(text: str, start: int, end: int) -> int:
    """Find where, between two words, the second idea begins: before the brackets and quotes that open it."""
    opening = OPENING.search(text, start, end)
    return end if opening is None else opening.start()


def _joint_scores(words: Sequence[str], signs: Sequence[str]) -> np.ndarray:
    """Score the gap behind each word but the last: what was learned, what speakers say, and the sign there."""
    scores = gap_scores(words, load_weights()) + CUT_GAIN
    has_commas = signs.count(",") * MAX_SYLLABLES > len(words)
    opened_until = 0  # words before it belong to an opener
    for index, sign in enumerate(signs):
        if index + 1 >= opened_until:
            bonus, n_words = _opener(words, index + 1)
            opened_until = index + 2 + n_words if n_words > 1 else 0
        else:
            bonus = -OPENER_COST
        bonus += CLOSINGS.get(words[index], 0.0) or CLOSINGS.get(" ".join(words[max(0, index - 1) : index + 1]), 0.0)
        if sign == ",":
            bonus += COMMA_GAIN
        elif sign:
            bonus += SIGN_GAIN
        elif has_commas:
            bonus -= UNMARKED_COST
        scores[index] += bonus
    return scores


def _opener(words: Sequence[str], index: int) -> tuple[float, int]:
    """Find the longest opener at a word: what it adds to the joint before it, and how many words it has."""
    if words[index - 1] in QUANTITIES:
        return 0.0, 0
    topic = TOPICS.get(words[index], 0.0)
    if topic and "thì" in words[index + 2 : index + TOPIC_WORDS]:
        return topic, 2
    for n_words in range(LONGEST_OPENER, 0, -1):
        gain = OPENERS.get(" ".join(words[index : index + n_words]))
        if gain is not None:
            is_linked = n_words > 1 and index + n_words < len(words) and words[index + n_words] in LINKS
            return gain, n_words + is_linked
    return 0.0, 0


def best_cuts(scores: np.ndarray) -> list[int]:
    """Choose the gaps to cut at, by dynamic programming: numbers of the words that begin an idea, but the first."""
    n_words = len(scores) + 1
    lengths = np.arange(MAX_SYLLABLES, MIN_SYLLABLES - 1, -1)
    costs = LENGTH_COST * ((lengths - IDEAL_SYLLABLES) / 10) ** 2
    # Places before the text stand in front, so that every window has the same width.
    best = np.full(MAX_SYLLABLES + n_words + 1, -np.inf)
    best[MAX_SYLLABLES] = 0.0
    came_from = np.zeros(n_words + 1, dtype=int)
    gains = np.append(scores, 0.0)
    width = len(lengths)
    for end in range(MIN_SYLLABLES, n_words + 1):
        values = best[end : end + width] - costs
        chosen = int(values.argmax())
        best[MAX_SYLLABLES + end] = values[chosen] + gains[end - 1]
        came_from[end] = end - lengths[chosen]
    cuts, end = [], came_from[n_words]
    while end > 0:
        cuts.append(int(end))
        end = came_from[end]
    return cuts[::-1]


def opens(word: str, following: str) -> bool:
    """Say whether sentences open with these two lower-case words oftener than they go on with them.

    >>> opens("đề", "nghị"), opens("hoa", "kiêm")
    (True, False)
    """
    known = load_weights().get
    phrase = f"{word} {following}"
    return known(f"| {word}", 0.0) + known(f"| {phrase}", 0.0) + OPENERS.get(phrase, 0.0) > 0


def goes_on(line: str, following: str) -> bool:
    """Say whether a line without a stop was broken by hand and goes on in the next, which opens in small letters.

    >>> goes_on("cần đổi cách sinh", "hoạt chi bộ"), goes_on("tiền ít", "việc nhiều")
    (True, False)
    """
    last = [word.group().lower() for word in WORD.finditer(line)][-2:]
    first = [word.group().lower() for word in WORD.finditer(following)][:2]
    if not last or not first:
        return False
    weights = load_weights()
    score = gap_scores([*last, *first], weights)[len(last) - 1] - weights[BIAS]
    return bool(score < (WRAPPED_JOIN_BELOW if len(line) >= WRAPPED_CHARACTERS else JOIN_BELOW))
