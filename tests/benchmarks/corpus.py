"""How varied the labelled corpus is: near-duplicates, openings, words, lengths, codes, by file and over all.

    python tests/benchmarks/corpus.py [LABELLED.jsonl ...]

Without files, those of corpora/labelled. Texts are compared without marks and capitals, so that an answer and the same
one typed in haste count as near-duplicates; words are counted after repair.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, triu
from sklearn.feature_extraction.text import CountVectorizer

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.readers import read_table
from thamluan.pipeline.report.digest import grid
from thamluan.pipeline.text.repair import repair_all
from thamluan.pipeline.text.words import join_words_of
from thamluan.pipeline.themes.codebooks.codebook import load_codebook

GRAM = 3  # syllables
NEAR = 0.6  # Jaccard index of two texts' syllable 3-grams
FEW_SYLLABLES = 5  # below which two texts are soon alike
OFTEN = 2  # an opening that occurs more often is a repeated one
N_SHOWN = 8
HEAPS_FROM = 1_000  # words
HEAPS_POINTS = 50
FILE, REGISTER, SYLLABLES = "file", "register", "syllables"


def main() -> None:
    """Print the tables."""
    labelled = CORPORA / "labelled"
    paths = [Path(argument) for argument in sys.argv[1:]]
    corpus = read(paths or [*sorted(labelled.glob("answers_train_*.jsonl")), labelled / "phrases_train.jsonl"])
    codes = load_codebook()
    words = [[word for word in text.lower().split() if word[0].isalpha()] for text in joined(corpus[columns.TEXT])]
    print(f"{len(corpus)} texts in {corpus[FILE].nunique()} files\n")
    print(near_duplicates(corpus, read([labelled / "answers_dev.jsonl"])))
    print(openings(corpus))
    print(vocabulary(words))
    print("\n" + shown(by_file(corpus, words)))
    has_theme = pd.DataFrame(
        {id: corpus[columns.THEMES].str.split(";").map(set(id.split()).issubset) for id in codes.theme_ids}
    )
    without = (corpus[columns.THEMES] == "").rename("none")
    print("\n" + shown(with_sum(pd.concat([has_theme, without], axis=1).groupby(corpus[FILE]).sum())))
    for name in (columns.STANCE, REGISTER):
        counts = pd.crosstab(corpus[FILE], corpus[name].replace("", "–"))
        order = [id for id in codes.stance_ids if id in counts.columns]
        print("\n" + shown(with_sum(counts[[*order, *counts.columns.difference(order)]])))


def read(paths: Sequence[Path]) -> pd.DataFrame:
    """Read labelled tables below each other; the file's name without the common parts is a column."""
    tables = [read_table(path).rows.assign(**{FILE: path.stem.removeprefix("answers_train_")}) for path in paths]
    corpus = pd.concat(tables, ignore_index=True).fillna("")
    corpus[SYLLABLES] = [tuple(strip_marks(text).replace("_", " ").split()) for text in corpus[columns.TEXT]]
    corpus[SYLLABLES] = corpus[SYLLABLES].map(lambda parts: tuple(filter(None, (bare(part) for part in parts))))
    return corpus


def bare(part: str) -> str:
    """Take off what is neither letter nor digit."""
    return "".join(char for char in part if char.isalnum())


def joined(texts: Sequence[str]) -> list[str]:
    """Repair texts and join the syllables of each word."""
    return join_words_of([repaired.text for repaired in repair_all(list(texts))])


def grams(syllables: tuple[str, ...]) -> list[str]:
    """Give a text's syllable 3-grams; a shorter text is one."""
    count = max(1, len(syllables) - GRAM + 1)
    return [" ".join(syllables[start : start + GRAM]) for start in range(count)]


def near_duplicates(corpus: pd.DataFrame, measured: pd.DataFrame) -> str:
    """Count pairs of texts that are nearly the same, exactly, by a sparse product; and those near a measured text."""
    vectorizer = CountVectorizer(analyzer=grams, binary=True, dtype=np.int32)
    rows = vectorizer.fit_transform([*corpus[SYLLABLES], *measured[SYLLABLES]])
    own, other = rows[: len(corpus)], rows[len(corpus) :]
    first, second = near(own, own)
    lengths = corpus[SYLLABLES].str.len().to_numpy()
    is_long = np.minimum(lengths[first], lengths[second]) >= FEW_SYLLABLES
    same_file = (corpus[FILE].to_numpy()[first] == corpus[FILE].to_numpy()[second]) & is_long
    n_texts = len(np.unique(np.concatenate([first[is_long], second[is_long]])))
    ids = corpus[columns.ID].to_numpy()
    named = ", ".join(f"{ids[a]} {ids[b]}" for a, b in zip(first[is_long], second[is_long], strict=True))
    near_measured, _ = near(own, other, triangle=False)
    n_measured = len(np.unique(near_measured[lengths[near_measured] >= FEW_SYLLABLES]))
    share = n_texts / len(corpus)
    return (
        f"near-duplicates (Jaccard of syllable {GRAM}-grams at least {NEAR}), of {FEW_SYLLABLES} syllables or more:\n"
        f"  {is_long.sum()} pairs, {same_file.sum()} of them in one file; {n_texts} texts ({share:.2%})\n"
        f"  {named or 'none'}\n"
        f"shorter texts: {(~is_long).sum()} pairs\n"
        f"near an answer to measure on: {n_measured} texts of {FEW_SYLLABLES} syllables or more"
    )


def near(own: csr_matrix, other: csr_matrix, *, triangle: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Find the pairs of rows whose Jaccard index is at least `NEAR`."""
    shared = own @ other.T
    pairs = (triu(shared, k=1) if triangle else shared).tocoo()
    sizes = [np.asarray(rows.sum(axis=1)).ravel() for rows in (own, other)]
    union = sizes[0][pairs.row] + sizes[1][pairs.col] - pairs.data
    kept = pairs.data >= NEAR * union
    return pairs.row[kept], pairs.col[kept]


def openings(corpus: pd.DataFrame) -> str:
    """Say how many texts begin with three syllables that begin more than two texts, and which are the most frequent."""
    long = corpus[corpus[SYLLABLES].str.len() >= GRAM]
    first = long[SYLLABLES].map(lambda syllables: " ".join(syllables[:GRAM]))
    counts = Counter(first)
    repeated = first.map(counts) > OFTEN
    most = ", ".join(f"{opening} {n}" for opening, n in counts.most_common(N_SHOWN))
    return f"first three syllables that begin more than {OFTEN} texts: {repeated.mean():.1%} of texts; most: {most}"


def vocabulary(words: Sequence[Sequence[str]]) -> str:
    """Say how many different words there are and how their number grows (Heaps 1978): n_types = k * n_words ** b."""
    running = [word for text in words for word in text]
    seen: set[str] = set()
    growth = np.zeros(len(running), dtype=int)
    for number, word in enumerate(running):
        seen.add(word)
        growth[number] = len(seen)
    at = np.unique(np.geomspace(min(HEAPS_FROM, len(running)), len(running), HEAPS_POINTS).astype(int))
    exponent, _ = np.polyfit(np.log(at), np.log(growth[at - 1]), 1)
    halves = " and ".join(
        f"{growth[end - 1] - growth[start]:,}" for start, end in pairwise([0, len(running) // 2, len(running)])
    )
    return (
        f"{len(running):,} words, {len(seen):,} different; Heaps' exponent {exponent:.2f}; "
        f"new ones in the first and second half: {halves}"
    )


def by_file(corpus: pd.DataFrame, words: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Describe each file: texts, their lengths in syllables, its words, and those that no other file has."""
    counts = {name: Counter() for name in corpus[FILE].unique()}
    for name, text in zip(corpus[FILE], words, strict=True):
        counts[name].update(text)
    n_files = Counter(word for count in counts.values() for word in count)
    rows = {}
    for name, part in corpus.groupby(FILE, sort=False):
        lengths = part[SYLLABLES].str.len()
        n_words = counts[name].total()
        n_own = sum(n_files[word] == 1 for word in counts[name])
        rows[name] = {
            "texts": len(part),
            "syllables: 10%": int(lengths.quantile(0.1)),
            "50%": int(lengths.quantile(0.5)),
            "90%": int(lengths.quantile(0.9)),
            "words": n_words,
            "different": len(counts[name]),
            "own a 1,000": round(1000 * n_own / max(1, n_words)),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def with_sum(table: pd.DataFrame) -> pd.DataFrame:
    """Add a row of sums."""
    return pd.concat([table, table.sum().rename("sum").to_frame().T])


def shown(table: pd.DataFrame) -> str:
    """Write a table of whole numbers for a terminal."""
    rows = [
        (str(name), *(f"{value:,}" for value in row)) for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return grid([("file", *map(str, table.columns)), *rows])


if __name__ == "__main__":
    main()
