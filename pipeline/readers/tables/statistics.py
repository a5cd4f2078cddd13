"""Statistics files: the `.sav` of SPSS as a table."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from thamluan.pipeline.readers.faults import damaged, protected, start_of, unlike
from thamluan.pipeline.readers.tables.cells import has_content, shown
from thamluan.pipeline.readers.tables.table import TableFile, of_columns

KIND = "an SPSS file (.sav)"
SIGNATURES = (b"$FL2", b"$FL3")  # plain, and compressed as a whole
ENCRYPTED = b"ENCRYPTEDSAV"
N_START_BYTES = 64  # among which it stands
TRIAL = "import sys, pyreadstat; pyreadstat.read_sav(sys.argv[1], output_format='dict')"


def read_statistics(path: Path) -> TableFile:
    """Read a `.sav` file: a case a row, counted from 1 as SPSS shows them.

    The label of a variable, which is the wording of the question, names its column, and the variable's own name will
    do as well where a column is asked for. Labelled values are shown by their labels; missing ones are "".

    Raises `InputError` for a file of another kind, that is damaged or has a password, or has no cases.
    """
    import pyreadstat

    _check(path)
    if not _survives(path):
        raise damaged(KIND)
    try:
        frame, facts = pyreadstat.read_sav(str(path), output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, ArithmeticError, MemoryError) as error:
        raise damaged(KIND) from error
    wordings = [facts.column_names_to_labels.get(name) or "" for name in facts.column_names]
    columns = [
        (wording if has_content(wording) else name, _cells(frame[name], facts.variable_value_labels.get(name, {})))
        for name, wording in zip(facts.column_names, wordings, strict=True)
    ]
    return TableFile((of_columns(columns, aliases=facts.column_names),))


def _check(path: Path) -> None:
    start = start_of(path, N_START_BYTES)
    if ENCRYPTED in start:
        raise protected()
    if not start.startswith(SIGNATURES):
        raise unlike(KIND)


def _survives(path: Path) -> bool:
    """Say whether reading a file leaves the process alive; it is tried in another one.

    The C library below pyreadstat can crash on altered files, which no `except` could catch.
    """
    if not sys.executable:
        return True
    trial = [sys.executable, "-P", "-c", TRIAL, str(path.resolve())]
    return subprocess.run(trial, capture_output=True, check=False).returncode in (0, 1)


# object: whatever a cell can hold.
def _cells(values: Iterable[object], labels: Mapping[object, str]) -> list[str]:
    """Write the values of a variable as text, labelled ones by their labels."""
    return [shown(labels.get(value, value)) for value in values]
