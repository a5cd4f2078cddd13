"""Readers: tables, documents, transcripts and recordings -> contributions."""

from thamluan.pipeline.readers.extracts import FileRead
from thamluan.pipeline.readers.formats import READERS, read_table
from thamluan.pipeline.readers.reading import Reading, read
from thamluan.pipeline.readers.sources import is_report
from thamluan.pipeline.readers.tables.table import Table

__all__ = ["READERS", "FileRead", "Reading", "Table", "is_report", "read", "read_table"]
