"""Contributions -> units: what is coded, cut from the raw text by offsets."""

from collections.abc import Sequence

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.letters import says_something
from thamluan.pipeline.readers import places
from thamluan.pipeline.text.repair import repair_all
from thamluan.pipeline.text.repaired import Repaired
from thamluan.pipeline.text.units import unit_spans

_INNER = (*columns.UNCODED_UNITS, columns.MODEL_TEXT)


def segment(contributions: pd.DataFrame, *, repaired: Sequence[Repaired] | None = None) -> pd.DataFrame:
    """Cut contributions into units, in order: unit, contribution, source, place, start, end, text, model text.

    `repaired` are the texts of the contributions after repair; all repairs are made without it. A contribution that
    says nothing has no unit. `text` is the raw text from `start` to `end`.
    """
    if repaired is None:
        repaired = repair_all(contributions[columns.TEXT].tolist())
    rows = []
    for contribution, seen in zip(contributions.itertuples(index=False), repaired, strict=True):
        text = contribution.text
        if not says_something(text):
            continue
        for start, end in unit_spans(seen.text):
            raw_start, raw_end = seen.raw_span(start, end)
            place = contribution.place
            if contribution.places:
                place = places.at(contribution.places, raw_start)
            rows.append(
                (
                    len(rows) + 1,
                    contribution.contribution,
                    contribution.source,
                    place,
                    raw_start,
                    raw_end,
                    text[raw_start:raw_end],
                    seen.text[start:end],
                )
            )
    whole = (columns.UNIT, columns.CONTRIBUTION, columns.START, columns.END)
    return pd.DataFrame(rows, columns=list(_INNER)).astype(dict.fromkeys(whole, int))


def as_contributions(texts: Sequence[str]) -> pd.DataFrame:
    """Make contributions of bare texts, one each, numbered from 1."""
    numbers = range(1, len(texts) + 1)
    blank = dict.fromkeys(columns.CONTRIBUTIONS, "")
    known = {
        columns.CONTRIBUTION: list(numbers),
        columns.TEXT: list(texts),
        columns.RESPONDENT: [str(number) for number in numbers],
        columns.PARAGRAPH: 0,
    }
    return pd.DataFrame(blank | known, index=range(len(texts)))
