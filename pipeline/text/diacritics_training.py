"""Fitting a restorer of diacritics to plain text that was written with them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Self

import numpy as np

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.candidates import CONTEXTS, SLOTS, Candidates, context_hashes, pack, rows_of
from thamluan.pipeline.text.diacritics import Restorer
from thamluan.pipeline.text.runs import SPECIAL, Runs, read, without_tone

FEWEST = 5  # times that a syllable must be written to be known: rarer ones are slips and names
SMALLEST_SHARE = 0.0003  # of the syllables with the same letters, for the same reason
N_ROWS = 1 << 22
STEP = 0.5  # of the weights, as they are kept
RATE = 0.4  # of learning
SMALLEST_SQUARE = 1e-6  # keeps the first step of a weight finite
SETTLED = 0.05  # an error of a probability that is left as it is
BATCH = 200  # lines that are learnt from at once
LARGEST_SKETCH = 1 << 28  # contexts that are told apart when they are looked at for recurring
STRETCH = 200  # lines of a corpus that are learnt from or held out together, since neighbours may be of one article
HELD_OUT = {42: "dev", 77: "test"}  # of each hundred stretches
SCATTER = np.uint64(0x9E3779B97F4A7C15)

SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|k[hr]?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:uyeu?|uye|uya|uyu|uay|uai|ueo|uoi|uou|oai|oay|oao|oeo|ieu|yeu|"
    "a[iouy]?|e[ou]?|i[aeu]?|o[aeio]?|u[aeiouy]?|y[ea]?)"
    "(?:ch?|k|m|ng?|nh|p|t)?"  # with those of Đắk Lắk and Krông Pắk
)


@dataclass(frozen=True)
class Lines:
    """Lines of a corpus as spellings, with marks and without, an `EDGE` after each line."""

    spellings: np.ndarray
    bare: np.ndarray
    bounds: np.ndarray  # where each batch of `BATCH` lines starts, and the end of the last

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Read lines, in batches."""
        spellings, bare, bounds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], [0]
        remaining = iter(lines)
        while batch := list(islice(remaining, BATCH)):
            runs = Runs.of_text("\n".join((*batch, "")))
            spellings.append(runs.spellings)
            bare.append(runs.bare)
            bounds.append(bounds[-1] + len(runs.bare))
        return cls(np.concatenate(spellings), np.concatenate(bare), np.array(bounds))

    @property
    def n_batches(self) -> int:
        return len(self.bounds) - 1

    def batch(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Give the spellings of a batch, with marks and without."""
        part = slice(self.bounds[number], self.bounds[number + 1])
        return self.spellings[part], self.bare[part]


def fit(lines: Iterable[str], *, n_rows: int = N_ROWS, rate: float = RATE, seed: int = 0) -> Restorer:
    """Fit a restorer to lines of text that was written with marks; the same lines give the same restorer.

    Counts come first; then the weights of contexts by stochastic gradient descent on the logarithmic loss, with a step
    for each weight (AdaGrad: Duchi, Hazan and Singer, 2011), once over all lines in an order by `seed`, the rate
    falling to nothing. `n_rows` is a power of two. Takes 130 bytes of memory a row and 16 a word.
    """
    return fit_lines(Lines.of(lines), n_rows=n_rows, rate=rate, seed=seed)


def fit_lines(corpus: Lines, *, n_rows: int = N_ROWS, rate: float = RATE, seed: int = 0) -> Restorer:
    """Fit a restorer to lines that were read; see `fit`."""
    counts, preferred = count(corpus.spellings)
    candidates = Candidates.untrained(counts)
    if not counts:
        return Restorer(candidates)
    recurring = _recurring(corpus, candidates)
    weights = np.zeros((n_rows, SLOTS), dtype=np.float32)
    squares = np.full((n_rows, SLOTS), SMALLEST_SQUARE, dtype=np.float32)
    order = np.random.default_rng(seed).permutation(corpus.n_batches).tolist()
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
        for context, each in zip(CONTEXTS, hashes, strict=True):
            is_kept = recurring[_sketched(each, n_places=len(recurring))][places] if len(context) > 1 else slice(None)
            cells = rows_of(each, n_rows=n_rows)[places[is_kept]] * SLOTS + slots[is_kept]
            _descend(weights, squares, cells, gradient[is_kept], rate=rate * (1 - done / len(order)))
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


@dataclass(frozen=True)
class Preferred:
    """One spelling for each that is known: "hoà" is "hòa", and slips of the tone mark are mended."""

    spellings: np.ndarray  # rising
    replacements: np.ndarray

    def of(self, spellings: np.ndarray) -> np.ndarray:
        """Replace spellings by the preferred ones; unknown ones stay."""
        places = np.minimum(np.searchsorted(self.spellings, spellings), len(self.spellings) - 1)
        return np.where(self.spellings[places] == spellings, self.replacements[places], spellings)


def count(spellings: np.ndarray) -> tuple[dict[str, dict[str, int]], Preferred]:
    """Count the syllables of a corpus by their letters, the most frequent first, at most `SLOTS` to the same letters.

    What differs only in the place of the tone mark counts as one, in the spelling that occurs more.
    """
    found, n_found = np.unique(spellings, return_counts=True)
    groups: dict[tuple[str, str], dict[int, int]] = {}
    for spelling, n in zip(found.tolist(), n_found.tolist(), strict=True):
        if n >= FEWEST and spelling not in SPECIAL:
            groups.setdefault(without_tone(read(spelling)), {})[spelling] = n
    counts: dict[str, dict[str, int]] = {}
    preferred: dict[int, int] = {}
    for written in groups.values():
        most = max(written, key=lambda spelling: (written[spelling], -spelling))
        preferred |= dict.fromkeys(written, most)
        bare = strip_marks(read(most))
        if SYLLABLE.fullmatch(bare):
            counts.setdefault(bare, {})[read(most)] = sum(written.values())
    kept = {bare: _most_frequent(forms) for bare, forms in sorted(counts.items())}
    rising = np.array(sorted(preferred), dtype=np.int64)
    return kept, Preferred(rising, np.array([preferred[spelling] for spelling in rising.tolist()], dtype=np.int64))


def _most_frequent(forms: Mapping[str, int]) -> dict[str, int]:
    fewest = SMALLEST_SHARE * sum(forms.values())
    ranked = sorted(forms, key=lambda form: (-forms[form], form))[:SLOTS]
    return {form: forms[form] for form in ranked if forms[form] >= fewest}


def part(lines: Iterable[str], *, name: str) -> Iterator[str]:
    """Choose the lines of a corpus to learn from ("train"), to tune on ("dev") or to measure on ("test").

    Blank lines are left out, and those that came before, since corpora repeat themselves.
    """
    seen: set[bytes] = set()
    for line in lines:
        composed = unicodedata.normalize("NFC", line.strip())
        digest = hashlib.blake2b(composed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if composed and digest not in seen:
            if HELD_OUT.get(len(seen) // STRETCH % 100, "train") == name:
                yield composed
            seen.add(digest)
