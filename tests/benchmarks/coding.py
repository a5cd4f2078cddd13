"""Coding texts whose words are known: speed beside scikit-learn alone, time to load the model, memory.

    python tests/benchmarks/coding.py

One process; set OMP_NUM_THREADS=1 for one core. Seconds are those of the processor. Short answers (at most twelve
words) of corpora/labelled, three times over, in portions that both programs take in turn: ours with n-grams and
networks, and scikit-learn's TfidfVectorizer (words, one and two) with a logistic regression a label.
"""

import resource
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from thamluan.pipeline.artefacts import CORPORA, DEFAULT_MODEL
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.material.labelled import LabelledColumns, read_labelled
from thamluan.pipeline.themes.model import load_model

LONGEST = 12  # words
TIMES = 3
PORTION = 1_000  # texts


def main() -> None:
    """Print answers a second of both, seconds to load, and the highest memory before the other program is fitted."""
    seconds: Counter[str] = Counter()
    _spend(seconds, "load", lambda: load_model(DEFAULT_MODEL))
    model = load_model(DEFAULT_MODEL)
    files = sorted((CORPORA / "labelled").glob("answers_train_*.jsonl"))
    labelled = read_labelled(files, where=LabelledColumns(), codebook=load_codebook())
    all_words = words_of(labelled.texts)
    short = [number for number, words in enumerate(all_words) if len(words) <= LONGEST]
    texts = [all_words[number] for number in short] * TIMES
    portions = [texts[start : start + PORTION] for start in range(0, len(texts), PORTION)]
    model.classifier.predict(portions[0])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    peer = make_pipeline(
        TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True),
        OneVsRestClassifier(LogisticRegression(solver="liblinear")),
    )
    peer.fit([_line(all_words[number]) for number in short], np.hstack([labelled.themes, labelled.stances])[short])
    for portion in portions:
        _spend(seconds, "ours", lambda portion=portion: model.classifier.predict(portion))
        _spend(seconds, "scikit-learn", lambda portion=portion: peer.predict([_line(words) for words in portion]))
    print(f"{len(texts)} answers of {sum(map(len, texts)) / len(texts):.1f} words")
    for name in ("ours", "scikit-learn"):
        print(f"{name:14} {len(texts) / seconds[name]:8,.0f} answers a second")
    print(f"ours takes {seconds['ours'] / seconds['scikit-learn']:.2f} times as long")
    print(f"load {seconds['load']:.2f} s; highest memory {memory:,.0f} MiB")


def _line(words: list[str]) -> str:
    return " ".join("_".join(word.lower().split()) for word in words)


def _spend(seconds: Counter[str], name: str, work: Callable[[], object]) -> None:
    start = time.process_time()
    work()
    seconds[name] += time.process_time() - start


if __name__ == "__main__":
    main()
