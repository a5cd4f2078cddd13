"""Extracts: what comes of one file, its contributions, what of it was rejected, and the account of both."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from thamluan.pipeline.errors import ThamluanError
from thamluan.pipeline.readers.places import Stretch


@dataclass(frozen=True)
class Contribution:
    """One row of the contributions, without its number; the fields are named as `columns.CONTRIBUTIONS`."""

    source: str
    place: str
    speaker: str
    question: str
    text: str
    respondent: str
    paragraph: int = 0
    places: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class FileRead:
    """One file that was read.

    `n_read` counts its contributions with the rejected ones, `n_rejected` those alone: a rejected row of a table
    counts once a question, so that `n_read - n_rejected` contributions came of the file. `encoding` names that of a
    text file; "" where a format has its own.
    """

    source: str
    sha256: str
    kind: str  # "table" or "document"
    questions: tuple[str, ...]
    n_read: int
    n_rejected: int
    encoding: str = ""


@dataclass(frozen=True)
class Rejected:
    """A file, sheet or row that could not be read, and why."""

    source: str
    place: str
    error: ThamluanError

    @property
    def reason(self) -> str:
        details = "; ".join((self.error.message, *self.error.problems))
        return f"{details} ({self.error.hint})" if self.error.hint else details


@dataclass(frozen=True)
class Extract:
    """What came of one file; `attributes` has a row a contribution, `file` is None if nothing could be read."""

    contributions: Sequence[Contribution] = ()
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)
    rejected: Sequence[Rejected] = ()
    file: FileRead | None = None
    notes: Sequence[str] = ()


def united(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put attributes below one another: the columns of all, "" where a frame has none."""
    names = list(dict.fromkeys(name for frame in frames for name in frame.columns))
    filled = [frame.reindex(columns=names, fill_value="").astype(str) for frame in frames]
    if not filled:
        return pd.DataFrame(index=pd.RangeIndex(0))
    return pd.concat(filled, ignore_index=True)
