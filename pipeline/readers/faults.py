"""Faults: why a file cannot be read, in the same plain words for every format."""

from pathlib import Path

from thamluan.pipeline.errors import InputError

MAX_UNPACKED_BYTES = 2**30  # a file that unpacks to more is no questionnaire but a trap


def start_of(path: Path, n_bytes: int) -> bytes:
    """Read the first bytes of a file.

    Raises `InputError` when there are none.
    """
    with path.open("rb") as file:
        start = file.read(n_bytes)
    if not start:
        raise empty()
    return start


def empty() -> InputError:
    """Make the error for a file without a byte."""
    return InputError("is empty")


def unlike(kind: str, *, hint: str = "") -> InputError:
    """Make the error for a file that is not what its suffix says; `kind` names what it should be."""
    return InputError(f"is not {kind}, whatever its name says", hint=hint)


def damaged(kind: str) -> InputError:
    """Make the error for a file that begins well and then cannot be read."""
    return InputError(f"is damaged: {kind} was expected, but its parts cannot be read")


def protected() -> InputError:
    """Make the error for a file with a password."""
    return InputError("is protected by a password", hint="open it, take the password off and save it again")


def too_large() -> InputError:
    """Make the error for a file of more than `MAX_UNPACKED_BYTES` when unpacked."""
    return InputError("unpacks to more than 1 GB")
