"""What a user can choose for a run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("vi", "en")
FORMATS = ("csv", "html", "docx", "xlsx", "sav", "refi")  # of what a report is written as
DEFAULT_SEED = 0
DEFAULT_STYLE = "plain"
DEFAULT_MIN_BASE = 5

Progress = Callable[[str, int, int], None]
"""Told of the work: stage, done, of how many."""


@dataclass(frozen=True)
class Columns:
    """The columns of an input table that play a part: open questions, id, groups, weight.

    Empty `text` means: find the open-text columns.
    """

    text: tuple[str, ...] = ()
    id: str | None = None
    by: tuple[str, ...] = ()
    weight: str | None = None

    @property
    def kept(self) -> tuple[str, ...]:
        """Name the columns that go with each answer into the output, in the order asked for, each once."""
        names = (self.id, *self.by, self.weight)
        return tuple(dict.fromkeys(name for name in names if name is not None))


@dataclass(frozen=True)
class Settings:
    """The choices of one run; the same settings, input and version give the same bytes.

    Without a `model` the default one is used where it knows the themes of the codebook; without a `codebook` the
    model's own. `single` says that every answer has exactly one theme, where a coder is learnt for a codebook that no
    model knows. `skipped` names repairs of the text that are left out. `pin` and `drop` are lists of quotes that are
    wanted, and not wanted; `masks` says that quotes of survey answers hide what tells of a person. `style` names that
    of the Word document, or is a template. Groups of fewer than `min_base` people are not shown. `formats` are some of
    `FORMATS`.
    """

    columns: Columns = Columns()
    codebook: Path | None = None
    model: Path | None = None
    single: bool = False
    skipped: tuple[str, ...] = ()
    pin: Path | None = None
    drop: Path | None = None
    masks: bool = True
    lang: str = "vi"
    style: str = DEFAULT_STYLE
    seed: int = DEFAULT_SEED
    min_base: int = DEFAULT_MIN_BASE
    formats: tuple[str, ...] = FORMATS
    force: bool = False


@dataclass(frozen=True)
class Again:
    """The choices for a report from corrected codes; None means: as the run was asked, but for lists of quotes.

    `folder` is that of the run, where the corrected table lies elsewhere.
    """

    folder: Path | None = None
    by: tuple[str, ...] | None = None
    weight: str | None = None
    codebook: Path | None = None
    pin: Path | None = None
    drop: Path | None = None
    masks: bool | None = None
    lang: str | None = None
    style: str | None = None
    min_base: int | None = None
    formats: tuple[str, ...] | None = None
    force: bool = False
