"""Saving a Word document so that the same report gives the same bytes."""

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.word_parts import shown

if TYPE_CHECKING:
    from docx.document import Document

EPOCH = (1980, 1, 1, 0, 0, 0)


def describe(document: "Document", report: Report) -> None:
    """Say what the document is, without the time of writing, so that the same report gives the same bytes."""
    properties = document.core_properties
    properties.title = shown(WORDS[report.lang]["title"])
    properties.language = report.lang
    properties.comments, properties.keywords, properties.author, properties.last_modified_by = "", "", "", ""
    properties.revision = 1
    for name in ("created", "modified", "lastPrinted"):
        for found in properties._element.findall(f"{{*}}{name}"):
            properties._element.remove(found)
    package = document.part.package
    for key, related in list(package.rels.items()):
        if related.reltype.endswith("/thumbnail"):
            package.rels.pop(key)


def saved(document: "Document") -> bytes:
    """Save with a fixed time in the package."""
    written, fixed = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for entry in source.infolist():
            same = zipfile.ZipInfo(entry.filename, EPOCH)
            same.create_system = 0  # also on Windows
            target.writestr(same, source.read(entry), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
