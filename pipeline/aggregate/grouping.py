"""Grouping: what many texts speak of, each group around a phrase that stands in them."""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.aggregate.meaning import text_vectors
from thamluan.pipeline.aggregate.phrases import phrases
from thamluan.pipeline.themes.classifying.vectors import WordVectors

Phrase = tuple[str, ...]

MOST_GROUPS = 6
NEAR = 0.6  # cosine from which a word says much the same as a phrase
ALIKE = 0.6  # cosine from which two phrases would name the same group
FEWEST_TEXTS, LEAST_TEXTS = 3, 0.01  # number and share of the texts that hold a phrase that can name a group
COMMON = 0.1  # share of the texts from which on a word parts them less and less
LEAST_GAIN = 0.01  # of all texts, which one more group must cover
TYPICAL = 8.0  # times as frequent as elsewhere, from which on a phrase is typical
LEAST_TYPICAL = 0.1  # what a phrase weighs that is no more frequent than elsewhere
PAIR = 0.8  # what two words weigh that stand side by side and may be no phrase; a word of several syllables weighs 1
WHOLE = 0.7  # share of a word's texts that hold it beside another, from which on it is a part of a phrase
LABEL_SHARE = 0.15  # of a group's texts that must hold the second phrase of its label
MOST_PHRASES = 400
MOST_FITTED = 20_000  # texts by which groups are found; of more, these are drawn and the others assigned


@dataclass(frozen=True)
class Groups:
    """Groups of texts: their labels, and for each text the number of its group, from 0, or -1 for none."""

    labels: tuple[str, ...]
    of_text: np.ndarray


def group(texts: Sequence[Sequence[str]], *, elsewhere: Mapping[Phrase, int], vectors: WordVectors) -> Groups:
    """Group texts, given as their content words, by what they speak of.

    The phrases are chosen so that each text has one that it holds, or that some word of it comes near to: greedily, by
    what all texts together gain (facility location, a monotone submodular function, of which greedy choice reaches at
    least 1 - 1/e of the best: Nemhauser, Wolsey and Fisher 1978). What is frequent in all of the texts weighs little,
    and so does what is as frequent `elsewhere`. The order of the texts changes nothing, and as no text is a centre, a
    few more or fewer change little.
    """
    order = sorted(range(len(texts)), key=lambda index: texts[index])
    ordered = [texts[index] for index in order]
    drawn = sorted(range(len(order)), key=lambda index: (_drawn_by(ordered[index]), index))[:MOST_FITTED]
    fitted = [ordered[index] for index in sorted(drawn)]
    candidates = _candidates(fitted, elsewhere=elsewhere)
    if not candidates:
        return Groups((), np.full(len(texts), -1))
    closeness = Closeness(fitted, vectors)
    chosen = _choose(closeness.matrix(fitted, candidates), alike=closeness.alike(list(candidates)))
    named = {phrase: candidates[phrase] for phrase in (list(candidates)[index] for index in chosen)}
    of_text = np.full(len(texts), -1)
    if named:
        covered = closeness.matrix(ordered, named)
        of_text[order] = np.where(covered.max(axis=1) > 0, covered.argmax(axis=1), -1)
    return Groups(_labels(texts, of_text, names=tuple(named)), of_text)


def _drawn_by(words: Sequence[str]) -> int:
    """Draw texts by what they say, so that others do not change which are drawn."""
    return zlib.crc32(" ".join(words).encode())


def _candidates(texts: Sequence[Sequence[str]], *, elsewhere: Mapping[Phrase, int]) -> dict[Phrase, float]:
    """Give the phrases that can name a group, in alphabetical order, with their weight."""
    n_texts = Counter(phrase for words in texts for phrase in set(phrases(words)))
    fewest = max(FEWEST_TEXTS, LEAST_TEXTS * len(texts))
    within = _parts(n_texts)
    frequent = sorted(
        (phrase for phrase, n in n_texts.items() if n >= fewest and phrase not in within),
        key=lambda one: (-n_texts[one], one),
    )
    n_elsewhere = max(elsewhere.get((), 0), 1)
    found = {}
    for phrase in sorted(frequent[:MOST_PHRASES]):
        share, share_elsewhere = n_texts[phrase] / len(texts), (elsewhere.get(phrase, 0) + 1) / (n_elsewhere + 1)
        typical = np.log(share / share_elsewhere) / np.log(TYPICAL) if n_elsewhere > 1 else 1.0
        found[phrase] = (
            float(np.clip(typical, LEAST_TYPICAL, 1.0)) * _parting(share) * (PAIR if len(phrase) > 1 else 1.0)
        )
    return found


def _parts(n_texts: Mapping[Phrase, int]) -> set[Phrase]:
    """Find the words that are mostly part of a phrase: "nhà văn", where "hóa" follows."""
    pairs = [(pair, n) for pair, n in n_texts.items() if len(pair) > 1 and n >= 2]
    return {(word,) for pair, n in pairs for word in pair if n >= WHOLE * n_texts.get((word,), n)}


def _parting(share: float) -> float:
    """Weigh what a share of the texts holds: 1 up to `COMMON`, 0 where all hold it."""
    return min(1.0, float(np.log(share) / np.log(COMMON)))


def _labels(texts: Sequence[Sequence[str]], of_text: np.ndarray, *, names: Sequence[Phrase]) -> tuple[str, ...]:
    """Label each group with the one or two phrases that most of its texts hold and few others.

    By class-based tf-idf (Grootendorst 2022, BERTopic), the groups being the classes. A group none of whose texts hold
    a phrase keeps the one around which it was made.
    """
    held = [set(phrases(words)) for words in texts]
    n_held = Counter(phrase for found in held for phrase in found)
    within = _parts(n_held)
    labels: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(names):
        inside = Counter(
            phrase for found, group in zip(held, of_text, strict=True) if group == number for phrase in found
        )
        n_texts = int((of_text == number).sum())
        ranked = sorted(
            (phrase for phrase in inside if phrase not in within),
            key=lambda one: (-inside[one] * np.log(1 + len(texts) / n_held[one]) * PAIR ** (len(one) - 1), one),
        )
        chosen: list[Phrase] = []
        for phrase in ranked:
            is_often = inside[phrase] >= max(2, LABEL_SHARE * n_texts)
            if len(chosen) < 2 and not taken.intersection(phrase) and (is_often or not chosen):
                chosen.append(phrase)
                taken.update(phrase)
        labels.append(", ".join(" ".join(phrase) for phrase in chosen or [name]))
    return tuple(labels)


class Closeness:
    """How near texts come to phrases: 1 where they hold it, else as near as the nearest of their words."""

    def __init__(self, texts: Sequence[Sequence[str]], vectors: WordVectors) -> None:
        self._vectors = vectors
        self._n_texts = len(texts)
        self._held_by = Counter(word for words in texts for word in set(words) if word)

    def matrix(self, texts: Sequence[Sequence[str]], weights: Mapping[Phrase, float]) -> np.ndarray:
        """Give (texts, phrases), 0 to 1, times the weights of the phrases; 0 where no word is near."""
        words = sorted({word for text in texts for word in text if word})
        rows = {word: row for row, word in enumerate(words)}
        columns = {phrase: column for column, phrase in enumerate(weights)}
        near = self._nearness(words, list(weights))
        found = np.zeros((len(texts), len(weights)), dtype=np.float32)
        for index, text in enumerate(texts):
            numbers = [rows[word] for word in text if word]
            if numbers:
                found[index] = near[numbers].max(axis=0)
            for phrase in phrases(text):
                if phrase in columns:
                    found[index, columns[phrase]] = 1.0
        return found * np.array(list(weights.values()), dtype=np.float32)

    def _nearness(self, words: Sequence[str], named: Sequence[Phrase]) -> np.ndarray:
        own = text_vectors([[word] for word in words], vectors=self._vectors)
        cosines = own @ text_vectors(named, vectors=self._vectors).T
        shares = [max(self._held_by[word], 1) / self._n_texts for word in words]
        parting = np.array([_parting(min(share, 1.0)) for share in shares], dtype=np.float32)
        return np.where(cosines >= NEAR, cosines**2 * parting[:, None], 0.0).astype(np.float32)

    def alike(self, named: Sequence[Phrase]) -> np.ndarray:
        """Say which phrases would name the same group: (phrases, phrases)."""
        rows = text_vectors(named, vectors=self._vectors)
        shared = np.array([[bool(set(one) & set(other)) for other in named] for one in named])
        return (rows @ rows.T >= ALIKE) | shared


def _choose(closeness: np.ndarray, *, alike: np.ndarray) -> list[int]:
    """Choose columns greedily; among equals the first."""
    covered = np.zeros(len(closeness), dtype=np.float32)
    is_left = np.ones(closeness.shape[1], dtype=bool)
    chosen: list[int] = []
    while is_left.any() and len(chosen) < MOST_GROUPS:
        gains = np.maximum(closeness - covered[:, None], 0).sum(axis=0, dtype=np.float64) * is_left
        best = int(gains.round(6).argmax())
        if gains[best] < LEAST_GAIN * len(closeness):
            break
        chosen.append(best)
        covered = np.maximum(covered, closeness[:, best])
        is_left &= ~alike[best]
    return chosen
