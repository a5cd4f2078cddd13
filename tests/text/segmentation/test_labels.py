from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.text.segmentation.labels import GAP, Transitions, best_labels

scores = st.floats(-5, 5).map(lambda value: round(value, 3))


@given(st.lists(st.lists(scores, max_size=5), min_size=1, max_size=3), st.tuples(scores, scores, scores, scores))
def test_labels_score_best_of_all(framed, parted, texts, weights):
    transitions = Transitions(*weights)
    after = np.reshape(weights, (2, 2))

    def total(labels, text):
        steps = sum(after[before, label] for before, label in pairwise(labels))
        return steps + sum(score * label for score, label in zip(text, labels, strict=True))

    values, gaps = framed(texts, 0.0)
    for text, found in zip(texts, parted(best_labels(values, gaps=gaps, transitions=transitions), gaps), strict=True):
        best = max(total(labels, text) for labels in product((0, 1), repeat=len(text)))
        assert total([int(label) for label in found], text) == pytest.approx(best)


def test_labels_of_a_long_text_that_is_never_clear_score_best(framed):
    values, gaps = framed([[0.1] * 3_001], 0.0)
    labels = best_labels(values, gaps=gaps, transitions=Transitions(0.0, 1.0, 1.0, 0.0))
    assert labels[GAP:-GAP].tolist() == [True, False] * 1_500 + [True]
