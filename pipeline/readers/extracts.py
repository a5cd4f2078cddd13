"""Extracts: one file, opened -> its contributions, what of it was rejected, and the account of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import ColumnError, InputError, ThamluanError
from thamluan.pipeline.readers import places
from thamluan.pipeline.readers.documents.lines import Document
from thamluan.pipeline.readers.sources import Source
from thamluan.pipeline.readers.tables.answers import Contribution, attributes, contributions, united
from thamluan.pipeline.readers.tables.questions import Chosen, choose
from thamluan.pipeline.readers.tables.table import Table, TableFile
from thamluan.pipeline.readers.transcripts.heads import same_person
from thamluan.pipeline.readers.transcripts.recordings import Recording, talks
from thamluan.pipeline.readers.transcripts.turns import Turn, turns
from thamluan.pipeline.settings import Columns

Alike = Mapping[tuple[str, ...], Sequence[Table]]  # all tables of the inputs, by header


@dataclass(frozen=True)
class FileRead:
    """One file that was read.

    `n_read` counts its contributions with the rejected ones, `n_rejected` those alone: a rejected row of a table
    counts once a question, so that `n_read - n_rejected` contributions came of the file.
    """

    source: str
    sha256: str
    kind: str  # "table" or "document"
    questions: tuple[str, ...]
    n_read: int
    n_rejected: int


@dataclass(frozen=True)
class Rejected:
    """A file, sheet or row that could not be read, and why."""

    source: str
    place: str
    error: ThamluanError

    @property
    def reason(self) -> str:
        details = "; ".join((self.error.message, *self.error.problems))
        return f"{details} ({self.error.hint})" if self.error.hint else details


@dataclass(frozen=True)
class Extract:
    """What came of one file; `attributes` has a row a contribution, `file` is None if nothing could be read."""

    contributions: Sequence[Contribution] = ()
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)
    rejected: Sequence[Rejected] = ()
    file: FileRead | None = None
    notes: Sequence[str] = ()


def of_document(source: Source, document: Document, *, lang: str) -> Extract:
    """Turn a document into a contribution a speaking turn, or one in all.

    A title before the first speaker and what minutes say of themselves nobody said, so they are only noted.
    """
    name = source.name
    found = turns(document.lines)
    pages = [line.page for line in document.lines if line.text.strip()]
    people = same_person(turn.speaker for turn in found)
    spoken = [
        Contribution(
            source=name,
            place=_place(turn, pages=pages, lang=lang),
            speaker=turn.speaker,
            question="",
            text=turn.text,
            respondent=f"{name}#{people[turn.speaker]}" if turn.speaker else name,
            paragraph=turn.first,
            places=_places(turn, pages=pages, lang=lang),
        )
        for turn in found
        if turn.is_said
    ]
    file = FileRead(name, sha256(source.path), "document", (), n_read=len(spoken), n_rejected=0)
    left_out = [_place(turn, pages=pages, lang=lang) for turn in found if not turn.is_said]
    notes = [
        *document.notes,
        *(f"{place}: a title or formulas of minutes, which nobody said, left out" for place in left_out),
    ]
    return Extract(spoken, _no_attributes(spoken), file=file, notes=[f"{name}: {note}" for note in notes])


def of_recording(source: Source, recording: Recording, *, lang: str) -> Extract:
    """Turn what was recorded into a contribution a speaking turn; the places are times, the same in every language."""
    name = source.name
    found = talks(recording)
    people = same_person(talk.speaker for talk in found)
    spoken = [
        Contribution(
            source=name,
            place=places.time(talk.cues[0].start),
            speaker=talk.speaker,
            question="",
            text=talk.text,
            respondent=f"{name}#{people[talk.speaker]}" if talk.speaker else name,
            paragraph=number,
            places=tuple((offset, places.time(cue.start)) for offset, cue in zip(talk.offsets, talk.cues, strict=True)),
        )
        for number, talk in enumerate(found, start=1)
    ]
    if not spoken:
        return Extract(rejected=[Rejected(name, "", InputError("holds no words, only noises and music"))])
    file = FileRead(name, sha256(source.path), "document", (), n_read=len(spoken), n_rejected=0)
    return Extract(spoken, _no_attributes(spoken), file=file, notes=[f"{name}: {note}" for note in recording.notes])


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


def _no_attributes(spoken: Sequence[Contribution]) -> pd.DataFrame:
    return pd.DataFrame(index=range(len(spoken)))


def of_tables(source: Source, file: TableFile, *, columns: Columns, alike: Alike, lang: str) -> Extract:
    """Turn the tables of a file into a contribution a row and question.

    The first table in which columns are found decides the questions; tables with other questions are rejected.
    """
    name = source.name
    chosen, refused = _chosen(file.tables, columns=columns, alike=alike)
    if not chosen:
        return Extract(rejected=[Rejected(name, "", refused[0][1])])
    is_only = len(chosen) == 1
    found = [
        contributions(table, roles, source=name, id_column=_id_column(roles, columns), is_only=is_only, lang=lang)
        for table, roles in chosen
    ]
    sheets = [Rejected(name, places.sheet(table.name, lang=lang), error) for table, error in refused]
    rows = [row for table, _ in chosen for row in _rejected_rows(table, source=name, is_only=is_only, lang=lang)]
    questions = tuple(chosen[0][1].questions)
    n_rejected = len(rows) * len(questions)
    n_read = sum(len(table.numbers) + len(table.rejected) for table, _ in chosen) * len(questions)
    return Extract(
        contributions=[contribution for each in found for contribution in each],
        attributes=united([attributes(table, roles) for table, roles in chosen]),
        rejected=[*sheets, *rows],
        file=FileRead(name, sha256(source.path), "table", questions, n_read=n_read, n_rejected=n_rejected),
        notes=[f"{name}: {note}" for note in (*file.notes, *_title_notes(chosen))],
    )


def _chosen(
    tables: Sequence[Table], *, columns: Columns, alike: Alike
) -> tuple[list[tuple[Table, Chosen]], list[tuple[Table, ThamluanError]]]:
    """Part the tables that have the questions of the first that has any from those that have not."""
    chosen: list[tuple[Table, Chosen]] = []
    refused: list[tuple[Table, ThamluanError]] = []
    for table in tables:
        try:
            roles = choose(table, columns=columns, alike=alike[table.header])
        except ColumnError as error:
            refused.append((table, error))
            continue
        if chosen and set(roles.questions) != set(chosen[0][1].questions):
            refused.append((table, _other_questions(roles, first=chosen[0])))
        else:
            chosen.append((table, roles))
    return chosen, refused


def _other_questions(roles: Chosen, *, first: tuple[Table, Chosen]) -> InputError:
    table, decided = first
    own, others = (", ".join(f"'{name}'" for name in each.questions) for each in (roles, decided))
    return InputError(f"has the open-text columns {own}, but sheet '{table.name}' before it has {others}")


def _id_column(roles: Chosen, columns: Columns) -> str | None:
    return None if columns.id is None else roles.kept.get(columns.id)


def _rejected_rows(table: Table, *, source: str, is_only: bool, lang: str) -> list[Rejected]:
    sheet = "" if is_only else table.name
    return [
        Rejected(source, places.cell(rejection.row, sheet=sheet, lang=lang), InputError(rejection.reason))
        for rejection in table.rejected
    ]


def _title_notes(chosen: Sequence[tuple[Table, Chosen]]) -> list[str]:
    titled = [f" of sheet '{table.name}'" if table.name else "" for table, _ in chosen if table.has_title]
    return [f"the first row{sheet} was taken for a title, the next one for the header" for sheet in titled]
