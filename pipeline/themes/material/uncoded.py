"""Answers that nobody has coded, to learn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError
from thamluan.pipeline.readers import read_table
from thamluan.pipeline.readers.tables.cells import column_name
from thamluan.pipeline.themes.material.labelled import loosely

MOST = 20_000  # texts that are learnt from; more cost time and teach little


@dataclass(frozen=True)
class Uncoded:
    """Texts without codes; `files` says what was read: name, hash, and rows with text."""

    texts: tuple[str, ...] = ()
    files: tuple[dict[str, object], ...] = ()

    def without(self, texts: Iterable[str]) -> Self:
        """Leave out what is among `texts`, capitals and white space apart; `files` stays as it is."""
        unwanted = {loosely(text) for text in texts}
        return replace(self, texts=tuple(text for text in self.texts if loosely(text) not in unwanted))

    def drawn(self, *, seed: int, most: int = MOST) -> Self:
        """Keep at most so many texts, drawn at random, in their order."""
        if len(self.texts) <= most:
            return self
        kept = np.sort(np.random.default_rng(seed).choice(len(self.texts), size=most, replace=False))
        return replace(self, texts=tuple(self.texts[number] for number in kept))


def read_uncoded(paths: Sequence[Path], *, text: str) -> Uncoded:
    """Read the column of the text from tables; rows without text are left out.

    Raises:
        InputError: when a file cannot be read.
        ColumnError: when the column is missing.
    """
    texts: list[str] = []
    files: list[dict[str, object]] = []
    for path in paths:
        table = read_table(path)
        name = column_name(text)
        if name not in table.header:
            raise ColumnError(
                f"{path.name} has no column {name!r}.", hint=f"It has: {', '.join(map(repr, table.header))}."
            )
        found = [cell for cell in table.rows[name] if cell.strip()]
        texts += found
        files.append({"file": path.name, "sha256": sha256(path), "rows": len(found)})
    return Uncoded(tuple(texts), tuple(files))


def has_column(path: Path, name: str) -> bool:
    """Say whether a table has a column."""
    return column_name(name) in read_table(path).header
