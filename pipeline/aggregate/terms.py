"""Words typical of what is said on a theme."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.shares import as_frame
from thamluan.pipeline.artefacts import FUNCTION_WORDS
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators

N_TERMS = 12  # for a theme, at most
FEWEST = 3  # contributions that hold the word
STRENGTH = 500.0  # how many words the prior weighs
TOGETHER = 0.7  # share of a word's occurrences beside another from which the two are one phrase
TYPICAL = 1.96  # z from which a word is shown; many words are tried, so this is no test


def terms(units: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Find the words that set a theme's units apart from the others: `columns.TERMS`, most typical first.

    The score is the z of the log-odds ratio with an informative Dirichlet prior, the prior being the words of all
    units (Monroe, Colaresi and Quinn 2008, "Fightin' Words").
    """
    ignored = _function_words()
    segmented = words_of(units[columns.MODEL_TEXT].str.lower().tolist())
    texts = _join_phrases([_runs(words, ignored=ignored) for words in segmented])
    everywhere = Counter(word for words in texts for word in words)
    carries = indicators(units, codebook=codebook)
    numbers = units[columns.CONTRIBUTION].tolist()
    rows = []
    for theme in codebook.theme_ids:
        inside: Counter[str] = Counter()
        held_by: dict[str, set[int]] = {}
        for words, number, carried in zip(texts, numbers, carries[theme], strict=True):
            if carried:
                inside.update(words)
                for word in words:
                    held_by.setdefault(word, set()).add(number)
        scored = [(word, z) for word, z in _scores(inside, everywhere) if z > TYPICAL and len(held_by[word]) >= FEWEST]
        scored.sort(key=lambda pair: (-pair[1], pair[0]))
        rows += [(theme, word, len(held_by[word]), z) for word, z in scored[:N_TERMS]]
    return as_frame(rows, columns.TERMS)


def _function_words() -> frozenset[str]:
    """Read the words that are never shown, with and without marks."""
    lines = FUNCTION_WORDS.read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return frozenset((*words, *map(strip_marks, words)))


def _runs(words: Sequence[str], *, ignored: frozenset[str]) -> list[list[str]]:
    """Part the words of a text into runs with nothing left out between them.

    What holds no letter, or only one, and what is ignored is left out.
    """
    runs: list[list[str]] = [[]]
    for word in (" ".join(word.split()) for word in words):
        if len(word) > 1 and any(char.isalpha() for char in word) and word not in ignored:
            runs[-1].append(word)
        else:
            runs.append([])
    return runs


def _join_phrases(texts: list[list[list[str]]]) -> list[list[str]]:
    """Join two words that mostly stand side by side, which the segmentation has parted: "nhà văn" and "hóa"."""
    runs = [run for text in texts for run in text]
    single = Counter(word for run in runs for word in run)
    pairs = Counter(pair for run in runs for pair in pairwise(run))
    phrases = {pair for pair, n in pairs.items() if n >= FEWEST and n >= TOGETHER * max(single[word] for word in pair)}
    return [[word for run in text for word in _joined(run, phrases)] for text in texts]


def _joined(run: list[str], phrases: set[tuple[str, str]]) -> list[str]:
    words: list[str] = []
    for before, word in zip(["", *run], run, strict=False):
        if (before, word) in phrases:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _scores(inside: Counter[str], everywhere: Counter[str]) -> list[tuple[str, float]]:
    if not inside or len(everywhere) == 1:
        # A word sets nothing apart when it is the only one.
        return []
    words = list(inside)
    n_in = np.array([inside[word] for word in words], dtype=float)
    n_all = np.array([everywhere[word] for word in words], dtype=float)
    n_out = n_all - n_in
    total_in, total_all = n_in.sum(), everywhere.total()
    prior = STRENGTH * n_all / total_all
    log_odds_in = np.log((n_in + prior) / (total_in + STRENGTH - n_in - prior))
    log_odds_out = np.log((n_out + prior) / (total_all - total_in + STRENGTH - n_out - prior))
    z = (log_odds_in - log_odds_out) / np.sqrt(1 / (n_in + prior) + 1 / (n_out + prior))
    return list(zip(words, z.tolist(), strict=True))
