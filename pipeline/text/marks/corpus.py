"""Corpora: text that was written with marks, read, parted for learning and measuring, and turned into spellings."""

import hashlib
import json
import lzma
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.marks.runs import Runs

BATCH = 200  # lines that are learnt from at once
STRETCH = 200  # lines of a corpus that are learnt from or held out together, since neighbours may be of one article
HELD_OUT = {42: "dev", 77: "test"}  # of each hundred stretches


@dataclass(frozen=True)
class Lines:
    """Lines of a corpus as spellings, with marks and without, an `EDGE` after each line."""

    spellings: np.ndarray
    bare: np.ndarray
    bounds: np.ndarray  # where each batch of `BATCH` lines starts, and the end of the last

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Read lines, in batches."""
        spellings, bare, bounds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], [0]
        remaining = iter(lines)
        while batch := list(islice(remaining, BATCH)):
            runs = Runs.of_text("\n".join((*batch, "")))
            spellings.append(runs.spellings)
            bare.append(runs.bare)
            bounds.append(bounds[-1] + len(runs.bare))
        return cls(np.concatenate(spellings), np.concatenate(bare), np.array(bounds))

    @property
    def n_batches(self) -> int:
        return len(self.bounds) - 1

    def followed_by(self, others: Self) -> Self:
        """Put other lines, in their own batches, after these."""
        return type(self)(
            np.concatenate([self.spellings, others.spellings]),
            np.concatenate([self.bare, others.bare]),
            np.concatenate([self.bounds, self.bounds[-1] + others.bounds[1:]]),
        )

    def batch(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Give the spellings of a batch, with marks and without."""
        part = slice(self.bounds[number], self.bounds[number + 1])
        return self.spellings[part], self.bare[part]


def read_lines(path: Path) -> Iterator[str]:
    """Read the lines of a corpus: UTF-8 text, also packed (.xz), or the texts of a .jsonl file.

    Raises:
        InputError: when the file cannot be read, is not UTF-8, or has a line without text.
    """
    is_packed, is_json = path.suffix == ".xz", path.suffix == ".jsonl"
    try:
        with lzma.open(path, "rt", encoding="utf-8") if is_packed else path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)["text"] if is_json else line
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise InputError(f"{path} cannot be read.", hint="Copy it again from where it came.") from error
    except (ValueError, LookupError, TypeError) as error:
        hint = "Save it as UTF-8; a .jsonl file has an object with a text in every line."
        raise InputError(f"{path} holds something other than text.", hint=hint) from error


def part(lines: Iterable[str], *, name: str) -> Iterator[str]:
    """Choose the lines of a corpus to learn from ("train"), to tune on ("dev") or to measure on ("test").

    Blank lines are left out, and those that came before, since corpora repeat themselves.
    """
    seen: set[bytes] = set()
    for line in lines:
        composed = unicodedata.normalize("NFC", line.strip())
        digest = hashlib.blake2b(composed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if composed and digest not in seen:
            if HELD_OUT.get(len(seen) // STRETCH % 100, "train") == name:
                yield composed
            seen.add(digest)
