"""The Word report: what the page shows, in its order, with pictures, numbered captions and a methods annex.

Tables of one theme by question and group are left out: the tables of all themes have the same numbers.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thamluan.pipeline.artefacts import sha256
from thamluan.pipeline.errors import OutputError
from thamluan.pipeline.report.crosstables import CrossTable, cross_tables, pair_table
from thamluan.pipeline.report.differences import differences
from thamluan.pipeline.report.figures import FigureTable, figure, overall, rank
from thamluan.pipeline.report.language import WORDS, counted
from thamluan.pipeline.report.narrative import narrative
from thamluan.pipeline.report.office import OFFICE
from thamluan.pipeline.report.page import REJECTED_SHOWN, lead, tiles
from thamluan.pipeline.report.pictures import group_pictures, pairs_picture, shares_pictures, stances_pictures
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.sections import Section, hidden, sections, subtheme_tables
from thamluan.pipeline.report.word_annex import write_annex
from thamluan.pipeline.report.word_heads import ENDS, HEADS, no_end, template_head
from thamluan.pipeline.report.word_looks import LOOKS, complete, dress
from thamluan.pipeline.report.word_parts import EMU_A_MM, Draft
from thamluan.pipeline.report.word_saving import describe, saved
from thamluan.pipeline.settings import DEFAULT_STYLE

if TYPE_CHECKING:
    from docx.document import Document

SUFFIX = ".docx"
FIGURE_WIDTHS = (46, 16, 22, 28)
BESIDE_WIDTH = 28


def check_style(style: str) -> None:
    """Find out, before work is done, whether a style is known, or a template can be opened.

    Raises:
        OutputError: it is neither.
    """
    if style not in LOOKS:
        _template(style)


def named_style(style: str) -> str:
    """Name a style for run.json: a template by its hash."""
    return style if style in LOOKS else sha256(Path(style))


def kept_style(named: object) -> str:
    """Find the style that run.json names; the default one where it was a template, which is not kept."""
    return named if isinstance(named, str) and named in LOOKS else DEFAULT_STYLE


def docx(report: Report) -> bytes:
    """Write the Word report in the report's language and style."""
    document = _document(report)
    section = document.sections[-1]
    width = (section.page_width - section.left_margin - section.right_margin) / EMU_A_MM
    draft = Draft(document, report.lang, width)
    words = WORDS[report.lang]
    version = words["version"].format(version=report.codebook.version)
    title = report.codebook.title[report.lang] or report.codebook.id
    HEADS.get(report.style, template_head)(draft, f"{words['codebook']}: {title}, {version}")
    contents = draft.contents(words["contents"])
    _opening(draft, report)
    _themes(draft, report)
    _differences(draft, report)
    _tables(draft, report)
    _rejected(draft, report)
    ENDS.get(report.style, no_end)(draft)
    write_annex(draft, report)
    draft.fill_contents(contents)
    describe(document, report)
    return saved(document)


def _document(report: Report) -> "Document":
    """Start from the user's template, or from an empty document in one of our styles."""
    if report.style not in LOOKS:
        document = _template(report.style)
        complete(document)
        return document
    from docx import Document

    document = Document()
    dress(document, LOOKS[report.style], lang=report.lang)
    return document


def _template(style: str) -> "Document":
    from docx import Document

    path = Path(style)
    known = ", ".join(LOOKS)
    if path.suffix.lower() != SUFFIX:
        raise OutputError(f"no style {style!r}", hint=f"choose one of {known}, or a template of your own (.docx)")
    try:
        return Document(str(path))
    # A broken package fails in the libraries below in ways that they do not list.
    except Exception as error:
        raise OutputError(f"{path}: cannot be opened as a template", hint="save it again in Word as .docx") from error


def _opening(draft: Draft, report: Report) -> None:
    """Write what was read, what the numbers say, the headline numbers, and the chart of all themes."""
    words, summary = WORDS[report.lang], report.summary
    draft.heading(words["headline"], level=1)
    sentences = list(lead(report))
    if len(report.rejected):
        rejections = counted("rejections", len(report.rejected), lang=report.lang)
        sentences.append(f"{words['lead_rejected'].format(rejections=rejections)} {words['rejected']}.")
    draft.paragraph(" ".join(sentences))
    _told(draft, narrative(report).overall)
    draft.paragraph(f"{words['lead_machine']} {words['method']}.")
    shares = overall(summary.frequencies)
    ranked = rank(shares)
    draft.table(
        (),
        [
            (tile.label, tile.value, "; ".join(filter(None, (tile.note, tile.interval))))
            for tile in tiles(report, ranked=ranked, shares=shares)
        ],
        widths=(32, 30, 38),
        caption=words["headline"],
        n_left=3,
    )
    draft.heading(words["chart"], level=1)
    weighted = words["weighted_note"] if summary.is_weighted else ""
    draft.paragraph(f"{words['chart_note']} {weighted}".strip())
    for picture in shares_pictures(report):
        draft.picture(picture)
    labels = report.codebook.labels(report.lang)
    figures = tuple(figure(shares[theme], label=labels[theme], lang=report.lang) for theme in ranked)
    _figure_table(draft, FigureTable(caption=words["chart"], head=words["theme"], figures=figures))


def _themes(draft: Draft, report: Report) -> None:
    """Write a section a theme."""
    words, summary, codebook = WORDS[report.lang], report.summary, report.codebook
    shares = overall(summary.frequencies)
    told = narrative(report).themes
    draft.heading(words["themes"], level=1)
    for picture in stances_pictures(report):
        draft.picture(picture)
    for section in sections(summary, codebook, ranked=rank(shares), shares=shares, told=told, lang=report.lang):
        _theme(draft, section)


def _theme(draft: Draft, section: Section) -> None:
    words, name = WORDS[draft.lang], section.figure.label
    draft.heading(name, level=2)
    found = section.figure
    parts = [f"{found.share} ({found.ratio}); {words['interval_short'].format(interval=found.interval)}"]
    if section.people:
        people = words["people_share"].format(share=section.people.share, ratio=section.people.ratio)
        parts.append(f"{people}; {words['interval_short'].format(interval=section.people.interval)}")
    draft.paragraph(". ".join(parts) + ".")
    if section.definition:
        draft.paragraph(section.definition, style="Note")
    _told(draft, section.told)
    if not section.is_named:
        return
    if section.split.segments:
        _figure_table(draft, section.split.table, theme=name)
    if section.terms:
        draft.heading(words["terms"], level=3)
        draft.paragraph(", ".join(f"{term} ({n})" for term, n in section.terms))
        draft.paragraph(words["terms_note"], style="Note")
    for table in section.subthemes:
        _figure_table(draft, table, theme=name)
    if section.quotes:
        draft.heading(words["quotes"], level=3)
        for quote in section.quotes:
            draft.quote(quote.text, " · ".join(filter(None, (quote.stance, quote.origin))))
    for table in section.tables:
        if table.head == words["named_with"]:
            _figure_table(draft, table, theme=name)


def _differences(draft: Draft, report: Report) -> None:
    """Write which differences between groups hold, and what fits no theme."""
    words = WORDS[report.lang]
    found = differences(report.summary, report.codebook, lang=report.lang)
    if found:
        draft.heading(words["differences"], level=1)
        draft.paragraph(found.note)
        if found.rows:
            draft.table(
                (words["theme"], words["grouping"], words["who_differs"], words["strength"], "q"),
                [(row.theme, row.group, "\n".join(row.values), row.v, row.q) for row in found.rows],
                widths=(26, 18, 60, 16, 14),
                caption=words["differences"],
                note=found.hidden,
                n_left=3,
            )
        if found.words:
            draft.heading(words["group_terms"], level=2)
            for value, terms in found.words:
                draft.paragraph(f"{value}: " + ", ".join(f"{term} ({n})" for term, n in terms))
            draft.paragraph(words["terms_note"], style="Note")
    for table in subtheme_tables(report.summary.subthemes, "", lang=report.lang):
        draft.heading(words["newthemes"], level=1)
        _figure_table(draft, table)


def _tables(draft: Draft, report: Report) -> None:
    """Write every theme by question and group, and the themes named together."""
    words, summary = WORDS[report.lang], report.summary
    crossed = cross_tables(summary.frequencies, report.codebook, lang=report.lang)
    pairs = pair_table(summary.pairs, report.codebook, lang=report.lang)
    if not crossed and not pairs.figures:
        return
    draft.heading(words["tables"], level=1)
    for picture in group_pictures(report):
        draft.picture(picture)
    if crossed:
        draft.paragraph(words["cell_key"])
    for table in crossed:
        _cross_table(draft, table)
    if pairs.figures:
        draft.heading(pairs.caption, level=2)
        picture = pairs_picture(report)
        if picture:
            draft.picture(picture)
        _figure_table(draft, pairs)


def _cross_table(draft: Draft, table: CrossTable) -> None:
    draft.table(
        (table.head, *table.labels),
        [(value, *(f"{cell.share}\n{cell.ratio}\n{cell.interval}" for cell in cells)) for value, cells in table.rows],
        widths=(1.4, *[1.0] * len(table.labels)),
        caption=table.caption,
        note=table.note,
    )


def _rejected(draft: Draft, report: Report) -> None:
    """List what could not be read."""
    words = WORDS[report.lang]
    if not len(report.rejected):
        return
    draft.heading(words["rejected"], level=1)
    draft.table(
        (words["source"], words["place"], words["reason"]),
        [tuple(map(str, row)) for row in report.rejected.head(REJECTED_SHOWN).itertuples(index=False)],
        widths=(30, 25, 45),
        caption=words["rejected"],
        note=hidden("hidden_rejected", len(report.rejected), REJECTED_SHOWN, lang=report.lang),
        n_left=3,
    )


def _told(draft: Draft, sentences: Iterable[str]) -> None:
    text = " ".join(sentences)
    if text:
        draft.paragraph(text)


def _figure_table(draft: Draft, table: FigureTable, *, theme: str = "") -> None:
    """Write shares with count, base and interval."""
    words = WORDS[draft.lang]
    head = [table.head, words["share"], words["ratio"], words["interval"]]
    widths = list(FIGURE_WIDTHS)
    rows: list[Sequence[str]] = [(row.label, row.share, row.ratio, row.interval) for row in table.figures]
    if table.beside:
        head.append(table.beside)
        widths.append(BESIDE_WIDTH)
        rows = [(*row, shares.beside) for row, shares in zip(rows, table.figures, strict=True)]
    caption = OFFICE[draft.lang]["theme"].format(caption=table.caption, theme=theme) if theme else table.caption
    draft.table(head, rows, widths=widths, caption=caption, note=table.note)
