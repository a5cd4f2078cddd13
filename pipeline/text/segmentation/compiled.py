"""Compiled: the segmenter made from the installed underthesea, checked against it, and kept in a file."""

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import fields
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.model_folders import UNREADABLE
from thamluan.pipeline.text.segmentation.crfsuite import read_weights
from thamluan.pipeline.text.segmentation.labels import GAP, Transitions
from thamluan.pipeline.text.segmentation.pairs import Pairs
from thamluan.pipeline.text.segmentation.segmenter import Segmenter
from thamluan.pipeline.text.segmentation.templates import HINT, Kinds, Neighbours, Tables, compile_tables

MODEL = "ws_crf_vlsp2013_20230727"  # the folder of underthesea's model
WEIGHTS, TEMPLATES, DICTIONARY = "models.bin", "features.bin", "dictionary.bin"
BEGIN, INSIDE = "B-W", "I-W"  # its labels
FORMAT = 1  # of the file; count on when the tables change
CACHE_VARIABLE = "THAMLUAN_CACHE"
CHECKS = (  # syllables as underthesea cuts them, by which the tables are compared with its own tagger
    "Chi bộ sinh hoạt đều , đảng viên tham gia đông đủ .",
    "Kinh phí hoạt động của Ban công tác Mặt trận còn thấp : 1.200.000 đồng / năm",
    "ĐỀ NGHỊ TĂNG PHỤ CẤP CHO TRƯỞNG THÔN !",
    "Bà con xóm Nà Lùng góp 15 triệu , được hỗ trợ 30 % ( theo Nghị quyết 12 / NQ-HĐND )",
    "ko co tien thi lam sao ma hop dc",
    "Đồng chí Bí thư nói : “ Cứ làm đi ” , rồi thôi ...",
    "BOS và EOS",
    "Mặt trận Tổ quốc",
    "họp",
)

log = logging.getLogger(__name__)


def load_segmenter() -> Segmenter:
    """Load the segmenter from its file, or make it and the file.

    The file lies in the user's folder for caches, or in the one that `THAMLUAN_CACHE` names. It is a convenience: one
    that is damaged is made anew, and where none can be written the segmenter is made each time (two seconds).

    Raises:
        ModelError: when the installed underthesea has another model than the one known here.
    """
    folder = model_folder()
    cache = cache_folder()
    if cache is None:
        return compile_segmenter(folder)
    path = cache / f"words-{FORMAT}-underthesea-{version('underthesea')}-{_digest(folder)[:16]}.npz"
    try:
        return read_segmenter(path)
    except FileNotFoundError:
        log.debug("making tables of underthesea's model of words, once")
    except UNREADABLE:
        log.debug("%s could not be read and is made anew", path)
    segmenter = compile_segmenter(folder)
    try:
        write_segmenter(segmenter, path)
    except OSError as error:
        log.debug("%s could not be written: %s", path, error.strerror)
    return segmenter


def compile_segmenter(folder: Path) -> Segmenter:
    """Make a segmenter from a model folder of underthesea, and check it against underthesea's own tagger.

    Raises:
        ModelError: when the model is another one than what is known here, or the two disagree.
    """
    import joblib

    try:
        weights = read_weights(folder / WEIGHTS)
        templates, words = (joblib.load(folder / name) for name in (TEMPLATES, DICTIONARY))
    except OSError as error:
        raise ModelError(f"underthesea's model cannot be read: {error.strerror}.", hint=HINT) from error
    if set(weights.labels) != {BEGIN, INSIDE}:
        raise ModelError("underthesea's model has other labels than a word's beginning and inside.", hint=HINT)
    begin, inside = map(weights.labels.index, (BEGIN, INSIDE))
    differences = (weights.state[:, inside] - weights.state[:, begin]).tolist()
    scores = dict(zip(weights.attributes, differences, strict=True))
    kinds, tables = compile_tables(scores, templates=templates, words=sorted(words))
    order = [begin, inside]
    segmenter = Segmenter(kinds, tables, Transitions(*weights.transition[np.ix_(order, order)].ravel().tolist()))
    check(segmenter, folder)
    return segmenter


def check(segmenter: Segmenter, folder: Path) -> None:
    """Compare a segmenter with underthesea's own tagger.

    Raises:
        ModelError: when they label `CHECKS` differently.
    """
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger

    tagger = FastCRFSequenceTagger()
    tagger.load(str(folder))
    for text in CHECKS:
        syllables = text.split()
        outside = [segmenter.kinds.outside] * GAP
        kinds = np.array([*outside, *map(segmenter.kinds.kind, syllables), *outside])
        is_inside = segmenter.inside(kinds, gaps=np.array([0, GAP + len(syllables)]))[GAP:-GAP]
        if [INSIDE if each else BEGIN for each in is_inside] != tagger.predict([[each] for each in syllables]):
            raise ModelError("The tables made from underthesea's model do not give its words.", hint=HINT)


def write_segmenter(segmenter: Segmenter, path: Path) -> None:
    """Write a segmenter to a file, whole or not at all.

    Raises:
        OSError: when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.savez(file, **_arrays(segmenter))
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def read_segmenter(path: Path) -> Segmenter:
    """Read a segmenter from the file that `write_segmenter` wrote.

    Raises:
        FileNotFoundError: when there is none.
        Exception: one of `UNREADABLE`, when it is not whole.
    """
    # numpy leaves a file open that it opened and found damaged.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        kinds = Kinds(arrays["syllables"].tobytes().decode("utf-8").split("\n"))
        of_neighbours = {name: _neighbours(arrays, name) for name in ("written", "lowered")}
        singles = {name: arrays[name] for name in ("of_kind", "of_cases", "of_three_cases")}
        return Segmenter(kinds, Tables(**singles, **of_neighbours), Transitions(*arrays["transitions"].tolist()))


def _arrays(segmenter: Segmenter) -> dict[str, np.ndarray]:
    """Name every array of a segmenter; those of `Neighbours` and `Pairs` with a stop between."""
    arrays = {
        "syllables": np.frombuffer("\n".join(segmenter.kinds.syllables).encode("utf-8"), dtype=np.uint8),
        "transitions": np.array([getattr(segmenter.transitions, field.name) for field in fields(Transitions)]),
    }
    for field in fields(Tables):
        table = getattr(segmenter.tables, field.name)
        if isinstance(table, np.ndarray):
            arrays[field.name] = table
            continue
        for name in ("of_pair", "of_triple"):
            arrays[f"{field.name}.{name}"] = getattr(table, name)
        for name in ("pairs", "triples"):
            for part in fields(Pairs):
                arrays[f"{field.name}.{name}.{part.name}"] = getattr(getattr(table, name), part.name)
    return arrays


def _neighbours(arrays: Mapping[str, np.ndarray], name: str) -> Neighbours:
    pairs, triples = (
        Pairs(*(arrays[f"{name}.{kind}.{part.name}"] for part in fields(Pairs))) for kind in ("pairs", "triples")
    )
    return Neighbours(pairs, triples, arrays[f"{name}.of_pair"], arrays[f"{name}.of_triple"])


def model_folder() -> Path:
    """Find underthesea's model.

    Raises:
        ModelError: when it is not there.
    """
    folder = Path(str(files("underthesea.pipeline.word_tokenize"))) / "models" / MODEL
    if not folder.is_dir():
        raise ModelError(f"The installed underthesea has no model {MODEL}.", hint=HINT)
    return folder


def _digest(folder: Path) -> str:
    """Hash the bytes of a model's three files, as 64 hexadecimal digits."""
    hashes = [bytes.fromhex(sha256(folder / name)) for name in (WEIGHTS, TEMPLATES, DICTIONARY)]
    return hashlib.sha256(b"".join(hashes)).hexdigest()


def cache_folder() -> Path | None:
    """Name the user's folder for what can be made again, by the custom of the system; None without a home."""
    if chosen := os.environ.get(CACHE_VARIABLE):
        return Path(chosen)
    try:
        if sys.platform == "win32":
            base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(base) / "thamluan"
