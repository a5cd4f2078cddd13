"""Mistakes: which theme is taken for which, and the answers to read, those first of which the coder was surest."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.themes.material.labelled import Origin
from thamluan.pipeline.themes.measuring.comparison import Comparison

NONE = "(none)"  # no theme can have this id
STANCE_MISTAKE = "stance"
RIGHT, UNTOLD = -1.0, -0.5  # no mistake; a mistake of unknown sureness, which comes behind all others


def confusion(truth: np.ndarray, given: np.ndarray, *, ids: Sequence[str]) -> pd.DataFrame:
    """Count the answers in which one theme was missed (row) and another given wrongly (column).

    Truth and given codes are (answers, themes) of 0 and 1. The row `NONE` counts themes given wrongly where none was
    missed, the column `NONE` themes missed where none was given wrongly. An answer with several themes missed or given
    wrongly counts in each pair of them.

    >>> table = confusion(np.array([[1, 0], [0, 1]]), np.array([[0, 1], [1, 1]]), ids=["funding", "personnel"])
    >>> pairs(table)
    [('funding', 'personnel', 1), ('(none)', 'funding', 1)]
    """
    missed, wrong = (_or_none(codes) for codes in (truth & (1 - given), given & (1 - truth)))
    counts = missed.T @ wrong
    counts[-1, -1] = 0
    return pd.DataFrame(counts, index=[*ids, NONE], columns=[*ids, NONE])


def _or_none(codes: np.ndarray) -> np.ndarray:
    """Add a last column that says that a row has no code."""
    return np.hstack([codes, ~codes.any(axis=1, keepdims=True)]).astype(int)


def pairs(table: pd.DataFrame) -> list[tuple[str, str, int]]:
    """List what a table of `confusion` counts, the most frequent first: theme missed, theme given, answers."""
    found = [
        (str(missed), str(given), int(table.loc[missed, given]))
        for missed in table.index
        for given in table.columns
        if table.loc[missed, given]
    ]
    return sorted(found, key=lambda pair: -pair[2])


def mistakes(comparison: Comparison) -> pd.DataFrame:
    """List the answers with other themes or another stance than people gave: a row each; columns are `MISTAKES`.

    `mistake` names the one that the coder was surest of: a theme given (by its probability), missed (by 1 less its
    probability), or the stance (by its probability, where the coder tells one). The surest come first.
    """
    labelled = comparison.labelled
    theme_ids = labelled.codebook.theme_ids
    named, sureness = _surest(comparison)
    rows = []
    for number in np.flatnonzero(comparison.mistaken):
        origin = labelled.origins[number] if labelled.origins else Origin("", 0, "")
        rows.append(
            (
                origin.file,
                origin.place if origin.file else "",
                origin.id,
                labelled.texts[number],
                _ids(labelled.themes[number], theme_ids),
                _ids(comparison.themes[number], theme_ids),
                *(
                    "" if codes is None else _ids(codes[number], labelled.codebook.stance_ids)
                    for codes in (labelled.stances, comparison.stances)
                ),
                named[number],
                sureness[number],
                comparison.evidence[number],
            )
        )
    table = pd.DataFrame(rows, columns=list(columns.MISTAKES))
    return table.sort_values(columns.PROBABILITY, ascending=False, kind="stable", ignore_index=True)


def _surest(comparison: Comparison) -> tuple[list[str], np.ndarray]:
    """Name for each answer the mistake that the coder was surest of, and how sure; NaN where it does not tell."""
    theme_ids = comparison.labelled.codebook.theme_ids
    truth, given, probabilities = comparison.labelled.themes, comparison.themes, comparison.probabilities
    names = [f"{theme} {what}" for what in ("missed", "given") for theme in theme_ids]
    of_stance = comparison.stance_probabilities
    if of_stance is None:
        of_stance = np.full(len(truth), UNTOLD)
    sureness = np.hstack(
        [
            np.where(truth > given, 1 - probabilities, RIGHT),
            np.where(given > truth, probabilities, RIGHT),
            np.where(comparison.wrong_stances, of_stance, RIGHT)[:, None],
        ]
    )
    surest = sureness.argmax(axis=1)
    largest = sureness[np.arange(len(truth)), surest]
    return [[*names, STANCE_MISTAKE][number] for number in surest], np.where(largest < 0, np.nan, largest)


def _ids(codes: np.ndarray, ids: Sequence[str]) -> str:
    return columns.SEPARATOR.join(ids[number] for number in np.flatnonzero(codes))
