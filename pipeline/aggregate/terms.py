"""Words typical of what is said on a theme, or in a group."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.comparisons import LEVEL, adjust
from thamluan.pipeline.aggregate.shares import as_frame
from thamluan.pipeline.artefacts import FUNCTION_WORDS
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import indicators

N_TERMS = 12  # for a theme or value, at most
FEWEST = 3  # contributions that hold the word, and people who say it
STRENGTH = 500.0  # how many words the prior weighs
TOGETHER = 0.7  # share of a word's occurrences beside another from which the two are one phrase
TYPICAL = 1.96  # z from which a theme's word is shown; many words are tried, so this is no test


@dataclass(frozen=True)
class Said:
    """Words with who said them; `words_of` and `units_of` have an entry an occurrence, the others one a unit.

    `voices` tell whose word counts once: the person in answers; in speeches, where few speak at length, the unit.
    """

    vocabulary: Sequence[str]
    words_of: np.ndarray  # places in the vocabulary
    units_of: np.ndarray  # places among the units
    contributions: np.ndarray
    voices: np.ndarray


def read_words(units: pd.DataFrame, *, people: pd.DataFrame, codebook: Codebook) -> Said:
    """Find the words of units, phrases joined, without those that carry nothing; a codebook's cues are never left out.

    `people` has a row a contribution: contribution, respondent, paragraph.
    """
    cues = {cue.lower() for theme in codebook.themes for cue in theme.cues}
    ignored = _function_words() - cues
    segmented = words_of(units[columns.MODEL_TEXT].str.lower().tolist())
    texts = _join_phrases([_runs(words, ignored=ignored) for words in segmented])
    found, vocabulary = pd.factorize(np.array([word for words in texts for word in words], dtype=object), sort=True)
    numbers = units[columns.CONTRIBUTION].to_numpy()
    known = people.set_index(columns.CONTRIBUTION)
    is_speech = known[columns.PARAGRAPH].reindex(numbers).to_numpy() > 0
    speakers = pd.factorize(known[columns.RESPONDENT].reindex(numbers))[0]
    return Said(
        vocabulary=list(vocabulary),
        words_of=found,
        units_of=np.repeat(np.arange(len(texts)), [len(words) for words in texts]),
        contributions=numbers,
        voices=np.where(is_speech, len(numbers) + np.arange(len(numbers)), speakers),
    )


def terms(units: pd.DataFrame, *, said: Said, codebook: Codebook) -> pd.DataFrame:
    """Find the words that set a theme's units apart from the others: `columns.TERMS`, most typical first.

    The score is the z of the log-odds ratio with an informative Dirichlet prior, the prior being the words of all
    units (Monroe, Colaresi and Quinn 2008, "Fightin' Words"). Each person counts once a word.
    """
    carries = indicators(units, codebook=codebook)
    rows: list[tuple[object, ...]] = []
    for theme in codebook.theme_ids:
        scored = _scored(said, parts=carries[theme].to_numpy(), names=["", theme])
        typical = [row for row in scored if row[0] == theme and row[3] > TYPICAL]
        rows += typical[:N_TERMS]
    return as_frame(rows, columns.TERMS)


def group_terms(said: Said, *, values: pd.DataFrame, left_out: Collection[str] = ()) -> pd.DataFrame:
    """Find the words that set a value apart from the others of its grouping: `columns.GROUP_TERMS`.

    `values` has a row a contribution, by its number, and a column a grouping. Very many words are tried: only those
    are given whose z survives the adjustment for all words and values of the grouping (Benjamini and Hochberg 1995).
    """
    from scipy.stats import norm

    rows: list[tuple[object, ...]] = []
    for group in values.columns:
        names = [value for value in dict.fromkeys(values[group]) if value not in left_out]
        parts = pd.Index(names, dtype=object).get_indexer(values[group].reindex(said.contributions))
        scored = _scored(said, parts=parts, names=names)
        q = adjust(2 * norm.sf(np.abs([z for *_, z in scored])))
        kept = [row for row, each in zip(scored, q, strict=True) if each <= LEVEL and row[3] > 0]
        for value in names:
            rows += [(group, *row) for row in kept if row[0] == value][:N_TERMS]
    return as_frame(rows, columns.GROUP_TERMS)


def _scored(said: Said, *, parts: np.ndarray, names: Sequence[str]) -> list[tuple[str, str, int, float]]:
    """Score the words of each part of the units against the other parts: name, word, n contributions, z.

    `parts` has a place in `names` for each unit, -1 for units left out. Most typical words stand first.
    """
    shape = (len(names), len(said.vocabulary))
    by_voice = _counts(said, parts, said.voices, shape=shape)
    by_contribution = _counts(said, parts, said.contributions, shape=shape)
    everywhere = by_voice.sum(axis=0)
    rows = []
    for part, name in enumerate(names):
        z = _scores(by_voice[part], everywhere)
        enough = (by_voice[part] >= FEWEST) & (by_contribution[part] >= FEWEST) & ~np.isnan(z)
        words = sorted(np.flatnonzero(enough), key=lambda word, z=z: (-z[word], said.vocabulary[word]))
        rows += [(name, said.vocabulary[word], int(by_contribution[part, word]), float(z[word])) for word in words]
    return rows


def _counts(said: Said, parts: np.ndarray, whose: np.ndarray, *, shape: tuple[int, int]) -> np.ndarray:
    """Count for each part and word how many different voices or contributions hold it there."""
    part, word, who = parts[said.units_of], said.words_of, whose[said.units_of]
    held = pd.DataFrame({"part": part, "word": word, "who": who})[part >= 0].drop_duplicates()
    counted = np.zeros(shape, dtype=int)
    np.add.at(counted, (held["part"].to_numpy(), held["word"].to_numpy()), 1)
    return counted


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


def _scores(n_in: np.ndarray, n_all: np.ndarray) -> np.ndarray:
    """Give the z of each word inside against outside; missing where there is nothing to compare."""
    total_in, total_all = n_in.sum(), n_all.sum()
    if not total_in or np.count_nonzero(n_all) == 1:
        # A word sets nothing apart when it is the only one.
        return np.full(len(n_all), np.nan)
    n_out = n_all - n_in
    prior = STRENGTH * n_all / total_all
    with np.errstate(divide="ignore", invalid="ignore"):  # words that only units left out hold
        log_odds_in = np.log((n_in + prior) / (total_in + STRENGTH - n_in - prior))
        log_odds_out = np.log((n_out + prior) / (total_all - total_in + STRENGTH - n_out - prior))
        return (log_odds_in - log_odds_out) / np.sqrt(1 / (n_in + prior) + 1 / (n_out + prior))
