from dataclasses import astuple
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger

from thamluan.pipeline.text.segmentation.compiled import model_folder

KNOWN = "chi bộ Chi Bộ kinh phí KINH họp thôn Nà Lạng Sơn đề nghị phụ cấp 12 3/2 , . ( ) “ ” - BOS EOS của về".split()
unhurried = settings(deadline=None)


@pytest.fixture(scope="module")
def tagger():
    tagger = FastCRFSequenceTagger()
    tagger.load(str(model_folder()))
    return tagger


@pytest.fixture(scope="module")
def vocabulary(segmenter):
    return st.one_of(st.sampled_from(KNOWN), st.sampled_from(segmenter.kinds.syllables), st.text("ạbơN9.", min_size=1))


@unhurried
@given(st.data())
def test_labels_are_those_of_underthesea(framed, parted, segmenter, tagger, vocabulary, data):
    texts = data.draw(st.lists(st.lists(vocabulary, max_size=12), min_size=1, max_size=4))
    kinds, gaps = framed([[segmenter.kinds.kind(each) for each in text] for text in texts], segmenter.kinds.outside)
    labels = parted(segmenter.inside(kinds, gaps=gaps), gaps)
    scores = parted(segmenter.scores(kinds, gaps=gaps), gaps)
    for text, found, scored in zip(texts, labels, scores, strict=True):
        expected = [tag == "I-W" for tag in tagger.predict([[each] for each in text])] if text else []
        # Syllables that the model does not tell apart can be labelled in several ways of one score.
        assert found == expected or total(found, scored, segmenter) == pytest.approx(total(expected, scored, segmenter))


def total(labels, scores, segmenter):
    after = np.reshape(astuple(segmenter.transitions), (2, 2))
    steps = sum(after[int(before), int(label)] for before, label in pairwise(labels))
    return steps + sum(score for score, label in zip(scores, labels, strict=True) if label)
