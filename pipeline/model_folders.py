"""Model folders: a manifest that names the other files by their hashes, and no file that can run code."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"
WEIGHTS = "weights.npz"
VOCABULARY = "vocabulary.json"
CARD = "README.md"
# What reading JSON and arrays raises when the bytes are not what they should be.
UNREADABLE = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zlib.error),
)


@dataclass(frozen=True)
class Kind:
    """A kind of model: what messages call it, the files that its manifest names, and how it is made again."""

    name: str
    files: tuple[str, ...]
    remedy: str

    def misfit(self, folder: Path) -> ModelError:
        """Say that the files of a folder, each whole, do not make a model."""
        return ModelError(f"The {self.name} in {folder} does not fit together.", hint=self._hint())

    def read_manifest(self, folder: Path) -> dict[str, object]:
        """Read the manifest of a folder, and compare the files with the hashes in it.

        Raises:
            ModelError: when a file is missing or altered, or the manifest is of a format that this version does not
                know.
        """
        path = folder / MANIFEST
        try:
            manifest = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ModelError(f"{folder} is not a {self.name}: it has no {MANIFEST}.", hint=self._hint()) from error
        except (OSError, ValueError, RecursionError) as error:
            raise ModelError(f"{path} cannot be read.", hint=self._hint()) from error
        found = manifest.get("format") if isinstance(manifest, dict) else None
        if found != FORMAT:
            raise ModelError(
                f"{path} has format {found!r}; this version reads format {FORMAT}.",
                hint=f"Install the version of thamluan that made the model, or {self.remedy}.",
            )
        problems = self._problems(folder, manifest.get("files"))
        if problems:
            message = f"The {self.name} in {folder} is incomplete or was altered:"
            raise ModelError(message, problems=problems, hint=self._hint())
        return manifest

    def _problems(self, folder: Path, hashes: object) -> list[str]:
        problems = []
        for name in self.files:
            if not (folder / name).is_file():
                problems.append(f"{name} is missing")
            elif not isinstance(hashes, dict) or sha256(folder / name) != hashes.get(name):
                problems.append(f"{name} is not the file that the manifest names (its SHA-256 differs)")
        return problems

    def _hint(self) -> str:
        return f"Copy the folder again from where it came, or {self.remedy}."


def with_manifest(files: Mapping[str, bytes], described: Mapping[str, object]) -> dict[str, bytes]:
    """Put before the files of a model the manifest that describes them and names their hashes."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {"format": FORMAT, **described, "files": hashes}
    return {MANIFEST: json_bytes(manifest, indent=2), **files}


def json_bytes(content: object, *, indent: int | None = None) -> bytes:
    """Write what JSON can hold; the same content gives the same bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=indent) + "\n").encode("utf-8")


def array_bytes(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Pack named arrays; the same arrays give the same bytes."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    return packed.getvalue()


def read_parts(folder: Path) -> tuple[Any, dict[str, np.ndarray]]:  # Any: each kind of model has its own vocabulary
    """Read the vocabulary and the arrays of a folder.

    Raises:
        Exception: one of `UNREADABLE`, when a file is not what it should be.
    """
    vocabulary = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
    # From bytes: numpy leaves a path open when it holds no archive.
    with np.load(io.BytesIO((folder / WEIGHTS).read_bytes()), allow_pickle=False) as arrays:
        return vocabulary, dict(arrays)
