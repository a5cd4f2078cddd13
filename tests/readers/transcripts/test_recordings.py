import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.readers.transcripts.recordings import Cue, Recording, talks

CUES = st.builds(
    Cue,
    start=st.floats(0, 1e4),
    end=st.floats(0, 1e4),
    text=st.sampled_from(["Chủ tọa: Mời các bác.", "Tiền ít.\nViệc nhiều.", "[Âm nhạc]", "và", ""]),
    speaker=st.sampled_from(["", "SPEAKER_00", "Bà Sáu"]),
)


def said(*cues):
    return [(talk.speaker, talk.text) for talk in talks(Recording(tuple(cues)))]


def test_talks_join_what_a_named_speaker_says():
    cues = [Cue(0, 2, "Mời các bác.", "A"), Cue(9, 10, "Ai nói trước?", "A"), Cue(10, 12, "Tui xin nói.", "B")]
    assert said(*cues) == [("A", "Mời các bác. Ai nói trước?"), ("B", "Tui xin nói.")]


def test_talks_find_the_speakers_in_the_text():
    cues = [Cue(0, 2, "Chủ tọa: Mời các bác\ncho ý kiến."), Cue(2, 3, "Xin mời.\nBà Sáu: Tui xin nói.")]
    assert said(*cues) == [("Chủ tọa", "Mời các bác cho ý kiến. Xin mời."), ("Bà Sáu", "Tui xin nói.")]


@pytest.mark.parametrize(
    ("text", "pause", "n_talks"), [("Tiền ít.", 1, 1), ("Tiền ít.", 2, 2), ("Tiền ít", 2, 1), ("Tiền ít", 5, 2)]
)
def test_talks_end_at_a_pause_where_nobody_is_named(text, pause, n_talks):
    assert len(said(Cue(0, 2, text), Cue(2 + pause, 9, "Việc nhiều."))) == n_talks


def test_talks_leave_out_noises():
    assert said(Cue(0, 2, "[Âm nhạc]"), Cue(2, 3, "(cười) Tiền ít.")) == [("", "Tiền ít.")]


def test_talks_know_when_each_cue_begins():
    (talk,) = talks(Recording((Cue(0, 2, "Tiền ít"), Cue(2, 3, "mà việc nhiều."))))
    assert [talk.text[offset:] for offset in talk.offsets] == ["Tiền ít mà việc nhiều.", "mà việc nhiều."]


@given(st.lists(CUES))
def test_talks_lose_no_word(cues):
    spoken = " ".join(talk.text for talk in talks(Recording(tuple(cues))))
    assert spoken.count("Tiền ít.") == sum("Tiền ít." in cue.text for cue in cues)
