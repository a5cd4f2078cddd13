"""The card of a model of marks: what it is, what it was made of, how well it does, where it fails."""

from collections.abc import Iterator

from thamluan.pipeline.text.marks.restorer import Restorer

COLUMNS = {
    "texts": "texts",
    "syllables": "syllables",
    "right": "right",
    "with_marks_right": "right of those with marks",
    "whole_texts_right": "whole texts right",
    "most_frequent_form_right": "right by the most frequent form",
    "changed_though_right": "changed in the texts as they are",
}


def marks_card(restorer: Restorer) -> str:
    """Write the card of a restorer as Markdown, from its facts."""
    return "\n".join(_lines(restorer)) + "\n"


def _lines(restorer: Restorer) -> Iterator[str]:
    candidates, facts = restorer.candidates, restorer.facts
    n_forms = sum(map(len, candidates.counts.values()))
    yield from (
        "# Missing diacritics",
        "",
        'Puts the marks back into Vietnamese that was typed without them: "de nghi tang phu cap" is "đề nghị tăng phụ'
        ' cấp". It decides by stretches what lacks marks, and changes only syllables that have none.',
        "",
        f"{n_forms:,} syllables under {len(candidates.counts):,} spellings without marks; a logistic regression on one"
        f" and two syllables before and after, hashed into {len(candidates.table):,} rows of four-bit weights. It looks"
        " at letters only, never at marks.",
        "",
        "## Made of",
        "",
        "Only counts of syllables and weights are kept, no sentence; syllables that were read fewer than five times are"
        " left out.",
        "",
        "| file | times read | SHA-256 |",
        "|---|---:|---|",
    )
    yield from (f"| {file['file']} | {file['times']} | `{file['sha256']}` |" for file in facts["trained_on"])
    yield from (
        "",
        "## Measured",
        "",
        "On texts that it has not seen, without their marks: shares of the syllables (runs of at most seven letters,"
        " foreign words included). The last column counts syllables that it changes in them as they are.",
        "",
        "| file | " + " | ".join(COLUMNS.values()) + " |",
        "|---" + "|---:" * len(COLUMNS) + "|",
    )
    for name, figures in facts["figures"].items():
        yield f"| {name} | " + " | ".join(_number(figures[column]) for column in COLUMNS) + " |"
    yield from (
        "",
        "## Limits",
        "",
        "- It was read mostly from news and party journals; spoken and dialect words come out less well.",
        "- Names of people and places are guessed by what is frequent.",
        "- It sees two syllables to each side; what only the whole sentence tells is missed.",
        "- A syllable that has a mark is never changed, nor is a single slip in a text that has marks elsewhere,"
        " unless the syllable is hardly ever written bare.",
    )


def _number(figure: float) -> str:
    return f"{figure:.4f}" if isinstance(figure, float) else f"{figure:,}"
