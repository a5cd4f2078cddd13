"""Speeches: a document or a recording -> contributions, a speaking turn each, or one in all."""

from collections.abc import Iterable, Sequence

import pandas as pd

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.readers import places
from thamluan.pipeline.readers.documents.lines import Document
from thamluan.pipeline.readers.extracts import Contribution, Extract, FileRead, Rejected
from thamluan.pipeline.readers.sources import Source
from thamluan.pipeline.readers.transcripts.names import same_person
from thamluan.pipeline.readers.transcripts.recordings import Recording, talks
from thamluan.pipeline.readers.transcripts.turns import Turn, turns


def of_document(source: Source, document: Document, *, lang: str) -> Extract:
    """Turn a document into a contribution a speaking turn, or one in all.

    A title before the first speaker and what minutes say of themselves nobody said, so they are only noted.
    """
    found = turns(document.lines)
    pages = [line.page for line in document.lines if line.text.strip()]
    respondents = _respondents(source, (turn.speaker for turn in found))
    spoken = [
        Contribution(
            source=source.name,
            place=_place(turn, pages=pages, lang=lang),
            speaker=turn.speaker,
            question="",
            text=turn.text,
            respondent=respondents[turn.speaker],
            paragraph=turn.first,
            places=_places(turn, pages=pages, lang=lang),
        )
        for turn in found
        if turn.is_said
    ]
    left_out = [_place(turn, pages=pages, lang=lang) for turn in found if not turn.is_said]
    unsaid = [f"{place}: a title or formulas of minutes, which nobody said, left out" for place in left_out]
    return _extract(source, spoken, notes=(*document.notes, *unsaid), encoding=document.encoding)


def of_recording(source: Source, recording: Recording, *, lang: str) -> Extract:
    """Turn what was recorded into a contribution a speaking turn; the places are times, the same in every language."""
    found = talks(recording)
    respondents = _respondents(source, (talk.speaker for talk in found))
    spoken = [
        Contribution(
            source=source.name,
            place=places.time(talk.cues[0].start),
            speaker=talk.speaker,
            question="",
            text=talk.text,
            respondent=respondents[talk.speaker],
            paragraph=number,
            places=tuple((offset, places.time(cue.start)) for offset, cue in zip(talk.offsets, talk.cues, strict=True)),
        )
        for number, talk in enumerate(found, start=1)
    ]
    if not spoken:
        return Extract(rejected=[Rejected(source.name, "", InputError("holds no words, only noises and music"))])
    return _extract(source, spoken, notes=recording.notes, encoding=recording.encoding)


def _respondents(source: Source, speakers: Iterable[str]) -> dict[str, str]:
    """Give each speaker a respondent; whoever is not named is the file's own."""
    return {
        speaker: f"{source.name}#{person}" if speaker else source.name
        for speaker, person in same_person(speakers).items()
    }


def _extract(source: Source, spoken: Sequence[Contribution], *, notes: Sequence[str], encoding: str) -> Extract:
    return Extract(
        contributions=spoken,
        attributes=pd.DataFrame(index=range(len(spoken))),
        file=FileRead(source.name, sha256(source.path), "document", (), len(spoken), 0, encoding),
        notes=[f"{source.name}: {note}" for note in notes],
    )


def _place(turn: Turn, *, pages: Sequence[int], lang: str) -> str:
    first, last = (pages[number - 1] for number in (turn.first, turn.last))
    if first:
        return places.run(first, last, of="page", lang=lang)
    return places.run(turn.first, turn.last, of="paragraph", lang=lang)


def _places(turn: Turn, *, pages: Sequence[int], lang: str) -> tuple[places.Stretch, ...]:
    """Name the page or paragraph of every stretch of a turn."""
    of = "page" if pages[turn.first - 1] else "paragraph"
    numbered = [(offset, pages[number - 1] or number) for offset, number in turn.paragraphs]
    return tuple((offset, places.run(number, number, of=of, lang=lang)) for offset, number in numbered)
