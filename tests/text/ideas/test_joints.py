import pytest

from thamluan.pipeline.text.ideas.joints import goes_on, ideas, is_speech, opens

SPEECH = (
    "thưa các bác tôi xin nói hai việc thứ nhất là loa của khối hỏng từ tết đến giờ chưa ai sửa thứ hai là quỹ khuyến "
    "học năm nay thu chậm quá nhiều nhà bảo để sau rằm mới đóng"
)


def cut(text):
    return [text[start:end] for start, end in ideas(text, 0, len(text))]


def test_ideas_begin_with_what_speakers_begin_with():
    assert [idea.split()[:2] for idea in cut(SPEECH)] == [["thưa", "các"], ["thứ", "nhất"], ["thứ", "hai"]]


def test_ideas_follow_each_other_without_gap():
    assert "".join(cut(SPEECH)) == SPEECH


@pytest.mark.parametrize("n_words", [41, 80, 81, 120, 1000])
def test_ideas_have_8_to_40_syllables_where_nothing_tells_of_joints(n_words):
    lengths = [len(idea.split()) for idea in cut(" ".join(["xyz"] * n_words))]
    assert sum(lengths) == n_words
    assert min(lengths) >= 8
    assert max(lengths) <= 40


def test_ideas_of_forty_syllables_are_one():
    assert len(cut(" ".join(SPEECH.split()[:40]))) == 1


def test_ideas_are_cut_at_commas_where_there_are_some():
    text = "họp thì đông mà bàn thì ít, " * 8
    assert all(idea.rstrip().endswith(",") for idea in cut(text))


def test_ideas_keep_their_opening_bracket():
    text = f"{SPEECH} (ngoài ra tôi đề nghị khối phố mua thêm hai cái loa kéo để dùng khi mất điện)"
    assert any(idea.startswith("(ngoài ra") for idea in cut(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SPEECH, True),
        (SPEECH.capitalize(), True),
        (SPEECH.capitalize() + ".", False),
        (" ".join([SPEECH] * 3).capitalize() + ".", True),
        ("ai nói, ai nghe, " * 12, True),
        ("Ai nói, ai nghe, " * 12, False),
        ("Ai nói, ai nghe, " * 21, True),
        ("Ai nói, ai nghe, " * 21 + "thế thôi.", False),
        (SPEECH[:100], False),
        (". " * 200, False),
    ],
)
def test_speech_is_long_and_unmarked(text, expected):
    assert is_speech(text, 0, len(text)) is expected


@pytest.mark.parametrize(
    ("line", "following"), [("", "họp"), ("!", "họp"), (",", "họp"), ("họp ,", "ít"), ("họp", "!")]
)
def test_a_line_of_one_sign_is_no_error(line, following):
    assert goes_on(line, following) in (True, False)


@pytest.mark.parametrize(
    ("words", "expected"), [(("chúng", "tôi"), True), (("ngoài", "ra"), True), (("của", "tôi"), False)]
)
def test_sentences_open_with_some_words(words, expected):
    assert opens(*words) is expected
