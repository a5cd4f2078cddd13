import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.text.repairs.directions import leave_out_directions
from thamluan.pipeline.text.repairs.pieces import put_in


def repaired(text):
    return put_in(text, leave_out_directions(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Đơn tôi nộp rồi (cười) nhưng xã chưa ký.", "Đơn tôi nộp rồi  nhưng xã chưa ký."),
        ("Đơn tôi nộp rồi, xã chưa ký (cười).", "Đơn tôi nộp rồi, xã chưa ký."),
        ("Xin cảm ơn. (Cả hội trường vỗ tay)", "Xin cảm ơn."),
        ("[00:12:05] Đường xấu [không nghe rõ] quá.", " Đường xấu  quá."),
        ("[vỗ [cười]tay]Tiền ít.", "Tiền ít."),
        ("(vỗ tay)", "(vỗ tay)"),
        ("Phụ cấp thấp (1.200.000 đ).", "Phụ cấp thấp (1.200.000 đ)."),
        ("", ""),
    ],
)
def test_leave_out_directions_leaves_the_words(text, left):
    assert repaired(text) == left


@given(
    st.lists(st.sampled_from(["(cười)", "[vỗ ", "tay]", "(", ")", "[", "]", " ", "Tiền ít.", "12:05", "♪"])).map(
        "".join
    )
)
def test_leave_out_directions_twice_is_once(text):
    assert repaired(repaired(text)) == repaired(text)
