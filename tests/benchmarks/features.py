"""Counting pieces of words beside scikit-learn's three vectorizers: speed, sameness.

    python tests/benchmarks/features.py [LABELLED.jsonl ...]

One process on one core; seconds are those of the processor. The training answers are read four times over, as words,
which are found beforehand. Both programs take portions of `PORTION` texts in turn, so that a busy machine is busy for
both. The first time over, ours has seen no word; "again" is without that time.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.classifying.features import VIEWS, TextFeatures
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled

TIMES = 4
PORTION = 1_000  # texts
N_LABELS = 8
OPTIONS: dict[str, dict[str, object]] = {
    "words": {"token_pattern": r"\S+", "ngram_range": (1, 2)},
    "syllables": {"token_pattern": r"\w+", "ngram_range": (1, 2)},
    "letters": {"analyzer": "char_wb", "ngram_range": (2, 5)},
}


def main() -> None:
    """Print texts a second for fitting, rows and evidence, and how far the rows are apart."""
    files = [Path(argument) for argument in sys.argv[1:]] or sorted(
        (CORPORA / "labelled").glob("answers_train_*.jsonl")
    )
    words = words_of(read_labelled(files, where=LabelledColumns()).texts)
    n_words = sum(map(len, words))
    print(
        f"{len(words)} texts, {n_words / len(words):.1f} words each, of {len(set().union(*words))} forms; "
        f"all {TIMES} times over"
    )
    vectorizers = {
        name: TfidfVectorizer(**own, min_df=VIEWS[name].min_df, lowercase=False, sublinear_tf=True)
        for name, own in OPTIONS.items()
    }
    features = TextFeatures()
    repeated = [*words] * TIMES
    _show("fit", len(repeated), _seconds(lambda: fit(vectorizers, repeated)), _seconds(lambda: features.fit(repeated)))
    features = TextFeatures.from_parts(features.vocabularies(), features.rarities())  # which has seen no word

    seconds: Counter[str] = Counter()
    theirs, ours = [], []
    weights = np.random.default_rng(0).normal(size=(len(features.names_), N_LABELS))
    for start in range(0, len(repeated), PORTION):
        portion = repeated[start : start + PORTION]
        part = "first" if start < len(words) else "again"
        seconds[f"theirs, {part}"] += _seconds(lambda portion=portion: theirs.append(transform(vectorizers, portion)))
        seconds[f"ours, {part}"] += _seconds(lambda portion=portion: ours.append(features.transform(portion)))
        seconds["evidence"] += _seconds(lambda portion=portion: features.weigh_words(portion, weights=weights))
    n_first = min(-(-len(words) // PORTION) * PORTION, len(repeated))
    _show("rows, first time over", n_first, seconds["theirs, first"], seconds["ours, first"])
    _show("rows, again", len(repeated) - n_first, seconds["theirs, again"], seconds["ours, again"])
    print(f"{'evidence':22} {len(repeated) / seconds['evidence']:8,.0f} texts a second, {N_LABELS} labels")
    print(f"largest difference of rows: {abs(vstack(theirs) - vstack(ours)).max():.1e}")


def fit(vectorizers: dict[str, TfidfVectorizer], words: Sequence[Sequence[str]]) -> None:
    """Fit scikit-learn's vectorizers on strings that hold the same words."""
    for name, vectorizer in vectorizers.items():
        vectorizer.fit(_shown(name, words))


def transform(vectorizers: dict[str, TfidfVectorizer], words: Sequence[Sequence[str]]) -> csr_matrix:
    """Give scikit-learn's rows, the views side by side."""
    return hstack([own.transform(_shown(name, words)) for name, own in vectorizers.items()], format="csr")


def _shown(name: str, words: Sequence[Sequence[str]]) -> list[str]:
    if name == "words":
        return [" ".join("_".join(word.lower().split()) for word in own) for own in words]
    return [strip_marks(" ".join(own)) for own in words]


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _show(name: str, n_texts: int, theirs: float, ours: float) -> None:
    print(
        f"{name:22} {n_texts / ours:8,.0f} texts a second, scikit-learn {n_texts / theirs:7,.0f}: "
        f"{theirs / ours:.1f} times as fast"
    )


if __name__ == "__main__":
    main()
