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
UNIT_MARK = "\0"  # before a unit's number, so that it is nobody's name


@dataclass(frozen=True)
class Said:
    """Words with who said them: a row a unit.

    `voices` tell whose word counts once: the person in answers; in speeches, where few speak at length, the unit.
    """

    words: list[list[str]]
    contributions: np.ndarray
    voices: np.ndarray


def read_words(units: pd.DataFrame, *, people: pd.DataFrame, codebook: Codebook) -> Said:
    """Find the words of units, phrases joined, without those that carry nothing; a codebook's cues are never left out.

    `people` has a row a contribution: contribution, respondent, paragraph.
    """
    cues = {cue.lower() for theme in codebook.themes for cue in theme.cues}
    ignored = _function_words() - cues
    segmented = words_of(units[columns.MODEL_TEXT].str.lower().tolist())
    numbers = units[columns.CONTRIBUTION].to_numpy()
    known = people.set_index(columns.CONTRIBUTION)
    is_speech = known[columns.PARAGRAPH].reindex(numbers).to_numpy() > 0
    speakers = known[columns.RESPONDENT].reindex(numbers).to_numpy()
    own = [f"{UNIT_MARK}{number}" for number in range(len(units))]
    voices = np.where(is_speech, np.array(own, dtype=object), speakers)
    return Said(_join_phrases([_runs(words, ignored=ignored) for words in segmented]), numbers, voices)


def terms(units: pd.DataFrame, *, said: Said, codebook: Codebook) -> pd.DataFrame:
    """Find the words that set a theme's units apart from the others: `columns.TERMS`, most typical first.

    The score is the z of the log-odds ratio with an informative Dirichlet prior, the prior being the words of all
    units (Monroe, Colaresi and Quinn 2008, "Fightin' Words"). Each person counts once a word.
    """
    carries = indicators(units, codebook=codebook)
    rows: list[tuple[object, ...]] = []
    for theme in codebook.theme_ids:
        scored = _scored(said, carries[theme].to_numpy() == 1)
        typical = scored[scored[columns.SCORE] > TYPICAL].head(N_TERMS)
        rows += [(theme, *row) for row in typical.itertuples(index=False, name=None)]
    return as_frame(rows, columns.TERMS)


def group_terms(said: Said, *, values: pd.DataFrame, left_out: Collection[str] = ()) -> pd.DataFrame:
    """Find the words that set a value apart from the others of its grouping: `columns.GROUP_TERMS`.

    `values` has a row a contribution, by its number, and a column a grouping. Very many words are tried: only those
    are given whose z survives the adjustment for all words and values of the grouping (Benjamini and Hochberg 1995).
    """
    from scipy.stats import norm

    rows: list[tuple[object, ...]] = []
    for group in values.columns:
        of_unit = values[group].reindex(said.contributions).to_numpy()
        compared = ~pd.isna(of_unit) & ~np.isin(of_unit.astype(str), list(left_out))
        found = []
        for value in dict.fromkeys(values[group]):
            if value not in left_out:
                scored = _scored(said, of_unit == value, among=compared)
                found.append(scored.assign(**{columns.GROUP: group, columns.VALUE: value}))
        scored = pd.concat(found) if found else pd.DataFrame(columns=list(columns.GROUP_TERMS))
        q = adjust(2 * norm.sf(scored[columns.SCORE].abs().to_numpy(dtype=float)))
        holds = scored[(q <= LEVEL) & (scored[columns.SCORE] > 0)]
        best = holds.groupby(columns.VALUE, sort=False).head(N_TERMS)
        rows += best[list(columns.GROUP_TERMS)].itertuples(index=False, name=None)
    return as_frame(rows, columns.GROUP_TERMS)


def _scored(said: Said, inside: np.ndarray, *, among: np.ndarray | None = None) -> pd.DataFrame:
    """Score the words of some units against the others: term, n contributions, z; most typical first."""
    among = np.ones(len(inside), dtype=bool) if among is None else among
    counted: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    heard = set()
    held_by: dict[str, set[int]] = {}
    for index in np.flatnonzero(among):
        is_inside = bool(inside[index])
        for word in said.words[index]:
            if (is_inside, word, said.voices[index]) not in heard:
                heard.add((is_inside, word, said.voices[index]))
                counted[is_inside][word] += 1
            if is_inside:
                held_by.setdefault(word, set()).add(said.contributions[index])
    scored = [
        (word, len(held_by[word]), z)
        for word, z in _scores(counted[True], counted[True] + counted[False])
        if counted[True][word] >= FEWEST and len(held_by[word]) >= FEWEST
    ]
    scored.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(scored, columns=[columns.TERM, columns.N, columns.SCORE])


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
