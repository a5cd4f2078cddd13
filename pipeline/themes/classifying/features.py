"""What the model sees of a text: weighted counts of words, of syllables without marks, and of pieces of words."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from thamluan.pipeline.themes.classifying.occurrences import PieceIndex, blocks, by_text
from thamluan.pipeline.themes.classifying.views import View, bare_letters, bare_syllables, whole
from thamluan.pipeline.themes.classifying.vocabulary import count_texts

VIEWS: dict[str, View] = {
    # Segmented words: "kinh_phí" is not "kinh" and "phí".
    "words": View(whole, min_df=2, has_pairs=True),
    # Without marks, so that an answer typed without them meets the same counts.
    "syllables": View(bare_syllables, min_df=2, has_pairs=True),
    # Pieces of words, for misspellings and chat spellings.
    "letters": View(bare_letters, min_df=3),
}


class TextFeatures(TransformerMixin, BaseEstimator):
    """Turn texts into TF-IDF rows, the views side by side.

    A text is the list of its words, as `thamluan.pipeline.text.words.words_of` gives them. Rows are those of
    scikit-learn's `TfidfVectorizer` with `sublinear_tf`, one a view: 1 + log of a piece's count, times the piece's
    rarity log((1 + texts) / (1 + texts that have it)) + 1; each view then has length 1.

    `min_df_limit` caps each view's own minimum number of texts; 1 keeps every piece.
    """

    def __init__(self, *, min_df_limit: int = 3) -> None:
        self.min_df_limit = min_df_limit

    def fit(self, words: Sequence[Sequence[str]], y: object = None) -> Self:
        """Learn which pieces occur and how rare each is.

        Raises:
            ValueError: when a view is left without any piece.
        """
        fewest = {name: min(view.min_df, self.min_df_limit) for name, view in VIEWS.items()}
        vocabularies, rarities = {}, {}
        for name, counted in count_texts(words, VIEWS, fewest=fewest).items():
            if not counted:
                raise ValueError(f"the texts have no {name} in common")
            vocabularies[name] = sorted(counted)
            n_texts = np.array([counted[piece] for piece in vocabularies[name]])
            rarities[name] = np.log((1 + len(words)) / (1 + n_texts)) + 1
        return self._set(vocabularies, rarities)

    def transform(self, words: Sequence[Sequence[str]]) -> csr_matrix:
        """Give a row a text, its columns in order."""
        check_is_fitted(self)
        if not len(words):
            return csr_matrix((0, len(self.names_)))
        rows = [self._weigh(by_text(self.index_.find(block), block)) for block in blocks(words)]
        return vstack(rows, format="csr") if len(rows) > 1 else rows[0]

    def weigh_words(self, words: Sequence[Sequence[str]], *, weights: np.ndarray) -> list[np.ndarray]:
        """Say how much each word of each text adds to the log-odds of labels: (words, labels), one a text.

        `weights` are the labels' (features, labels). What a piece adds to a text is split evenly over its occurrences,
        and what a pair adds over the two words that hold its parts; so the words add up to the text's row @ weights.
        """
        check_is_fitted(self)
        weights = np.ascontiguousarray(weights)
        added = []
        for block in blocks(words):
            found = self.index_.find(block)
            once = by_text(found, block)
            rows = self._weigh(once)
            rows.data /= once.data
            if found.nnz:
                text_of = np.repeat(block.text_of, np.diff(found.indptr))
                found.data *= np.asarray(rows[text_of, found.indices]).ravel()
            added += np.split(found @ weights, block.bounds[1:-1])
        return added

    def _weigh(self, counts: csr_matrix) -> csr_matrix:
        """Turn counts (texts, columns) into weights of length 1 a text and view."""
        values = (1 + np.log(counts.data)) * self._rarity[counts.indices]
        of_view = np.repeat(np.arange(counts.shape[0]) * len(VIEWS), np.diff(counts.indptr))
        of_view += self._view_of[counts.indices]
        values /= np.sqrt(np.bincount(of_view, weights=values * values))[of_view]
        return csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)

    def vocabularies(self) -> dict[str, list[str]]:
        """List each view's pieces in the order of their columns; a pair is two parts with a blank between."""
        check_is_fitted(self)
        return {name: list(pieces) for name, pieces in self.vocabularies_.items()}

    def rarities(self) -> dict[str, np.ndarray]:
        """List each view's inverse document frequencies in the order of its columns."""
        check_is_fitted(self)
        return dict(self.rarities_)

    @classmethod
    def from_parts(cls, vocabularies: dict[str, list[str]], rarities: dict[str, np.ndarray]) -> Self:
        """Make a fitted one of what `vocabularies` and `rarities` gave.

        Raises:
            ValueError: when they do not fit together.
        """
        return cls()._set(vocabularies, rarities)

    def _set(self, vocabularies: dict[str, list[str]], rarities: dict[str, np.ndarray]) -> Self:
        for name in VIEWS:
            if len(vocabularies[name]) != len(rarities[name]):
                raise ValueError(f"{name}: {len(rarities[name])} rarities, another length than the vocabulary's")
        self.index_ = PieceIndex(vocabularies, VIEWS)
        self.vocabularies_ = {name: list(vocabularies[name]) for name in VIEWS}
        self.rarities_ = {name: np.asarray(rarities[name], dtype=float) for name in VIEWS}
        self.names_ = [(name, piece) for name, pieces in self.vocabularies_.items() for piece in pieces]
        self._rarity = np.concatenate(list(self.rarities_.values()))
        self._view_of = np.repeat(np.arange(len(VIEWS)), np.diff(self.index_.bounds))
        return self
