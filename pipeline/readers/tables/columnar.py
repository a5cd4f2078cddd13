"""Columnar files: `.parquet` as a table."""

from pathlib import Path

from thamluan.pipeline.readers.faults import MAX_UNPACKED_BYTES, damaged, protected, start_of, too_large, unlike
from thamluan.pipeline.readers.tables.cells import shown
from thamluan.pipeline.readers.tables.table import TableFile, of_columns

KIND = "a Parquet file"
SIGNATURE = b"PAR1"
SIGNATURE_ENCRYPTED = b"PARE"
INDEX = "__index_level_"  # how pandas names the row numbers that it puts beside the columns


def read_columnar(path: Path) -> TableFile:
    """Read a Parquet file: a row a record, numbered from 1; cells are written as in `.jsonl`.

    Raises `InputError` for a file of another kind, that is damaged or encrypted, or has no rows.
    """
    import pyarrow
    from pyarrow import parquet

    _check(path)
    try:
        with parquet.ParquetFile(path) as file:
            facts = file.metadata
            if sum(facts.row_group(n).total_byte_size for n in range(facts.num_row_groups)) > MAX_UNPACKED_BYTES:
                raise too_large()
            table = file.read()
        columns = [
            (name, [shown(value) for value in table.column(number).to_pylist()])
            for number, name in enumerate(table.column_names)
            if not name.startswith(INDEX)
        ]
    except (pyarrow.ArrowException, OSError, ValueError, ArithmeticError, MemoryError) as error:
        raise damaged(KIND) from error
    return TableFile((of_columns(columns),))


def _check(path: Path) -> None:
    start = start_of(path, len(SIGNATURE))
    if start == SIGNATURE_ENCRYPTED:
        raise protected()
    if start != SIGNATURE:
        raise unlike(KIND)
