"""How well `models/marks` restores missing diacritics, and how fast.

    python tests/benchmarks/diacritics.py [--corpus NEWS.txt.xz] [--clean 100000] [FILE.jsonl ...]

Without arguments: corpora/labelled/answers_dev.jsonl, and the news of ../shared where they are. For each file, and
for the lines of the corpus that the model has not seen, without their marks: the share of syllables that are right,
of those that carry marks, and of whole texts, beside the unigram baseline; what a text loses by deciding what to
restore; stretches of random length without marks in texts that have them; and how many syllables of the texts as they
are get changed. One thread.
"""

import argparse
import random
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from thamluan.pipeline.artefacts import CORPORA, MODELS
from thamluan.pipeline.text.marks.corpus import part, read_lines
from thamluan.pipeline.text.marks.evaluation import Accuracy, measure, strip
from thamluan.pipeline.text.marks.restorer import Restorer

NEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "news" / "news.txt.xz"
LONGEST_STRETCH = 8  # words


def main() -> None:
    """Print a table a text collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[CORPORA / "labelled" / "answers_dev.jsonl"])
    parser.add_argument("--corpus", type=Path, default=NEWS if NEWS.exists() else None)
    parser.add_argument("--clean", type=int, default=0, help="lines of the corpus, seen ones too, to count changes in")
    parser.add_argument("--model", type=Path, default=MODELS / "marks")
    options = parser.parse_args()
    started = time.process_time()
    restorer = Restorer.load(options.model)
    print(f"loaded in {time.process_time() - started:.3f} s of processor time")
    if options.corpus:
        for name in ("dev", "test"):
            show(restorer, f"{options.corpus.name}, {name}", list(part(read_lines(options.corpus), name=name)))
    for path in options.files:
        texts = list(read_lines(path))
        show(restorer, path.name, [text for text in texts if strip(text) != text])
    if options.corpus and options.clean:
        lines = list(islice(part(read_lines(options.corpus), name="train"), options.clean))
        show_changes(restorer, f"{len(lines)} lines of {options.corpus.name} as they are", lines)


def show(restorer: Restorer, name: str, texts: Sequence[str]) -> None:
    """Print what becomes of texts that carry marks."""
    everywhere = measure(restorer, texts, everywhere=True)
    print(f"\n{name}: {everywhere.n_lines} texts, {everywhere.n_syllables} syllables, {everywhere.n_marked} with marks")
    baseline = Restorer.from_counts(restorer.candidates.counts)
    print(row("most frequent form everywhere", measure(baseline, texts, everywhere=True)))
    print(row("restored everywhere", everywhere))
    print(row("restored where marks seem missing", measure(restorer, texts)))
    partly = [strip_stretch(text, seed=number) for number, text in enumerate(texts)]
    found = measure(restorer, texts, partly)
    left = measure(Restorer.from_counts({}), texts, partly)
    n_lost, n_back = left.n_syllables - left.n_right, found.n_right - left.n_right
    share = n_back / max(n_lost, 1)
    print(f"  {'stretches of 1 to 8 words':34} {share:.4f} of {n_lost} lost syllables back, wrong changes taken off")
    show_changes(restorer, "the same texts as they are", texts)
    stripped = [strip(text) for text in texts]
    started = time.process_time()
    restorer.restore(stripped)
    print(f"  {'speed':34} {everywhere.n_syllables / (time.process_time() - started):,.0f} syllables a second")


def show_changes(restorer: Restorer, name: str, texts: Sequence[str]) -> None:
    """Print how many syllables of texts that lack nothing are changed."""
    clean = measure(restorer, texts, texts)
    n_wrong, n_lines = clean.n_syllables - clean.n_right, clean.n_lines - clean.n_lines_right
    print(f"  {name}: {n_wrong} of {clean.n_syllables} syllables changed, in {n_lines} of {clean.n_lines}")


def row(name: str, accuracy: Accuracy) -> str:
    """Write an accuracy as a row."""
    shares = (accuracy.share, accuracy.marked_share, accuracy.lines_share)
    return f"  {name:34} all {shares[0]:.4f}  with marks {shares[1]:.4f}  whole texts {shares[2]:.4f}"


def strip_stretch(text: str, *, seed: int) -> str:
    """Take the marks off a random stretch of words."""
    words = text.split(" ")
    choose = random.Random(seed)
    start, length = choose.randrange(len(words)), choose.randint(1, LONGEST_STRETCH)
    bare = strip(" ".join(words[start : start + length]))
    return " ".join((*words[:start], bare, *words[start + length :]))


if __name__ == "__main__":
    main()
