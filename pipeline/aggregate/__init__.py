"""Codes -> summary: what is counted, and the words that say it."""

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.comparisons import comparisons
from thamluan.pipeline.aggregate.frequencies import Coded, frequencies, group_stances, respondents, stances
from thamluan.pipeline.aggregate.groups import DOCUMENTS, NOT_STATED, fill_blanks, protect
from thamluan.pipeline.aggregate.pairs import pairs
from thamluan.pipeline.aggregate.picks import Picks, find_picked
from thamluan.pipeline.aggregate.quotes import Wanted, quotes
from thamluan.pipeline.aggregate.subthemes import subthemes
from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.aggregate.terms import group_terms, read_words, terms
from thamluan.pipeline.aggregate.weights import read_weights
from thamluan.pipeline.letters import is_visible
from thamluan.pipeline.settings import DEFAULT_MIN_BASE, DEFAULT_SEED, Columns
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
    min_base: int = DEFAULT_MIN_BASE,
    seed: int = DEFAULT_SEED,
    picks: Picks = Picks(),  # noqa: B008 (frozen)
    masks: bool = True,
) -> Summary:
    """Count what was coded; contributions, attributes and answers have the same rows.

    Groups of fewer than `min_base` people are merged or withheld.

    Raises:
        InputError: when the picks name what is not there.
    """
    picked = find_picked(picks, units)
    has_text = (answers[columns.N_UNITS] > 0).to_numpy()
    coded = _coded(
        contributions[has_text],
        attributes[has_text],
        answers=answers[has_text],
        codebook=codebook,
        asked=asked,
        lang=lang,
        min_base=min_base,
    )
    people = contributions[[columns.CONTRIBUTION, columns.SPEAKER, columns.RESPONDENT, columns.PARAGRAPH]]
    said = read_words(units, people=people, codebook=codebook)
    values = coded.groups.values.set_axis(contributions.loc[has_text, columns.CONTRIBUTION])
    compared, residuals = comparisons(coded, seed=seed)
    grouped = subthemes(coded, units)
    return Summary(
        n_coded=int(has_text.sum()),
        n_empty=int((~has_text).sum()),
        n_rejected=n_rejected,
        n_respondents=contributions.loc[has_text, columns.RESPONDENT].nunique(),
        n_units=len(units),
        n_without_theme=int((coded.present.sum(axis=1) == 0).sum()),
        is_weighted=asked.weight is not None,
        n_marks_only=sum(map(is_visible, contributions.loc[~has_text, columns.TEXT])),
        min_base=min_base,
        withheld=coded.groups.withheld,
        frequencies=frequencies(coded),
        respondents=respondents(coded),
        stances=stances(coded, units),
        group_stances=group_stances(coded, units),
        pairs=pairs(coded),
        comparisons=compared,
        residuals=residuals,
        terms=terms(units, said=said, codebook=codebook),
        group_terms=group_terms(said, values=values, left_out=(NOT_STATED[lang], DOCUMENTS[lang])),
        subthemes=grouped.table,
        quotes=quotes(
            units,
            contributions=contributions[has_text],
            codebook=codebook,
            groups=coded.groups.values,
            of_unit=grouped.of_unit,
            wanted=Wanted(picked, masks=masks, lang=lang),
        ),
    )


def _coded(
    contributions: pd.DataFrame,
    attributes: pd.DataFrame,
    *,
    answers: pd.DataFrame,
    codebook: Codebook,
    asked: Columns,
    lang: str,
    min_base: int,
) -> Coded:
    """Gather all that counting needs, for the contributions that have text."""
    weights = np.ones(len(answers))
    if asked.weight is not None:
        weights = read_weights(contributions, attributes[asked.weight])
    groups = fill_blanks(
        attributes[list(dict.fromkeys(asked.by))], is_document=contributions[columns.PARAGRAPH] > 0, lang=lang
    )
    return Coded(
        answers=answers,
        present=answers[list(codebook.theme_ids)].to_numpy(),
        weights=weights,
        respondents=contributions[columns.RESPONDENT].to_numpy(),
        groups=protect(
            groups,
            questions=contributions[columns.QUESTION].tolist(),
            respondents=contributions[columns.RESPONDENT].tolist(),
            min_base=min_base,
            lang=lang,
        ),
        codebook=codebook,
        lang=lang,
    )
