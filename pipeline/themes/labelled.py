"""Labelled answers: texts with the codes that people gave them, for training and measuring."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.readers import read_table
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.themes.codebook import ID, TAKEN, Codebook, Stance, Theme, load_codebook
from thamluan.pipeline.themes.features import strip_marks


@dataclass(frozen=True)
class LabelledColumns:
    """Where a labelled table holds what; `stance` may be missing."""

    text: str = columns.TEXT
    themes: str = columns.THEMES
    stance: str | None = columns.STANCE
    separator: str = columns.SEPARATOR

    def split(self, cell: str) -> list[str]:
        """Cut a cell into the values of its themes."""
        return [value.strip() for value in cell.split(self.separator) if value.strip()]


@dataclass(frozen=True)
class Labelled:
    """Texts with their codes; `themes` (texts, themes) and `stances` (texts, stances) hold 0 and 1.

    `stances` is None where the tables hold none. `files` says what was read; rows without text are left out.
    """

    texts: tuple[str, ...]
    themes: np.ndarray
    stances: np.ndarray | None
    codebook: Codebook
    files: tuple[dict[str, object], ...]


def read_labelled(paths: Sequence[Path], *, where: LabelledColumns, codebook: Codebook | None = None) -> Labelled:
    """Read labelled tables; without a codebook, make one of the values found.

    A theme or stance is known by its id or by its label in any language.

    Raises:
        InputError: when a file cannot be read, or holds values that the codebook does not know: all are listed.
        ColumnError: when a column is missing.
    """
    tables = [_read(path, where) for path in paths]
    if codebook is None:
        codebook = _codebook_of(tables, where, name=paths[0].stem)
    problems: list[str] = []
    themes = _Coded({theme.id: theme.label.values() for theme in codebook.themes}, problems)
    stances = _Coded({stance.id: stance.label.values() for stance in codebook.stances}, problems)
    texts: list[str] = []
    for path, table in zip(paths, tables, strict=True):
        for number, row in enumerate(table.to_dict("records"), start=1):
            if row[where.text].strip():
                texts.append(row[where.text])
                themes.add(where.split(row[where.themes]), place=f"{path.name}, data row {number}")
                if where.stance is not None:
                    stances.add([row[where.stance].strip()], place=f"{path.name}, data row {number}")
    if problems:
        shown = [*problems[:20], *([f"and {len(problems) - 20} more"] if len(problems) > 20 else [])]
        raise InputError(
            "The labelled data holds codes that the codebook does not know:",
            problems=shown,
            hint="Known themes: " + ", ".join(codebook.theme_ids) + ". Several themes in a cell need --separator.",
        )
    files = tuple(
        {"file": path.name, "sha256": sha256(path), "rows": len(table)}
        for path, table in zip(paths, tables, strict=True)
    )
    stance_matrix = None if where.stance is None else stances.matrix()
    return Labelled(tuple(texts), themes.matrix(), stance_matrix, codebook, files)


class _Coded:
    """Rows of codes by number, and every value that no id or label explains."""

    def __init__(self, labels: dict[str, Iterable[str]], problems: list[str]) -> None:
        self.numbers = {id.casefold(): number for number, id in enumerate(labels)}
        for number, names in enumerate(labels.values()):
            for name in names:
                self.numbers.setdefault(name.casefold(), number)
        self.n_codes = len(labels)
        self.rows: list[list[int]] = []
        self.problems = problems

    def add(self, values: Sequence[str], *, place: str) -> None:
        self.rows.append([])
        for value in values:
            number = self.numbers.get(value.casefold())
            if number is None:
                self.problems.append(f"{place}: {value!r}")
            else:
                self.rows[-1].append(number)

    def matrix(self) -> np.ndarray:
        matrix = np.zeros((len(self.rows), self.n_codes), dtype=int)
        for row, numbers in enumerate(self.rows):
            matrix[row, numbers] = 1
        return matrix


def _read(path: Path, where: LabelledColumns) -> pd.DataFrame:
    rows = read_table(path).rows
    wanted = [name for name in (where.text, where.themes, where.stance) if name is not None]
    missing = [name for name in wanted if name not in rows.columns]
    if missing:
        raise ColumnError(
            f"{path.name} has no column {', '.join(map(repr, missing))}.",
            hint=f"It has: {', '.join(map(repr, rows.columns))}.",
        )
    return rows


def _codebook_of(tables: Sequence[pd.DataFrame], where: LabelledColumns, *, name: str) -> Codebook:
    """Make a codebook of the values in labelled tables, in alphabetical order."""
    cells = pd.concat([table[where.themes] for table in tables])
    values = sorted({value for cell in cells.unique() for value in where.split(cell)})
    if not values:
        raise InputError(f"The column {where.themes!r} names no theme.")
    themes = tuple(Theme(id, _same(value), _same(""), _same(""), (), ()) for id, value in _ids(values).items())
    stances: tuple[Stance, ...] = ()
    if where.stance is not None:
        found = {value.strip() for table in tables for value in table[where.stance].unique() if value.strip()}
        known = load_codebook().stances
        stances = tuple(Stance(id, _same(value), _same("")) for id, value in _ids(sorted(found)).items())
        if found <= {stance.id for stance in known}:
            stances = known
    return Codebook(id=strip_marks(name), version="1", title=_same(name), themes=themes, stances=stances)


def _same(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def _ids(values: Sequence[str]) -> dict[str, str]:
    """Make an id of each value: Latin letters, digits and `_`.

    >>> _ids(["Cơ sở vật chất", "SER&ACC", "text"])
    {'co_so_vat_chat': 'Cơ sở vật chất', 'ser_acc': 'SER&ACC', 'text_2': 'text'}
    """
    ids: dict[str, str] = {}
    for value in values:
        plain = re.sub(r"[^a-z0-9]+", "_", strip_marks(value)).strip("_")[:36]
        plain = plain if ID.fullmatch(plain) else f"theme_{plain}".strip("_")
        numbered = (plain if number == 1 else f"{plain}_{number}" for number in range(1, len(values) + 3))
        ids[next(id for id in numbered if id not in ids and id not in TAKEN)] = value
    return ids
