"""The codes of a REFI-QDA file: themes and stances, with all that the codebook says of them."""

from typing import TYPE_CHECKING

from thamluan.pipeline.report.exchange_xml import guid, valid
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Theme

if TYPE_CHECKING:
    from lxml.builder import ElementMaker
    from lxml.etree import _Element

THEME, STANCE = "theme", "stance"
# Colours that people with colour blindness tell apart (Okabe and Ito 2008), but for black and yellow.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7")


def codes(codebook: Codebook, make: "ElementMaker", *, lang: str) -> "_Element":
    """Build the codes: themes and stances, under a heading each that cannot be given itself."""
    words, names = WORDS[lang], code_names(codebook, lang=lang)
    themes = [(theme.id, describe(theme, lang=lang)) for theme in codebook.themes]
    stances = [(stance.id, stance.definition[lang]) for stance in codebook.stances]
    headings = []
    for kind, heading, members in ((THEME, words["theme"], themes), (STANCE, words["stances"], stances)):
        built = (
            make.Code(
                *([make.Description(valid(description))] if description else []),
                guid=code_guid(codebook, kind, id),
                name=names[kind, id],
                isCodable="true",
                color=COLOURS[position % len(COLOURS)],
            )
            for position, (id, description) in enumerate(members)
        )
        headings.append(make.Code(*built, guid=code_guid(codebook, kind), name=heading, isCodable="false"))
    return make.Codes(*headings)


def code_guid(codebook: Codebook, kind: str, id: str = "") -> str:
    """Identify a code, or the heading of its kind: the same in every file with this codebook."""
    return guid("code", codebook.id, kind, id)


def code_names(codebook: Codebook, *, lang: str) -> dict[tuple[str, str], str]:
    """Name each code by its label; one whose label another has by label and id, since programs take a name once."""
    labels = {(THEME, id): label for id, label in codebook.labels(lang).items()}
    labels |= {(STANCE, id): label for id, label in codebook.stance_labels(lang).items()}
    folded = [label.casefold() for label in labels.values()]
    return {
        (kind, id): valid(label if folded.count(label.casefold()) == 1 else f"{label} ({id})")
        for (kind, id), label in labels.items()
    }


def describe(theme: Theme, *, lang: str) -> str:
    """Tell what counts as a theme, what does not, its cues and examples."""
    words = WORDS[lang]
    lines = [theme.definition[lang]]
    if theme.excludes[lang]:
        lines.append(f"{words['excludes']}: {theme.excludes[lang]}")
    if theme.cues:
        lines.append(f"{words['cues']}: {', '.join(theme.cues)}")
    if theme.examples:
        lines += [f"{words['examples']}:", *(f"- {example}" for example in theme.examples)]
    return "\n".join(filter(None, lines))
