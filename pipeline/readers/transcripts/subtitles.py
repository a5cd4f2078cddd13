"""Subtitles: `.srt` and `.vtt` -> what was heard, and when."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers.encodings import decode
from thamluan.pipeline.readers.transcripts.recordings import Cue, Recording

if TYPE_CHECKING:
    from webvtt import Caption

VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>")
TAG = re.compile(r"</?(?:[a-z]+\d*|\d[\d:.]*)(?:[.\s][^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)  # also {\an8}
ROLLING_SECONDS = 0.5  # between a cue and the next that shows its last lines again
DASH = re.compile(r"\s*[-‐‑–—]\s*(?=[^\W\d])")  # before what one of several says
ENTITY = re.compile(r"&(amp|lt|gt|nbsp|lrm|rlm);")
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "nbsp": " ", "lrm": "", "rlm": ""}


def read_subtitles(path: Path) -> Recording:
    """Read the cues of a subtitle file: tags are dropped, voices (`<v Bà Sáu>`) are speakers.

    Lines that roll on to the next cue, as in live captions, are read once. In a file in which lines of one cue begin
    with dashes, a dash opens the turn of somebody who is not named, unless a name follows it.

    Raises `InputError` for a file that is empty, no text, or holds no cue with words.
    """
    from webvtt import WebVTT
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    kind = path.suffix.lower().lstrip(".")
    decoded = decode(path.read_bytes(), expected="a subtitle file")
    try:
        captions = WebVTT.from_buffer(io.StringIO(decoded.text.lstrip()), format=kind).captions
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise InputError(f"is not a subtitle file (.{kind}), whatever its name says") from error
    whole = [cue for caption in captions for cue in _cues(caption)]
    cues = tuple(_parted(_rolled(whole), whole=whole))
    if not cues:
        raise InputError("holds no cue with words")
    return Recording(cues, notes=decoded.notes, encoding=decoded.encoding)


def _cues(caption: "Caption") -> Iterator[Cue]:
    """Give a cue a voice of a caption."""
    named, voice = [], ""
    for line in caption.raw_text.split("\n"):
        parts = VOICE.split(line)
        named.append((voice, parts[0]))
        for name, said in zip(parts[1::2], parts[2::2], strict=True):
            voice = " ".join(name.split())
            named.append((voice, said))
    for speaker, lines in groupby(named, key=lambda pair: pair[0]):
        text = "\n".join(filter(str.strip, (_plain(line) for _, line in lines)))
        if text:
            yield Cue(_seconds(caption.start), _seconds(caption.end), text, speaker)


def _plain(line: str) -> str:
    return ENTITY.sub(lambda entity: ENTITIES[entity[1]], TAG.sub("", line))


def _seconds(stamp: str) -> float:
    """Read a time as webvtt writes it.

    >>> _seconds("00:12:05.250")
    725.25
    """
    hours, minutes, seconds = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _rolled(cues: list[Cue]) -> Iterator[Cue]:
    """Drop from each cue the first lines that end the cue before it, when that lasts up to it."""
    last: list[str] = []
    last_end = -1.0
    for cue in cues:
        lines = [line.strip() for line in cue.text.split("\n")]
        is_next = cue.start - last_end < ROLLING_SECONDS
        n_again = max((n for n in range(1, len(lines) + 1) if is_next and lines[:n] == last[-n:]), default=0)
        last, last_end = lines, cue.end
        if lines[n_again:]:
            yield Cue(cue.start, cue.end, "\n".join(lines[n_again:]), cue.speaker)


def _parted(cues: Iterable[Cue], *, whole: Iterable[Cue]) -> Iterator[Cue]:
    """Part the cues of a file in which several speak at once, a line with a dash each; `whole` are those that show it.

    A lone dash in a file without such a cue may be the mark of a list.
    """
    has_dialogue = any(sum(map(_opens, cue.text.split("\n"))) > 1 for cue in whole if not cue.speaker)
    for cue in cues:
        if not has_dialogue or cue.speaker:
            yield cue
            continue
        lines = cue.text.split("\n")
        starts = [0, *(number for number, line in enumerate(lines) if number and _opens(line)), len(lines)]
        for start, end in pairwise(starts):
            yield replace(cue, text="\n".join(lines[start:end]), is_answer=_opens(lines[start]))


def _opens(line: str) -> bool:
    return DASH.match(line) is not None
