"""The spaCy bridge, second part: themes and stances on Docs, and a whole `nlp` made ready.

Loaded by spaCy itself (its entry points name `make_themes` and `make_stance`), never by the commands. What it writes:

- `doc.spans["themes"]`: a span for each unit and theme, labelled with the theme's id, with the attributes `scores`
  (probability, an array), `evidence` (words that spoke for it, a list a span) and `coded_by` ("model", or "cues",
  whose scores are 1 for found);
- `doc.cats[theme]`: the highest probability of the theme among the units, 0 without units. Each theme has its own
  threshold, so that a theme is given is said by the spans and by `doc._.themes`, not by a score over 0.5;
- `doc.spans["stance"]`: a span for each unit, labelled with its stance's id, with `scores`;
- `doc.cats["stance.<id>"]`: the share (0 to 1) of the units that have this stance, counted as `answer_stances` counts.
  No theme's id holds a full stop, so the keys never meet;
- `doc._.themes`, `doc._.stance`: what `run` writes into answers.csv for this text.
"""

import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from thamluan.pipeline import columns, output
from thamluan.pipeline.artefacts import DEFAULT_MODEL
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.model_folders import CARD
from thamluan.pipeline.text.bridge import UNITS, WORDS, Annotator, unit_texts
from thamluan.pipeline.themes.coding import BATCH, Coder, answer_stances, unit_probabilities

THEMES = "themes"  # keys in doc.spans
STANCE = "stance"
SCORES, EVIDENCE, CODED_BY, GIVEN = "scores", "evidence", "coded_by", "given"  # attributes there
STANCE_IDS, STANCE_SCORES = "stance_ids", "stance_scores"  # attributes of the units: what the coder says of each


class Themes(Annotator):
    """Give the units of Docs their themes, all units of a batch at once.

    The coder is read when it is first needed, so that a pipeline can be built before the folder that it is loaded from
    is read, and on a machine that has no such folder.
    """

    def __init__(self, name: str, *, model: Path | None, codebook: Path | None, evidence: bool) -> None:
        super().__init__(name)
        self._asked = {"model": model, "codebook": codebook}
        self._names_evidence = evidence
        self._coder: Coder | None = None
        self._card: bytes | None = None

    @property
    def coder(self) -> Coder:
        """Give what codes; read it from its folder if that has not been done.

        Raises:
            ModelError: when the model cannot be read, or does not fit the codebook.
            CodebookError: when the codebook has problems, or themes that nothing can code.
        """
        if self._coder is None:
            from thamluan.pipeline.themes.coders import load_coder

            self._coder = load_coder(**self._asked)
            self._card = _read_card(self._asked["model"] or DEFAULT_MODEL)
        return self._coder

    @property
    def labels(self) -> tuple[str, ...]:
        """Name the themes; none before the coder was read, since spaCy asks while it still builds a pipeline."""
        return () if self._coder is None else self._coder.codebook.theme_ids

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write themes onto Docs, and what the coder says of stances onto their units."""
        texts = [unit_texts(doc) for doc in docs]
        model_texts = [text for of_doc in texts for text in of_doc]
        numbers = [number for number, of_doc in enumerate(texts) for _ in of_doc]
        units = pd.DataFrame({columns.CONTRIBUTION: numbers, columns.MODEL_TEXT: pd.Series(model_texts, dtype=str)})
        themes, stances = unit_probabilities(units, self.coder)
        given = self.coder.decide(themes)
        evidence = self._evidence(model_texts, given)
        edges = pairwise(accumulate(map(len, texts), initial=0))
        for doc, rows in zip(docs, (slice(*edge) for edge in edges), strict=True):
            self._write(doc, themes=themes[rows], given=given[rows], evidence=evidence[rows])
            attributes = {STANCE_IDS: list(self.coder.stance_ids), STANCE_SCORES: stances[rows]}
            doc.spans[UNITS].attrs.update(attributes)

    def _evidence(self, texts: list[str], given: np.ndarray) -> list[dict[str, list[str]]]:
        """Name for each text and each theme given to it the words that weighed most."""
        evidence: list[dict[str, list[str]]] = [{} for _ in texts]
        if self._names_evidence:
            with_theme = np.flatnonzero(given.any(axis=1))
            for start in range(0, len(with_theme), BATCH):
                batch = with_theme[start : start + BATCH]
                found = self.coder.evidence([texts[index] for index in batch], given[batch])
                for index, words in zip(batch, found, strict=True):
                    evidence[index] = words
        return evidence

    def _write(
        self, doc: Doc, *, themes: np.ndarray, given: np.ndarray, evidence: Sequence[dict[str, list[str]]]
    ) -> None:
        """Write the themes of one Doc: (units, themes) of probabilities and of decisions."""
        ids = self.coder.codebook.theme_ids
        units = list(doc.spans[UNITS])
        found = np.argwhere(given).tolist()
        spans = [Span(doc, units[unit].start, units[unit].end, label=ids[theme]) for unit, theme in found]
        attributes = {
            SCORES: themes[given],
            EVIDENCE: [evidence[unit].get(ids[theme], []) for unit, theme in found],
            CODED_BY: self.coder.way,
        }
        doc.spans[THEMES] = SpanGroup(doc, name=THEMES, spans=spans, attrs=attributes)
        doc.cats.update(zip(ids, themes.max(axis=0, initial=0).tolist(), strict=True))

    def to_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> None:
        """Write the coder into a folder: its model's files, and the codebook where that codes by its cues.

        Raises:
            OutputError: when it cannot be written; what lay there before is then as it was.
        """
        from thamluan.pipeline.themes.coders import CODER_FILES, CUES

        files = self._files()
        output.place_files(files.items(), Path(path), names=CODER_FILES, force=True)
        if CUES not in files:
            (Path(path) / CUES).unlink(missing_ok=True)

    def from_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> Self:
        """Read the coder from a folder that `to_disk` wrote.

        Raises:
            ModelError: when a file is missing, altered, cut short, or of a format that this version does not know.
        """
        from thamluan.pipeline.themes.coders import read_coder

        self._coder = read_coder(Path(path))
        self._card = _read_card(Path(path))
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """Write the coder's files as one string of bytes."""
        return srsly.msgpack_dumps(self._files())

    def from_bytes(self, content: bytes, *, exclude: Sequence[str] = ()) -> Self:
        """Read the coder from what `to_bytes` gave.

        Raises:
            ModelError: as in `from_disk`.
        """
        from thamluan.pipeline.themes.coders import CODER_FILES

        files = srsly.msgpack_loads(content)
        with tempfile.TemporaryDirectory() as folder:
            for name in CODER_FILES:
                if name in files:
                    (Path(folder) / name).write_bytes(files[name])
            return self.from_disk(folder)

    def _files(self) -> dict[str, bytes]:
        from thamluan.pipeline.themes.coders import coder_files

        files = coder_files(self.coder)
        return files if self._card is None else files | {CARD: self._card}


def _read_card(folder: Path) -> bytes | None:
    card = folder / CARD
    return card.read_bytes() if card.is_file() else None


class Stances(Annotator):
    """Write the stances that the coder of `thamluan_themes` found; a text's own follows from its units' themes."""

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write stances onto Docs."""
        rows = []
        for number, doc in enumerate(docs):
            self._write_units(doc)
            themed = {(span.start, span.end) for span in doc.spans[THEMES]}
            for span in doc.spans[STANCE]:
                themes = THEMES if (span.start, span.end) in themed else ""
                rows.append((number, span.start_char, themes, span.label_))
        names = [columns.CONTRIBUTION, columns.START, columns.THEMES, columns.STANCE]
        given = answer_stances(pd.DataFrame(rows, columns=names))
        counts = [(Counter(), Counter()) for _ in docs]  # of the units without a theme, and with
        for number, _, themes, stance in rows:
            counts[number][bool(themes)][stance] += 1
        for number, (doc, (unthemed, themed)) in enumerate(zip(docs, counts, strict=True)):
            self._write_doc(doc, given=given.get(number, ""), counted=themed or unthemed)

    def _write_units(self, doc: Doc) -> None:
        """Label the units of a Doc with their stances.

        Raises:
            InputError: when the Doc's units have none.
        """
        units = doc.spans[UNITS] if UNITS in doc.spans else SpanGroup(doc)
        scores = units.attrs.get(STANCE_SCORES, ())
        if THEMES not in doc.spans or len(scores) != len(units):
            raise InputError(
                "A Doc has no stances on its units; the component that gives themes leaves them there.",
                hint="Add it before this one: nlp.add_pipe('thamluan_themes', before='thamluan_stance').",
            )
        ids = units.attrs[STANCE_IDS]
        best = scores.argmax(axis=1).tolist() if ids else []  # a coder that knows no stance labels no unit
        spans = [Span(doc, unit.start, unit.end, label=ids[index]) for unit, index in zip(units, best, strict=False)]
        attributes = {SCORES: scores[range(len(spans)), best]}
        doc.spans[STANCE] = SpanGroup(doc, name=STANCE, spans=spans, attrs=attributes)

    def _write_doc(self, doc: Doc, *, given: str, counted: Counter[str]) -> None:
        """Write a Doc's own stance, and what share of the counted units has which."""
        doc.spans[STANCE].attrs[GIVEN] = given
        for id in doc.spans[UNITS].attrs[STANCE_IDS]:
            doc.cats[f"{STANCE}.{id}"] = counted[id] / max(counted.total(), 1)


def given_themes(doc: Doc) -> list[str]:
    """Name the themes of a Doc, each once, in the codebook's order: `doc._.themes`."""
    if THEMES not in doc.spans:
        return []
    given = {span.label_ for span in doc.spans[THEMES]}
    return [name for name in doc.cats if name in given]


def given_stance(doc: Doc) -> str:
    """Name the stance of a Doc, "" where it has none: `doc._.stance`."""
    return doc.spans[STANCE].attrs.get(GIVEN, "") if STANCE in doc.spans else ""


@Language.factory(
    "thamluan_themes",
    default_config={"model": None, "codebook": None, "evidence": True},
    requires=["doc.spans"],
    assigns=["doc.spans", "doc.cats", "doc._.themes"],
)
def make_themes(nlp: Language, name: str, *, model: str | None, codebook: str | None, evidence: bool) -> Themes:
    """Make the component that codes by theme.

    `model` is a model's folder, `codebook` a codebook's file; None is the default one, chosen as `load_coder` does.
    Without `evidence` it is faster.
    """
    _extend("themes", getter=given_themes)
    return Themes(
        name,
        model=None if model is None else Path(model),
        codebook=None if codebook is None else Path(codebook),
        evidence=evidence,
    )


@Language.factory("thamluan_stance", requires=["doc.spans"], assigns=["doc.spans", "doc.cats", "doc._.stance"])
def make_stance(nlp: Language, name: str) -> Stances:
    """Make the component that writes stances."""
    _extend("stance", getter=given_stance)
    return Stances(name)


def _extend(name: str, *, getter: object) -> None:
    """Give Docs an attribute; spaCy raises where someone else has given them another of that name."""
    if not Doc.has_extension(name) or Doc.get_extension(name)[2] is not getter:
        Doc.set_extension(name, getter=getter)


def make_nlp(
    *, model: Path | None = None, codebook: Path | None = None, skipped: Sequence[str] = (), evidence: bool = True
) -> Language:
    """Make an `nlp` of our tokenizer and components, its coder read; `skipped` names repairs that are left out.

    spaCy keeps every word it has met in the vocabulary, and `nlp.to_disk` writes the vocabulary: words of answers,
    names too. To save an `nlp` after work, leave it out: `nlp.to_disk(folder, exclude=["vocab"])`; it codes the same.

    Raises:
        ModelError: when the model cannot be read, or does not fit the codebook.
        CodebookError: when the codebook has problems, or themes that nothing can code.
        InputError: when a repair that is skipped does not exist.

    >>> nlp = make_nlp()
    >>> doc = nlp("Phụ cấp trưởng thôn quá thấp. Đề nghị tăng kinh phí.")
    >>> [unit.text for unit in doc.spans["units"]]
    ['Phụ cấp trưởng thôn quá thấp.', 'Đề nghị tăng kinh phí.']
    >>> "funding" in doc._.themes
    True
    """
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": WORDS}}})
    nlp.add_pipe("thamluan_units", config={"skipped": list(skipped)})
    config = {"model": model and str(model), "codebook": codebook and str(codebook), "evidence": evidence}
    themes = nlp.add_pipe("thamluan_themes", config=config)
    nlp.add_pipe("thamluan_stance")
    _ = themes.coder  # what is wrong with it is to be told here
    return nlp
