"""Respondents of contributions that were read before: who is the same person, told from what is written out."""

import re

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.readers.places import PHRASES
from thamluan.pipeline.readers.tables.cells import has_content
from thamluan.pipeline.readers.transcripts.names import same_person

COLUMN = re.compile("|".join(f", {words['column'].format(column='[A-Z]+')}$" for words in PHRASES.values()))


def respondents_of(answers: pd.DataFrame, *, ids: pd.Series | None) -> list[str]:
    """Name the respondent of each contribution, so that two are equal where the readers' were.

    `answers` has source, place, speaker and question. A row of a table is a person, or all rows with the same id; in a
    document a speaker is one, and whoever is not named is the file's own.
    """
    known = ids if ids is not None else pd.Series("", index=answers.index)
    is_document = answers[columns.QUESTION] == ""
    speakers = answers[is_document].groupby(columns.SOURCE)[columns.SPEAKER]
    same = {source: same_person(names) for source, names in speakers}
    named = answers[[columns.SOURCE, columns.PLACE, columns.SPEAKER, columns.QUESTION]].itertuples(index=False)
    found = []
    for (source, place, speaker, question), id in zip(named, known, strict=True):
        if not question:
            found.append(f"{source}#{same[source][speaker]}" if speaker else source)
        else:
            found.append(id if has_content(id) else f"{source}#{COLUMN.sub('', place)}")
    return found
