"""Facts: the rows that the narrative is made of, and how they are worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thamluan.pipeline import columns
from thamluan.pipeline.report.figures import Row, overall
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.sections import of_theme
from thamluan.pipeline.report.wording import Wording, kind_of

MOST_PARTS = 3  # sub-themes, words


@dataclass(frozen=True)
class Facts:
    """What the sentences are made of: the report, how it is worded, and the themes by rank with their rows."""

    report: Report
    wording: Wording
    shares: Mapping[str, Row]
    labels: Mapping[str, str]

    def table(self, name: str) -> list[Row]:
        """Give the rows of a table of the summary."""
        return getattr(self.report.summary, name).to_dict("records")

    def rows(self, name: str, theme: str) -> list[Row]:
        """Give the rows of a theme in a table of the summary."""
        return of_theme(getattr(self.report.summary, name), theme).to_dict("records")

    def label(self, theme: str) -> str:
        return self.wording.quoted(self.labels[theme])


def facts_of(report: Report) -> Facts:
    """Gather the facts of a report."""
    shares = overall(report.summary.frequencies)
    return Facts(report, wording_of(report), shares, report.codebook.labels(report.lang))


def wording_of(report: Report) -> Wording:
    """Find out how a report is to be worded."""
    answers, ids = report.answers, list(report.codebook.theme_ids)
    known = [theme for theme in ids if theme in answers]
    said = answers[answers[columns.N_UNITS] > 0] if columns.N_UNITS in answers else answers.head(0)
    is_single = len(ids) > 1 and known == ids and len(said) > 0 and bool((said[ids].sum(axis=1) == 1).all())
    return Wording(report.lang, kind_of(answers), report.summary.is_weighted, is_single)


def largest(w: Wording, rows: Sequence[Row], *, alone: str, several: str, equal: str) -> str:
    """Name the largest of what rows count, at most `MOST_PARTS`."""
    top, first = rows[0], w.first_of(rows)
    noun = w.noun(top[columns.N])
    if len(first) > 1:
        labels = w.listed([w.quoted(row[columns.LABEL]) for row in first[:MOST_PARTS]])
        return w.say(equal, labels=labels, n=w.count(top[columns.N]), noun=noun)
    parts = {"label": top[columns.LABEL], "n": w.count(top[columns.N]), "noun": noun}
    others = rows[1:MOST_PARTS]
    if not others:
        return w.say(alone, **parts)
    told = [w.say("with_count", label=row[columns.LABEL], n=w.count(row[columns.N])) for row in others]
    return w.say(several, parts=w.listed(told), **parts)
