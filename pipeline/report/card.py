"""The card of a model: what it is, what it was made of, how well it does, what it must not be used for."""

from collections.abc import Iterator, Mapping

from thamluan.pipeline import columns
from thamluan.pipeline.themes.learning.ways import trust
from thamluan.pipeline.themes.model import Model

# The manifest holds JSON, whose depth types cannot follow.
Figures = Mapping[str, Mapping[str, float]]
NONE: Figures = {}

CALIBRATED = (
    "ECE: expected calibration error, how far a text's probability of a theme (the largest of its units') lies from"
    " the share that has it, in ten bins of equal width. Brier: mean squared distance of the two."
)


def card(model: Model) -> str:
    """Write a model's card as Markdown, from its facts."""
    return "\n".join(_lines(model)) + "\n"


def _networks(n_networks: int) -> str:
    """Say what else codes."""
    which = "a network" if n_networks == 1 else f"{n_networks} networks"
    return f", and {which} over word vectors (a convolution, then an attention a code; `models/vectors`)"


def _lines(model: Model) -> Iterator[str]:
    kind = "exactly one theme a text" if model.is_single else "any number of themes a text"
    trained_on = model.facts["trained_on"]
    yield from (
        f"# {model.codebook.title['en']}",
        "",
        f"Codes Vietnamese text by the codebook `{model.codebook.id}`, version {model.codebook.version}: {kind}"
        + (", and one stance." if model.stances else "."),
        "",
        "A logistic regression a code on TF-IDF of segmented words, of syllables without marks and of pieces of words"
        + (_networks(len(model.classifier.networks_)) if model.classifier.networks_ else "")
        + ". Blend, thresholds and the bound of doubt (`needs_look`) are chosen on texts of writers that the parts were"
        " not fitted on. A unit of a short answer is read in the light of the whole answer.",
        "",
        "## Made of",
        "",
        f"{trained_on['texts']} labelled texts, seed {model.facts['seed']}; texts that also stand in a file measured on"
        " below were left out. Hashes of every file: `manifest.json`.",
        *(["", *trust(model.facts)] if "way" in model.facts else []),
        "",
        "| file | texts | SHA-256 begins |",
        "|---|---:|---|",
    )
    files = (*trained_on["files"], *model.facts.get("guessed_on", {}).get("files", ()))
    yield from (f"| {file['file']} | {file['rows']} | `{file['sha256'][:12]}` |" for file in files)
    if "cross_validated" in model.facts:
        yield from (
            "",
            "## Cross-validated on the labelled texts",
            "",
            *_table(model.facts["cross_validated"]["themes"], head="theme"),
        )
    for measured in model.facts.get("measured_on", ()):
        names = ", ".join(file["file"] for file in measured["files"])
        yield from ("", f"## Measured on {names}", "")
        yield f"{measured['n_answers']} texts that the model was not fitted on. F1 with 95% bootstrap interval."
        calibration = measured.get("calibration", {})  # none in models of the first version
        yield from ("", *_table(measured["themes"], head="theme", calibration=calibration))
        if calibration:
            yield from ("", CALIBRATED)
        if "stances" in measured:
            yield from ("", *_table(measured["stances"], head="stance"))
        if columns.STANCE in calibration:
            stance = calibration[columns.STANCE]
            yield from ("", f"Probability of the stance given: ECE {stance['ece']:.3f}, Brier {stance['brier']:.3f}.")
        if "review" in measured:
            yield from ("", *(_share(row, name=name) for name, row in measured["review"].items()))
    yield from (
        "",
        "## Limits",
        "",
        "- Shares counted from these codes carry the model's mistakes;"
        " an interval round a share does not include them.",
        "- Probabilities are calibrated on texts like those it was made of; on others they may be too sure.",
        "- Irony, hints, and themes that are named by none of their usual words are often missed.",
        "- Not for judging a person by what he or she said.",
    )


def _table(figures: Figures, *, head: str, calibration: Figures = NONE) -> Iterator[str]:
    heads = f"| {head} | precision | recall | F1 | 95% interval | support |"
    ruler = "|---|---:|---:|---:|---:|---:|"
    yield from (f"{heads} ECE | Brier |", f"{ruler}---:|---:|") if calibration else (heads, ruler)
    for id, row in figures.items():
        cells = (
            f"| {id} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} "
            f"| {row['low']:.3f}–{row['high']:.3f} | {row['support']} |"
        )
        if calibration:
            told = calibration.get(id)
            cells += f" {told['ece']:.3f} | {told['brier']:.3f} |" if told else " | |"
        yield cells


def _share(row: Mapping[str, float], *, name: str) -> str:
    """Write what a share counts; one of nothing has no value."""
    counts = f"- `{name}`: {row['n']} of {row['base']}"
    if row["share"] is None:
        return counts
    return f"{counts}, {row['share']:.3f} ({row['low']:.3f}–{row['high']:.3f})"
