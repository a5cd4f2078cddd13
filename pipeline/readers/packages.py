"""Office packages: whether a `.xlsx`, `.docx`, `.odt` or `.xls` can be opened at all, and if not, why."""

import zipfile
import zlib
from pathlib import Path

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.faults import MAX_UNPACKED_BYTES, damaged, protected, start_of, too_large, unlike

ZIP_SIGNATURE = b"PK"
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps a file with a password
OLD_ENCRYPTED = "EncryptionInfo".encode("utf-16-le")
MANIFEST = "META-INF/manifest.xml"  # of an OpenDocument file, which names there what is encrypted
MAX_MANIFEST_BYTES = 2**22
N_START_BYTES = 8  # of which the signatures are the first

# What openpyxl, python-docx and others raise on damaged packages: they check little themselves, so that most damage
# shows as a missing part or value deep inside. SyntaxError is the base of both XML parsers' errors.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
    RuntimeError,
)  # fmt: skip


def check(path: Path, *, part: str, kind: str) -> None:
    """Check that a file is a readable Office package that holds the folder `part`.

    `kind` names what it should be, for the message.

    Raises `InputError` in plain words: empty, with a password, an old format, truncated, another kind.
    """
    start = start_of(path, N_START_BYTES)
    if start.startswith(OLE_SIGNATURE):
        raise _old_or_encrypted(path.read_bytes(), kind=kind)
    if not start.startswith(ZIP_SIGNATURE):
        raise unlike(kind)
    try:
        with zipfile.ZipFile(path) as package:
            _check_members(package, part=part, kind=kind)
            whole = package.testzip() is None  # the libraries do not compare checksums and would read what is altered
    except (OSError, *DAMAGE) as error:
        raise InputError(f"is damaged or cut short: it begins like {kind} but does not end like one") from error
    if not whole:
        raise damaged(kind)


def _check_members(package: zipfile.ZipFile, *, part: str, kind: str) -> None:
    members = package.infolist()
    if not any(member.filename.startswith(part) for member in members):
        raise unlike(kind)
    if _is_encrypted(package):
        raise protected()
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise too_large()


def check_old(path: Path, *, kind: str) -> None:
    """Check that a file is an Office file of before 2007.

    Raises `InputError` in plain words: empty, with a password, another kind.
    """
    if not start_of(path, N_START_BYTES).startswith(OLE_SIGNATURE):
        raise unlike(kind, hint="a web page or a new workbook may bear this name; open it and save it as .xlsx")
    raw = path.read_bytes()
    if ENCRYPTED in raw or OLD_ENCRYPTED in raw:
        raise protected()


def _is_encrypted(package: zipfile.ZipFile) -> bool:
    """Say whether the manifest of an OpenDocument file names anything encrypted."""
    if MANIFEST not in package.namelist():
        return False
    with package.open(MANIFEST) as manifest:
        return b"encryption-data" in manifest.read(MAX_MANIFEST_BYTES)


def _old_or_encrypted(raw: bytes, *, kind: str) -> InputError:
    if ENCRYPTED in raw:
        return protected()
    return InputError(f"is an old Office file and not {kind}", hint="open it and save it in the new format")
