"""Weights of joints: how much the words around a gap say that an idea ends there, learned from punctuated text."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from thamluan.pipeline.artefacts import JOINTS
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.letters import CLOSERS, SENTENCE_ENDS

BIAS = "|"  # the weight of every gap
MIN_TEXTS = 40  # so many texts have a feature that is kept; rarer ones tell of the text, not of the language
MIN_WEIGHT = 0.1
CLAUSE = 0.1  # a comma, semicolon or colon counts as so much of a joint
STRENGTH = 0.2  # inverse of the L1 penalty, which drops most features

EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def gap_features(words: Sequence[str], index: int) -> Iterator[str]:
    """Name what is seen around the gap after a word: one and two words on either side, and the pair across.

    >>> list(gap_features("dân nghèo nên khó".split(), 1))
    ['| nên', 'nghèo |', 'nghèo | nên', '| nên khó', 'dân nghèo |']
    """
    before, after = words[index], words[index + 1]
    yield f"| {after}"
    yield f"{before} |"
    yield f"{before} | {after}"
    if index + 2 < len(words):
        yield f"| {after} {words[index + 2]}"
    if index:
        yield f"{words[index - 1]} {before} |"


def gap_scores(words: Sequence[str], weights: Mapping[str, float]) -> np.ndarray:
    """Score each gap between lower-case words, in order: log-odds that a sentence ends there."""
    scores = np.full(max(len(words) - 1, 0), weights[BIAS])
    known = weights.get
    for index in range(len(words) - 1):
        before, after = words[index], words[index + 1]
        score = known(f"| {after}", 0.0) + known(f"{before} |", 0.0) + known(f"{before} | {after}", 0.0)
        if index + 2 < len(words):
            score += known(f"| {after} {words[index + 2]}", 0.0)
        if index:
            score += known(f"{words[index - 1]} {before} |", 0.0)
        scores[index] += score
    return scores


@cache
def load_weights(path: Path = JOINTS) -> dict[str, float]:
    """Read the weights, a feature and its log-odds a line; they are kept for the next text.

    Raises:
        InputError: when the file is missing or is not such a table.
    """
    try:
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        weights = {feature: float(weight) for feature, weight in rows}
    except (OSError, ValueError) as error:
        raise InputError(f"{path} holds no weights of joints.", hint="Install thamluan again.") from error
    if BIAS not in weights:
        raise InputError(f"{path} holds no weights of joints: the row {BIAS!r} is missing.", hint="Install it again.")
    return weights


def write_weights(weights: Mapping[str, float], path: Path) -> None:
    """Write weights as `load_weights` reads them, the bias first, then by feature."""
    rows = [
        f"{feature}\t{weights[feature]:.2f}\n" for feature in sorted(weights, key=lambda name: (name != BIAS, name))
    ]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(rows)


def read_gaps(text: str) -> tuple[list[str], list[int]]:
    """Turn punctuated text into what a speech recogniser gives, and say what stood after each word.

    2 is the end of a sentence, 1 a comma, semicolon, colon or dash, 0 nothing.

    >>> read_gaps("Dân nghèo, xa. Họp ít.")
    (['dân', 'nghèo', 'xa', 'họp', 'ít'], [0, 1, 2, 0, 2])
    """
    tokens = [(EDGES.sub("", token), token.rstrip(CLOSERS) or token) for token in text.split()]
    words: list[str] = []
    gaps: list[int] = []
    for index, (word, token) in enumerate(tokens):
        gap = 0
        if token.endswith(SENTENCE_ENDS):
            following = next((later for later, _ in tokens[index + 1 : index + 3] if later), "A")
            is_name = token.endswith(".") and len(word) <= 2 and word.isupper()
            gap = 2 if not is_name and (following[0].isupper() or following[0].isdigit()) else 0
        elif token.endswith((",", ";", ":")) or token in ("-", "–", "—"):
            gap = 1
        if word:
            words.append(word.lower())
            gaps.append(gap)
        elif gaps:
            gaps[-1] = max(gaps[-1], gap)
    return words, gaps


def learn(texts: Iterable[tuple[str, float]], *, min_texts: int = MIN_TEXTS) -> dict[str, float]:
    """Learn weights from punctuated texts, each with its own weight, by a logistic regression over gaps (L1).

    Palmer (2010), "Text segmentation", names the words around a gap as what tells a sentence's end; here there is no
    mark to start from, so every gap is judged.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    read = [(*read_gaps(text), weight) for text, weight in texts]
    counts: Counter[str] = Counter()
    for words, _, _ in read:
        counts.update({feature for index in range(len(words) - 1) for feature in gap_features(words, index)})
    kept = sorted(feature for feature, n_texts in counts.items() if n_texts >= min_texts)
    columns = {feature: column for column, feature in enumerate(kept)}
    # Arrays, not lists: millions of gaps.
    indices, pointers, targets, importances = array("i"), array("i", [0]), array("b"), array("d")
    for words, gaps, weight in read:
        for index in range(len(words) - 1):
            # A clause's end is a joint for a part, and none for the rest.
            parts = ((1, CLAUSE), (0, 1 - CLAUSE)) if gaps[index] == 1 else ((gaps[index] // 2, 1.0),)
            known = [columns[feature] for feature in gap_features(words, index) if feature in columns]
            for target, part in parts:
                indices.extend(known)
                pointers.append(len(indices))
                targets.append(target)
                importances.append(part * weight)
    cells = (np.ones(len(indices)), np.asarray(indices), np.asarray(pointers))
    gaps_seen = csr_matrix(cells, shape=(len(targets), len(columns)))
    model = LogisticRegression(l1_ratio=1, C=STRENGTH, solver="liblinear", max_iter=30, tol=1e-2, random_state=0)
    model.fit(gaps_seen, np.asarray(targets), sample_weight=np.asarray(importances))
    found = dict(zip(columns, model.coef_[0].tolist(), strict=True))
    heavy = {feature: weight for feature, weight in found.items() if abs(weight) >= MIN_WEIGHT}
    return {BIAS: float(model.intercept_[0])} | heavy
