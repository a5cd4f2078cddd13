import json

import pytest

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.tables.table import TableFile
from thamluan.pipeline.readers.transcripts.recognised import read_recognised
from thamluan.pipeline.readers.transcripts.recordings import Cue

SEGMENTS = [{"id": 0, "start": 0.0, "end": 2.5, "text": " Tiền ít."}, {"start": 3, "end": 4, "text": "Việc nhiều."}]
CUES = (Cue(0.0, 2.5, "Tiền ít."), Cue(3.0, 4.0, "Việc nhiều."))


def content(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return read_recognised(path)


@pytest.mark.parametrize(
    "value",
    [
        {"text": "", "segments": SEGMENTS, "language": "vi"},
        SEGMENTS,
        {
            "transcription": [
                {"offsets": {"from": 0, "to": 2500}, "text": " Tiền ít."},
                {"offsets": {"from": 3000, "to": 4000}, "text": " Việc nhiều."},
            ]
        },
        {
            "chunks": [
                {"timestamp": [0.0, 2.5], "text": " Tiền ít."},
                {"timestamp": [3.0, 4.0], "text": " Việc nhiều."},
            ]
        },
    ],
    ids=["whisper", "bare", "whisper.cpp", "transformers"],
)
def test_read_recognised_reads_every_shape(tmp_path, value):
    assert content(tmp_path / "a.json", value).cues == CUES


def test_read_recognised_reads_speakers(tmp_path):
    value = {"segments": [SEGMENTS[0] | {"speaker": "SPEAKER_00"}, SEGMENTS[1] | {"speaker": None}]}
    assert [cue.speaker for cue in content(tmp_path / "a.json", value).cues] == ["SPEAKER_00", ""]


def test_read_recognised_ends_what_was_cut_off_where_it_starts(tmp_path):
    value = {"chunks": [{"timestamp": [3.0, None], "text": "Tiền"}]}
    assert content(tmp_path / "a.json", value).cues == (Cue(3.0, 3.0, "Tiền"),)


def test_read_recognised_reads_a_list_of_records_as_a_table(tmp_path):
    file = content(tmp_path / "a.json", [{"Khối": "5", "Ý kiến": "tiền ít"}, 3, {"Khối": 6}])
    assert isinstance(file, TableFile)
    (table,) = file.tables
    assert table.rows.to_numpy().tolist() == [["5", "tiền ít"], ["6", ""]]
    assert table.numbers == (1, 3)
    assert [rejection.row for rejection in table.rejected] == [2]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('{"segments": [', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ({"a": 1}, "neither a transcript nor a list of records"),
        (3, "neither a transcript nor a list of records"),
        ([], "holds no segment with words"),
        ([1, 2], "holds no JSON object"),
        ({"segments": []}, "holds no segment with words"),
        ({"segments": [{"start": 0, "end": 1}]}, "number 1"),
        ({"segments": [*SEGMENTS, {"start": "x", "end": 1, "text": "a"}]}, "number 3"),
        ('{"segments": [{"start": NaN, "end": 1, "text": "a"}]}', "number 1"),
        ({"segments": [3]}, "number 1"),
    ],
)
def test_read_recognised_refuses_what_it_cannot_read(tmp_path, value, message):
    with pytest.raises(InputError, match=message):
        content(tmp_path / "a.json", value)
