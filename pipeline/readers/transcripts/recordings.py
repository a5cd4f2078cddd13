"""Recordings: the timed cues of a subtitle or a speech recogniser -> who spoke, what, from when on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thamluan.pipeline.letters import ends_as_sentence
from thamluan.pipeline.readers.documents.lines import Line
from thamluan.pipeline.readers.transcripts.directions import spoken_span
from thamluan.pipeline.readers.transcripts.heads import Head, heads

PAUSE_SECONDS = 2.0  # of silence, behind a whole sentence: where nobody is named, another may be speaking
LONG_PAUSE_SECONDS = 5.0  # of silence wherever it falls


@dataclass(frozen=True)
class Cue:
    """What was heard from `start` to `end`, in seconds; `speaker` is "" where none is named.

    `is_answer` says that somebody else begins to speak, who is not named.
    """

    start: float
    end: float
    text: str
    speaker: str = ""
    is_answer: bool = False


@dataclass(frozen=True)
class Recording:
    """The cues of a file in its order. Notes tell the user of oddities; `encoding` is as in `FileRead`."""

    cues: tuple[Cue, ...]
    notes: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True)
class Talk:
    """What one speaker says in one go: the texts of the cues, joined with a space; cue i begins at `offsets[i]`."""

    speaker: str
    cues: tuple[Cue, ...]

    @property
    def text(self) -> str:
        return " ".join(cue.text for cue in self.cues)

    @property
    def offsets(self) -> tuple[int, ...]:
        offsets, offset = [], 0
        for cue in self.cues:
            offsets.append(offset)
            offset += len(cue.text) + 1
        return tuple(offsets)


def talks(recording: Recording) -> tuple[Talk, ...]:
    """Join cues into what a speaker says in one go.

    Speakers are those the file names, else those named in the texts ("Chủ tọa: ..."). An answer begins a talk of one
    who is not named. Where nobody is named at all, a talk ends at a pause of `PAUSE_SECONDS` behind a whole sentence,
    or of `LONG_PAUSE_SECONDS`. Directions and noises are left out.

    >>> cues = [Cue(0, 2, "Chủ tọa: Mời các bác."), Cue(2, 3, "Ai nói trước?"), Cue(4, 6, "Bà Sáu: Tui xin nói.")]
    >>> [(talk.speaker, talk.text) for talk in talks(Recording(tuple(cues)))]
    [('Chủ tọa', 'Mời các bác. Ai nói trước?'), ('Bà Sáu', 'Tui xin nói.')]
    """
    cues = list(recording.cues)
    is_named = any(cue.speaker for cue in cues)
    if not is_named:
        cues, is_named = _named_in_text(cues)
    heard = [cue for cue in map(_spoken, cues) if cue.text]
    ends = [number for number, (cue, after) in enumerate(pairwise(heard), 1) if _ends(cue, after, is_named=is_named)]
    starts = [0, *ends]
    return tuple(
        Talk(heard[start].speaker, tuple(heard[start:end]))
        for start, end in zip(starts, [*ends, len(heard)], strict=True)
        if start < end
    )


def _ends(cue: Cue, after: Cue, *, is_named: bool) -> bool:
    if after.is_answer:
        return True
    if is_named:
        return cue.speaker != after.speaker
    pause = after.start - cue.end
    return pause >= LONG_PAUSE_SECONDS or (pause >= PAUSE_SECONDS and ends_as_sentence(cue.text))


def _spoken(cue: Cue) -> Cue:
    """Take line breaks, which only fit a cue to the screen, and directions out of the text of a cue."""
    text = " ".join(line for line in map(_trimmed, cue.text.split("\n")) if line)
    return replace(cue, text=text)


def _trimmed(line: str) -> str:
    start, end = spoken_span(line)
    said = line[start:end].strip()
    return said if any(map(str.isalnum, said)) else ""  # "- (vỗ tay)"


def _named_in_text(cues: Sequence[Cue]) -> tuple[list[Cue], bool]:
    """Find the speakers in the texts themselves, by the heads of turns; a cue in which a turn begins is parted."""
    lines = [line for cue in cues for line in _lines(cue)]
    found = {head.line: head for head in heads([Line(cue.text) for cue in lines])}
    return list(_with_speakers(lines, found)), bool(found)


def _lines(cue: Cue) -> Iterator[Cue]:
    texts = filter(None, map(str.strip, cue.text.split("\n")))
    for number, text in enumerate(texts):
        yield replace(cue, text=text, is_answer=cue.is_answer and not number)


def _with_speakers(lines: Iterable[Cue], found: dict[int, Head]) -> Iterator[Cue]:
    speaker = ""
    for number, cue in enumerate(lines):
        head = found.get(number)
        if head is not None:
            speaker = head.speaker
            yield replace(cue, speaker=speaker, text=head.rest.strip(), is_answer=False)
        else:
            speaker = "" if cue.is_answer else speaker
            yield replace(cue, speaker=speaker)
