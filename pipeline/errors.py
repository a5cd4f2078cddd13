"""The errors of thamluan: one base, a message that says where, and a hint that says what to do."""

from collections.abc import Sequence


class ThamluanError(Exception):
    """Base of every error that a user can mend.

    `problems` holds everything found wrong, so that a user mends a file once and not ten times. No message may
    hold the text of an answer: answers are personal.
    """

    def __init__(self, message: str, *, hint: str = "", problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n  - ".join((self.message, *self.problems))


class InputError(ThamluanError):
    """An input file or folder that is missing, empty, or not what its name says."""


class ColumnError(ThamluanError):
    """A column that was asked for and is not there, or whose values do not fit its use."""


class CodebookError(ThamluanError):
    """A codebook with problems; all of them are listed."""


class ModelError(ThamluanError):
    """A model folder that is missing, incomplete, altered, or made for another codebook."""


class OutputError(ThamluanError):
    """A place to write to that is taken or locked."""
