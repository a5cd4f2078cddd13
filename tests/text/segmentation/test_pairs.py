import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.text.segmentation.pairs import place

numbers = st.integers(1, 40)
known_pairs = st.lists(st.tuples(numbers, numbers), unique=True, min_size=1, max_size=200)


@given(known_pairs, st.lists(st.tuples(st.integers(0, 41), st.integers(0, 41)), min_size=1))
def test_pairs_known_have_their_number_and_others_none(known, asked):
    expected = [known.index(pair) + 1 if pair in known else 0 for pair in asked]
    first, second = np.array(asked).T
    assert place(known, n_first=42, n_second=42).find(first, second).tolist() == expected


@given(known_pairs)
def test_pairs_are_placed_the_same_each_time(known):
    assert place(known).slots.tolist() == place(known).slots.tolist()
