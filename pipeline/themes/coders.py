"""Coders: which one codes by a model and a codebook, and how one lies in a folder."""

import logging
from pathlib import Path

from thamluan.pipeline.artefacts import DEFAULT_MODEL
from thamluan.pipeline.errors import CodebookError, ModelError
from thamluan.pipeline.themes.codebooks.codebook import dump_codebook, load_codebook
from thamluan.pipeline.themes.coding import Coder
from thamluan.pipeline.themes.cues import CueCoder
from thamluan.pipeline.themes.model import FILES, Model, load_model, model_files

CUES = "cues.yaml"  # beside the files of a model: the codebook whose cues code instead
CODER_FILES = (*FILES, CUES)

log = logging.getLogger(__name__)


def load_coder(*, model: Path | None = None, codebook: Path | None = None, learns: bool = False) -> Coder:
    """Choose what codes: a named model, the default one where it knows the codebook's themes, else the cues.

    With `learns`, the cues are but the start of a coder that will be learnt (`learnt`), and may lack.

    Raises:
        ModelError: when a model and a codebook are both named and do not have the same themes.
        CodebookError: when the codebook has problems, or neither model nor cues for its themes.
    """
    trained = load_model(model or DEFAULT_MODEL)
    if codebook is None:
        return trained
    asked = load_codebook(codebook)
    if set(asked.theme_ids) == set(trained.codebook.theme_ids):
        return trained.with_codebook(asked)
    if model is not None:
        raise ModelError(
            f"The model {model} does not know the themes of {codebook.name}.",
            problems=[
                f"the codebook has {', '.join(asked.theme_ids)}",
                f"the model has {', '.join(trained.codebook.theme_ids)}",
            ],
            hint="Leave the model out to code by the codebook's cues, or train a model: thamluan train.",
        )
    if learns:
        return CueCoder(asked, trained)
    without_cues = [theme.id for theme in asked.themes if not theme.cues]
    if without_cues:
        raise CodebookError(
            f"{codebook.name} has themes that no model was trained for, and no cues to code them by: "
            + ", ".join(without_cues),
            hint="Add cues to the codebook, or train a model: thamluan train.",
        )
    log.warning(
        "no model was trained for the codebook %s: themes are coded by its cues alone, with unknown accuracy", asked.id
    )
    return CueCoder(asked, trained)


def coder_files(coder: Model | CueCoder) -> dict[str, bytes]:
    """Write a coder as files of a folder, without a model's card."""
    if isinstance(coder, CueCoder):
        return model_files(coder.stance_model) | {CUES: dump_codebook(coder.codebook).encode("utf-8")}
    return model_files(coder)


def read_coder(folder: Path) -> Model | CueCoder:
    """Read the folder that holds what `coder_files` gave.

    Raises:
        ModelError: when a file is missing, altered, cut short, or of a format that this version does not know.
        CodebookError: when the codebook of a coder by cues has problems.
    """
    model = load_model(folder)
    cues = folder / CUES
    return CueCoder(load_codebook(cues), model) if cues.exists() else model
