"""Missing diacritics: which syllables were typed without marks, and which marks belong on them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from thamluan.pipeline.artefacts import MARKS
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
from thamluan.pipeline.text.marks.candidates import CONTEXTS, Candidates
from thamluan.pipeline.text.marks.runs import BREAK, CAPITAL, MARK, PLAIN, SMALL, VOWEL, WORD, Runs, join
from thamluan.pipeline.text.repairs.pieces import Piece

# Evidence that marks are missing, in natural logarithms of odds: how improbable a syllable is, bare, where it stands.
MOST_EVIDENCE = 8.0  # what one syllable can add
FOREIGN_EVIDENCE = -3.0  # what a word adds that can be no Vietnamese syllable, such as "trainer"
FOREIGN_LETTERS = 3  # shorter ones are abbreviations
ENOUGH_IN_BARE = 3.0  # evidence to restore a stretch in a text that has no mark at all
ENOUGH_IN_MARKED = 7.0  # the same in a text that has marks elsewhere

# In a whole text, and of files too; that of the spellings is asked of one word, and knows fewer.
ADDRESS = re.compile(r"@|://|www\.|\.(?:vn|com|net|org|edu|gov|info|html?|pdf|docx?|xlsx?)\b", re.IGNORECASE)
UP_TO_SPACE = re.compile(r"\S*")

HASHED = (WEIGHTS, VOCABULARY)
FILES = (MANIFEST, *HASHED, CARD)
KIND = Kind("model of marks", HASHED, "make it again with 'make marks'")
DESCRIBED = ("format", "contexts", "files")  # what the manifest says besides facts


@dataclass(frozen=True)
class Restorer:
    """Restores missing marks, by the candidates of each bare syllable.

    `facts` is what the manifest of a model folder says of its making.
    """

    candidates: Candidates
    facts: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def from_counts(cls, counts: Mapping[str, Mapping[str, int]]) -> Self:
        """Make one that knows only how often each syllable is written.

        >>> restorer = Restorer.from_counts({"bo": {"bộ": 9, "bỏ": 4}, "hop": {"họp": 5, "hợp": 3}})
        >>> restorer.restore(["Chi bo hop"])
        [[(4, 6, 'bộ'), (7, 10, 'họp')]]
        """
        return cls(Candidates.untrained(counts))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a model's folder.

        Raises:
            ModelError: when a file is missing, altered, cut short, or of a format that this version does not know.
        """
        manifest = KIND.read_manifest(folder)
        try:
            counts, arrays = read_parts(folder)
            candidates = Candidates(counts, arrays["table"], float(arrays["step"]))
            candidates.check()
            if manifest["contexts"] != [list(context) for context in CONTEXTS]:
                raise ValueError("weights of other contexts")
        except UNREADABLE as error:
            raise KIND.misfit(folder) from error
        return cls(candidates, {key: value for key, value in manifest.items() if key not in DESCRIBED})

    def files(self) -> dict[str, bytes]:
        """Write the model as files of a folder, without the card; the same model gives the same bytes."""
        arrays = {"table": self.candidates.table, "step": np.float64(self.candidates.step)}
        files = {WEIGHTS: array_bytes(arrays), VOCABULARY: json_bytes(self.candidates.counts)}
        return with_manifest(files, {"contexts": CONTEXTS, **self.facts})

    def restore(self, texts: Sequence[str], *, everywhere: bool = False) -> list[list[Piece]]:
        """Find what is to be replaced in each text, one piece a syllable: start, end, and the syllable with its marks.

        Only syllables without any mark are ever changed, letter for letter, in their case. A stretch of them between
        two syllables with marks is restored when it holds enough evidence of having been typed without;
        with `everywhere` all are, which is for measuring. Addresses stay, and abbreviations in capitals.

        Restoring twice equals once: scores see letters only and no marks, so that a stretch that was restored has
        nothing more to change, and one that was not is judged as before.
        """
        text, text_starts = join(texts)
        runs = Runs.of_text(text)
        text_ids = np.searchsorted(text_starts, runs.starts, side="right") - 1
        known = np.where(runs.kinds & WORD == PLAIN, self.candidates.find(runs.bare), -1)
        entries = np.where(_must_stay(text, runs, text_ids), -1, known)
        where = np.flatnonzero(entries >= 0)
        entries = entries[where]
        scores = self.candidates.scores(runs.bare, where, entries)
        slots = scores.argmax(axis=1)
        is_changed = self.candidates.spellings[entries, slots] != runs.bare[where]
        if not everywhere:
            weighed = np.where(known >= 0, 0.0, _foreign_evidence(runs))
            weighed[where] = self._evidence(scores, entries)
            is_changed &= _is_restored(runs, weighed, text_ids)[where]
        pieces: list[list[Piece]] = [[] for _ in texts]
        changed = where[is_changed]
        columns = (runs.starts[changed], runs.ends[changed], text_ids[changed], entries[is_changed], slots[is_changed])
        forms, origins = self.candidates.forms, text_starts.tolist()
        for start, end, text_id, entry, slot in zip(*(column.tolist() for column in columns), strict=True):
            origin = origins[text_id]
            pieces[text_id].append((start - origin, end - origin, _in_case(forms[entry][slot], text[start:end])))
        return pieces

    def _evidence(self, scores: np.ndarray, entries: np.ndarray) -> np.ndarray:
        """Weigh how improbable each syllable is, bare, where it stands: minus the logarithm of its probability."""
        highest = scores.max(axis=1)
        totals = highest + np.log(np.exp(scores - highest[:, None]).sum(axis=1))
        slots = self.candidates.bare_slots[entries]
        bare_scores = np.where(slots >= 0, scores[np.arange(len(slots)), slots], -np.inf)
        return np.minimum(totals - bare_scores, MOST_EVIDENCE)


def restore_marks(texts: Sequence[str]) -> list[list[Piece]]:
    """Put back the marks that are missing, by the model that is shipped; see `Restorer.restore`.

    >>> restore_marks(["de nghi tang phu cap", "Phụ cấp thấp"])[0][:2]
    [(0, 2, 'đề'), (3, 7, 'nghị')]
    """
    return _shipped().restore(texts)


@cache
def _shipped() -> Restorer:
    return Restorer.load(MARKS)


def _must_stay(text: str, runs: Runs, text_ids: np.ndarray) -> np.ndarray:
    """Find the runs that are part of an address, or an abbreviation in capitals: "TU" among words in small letters."""
    is_word = runs.kinds & WORD > 0
    must_stay = is_word & (runs.kinds & SMALL == 0) & (runs.ends - runs.starts > 1)
    n_words, n_capitals = np.bincount(text_ids[is_word]), np.bincount(text_ids, weights=must_stay)
    if must_stay.any():
        must_stay &= 2 * n_capitals[text_ids] < n_words[np.minimum(text_ids, len(n_words) - 1)]
    for start, end in _addresses(text):
        must_stay[np.searchsorted(runs.starts, start) : np.searchsorted(runs.starts, end)] = True
    return must_stay


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Find what holds a sign of an address, from white space to white space."""
    end = 0
    for sign in ADDRESS.finditer(text):
        if sign.start() >= end:
            start = sign.start()
            while start > end and not text[start - 1].isspace():
                start -= 1
            end = UP_TO_SPACE.match(text, sign.start()).end()
            yield start, end


def _foreign_evidence(runs: Runs) -> np.ndarray:
    """Weigh words that are known as no syllable; those without vowels are abbreviations and say nothing."""
    is_plain = runs.kinds & (WORD | VOWEL | SMALL) == PLAIN | VOWEL | SMALL
    return np.where(is_plain & (runs.ends - runs.starts >= FOREIGN_LETTERS), FOREIGN_EVIDENCE, 0.0)


def _is_restored(runs: Runs, evidence: np.ndarray, text_ids: np.ndarray) -> np.ndarray:
    """Say of each run whether its stretch holds enough evidence of having been typed without marks."""
    if not len(evidence):
        return np.zeros(0, dtype=bool)
    has_mark = runs.kinds & MARK > 0
    is_marked = np.bincount(text_ids, weights=has_mark)[text_ids] > 0
    has_small = np.bincount(text_ids, weights=runs.kinds & SMALL > 0)[text_ids] > 0
    # "San Jose": capitals in a text with marks are rather a foreign name than haste, unless it is all in capitals.
    is_name = is_marked & has_small & (runs.kinds & CAPITAL > 0)
    evidence = np.where(is_name, np.minimum(evidence, 0.0), evidence)
    stretches = np.cumsum(has_mark | (runs.kinds & BREAK > 0))
    sums = np.bincount(stretches, weights=evidence)
    return sums[stretches] >= np.where(is_marked, ENOUGH_IN_MARKED, ENOUGH_IN_BARE)


def _in_case(syllable: str, typed: str) -> str:
    """Give a syllable the capitals of what was typed.

    >>> _in_case("đảng", "DANG"), _in_case("đảng", "Dang")
    ('ĐẢNG', 'Đảng')
    """
    if typed.islower():
        return syllable
    return "".join(new.upper() if old.isupper() else new for new, old in zip(syllable, typed, strict=True))
