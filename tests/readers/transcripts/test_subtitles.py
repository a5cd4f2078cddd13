import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.transcripts.recordings import Cue, talks
from thamluan.pipeline.readers.transcripts.subtitles import read_subtitles


def cues(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return list(read_subtitles(path).cues)


def test_read_subtitles_reads_srt(tmp_path):
    text = "1\n00:00:01,000 --> 00:00:03,500\nMời các bác\ncho ý kiến.\n\n2\n01:12:05,250 --> 01:12:09,000\nVâng.\n"
    assert cues(tmp_path / "a.srt", text) == [Cue(1.0, 3.5, "Mời các bác\ncho ý kiến."), Cue(4325.25, 4329.0, "Vâng.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_read_subtitles_finds_the_encoding_and_line_ends(tmp_path, encoding):
    raw = "1\r\n00:00:01,000 --> 00:00:02,000\r\nTiền ít.\r\n".encode(encoding)
    assert [cue.text for cue in cues(tmp_path / "a.srt", raw)] == ["Tiền ít."]


def test_read_subtitles_drops_tags(tmp_path):
    text = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Tiền</i> <font color=red>ít</font> < 5 triệu\n"
    assert [cue.text for cue in cues(tmp_path / "a.srt", text)] == ["Tiền ít < 5 triệu"]


def test_read_subtitles_reads_voices_of_vtt(tmp_path):
    text = (
        "WEBVTT - họp\n\nNOTE ghi chú\n\nx\n00:01.000 --> 00:04.000 align:start\n<v Chủ tọa>Mời &amp; nghe.</v>\n"
        "<v.to Bà Sáu>Tui <00:02.000><c.vàng>xin</c> nói.\n"
    )
    assert cues(tmp_path / "a.vtt", text) == [
        Cue(1.0, 4.0, "Mời & nghe.", "Chủ tọa"),
        Cue(1.0, 4.0, "Tui xin nói.", "Bà Sáu"),
    ]


def test_read_subtitles_reads_rolling_lines_once(tmp_path):
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nTiền ít\n\n00:02.000 --> 00:03.000\nTiền ít\nviệc nhiều\n\n"
        "00:03.000 --> 00:04.000\nviệc nhiều\n\n00:09.000 --> 00:10.000\nviệc nhiều\n"
    )
    assert [cue.text for cue in cues(tmp_path / "a.vtt", text)] == ["Tiền ít", "việc nhiều", "việc nhiều"]


def talked(path, *texts):
    mark = "WEBVTT\n\n" if path.suffix == ".vtt" else ""
    stamps = (f"00:00:0{n}.000 --> 00:00:0{n + 1}.000".replace(".", "." if mark else ",") for n in range(len(texts)))
    cues = (f"{n}\n{stamp}\n{text}\n" for n, (stamp, text) in enumerate(zip(stamps, texts, strict=True), start=1))
    path.write_text(mark + "\n".join(cues), encoding="utf-8", newline="\n")
    return [(talk.speaker, talk.text) for talk in talks(read_subtitles(path))]


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_dashes_open_turns_of_speakers_without_a_name(tmp_path, name):
    texts = ["Chủ tọa: Ai đồng ý\nvới mức này?", "- Tôi đồng ý.\n- Tôi không đồng ý\nvới anh.", "Chủ tọa: Cảm ơn."]
    assert talked(tmp_path / name, *texts) == [
        ("Chủ tọa", "Ai đồng ý với mức này?"),
        ("", "- Tôi đồng ý."),
        ("", "- Tôi không đồng ý với anh."),
        ("Chủ tọa", "Cảm ơn."),
    ]


def test_dashes_open_turns_behind_a_voice(tmp_path):
    texts = ["<v Chủ tọa>Ai đồng ý?</v>", "- Tôi đồng ý.\n- Tôi không."]
    assert talked(tmp_path / "a.vtt", *texts)[1:] == [("", "- Tôi đồng ý."), ("", "- Tôi không.")]


def test_dashes_open_turns_where_nobody_is_named(tmp_path):
    assert [text for _, text in talked(tmp_path / "a.srt", "- Tiền ít.\n- Việc nhiều.", "- Vâng.")] == [
        "- Tiền ít.",
        "- Việc nhiều.",
        "- Vâng.",
    ]


def test_a_name_behind_a_dash_is_the_speaker(tmp_path):
    texts = ["Chủ tọa: Ai đồng ý?", "- Bà Sáu: Tui đồng ý.\n- Tôi không."]
    assert talked(tmp_path / "a.srt", *texts)[1:] == [("Bà Sáu", "Tui đồng ý."), ("", "- Tôi không.")]


def test_a_lone_dash_opens_no_turn(tmp_path):
    texts = ["Chủ tọa: Có hai việc.", "- Phụ cấp thấp.", "- 5 người nghỉ."]
    assert len(talked(tmp_path / "a.srt", *texts)) == 1


def test_the_same_answer_of_two_is_read_twice(tmp_path):
    assert len(talked(tmp_path / "a.srt", "- Đồng ý.\n- Đồng ý.")) == 2


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.srt", "bài\n", r"is not a subtitle file \(\.srt\)"),
        ("a.vtt", "1\n00:00:01,000 --> 00:00:02,000\na\n", r"is not a subtitle file \(\.vtt\)"),
        ("a.vtt", "WEBVTT\n", "no cue with words"),
        ("a.srt", "", "is empty"),
    ],
)
def test_read_subtitles_refuses_what_it_cannot_read(tmp_path, name, text, message):
    with pytest.raises(InputError, match=message):
        cues(tmp_path / name, text)
