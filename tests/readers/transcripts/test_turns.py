import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.transcripts.turns import author, turns

TESTS = Path(__file__).resolve().parents[2]
SHARED = TESTS.parents[1] / "shared"
CASES = json.loads((TESTS / "cases" / "readers_turns.json").read_text(encoding="utf-8"))
HEAD_LINES = [case["line"] for case in CASES["heads"]]


def lines(*texts):
    return [Line(text) for text in texts]


def spoken(*texts):
    return [(turn.speaker, turn.text) for turn in turns(lines(*texts))]


def test_turns_end_at_the_next_head():
    assert spoken("Chủ tọa: Xin mời.", "", "Đ/c Hoa:", "Tiền ít.", "Việc nhiều.", "Chủ tọa: Cảm ơn.") == [
        ("Chủ tọa", "Xin mời."),
        ("Đ/c Hoa", "Tiền ít.\nViệc nhiều."),
        ("Chủ tọa", "Cảm ơn."),
    ]


def test_turns_keep_what_stands_before_the_first_head():
    assert spoken("BIÊN BẢN", "", "Chủ tọa: Xin mời.")[0] == ("", "BIÊN BẢN")


def test_turns_number_the_paragraphs_on_which_the_text_stands():
    made = turns(lines("BIÊN BẢN", "", "Chủ tọa:", "", "Xin mời.", "Bắt đầu.", "Đ/c Hoa: Vâng."))
    assert [(turn.first, turn.last) for turn in made] == [(1, 1), (3, 4), (5, 5)]


def test_turns_leave_out_directions_and_times_beside_the_words():
    texts = [
        "Chủ tọa: [00:00:05] Xin mời. (Vỗ tay)",
        "(Cả hội trường vỗ tay)",
        "[00:01:12]",
        "Nói đi (cười) nào.",
        "Hết.",
    ]
    assert spoken(*texts) == [("Chủ tọa", "Xin mời.\nNói đi (cười) nào.\nHết.")]


def test_turns_number_paragraphs_past_a_direction():
    (turn,) = turns(lines("Chủ tọa: Xin mời.", "", "(Vỗ tay)", "Hết."))
    assert turn.paragraphs == ((0, 1), (10, 3))
    assert turn.text[10:] == "Hết."


def test_turns_keep_sentences_before_the_first_head_as_said():
    assert turns(lines("Chi bộ họp đều.", "Chủ tọa: Xin mời."))[0].is_said


def test_turns_take_the_frame_of_minutes_for_said_by_nobody():
    made = turns(
        lines(
            "BIÊN BẢN",
            "Hôm nay, ngày 05/3/2026, tại nhà văn hóa thôn.",
            "1. Thành phần: 12 người.",
            "Chủ tọa: Xin mời.",
            "Đ/c Hoa: Tiền ít.",
            "Cuộc họp kết thúc vào hồi 17 giờ cùng ngày.",
            "THƯ KÝ",
        )
    )
    assert [(turn.is_said, turn.first, turn.last) for turn in made] == [
        (False, 1, 3),
        (True, 4, 4),
        (True, 5, 5),
        (False, 6, 7),
    ]


HEAD_BLOCK = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập – Tự do – Hạnh phúc",
    "BIÊN BẢN HỌP CHI BỘ",
    "Thời gian: 19h30 ngày 05/3/2026.",
    "Địa điểm: nhà văn hóa thôn Nà Sầm.",
    "Chủ trì: đ/c An, Bí thư chi bộ.",
)


@pytest.mark.parametrize("time", ["19h35. ", "19 giờ 35: ", "(19h35) ", "19 giờ 35 phút. ", ""])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_turns_pass_over_a_time_before_a_head(time, form):
    talk = (f"{time}Đ/c An (Bí thư): Mời các bác.", f"{time}Ông Ba: Đường xấu.")
    made = turns(lines(*(unicodedata.normalize(form, text) for text in (*HEAD_BLOCK, *talk))))
    assert [(turn.speaker, turn.is_said, turn.first) for turn in made] == [
        ("", False, 1),
        ("Đ/c An (Bí thư)", True, 7),
        ("Ông Ba", True, 8),
    ]
    assert unicodedata.normalize("NFC", made[1].text) == "Mời các bác."


def test_turns_leave_out_formulas_of_minutes_behind_a_time():
    made = turns(lines("19h30. Hội nghị bắt đầu.", "19h35. Đ/c An: Mời các bác.", "21h15. Hội nghị kết thúc."))
    assert [(turn.speaker, turn.is_said) for turn in made] == [("", False), ("Đ/c An", True), ("", False)]


@pytest.mark.parametrize(
    "pause", ["Nghỉ giải lao 10 phút.", "(Hội nghị nghỉ giải lao 15 phút)", "20h30. Nghỉ giữa giờ"]
)
def test_turns_leave_out_a_pause_that_stands_alone(pause):
    assert spoken("Đ/c An: Tiền ít.", pause, "Đ/c Hoa: Việc nhiều.") == [
        ("Đ/c An", "Tiền ít."),
        ("Đ/c Hoa", "Việc nhiều."),
    ]


def test_turns_keep_a_pause_that_is_announced():
    assert spoken("Chủ tọa: Nghỉ giải lao 10 phút.") == [("Chủ tọa", "Nghỉ giải lao 10 phút.")]
    assert spoken("Chủ tọa: Vâng.", "Mời cả nhà giải lao 10 phút.")[0][1].endswith("10 phút.")


def test_turns_need_more_than_one_plausible_head():
    assert [turn.speaker for turn in turns(lines("Bà Sáu: tôi nhất trí.", "Chi bộ họp đều."))] == [""]


def test_turns_are_found_by_one_unmistakable_head():
    assert [turn.speaker for turn in turns(lines("Đồng chí Sáu: tôi nhất trí.", "Chi bộ họp đều."))] == ["Đồng chí Sáu"]


def test_turns_take_an_unknown_name_in_capitals_only_when_it_comes_again():
    assert [turn.speaker for turn in turns(lines("LAN: Vâng.", "TƯ: Không.", "LAN: Thế à."))] == ["LAN", "LAN"]
    assert [turn.speaker for turn in turns(lines("LAN: Vâng.", "TƯ: Không."))] == [""]


def test_turns_of_a_paper_are_its_whole_text():
    (turn,) = turns(lines("THAM LUẬN", "", "I. THỰC TRẠNG:", "Kiến nghị: tăng phụ cấp.", ""))
    assert turn.text == "THAM LUẬN\n\nI. THỰC TRẠNG:\nKiến nghị: tăng phụ cấp.\n"
    assert (turn.first, turn.last) == (1, 3)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(HEAD_LINES + CASES["not_heads"] + CASES["not_lone_heads"] + ["Tiền ít."]), min_size=2))
def test_turns_lose_nothing_but_heads(texts):
    whole = "\n".join(texts)
    made = turns(lines(*texts))
    assert all(turn.text in whole for turn in made)
    assert sum(turn.text.count("Tiền ít.") for turn in made) == whole.count("Tiền ít.")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Người trình bày: Nông Thị Hoa", "Nông Thị Hoa"),
        ("Tác giả: Nông Thị Hoa - Bí thư chi bộ khối 3", "Nông Thị Hoa"),
        ("(Tham luận của đồng chí Nông Thị Hoa, Bí thư chi bộ)", "đồng chí Nông Thị Hoa"),
        ("THAM LUẬN CỦA ĐỒNG CHÍ NÔNG THỊ HOA", "ĐỒNG CHÍ NÔNG THỊ HOA"),
        ("**Người viết:** Nông Thị Hoa", "Nông Thị Hoa"),
        ("Tham luận của Hội Phụ nữ phường tại hội thảo", "Hội Phụ nữ phường"),
        ("Tham luận của chi bộ chúng tôi nói về kinh phí", ""),
        ("Tác giả cho rằng kinh phí còn ít", ""),
        ("Hội thảo khoa học", ""),
    ],
)
@pytest.mark.parametrize("before", [1, 20])
def test_author_is_named_in_the_first_or_last_lines(line, name, before):
    assert author(lines(*["Chi bộ họp đều."] * before, line)) == name


def test_author_is_not_looked_for_in_the_middle():
    assert author(lines(*["Chi bộ họp đều."] * 20, "Tác giả: Hoa", *["Chi bộ họp đều."] * 20)) == ""


def test_turns_of_a_newspaper_article_are_one():
    path = SHARED / "data" / "seed" / "hoi-thao-lang-son.txt"
    if not path.exists():
        pytest.skip("needs the article in ../shared/data/seed")
    assert len(turns(lines(*path.read_text(encoding="utf-8").split("\n")))) == 1
