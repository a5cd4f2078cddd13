"""Fitting a model on labelled answers, and writing down how it was made."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import versions
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.text.repair import repair_all
from thamluan.pipeline.text.repaired import Repaired
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.classifying.classifier import TextClassifier
from thamluan.pipeline.themes.classifying.labels import Group
from thamluan.pipeline.themes.classifying.vectors import load_vectors
from thamluan.pipeline.themes.material.labelled import Labelled
from thamluan.pipeline.themes.measuring.evaluation import evaluate
from thamluan.pipeline.themes.model import Model

FEWEST = 20  # texts, below which nothing worth using can be fitted
FEWEST_FOR_NETWORKS = 200  # texts, below which word vectors teach nothing that n-grams do not
FEW = 10  # texts of a theme, below which its codes should not be relied on

log = logging.getLogger(__name__)


def train(labelled: Labelled, *, single: bool = False, with_vectors: bool = True, seed: int = DEFAULT_SEED) -> Model:
    """Fit a model: a classifier of themes and, where they are labelled, of stances.

    `with_vectors` lets it learn from word vectors, too, where there are enough texts; that takes thirty times as long.

    Raises:
        InputError: when there are too few texts or they share no words, or `single` is asked for and a text has not
            exactly one theme.
    """
    if len(labelled.texts) < FEWEST:
        raise InputError(
            f"There are {len(labelled.texts)} labelled texts; at least {FEWEST} are needed.",
            hint="Label more, or code by the cues of a codebook: thamluan run INPUT --codebook FILE --out DIR",
        )
    n_themes = labelled.themes.sum(axis=1)
    if single and (n_themes != 1).any():
        n_other = int((n_themes != 1).sum())
        raise InputError(
            f"{n_other} of {len(labelled.texts)} texts do not have exactly one theme.",
            hint="Leave --single out, or give each text one theme.",
        )
    supports = labelled.themes.sum(axis=0).tolist()
    n_rare = sum(support < FEW for support in supports)
    if n_rare:
        log.warning(
            "%d of %d themes have fewer than %d labelled texts; do not rely on them", n_rare, len(supports), FEW
        )
    repaired = repair_all(labelled.texts)
    words = words_of([each.text for each in repaired])
    groups, labels = [Group(labelled.themes.shape[1], single=single)], [labelled.themes]
    if labelled.stances is not None:
        groups.append(Group(labelled.stances.shape[1], single=True))
        labels.append(labelled.stances)
    vectors = load_vectors() if with_vectors and len(labelled.texts) >= FEWEST_FOR_NETWORKS else None
    classifier = TextClassifier(groups=tuple(groups), vectors=vectors, seed=seed)
    try:
        classifier.fit(words, np.hstack(labels), writers=labelled.writers, units=_units(labelled, repaired))
    except ValueError as error:
        raise InputError("The labelled texts have no words in common; nothing can be learnt from them.") from error
    facts = {
        "seed": seed,
        "versions": versions(),
        "trained_on": {
            "texts": len(labelled.texts),
            "texts_of_theme": dict(zip(labelled.codebook.theme_ids, supports, strict=True)),
            "files": list(labelled.files),
        },
    }
    return Model.of(labelled.codebook, classifier, facts)


def _units(labelled: Labelled, repaired: Sequence[Repaired]) -> list[list[list[str]]]:
    """Give the words of each text's units, as `run` cuts them."""
    units = segment(as_contributions(labelled.texts), repaired=repaired)
    by_text: list[list[list[str]]] = [[] for _ in labelled.texts]
    for number, words in zip(units[columns.CONTRIBUTION], words_of(units[columns.MODEL_TEXT].tolist()), strict=True):
        by_text[number - 1].append(words)
    return by_text


def measure(model: Model, labelled: Sequence[Labelled], *, seed: int = DEFAULT_SEED) -> Model:
    """Evaluate a model on labelled sets and write the figures into its facts, under `measured_on`."""
    measured = [
        {"files": list(held_out.files), **evaluate(model, held_out, seed=seed).as_dict()} for held_out in labelled
    ]
    return replace(model, facts={**model.facts, "measured_on": measured})
