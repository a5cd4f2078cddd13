"""Repairs: from raw text to the text that the model sees, with a map back to raw offsets."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.settings import Progress
from thamluan.pipeline.text.marks.restorer import restore_marks
from thamluan.pipeline.text.repaired import Repaired
from thamluan.pipeline.text.repairs.characters import (
    compose,
    drop_invisible,
    drop_soft_hyphens,
    plain_spaces,
    replace_eths,
    replace_look_alikes,
)
from thamluan.pipeline.text.repairs.directions import leave_out_directions
from thamluan.pipeline.text.repairs.legacy import decode_legacy
from thamluan.pipeline.text.repairs.mojibake import decode_mojibake
from thamluan.pipeline.text.repairs.pieces import Pieces
from thamluan.pipeline.text.repairs.spellings import expand_abbreviations, standardise_dialect
from thamluan.pipeline.text.repairs.tones import place_tones

BATCH = 1000  # texts repaired at once
MOST_ROUNDS = 4  # hardly any text needs three

Repair = Callable[[Sequence[str]], Iterable[Pieces]]
"""Says for each text what to replace."""

REPAIRS: dict[str, Repair] = {
    "decode_mojibake": partial(map, decode_mojibake),  # which has invisible characters and odd spaces in it
    "drop_invisible": partial(map, drop_invisible),
    "plain_spaces": partial(map, plain_spaces),
    "replace_look_alikes": partial(map, replace_look_alikes),
    "compose": partial(map, compose),
    "decode_legacy": decode_legacy,  # its words are whole now, and still have all their letters
    "drop_soft_hyphens": partial(map, drop_soft_hyphens),
    "replace_eths": partial(map, replace_eths),
    "leave_out_directions": partial(map, leave_out_directions),
    "place_tones": partial(map, place_tones),
    "expand_abbreviations": partial(map, expand_abbreviations),
    "restore_marks": restore_marks,
    "standardise_dialect": partial(map, standardise_dialect),
}


def repair_all(
    texts: Sequence[str], *, names: Iterable[str] = tuple(REPAIRS), progress: Progress | None = None
) -> list[Repaired]:
    """Apply the named repairs, of `REPAIRS`, to every text, in the order of the names.

    One repair may make work for another that came before it. What was changed is repaired again, until nothing more
    changes, so that repairing twice equals once.
    """
    names = tuple(names)
    all_repaired: list[Repaired] = []
    for start in range(0, len(texts), BATCH):
        batch = [Repaired.unchanged(text) for text in texts[start : start + BATCH]]
        changed: Sequence[int] = range(len(batch))
        for _ in range(MOST_ROUNDS):
            before = [batch[index] for index in changed]
            for index, repaired in zip(changed, _repair_once(before, names), strict=True):
                batch[index] = repaired
            changed = [index for index, old in zip(changed, before, strict=True) if batch[index].text != old.text]
        all_repaired += batch
        if progress is not None:
            progress("repair", len(all_repaired), len(texts))
    return all_repaired


def _repair_once(batch: Sequence[Repaired], names: Iterable[str]) -> Sequence[Repaired]:
    for name in names:
        found = REPAIRS[name]([repaired.text for repaired in batch])
        batch = [repaired.replace(pieces, repair=name) for repaired, pieces in zip(batch, found, strict=True)]
    return batch


def repair(text: str, *, names: Iterable[str] = tuple(REPAIRS)) -> Repaired:
    """Apply the named repairs to one text; repairing a repaired text changes nothing.

    >>> repair("Chi bo\u0323\u0302 to\u0302\u0301t").text  # NFD, as typed on a Mac
    'Chi bộ tốt'
    """
    return repair_all([text], names=names)[0]


def repairs_without(skipped: Iterable[str]) -> tuple[str, ...]:
    """Name all repairs but those skipped.

    >>> "compose" in repairs_without(["compose"])
    False

    Raises:
        InputError: when one that is skipped does not exist.
    """
    skipped = set(skipped)
    unknown = sorted(skipped - set(REPAIRS))
    if unknown:
        raise InputError(
            f"There is no repair {', '.join(map(repr, unknown))}.", hint=f"Choose of: {', '.join(REPAIRS)}."
        )
    return tuple(name for name in REPAIRS if name not in skipped)


def tally(all_repaired: Iterable[Repaired]) -> dict[str, dict[str, int]]:
    """Count for each repair the texts that it changed, and the places in them."""
    n_texts: Counter[str] = Counter()
    n_places: Counter[str] = Counter()
    for repaired in all_repaired:
        n_texts.update(repaired.changed_by)
        n_places.update(change.repair for change in repaired.changes)
    return {name: {"texts": n_texts[name], "places": n_places[name]} for name in REPAIRS}
