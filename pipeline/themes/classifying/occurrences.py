"""Where pieces occur in texts: every word with the columns of its pieces, found for many texts at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from thamluan.pipeline.themes.classifying.views import View

BLOCK = 1 << 15  # words that are looked at together
REMEMBERED = 50_000  # forms of words whose pieces are kept
UNKNOWN = -1  # a piece that the vocabulary lacks


class ViewIndex:
    """The columns of one view's pieces, which stand one after the other from `first_column` on.

    `numbers` holds every part, also those that only pairs have, and `columns` the column of each or `UNKNOWN`.

    Raises:
        ValueError: when a piece stands there twice.
    """

    def __init__(self, pieces: Sequence[str], *, first_column: int, has_pairs: bool) -> None:
        if len(set(pieces)) < len(pieces):
            raise ValueError("a vocabulary holds a piece twice")
        singles, pairs = [], {}
        for column, piece in enumerate(pieces, start=first_column):
            if has_pairs and " " in piece:
                pairs[column] = piece
            else:
                singles.append((piece, column))
        self.numbers = {piece: number for number, (piece, _) in enumerate(singles)}
        halves = list(chain.from_iterable(piece.split(" ", 1) for piece in pairs.values()))
        for half in halves:
            self.numbers.setdefault(half, len(self.numbers))
        self.columns = np.full(len(self.numbers) + 1, UNKNOWN)  # the last is that of `UNKNOWN`
        self.columns[: len(singles)] = [column for _, column in singles]
        first, second = np.fromiter(map(self.numbers.get, halves), np.int64, count=len(halves)).reshape(-1, 2).T
        keys = self.pair_key(first, second)
        order = np.argsort(keys)
        self._keys, self._pair_columns = keys[order], np.array(list(pairs), dtype=np.int64)[order]

    def pair_key(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Number a pair of parts by their numbers."""
        return first * len(self.numbers) + second

    def pair_columns(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Give the columns of pairs of numbered parts, `UNKNOWN` where there is none."""
        if not len(self._keys):
            return np.full(len(first), UNKNOWN)
        keys = self.pair_key(first, second)
        found = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[found] == keys, self._pair_columns[found], UNKNOWN)


class _Form(NamedTuple):
    """What one form of a word holds: columns in order with their counts, and the numbered parts that can be paired."""

    columns: np.ndarray
    counts: np.ndarray
    paired: tuple[np.ndarray, ...]  # of each view with pairs


@dataclass(frozen=True)
class Words:
    """The words of some texts, text after text: `forms[numbers[i]]` is word i, and text t begins at `bounds[t]`."""

    forms: list[str]
    numbers: np.ndarray
    bounds: np.ndarray

    @property
    def text_of(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))


@dataclass(frozen=True)
class Pairs:
    """Neighbouring parts of one view: the numbers of both, and which of the words each stands in."""

    first: np.ndarray
    second: np.ndarray
    first_word: np.ndarray
    second_word: np.ndarray


def blocks(words: Sequence[Sequence[str]]) -> Iterator[Words]:
    """Lay out texts, some at a time: as many as have about `BLOCK` words, or one that has more.

    Raises:
        TypeError: when texts are given as they are, whose letters would be taken for words.
    """
    if any(isinstance(text, str) for text in words[:1]):
        raise TypeError("These are texts, not lists of words; words_of(texts) cuts them.")
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    starts = np.unique((np.cumsum(lengths) - lengths) // BLOCK, return_index=True)[1].tolist()
    for start, end in pairwise([*starts, len(words)]):
        flat = list(chain.from_iterable(words[start:end]))
        numbers = {form: number for number, form in enumerate(dict.fromkeys(flat))}
        yield Words(
            list(numbers),
            np.fromiter(map(numbers.__getitem__, flat), dtype=np.int32, count=len(flat)),
            np.append(0, np.cumsum(lengths[start:end])),
        )


class PieceIndex:
    """The columns of all views' pieces; finds them in words, and remembers what forms of words hold."""

    def __init__(self, vocabularies: Mapping[str, Sequence[str]], views: Mapping[str, View]) -> None:
        self.bounds = np.append(0, np.cumsum([len(vocabularies[name]) for name in views]))  # of the views' columns
        self._indexes = {
            name: ViewIndex(vocabularies[name], first_column=int(first), has_pairs=view.has_pairs)
            for (name, view), first in zip(views.items(), self.bounds[:-1], strict=True)
        }
        self._views = views
        self._known: dict[str, _Form] = {}

    @property
    def n_columns(self) -> int:
        return int(self.bounds[-1])

    def find(self, words: Words) -> csr_matrix:
        """Give the occurrences of pieces in each word: (words, columns), half an occurrence for half a pair."""
        if not words.forms:
            return csr_matrix((0, self.n_columns))
        forms = self._forms(words)
        bounds = np.append(0, np.cumsum([len(form.columns) for form in forms]))
        of_forms = csr_matrix(
            (np.concatenate([form.counts for form in forms]), np.concatenate([form.columns for form in forms]), bounds),
            shape=(len(forms), self.n_columns),
        )
        return of_forms[words.numbers] + self._halves(words, forms)

    def pairs(self, words: Words) -> dict[str, Pairs]:
        """Give the neighbouring parts that both have a number, for each view that has pairs."""
        return self._pairs(words, self._forms(words))

    def _forms(self, words: Words) -> list[_Form]:
        if len(self._known) > REMEMBERED:
            self._known.clear()
        found = list(map(self._known.get, words.forms))
        unknown = [number for number, form in enumerate(found) if form is None]
        for number, form in zip(unknown, self._look_at([words.forms[number] for number in unknown]), strict=True):
            found[number] = self._known[words.forms[number]] = form
        return found

    def _look_at(self, forms: Sequence[str]) -> Iterator[_Form]:
        columns, paired = [], []
        for name, view in self._views.items():
            parts = list(map(view.parts, forms))
            bounds = np.append(0, np.cumsum(list(map(len, parts)), dtype=np.int64))
            flat = chain.from_iterable(parts)
            index = self._indexes[name]
            numbers = np.fromiter(map(index.numbers.get, flat, repeat(UNKNOWN)), np.int64, count=bounds[-1])
            columns.append((index.columns[numbers], bounds))
            if view.has_pairs:
                paired.append(_cut(numbers, bounds))
        held = self._count(columns, n_forms=len(forms))
        paired = zip(*paired, strict=True)
        return map(_Form, _cut(held.indices, held.indptr), _cut(held.data, held.indptr), paired)

    def _count(self, columns: Sequence[tuple[np.ndarray, np.ndarray]], *, n_forms: int) -> csr_matrix:
        """Count the columns of the forms, given for each view one form's after the other's, with bounds between."""
        form_of = np.concatenate([np.repeat(np.arange(n_forms), np.diff(bounds)) for _, bounds in columns])
        column = np.concatenate([own for own, _ in columns])
        is_known = column != UNKNOWN
        at = form_of[is_known], column[is_known]
        return coo_matrix((np.ones(len(at[0])), at), shape=(n_forms, self.n_columns)).tocsr()

    def _pairs(self, words: Words, forms: Sequence[_Form]) -> dict[str, Pairs]:
        text_of = words.text_of
        pairs = {}
        for place, name in enumerate(name for name, view in self._views.items() if view.has_pairs):
            parts, word_of = _spread([form.paired[place] for form in forms], words.numbers)
            first = np.flatnonzero(
                (text_of[word_of[1:]] == text_of[word_of[:-1]]) & (parts[1:] != UNKNOWN) & (parts[:-1] != UNKNOWN)
            )
            pairs[name] = Pairs(parts[first], parts[first + 1], word_of[first], word_of[first + 1])
        return pairs

    def _halves(self, words: Words, forms: Sequence[_Form]) -> csr_matrix:
        """Give each word half of the pairs that one of its parts is in."""
        rows, columns = [], []
        for name, pairs in self._pairs(words, forms).items():
            found = self._indexes[name].pair_columns(pairs.first, pairs.second)
            known = np.flatnonzero(found != UNKNOWN)
            columns += [found[known]] * 2
            rows += [pairs.first_word[known], pairs.second_word[known]]
        at = np.concatenate(rows).astype(np.int32), np.concatenate(columns).astype(np.int32)
        return coo_matrix((np.full(len(at[0]), 0.5), at), shape=(len(words.numbers), self.n_columns)).tocsr()


def _cut(values: np.ndarray, bounds: np.ndarray) -> Iterator[np.ndarray]:
    bounds = bounds.tolist()
    return map(values.__getitem__, map(slice, bounds[:-1], bounds[1:]))


def _spread(values: Sequence[np.ndarray], numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the values of each number after the other, and the index of the number that each belongs to."""
    lengths = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    starts = np.cumsum(lengths) - lengths
    taken = lengths[numbers]
    before = np.cumsum(taken) - taken
    positions = np.arange(taken.sum()) + np.repeat(starts[numbers] - before, taken)
    return np.concatenate(values)[positions], np.repeat(np.arange(len(numbers)), taken)


def by_text(found: csr_matrix, words: Words) -> csr_matrix:
    """Add up the occurrences in the words of each text: (texts, columns), columns in order."""
    joined = csr_matrix(
        (found.data, found.indices, found.indptr[words.bounds]), shape=(len(words.bounds) - 1, found.shape[1])
    )
    # By columns and back: both ways are linear, while scipy sorts row by row.
    counts = joined.tocsc()
    counts.sum_duplicates()
    return counts.tocsr()
