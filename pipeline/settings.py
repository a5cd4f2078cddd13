"""What a user can choose for a run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("vi", "en")
DEFAULT_SEED = 0

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
    model knows. `skipped` names repairs of the text that are left out. `pin` and
    `drop` are lists of quotes that are wanted, and not wanted; `masks` says that quotes of survey answers hide what
    tells of a person.
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
    seed: int = DEFAULT_SEED
    force: bool = False
