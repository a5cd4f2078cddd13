"""What the model sees of a text: weighted counts of words, of syllables without marks, and of pieces of words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.text.words import join_words_of


@dataclass(frozen=True)
class View:
    """One way of looking at texts: the strings that are looked at, and how they are cut into counted pieces."""

    prepare: Callable[[Sequence[str]], list[str]]
    vectorizer: dict[str, object]


def _segmented(texts: Sequence[str]) -> list[str]:
    return [text.lower() for text in join_words_of(texts)]


def _stripped(texts: Sequence[str]) -> list[str]:
    return [strip_marks(text) for text in texts]


VIEWS: dict[str, View] = {
    # Segmented words: "kinh_phí" is not "kinh" and "phí".
    "words": View(
        prepare=_segmented,
        vectorizer={"token_pattern": r"\S+", "ngram_range": (1, 2), "min_df": 2},
    ),
    # Without marks, so that an answer typed without them meets the same counts.
    "syllables": View(
        prepare=_stripped,
        vectorizer={"token_pattern": r"\w+", "ngram_range": (1, 2), "min_df": 2},
    ),
    # Pieces of words, for misspellings and chat spellings.
    "letters": View(
        prepare=_stripped,
        vectorizer={"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3},
    ),
}


class TextFeatures(TransformerMixin, BaseEstimator):
    """Turn texts into TF-IDF rows, the views side by side.

    `min_df_limit` caps each view's own minimum number of texts; 1 keeps every piece.
    """

    def __init__(self, *, min_df_limit: int = 3) -> None:
        self.min_df_limit = min_df_limit

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Learn which pieces occur and how rare each is."""
        self.vectorizers_ = {name: self._vectorizer(view).fit(view.prepare(texts)) for name, view in VIEWS.items()}
        self._name_columns()
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Give a row a text."""
        check_is_fitted(self)
        if not len(texts):
            return csr_matrix((0, len(self.names_)))
        return hstack(
            [self.vectorizers_[name].transform(view.prepare(texts)) for name, view in VIEWS.items()],
            format="csr",
        )

    def _vectorizer(self, view: View) -> TfidfVectorizer:
        options = view.vectorizer | {"min_df": min(view.vectorizer["min_df"], self.min_df_limit)}
        return TfidfVectorizer(**options, lowercase=False, sublinear_tf=True)

    def weigh_words(self, words: Sequence[str], row: csr_matrix, *, weights: np.ndarray) -> np.ndarray:
        """Say how much each word of a text adds to the log-odds of labels: (words, labels).

        `row` is the text's own (1, features), `weights` the labels' (features, labels). What a piece adds is split
        evenly over the words that hold a part of it.
        """
        shapes = [f" {strip_marks(word)} " for word in words]
        holders: dict[str, dict[str, list[int]]] = {"words": {}, "syllables": {}}
        for index, word in enumerate(words):
            holders["words"].setdefault("_".join(word.lower().split()), []).append(index)
            for syllable in set(re.findall(r"\w+", shapes[index])):
                holders["syllables"].setdefault(syllable, []).append(index)
        scores = np.zeros((len(words), weights.shape[1]))
        for column, added in zip(row.indices, row.data[:, None] * weights[row.indices], strict=True):
            view, piece = self.names_[column]
            if view == "letters":
                held = [index for index, shape in enumerate(shapes) if piece in shape]
            else:
                held = [index for part in piece.split(" ") for index in holders[view].get(part, ())]
            if held:
                np.add.at(scores, held, added / len(held))
        return scores

    def _name_columns(self) -> None:
        self.names_ = [(view, piece) for view, pieces in self.vocabularies().items() for piece in pieces]

    def vocabularies(self) -> dict[str, list[str]]:
        """List each view's pieces in the order of their columns."""
        check_is_fitted(self)
        return {name: vectorizer.get_feature_names_out().tolist() for name, vectorizer in self.vectorizers_.items()}

    def rarities(self) -> dict[str, np.ndarray]:
        """List each view's inverse document frequencies in the order of its columns."""
        check_is_fitted(self)
        return {name: vectorizer.idf_ for name, vectorizer in self.vectorizers_.items()}

    @classmethod
    def from_parts(cls, vocabularies: dict[str, list[str]], rarities: dict[str, np.ndarray]) -> Self:
        """Make a fitted one of what `vocabularies` and `rarities` gave."""
        features = cls()
        features.vectorizers_ = {}
        for name, view in VIEWS.items():
            vectorizer = features._vectorizer(view).set_params(vocabulary=vocabularies[name])
            vectorizer.idf_ = rarities[name]
            features.vectorizers_[name] = vectorizer
        features._name_columns()
        return features
