"""Fitting a restorer of diacritics to plain text that was written with them."""

import hashlib
import json
import lzma
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.artefacts import sha256, versions
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.syllables import place_tone, strip_tone
from thamluan.pipeline.text.marks.candidates import CONTEXTS, SLOTS, Candidates, context_hashes, pack, rows_of
from thamluan.pipeline.text.marks.evaluation import measure, strip
from thamluan.pipeline.text.marks.restorer import Restorer
from thamluan.pipeline.text.marks.runs import SPECIAL, Runs, read, spell

FEWEST = 5  # times that a syllable must be written to be known: rarer ones are slips and names
SMALLEST_SHARE = 0.0003  # of the syllables with the same letters, for the same reason
N_ROWS = 1 << 22
STEP = 0.5  # of the weights, as they are kept
RATE = 0.7  # of learning from a corpus, at its start; it falls to nothing
OWN_RATE = 0.4  # of learning from own lines, which come last
SMALLEST_SQUARE = 1e-6  # keeps the first step of a weight finite
SETTLED = 0.05  # an error of a probability that is left as it is
BATCH = 200  # lines that are learnt from at once
LARGEST_SKETCH = 1 << 28  # contexts that are told apart when they are looked at for recurring
STRETCH = 200  # lines of a corpus that are learnt from or held out together, since neighbours may be of one article
HELD_OUT = {42: "dev", 77: "test"}  # of each hundred stretches
REPEATS = 10  # times that own lines are learnt from
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

    def followed_by(self, others: Self) -> Self:
        """Put other lines, in their own batches, after these."""
        return type(self)(
            np.concatenate([self.spellings, others.spellings]),
            np.concatenate([self.bare, others.bare]),
            np.concatenate([self.bounds, self.bounds[-1] + others.bounds[1:]]),
        )

    def batch(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Give the spellings of a batch, with marks and without."""
        part = slice(self.bounds[number], self.bounds[number + 1])
        return self.spellings[part], self.bare[part]


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

    What differs only in the place of the tone mark counts as one, spelt in the old way: "hòa", not "hoà"; slips as
    "qúy" go to the spelling that occurs most.
    """
    found, n_found = np.unique(spellings, return_counts=True)
    groups: dict[tuple[str, str | None], dict[int, int]] = {}
    for spelling, n in zip(found.tolist(), n_found.tolist(), strict=True):
        if n >= FEWEST and spelling not in SPECIAL:
            groups.setdefault(strip_tone(read(spelling)), {})[spelling] = n
    counts: dict[str, dict[str, int]] = {}
    preferred: dict[int, int] = {}
    for written in groups.values():
        most = max(written, key=lambda spelling: (written[spelling], -spelling))
        form = place_tone(read(most))
        preferred |= dict.fromkeys((*written, spell(form)), spell(form))
        bare = strip_marks(form)
        if SYLLABLE.fullmatch(bare):
            counts.setdefault(bare, {})[form] = sum(written.values())
    kept = {bare: _most_frequent(forms) for bare, forms in sorted(counts.items())}
    rising = np.array(sorted(preferred), dtype=np.int64)
    return kept, Preferred(rising, np.array([preferred[spelling] for spelling in rising.tolist()], dtype=np.int64))


def _most_frequent(forms: Mapping[str, int]) -> dict[str, int]:
    fewest = SMALLEST_SHARE * sum(forms.values())
    ranked = sorted(forms, key=lambda form: (-forms[form], form))[:SLOTS]
    return {form: forms[form] for form in ranked if forms[form] >= fewest}


def read_lines(path: Path) -> Iterator[str]:
    """Read the lines of a corpus: UTF-8 text, also packed (.xz), or the texts of a .jsonl file.

    Raises:
        InputError: when the file cannot be read, is not UTF-8, or has a line without text.
    """
    is_packed, is_json = path.suffix == ".xz", path.suffix == ".jsonl"
    try:
        with lzma.open(path, "rt", encoding="utf-8") if is_packed else path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)["text"] if is_json else line
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise InputError(f"{path} cannot be read.", hint="Copy it again from where it came.") from error
    except (ValueError, LookupError, TypeError) as error:
        hint = "Save it as UTF-8; a .jsonl file has an object with a text in every line."
        raise InputError(f"{path} holds something other than text.", hint=hint) from error


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
