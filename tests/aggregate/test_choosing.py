import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.aggregate.choosing import Objective, Pool, choose


def pool(n, seed=0, people=None, alike=None):
    random = np.random.default_rng(seed)
    return Pool(
        nearness=random.random((12, n)).round(3),
        quality=random.random(n).round(3),
        kinds=[(f"s{number % 3}", number % 2) for number in range(n)],
        person=people or list(range(n)),
        alike=np.zeros((n, n), dtype=bool) if alike is None else alike,
    )


def value(made, chosen, *, n_chosen):
    objective = Objective(made, n_chosen=n_chosen)
    total = 0.0
    for index in chosen:
        total += objective.gain(index)
        objective.add(index)
    return total


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10_000), small=st.sets(st.integers(0, 6)), more=st.sets(st.integers(0, 6)))
def test_what_a_candidate_adds_only_falls_and_never_below_nothing(seed, small, more):
    made = pool(8, seed)
    gains = []
    for chosen in (small, small | more):
        objective = Objective(made, n_chosen=5)
        for index in sorted(chosen):
            objective.add(index)
        gains.append(objective.gain(7))
    assert gains[0] >= gains[1] - 1e-8
    assert gains[1] >= 0


@pytest.mark.parametrize("seed", range(5))
def test_greedy_choice_is_within_its_bound_of_the_best(seed):
    made = pool(9, seed)
    best = max(value(made, subset, n_chosen=3) for subset in itertools.combinations(range(9), 3))
    assert value(made, choose(made, n_chosen=3), n_chosen=3) >= (1 - 1 / np.e) * best


@pytest.mark.parametrize("seed", range(5))
def test_lazy_choice_is_greedy_choice(seed):
    made = pool(10, seed)
    objective, chosen = Objective(made, n_chosen=5), []
    for _ in range(5):
        best = min((index for index in range(10) if index not in chosen), key=lambda i: (-objective.gain(i), i))
        chosen.append(best)
        objective.add(best)
    assert choose(made, n_chosen=5) == chosen


def test_a_person_is_chosen_again_only_when_nobody_is_left():
    people = ["a"] * 5 + ["b", "c"]
    chosen = choose(pool(7, people=people), n_chosen=5)
    assert {people[index] for index in chosen[:3]} == {"a", "b", "c"}
    assert [people[index] for index in chosen[3:]] == ["a", "a"]


def test_what_says_the_same_is_never_chosen_beside_it():
    assert len(choose(pool(6, alike=np.ones((6, 6), dtype=bool)), n_chosen=5)) == 1


def test_first_ones_are_taken_before_all_others():
    assert choose(pool(6), n_chosen=3, first=[5, 2])[:2] == [5, 2]


def test_of_nothing_nothing_is_chosen():
    assert choose(Pool(np.zeros((0, 0)), np.zeros(0), [], [], np.zeros((0, 0), dtype=bool)), n_chosen=5) == []
