"""Units on the hand-made set, and cuts of speech, beside simpler ways; and how the weights of joints are learned.

    python tests/benchmarks/units.py [SHARED]
    python tests/benchmarks/units.py [SHARED] --learn WEIGHTS.tsv

On the hand-made set (tests/cases/text_units.json, known failures included): texts whose units are all right, and
the F1 of boundaries inside texts, for ours and for underthesea's `sent_tokenize`. On punctuated texts turned into
speech (lower case, no marks): precision, recall and F1 of sentence ends. SHARED (default ../shared) holds texts.
"""

import json
import lzma
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from underthesea import sent_tokenize

from thamluan.pipeline.report.digest import grid
from thamluan.pipeline.text.ideas.joint_weights import learn, read_gaps, write_weights
from thamluan.pipeline.text.ideas.joints import best_cuts, ideas
from thamluan.pipeline.text.units import unit_spans

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "text_units.json"
TUNING_WRITERS = ("AA", "D", "L", "T")  # of the answers; nothing was learned from these and the next
REPORT_WRITERS = ("AC", "H", "P", "X")
REGISTERS = ("plain", "spoken", "official")  # written with marks
JOINED_ANSWERS, JOINED_PARAGRAPHS = 8, 4  # that make one speech
NEWS_STEP = 320  # every so many-th paragraph of the news is for tuning, another for the report
LEARNED_OF_8 = (0, 3, 6)  # of eight paragraphs, those that are learned from
ANSWER_WEIGHT = 40.0  # people's own words weigh more than news
LEAST_WORDS = 40
EVERY = 20  # syllables, of the baseline

Cutter = Callable[[str], list[str]]


def main() -> None:
    """Print the tables, or learn the weights."""
    arguments = sys.argv[1:]
    if "--learn" in arguments:
        out = Path(arguments.pop(arguments.index("--learn") + 1))
        arguments.remove("--learn")
    else:
        out = None
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared"
    if out is not None:
        write_weights(learn(_lessons(shared)), out)
        return
    print(_hand_made())
    if (shared / "data" / "news").is_dir():
        print(_speech(shared))
    else:
        print(f"{shared} is not there, so nothing is measured on speech.")


def _hand_made() -> str:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    ways: dict[str, Cutter] = {"thamluan": _units, "underthesea sent_tokenize": sent_tokenize}
    rows = [(f"{len(cases)} texts", "all right", "precision", "recall", "F1", "seconds")]
    for name, cut in ways.items():
        start = time.perf_counter()
        found = [cut(case["text"]) for case in cases]
        seconds = time.perf_counter() - start
        n_right = sum(units == case["units"] for units, case in zip(found, cases, strict=True))
        true = [_boundaries(case["text"], case["units"]) for case in cases]
        cuts = [_boundaries(case["text"], units) for case, units in zip(cases, found, strict=True)]
        rows.append((name, str(n_right), *_scores(true, cuts), f"{seconds:.2f}"))
    return grid(rows)


def _units(text: str) -> list[str]:
    return [text[start:end] for start, end in unit_spans(text)]


def _boundaries(text: str, units: Iterable[str]) -> set[int]:
    """Say where units but the first begin, as counts of the letters before them."""
    found, at = set(), 0
    for unit in units:
        position = text.find(unit, at)
        at = (position if position >= 0 else at) + len(unit)
        found.add(len(re.sub(r"\W|\d", "", text[: at - len(unit)])))
    return found - {0}


def _speech(shared: Path) -> str:
    ways = {
        "thamluan": lambda words, gaps: _cut(" ".join(words)),
        "thamluan, commas kept": lambda words, gaps: _cut(_with_commas(words, gaps)),
        "the best that 8 to 40 syllables allow": lambda words, gaps: _best(gaps),
        f"every {EVERY} syllables": lambda words, gaps: set(range(EVERY, len(words), EVERY)),
    }
    rows = [("sentence boundaries in speech", "precision", "recall", "F1", "cuts", "at a clause or sentence end")]
    for part in ("tuning", "report"):
        for kind, texts in (("answers", _answers(shared, part)), ("news", _news(shared, part))):
            speeches = [read_gaps(text) for text in texts]
            speeches = [(words, gaps) for words, gaps in speeches if len(words) > LEAST_WORDS]
            true = [{i + 1 for i, gap in enumerate(gaps[:-1]) if gap == 2} for _, gaps in speeches]
            clauses = [{i + 1 for i, gap in enumerate(gaps[:-1]) if gap} for _, gaps in speeches]
            for name, way in ways.items():
                cuts = [way(words, gaps) for words, gaps in speeches]
                n_cuts = sum(map(len, cuts))
                at_clause = sum(len(a & b) for a, b in zip(cuts, clauses, strict=True)) / n_cuts
                row = (
                    f"{kind}, {part} ({len(speeches)}), {name}",
                    *_scores(true, cuts),
                    str(n_cuts),
                    f"{at_clause:.3f}",
                )
                rows.append(row)
    return grid(rows)


def _cut(text: str) -> set[int]:
    return {len(text[:start].split()) for start, _ in ideas(text, 0, len(text))} - {0}


def _best(gaps: list[int]) -> set[int]:
    """Cut as one who knows where sentences and clauses end, and must keep to the lengths of ideas."""
    return set(best_cuts(np.array([(-5.0, 0.1, 10.0)[gap] for gap in gaps[:-1]])))


def _with_commas(words: list[str], gaps: list[int]) -> str:
    """Put a comma at each end of a clause, and of a sentence too."""
    return " ".join(word + ("," if gap else "") for word, gap in zip(words, gaps, strict=True))


def _scores(true: list[set[int]], cuts: list[set[int]]) -> tuple[str, str, str]:
    n_right = sum(len(a & b) for a, b in zip(true, cuts, strict=True))
    precision, recall = n_right / max(1, sum(map(len, cuts))), n_right / max(1, sum(map(len, true)))
    f1 = 2 * precision * recall / (precision + recall) if n_right else 0.0
    return f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}"


def _lessons(shared: Path) -> Iterator[tuple[str, float]]:
    """Give the texts that weights are learned from, each with its weight."""
    news = [text for number, text in _paragraphs(shared) if number % 8 in LEARNED_OF_8 and not _is_held_out(number)]
    for first in range(0, len(news), JOINED_PARAGRAPHS):
        yield " ".join(news[first : first + JOINED_PARAGRAPHS]), 1.0
    for text in _answers(shared, "learning"):
        yield text, ANSWER_WEIGHT


def _answers(shared: Path, part: str) -> list[str]:
    """Join the answers of each writer in one register into speeches."""
    texts = []
    for path in sorted((shared / "data" / "labelled").glob("answers_train_*.jsonl")):
        writer = path.stem.rpartition("_")[2]
        belongs = "tuning" if writer in TUNING_WRITERS else "report" if writer in REPORT_WRITERS else "learning"
        if belongs != part:
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for register in REGISTERS:
            answers = [row["text"] for row in rows if row["register"] == register]
            answers = [text if text.rstrip("\"')]”’»")[-1] in ".!?…" else text + "." for text in answers]
            texts += [" ".join(answers[i : i + JOINED_ANSWERS]) for i in range(0, len(answers), JOINED_ANSWERS)]
    return texts


def _news(shared: Path, part: str) -> list[str]:
    rest = 8 if part == "tuning" else 16
    news = [text for number, text in _paragraphs(shared) if number % NEWS_STEP == rest]
    return [" ".join(news[i : i + JOINED_PARAGRAPHS]) for i in range(0, len(news), JOINED_PARAGRAPHS)]


def _is_held_out(number: int) -> bool:
    return number % NEWS_STEP in (8, 16)


def _paragraphs(shared: Path) -> Iterator[tuple[int, str]]:
    """Read the news, its long paragraphs that end with a stop, each with its number."""
    with lzma.open(shared / "data" / "news" / "news.txt.xz", "rt", encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file):
            text = line.strip()
            if number % 8 in LEARNED_OF_8 and text.endswith((".", "!", "?", "…")) and len(text.split()) >= LEAST_WORDS:
                yield number, text


if __name__ == "__main__":
    main()
