"""A model is a folder: manifest, weights, vocabulary, codebook, card. Nothing in it can run code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.errors import CodebookError
from thamluan.pipeline.model_folders import (
    CARD,
    MANIFEST,
    UNREADABLE,
    VOCABULARY,
    WEIGHTS,
    Kind,
    array_bytes,
    json_bytes,
    read_parts,
    with_manifest,
)
from thamluan.pipeline.text.words import words_of
from thamluan.pipeline.themes.classifier import LabelClassifier
from thamluan.pipeline.themes.codebook import Codebook, dump_codebook, load_codebook
from thamluan.pipeline.themes.features import TextFeatures

CODEBOOK = "codebook.yaml"
HASHED = (WEIGHTS, VOCABULARY, CODEBOOK)
FILES = (MANIFEST, *HASHED, CARD)
KIND = Kind("model", HASHED, "train it again with 'thamluan train'")
DESCRIBED = ("format", "codebook", "themes", "single", "files")  # what the manifest says besides facts
N_EVIDENCE = 3  # words named for a theme


@dataclass(frozen=True)
class Model:
    """A fitted coder: what a text's themes and stance are, and which words say so.

    `stances` is None for a model that was trained without. `facts` is what the manifest says of its making.
    """

    codebook: Codebook
    features: TextFeatures
    themes: LabelClassifier
    stances: LabelClassifier | None
    facts: Mapping[str, object]

    @property
    def stance_ids(self) -> tuple[str, ...]:
        return self.codebook.stance_ids if self.stances is not None else ()

    @property
    def is_single(self) -> bool:
        return self.themes.single

    @property
    def way(self) -> str:
        return "model"

    @property
    def reads_wholes(self) -> bool:
        return True

    def with_codebook(self, codebook: Codebook) -> Self:
        """Code by the same weights in the order and under the labels of another codebook with the same theme ids.

        Where that has other stances, the model knows none.
        """
        themes = self.themes.reordered([self.codebook.theme_ids.index(theme) for theme in codebook.theme_ids])
        stances = None
        if self.stances is not None and set(codebook.stance_ids) == set(self.codebook.stance_ids):
            order = [self.codebook.stance_ids.index(stance) for stance in codebook.stance_ids]
            stances = self.stances.reordered(order)
        return replace(self, codebook=codebook, themes=themes, stances=stances)

    def probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Give the probabilities of the themes (texts, themes) and of the stances (texts, stances)."""
        rows = self.features.transform(texts)
        themes = self.themes.predict_proba(rows)
        return themes, self.stances.predict_proba(rows) if self.stances is not None else np.zeros((len(texts), 0))

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Turn probabilities into themes: (texts, themes), boolean."""
        return self.themes.decide(probabilities)

    def evidence(self, texts: Sequence[str], themes: np.ndarray) -> list[dict[str, list[str]]]:
        """Name for each text and each of its themes the words that weighed most, heaviest first."""
        if not texts:
            return []
        rows = self.features.transform(texts)
        found = []
        for words, row, given in zip(words_of(texts), rows, themes, strict=True):
            added = self.features.weigh_words(words, row, weights=self.themes.coef_.T)
            found.append(
                {self.codebook.theme_ids[theme]: _heaviest(words, added[:, theme]) for theme in np.flatnonzero(given)}
            )
        return found


def _heaviest(words: Sequence[str], added: np.ndarray) -> list[str]:
    """Choose the words that speak for a label, the heaviest first, each once."""
    speaking = [
        words[index]
        for index in np.argsort(-added, kind="stable")
        if added[index] > 0 and any(char.isalnum() for char in words[index])
    ]
    return list(dict.fromkeys(speaking))[:N_EVIDENCE]


def model_files(model: Model) -> dict[str, bytes]:
    """Write a model as files of a folder, without the card; the same model gives the same bytes."""
    arrays = {f"rarity_{view}": values.astype(np.float32) for view, values in model.features.rarities().items()}
    for name, classifier in (("themes", model.themes), ("stances", model.stances)):
        if classifier is not None:
            arrays[f"{name}_coef"] = classifier.coef_.astype(np.float32)
            arrays[f"{name}_intercept"] = classifier.intercept_.astype(np.float32)
    files = {
        WEIGHTS: array_bytes(arrays),
        VOCABULARY: json_bytes(model.features.vocabularies()),
        CODEBOOK: dump_codebook(model.codebook).encode("utf-8"),
    }
    thresholds = [round(float(threshold), 4) for threshold in model.themes.thresholds_]
    described = {
        "codebook": {"id": model.codebook.id, "version": model.codebook.version},
        "themes": dict(zip(model.codebook.theme_ids, thresholds, strict=True)),
        "single": model.is_single,
        **model.facts,
    }
    return with_manifest(files, described)


def load_model(folder: Path) -> Model:
    """Read a model's folder.

    Raises:
        ModelError: when a file is missing, altered, cut short, or of a format that this version does not know.
    """
    manifest = KIND.read_manifest(folder)
    try:
        codebook = load_codebook(folder / CODEBOOK)
        vocabularies, arrays = read_parts(folder)
        rarities = {view: arrays[f"rarity_{view}"].astype(float) for view in vocabularies}
        features = TextFeatures.from_parts(vocabularies, rarities)
        shape = len(codebook.themes), len(features.names_)
        themes = _classifier(arrays, "themes", shape=shape, single=manifest["single"])
        themes.thresholds_ = np.array([manifest["themes"][theme] for theme in codebook.theme_ids], dtype=float)
        stances = None
        if "stances_coef" in arrays:
            shape = len(codebook.stances), len(features.names_)
            stances = _classifier(arrays, "stances", shape=shape, single=True)
    except (*UNREADABLE, CodebookError) as error:
        raise KIND.misfit(folder) from error
    facts = {key: value for key, value in manifest.items() if key not in DESCRIBED}
    return Model(codebook, features, themes, stances, facts)


def _classifier(
    arrays: Mapping[str, np.ndarray], name: str, *, shape: tuple[int, int], single: bool
) -> LabelClassifier:
    classifier = LabelClassifier(single=single)
    classifier.coef_ = arrays[f"{name}_coef"].astype(float)
    classifier.intercept_ = arrays[f"{name}_intercept"].astype(float)
    if classifier.coef_.shape != shape or classifier.intercept_.shape != shape[:1]:
        raise ValueError(f"{name}: {classifier.coef_.shape} weights, expected {shape}")
    classifier.thresholds_ = np.zeros(shape[0])
    return classifier
