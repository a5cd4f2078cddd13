"""A model is a folder: manifest, weights, vocabulary, codebook, card. Nothing in it can run code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.errors import CodebookError, ModelError
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
from thamluan.pipeline.themes.classifying.classifier import TextClassifier, decide
from thamluan.pipeline.themes.classifying.features import TextFeatures
from thamluan.pipeline.themes.classifying.labels import Group
from thamluan.pipeline.themes.classifying.linear import LinearLabels
from thamluan.pipeline.themes.classifying.network import WordNetwork
from thamluan.pipeline.themes.classifying.vectors import load_vectors
from thamluan.pipeline.themes.codebooks.codebook import Codebook, dump_codebook, load_codebook
from thamluan.pipeline.themes.negation import deny

CODEBOOK = "codebook.yaml"
HASHED = (WEIGHTS, VOCABULARY, CODEBOOK)
FILES = (MANIFEST, *HASHED, CARD)
KIND = Kind("model", HASHED, "train it again with 'thamluan train'")
DESCRIBED = ("format", "codebook", "themes", "single", "looks_from", "vectors", "files")  # in manifests besides facts
BY_MODEL, BY_FEW, BY_CODEBOOK = "model", "few", "codebook"  # what a model has learnt from: see `ways`
N_EVIDENCE = 3  # words named for a theme


@dataclass(frozen=True)
class Model:
    """A fitted coder: what a text's themes and stance are, and which words say so.

    The labels of `classifier` are those that it was trained on: `themes` and `stances` number those of the codebook's
    themes and stances among them; there are no `stances` where it was trained without. `facts` is what the manifest
    says of its making.
    """

    codebook: Codebook
    classifier: TextClassifier
    themes: tuple[int, ...]
    stances: tuple[int, ...]
    facts: Mapping[str, object]

    @classmethod
    def of(cls, codebook: Codebook, classifier: TextClassifier, facts: Mapping[str, object]) -> Self:
        """Take a classifier whose labels are the codebook's themes and then, unless it knows none, its stances."""
        n_themes, n_labels = len(codebook.themes), sum(group.size for group in classifier.groups)
        return cls(codebook, classifier, tuple(range(n_themes)), tuple(range(n_themes, n_labels)), facts)

    @property
    def stance_ids(self) -> tuple[str, ...]:
        return self.codebook.stance_ids if self.stances else ()

    @property
    def is_single(self) -> bool:
        return self.classifier.groups[0].single

    @property
    def way(self) -> str:
        return str(self.facts.get("way", BY_MODEL))

    @property
    def reads_wholes(self) -> bool:
        return True

    @property
    def looks_from(self) -> float:
        return self.classifier.looks_from_

    def with_codebook(self, codebook: Codebook) -> Self:
        """Code by the same weights in the order and under the labels of another codebook with the same theme ids.

        Where that has other stances, the model knows none.
        """
        themes = tuple(self.themes[self.codebook.theme_ids.index(theme)] for theme in codebook.theme_ids)
        stances: tuple[int, ...] = ()
        if self.stances and set(codebook.stance_ids) == set(self.codebook.stance_ids):
            stances = tuple(self.stances[self.codebook.stance_ids.index(stance)] for stance in codebook.stance_ids)
        return replace(self, codebook=codebook, themes=themes, stances=stances)

    def probabilities(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Give the probabilities of the themes (texts, themes) and of the stances (texts, stances)."""
        found = self.classifier.predict_proba(words_of(texts))
        return found[:, list(self.themes)], deny(found[:, list(self.stances)], texts, ids=self.stance_ids)

    def decide(self, probabilities: np.ndarray) -> np.ndarray:
        """Turn probabilities into themes: (texts, themes), boolean."""
        thresholds = self.classifier.thresholds_[list(self.themes)]
        return decide(probabilities, groups=self.classifier.groups[:1], thresholds=thresholds)

    def evidence(self, texts: Sequence[str], themes: np.ndarray) -> list[dict[str, list[str]]]:
        """Name for each text and each of its themes the words that weighed most, heaviest first."""
        all_words = words_of(texts)
        return [
            {
                self.codebook.theme_ids[theme]: _heaviest(words, added[:, self.themes[theme]])
                for theme in np.flatnonzero(given)
            }
            for words, added, given in zip(all_words, self.classifier.weigh_words(all_words), themes, strict=True)
        ]


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
    classifier = model.classifier
    arrays = {f"rarity_{view}": values for view, values in classifier.features_.rarities().items()}
    arrays |= {"coef": classifier.linear_.coef_, "intercept": classifier.linear_.intercept_}
    arrays |= {"blend": classifier.blend_, "blend_intercept": classifier.intercept_}
    for number, network in enumerate(classifier.networks_):
        arrays |= {f"network{number}_{name}": weights for name, weights in network.arrays().items()}
    files = {
        WEIGHTS: array_bytes({name: values.astype(np.float32) for name, values in arrays.items()}),
        VOCABULARY: json_bytes(classifier.features_.vocabularies()),
        CODEBOOK: dump_codebook(model.codebook).encode("utf-8"),
    }
    thresholds = [round(float(threshold), 4) for threshold in classifier.thresholds_[list(model.themes)]]
    described = {
        "codebook": {"id": model.codebook.id, "version": model.codebook.version},
        "themes": dict(zip(model.codebook.theme_ids, thresholds, strict=True)),
        "single": model.is_single,
        "looks_from": model.looks_from,
        "vectors": classifier.vectors.sha256 if classifier.vectors else None,
        **model.facts,
    }
    return with_manifest(files, described)


def load_model(folder: Path) -> Model:
    """Read a model's folder.

    Raises:
        ModelError: when a file is missing, altered, cut short, or of a format that this version does not know, or the
            word vectors that it was trained with are not those of this version.
    """
    manifest = KIND.read_manifest(folder)
    vectors = load_vectors() if manifest.get("vectors") else None
    if vectors and vectors.sha256 != manifest["vectors"]:
        raise ModelError(
            f"The model in {folder} was trained with other word vectors than those of this version.",
            hint=f"Install the version of thamluan that made the model, or {KIND.remedy}.",
        )
    try:
        codebook = load_codebook(folder / CODEBOOK)
        vocabularies, arrays = read_parts(folder)
        groups = [Group(len(codebook.themes), single=manifest["single"])]
        if len(arrays["intercept"]) > groups[0].size:
            groups.append(Group(len(codebook.stances), single=True))
        thresholds = [manifest["themes"][theme] for theme in codebook.theme_ids]
        classifier = _classifier(vocabularies, arrays, TextClassifier(groups=tuple(groups), vectors=vectors))
        classifier.thresholds_[: len(thresholds)] = thresholds
        classifier.looks_from_ = float(manifest["looks_from"])
    except (*UNREADABLE, CodebookError) as error:
        raise KIND.misfit(folder) from error
    facts = {key: value for key, value in manifest.items() if key not in DESCRIBED}
    return Model.of(codebook, classifier, facts)


def _classifier(
    vocabularies: dict[str, list[str]], arrays: Mapping[str, np.ndarray], classifier: TextClassifier
) -> TextClassifier:
    """Fill a classifier with what was kept of its fit."""
    rarities = {view: arrays[f"rarity_{view}"].astype(float) for view in vocabularies}
    classifier.features_ = TextFeatures.from_parts(vocabularies, rarities)
    classifier.linear_ = LinearLabels()
    classifier.linear_.coef_, classifier.linear_.intercept_ = arrays["coef"], arrays["intercept"]
    classifier.networks_ = []
    while f"network{len(classifier.networks_)}_kernel" in arrays:
        prefix = f"network{len(classifier.networks_)}_"
        kept = {name.removeprefix(prefix): values for name, values in arrays.items() if name.startswith(prefix)}
        network = WordNetwork(classifier.vectors, groups=classifier.groups).restore(kept)
        classifier.networks_.append(network)
    n_labels = sum(group.size for group in classifier.groups)
    classifier.blend_, classifier.intercept_ = arrays["blend"].astype(float), arrays["blend_intercept"].astype(float)
    classifier.thresholds_ = np.full(n_labels, 0.5)
    n_parts = 2 if classifier.networks_ else 1
    expected = {
        "coef": (n_labels, len(classifier.features_.names_)),
        "intercept": (n_labels,),
        "blend": (n_parts, n_labels),
        "blend_intercept": (n_labels,),
    }
    for name, shape in expected.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name}: {arrays[name].shape}, expected {shape}")
    return classifier
