"""Codes -> summary: what is counted, and the words that say it."""

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.frequencies import Coded, fill_blanks, frequencies, pairs, stances
from thamluan.pipeline.aggregate.picks import Picks, find_picked
from thamluan.pipeline.aggregate.quotes import Wanted, quotes
from thamluan.pipeline.aggregate.subthemes import subthemes
from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.aggregate.terms import terms
from thamluan.pipeline.aggregate.weights import read_weights
from thamluan.pipeline.settings import Columns
from thamluan.pipeline.themes.codebooks.codebook import Codebook

__all__ = ["Summary", "summarise"]


def summarise(
    contributions: pd.DataFrame,
    attributes: pd.DataFrame,
    *,
    answers: pd.DataFrame,
    units: pd.DataFrame,
    codebook: Codebook,
    asked: Columns,
    n_rejected: int,
    lang: str,
    picks: Picks = Picks(),  # noqa: B008 (frozen)
    masks: bool = True,
) -> Summary:
    """Count what was coded; contributions, attributes and answers have the same rows.

    Raises:
        InputError: when the picks name what is not there.
    """
    picked = find_picked(picks, units)
    has_text = (answers[columns.N_UNITS] > 0).to_numpy()
    weights = np.ones(has_text.sum())
    if asked.weight is not None:
        weights = read_weights(contributions[has_text], attributes.loc[has_text, asked.weight])
    coded = Coded(
        answers=answers[has_text],
        present=answers.loc[has_text, list(codebook.theme_ids)].to_numpy(),
        weights=weights,
        groups=fill_blanks(
            attributes.loc[has_text, list(dict.fromkeys(asked.by))],
            is_document=contributions.loc[has_text, columns.PARAGRAPH] > 0,
            lang=lang,
        ),
        codebook=codebook,
        lang=lang,
    )
    grouped = subthemes(coded, units)
    return Summary(
        n_coded=int(has_text.sum()),
        n_empty=int((~has_text).sum()),
        n_rejected=n_rejected,
        n_respondents=contributions.loc[has_text, columns.RESPONDENT].nunique(),
        n_units=len(units),
        n_without_theme=int((coded.present.sum(axis=1) == 0).sum()),
        is_weighted=asked.weight is not None,
        frequencies=frequencies(coded),
        stances=stances(coded, units),
        pairs=pairs(coded),
        terms=terms(units, codebook=codebook),
        subthemes=grouped.table,
        quotes=quotes(
            units,
            contributions=contributions[has_text],
            codebook=codebook,
            groups=coded.groups,
            of_unit=grouped.of_unit,
            wanted=Wanted(picked, masks=masks, lang=lang),
        ),
    )
