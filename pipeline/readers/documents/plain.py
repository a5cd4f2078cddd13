"""Plain text: `.txt` and `.md` -> lines."""

from pathlib import Path

from thamluan.pipeline.readers.documents.lines import Document, Line
from thamluan.pipeline.readers.encodings import decode


def read_plain(path: Path) -> Document:
    r"""Read a text or Markdown file: the lines as they are, with `\r\n` and `\r` turned into `\n`.

    Raises `InputError` for a file that is empty or no text.
    """
    decoded = decode(path.read_bytes(), expected="a text")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(tuple(map(Line, text.split("\n"))), notes=decoded.notes, encoding=decoded.encoding)
