"""Sources: the inputs a user gave -> the files to read, each with the name it goes by."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thamluan.pipeline.errors import InputError

REPORT = "run.json"


@dataclass(frozen=True)
class Source:
    """A file to read. `name` is its path below `root`, with more of the folders above where names would clash."""

    path: Path
    root: Path
    n_above: int = 0  # how many folders of `root` the name shows

    @property
    def name(self) -> str:
        shown = self.root.parts[len(self.root.parts) - self.n_above :] if self.n_above else ()
        name = "/".join((*(part.strip("/\\") for part in shown), self.path.relative_to(self.root).as_posix()))
        # A file name in another encoding than the system's could not be written to any output.
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def find(inputs: Sequence[Path]) -> tuple[Source, ...]:
    """List the files of the inputs: files as given, folders recursively in sorted order, each file once.

    Hidden files, Office lock files (`~$...`), folders behind symbolic links and reports of earlier runs are left out.

    Raises `InputError` naming every input that does not exist.
    """
    missing = [str(path) for path in inputs if not _is_there(path)]
    if missing:
        raise InputError("inputs that do not exist", problems=missing, hint="check the paths")
    found: dict[Path, Source] = {}
    for path in inputs:
        for source in _sources(Path(os.path.abspath(path))):  # noqa: PTH100 - resolve() would follow links
            found.setdefault(source.path.resolve(), source)
    return _told_apart(tuple(found.values()))


def _sources(path: Path) -> Iterator[Source]:
    if not path.is_dir():
        yield Source(path=path, root=path.parent)
        return
    closed: list[OSError] = []
    files = [Path(folder) / name for folder, name in _walk(path, closed)]
    files += [Path(error.filename) for error in closed]
    for file in sorted(files, key=lambda file: file.relative_to(path).as_posix()):
        yield Source(path=file, root=path)


def _is_there(path: Path) -> bool:
    """Say whether there is something; what may not be looked at is told when it is read."""
    try:
        return path.exists()
    except OSError:
        return True


def _walk(path: Path, closed: list[OSError]) -> Iterator[tuple[str, str]]:
    """Give the folders and names of files; `closed` takes the folders that may not be opened."""
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".") and not is_report(Path(folder) / name)]
        for name in names:
            if not name.startswith((".", "~$")):
                yield folder, name


def is_report(folder: Path) -> bool:
    """Say whether a folder holds what a run has written."""
    return os.path.isfile(folder / REPORT)  # noqa: PTH113 (a folder that may not be opened is no error here)


def _told_apart(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Show one more folder of every clashing name until none clashes."""
    while True:
        counts = Counter(source.name for source in sources)
        clashing = [counts[source.name] > 1 and source.n_above < len(source.root.parts) for source in sources]
        if not any(clashing):
            return sources
        sources = tuple(
            replace(source, n_above=source.n_above + 1) if clashes else source
            for source, clashes in zip(sources, clashing, strict=True)
        )
