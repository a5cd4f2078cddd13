"""What the tests of segmentation share: the segmenter, and texts in a row with gaps between."""

from itertools import pairwise

import numpy as np
import pytest

from thamluan.pipeline.text.segmentation.compiled import load_segmenter
from thamluan.pipeline.text.segmentation.labels import GAP


@pytest.fixture(scope="session")
def segmenter():
    return load_segmenter()


@pytest.fixture(scope="session")
def framed():
    """Put the gaps between texts, and say where they begin."""

    def framed(texts, outside):
        values, gaps = [], []
        for text in [*texts, []]:
            gaps.append(len(values))
            values += [outside] * GAP + text
        return np.array(values), np.array(gaps)

    return framed


@pytest.fixture(scope="session")
def parted():
    """Give the values of each text that was framed."""

    def parted(values, gaps):
        return [values[start + GAP : end].tolist() for start, end in pairwise(gaps)]

    return parted
