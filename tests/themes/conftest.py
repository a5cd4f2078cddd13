"""A small model, trained once on two hundred answers, and small codebooks made by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import DEFAULT_MODEL
from thamluan.pipeline.text import as_contributions
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Stance, Theme
from thamluan.pipeline.themes.material.labelled import Labelled
from thamluan.pipeline.themes.model import FILES, Model, load_model, model_files

BLANK = {"vi": "", "en": ""}


@pytest.fixture(scope="session")
def shipped() -> Model:
    return load_model(DEFAULT_MODEL)


@pytest.fixture
def folder(model, tmp_path) -> Path:
    """A folder of the small model, without its card."""
    return written(tmp_path / "model", model_files(model))


@pytest.fixture
def make_codebook():
    """Make a codebook of theme ids with their cues."""

    def make(stances=("good", "bad"), **cues: tuple[str, ...]) -> Codebook:
        themes = tuple(Theme(id, {"vi": id, "en": id}, BLANK, BLANK, tuple(words), ()) for id, words in cues.items())
        return Codebook(
            "trial", "1", {"vi": "Thử", "en": "Trial"}, themes, tuple(Stance(id, BLANK, BLANK) for id in stances)
        )

    return make


@pytest.fixture
def make_labelled(make_codebook):
    """Make labelled texts of two themes and two stances, rows of 0 and 1."""

    def make(*, themes, stances=None, texts=None, origins=()):
        return Labelled(
            tuple(texts or (f"ý kiến {number}" for number in range(len(themes)))),
            np.array(themes),
            None if stances is None else np.array(stances),
            make_codebook(road=(), pay=()),
            (),
            tuple(origins),
        )

    return make


@pytest.fixture
def make_units():
    """Make units of model texts, one list a contribution."""

    def make(*texts_of_contribution: list[str]) -> pd.DataFrame:
        rows = [
            (contribution, start, text)
            for contribution, texts in enumerate(texts_of_contribution, start=1)
            for start, text in enumerate(texts)
        ]
        units = pd.DataFrame(rows, columns=[columns.CONTRIBUTION, columns.START, columns.MODEL_TEXT])
        units[columns.UNIT] = range(1, len(rows) + 1)
        units[columns.TEXT] = units[columns.MODEL_TEXT]
        units[columns.END] = units[columns.START] + 1
        units[[columns.SOURCE, columns.PLACE]] = ""
        return units[[*columns.UNITS[:-2], columns.MODEL_TEXT]]

    return make


@pytest.fixture
def make_coded():
    """Make coded units of (contribution, start, themes, stance)."""

    def make(*rows: tuple[int, int, str, str]) -> pd.DataFrame:
        names = [columns.CONTRIBUTION, columns.START, columns.THEMES, columns.STANCE]
        return pd.DataFrame(rows, columns=names).assign(**{columns.STANCE_PROBABILITY: 0.9, columns.NEEDS_LOOK: 0})

    return make


@pytest.fixture
def contributions():
    """Make contributions of texts."""
    return as_contributions


def written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        assert name in FILES
        (folder / name).write_bytes(content)
    return folder
