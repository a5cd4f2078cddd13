"""Contributions -> units: what is coded, cut from the raw text by offsets."""

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.readers import places
from thamluan.pipeline.text.repair import repair
from thamluan.pipeline.text.units import unit_spans

_INNER = (*columns.UNCODED_UNITS, columns.MODEL_TEXT)


def segment(contributions: pd.DataFrame) -> pd.DataFrame:
    """Cut contributions into units, in order: unit, contribution, source, place, start, end, text, model text.

    An empty contribution has none. `text` is the raw text from `start` to `end`.
    """
    rows = []
    for contribution in contributions.itertuples(index=False):
        text = contribution.text
        repaired = repair(text)
        for start, end in unit_spans(repaired.text):
            raw_start, raw_end = repaired.raw_span(start, end)
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
                    repaired.text[start:end],
                )
            )
    whole = (columns.UNIT, columns.CONTRIBUTION, columns.START, columns.END)
    return pd.DataFrame(rows, columns=list(_INNER)).astype(dict.fromkeys(whole, int))
