"""CRFsuite: the weights of a linear-chain model, read from the file that it was saved to."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from thamluan.pipeline.errors import ModelError

HEADER = struct.Struct("<4sI4s9I")  # magic, size, type, version, features, labels, attributes, then five offsets
CHUNK = struct.Struct("<4sII")  # magic, size, count
QUARK_DATABASE = struct.Struct("<4s5I")  # magic, size, flag, byte order, strings, offset of the table of strings
RECORD = struct.Struct("<II")  # id, bytes of the string with its closing NUL
FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
STATE, TRANSITION = 0, 1  # kinds: attribute to label, label to label


@dataclass(frozen=True)
class Weights:
    """A model's weights: `state` (attributes, labels) and `transition` (from label, to label)."""

    labels: tuple[str, ...]
    attributes: tuple[str, ...]
    state: np.ndarray
    transition: np.ndarray


def read_weights(path: Path) -> Weights:
    """Read a model file in the format of CRFsuite (Okazaki 2007), version 100.

    Raises:
        ModelError: when the file is not such a model, or damaged.
    """
    content = path.read_bytes()
    try:
        magic, _, kind, _, _, _, _, features_at, labels_at, attributes_at, _, _ = HEADER.unpack_from(content)
        if (magic, kind) != (b"lCRF", b"FOMC"):
            raise ModelError(f"{path.name} is no CRFsuite model.")
        labels = _strings(content, labels_at)
        attributes = _strings(content, attributes_at)
        _, _, n_features = CHUNK.unpack_from(content, features_at)
        features = np.frombuffer(content, dtype=FEATURE, count=n_features, offset=features_at + CHUNK.size)
        state = np.zeros((len(attributes), len(labels)))
        transition = np.zeros((len(labels), len(labels)))
        for kind_of, weights in ((STATE, state), (TRANSITION, transition)):
            chosen = features[features["kind"] == kind_of]
            weights[chosen["source"], chosen["target"]] = chosen["weight"]
    except (struct.error, ValueError, IndexError) as error:
        raise ModelError(f"{path.name} is damaged.") from error
    return Weights(labels, attributes, state, transition)


def _strings(content: bytes, start: int) -> tuple[str, ...]:
    """Read the strings of a constant quark database (CQDB), in the order of their ids."""
    _, _, _, _, n_strings, table_at = QUARK_DATABASE.unpack_from(content, start)
    strings = []
    for offset in np.frombuffer(content, dtype="<u4", count=n_strings, offset=start + table_at).tolist():
        _, size = RECORD.unpack_from(content, start + offset)
        first = start + offset + RECORD.size
        strings.append(content[first : first + size - 1].decode("utf-8"))
    return tuple(strings)
