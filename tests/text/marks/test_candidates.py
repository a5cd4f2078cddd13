import numpy as np
import pytest

from thamluan.pipeline.text.marks.candidates import (
    CONTEXTS,
    SLOTS,
    ZERO,
    Candidates,
    context_hashes,
    first_slot,
    pack,
    rows_of,
)
from thamluan.pipeline.text.marks.runs import Runs, read, spell

COUNTS = {"bo": {"bộ": 7, "bỏ": 2, "bo": 1}, "ban": {"bản": 3, "ban": 3}}


def hashes(text, *, place):
    return [int(each[0]) for each in context_hashes(Runs.of_text(text).bare, np.array([place]))]


def test_sums_of_weights_fit_in_a_byte():
    assert len(CONTEXTS) * (2 * ZERO - 1) < 256


@pytest.mark.parametrize("distance", sorted({distance for context in CONTEXTS for distance in context}))
def test_contexts_see_the_words_at_their_distances(distance):
    words = ["mot", "hai", "ba", "bon", "nam"]
    others = [*words[: 2 + distance], "sau", *words[3 + distance :]]
    pairs = zip(hashes(" ".join(words), place=2), hashes(" ".join(others), place=2), strict=True)
    assert [one != other for one, other in pairs] == [distance in context for context in CONTEXTS]


@pytest.mark.parametrize("distance", [-1, 1])
def test_high_bits_of_hashes_depend_on_every_neighbour(distance):
    rows = set()
    for word in ("an", "ba", "ca", "da", "em", "la"):
        text = f"{word} bo" if distance < 0 else f"bo {word}"
        number = CONTEXTS.index((distance,))
        each = list(context_hashes(Runs.of_text(text).bare, np.array([int(distance < 0)])))[number]
        rows.add(int(rows_of(each, n_rows=1 << 12)[0]))
    assert len(rows) > 3


def test_contexts_do_not_look_over_a_line_break():
    assert hashes("an\nbo", place=2) == hashes("em\nbo", place=2)


def test_contexts_do_not_see_marks():
    assert hashes("chi bộ họp", place=1) == hashes("chị bò hộp", place=1)


def test_candidates_without_weights_are_scored_by_their_share():
    candidates = Candidates.untrained(COUNTS)
    entries = candidates.find(np.array([spell("bo")]))
    scores = candidates.scores(np.array([spell("bo")]), np.array([0]), entries)[0]
    first = first_slot("bo")
    np.testing.assert_allclose(
        np.exp(scores[[(first + place) % SLOTS for place in range(3)]]), [8 / 13, 3 / 13, 2 / 13]
    )


def test_candidates_know_which_stands_for_itself():
    candidates = Candidates.untrained({**COUNTS, "nguoi": {"người": 5}})
    slots = candidates.bare_slots[candidates.find(np.array([spell("ban"), spell("nguoi")]))]
    assert (slots >= 0).tolist() == [True, False]


def test_candidates_find_nothing_for_what_is_unknown():
    assert Candidates.untrained(COUNTS).find(np.array([spell("xe"), 0])).tolist() == [-1, -1]
    assert Candidates.untrained({}).find(np.array([spell("xe")])).tolist() == [-1]


def test_scores_add_the_weights_of_all_contexts():
    weights = np.random.default_rng(0).integers(-ZERO, ZERO, (8, SLOTS)) * 0.5
    candidates = Candidates(COUNTS, pack(weights, step=0.5), 0.5)
    bare = Runs.of_text("ban bo").bare
    entries = candidates.find(bare)
    added = sum(weights[rows_of(each, n_rows=8)] for each in context_hashes(bare, np.arange(2)))
    np.testing.assert_allclose(
        candidates.scores(bare, np.arange(2), entries), candidates.priors[entries] + added, rtol=1e-6
    )


def test_packed_weights_are_cut_to_four_bits():
    assert pack(np.full((1, SLOTS), 99.0), step=0.5).tolist() == [[255] * (SLOTS // 2)]


def test_forms_are_named_by_the_slots_of_their_spellings():
    candidates = Candidates.untrained(COUNTS)
    for spellings, forms in zip(candidates.spellings, candidates.forms, strict=True):
        assert {slot: read(int(spellings[slot])) for slot in np.flatnonzero(spellings)} == forms
