"""Texts by id: for labelled tables that hold ids and codes alone, because the texts lie elsewhere."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.letters import compose, is_visible
from thamluan.pipeline.readers import Table, read_table
from thamluan.pipeline.readers.tables.cells import column_name
from thamluan.pipeline.text.marks.corpus import read_lines

N_PLACES_TOLD = 10
CORPUS_ENDINGS = (".txt", ".xz")
PASSAGE = re.compile(r"(\d{1,18}):(\d{1,18}):(\d{1,18})")  # line, start, end

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Texts:
    """Texts by what stands in the column `id` of their tables; `files` says what was read: name and hash.

    A text of one of the `corpora`, which have no ids, goes by its place: see `passages`.
    """

    id: str
    by_id: Mapping[str, str]
    files: tuple[dict[str, str], ...]
    corpora: tuple[Path, ...] = ()

    def added_to(self, table: Table, *, text: str, file: str) -> Table:
        """Give a table of codes a column of texts, "" for an id without text; how many there are is told."""
        ids = [plain_id(cell) for cell in table.rows[self.id]]
        placed = passages(self.corpora, [id for id in ids if id not in self.by_id])
        found = [self.by_id.get(id) or placed.get(id, "") for id in ids]
        n_without = sum(not each for each in found)
        if n_without:
            log.warning("%s: %d of %d ids have no text and are left out", file, n_without, len(found))
        return replace(table, rows=table.rows.assign(**{text: found}), filled=None)


def lacks_texts(table: Table, *, id: str, text: str) -> bool:
    """Say whether a table has ids but no texts."""
    return id in table.header and text not in table.header


def read_texts(paths: Sequence[Path], *, id: str = columns.ID, text: str = columns.TEXT) -> Texts:
    """Read the texts of tables by their ids; rows without either are passed over. Plain text is looked up when needed.

    Raises:
        InputError: when a table cannot be read, or an id stands with different texts: the places are listed.
        ColumnError: when a column is missing.
    """
    id, text = column_name(id), column_name(text)
    by_id: dict[str, str] = {}
    again: list[str] = []
    files: list[dict[str, str]] = []
    corpora = tuple(path for path in paths if path.suffix in CORPUS_ENDINGS)
    for path in paths:
        if path in corpora:
            files.append({"file": path.name, "sha256": sha256(path)})
            continue
        table = read_table(path)
        missing = [name for name in (id, text) if name not in table.header]
        if missing:
            raise ColumnError(
                f"{path.name} has no column {', '.join(map(repr, missing))}.",
                hint=f"It has: {', '.join(map(repr, table.header))}.",
            )
        for number, key, found in zip(table.numbers, table.rows[id], table.rows[text], strict=True):
            if not plain_id(key) or not is_visible(found):
                continue
            if by_id.setdefault(plain_id(key), found) != found:
                again.append(f"{path.name}, row {number}")
        files.append({"file": path.name, "sha256": sha256(path)})
    if again:
        more = [f"and {len(again) - N_PLACES_TOLD} more"] if len(again) > N_PLACES_TOLD else []
        raise InputError(
            "An id by which a text is found may not stand with different texts:",
            problems=[*again[:N_PLACES_TOLD], *more],
            hint="Name another column of ids: --id COLUMN",
        )
    return Texts(id, by_id, tuple(files), corpora)


def passages(corpora: Sequence[Path], ids: Iterable[str]) -> dict[str, str]:
    """Find the passages of plain text, one text a line, that ids such as `12:0:80` name: line, first character, end.

    Lines are counted from 1, on through the corpora in order, and characters from 0.

    Raises:
        InputError: when a corpus cannot be read.
    """
    wanted: dict[int, list[tuple[str, int, int]]] = {}
    for id in ids:
        if named := PASSAGE.fullmatch(id):
            line, start, end = map(int, named.groups())
            wanted.setdefault(line, []).append((id, start, end))
    found: dict[str, str] = {}
    if wanted:
        lines = chain.from_iterable(read_lines(path) for path in corpora)
        for number, line in enumerate(lines, start=1):
            found |= {id: line.rstrip("\n")[start:end] for id, start, end in wanted.get(number, ())}
    return found


def plain_id(cell: str) -> str:
    """Write an id so that Unicode forms and white space around it make no difference."""
    return compose(cell).strip()
