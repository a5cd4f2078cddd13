"""Fitting a restorer of diacritics to plain text that was written with them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from thamluan.pipeline.artefacts import sha256, versions
from thamluan.pipeline.text.marks.candidates import CONTEXTS, SLOTS, Candidates, context_hashes, pack, rows_of
from thamluan.pipeline.text.marks.corpus import Lines, part, read_lines
from thamluan.pipeline.text.marks.counts import count
from thamluan.pipeline.text.marks.evaluation import measure, strip
from thamluan.pipeline.text.marks.restorer import Restorer

N_ROWS = 1 << 22
STEP = 0.5  # of the weights, as they are kept
RATE = 0.7  # of learning from a corpus, at its start; it falls to nothing
OWN_RATE = 0.4  # of learning from own lines, which come last
SMALLEST_SQUARE = 1e-6  # keeps the first step of a weight finite
SETTLED = 0.05  # an error of a probability that is left as it is
LARGEST_SKETCH = 1 << 28  # contexts that are told apart when they are looked at for recurring
REPEATS = 10  # times that own lines are learnt from
SCATTER = np.uint64(0x9E3779B97F4A7C15)


def train(corpus: Path, *, own: Sequence[Path] = (), dev: Sequence[Path] = (), n_rows: int = N_ROWS) -> Restorer:
    """Fit a restorer to a corpus and own texts, and measure it: on what was held out of the corpus, and on `dev`.

    The facts of the restorer say what it was made of. Own texts without any mark are left out, for they teach nothing.

    Raises:
        InputError: when a file cannot be read.
    """
    own_lines = [line for path in own for line in _marked(path)]
    fitted = fit(part(read_lines(corpus), name="train"), own=own_lines, n_rows=n_rows)
    measured = {f"{corpus.name}, held out": list(part(read_lines(corpus), name="test"))}
    measured |= {path.name: _marked(path) for path in dev}
    facts = {
        "made_by": {name: versions()[name] for name in ("thamluan", "numpy")},
        "trained_on": [
            {"file": path.name, "times": times, "sha256": sha256(path)}
            for path, times in ((corpus, 1), *((path, REPEATS) for path in own))
        ],
        "figures": {name: _figures(fitted, texts) for name, texts in measured.items()},
    }
    return Restorer(fitted.candidates, facts)


def _marked(path: Path) -> list[str]:
    return [line for line in read_lines(path) if strip(line) != line]


def _figures(restorer: Restorer, texts: Sequence[str]) -> dict[str, int | float]:
    """Measure a restorer on texts: shares of syllables that are right, and syllables that it changes though right."""
    found = measure(restorer, texts)
    clean = measure(restorer, texts, texts)
    baseline = measure(Restorer.from_counts(restorer.candidates.counts), texts, everywhere=True)
    return {
        "texts": found.n_lines,
        "syllables": found.n_syllables,
        "right": round(found.share, 4),
        "with_marks": found.n_marked,
        "with_marks_right": round(found.marked_share, 4),
        "whole_texts_right": round(found.lines_share, 4),
        "most_frequent_form_right": round(baseline.share, 4),
        "changed_though_right": clean.n_syllables - clean.n_right,
    }


def fit(lines: Iterable[str], *, own: Sequence[str] = (), n_rows: int = N_ROWS, seed: int = 0) -> Restorer:
    """Fit a restorer to lines of text that was written with marks; the same lines give the same restorer.

    Counts come first; then the weights of contexts by stochastic gradient descent on the logarithmic loss, with a step
    for each weight (AdaGrad: Duchi, Hazan and Singer, 2011), once over all lines in an order by `seed`. `own` lines,
    few but written as the texts are that will be restored, are learnt from last and `REPEATS` times. `n_rows` is a
    power of two. Takes 130 bytes of memory a row and 16 a word.
    """
    corpus = Lines.of(lines)
    n_first = corpus.n_batches
    corpus = corpus.followed_by(Lines.of(line for _ in range(REPEATS) for line in own))
    counts, preferred = count(corpus.spellings)
    candidates = Candidates.untrained(counts)
    if not counts:
        return Restorer(candidates)
    recurring = _recurring(corpus, candidates)
    weights = np.zeros((n_rows, SLOTS), dtype=np.float32)
    squares = np.full((n_rows, SLOTS), SMALLEST_SQUARE, dtype=np.float32)
    choose = np.random.default_rng(seed)
    order = [*choose.permutation(n_first), *(n_first + choose.permutation(corpus.n_batches - n_first))]
    for done, number in enumerate(order):
        spellings, bare = corpus.batch(number)
        where, entries, is_right = _examples(candidates, preferred.of(spellings), bare)
        hashes = list(context_hashes(bare, where))
        scores = candidates.priors[entries]
        for each in hashes:
            scores += weights[rows_of(each, n_rows=n_rows)]
        errors = _probabilities(scores) - is_right
        places, slots = np.nonzero(np.abs(errors) > SETTLED)
        gradient = errors[places, slots]
        rate = RATE * (1 - done / n_first) if number < n_first else OWN_RATE
        for context, each in zip(CONTEXTS, hashes, strict=True):
            is_kept = recurring[_sketched(each, n_places=len(recurring))][places] if len(context) > 1 else slice(None)
            cells = rows_of(each, n_rows=n_rows)[places[is_kept]] * SLOTS + slots[is_kept]
            _descend(weights, squares, cells, gradient[is_kept], rate=rate)
    return Restorer(Candidates(counts, pack(weights, step=STEP), STEP))


def _descend(weights: np.ndarray, squares: np.ndarray, cells: np.ndarray, gradient: np.ndarray, *, rate: float) -> None:
    """Take a step against the gradient of some cells, the smaller the more a cell has seen."""
    np.add.at(squares.reshape(-1), cells, gradient**2)
    np.add.at(weights.reshape(-1), cells, np.float32(-rate) * gradient / np.sqrt(squares.reshape(-1)[cells]))


def _examples(
    candidates: Candidates, spellings: np.ndarray, bare: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find what can be learnt from: places, entries, and which candidate (places, slots) is right."""
    entries = candidates.find(bare)
    where = np.flatnonzero(entries >= 0)
    where = where[candidates.n_forms[entries[where]] > 1]
    is_right = candidates.spellings[entries[where]] == spellings[where, None]
    is_known = is_right.any(axis=1)
    return where[is_known], entries[where[is_known]], is_right[is_known]


def _probabilities(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _recurring(corpus: Lines, candidates: Candidates) -> np.ndarray:
    """Mark the contexts that stand in two batches or more; others would only crowd the table."""
    n_places = min(LARGEST_SKETCH, 1 << (len(corpus.bare) * len(CONTEXTS)).bit_length())
    once, twice = np.zeros(n_places, dtype=bool), np.zeros(n_places, dtype=bool)
    for number in range(corpus.n_batches):
        _, bare = corpus.batch(number)
        where = np.flatnonzero(candidates.find(bare) >= 0)
        for hashes in context_hashes(bare, where):
            places = _sketched(hashes, n_places=n_places)
            twice[places] |= once[places]
            once[places] = True
    return twice


def _sketched(hashes: np.ndarray, *, n_places: int) -> np.ndarray:
    """Hash hashes once more, so that contexts that meet in the table part here."""
    return rows_of((hashes ^ hashes >> np.uint64(31)) * SCATTER, n_rows=n_places)
