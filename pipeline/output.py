"""Putting files in place: all of them or none, and nothing overwritten unasked."""

import errno
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from thamluan.pipeline.errors import OutputError

PRIVATE = ".thamluan-"  # how the temporary folder's name begins
ELSEWHERE = "choose another folder with --out"


def check_output(out: Path, *, force: bool, names: Iterable[str]) -> None:
    """Find out, before work is done, whether files of these names can be written into a folder.

    Leaves nothing behind. The folder and its parents need not exist.

    Raises:
        OutputError: a file is in the way, the folder holds something and `force` is off, the place cannot be written
            to, or files to be replaced are open in another program (all are named).
    """
    try:
        place = next((path for path in (out.absolute(), *out.absolute().parents) if path.exists()), None)
        if place is None:
            raise OutputError(f"{out}: there is no such disk", hint=ELSEWHERE)
        if not place.is_dir():
            raise OutputError(f"{out}: {place} is a file, not a folder", hint=ELSEWHERE)
        if out.exists() and not force and any(out.iterdir()):
            raise OutputError(f"{out}: the folder is not empty", hint=f"{ELSEWHERE}, or replace with --force")
        with _private_folder(place):
            pass
    except OSError as error:
        raise refused(out, error) from error
    check_unlocked(out, names)


def check_unlocked(out: Path, names: Iterable[str]) -> None:
    """Find the files that cannot be replaced, such as those that Excel holds open on Windows.

    Raises:
        OutputError: with each of them as a problem.
    """
    problems = []
    for path in (out / name for name in names):
        if path.is_dir():
            problems.append(f"{path.name} is a folder")
        elif path.exists():
            try:
                path.open("ab").close()
            except OSError:
                problems.append(f"{path.name} is open in another program, or locked")
    if problems:
        raise OutputError(f"{out}: files cannot be replaced", hint=f"close them, or {ELSEWHERE}", problems=problems)


def place_files(
    files: Iterable[tuple[str, bytes]], out: Path, *, names: Iterable[str], force: bool
) -> tuple[Path, ...]:
    """Write files into a private folder and move them into place when every one is complete.

    A new folder appears at once, by one renaming. In a folder that is already there, whose parent may be another disk
    or closed to us, the private folder lies inside, and files are moved one by one; if one cannot be, those before it
    are put back.

    Raises:
        OutputError: as in `check_output`, or the disk is full. No new file is then in place.
    """
    names = tuple(names)
    check_output(out, force=force, names=names)
    try:
        nearby = out if out.exists() else out.absolute().parent
        nearby.mkdir(parents=True, exist_ok=True)
        with _private_folder(nearby) as private:
            complete = private / "complete"
            complete.mkdir()
            for name, content in files:
                (complete / name).write_bytes(content)
            if out.exists():
                check_unlocked(out, names)
                _replace_all(complete, out, replaced=private / "replaced")
            else:
                complete.rename(out)
    except OSError as error:
        raise refused(out, error) from error
    return tuple(out / name for name in names)


def _replace_all(complete: Path, out: Path, *, replaced: Path) -> None:
    """Move files into a folder, and what they replace out of it; put all back if one cannot be moved."""
    replaced.mkdir()
    moved = []
    try:
        for path in sorted(complete.iterdir()):
            target = out / path.name
            moved.append(target)
            if target.exists():
                target.replace(replaced / path.name)
            path.replace(target)
    except BaseException:
        for target in moved:
            if (replaced / target.name).exists():
                (replaced / target.name).replace(target)
            elif not (complete / target.name).exists():
                target.unlink()
        raise


def check_new(path: Path, *, force: bool) -> None:
    """Find out, before work is done, whether a file may be written.

    Raises:
        OutputError: it is there and `force` is off.
    """
    if path.exists() and not force:
        raise OutputError(f"{path}: is already there", hint="replace it with --force, or choose another name")


def place_file(content: bytes, path: Path, *, force: bool) -> None:
    """Write one file beside its place and move it there when it is complete.

    Raises:
        OutputError: the file is there and `force` is off, or cannot be written.
    """
    check_new(path, force=force)
    folder = path.absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        check_unlocked(folder, [path.name])
        with _private_folder(folder) as private:
            (private / path.name).write_bytes(content)
            (private / path.name).replace(path)
    except OSError as error:
        raise refused(path, error) from error


@contextmanager
def _private_folder(parent: Path) -> Iterator[Path]:
    """Make a folder that is gone afterwards.

    Not by `tempfile`: on Windows its folders are closed to other users, and so would be what is moved out of them.
    """
    folder = parent / f"{PRIVATE}{secrets.token_hex(8)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refused(out: Path, error: OSError) -> OutputError:
    """Say in plain words why the system does not write."""
    if error.errno == errno.ENOSPC:
        return OutputError(f"{out}: the disk is full", hint="free some space, or choose another disk with --out")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return OutputError(f"{out}: you may not write here", hint=ELSEWHERE)
    return OutputError(f"{out}: cannot be written ({error.strerror or error})", hint=ELSEWHERE)
