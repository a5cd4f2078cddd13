"""The exchange files of REFI-QDA, which NVivo, ATLAS.ti, MAXQDA, QualCoder and others open.

Source: Rotterdam Exchange Format Initiative (2019), REFI-QDA Standard 1.5, schemas 1.0.
"""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from thamluan.pipeline.report.exchange_codes import STANCE, THEME, code_guid, codes
from thamluan.pipeline.report.exchange_sources import Selection, TextSource, text_sources
from thamluan.pipeline.report.exchange_xml import CODEBOOK_SPACE, PROJECT_SPACE, document, guid, maker, valid
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.method import method
from thamluan.pipeline.report.page import lead
from thamluan.pipeline.report.report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element

MADE = "1980-01-01T00:00:00Z"  # the earliest that a zip file can tell; the same report gives the same bytes
ZIP_MADE = (1980, 1, 1, 0, 0, 0)
UNIX, PLAIN_FILE = 3, 0o100644 << 16  # so that the file is the same from every system
MACHINE, PEOPLE = (guid("user", name) for name in ("coder_machine", "coder_people"))


def codebook_qdc(report: Report) -> bytes:
    """Write the themes and stances with their definitions, as a codebook that other programs import."""
    make = maker(CODEBOOK_SPACE)
    return document(
        make.CodeBook(codes(report.codebook, make, lang=report.lang), origin=origin(report)), CODEBOOK_SPACE
    )


def project_qdpx(report: Report) -> bytes:
    """Write the texts with their codes, as a project that other programs open.

    An answer to a question is a source of its own with its columns as variables; the turns of a document are one
    source, in which each speaker stands before the turn. Units are selections by offsets of code points, without the
    end. A code is the machine's or, where people have corrected the contribution, theirs. Answers without
    text are left out.
    """
    sources = text_sources(report)
    note = guid("note", report.codebook.id)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        _add(packed, "project.qde", document(project(report, sources, note=note), PROJECT_SPACE))
        _add(packed, f"Sources/{note}.txt", method_text(report).encode())
        for source in sources:
            _add(packed, f"Sources/{source.guid}.txt", source.text.encode())
    return file.getvalue()


def project(report: Report, sources: Sequence[TextSource], *, note: str) -> "_Element":
    """Build the tree of a project, in the order that the schema asks for; `note` is the note on method."""
    make, words = maker(PROJECT_SPACE), WORDS[report.lang]
    parts = [
        make.Users(
            make.User(guid=MACHINE, name=words["coder_machine"]), make.User(guid=PEOPLE, name=words["coder_people"])
        ),
        make.CodeBook(codes(report.codebook, make, lang=report.lang)),
        *_unless_empty("Variables", _variables(sources)),
        *_unless_empty("Cases", _cases(sources)),
        *_unless_empty("Sources", (_source(source, report) for source in sources)),
        make.Notes(
            make.Note(
                guid=note,
                name=words["method"],
                plainTextPath=f"internal://{note}.txt",
                creatingUser=MACHINE,
                creationDateTime=MADE,
            )
        ),
        make.Description(valid(" ".join(lead(report)))),
        make.NoteRef(targetGUID=note),
    ]
    by = {"creatingUserGUID": MACHINE, "creationDateTime": MADE}
    return make.Project(*parts, name=words["title"], origin=origin(report), **by)


def _unless_empty(name: str, children: Iterator["_Element"]) -> list["_Element"]:
    """Build an element that the schema does not allow without children."""
    found = list(children)
    return [maker(PROJECT_SPACE)(name, *found)] if found else []


def _variables(sources: Sequence[TextSource]) -> Iterator["_Element"]:
    """Build the variables of the sources, each once."""
    make = maker(PROJECT_SPACE)
    for name in dict.fromkeys(name for source in sources for name in source.variables):
        yield make.Variable(guid=guid("variable", name), name=valid(name), typeOfVariable="Text")


def _cases(sources: Sequence[TextSource]) -> Iterator["_Element"]:
    """Build a case a respondent who is known by an id, with what they said."""
    make = maker(PROJECT_SPACE)
    said: dict[str, list[str]] = {}
    for source in sources:
        if source.respondent:
            said.setdefault(source.respondent, []).append(source.guid)
    for respondent, guids in said.items():
        refs = (make.SourceRef(targetGUID=id) for id in guids)
        yield make.Case(*refs, guid=guid("case", respondent), name=valid(respondent))


def _source(source: TextSource, report: Report) -> "_Element":
    """Build a source with its coded selections and the values of its variables."""
    make = maker(PROJECT_SPACE)
    values = (
        make.VariableValue(make.VariableRef(targetGUID=guid("variable", name)), make.TextValue(valid(value)))
        for name, value in source.variables.items()
    )
    return make.TextSource(
        *(_selection(selection, report, source=source.guid) for selection in source.selections),
        *values,
        guid=source.guid,
        name=source.name,
        plainTextPath=f"internal://{source.guid}.txt",
        creatingUser=MACHINE,
        creationDateTime=MADE,
    )


def _selection(selection: Selection, report: Report, *, source: str) -> "_Element":
    """Build a selection with a coding for each of its themes and its stance."""
    make = maker(PROJECT_SPACE)
    by = {"creatingUser": PEOPLE if selection.is_corrected else MACHINE, "creationDateTime": MADE}
    id = guid("selection", source, selection.unit)
    given = [(THEME, theme) for theme in selection.themes]
    if selection.stance:
        given.append((STANCE, selection.stance))
    codings = (
        make.Coding(
            make.CodeRef(targetGUID=code_guid(report.codebook, kind, code)), guid=guid("coding", id, kind, code), **by
        )
        for kind, code in given
    )
    return make.PlainTextSelection(
        *([make.Description(valid(selection.note))] if selection.note else []),
        *codings,
        guid=id,
        name=selection.unit,
        startPosition=str(selection.start),
        endPosition=str(selection.end),
        **by,
    )


def method_text(report: Report) -> str:
    """Write the annex on method as plain text."""
    told = method(report.provenance, is_weighted=report.summary.is_weighted, lang=report.lang)
    return valid("\n\n".join(f"{title}\n{text}" for title, text in told.chapters) + "\n")


def origin(report: Report) -> str:
    """Name the program with its version."""
    return f"thamluan {(report.provenance.get('versions') or {}).get('thamluan', '')}".strip()


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file into a zip file, with nothing in it that differs from one time to the next."""
    info = zipfile.ZipInfo(name, ZIP_MADE)
    info.create_system, info.external_attr = UNIX, PLAIN_FILE
    info.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(info, content)
