"""The annex: how the numbers came about, and from which files, model and versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thamluan.pipeline.report import numbers
from thamluan.pipeline.report.language import WORDS, counted

CODING = {"cues": "method_cues", "codebook": "method_codebook", "few": "method_few"}  # by what `coded_by` says


@dataclass(frozen=True)
class Input:
    """A file that was read."""

    source: str
    rows: str
    sha256: str


@dataclass(frozen=True)
class Measured:
    """How the model did on labelled answers that it was not fitted on: macro-F1 with its 95% interval."""

    files: str
    n: str
    themes: str
    stances: str


@dataclass(frozen=True)
class Method:
    """What the annex shows: chapters as title and text, then names and values from run.json."""

    chapters: tuple[tuple[str, str], ...]
    model: str
    model_sha256: str
    measured: tuple[Measured, ...]
    inputs: tuple[Input, ...]
    versions: tuple[tuple[str, str], ...]


def method(provenance: Mapping[str, object], *, is_weighted: bool, lang: str) -> Method:
    """Tell how a run was done; what run.json does not hold is left out."""
    words = WORDS[lang]
    coding = CODING.get(str(provenance.get("coded_by")), "method_coding")
    keys = [
        "method_reading",
        coding,
        "method_counting",
        "method_interval",
        *(["method_weights"] if is_weighted else []),
        *(["method_groups", "method_comparisons"] if _settings(provenance).get("by") else []),
        "method_pairs",
        "method_terms",
    ]
    told = {**_learnt(provenance, lang=lang), **_small(provenance, lang=lang)}
    chapters = [(words[key], words[f"{key}_text"].format(**told).strip()) for key in keys]
    corrected = _corrected(provenance, lang=lang)
    if corrected:
        chapters.insert(2, (words["method_corrected"], corrected))
    repaired = " ".join(_repaired(provenance, lang=lang))
    if repaired:
        chapters.insert(1, (words["method_repairs"], repaired))
    model = provenance.get("model") or {}
    return Method(
        chapters=tuple(chapters),
        model=str(model.get("name", "")),
        model_sha256=str(model.get("sha256", "")),
        measured=tuple(_measured(model, lang=lang)),
        inputs=tuple(
            Input(
                source=str(entry.get("source", "")),
                rows=numbers.count(entry.get("rows"), lang=lang),
                sha256=str(entry.get("sha256", "")),
            )
            for entry in provenance.get("inputs") or ()
        ),
        versions=tuple((provenance.get("versions") or {}).items()),
    )


def _settings(provenance: Mapping[str, object]) -> Mapping[str, object]:
    return provenance.get("settings") or {}


def _small(provenance: Mapping[str, object], *, lang: str) -> dict[str, str]:
    """Write from how many people on a group is shown, and which groupings are not."""
    withheld = ", ".join(provenance.get("withheld_groupings") or ())
    return {
        "min_base": numbers.count(_settings(provenance).get("min_base"), lang=lang),
        "withheld": WORDS[lang]["withheld"].format(groups=withheld) if withheld else "",
    }


def _learnt(provenance: Mapping[str, object], *, lang: str) -> dict[str, str]:
    """Write from how much a coder was learnt, and how well it did."""
    checked = provenance.get("cross_validated") or {}
    learnt = provenance.get("learnt_from") or {}
    return {
        "n": numbers.count(learnt.get("texts"), lang=lang),
        "checked": numbers.count(checked.get("n"), lang=lang),
        **{name: numbers.decimal(checked.get(name), 2, lang=lang) for name in ("f1", "low", "high")},
    }


def _repaired(provenance: Mapping[str, object], *, lang: str) -> Iterator[str]:
    """Tell which repairs changed how many contributions, the most frequent first, and how many were left in doubt."""
    words = WORDS[lang]
    repairs = provenance.get("repairs") or {}
    n_texts = {name: counts["texts"] for name, counts in repairs.items() if counts["texts"]}
    if n_texts:
        ranked = sorted(n_texts, key=lambda name: -n_texts[name])
        shown = (f"{words[f'repair_{name}']} ({numbers.count(n_texts[name], lang=lang)})" for name in ranked)
        yield words["method_repairs_text"].format(repairs="; ".join(shown))
    n_doubtful = (provenance.get("counts") or {}).get("doubtful_encoding", 0)
    if n_doubtful:
        yield words["repairs_doubtful"].format(contributions=counted("contributions", n_doubtful, lang=lang))


def _corrected(provenance: Mapping[str, object], *, lang: str) -> str:
    """Tell how many codes people have corrected; nothing where they corrected none."""
    corrected = provenance.get("corrected") or {}
    if not corrected.get("contributions"):
        return ""
    return WORDS[lang]["method_corrected_text"].format(
        contributions=counted("contributions", corrected["contributions"], lang=lang),
        **{name: numbers.count(corrected[name], lang=lang) for name in ("themes", "stances")},
    )


def _measured(model: Mapping[str, object], *, lang: str) -> Iterator[Measured]:
    for entry in model.get("dev") or ():
        scores = {name: _score(entry[name], lang=lang) for name in ("themes", "stances") if name in entry}
        yield Measured(
            files=", ".join(entry["files"]),
            n=numbers.count(entry["n"], lang=lang),
            themes=scores.get("themes", numbers.MISSING),
            stances=scores.get("stances", numbers.MISSING),
        )


def _score(macro: Mapping[str, float], *, lang: str) -> str:
    f1, low, high = (numbers.decimal(macro[name], 2, lang=lang) for name in ("f1", "low", "high"))
    return f"{f1} ({low}–{high})"
