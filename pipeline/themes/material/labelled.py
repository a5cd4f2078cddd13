"""Labelled answers: texts with the codes that people gave them, for training and measuring."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.letters import compose, strip_marks
from thamluan.pipeline.readers import Table, read_table
from thamluan.pipeline.readers.tables.cells import column_name
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.themes.codebooks.codebook import ID, TAKEN, Codebook, Stance, Theme, load_codebook
from thamluan.pipeline.themes.material.texts import Texts, lacks_texts

MAX_PROBLEMS = 20
LARGE = 0.1  # share of the texts
LONGEST_CODE = 60  # characters
LONGEST_PLAIN = 34  # characters of a made id, which leaves room for a number

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabelledColumns:
    """Where a labelled table holds what; without `stance` none is read, nor where a column that may lack is not there.

    `id` is the column that tells rows apart, where there is one. `separator` stands between
    several themes in a cell; when it is "", a cell is one theme.
    """

    text: str = columns.TEXT
    themes: str = columns.THEMES
    stance: str | None = columns.STANCE
    separator: str = columns.SEPARATOR
    stance_may_lack: bool = False
    id: str | None = None

    def split(self, cell: str) -> list[str]:
        """Cut a cell into the values of its themes."""
        values = compose(cell).split(self.separator) if self.separator else [compose(cell)]
        return [value.strip() for value in values if value.strip()]

    def stance_of(self, row: Mapping[str, str]) -> list[str]:
        """Give the value of a row's stance, or nothing."""
        value = "" if self.stance is None else compose(row.get(self.stance, "")).strip()
        return [value] if value else []

    def composed(self) -> Self:
        """Give the same with the columns' names in the form in which tables hold them."""
        stance = None if self.stance is None else column_name(self.stance)
        id = None if self.id is None else column_name(self.id)
        return replace(self, text=column_name(self.text), themes=column_name(self.themes), stance=stance, id=id)


@dataclass(frozen=True)
class Origin:
    """Where a labelled text stands: the file, the row as a spreadsheet counts it, and the id, "" without one."""

    file: str
    row: int
    id: str

    @property
    def place(self) -> str:
        return f"row {self.row}"


@dataclass(frozen=True)
class Labelled:
    """Texts with their codes; `themes` (texts, themes) and `stances` (texts, stances) hold 0 and 1.

    `stances` is None where the tables hold none; the row of a text without stance is all 0. `files` says what was
    read: name, hash, and rows with text; the others are left out; and where texts were found by id, in which files.
    `origins` says for each text where it stands; it is
    empty where that is not known.
    """

    texts: tuple[str, ...]
    themes: np.ndarray
    stances: np.ndarray | None
    codebook: Codebook
    files: tuple[dict[str, object], ...]
    origins: tuple[Origin, ...] = ()

    @property
    def writers(self) -> list[int]:
        """Number for each text who may have written it: one writer a file, but a text of a large file each its own.

        Large is a file that holds more than a tenth of the texts, as when there is but one.
        """
        if not self.origins:
            return list(range(len(self.texts)))
        names = [origin.file for origin in self.origins]
        sizes = Counter(names)
        is_large = {name: size > LARGE * len(names) for name, size in sizes.items()}
        numbers = {name: number for number, name in enumerate(sizes)}
        alone = count(len(numbers))
        return [next(alone) if is_large[name] else numbers[name] for name in names]

    def without(self, texts: Iterable[str]) -> Self:
        """Leave out what is among `texts`, capitals and white space apart; `files` stays as it is."""
        unwanted = {loosely(text) for text in texts}
        return self.only([number for number, text in enumerate(self.texts) if loosely(text) not in unwanted])

    def only(self, kept: Sequence[int]) -> Self:
        """Keep the texts of these numbers, counted from 0, in this order; `files` stays as it is."""
        return replace(
            self,
            texts=tuple(self.texts[number] for number in kept),
            themes=self.themes[kept],
            stances=None if self.stances is None else self.stances[kept],
            origins=tuple(self.origins[number] for number in kept) if self.origins else (),
        )


def loosely(text: str) -> str:
    """Write a text so that capitals and white space make no difference."""
    return " ".join(compose(text).casefold().split())


def read_labelled(
    paths: Sequence[Path], *, where: LabelledColumns, codebook: Codebook | None = None, elsewhere: Texts | None = None
) -> Labelled:
    """Read labelled tables; without a codebook, make one of the values found.

    A theme or stance is known by its id or by its label in any language. A table with ids and codes but no texts gets
    its texts from `elsewhere`; ids without text are counted in a warning and left out.

    Raises:
        InputError: when a file cannot be read, or holds values that the codebook does not know: all are listed.
        ColumnError: when a column is missing.
    """
    where = where.composed()
    tables = [_read(path, where, elsewhere) for path in paths]
    if codebook is None:
        codebook = _codebook_of([table for table, _ in tables], where, name=paths[0].stem)
    unknown: list[tuple[str, str]] = []
    themes = _Codes({theme.id: theme.label.values() for theme in codebook.themes}, unknown)
    stances = _Codes({stance.id: stance.label.values() for stance in codebook.stances}, unknown)
    texts: list[str] = []
    origins: list[Origin] = []
    files: list[dict[str, object]] = []
    for path, (table, found_in) in zip(paths, tables, strict=True):
        n_before = len(texts)
        for number, row in zip(table.numbers, table.rows.to_dict("records"), strict=True):
            if row[where.text].strip():
                origin = Origin(path.name, number, compose(row[where.id]).strip() if where.id is not None else "")
                place = f"{origin.file}, {origin.place}"
                texts.append(row[where.text])
                origins.append(origin)
                themes.add(where.split(row[where.themes]), place=place)
                stances.add(where.stance_of(row) if codebook.stances else [], place=place)
        files.append({"file": path.name, "sha256": sha256(path), "rows": len(texts) - n_before} | found_in)
    if unknown:
        raise InputError(
            "The labelled data holds codes that the codebook does not know:",
            problems=_told(unknown),
            hint=f"Known themes: {', '.join(codebook.theme_ids)}; stances: {', '.join(codebook.stance_ids)}."
            " Several themes in a cell need --separator.",
        )
    stance_matrix = stances.matrix()
    known_stances = stance_matrix if stance_matrix.any() else None
    return Labelled(tuple(texts), themes.matrix(), known_stances, codebook, tuple(files), tuple(origins))


def _told(unknown: Sequence[tuple[str, str]]) -> list[str]:
    """List unknown values with their places; of long or many different ones only the places: they may be answers."""
    values = {value for _, value in unknown}
    are_codes = len(values) <= MAX_PROBLEMS and max(map(len, values)) <= LONGEST_CODE
    shown = [f"{place}: {value!r}" if are_codes else place for place, value in unknown[:MAX_PROBLEMS]]
    return shown if len(unknown) <= MAX_PROBLEMS else [*shown, f"and {len(unknown) - MAX_PROBLEMS} more"]


class _Codes:
    """Rows of codes by number; `unknown` takes the place and value of each that no id or label explains."""

    def __init__(self, labels: dict[str, Iterable[str]], unknown: list[tuple[str, str]]) -> None:
        self.numbers = {id.casefold(): number for number, id in enumerate(labels)}
        for number, names in enumerate(labels.values()):
            for name in names:
                self.numbers.setdefault(name.casefold(), number)
        self.n_codes = len(labels)
        self.rows: list[list[int]] = []
        self.unknown = unknown

    def add(self, values: Sequence[str], *, place: str) -> None:
        self.rows.append([])
        for value in values:
            number = self.numbers.get(value.casefold())
            if number is None:
                self.unknown.append((place, value))
            else:
                self.rows[-1].append(number)

    def matrix(self) -> np.ndarray:
        matrix = np.zeros((len(self.rows), self.n_codes), dtype=int)
        for row, numbers in enumerate(self.rows):
            matrix[row, numbers] = 1
        return matrix


def _read(path: Path, where: LabelledColumns, elsewhere: Texts | None) -> tuple[Table, dict[str, object]]:
    """Read a table that has every column, and say in which files its texts were found if not in itself."""
    table, found_in = read_table(path), {}
    if elsewhere is not None and lacks_texts(table, id=elsewhere.id, text=where.text):
        table = elsewhere.added_to(table, text=where.text, file=path.name)
        found_in = {"texts": list(elsewhere.files)}
    wanted = [where.text, where.themes, *([] if where.id is None else [where.id])]
    if where.stance is not None and not where.stance_may_lack:
        wanted.append(where.stance)
    missing = [name for name in wanted if name not in table.header]
    if missing:
        raise ColumnError(
            f"{path.name} has no column {', '.join(map(repr, missing))}.",
            hint=f"It has: {', '.join(map(repr, table.header))}.",
        )
    if table.rejected:
        log.warning("%s: %d rows cannot be read and are left out", path.name, len(table.rejected))
    return table, found_in


def _codebook_of(tables: Sequence[Table], where: LabelledColumns, *, name: str) -> Codebook:
    """Make a codebook of the values in labelled tables, in alphabetical order."""
    rows = [row for table in tables for row in table.rows.to_dict("records") if row[where.text].strip()]
    values = {value for row in rows for value in where.split(row[where.themes])}
    if not values:
        raise InputError(f"The column {where.themes!r} names no theme.")
    themes = tuple(Theme(id, _same(value), _same(""), _same(""), (), ()) for id, value in _ids(values).items())
    found = {value for row in rows for value in where.stance_of(row)}
    stances = load_codebook().stances
    known = {name.casefold() for stance in stances for name in (stance.id, *stance.label.values())}
    if not known.issuperset(value.casefold() for value in found):
        stances = tuple(Stance(id, _same(value), _same("")) for id, value in _ids(found, kind="stance").items())
    return Codebook(id=strip_marks(name), version="1", title=_same(compose(name)), themes=themes, stances=stances)


def _same(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)


def _ids(values: Iterable[str], *, kind: str = "theme") -> dict[str, str]:
    """Make an id of each value, in alphabetical order: Latin letters, digits and `_`; capitals make no difference.

    >>> _ids(["text", "SER&ACC", "Cơ sở vật chất", "ser&acc"])
    {'co_so_vat_chat': 'Cơ sở vật chất', 'ser_acc': 'SER&ACC', 'text_2': 'text'}
    """
    spellings = {value.casefold(): value for value in sorted(values, reverse=True)}  # the first in order stays
    ids: dict[str, str] = {}
    for value in sorted(spellings.values()):
        plain = re.sub(r"[^a-z0-9]+", "_", strip_marks(value)).strip("_")
        plain = (plain if ID.match(plain) else f"{kind}_{plain}")[:LONGEST_PLAIN].strip("_")
        taken = TAKEN.union(ids, spellings.keys() - {value.casefold()})  # what names another value stays its name
        ids[next(id for id in chain([plain], (f"{plain}_{number}" for number in count(2))) if id not in taken)] = value
    return ids
