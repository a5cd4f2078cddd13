"""Coded tables: `answers.csv` or `units.csv` as a run wrote it, or as people saved it again with other codes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.formulas import disarm, rearm, storable
from thamluan.pipeline.letters import compose
from thamluan.pipeline.readers.formats import read_file
from thamluan.pipeline.readers.tables.table import Table, TableFile
from thamluan.pipeline.themes.codebooks.codebook import Codebook

MAX_PROBLEMS = 30
LONGEST_CODE = 40  # characters; a longer cell may be an answer and is not shown
WHOLE = re.compile(r"\d+(?:[.,]0+)?")
YES, NO = frozenset(("1", "true", "x", "có", "yes")), frozenset(("", "0", "false", "không", "no"))
SPREADSHEET_LONGEST = 32_000  # characters; Excel cuts a cell at 32,767
KEYS = {columns.UNIT: "units", columns.CONTRIBUTION: "answers"}  # the column that numbers the rows, by the table


@dataclass
class Problems:
    """What is wrong with a table, gathered so that it is told at once."""

    found: list[str] = field(default_factory=list)

    def add(self, place: str, what: str) -> None:
        self.found.append(f"{place}: {what}")

    def told(self) -> list[str]:
        """List the first problems, and how many more there are."""
        more = len(self.found) - MAX_PROBLEMS
        return self.found if more <= 0 else [*self.found[:MAX_PROBLEMS], f"and {more} more"]


@dataclass(frozen=True)
class CodedTable:
    """A coded table; `rows` holds cells of text, rearmed but for the texts, one row a number of the column `key`."""

    path: Path
    table: Table
    rows: pd.DataFrame
    key: str

    @property
    def name(self) -> str:
        return KEYS[self.key]

    def place(self, position: int, column: str = "") -> str:
        """Say where a cell or row stands, as a spreadsheet shows it."""
        sheet = f", sheet '{self.table.name}'" if self.table.name else ""
        where = f"{self.path.name}{sheet}, row {self.table.numbers[position]}"
        if column not in self.table.header:
            return where
        letters = self.table.letters
        letter = f" {letters[self.table.header.index(column)]}" if letters else ""
        return f"{where}, column{letter} ({column})"

    def filled(self) -> pd.DataFrame:
        """Give the rows with anything in them, each with its position."""
        rows = self.rows.copy()
        rows.insert(0, POSITION, range(len(rows)))
        return rows[(self.rows != "").any(axis=1)]

    def numbered(self, expected: Sequence[int], problems: Problems) -> pd.DataFrame:
        """Give the rows by number, in the order expected; each must be there once.

        Rows without anything in them are passed over. What is lost, repeated or added is a problem.
        """
        known = set(expected)
        positions: dict[int, int] = {}
        is_filled = (self.rows != "").any(axis=1)
        for position, cell in enumerate(self.rows[self.key]):
            place = self.place(position, self.key)
            if not is_filled.iloc[position]:
                continue
            if not WHOLE.fullmatch(cell):
                problems.add(place, f"no number, which each row of {self.name} has; take the row out, or put it back")
                continue
            number = int(re.split("[.,]", cell)[0])
            if number not in known:
                problems.add(place, f"{number} is none of the run's numbers; take the row out")
            elif number in positions:
                problems.add(place, f"{number} stands here again; keep one row")
            else:
                positions[number] = position
        lost = [number for number in expected if number not in positions]
        if lost:
            shown = ", ".join(map(str, lost[:MAX_PROBLEMS])) + (" ..." if len(lost) > MAX_PROBLEMS else "")
            what = f"{len(lost)} row(s) of the run are missing: {self.key} {shown}; put them back"
            problems.add(self.path.name, what)
        kept = [number for number in expected if number in positions]
        found = self.rows.iloc[[positions[number] for number in kept]].copy()
        found.insert(0, POSITION, [positions[number] for number in kept])
        return found.set_axis(kept, axis="index")


POSITION = "#"  # of the row in its table; no header is called so


def read_coded(path: Path) -> CodedTable:
    """Read a table of answers or units, of whatever kind the readers know; of a workbook the first such sheet.

    Raises:
        InputError: when it cannot be read, or holds no coded table.
    """
    try:
        file = read_file(path)
    except InputError as error:
        raise InputError(f"{path} {error.message}", hint=error.hint, problems=error.problems) from error
    tables = file.tables if isinstance(file, TableFile) else ()
    for table in tables:
        for key in KEYS:
            if key in table.header and (columns.THEMES in table.header or key == columns.CONTRIBUTION):
                return _coded(path, table, key=key)
    raise InputError(
        f"{path.name}: no table with the column {columns.CONTRIBUTION!r} or {columns.UNIT!r}, which coded tables have",
        hint="Give the folder of a run, or its answers.csv or units.csv, also when saved as .xlsx.",
    )


def _coded(path: Path, table: Table, *, key: str) -> CodedTable:
    if table.rejected:
        problems = [f"row {rejection.row}: {rejection.reason}" for rejection in table.rejected[:MAX_PROBLEMS]]
        raise InputError(f"{path.name}: rows that do not fit the table", problems=problems, hint="Mend these rows.")
    rows = table.rows.rename(columns=rearm)
    for name in rows.columns:
        if name != columns.TEXT and rows[name].str.startswith("'").any():
            rows[name] = rows[name].map(rearm)
    return CodedTable(path, table, rows, key)


@dataclass(frozen=True)
class Vocabulary:
    """What codes may be called: ids, and labels in any language; capitals make no difference."""

    themes: Mapping[str, str]
    stances: Mapping[str, str]
    theme_ids: tuple[str, ...]
    stance_ids: tuple[str, ...]

    @classmethod
    def of(cls, codebook: Codebook) -> Self:
        themes = {label.casefold(): theme.id for theme in codebook.themes for label in theme.label.values() if label}
        stances = {label.casefold(): each.id for each in codebook.stances for label in each.label.values() if label}
        themes |= {id: id for id in codebook.theme_ids}
        stances |= {id: id for id in codebook.stance_ids}
        return cls(themes, stances, codebook.theme_ids, codebook.stance_ids)

    def joined(self, themes: Iterable[str]) -> str:
        """Join ids of themes in the codebook's order."""
        given = set(themes)
        return columns.SEPARATOR.join(id for id in self.theme_ids if id in given)

    def themes_of(self, cell: str, *, complain: Callable[[str], None]) -> frozenset[str]:
        """Read a cell of themes, apart by `;`, or by `,` or lines where no label holds one."""
        found = set()
        for written in filter(None, (part.strip() for part in compose(cell).split(columns.SEPARATOR))):
            whole = self.themes.get(written.casefold())
            parts = [written] if whole else [part.strip() for part in re.split(r"[,\n]", written) if part.strip()]
            for part in parts:
                id = self.themes.get(part.casefold())
                if id is None:
                    complain(f"{shown(part)} is no theme; known are {', '.join(self.theme_ids)}")
                else:
                    found.add(id)
        return frozenset(found)

    def stance_of(self, cell: str, *, complain: Callable[[str], None]) -> str:
        """Read a cell of one stance."""
        written = compose(cell).strip()
        id = self.stances.get(written.casefold(), "")
        if written and not id:
            complain(f"{shown(written)} is no stance; known are {', '.join(self.stance_ids) or 'none'}")
        return id


def shown(cell: str) -> str:
    """Show what a cell holds, unless it may be an answer.

    >>> shown("fundng")
    "'fundng'"
    """
    return repr(cell) if len(cell) <= LONGEST_CODE else "what stands here"


def is_same_text(cell: str, text: str) -> bool:
    r"""Say whether a cell still holds a text, allowing for what spreadsheets do on their own.

    They write other line ends, take off `'`, leave out control characters, cut very long cells, and write anew what
    looks like a number or a date.

    >>> is_same_text("'- Tăng\nphụ cấp", "- Tăng\r\nphụ cấp"), is_same_text("2", "02"), is_same_text("tốt", "tồi")
    (True, True, False)
    """
    if not text.strip():
        return not cell.strip()
    if not any(char.isalpha() for char in text):
        return True
    cell, text = storable(cell), storable(text)
    written, wanted = lines(cell), lines(text)
    if written in (wanted, lines(disarm(text))) or lines(rearm(cell)) == wanted:
        return True
    return len(cell) >= SPREADSHEET_LONGEST and wanted.startswith(lines(rearm(cell))[:SPREADSHEET_LONGEST])


def lines(text: str) -> str:
    """Write all line ends alike, and none at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
