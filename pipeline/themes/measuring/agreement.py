"""Agreement: how far two coders give the same codes to the same texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers import read_table
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.material.labelled import Labelled, LabelledColumns, loosely, read_labelled
from thamluan.pipeline.themes.material.texts import Texts, lacks_texts, plain_id, read_texts
from thamluan.pipeline.themes.measuring.coefficients import chance_corrected, masi, ratio
from thamluan.pipeline.themes.measuring.evaluation import MACRO, plain
from thamluan.pipeline.themes.measuring.resampling import BOUNDS, resamples

MEASURES = ("alpha", "kappa", "f1", "agreement")
COUNTS = ("n", "both", "first", "second")
N_PLACES_TOLD = 10
BATCH = 100  # resamples measured at once


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree on the texts that both have coded.

    Tables have a column for each of `MEASURES`, its `_low` and `_high` (95%, percentile bootstrap over texts), and
    `COUNTS`: the texts compared, and how many codes both, the first and the second gave. `themes` and `stances`: rows
    are ids, each against all others, then `macro`, the mean over the codes that somebody gave. `overall`: the row
    `themes` compares whole sets of themes, nearly equal ones counting in part (MASI), and the row `stance` all stances
    at once; its F1 is over all codes together, its agreement the share of texts with just the same. A measure is NaN
    where it has no meaning: alpha and kappa where nothing varies, F1 where nobody gave the code; resamples in which it
    has none are left out of the interval. `n_other_texts` counts rows with the same id whose texts differ.
    """

    n_answers: int
    n_only_first: int
    n_only_second: int
    n_other_texts: int
    themes: pd.DataFrame
    stances: pd.DataFrame | None
    overall: pd.DataFrame

    def as_dict(self) -> dict[str, object]:
        """Give the figures rounded to four decimals, for JSON."""
        counts = {
            "n_answers": self.n_answers,
            "n_only_first": self.n_only_first,
            "n_only_second": self.n_only_second,
            "n_other_texts": self.n_other_texts,
        }
        return counts | plain({"themes": self.themes, "stances": self.stances, "overall": self.overall})


def compare_coders(
    first: Sequence[Path],
    second: Sequence[Path],
    *,
    where: LabelledColumns,
    codebook: Codebook | None = None,
    seed: int = DEFAULT_SEED,
) -> Agreement:
    """Compare the codes in two coders' files; without a codebook, themes and stances are the values found in either.

    Rows belong together that have the same id where `where` names its column, otherwise those with the same text,
    capitals and white space apart; of several equal texts the first with the first, and so on. Matched by id, tables
    need no texts.

    Raises:
        InputError: when a file cannot be read or holds unknown values, an id stands twice, or no rows belong together.
        ColumnError: when a column is missing.
    """
    texts = _texts([*first, *second], where.composed())
    if codebook is None:
        codebook = read_labelled([*first, *second], where=where, elsewhere=texts).codebook
    sides = [read_labelled(paths, where=where, codebook=codebook, elsewhere=texts) for paths in (first, second)]
    keys = [_keys(side, by_id=where.id is not None) for side in sides]
    matched = keys[0].reset_index().merge(keys[1].reset_index(), on=list(keys[0].columns), validate="one_to_one")
    if matched.empty:
        raise InputError(
            f"No row of {_names(first)} has the same {'id' if where.id else 'text'} as a row of {_names(second)}.",
            hint="Name the column that tells the answers apart: --id COLUMN",
        )
    numbers = [matched[name].tolist() for name in ("index_x", "index_y")]
    return agreement(
        *(side.only(kept) for side, kept in zip(sides, numbers, strict=True)),
        n_only=(len(sides[0].texts) - len(matched), len(sides[1].texts) - len(matched)),
        seed=seed,
    )


def _texts(paths: Sequence[Path], where: LabelledColumns) -> Texts | None:
    """Find texts for coders' tables of ids and codes alone: those of the other tables; else an id stands for its own.

    Rows that are matched by id need no texts.
    """
    if where.id is None:
        return None
    tables = {path: read_table(path) for path in paths}
    bare = [table.rows[where.id] for table in tables.values() if lacks_texts(table, id=where.id, text=where.text)]
    if not bare:
        return None
    holding = [path for path, table in tables.items() if where.text in table.header]
    found = read_texts(holding, id=where.id, text=where.text)
    return replace(found, by_id={plain_id(cell): plain_id(cell) for cells in bare for cell in cells} | found.by_id)


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)


def _plainly(text: str) -> str:
    """Write a text so that capitals, white space and the `'` before a disarmed formula make no difference."""
    return loosely(text).removeprefix("'")


def _keys(labelled: Labelled, *, by_id: bool) -> pd.DataFrame:
    """Give what tells each text apart: its id, or the text and how often it has stood before."""
    if not by_id:
        keys = pd.DataFrame({"key": [_plainly(text) for text in labelled.texts]}, dtype=object)
        return keys.assign(before=keys.groupby("key").cumcount())
    keys = pd.DataFrame({"key": [origin.id for origin in labelled.origins]}, dtype=object)
    keys = keys[keys["key"] != ""]
    again = [labelled.origins[number] for number in keys.index[keys["key"].duplicated()]]
    if again:
        more = [f"and {len(again) - N_PLACES_TOLD} more"] if len(again) > N_PLACES_TOLD else []
        raise InputError(
            "An id that tells answers apart may stand only once in a coder's files:",
            problems=[*(f"{origin.file}, {origin.place}" for origin in again[:N_PLACES_TOLD]), *more],
            hint="Name another column, or leave --id out to match rows by their texts.",
        )
    return keys


def agreement(first: Labelled, second: Labelled, *, n_only: tuple[int, int] = (0, 0), seed: int) -> Agreement:
    """Measure how far two coders agree on the same texts, in the same order.

    `n_only` counts the texts that only the first or only the second has coded. Stances are compared on the texts for
    which both gave one.
    """
    draws = resamples(len(first.texts), seed=seed)
    overall = {columns.THEMES: _sets_row(first.themes, second.themes, draws=draws)}
    stances = None
    if first.stances is not None and second.stances is not None:
        have_one = first.stances.any(axis=1) & second.stances.any(axis=1)
        given = first.stances[have_one], second.stances[have_one]
        of_stances = resamples(int(have_one.sum()), seed=seed)
        stances = _by_code(*given, ids=first.codebook.stance_ids, draws=of_stances)
        overall[columns.STANCE] = _sets_row(*given, draws=of_stances)
    others = sum(_plainly(one) != _plainly(other) for one, other in zip(first.texts, second.texts, strict=True))
    return Agreement(
        n_answers=len(first.texts),
        n_only_first=n_only[0],
        n_only_second=n_only[1],
        n_other_texts=others,
        themes=_by_code(first.themes, second.themes, ids=first.codebook.theme_ids, draws=draws),
        stances=stances,
        overall=pd.DataFrame.from_dict(overall, orient="index").astype(dict.fromkeys(COUNTS, int)),
    )


def _by_code(first: np.ndarray, second: np.ndarray, *, ids: Sequence[str], draws: np.ndarray) -> pd.DataFrame:
    """Compare codes, both (texts, codes) of 0 and 1: a row a code, then the mean over those that somebody gave."""
    apart = 1.0 - np.eye(2)
    measured = [
        _measure(*given, distances=apart, codes=np.stack(given)[:, :, None], draws=draws)
        for given in zip(first.T, second.T, strict=True)
    ]
    in_use = (first | second).any(axis=0)
    mean = _mean(np.stack(measured)[in_use]) if in_use.any() else np.full((len(MEASURES), len(draws) + 1), np.nan)
    rows = [_row(values, *given) for values, *given in zip(measured, first.T, second.T, strict=True)]
    rows.append(_row(mean, first, second))
    return pd.DataFrame(rows, index=[*ids, MACRO]).astype(dict.fromkeys(COUNTS, int))


def _mean(measured: np.ndarray) -> np.ndarray:
    """Average over codes (codes, measures, draws), leaving out what has no meaning."""
    known = ~np.isnan(measured)
    return ratio(np.where(known, measured, 0.0).sum(axis=0), known.sum(axis=0).astype(float))


def _sets_row(first: np.ndarray, second: np.ndarray, *, draws: np.ndarray) -> dict[str, float]:
    """Compare whole sets of codes, both (texts, codes) of 0 and 1."""
    sets, numbers = np.unique(np.vstack([first, second]), axis=0, return_inverse=True)
    of_first, of_second = np.split(numbers.reshape(-1), [len(first)])
    codes = np.stack([first, second])
    return _row(_measure(of_first, of_second, distances=masi(sets), codes=codes, draws=draws), first, second)


def _row(measured: np.ndarray, first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    """Turn measures (measures, 1 + draws), of which the first are those of the texts as they are, into a row."""
    row: dict[str, float] = {}
    for name, (point, *drawn) in zip(MEASURES, measured, strict=True):
        known = np.array(drawn)[~np.isnan(drawn)]
        low, high = np.quantile(known, BOUNDS) if len(known) and not np.isnan(point) else (np.nan, np.nan)
        row |= {name: point, f"{name}_low": low, f"{name}_high": high}
    return row | dict(zip(COUNTS, (len(first), (first & second).sum(), first.sum(), second.sum()), strict=True))


def _measure(
    first: np.ndarray, second: np.ndarray, *, distances: np.ndarray, codes: np.ndarray, draws: np.ndarray
) -> np.ndarray:
    """Give `MEASURES` of the texts as they are, then of each resample: (measures, 1 + draws).

    `first` and `second` number each text's category, between which `distances` lie from 0 to 1; `codes` (2, texts,
    codes) are those that F1 counts.
    """
    weights = np.vstack([np.ones((1, len(first)), dtype=int), draws])
    measured = []
    for start in range(0, len(weights), BATCH):
        batch = weights[start : start + BATCH].astype(float)
        same = ratio(batch @ (first == second), batch.sum(axis=1))
        corrected = chance_corrected(first, second, distances=distances, weights=batch)
        measured.append(np.stack([*corrected, _f1(codes, weights=batch), same]))
    return np.hstack(measured)


def _f1(codes: np.ndarray, *, weights: np.ndarray) -> np.ndarray:
    """Give F1 over all codes (2, texts, codes), which is the same whoever is held to be right."""
    first, second = codes
    return ratio(2 * (weights @ (first & second).sum(axis=1)), weights @ (first + second).sum(axis=1))
