"""Recognised speech: the `.json` that Whisper and its kin write -> what was heard, and when."""

import json
from collections.abc import Callable, Mapping
from math import isfinite
from pathlib import Path

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.encodings import decode
from thamluan.pipeline.readers.tables.records import list_table
from thamluan.pipeline.readers.tables.table import TableFile
from thamluan.pipeline.readers.transcripts.recordings import Cue, Recording

# object: whatever JSON can hold.
Segment = Mapping[str, object]

# Where programs put their segments, and in a segment start and end, in seconds.
SEGMENTS: dict[str, Callable[[Segment], tuple[float, float]]] = {
    "segments": lambda segment: (segment["start"], segment["end"]),  # openai-whisper, faster-whisper, WhisperX
    "transcription": lambda segment: tuple(segment["offsets"][end] / 1000 for end in ("from", "to")),  # whisper.cpp
    "chunks": lambda segment: tuple(segment["timestamp"]),  # the pipeline of transformers
}


def read_recognised(path: Path) -> Recording | TableFile:
    """Read the segments of a speech recogniser, with the speakers it names; or a list of records, as a table.

    A list of segments by itself is read as segments.

    Raises `InputError` for a file that is empty, no JSON, JSON of another kind, or holds no words.
    """
    decoded = decode(path.read_bytes(), expected="JSON")
    try:
        content = json.loads(decoded.text)
        if isinstance(content, list) and not all(map(_is_segment, content)):
            return TableFile((list_table(decoded.text),), notes=decoded.notes, encoding=decoded.encoding)
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON, or is cut short") from error
    named = {"segments": content} if isinstance(content, list) else content
    name = next((name for name in SEGMENTS if isinstance(named, dict) and isinstance(named.get(name), list)), None)
    if name is None:
        raise InputError(
            "holds JSON that is neither a transcript nor a list of records",
            hint=f"a transcript has a list named {', '.join(SEGMENTS)}",
        )
    cues = tuple(_cue(segment, number, span_of=SEGMENTS[name]) for number, segment in enumerate(named[name], start=1))
    if not any(cue.text for cue in cues):
        raise InputError("holds no segment with words")
    return Recording(cues, notes=decoded.notes, encoding=decoded.encoding)


# object: whatever JSON can hold.
def _is_segment(value: object) -> bool:
    return isinstance(value, dict) and {"start", "end", "text"} <= value.keys() and not isinstance(value["start"], str)


def _cue(segment: Segment, number: int, *, span_of: Callable[[Segment], tuple[float, float]]) -> Cue:
    """Make a cue of a segment; an end that was not heard is its start."""
    try:
        start, end = span_of(segment)
        text, speaker = segment["text"], segment.get("speaker")
        start = float(start)
        end = start if end is None else float(end)
        if not (isinstance(text, str) and isfinite(start) and isfinite(end) and start >= 0):
            raise ValueError
        text.encode("utf-8")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"has a segment without start, end or text: number {number}") from error
    return Cue(start, end, text.strip(), "" if speaker is None else " ".join(str(speaker).split()))
