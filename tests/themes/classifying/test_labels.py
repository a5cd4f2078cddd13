import numpy as np
import pytest

from thamluan.pipeline.themes.classifying.labels import Group, expected_mistakes, is_coded, parts, probabilities

GROUPS = (Group(2), Group(3, single=True))


def test_parts_lie_side_by_side():
    assert parts(GROUPS) == [slice(0, 2), slice(2, 5)]
    assert parts([]) == []


def test_probabilities_of_a_single_group_add_up_to_one():
    found = probabilities(np.random.default_rng(0).normal(size=(7, 5)) * 9, GROUPS)
    assert found[:, 2:].sum(axis=1).tolist() == pytest.approx([1] * 7)
    assert ((found >= 0) & (found <= 1)).all()


def test_probabilities_of_other_labels_do_not_touch_each_other():
    assert probabilities(np.array([[0.0, 100, 0, 0, 0]]), GROUPS)[0, :2].tolist() == pytest.approx([0.5, 1])


def test_labels_of_a_single_group_without_any_are_not_coded():
    y = np.array([[0, 0, 1, 0, 0], [1, 0, 0, 0, 0]])
    assert is_coded(y, GROUPS).tolist() == [[True] * 5, [True, True, False, False, False]]


def test_expected_mistakes_are_none_where_all_is_certain():
    given = np.array([[True, False, False, True, False]])
    assert expected_mistakes(given.astype(float), given, single=False).tolist() == [0]
    assert expected_mistakes(1 - given.astype(float), given, single=False).tolist() == [5]


def test_expected_mistakes_of_a_single_group_are_at_most_one():
    given = np.array([[False, True, False]])
    assert expected_mistakes(np.array([[0.5, 0.2, 0.3]]), given, single=True).tolist() == [0.8]
