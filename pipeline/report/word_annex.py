"""The methods annex of the Word report: data, codebook, model, accuracy, and how intervals were made."""

from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.method import method
from thamluan.pipeline.report.office import OFFICE
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.word_parts import Draft


def write_annex(draft: Draft, report: Report) -> None:
    """Write how the numbers came about: chapters, model, accuracy, codebook, inputs and versions."""
    words, office = WORDS[report.lang], OFFICE[report.lang]
    found = method(report.provenance, is_weighted=report.summary.is_weighted, lang=report.lang)
    draft.heading(office["annex"].format(title=words["method"]), level=1, is_numbered=False, on_new_page=True)
    for title, text in found.chapters:
        draft.heading(title, level=2, is_numbered=False)
        draft.paragraph(text)
    draft.heading(words["method_model"], level=2, is_numbered=False)
    version = words["version"].format(version=report.codebook.version)
    draft.paragraph(f"{words['codebook']}: {report.codebook.id}, {version}.")
    if found.model:
        draft.paragraph(f"{words['model']}: {found.model} (SHA-256: {found.model_sha256}).", style="Note")
    if found.measured:
        draft.table(
            (words["figures"], words["n_texts"], words["macro_themes"], words["macro_stances"]),
            [(row.files, row.n, row.themes, row.stances) for row in found.measured],
            widths=(40, 16, 30, 30),
            caption=words["figures"],
            note=words["figures_note"],
        )
    _codebook(draft, report)
    draft.table(
        (words["source"], "SHA-256", words["rows"]),
        [(entry.source, entry.sha256, entry.rows) for entry in found.inputs],
        widths=(34, 70, 16),
        caption=words["inputs"],
        n_left=2,
    )
    draft.paragraph(f"{words['versions']}: " + ", ".join(f"{name} {number}" for name, number in found.versions) + ".")
    draft.paragraph(words["run_json"])


def _codebook(draft: Draft, report: Report) -> None:
    """List the themes with what counts and what does not."""
    words, lang = WORDS[report.lang], report.lang
    rows = [
        (theme.label[lang], theme.definition[lang] or numbers.MISSING, theme.excludes[lang] or numbers.MISSING)
        for theme in report.codebook.themes
    ]
    head = (words["theme"], OFFICE[lang]["definition"], OFFICE[lang]["excludes"])
    draft.table(head, rows, widths=(26, 44, 40), caption=words["codebook"], n_left=3)
