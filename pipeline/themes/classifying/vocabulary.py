"""Vocabularies: which pieces occur in how many texts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from thamluan.pipeline.themes.classifying.occurrences import Pairs, PieceIndex, Words, blocks, by_text
from thamluan.pipeline.themes.classifying.views import View


def count_texts(
    words: Sequence[Sequence[str]], views: Mapping[str, View], *, fewest: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Count for each view the texts that have each piece; those that fewer than `fewest` have are left out.

    A pair is its two parts with a blank between.
    """
    forms = dict.fromkeys(chain.from_iterable(words))
    held = {name: {form: tuple(view.parts(form)) for form in forms} for name, view in views.items()}
    parts = {name: list(dict.fromkeys(chain.from_iterable(held[name].values()))) for name in views}
    index = PieceIndex(parts, {name: replace(view, parts=held[name].__getitem__) for name, view in views.items()})
    n_texts = np.zeros(index.n_columns, dtype=np.int64)
    pairs: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {name: [] for name, view in views.items() if view.has_pairs}
    for block in (block for block in blocks(words) if block.forms):
        n_texts += np.bincount(by_text(index.find(block), block).indices, minlength=index.n_columns)
        for name, found in index.pairs(block).items():
            pairs[name].append(_count(found, block, n_parts=len(parts[name])))
    counted = {
        name: _frequent(parts[name], own, fewest=fewest[name])
        for name, own in zip(views, np.split(n_texts, index.bounds[1:-1]), strict=True)
    }
    for name, of_blocks in pairs.items():
        if of_blocks:
            counted[name] |= _frequent_pairs(parts[name], *_add_up(of_blocks), fewest=fewest[name])
    return counted


def _frequent(pieces: Sequence[str], n_texts: np.ndarray, *, fewest: int) -> dict[str, int]:
    return {pieces[number]: int(n_texts[number]) for number in np.flatnonzero(n_texts >= fewest)}


def _frequent_pairs(parts: Sequence[str], keys: np.ndarray, n_texts: np.ndarray, *, fewest: int) -> dict[str, int]:
    is_frequent = n_texts >= fewest
    first, second = (numbers.tolist() for numbers in np.divmod(keys[is_frequent], len(parts)))
    pairs = (f"{parts[one]} {parts[other]}" for one, other in zip(first, second, strict=True))
    return dict(zip(pairs, n_texts[is_frequent].tolist(), strict=True))


def _count(pairs: Pairs, block: Words, *, n_parts: int) -> tuple[np.ndarray, np.ndarray]:
    """Give keys of pairs, which number them, and how many texts have each."""
    n_texts = len(block.bounds) - 1
    keys = pairs.first * n_parts + pairs.second
    in_texts = np.unique(keys * n_texts + block.text_of[pairs.first_word])
    return np.unique(in_texts // n_texts, return_counts=True)


def _add_up(counted: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    keys, numbers = np.unique(np.concatenate([keys for keys, _ in counted]), return_inverse=True)
    return keys, np.bincount(numbers, weights=np.concatenate([own for _, own in counted])).astype(np.int64)
