"""Word segmentation beside underthesea and pyvi: speed, sameness, accuracy.

    python tests/benchmarks/words.py [NEWS.txt.xz SEGMENTATION_FOLDER [SYLLABLES]]

One process on one core. Lines are taken from all over the file and come in portions that each program takes in turn, so
that a busy machine is busy for all of them; seconds are those of the processor. Ours has read its tables, but has seen
no text before. pyvi is left out where it is not installed.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate, islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from underthesea import word_tokenize

from thamluan.pipeline.text import words
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.segmentation.compiled import load_segmenter
from thamluan.pipeline.text.segmentation.finder import Finder

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
N_SYLLABLES = 500_000
EVERY = 97  # of so many lines of the file, one is read
PORTION = 2_000  # lines
OTHER = "other words"


def main() -> None:
    """Print syllables a second, lines by their kind of difference, and word F1."""
    news, gold = (
        map(Path, sys.argv[1:3]) if len(sys.argv) > 2 else (DATA / "news" / "news.txt.xz", DATA / "segmentation")
    )
    if not news.exists():
        print(f"skipped: no {news}")
        return
    lines = list(_lines(news, int(sys.argv[3]) if len(sys.argv) > 3 else N_SYLLABLES))
    _compare_speed(lines)
    _compare_words(lines)
    for path in sorted(gold.glob("*.conllu")):
        sentences = gold_sentences(path)
        texts = [" ".join(sentence) for sentence in sentences]
        found = {name: program(texts) for name, program in PROGRAMS.items() if name.endswith(", words")}
        shown = ", ".join(f"{name.split(',')[0]} {word_f1(each, sentences):.4f}" for name, each in found.items())
        print(f"{path.name}: {len(texts)} sentences, word F1 {shown}")


def by_underthesea(texts: Sequence[str]) -> list[list[str]]:
    """Segment by underthesea."""
    return [word_tokenize(text, use_token_normalize=False) for text in texts]


def by_pyvi(texts: Sequence[str]) -> list[list[str]]:
    """Segment by pyvi; a word's syllables come joined by `_`."""
    from pyvi import ViTokenizer

    return [[word.replace("_", " ") for word in ViTokenizer.tokenize(text).split()] for text in texts]


PROGRAMS: dict[str, Callable[[Sequence[str]], Any]] = {  # Any: words, offsets or lines
    "underthesea, words": by_underthesea,
    **({"pyvi, words": by_pyvi} if find_spec("pyvi") else {}),
    "ours, words": words.words_of,
    "ours, offsets": words.word_offsets,
    "ours, lines": words.join_words_of,
}


def gold_sentences(path: Path) -> list[list[str]]:
    """Read the words of a CoNLL-U file, a list a sentence."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    rows = [[line.split("\t") for line in block.splitlines() if line[:1].isdigit()] for block in blocks]
    return [[row[1] for row in block if row[0].isdigit()] for block in rows if block]


def word_f1(found: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> float:
    """Score words by where they begin and end among the characters that are not white space."""
    n_both = sum(len(_spans(ours) & _spans(true)) for ours, true in zip(found, gold, strict=True))
    return 2 * n_both / (sum(map(len, found)) + sum(map(len, gold)))


def difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Name how our words of a line differ from underthesea's, "" if they do not."""
    if list(ours) == list(theirs):
        return ""
    if [_with_common_letters(word) for word in ours] == list(theirs):
        return "the same words, but theirs write Đ where the text has Ð"
    if _bare(ours) == _bare(theirs):
        return "the same words, but theirs write a space in a word where the text has none"
    if _bare(ours) == _bare(_unglued(theirs)):
        return "the same words, but theirs glue punctuation to letters"
    return OTHER


def _lines(path: Path, n_syllables: int) -> Iterator[str]:
    for line in islice(read_lines(path), 0, None, EVERY):
        if n_syllables <= 0:
            return
        n_syllables -= len(line.split())
        yield line.rstrip("\n")


def _compare_speed(lines: Sequence[str]) -> None:
    seconds: Counter[str] = Counter()
    finders = {name: Finder(load_segmenter()) for name in PROGRAMS}
    for start in range(0, len(lines), PORTION):
        for name, program in PROGRAMS.items():
            with patch.object(words, "_finder", lambda name=name: finders[name]):
                if not start:
                    program([""])  # loads the others' models
                before = time.process_time()
                program(lines[start : start + PORTION])
                seconds[name] += time.process_time() - before
    n_syllables = sum(len(line.split()) for line in lines)
    print(f"{len(lines)} lines, {n_syllables} syllables")
    for name, taken in seconds.items():
        times = seconds["underthesea, words"] / taken
        print(f"{name:20} {n_syllables / taken:10,.0f} syllables a second, {times:5.1f} times underthesea")


def _compare_words(lines: Sequence[str]) -> None:
    kinds = Counter(map(difference, words.words_of(lines), by_underthesea(lines)))
    for kind, n_lines in kinds.most_common():
        print(f"{n_lines:6} lines, {n_lines / len(lines):8.3%}: {kind or 'the same words, character by character'}")
    n_same = len(lines) - kinds[OTHER]
    print(f"{n_same:6} lines, {n_same / len(lines):8.3%}: the same words, leaving out what theirs put in")


def _bare(found: Sequence[str]) -> list[str]:
    return ["".join(_with_common_letters(word).split()) for word in found]


def _with_common_letters(word: str) -> str:
    return word.replace("Ð", "Đ").replace("ð", "đ")


def _unglued(found: Sequence[str]) -> list[str]:
    """Part what has letters or digits from what has none, where underthesea saw syllables of their own."""
    parted: list[str] = []
    for word in found:
        was_lettered = None
        for part in word.split():
            is_lettered = any(map(str.isalnum, part))
            if is_lettered == was_lettered:
                parted[-1] += part
            else:
                parted.append(part)
            was_lettered = is_lettered
    return parted


def _spans(found: Sequence[str]) -> set[tuple[int, int]]:
    ends = list(accumulate(len("".join(word.split())) for word in found))
    return set(zip([0, *ends], ends, strict=False))


if __name__ == "__main__":
    main()
