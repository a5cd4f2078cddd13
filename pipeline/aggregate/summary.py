"""The summary: everything that a report states, as counted."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Summary:
    """Counts over the coded contributions of a run. Shares and interval ends lie in 0 to 1.

    `frequencies`: a row a theme in a group (`columns.FREQUENCIES`); question, group and value "" mean all. Where no
        contribution is in a group the base is 0 and share, low and high are missing.
    `respondents`: a row a theme (`columns.RESPONDENTS`); base is the people who said something.
    `stances`: a row a theme and stance (`columns.STANCES`); base is the contributions that name the theme.
    `group_stances`: the same in each question and group (`columns.GROUP_STANCES`).
    `pairs`: themes named together by a contribution (`columns.PAIRS`), most frequent first; base as in `frequencies`.
        Lift and its interval are missing where contributions with both, either or none are lacking.
    `comparisons`: a row a theme in a grouping (`columns.COMPARISONS`); holds is 1 where the difference survives.
    `residuals`: a row a theme in a value of a grouping (`columns.RESIDUALS`); holds is 1 where the value stands out.
    `terms`: words typical of what is said on a theme (`columns.TERMS`), most typical first; n contributions hold it.
    `group_terms`: words typical of what is said in a value of a grouping (`columns.GROUP_TERMS`), likewise.
    `subthemes`: what the contributions on a theme speak of (`columns.SUBTHEMES`), the largest first; theme "" has those
        without a theme. A contribution can be in several, or in none; base is the contributions that name the theme.
    `quotes`: a row a quote (`columns.QUOTES`), by theme and rank.
    """

    n_coded: int  # contributions with text
    n_empty: int
    n_rejected: int
    n_respondents: int  # who said something
    n_units: int
    n_without_theme: int  # coded contributions that no theme fits
    is_weighted: bool
    n_marks_only: int  # of the empty ones, those that hold nothing but marks such as "-"
    min_base: int  # people that a group must have to be shown
    withheld: tuple[str, ...]  # groupings of which nothing can be shown
    frequencies: pd.DataFrame
    respondents: pd.DataFrame
    stances: pd.DataFrame
    group_stances: pd.DataFrame
    pairs: pd.DataFrame
    comparisons: pd.DataFrame
    residuals: pd.DataFrame
    terms: pd.DataFrame
    group_terms: pd.DataFrame
    subthemes: pd.DataFrame
    quotes: pd.DataFrame

    @property
    def n_read(self) -> int:
        return self.n_coded + self.n_empty + self.n_rejected
