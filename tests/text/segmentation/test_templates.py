import pytest
from hypothesis import given
from hypothesis import strategies as st
from underthesea_core import CRFFeaturizer

from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.text.segmentation.templates import compile_tables, is_number, is_title

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
letters = st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "0123456789.,-/%()²½ǅßﬁ“”…")
syllables = st.text(letters, min_size=1, max_size=6)


@given(syllables)
def test_case_and_number_are_those_of_underthesea(syllable):
    featurizer = CRFFeaturizer(["T[0].istitle", "T[0].isdigit", "T[0].lower"], set())
    assert featurizer.process([[[syllable]]])[0][0] == [
        f"T[0].istitle={is_title(syllable)}",
        f"T[0].isdigit={is_number(syllable)}",
        f"T[0].lower={syllable.lower()}",
    ]


@pytest.mark.parametrize("digits", ["0", "007", "2147483647", "2147483648", "9" * 5_000, "0" * 5_000, "٣", "1.200"])
def test_number_is_what_underthesea_can_count_to(digits):
    answer = CRFFeaturizer(["T[0].isdigit"], set()).process([[[digits]]])[0][0][0]
    assert answer == f"T[0].isdigit={is_number(digits)}"


@pytest.mark.parametrize("name", ["T[3]", "T[-3,-2]", "T[-1,2]", "T[0].isupper", "T[0,1].isdigit", "W[0]"])
def test_a_template_that_is_not_known_is_refused(name):
    with pytest.raises(ModelError, match="which is not known here"):
        compile_tables({}, templates=["T[0]", name], words=[])
