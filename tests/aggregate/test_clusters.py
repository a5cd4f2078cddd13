"""Shares of contributions that are not independent: several of one person, and weights beside."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from thamluan.pipeline.aggregate.shares import effective_bases, shares

unhurried = settings(deadline=None)  # the first table waits for statsmodels

rows = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from("abcdef"), st.sampled_from([0.5, 1.0, 3.0])), min_size=1, max_size=30
)


def effective(present, clusters=None, weights=None):
    given_weights = np.ones(len(present)) if weights is None else np.array(weights, dtype=float)
    people = None if clusters is None else np.array(list(clusters))
    [base] = effective_bases(np.array(present).reshape(-1, 1), weights=given_weights, clusters=people)
    return base


def parts(table):
    present, clusters, weights = zip(*table, strict=True)
    return present, clusters, weights


def few(n, n_clusters):
    return (t.ppf(0.975, n - 1) / t.ppf(0.975, n_clusters - 1)) ** 2


def test_people_who_repeat_themselves_count_once():
    # Three people said yes twice each, three no: variance that of six people, not of twelve.
    found = effective([1, 1] * 3 + [0, 0] * 3, "aabbccddeeff")
    assert found == pytest.approx(6 * few(12, 6))


def test_clusters_have_the_linearised_variance():
    # Share 5/8. Deviations add up to a 3/8 * 2, b 3/8 - 5/8, c 3/8 * 2, d -5/8 * 2: in eighths of the whole
    # 0.75, -0.25, 0.75, -1.25; squares 0.5625 + 0.0625 + 0.5625 + 1.5625 = 2.75; variance 2.75 / 64 = 0.04297.
    # 0.625 * 0.375 / 0.04297 = 5.4545 people.
    found = effective([1, 1, 1, 0, 1, 1, 0, 0], "aabbccdd")
    assert found == pytest.approx(5.4545 * few(8, 4), abs=1e-3)


def test_weights_and_clusters_go_together():
    # Weights 2, 2, 1, 1: share 2/3 of which a says both. Totals a 2 * (1/3) * 2 = 4/3, b 2 * (-2/3) = -4/3 in sixths.
    # Variance 2 * (4/3 / 6)**2 = 0.09877; (2/3 * 1/3) / 0.09877 = 2.25.
    found = effective([1, 1, 0, 0], "aabb", weights=[2, 2, 1, 1])
    assert found == pytest.approx(2.25 * few(4, 2), rel=1e-6)


def test_a_gain_by_chance_is_not_believed():
    # Everybody says yes once and no once, so the people do not differ at all.
    assert effective([1, 0] * 5, "aabbccddee") == pytest.approx(10)


def test_weights_never_gain():
    assert effective([1, 0, 1], weights=[1, 1, 2]) == pytest.approx(16 / 6)


@pytest.mark.parametrize("said", [0, 1])
def test_people_who_all_say_the_same_count_once(said):
    assert effective([said] * 6, "aabbcc") == pytest.approx(3)


def test_one_person_tells_of_one():
    assert effective([1, 0, 1, 1], "aaaa") == pytest.approx(1)


@unhurried
@given(rows)
def test_clusters_of_one_change_nothing(table):
    present, _, weights = parts(table)
    present = np.array(present).reshape(-1, 1)
    plain, clustered = (
        shares(present, weights=np.array(weights), clusters=clusters) for clusters in (None, np.arange(len(present)))
    )
    assert plain == clustered


@unhurried
@given(rows, st.randoms())
def test_neither_order_nor_names_of_people_change_anything(table, random):
    shuffled = random.sample(table, len(table))
    renamed = [(said, f"{person}!", weight) for said, person, weight in shuffled]
    assert effective(*parts(table)) == pytest.approx(effective(*parts(renamed)))


@unhurried
@given(rows)
def test_the_effective_base_lies_between_nobody_and_the_base(table):
    assert 0 < effective(*parts(table)) <= len(table) * (1 + 1e-9)


@unhurried
@given(rows)
def test_weights_of_one_are_no_weights(table):
    present, clusters, _ = parts(table)
    assert effective(present, clusters, [1.0] * len(table)) == pytest.approx(effective(present, clusters))
    assert effective(present, clusters, [7.0] * len(table)) == pytest.approx(effective(present, clusters))


def test_intervals_of_clustered_answers_hold_their_promise():
    # 40 people of 3 answers each, alike within a person; 95% of intervals should hold the truth of 30%.
    generator = np.random.default_rng(0)
    people, hits, n_runs = np.repeat(np.arange(40), 3), 0, 400
    for _ in range(n_runs):
        leaning = generator.beta(0.6, 1.4, 40)[people]
        said = (generator.random(120) < leaning).astype(int).reshape(-1, 1)
        [share] = shares(said, weights=np.ones(120), clusters=people)
        hits += share.low <= 0.3 <= share.high
    assert 0.93 <= hits / n_runs <= 0.98
