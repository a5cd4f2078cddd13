"""The narrative: what the numbers say, in two to five sentences over all and for each theme.

Every number stands in a table of the report: of themes, respondents, stances, sub-themes, residuals or pairs. What the
sentences may say is ruled in `wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from thamluan.pipeline.report.facts import facts_of
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.told_overall import tell_overall
from thamluan.pipeline.report.told_themes import tell_theme


@dataclass(frozen=True)
class Narrative:
    """Sentences over all, and those of each theme, by its id."""

    overall: tuple[str, ...]
    themes: Mapping[str, tuple[str, ...]]


def narrative(report: Report) -> Narrative:
    """Tell a report; nothing where no contribution has text."""
    facts = facts_of(report)
    if not report.summary.n_coded or not facts.shares:
        return Narrative((), dict.fromkeys(facts.shares, ()))
    paragraph = facts.wording.paragraph
    themes = {theme: paragraph(tell_theme(facts, theme)) for theme in facts.shares}
    return Narrative(paragraph(tell_overall(facts)), themes)
