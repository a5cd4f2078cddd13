"""Candidates: the syllables that a bare syllable may stand for, and how well each fits where it stands.

A candidate's score is the logarithm of its share among the candidates plus a weight for each of `CONTEXTS`, learnt by
logistic regression. The contexts look at letters only, never at marks, so that scores are the same before and after
marks were put in. Weights lie in a table that is addressed by hashing the context (Weinberger et al., 2009, "Feature
Hashing for Large Scale Multitask Learning"): a row holds the weights of all candidates, four bits each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.marks.runs import EDGE, read, spell

# The neighbours that are looked at together, by their distance. At most 17, so that sums of four bits fit in a byte.
CONTEXTS: tuple[tuple[int, ...], ...] = (
    (-1,),
    (1,),
    (-2, -1),
    (-1, 1),
    (1, 2),
)
REACH = max(abs(distance) for context in CONTEXTS for distance in context)
SLOTS = 16  # places for candidates in a row of weights
ZERO = 8  # the four bits of a weight of nothing; they run from -8 to 7 steps
LOW_BITS = np.uint64(0x0F0F0F0F0F0F0F0F)
NO_CANDIDATE = -1e4  # score of an empty slot
BLOCK = 1 << 15  # positions scored at once: what they need stays in the processor's cache


@dataclass(frozen=True)
class Candidates:
    """What every bare syllable may stand for: counts in a corpus, and the table of weights (rows, 8 bytes).

    Byte k of a row holds the weight of slot k in its low half and that of slot k + 8 in its high half, in steps of
    `step`. A bare syllable uses the slots from `first_slot` on, in the order of its counts.
    """

    counts: Mapping[str, Mapping[str, int]]
    table: np.ndarray
    step: float

    @classmethod
    def untrained(cls, counts: Mapping[str, Mapping[str, int]]) -> Self:
        """Score by counts alone: the most frequent candidate is the best everywhere."""
        return cls(counts, np.full((1, SLOTS // 2), ZERO * 17, dtype=np.uint8), 0.0)

    @cached_property
    def bare(self) -> np.ndarray:
        """Spellings of the bare syllables, rising."""
        return np.array(sorted(map(spell, self.counts)), dtype=np.int64)

    @cached_property
    def forms(self) -> list[dict[int, str]]:
        """Name the candidates of every bare syllable by their slots."""
        forms = []
        for bare in map(read, self.bare.tolist()):
            counts, first = self.counts[bare], first_slot(bare)
            ranked = sorted(counts, key=lambda form: (-counts[form], form))
            forms.append({(first + place) % SLOTS: form for place, form in enumerate(ranked)})
        return forms

    @cached_property
    def spellings(self) -> np.ndarray:
        """Spellings of the candidates: (bare syllables, slots), 0 where there is none."""
        spellings = np.zeros((len(self.bare), SLOTS), dtype=np.int64)
        for row, forms in zip(spellings, self.forms, strict=True):
            row[list(forms)] = list(map(spell, forms.values()))
        return spellings

    @cached_property
    def priors(self) -> np.ndarray:
        """Logarithms of the candidates' shares, each counted once more than it was: (bare syllables, slots)."""
        counted = np.zeros((len(self.bare), SLOTS))
        for row, bare, forms in zip(counted, map(read, self.bare.tolist()), self.forms, strict=True):
            row[list(forms)] = [self.counts[bare][form] + 1 for form in forms.values()]
        with np.errstate(divide="ignore"):
            shares = np.log(counted / counted.sum(axis=1, keepdims=True))
        return np.maximum(shares, NO_CANDIDATE).astype(np.float32)

    @cached_property
    def n_forms(self) -> np.ndarray:
        """Number of candidates of every bare syllable."""
        return (self.spellings > 0).sum(axis=1)

    @cached_property
    def bare_slots(self) -> np.ndarray:
        """Slot in which a bare syllable stands for itself, or -1 where it never does."""
        is_itself = self.spellings == self.bare[:, None]
        return np.where(is_itself.any(axis=1), is_itself.argmax(axis=1), -1)

    def check(self) -> None:
        """Raise a ValueError, or what else garbage leads to, unless every part is what it should be."""
        n_rows = len(self.table)
        if self.table.dtype != np.uint8 or self.table.shape != (n_rows, SLOTS // 2) or n_rows.bit_count() != 1:
            raise ValueError(f"a table of {self.table.dtype} {self.table.shape}")
        for bare, counts in self.counts.items():
            if not 0 < len(counts) <= SLOTS or any(strip_marks(form) != bare for form in counts):
                raise ValueError("candidates that are none")
        if not np.isfinite(self.priors).all() or not np.isfinite(self.step):
            raise ValueError("shares or weights that are none")

    def find(self, bare: np.ndarray) -> np.ndarray:
        """Find the entries of bare spellings; -1 for what is none."""
        if not len(self.bare):
            return np.full(len(bare), -1)
        entries = np.minimum(np.searchsorted(self.bare, bare), len(self.bare) - 1)
        return np.where(self.bare[entries] == bare, entries, -1)

    def scores(self, bare: np.ndarray, where: np.ndarray, entries: np.ndarray) -> np.ndarray:
        """Score the candidates at some places of a line of bare spellings: (places, slots), the higher the better.

        `entries` are those of `bare[where]`; none may be -1.
        """
        scores = self.priors[entries]
        words = self.table.view(np.uint64)[:, 0]
        for start in range(0, len(where), BLOCK):
            part = slice(start, start + BLOCK)
            low = np.zeros(len(where[part]), dtype=np.uint64)
            high = np.zeros_like(low)
            for hashes in context_hashes(bare, where[part]):
                weights = words[rows_of(hashes, n_rows=len(words))]
                low += weights & LOW_BITS
                high += (weights >> np.uint64(4)) & LOW_BITS
            sums = np.stack([low, high], axis=1).view(np.uint8).astype(np.float32)
            scores[part] += np.float32(self.step) * (sums - ZERO * len(CONTEXTS))
        return scores


def first_slot(bare: str) -> int:
    """Choose the slot in which the slots of a bare syllable start, so that all slots are used alike."""
    return _mix(spell(bare)) % SLOTS


def context_hashes(bare: np.ndarray, where: np.ndarray) -> Iterator[np.ndarray]:
    """Hash each of `CONTEXTS`, with the syllable itself, at some places of a line of bare spellings.

    What lies beyond an `EDGE` is not seen. Multilinear hashing: the high bits are the good ones.
    """
    padded = np.concatenate([np.zeros(REACH, dtype=np.int64), bare, np.zeros(REACH, dtype=np.int64)])
    products = {0: padded[where + REACH].astype(np.uint64) * _multiplier(0)}
    for side in (-1, 1):
        is_seen: np.ndarray | bool = True
        for distance in range(1, REACH + 1):
            neighbours = padded[where + REACH + side * distance] * is_seen
            is_seen = neighbours != EDGE
            products[side * distance] = neighbours.astype(np.uint64) * _multiplier(side * distance)
    for number, context in enumerate(CONTEXTS):
        hashes = products[0] + np.uint64(_mix(2 * REACH + 1 + number))
        for distance in context:
            hashes += products[distance]
        yield hashes


def rows_of(hashes: np.ndarray, *, n_rows: int) -> np.ndarray:
    """Turn hashes into rows of a table; `n_rows` is a power of two."""
    if n_rows == 1:
        return np.zeros(len(hashes), dtype=np.int64)
    return (hashes >> np.uint64(65 - n_rows.bit_length())).astype(np.int64)


def pack(weights: np.ndarray, *, step: float) -> np.ndarray:
    """Round weights (rows, slots) to steps and pack them two in a byte."""
    steps = (np.clip(np.rint(weights / np.float32(step)), -ZERO, ZERO - 1) + ZERO).astype(np.uint8)
    return steps[:, : SLOTS // 2] | steps[:, SLOTS // 2 :] << 4


def _multiplier(distance: int) -> np.uint64:
    return np.uint64(_mix(REACH + distance) | 1)


def _mix(number: int) -> int:
    """Scatter a number over 64 bits (the finaliser of SplitMix64: Steele, Lea and Flood, 2014)."""
    mixed = (number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return mixed ^ mixed >> 31
