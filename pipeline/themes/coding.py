"""Units -> codes, and the codes of units gathered into those of contributions."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.errors import ColumnError
from thamluan.pipeline.settings import Columns, Progress
from thamluan.pipeline.themes.classifying.classifier import CONTEXT_UNITS, in_context
from thamluan.pipeline.themes.classifying.labels import expected_mistakes
from thamluan.pipeline.themes.codebooks.codebook import Codebook

BATCH = 1000  # texts coded at once


class Coder(Protocol):
    """What gives codes to texts: a trained model, or the cues of a codebook."""

    codebook: Codebook
    stance_ids: tuple[str, ...]  # none where it knows none
    is_single: bool  # exactly one theme each
    way: str  # "model", "few" or "codebook" for what a model has learnt from, or "cues"
    reads_wholes: bool  # whether a unit's themes depend on the whole of a short contribution
    looks_from: float  # expected mistakes in the themes of a text from which on a person should look

    def probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]: ...
    def decide(self, probabilities: np.ndarray) -> np.ndarray: ...
    def evidence(self, texts: Sequence[str], themes: np.ndarray) -> list[dict[str, list[str]]]: ...


def code(units: pd.DataFrame, coder: Coder, *, progress: Progress | None = None) -> pd.DataFrame:
    """Give every unit its themes, stance, `p_<theme>`, evidence, `p_stance` and `needs_look`, in columns after its own.

    A unit of a short contribution takes the mean of its own probabilities and those of the whole contribution. (The
    themes of a coder that does not read wholes are those of the unit alone.) With a coder of exactly one theme, all
    units of a contribution share it. Where the coder knows no stance, it is "" with probability 1. `needs_look` is 1
    where so many mistakes in the themes are to be expected that a person should look.
    """
    themes, stances = unit_probabilities(units, coder, progress=progress)
    given = coder.decide(themes)

    coded = units.copy()
    coded[columns.THEMES] = _join_ids(given, coder.codebook.theme_ids)
    coded[columns.STANCE] = _best_ids(stances, coder.stance_ids)
    for index, theme in enumerate(coder.codebook.theme_ids):
        coded[columns.probability(theme)] = themes[:, index]
    coded[columns.EVIDENCE] = _evidence(coder, units[columns.MODEL_TEXT].tolist(), given, progress=progress)
    coded[columns.STANCE_PROBABILITY] = stances.max(axis=1, initial=0.0).round(4) if coder.stance_ids else 1.0
    mistakes = expected_mistakes(themes, given, single=coder.is_single)
    coded[columns.NEEDS_LOOK] = (mistakes >= coder.looks_from).astype(int)
    return coded


def unit_probabilities(
    units: pd.DataFrame, coder: Coder, *, progress: Progress | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Give the probabilities of the units' themes (units, themes) and stances (units, stances), as `code` reads them.

    Of `units` only the contribution and the model text are looked at.
    """
    texts = units[columns.MODEL_TEXT].tolist()
    whole_texts = wholes(units)
    known = pd.Index(dict.fromkeys((*texts, *whole_texts)))
    themes, stances = _probabilities(coder, known.tolist(), progress=progress)
    own, whole = known.get_indexer(pd.Index(texts)), known.get_indexer(pd.Index(whole_texts))
    themes = in_context(themes[own], themes[whole]) if coder.reads_wholes else themes[own]
    stances = in_context(stances[own], stances[whole])
    if coder.is_single:
        themes = pd.DataFrame(themes).groupby(units[columns.CONTRIBUTION].to_numpy()).transform("mean").to_numpy()
    return themes, stances


def wholes(units: pd.DataFrame) -> list[str]:
    """Give for each unit the text of its whole contribution where that is short, else its own."""
    texts = units[columns.MODEL_TEXT].copy()
    numbers = units[columns.CONTRIBUTION]
    is_short = numbers.map(numbers.value_counts()) <= CONTEXT_UNITS
    texts[is_short] = texts[is_short].groupby(numbers[is_short]).transform(" ".join)
    return texts.tolist()


def _probabilities(coder: Coder, texts: list[str], *, progress: Progress | None) -> tuple[np.ndarray, np.ndarray]:
    themes = np.zeros((len(texts), len(coder.codebook.theme_ids)))
    stances = np.zeros((len(texts), len(coder.stance_ids)))
    for start in range(0, len(texts), BATCH):
        batch = slice(start, start + BATCH)
        themes[batch], stances[batch] = coder.probabilities(texts[batch])
        if progress is not None:
            progress("code", min(start + BATCH, len(texts)), len(texts))
    return themes, stances


def _join_ids(given: np.ndarray, ids: Sequence[str]) -> list[str]:
    return [columns.SEPARATOR.join(ids[index] for index in np.flatnonzero(row)) for row in given]


def _best_ids(probabilities: np.ndarray, ids: Sequence[str]) -> list[str]:
    if not ids:
        return [""] * len(probabilities)
    return [ids[index] for index in probabilities.argmax(axis=1)]


def _evidence(coder: Coder, texts: list[str], given: np.ndarray, *, progress: Progress | None) -> list[str]:
    """Write for each unit the words that weighed most: `funding: phụ cấp, thấp | personnel: trưởng thôn`."""
    evidence = [""] * len(texts)
    with_theme = np.flatnonzero(given.any(axis=1))
    for start in range(0, len(with_theme), BATCH):
        batch = with_theme[start : start + BATCH]
        found = coder.evidence([texts[index] for index in batch], given[batch])
        for index, words_of in zip(batch, found, strict=True):
            evidence[index] = " | ".join(f"{theme}: {', '.join(words)}" for theme, words in words_of.items() if words)
        if progress is not None:
            progress("evidence", start + len(batch), len(with_theme))
    return evidence


def check_kept(asked: Columns, *, codebook: Codebook) -> None:
    """See, before work is done, that the columns to keep do not bear names of the table that `gather` makes.

    Raises:
        ColumnError: when an id, group or weight column does.
    """
    taken = {*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER, *codebook.theme_ids, *columns.SURENESS}
    clashes = [name for name in asked.kept if name in taken]
    if clashes:
        raise ColumnError(
            f"The column {', '.join(map(repr, clashes))} has the name of a column of answers.csv.",
            hint="Rename it in the input file.",
        )


def gather(
    contributions: pd.DataFrame, attributes: pd.DataFrame, *, units: pd.DataFrame, codebook: Codebook, asked: Columns
) -> pd.DataFrame:
    """Gather the codes of units into those of contributions: answers.csv, a row a contribution, in the same order.

    A contribution's themes are the union of its units'; its stance is that of `answer_stances`, with the probability
    that the surest of the units with this stance has. It needs a look where one of its units does. An empty
    contribution has no theme, no stance, and needs none.
    """
    numbers = contributions[columns.CONTRIBUTION]
    themes, present_in = gather_themes(numbers, units=units, codebook=codebook)
    stances = answer_stances(units)

    answers = contributions[list(columns.ANSWERS_BEFORE)].copy()
    for name in asked.kept:
        answers[name] = attributes[name]
    answers[columns.TEXT] = contributions[columns.TEXT]
    answers[columns.THEMES] = themes
    answers[columns.STANCE] = stances.reindex(numbers, fill_value="").to_numpy()
    n_units = units[columns.CONTRIBUTION].value_counts()
    answers[columns.N_UNITS] = n_units.reindex(numbers, fill_value=0).to_numpy()
    answers = pd.concat([answers, present_in], axis=1)
    has_main_stance = (units[columns.STANCE] == units[columns.CONTRIBUTION].map(stances)).to_numpy(dtype=bool)
    for name, counted in ((columns.STANCE_PROBABILITY, units[has_main_stance]), (columns.NEEDS_LOOK, units)):
        most = counted.groupby(columns.CONTRIBUTION)[name].max()
        answers[name] = most.reindex(numbers, fill_value=0).to_numpy()
    return answers


def gather_themes(numbers: pd.Series, *, units: pd.DataFrame, codebook: Codebook) -> tuple[list[str], pd.DataFrame]:
    """Give the themes of contributions, by number: joined ids, and one 0/1 column a theme."""
    present = indicators(units, codebook=codebook)
    present_in = present.groupby(units[columns.CONTRIBUTION]).max().reindex(numbers, fill_value=0)
    present_in.index = numbers.index
    return _join_ids(present_in.to_numpy(), codebook.theme_ids), present_in


def indicators(table: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Spread the column of joined ids into one 0/1 column a theme."""
    given = [set(themes.split(columns.SEPARATOR)) for themes in table[columns.THEMES]]
    return pd.DataFrame(
        {theme: [int(theme in ids) for ids in given] for theme in codebook.theme_ids}, index=table.index, dtype=int
    )


def answer_stances(units: pd.DataFrame) -> pd.Series:
    """Find the stance of each contribution: `main_stance` of its units with a theme, or of all where none has one."""
    with_theme = units[units[columns.THEMES] != ""]
    return main_stance(with_theme).combine_first(main_stance(units))


def main_stance(units: pd.DataFrame) -> pd.Series:
    """Find the stance of each contribution: that of most of its units; among equals, the one said last.

    The later part weighs more because a mixed answer takes the stance that follows "nhưng" (the codebook's rule).
    """
    counted = units.groupby([columns.CONTRIBUTION, columns.STANCE])[columns.START].agg(["size", "max"]).reset_index()
    best = counted.sort_values(["size", "max"], kind="stable").groupby(columns.CONTRIBUTION)[columns.STANCE].last()
    return best.astype(object)
