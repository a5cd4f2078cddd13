"""Counts: how often each syllable is written in a corpus, one spelling for all places of a tone mark."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.syllables import place_tone, strip_tone
from thamluan.pipeline.text.marks.candidates import SLOTS
from thamluan.pipeline.text.marks.runs import SPECIAL, read, spell

FEWEST = 5  # times that a syllable must be written to be known: rarer ones are slips and names
SMALLEST_SHARE = 0.0003  # of the syllables with the same letters, for the same reason
# Looser than `is_syllable`: without marks, and with those of Đắk Lắk and Krông Pắk.
BARE_SYLLABLE = re.compile(
    "(?:b|ch?|d|gh?|gi|h|k[hr]?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:uyeu?|uye|uya|uyu|uay|uai|ueo|uoi|uou|oai|oay|oao|oeo|ieu|yeu|"
    "a[iouy]?|e[ou]?|i[aeu]?|o[aeio]?|u[aeiouy]?|y[ea]?)"
    "(?:ch?|k|m|ng?|nh|p|t)?"
)


@dataclass(frozen=True)
class Preferred:
    """One spelling for each that is known: "hoà" is "hòa", and slips of the tone mark are mended."""

    spellings: np.ndarray  # rising
    replacements: np.ndarray

    def of(self, spellings: np.ndarray) -> np.ndarray:
        """Replace spellings by the preferred ones; unknown ones stay."""
        places = np.minimum(np.searchsorted(self.spellings, spellings), len(self.spellings) - 1)
        return np.where(self.spellings[places] == spellings, self.replacements[places], spellings)


def count(spellings: np.ndarray) -> tuple[dict[str, dict[str, int]], Preferred]:
    """Count the syllables of a corpus by their letters, the most frequent first, at most `SLOTS` to the same letters.

    What differs only in the place of the tone mark counts as one, spelt in the old way: "hòa", not "hoà"; slips as
    "qúy" go to the spelling that occurs most.
    """
    found, n_found = np.unique(spellings, return_counts=True)
    groups: dict[tuple[str, str | None], dict[int, int]] = {}
    for spelling, n in zip(found.tolist(), n_found.tolist(), strict=True):
        if n >= FEWEST and spelling not in SPECIAL:
            groups.setdefault(strip_tone(read(spelling)), {})[spelling] = n
    counts: dict[str, dict[str, int]] = {}
    preferred: dict[int, int] = {}
    for written in groups.values():
        most = max(written, key=lambda spelling: (written[spelling], -spelling))
        form = place_tone(read(most))
        preferred |= dict.fromkeys((*written, spell(form)), spell(form))
        bare = strip_marks(form)
        if BARE_SYLLABLE.fullmatch(bare):
            counts.setdefault(bare, {})[form] = sum(written.values())
    kept = {bare: _most_frequent(forms) for bare, forms in sorted(counts.items())}
    rising = np.array(sorted(preferred), dtype=np.int64)
    return kept, Preferred(rising, np.array([preferred[spelling] for spelling in rising.tolist()], dtype=np.int64))


def _most_frequent(forms: Mapping[str, int]) -> dict[str, int]:
    fewest = SMALLEST_SHARE * sum(forms.values())
    ranked = sorted(forms, key=lambda form: (-forms[form], form))[:SLOTS]
    return {form: forms[form] for form in ranked if forms[form] >= fewest}
