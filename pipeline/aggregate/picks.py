"""Picks: the quotes that a user wants, and those that a user does not want."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.letters import compose
from thamluan.pipeline.readers import read_table

KEYS = ((columns.UNIT,), (columns.CONTRIBUTION,), (columns.SOURCE, columns.PLACE))  # the first that a table has
MAX_PROBLEMS = 20


@dataclass(frozen=True)
class Row:
    """A row of a list: where it stands, by which columns it names something, and their cells."""

    place: str
    key: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Picks:
    """Lists as read."""

    pinned: tuple[Row, ...] = ()
    dropped: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Picked:
    """What the lists name, as numbers of units: of each pinned row those of which one is quoted, and all dropped."""

    pinned: tuple[frozenset[int], ...] = ()
    dropped: frozenset[int] = frozenset()


def read_picks(pin: Path | None, drop: Path | None) -> Picks:
    """Read two lists, tables with a column `unit`, or `contribution`, or `source` and `place`, as in quotes.csv.

    Raises:
        InputError: when a file cannot be read.
        ColumnError: when it has none of these columns.
    """
    return Picks(*(_rows(path) if path is not None else () for path in (pin, drop)))


def _rows(path: Path) -> tuple[Row, ...]:
    table = read_table(path)
    key = next((key for key in KEYS if set(key) <= set(table.header)), None)
    if key is None:
        raise ColumnError(
            f"{path.name} does not say which quotes it means: it has the columns {', '.join(map(repr, table.header))}.",
            hint="Give it a column 'unit' or 'contribution' with numbers, or 'source' and 'place', as in quotes.csv.",
        )
    cells = zip(*(table.rows[name] for name in key), strict=True)
    rows = (
        Row(f"{path.name}, row {number}", key, tuple(compose(cell).strip() for cell in found))
        for number, found in zip(table.numbers, cells, strict=True)
    )
    return tuple(row for row in rows if any(row.cells))


def find_picked(picks: Picks, units: pd.DataFrame) -> Picked:
    """Find the units that the lists name.

    Raises:
        InputError: when rows name nothing, what has no theme and so can be no quote, or what both lists name; all are
            listed, without any answer's text.
    """
    problems: list[str] = []
    with_theme = frozenset(units.loc[units[columns.THEMES] != "", columns.UNIT].tolist())
    pinned = [_named(row, units, problems) for row in picks.pinned]
    dropped = frozenset[int]().union(*(_named(row, units, problems) for row in picks.dropped))
    for row, named in zip(picks.pinned, pinned, strict=True):
        if named and not named & with_theme:
            problems.append(f"{row.place}: what it names has no theme, so it is quoted nowhere")
        elif named and named <= dropped:
            problems.append(f"{row.place}: the other list drops it")
    if problems:
        more = [f"and {len(problems) - MAX_PROBLEMS} more"] if len(problems) > MAX_PROBLEMS else []
        raise InputError(
            "The lists of quotes to pin and to drop do not fit the answers:",
            problems=[*problems[:MAX_PROBLEMS], *more],
            hint="Take the numbers or places from units.csv or quotes.csv of a run on the same files.",
        )
    return Picked(tuple(named - dropped for named in pinned), dropped)


def _named(row: Row, units: pd.DataFrame, problems: list[str]) -> frozenset[int]:
    """Find the units that a row names; where there are none, say so."""
    is_named = pd.Series(data=True, index=units.index)
    for name, cell in zip(row.key, row.cells, strict=True):
        if row.key != KEYS[-1] and not cell.removesuffix(".0").isdecimal():
            problems.append(
                f"{row.place}: {name} {cell!r} is no number" if len(cell) < 20 else f"{row.place}: no number"
            )
            return frozenset()
        is_named &= (
            units[name].map(compose) == cell if row.key == KEYS[-1] else units[name] == int(cell.removesuffix(".0"))
        )
    found = frozenset(units.loc[is_named, columns.UNIT].tolist())
    if not found:
        what = " and ".join(row.key)
        problems.append(f"{row.place}: there is no text with this {what}")
    return found


def pinned_first(candidates: Sequence[int], picked: Picked) -> list[int]:
    """Of each pinned row take the first of the candidates, which stand with the best first."""
    first: list[int] = []
    for named in picked.pinned:
        found = next((unit for unit in candidates if unit in named and unit not in first), None)
        if found is not None:
            first.append(found)
    return first
