"""Comparisons: whether the values of a grouping differ in a theme by more than chance, and which of them do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.frequencies import Coded
from thamluan.pipeline.aggregate.groups import DOCUMENTS, NOT_STATED, in_order
from thamluan.pipeline.aggregate.shares import as_frame, effective_bases

LEVEL = 0.05
LEAST_EXPECTED = 5  # below it in any cell, chi-square is not trusted (Cochran 1954)
RESAMPLES = 9999  # of a table with more than two values


@dataclass(frozen=True)
class Outcome:
    """The answer of a test on one theme; `name` is "" where all or none name it, or only one value is left.

    Fisher's test has no statistic.
    """

    name: str = ""
    statistic: float = np.nan
    p: float = np.nan
    v: float = np.nan  # Cramér's: 0 to 1


@dataclass(frozen=True)
class Split:
    """The contributions of a grouping, parted by value; each list and the rows of `counts` go by value."""

    values: Sequence[str]
    n: np.ndarray  # (values, themes)
    bases: np.ndarray  # (values,)
    shares: np.ndarray  # (values, themes)
    rest: np.ndarray  # (values, themes), over all other values
    effective: np.ndarray  # (values, themes)

    def counts(self, theme: int) -> np.ndarray:
        """Count who names a theme and who does not, on the effective bases: (values, 2)."""
        named = self.shares[:, theme] * self.effective[:, theme]
        return np.column_stack([named, self.effective[:, theme] - named])


def comparisons(coded: Coded, *, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Test every theme in every grouping: `columns.COMPARISONS`, and for each value `columns.RESIDUALS`.

    Chi-square without correction, or Fisher's exact test where a cell is expected to hold fewer than 5 (Cochran 1954).
    With weights, or several contributions of one person, the counts are those of the effective bases (Rao and Scott
    1992, "A simple method for the analysis of clustered binary data"). All tests of the run are adjusted together
    (Benjamini and Hochberg 1995); a difference holds at q of 0.05 or less. Within it a value stands out where its
    adjusted residual (Haberman 1973) is beyond the bound for that many values (Bonferroni). People who did not state
    their value and speeches are no groups to be compared.
    """
    themes = coded.codebook.theme_ids
    splits = {group: _split(coded, group) for group in coded.groups.values.columns}
    tests = {
        (group, index): independence(split.counts(index), seed=seed)
        for group, split in splits.items()
        for index in range(len(themes))
    }
    adjusted = dict(zip(tests, adjust([each.p for each in tests.values()]), strict=True))
    rows, by_value = [], []
    for (group, index), found in tests.items():
        split, theme, q = splits[group], themes[index], adjusted[group, index]
        holds = int(q <= LEVEL)
        n = int(split.n[:, index].sum())
        rows.append((group, theme, n, found.name, found.statistic, found.p, q, found.v, holds))
        residuals = adjusted_residuals(split.counts(index)) if found.name else np.full(len(split.values), np.nan)
        bound = residual_bound(len(split.values))
        for place, (value, residual) in enumerate(zip(split.values, residuals, strict=True)):
            stands_out = int(holds and abs(residual) > bound)
            numbers = (split.n[place, index], split.bases[place], split.shares[place, index], split.rest[place, index])
            by_value.append((group, value, theme, *numbers, residual, stands_out))
    return as_frame(rows, columns.COMPARISONS), as_frame(by_value, columns.RESIDUALS)


def _split(coded: Coded, group: str) -> Split:
    """Part the contributions of a grouping; values in which all weigh nothing have no share and are left out."""
    column = coded.groups.values[group].to_numpy()
    left_out = (NOT_STATED[coded.lang], DOCUMENTS[coded.lang])
    masks = {value: column == value for value in in_order(column, lang=coded.lang) if value not in left_out}
    masks = {value: mask for value, mask in masks.items() if coded.weights[mask].sum() > 0}
    every = np.isin(column, list(masks))
    present, n_themes = coded.present, coded.present.shape[1]
    by_value = [_effective(coded, mask) for mask in masks.values()]
    rest = [_shares(present[every & ~mask], coded.weights[every & ~mask]) for mask in masks.values()]
    return Split(
        tuple(masks),
        n=np.array([present[mask].sum(axis=0) for mask in masks.values()]).reshape(-1, n_themes),
        bases=np.array([mask.sum() for mask in masks.values()], dtype=int),
        shares=np.array([_shares(present[mask], coded.weights[mask]) for mask in masks.values()]).reshape(-1, n_themes),
        rest=np.array(rest).reshape(-1, n_themes),
        effective=np.array(by_value).reshape(-1, n_themes),
    )


def _effective(coded: Coded, mask: np.ndarray) -> np.ndarray:
    return effective_bases(coded.present[mask], weights=coded.weights[mask], clusters=coded.respondents[mask])


def _shares(present: np.ndarray, weights: np.ndarray) -> np.ndarray:
    total = weights.sum()
    return weights @ present / total if total else np.full(present.shape[1], np.nan)


def independence(counts: np.ndarray, *, seed: int) -> Outcome:
    """Test a table of values by (names the theme, does not); real counts are rounded for the exact test.

    >>> found = independence(np.array([[30.0, 10.0], [20.0, 20.0]]), seed=0)
    >>> found.name, round(found.statistic, 4), round(found.p, 4), round(found.v, 4)
    ('chi2', 5.3333, 0.0209, 0.2582)
    """
    from scipy.stats import MonteCarloMethod, fisher_exact
    from scipy.stats.contingency import chi2_contingency, expected_freq

    if len(counts) < 2 or not (counts.sum(axis=0) > 0).all():
        return Outcome()
    chi2 = chi2_contingency(counts, correction=False)
    v = float(np.sqrt(chi2.statistic / counts.sum()))
    if (expected_freq(counts) >= LEAST_EXPECTED).all():
        return Outcome("chi2", float(chi2.statistic), float(chi2.pvalue), v)
    whole = np.rint(counts).astype(int)
    sampled = MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(seed)) if len(counts) > 2 else None
    p = np.asarray(fisher_exact(whole, method=sampled).pvalue).item()  # of small tables SciPy gives an array
    return Outcome("fisher", np.nan, p, v)


def adjust(p: Sequence[float]) -> np.ndarray:
    """Adjust p-values for having made so many tests (Benjamini and Hochberg 1995); missing ones were no test.

    >>> adjust([0.01, float("nan"), 0.04, 0.03]).round(3).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    from scipy.stats import false_discovery_control

    made = np.array(p, dtype=float)
    is_made = ~np.isnan(made)
    if is_made.any():
        made[is_made] = false_discovery_control(made[is_made])
    return made


def adjusted_residuals(counts: np.ndarray) -> np.ndarray:
    """Say for each value by how many standard errors more than expected name the theme (Haberman 1973).

    >>> adjusted_residuals(np.array([[30, 10], [20, 20]])).round(4).tolist()
    [2.3094, -2.3094]
    """
    from statsmodels.stats.contingency_tables import Table

    return Table(counts, shift_zeros=False).standardized_resids[:, 0]


def residual_bound(n_values: int) -> float:
    """Give the adjusted residual from which a value stands out: at 5% over all values, which of two is one.

    >>> round(residual_bound(2), 2), round(residual_bound(5), 2)
    (1.96, 2.58)
    """
    from scipy.stats import norm

    return float(norm.isf(LEVEL / 2 / (n_values if n_values > 2 else 1)))
