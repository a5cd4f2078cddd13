"""The page: one file that opens anywhere, holds no script and fetches nothing."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from thamluan.pipeline import columns
from thamluan.pipeline.report import charts, numbers
from thamluan.pipeline.report.crosstables import cross_tables, pair_table
from thamluan.pipeline.report.differences import differences
from thamluan.pipeline.report.figures import FigureTable, Row, figure, overall, rank
from thamluan.pipeline.report.language import WORDS, counted
from thamluan.pipeline.report.method import method
from thamluan.pipeline.report.narrative import narrative
from thamluan.pipeline.report.report import Report
from thamluan.pipeline.report.sections import anchor, hidden, sections, subtheme_tables
from thamluan.pipeline.report.tables import encode
from thamluan.pipeline.themes.codebooks.codebook import Codebook

TEMPLATES = Path(__file__).parent / "templates"
STANCE_TILES = 3
REJECTED_SHOWN = 50


@dataclass(frozen=True)
class Tile:
    """A headline number; `value` is long where it is a label and not a number."""

    label: str
    value: str
    note: str
    interval: str = ""
    is_label: bool = False


def html(report: Report) -> bytes:
    """Write the page in the report's language."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return encode(environment.get_template("report.html.j2").render(context(report)))


def context(report: Report) -> dict[str, object]:
    """Gather what the template shows; every number is text by now."""
    lang, summary, codebook = report.lang, report.summary, report.codebook
    words = WORDS[lang]
    shares = overall(summary.frequencies)
    ranked = rank(shares)
    told = narrative(report)
    css = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    version = words["version"].format(version=codebook.version)
    return {
        "lang": lang,
        "words": words,
        "css": Markup(css),  # our own file
        "css_hash": b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        "title": words["title"],
        "codebook": f"{codebook.title[lang] or codebook.id}, {version}",
        "codebook_id": f"{codebook.id}, {version}",
        "lead": lead(report),
        "lead_rejected": words["lead_rejected"].format(
            rejections=counted("rejections", len(report.rejected), lang=lang)
        ),
        "tiles": tiles(report, ranked=ranked, shares=shares),
        **chart(codebook, ranked=ranked, shares=shares, lang=lang),
        "is_weighted": summary.is_weighted,
        "told": told.overall,
        "sections": sections(summary, codebook, ranked=ranked, shares=shares, told=told.themes, lang=lang),
        "newthemes": subtheme_tables(summary.subthemes, "", lang=lang),
        "cross_tables": cross_tables(summary.frequencies, codebook, lang=lang),
        "differences": differences(summary, codebook, lang=lang),
        "pair_table": pair_table(summary.pairs, codebook, lang=lang),
        "rejected": report.rejected.head(REJECTED_SHOWN).to_dict("records"),
        "rejected_note": hidden("hidden_rejected", len(report.rejected), REJECTED_SHOWN, lang=lang),
        "method": method(report.provenance, is_weighted=summary.is_weighted, lang=lang),
    }


def chart(codebook: Codebook, *, ranked: Sequence[str], shares: Mapping[str, Row], lang: str) -> dict[str, object]:
    """Draw the themes one under the other on one axis, each leading to its section."""
    words, labels = WORDS[lang], codebook.labels(lang)
    axis = charts.axis(shares[theme][columns.HIGH] for theme in ranked)

    def percent(share: float) -> str:
        return numbers.decimal(share * 100, 0, lang=lang) + "%"

    return {
        "chart": FigureTable(
            caption=words["chart"],
            head=words["theme"],
            figures=tuple(
                figure(shares[theme], label=labels[theme], lang=lang, on=axis, link=anchor(theme)) for theme in ranked
            ),
        ),
        "ticks": tuple((axis.position(tick), percent(tick)) for tick in axis.ticks),
        "chart_key": words["chart_key"].format(end=percent(axis.end)),
    }


def lead(report: Report) -> tuple[str, ...]:
    """Say in sentences what was read."""
    lang, summary = report.lang, report.summary
    words = WORDS[lang]

    def n(key: str, count: int) -> str:
        return counted(key, count, lang=lang)

    sentences = [
        words["lead_read"].format(
            read=n("contributions", summary.n_read), files=n("files", len(report.provenance["inputs"]))
        )
    ]
    if summary.n_coded:
        coded, people = n("contributions", summary.n_coded), n("people", summary.n_respondents)
        sentences.append(words["lead_coded"].format(coded=coded, people=people, units=n("units", summary.n_units)))
    else:
        sentences.append(words["lead_none"])
    if summary.n_empty:
        sentences.append(words["lead_empty"].format(contributions=n("contributions", summary.n_empty)))
    if summary.n_marks_only:
        sentences.append(words["lead_marks_only"].format(contributions=n("contributions", summary.n_marks_only)))
    if summary.n_without_theme:
        sentences.append(words["lead_without"].format(contributions=n("contributions", summary.n_without_theme)))
    return tuple(sentences)


def tiles(report: Report, *, ranked: Sequence[str], shares: Mapping[str, Row]) -> tuple[Tile, ...]:
    """Choose the headline numbers: answers, people, the most named theme, and the theme with most of each stance."""
    lang, summary = report.lang, report.summary
    words, labels = WORDS[lang], report.codebook.labels(lang)
    found = [
        Tile(
            label=words["tile_coded"],
            value=numbers.count(summary.n_coded, lang=lang),
            note=words["tile_coded_note"].format(read=counted("contributions", summary.n_read, lang=lang)),
        ),
        Tile(
            label=words["tile_people"],
            value=numbers.count(summary.n_respondents, lang=lang),
            note=words["tile_people_note"].format(units=counted("units", summary.n_units, lang=lang)),
        ),
    ]
    if ranked and shares[ranked[0]][columns.N] > 0:
        found.append(share_tile(words["tile_theme"], labels[ranked[0]], shares[ranked[0]], lang=lang))
    for stance, label in list(report.codebook.stance_labels(lang).items())[:STANCE_TILES]:
        rows = summary.stances[(summary.stances[columns.STANCE] == stance) & (summary.stances[columns.N] > 0)]
        if len(rows):
            row = rows.sort_values(columns.N, ascending=False, kind="stable").iloc[0].to_dict()
            title = words["tile_stance"].format(stance=label)
            found.append(share_tile(title, labels[row[columns.THEME]], row, lang=lang, of=words["tile_stance_note"]))
    return tuple(found)


def share_tile(title: str, label: str, row: Row, *, lang: str, of: str = "") -> Tile:
    """Show a theme as a headline, with its share, count, base and interval."""
    shown = figure(row, label=label, lang=lang)
    return Tile(
        label=title,
        value=label,
        note=f"{shown.share} ({shown.ratio}) {of}".strip(),
        interval=WORDS[lang]["interval_short"].format(interval=shown.interval),
        is_label=True,
    )
