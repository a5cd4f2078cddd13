"""Office packages: whether a `.xlsx` or `.docx` can be opened at all, and if not, why."""

import zipfile
import zlib
from pathlib import Path

from thamluan.pipeline.errors import InputError

ZIP_SIGNATURE = b"PK"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a file with a password
MAX_UNPACKED_BYTES = 2**30  # a package that unpacks to more is no questionnaire but a trap

# What openpyxl and python-docx raise on damaged packages: they check little themselves, so that most damage shows as
# a missing part or value deep inside. SyntaxError is the base of both XML parsers' errors.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
    RuntimeError,
)  # fmt: skip


def check(path: Path, *, part: str, kind: str) -> None:
    """Check that a file is a readable Office package that holds the folder `part`.

    `kind` names what it should be, for the message.

    Raises `InputError` in plain words: empty, with a password, an old format, truncated, another kind.
    """
    with path.open("rb") as file:
        start = file.read(8)
        if not start:
            raise InputError("is empty")
        if start.startswith(OLE_SIGNATURE):
            raise _old_or_encrypted(start + file.read(), kind=kind)
        if not start.startswith(ZIP_SIGNATURE):
            raise InputError(f"is not {kind}, whatever its name says")
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except zipfile.BadZipFile as error:
        raise InputError(f"is damaged or cut short: it begins like {kind} but does not end like one") from error
    if not any(member.filename.startswith(part) for member in members):
        raise InputError(f"is not {kind}, whatever its name says")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise InputError("unpacks to more than 1 GB")


def _old_or_encrypted(raw: bytes, *, kind: str) -> InputError:
    if ENCRYPTED in raw:
        return InputError("is protected by a password", hint="open it, take the password off and save it again")
    return InputError(f"is an old Office file and not {kind}", hint="open it and save it in the new format")
