"""The three ways to a coder for a codebook: by the codebook alone, with few coded answers, with many.

Where most themes that a model learns from are guessed, it has n-grams alone: word vectors have had their say in the
guesses, and networks learn the mistakes in them at seven times the cost (macro-F1 of UIT-VSFC the same within 0.01).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sklearn.metrics import f1_score

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.settings import DEFAULT_SEED
from thamluan.pipeline.text.repair import repair_all
from thamluan.pipeline.themes.classifying.vectors import load_vectors
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.learning.seeds import Seeds, texts_of_codebook
from thamluan.pipeline.themes.learning.training import FEW, FEWEST, train
from thamluan.pipeline.themes.learning.weak import guess, guess_coded, pile, revise
from thamluan.pipeline.themes.material.labelled import Labelled
from thamluan.pipeline.themes.material.uncoded import Uncoded
from thamluan.pipeline.themes.measuring.evaluation import MACRO, figures
from thamluan.pipeline.themes.model import BY_CODEBOOK, BY_FEW, BY_MODEL, Model

MANY = 300  # coded answers of a theme, from which on the codebook adds nothing: the median over the themes
CLEARLY = 0.05  # macro-F1 by which guesses must do harm before they are left out; less is chance
TO_LABEL = 20  # answers of a theme that are worth coding by hand


def fit_way(
    labelled: Labelled, uncoded: Uncoded, *, by_codebook: bool, single: bool = False, seed: int = DEFAULT_SEED
) -> Model:
    """Fit a model in the way that its texts allow; `labelled` may hold no text, only the codebook.

    `by_codebook` says that the codebook was written by people; one made of the values in a table knows nothing.
    Without coded texts the codebook teaches the model, with few both do, with many the coded texts alone.

    Raises:
        InputError: when there is too little to learn from.
    """
    if not labelled.texts:
        return fit_by_codebook(labelled.codebook, uncoded, single=single, seed=seed)
    is_many = np.median(labelled.themes.sum(axis=0)) >= MANY
    if is_many or not (by_codebook or uncoded.texts):
        return fit_with_many(labelled, single=single, seed=seed)
    return fit_with_few(labelled, uncoded, single=single, seed=seed)


def fit_by_codebook(codebook: Codebook, uncoded: Uncoded, *, single: bool = False, seed: int = DEFAULT_SEED) -> Model:
    """Fit a model on answers that nobody has coded, with the themes that the codebook's own words suggest.

    Raises:
        InputError: when the codebook's words are found in too few answers.
    """
    guessed = _guess(uncoded.drawn(seed=seed), codebook, single=single)
    n_guessed = int(guessed.themes.any(axis=1).sum())
    if n_guessed < FEWEST:
        raise InputError(
            f"The words of the codebook were found in {n_guessed} of {len(uncoded.texts)} answers;"
            f" at least {FEWEST} are needed to learn from.",
            hint="Add cues and examples to the codebook, or label answers and train: thamluan train.",
        )
    learnt = _joined(guessed, _own_texts(codebook))
    return _tell_of(train(learnt, single=single, with_vectors=False, seed=seed), BY_CODEBOOK, guessed=guessed)


def fit_with_few(labelled: Labelled, uncoded: Uncoded, *, single: bool = False, seed: int = DEFAULT_SEED) -> Model:
    """Fit a model on few coded answers, the codebook, and answers that nobody has coded, unless these do harm.

    Whether they do is found by cross-validation, which needs a score of coded answers; with fewer they are trusted.

    Raises:
        InputError: when there is too little to learn from.
    """
    own = _own_texts(labelled.codebook)
    guessed = _guess(uncoded.without(labelled.texts).drawn(seed=seed), labelled.codebook, single=single)
    weak = _joined(guessed, own)
    known = pile(
        _repaired(weak.texts),
        weak.themes,
        coded=_repaired(labelled.texts),
        codes=labelled.themes,
        vectors=load_vectors(),
    )
    checked = guess_coded(known, single=single, seed=seed)
    if guessed.texts and len(labelled.texts) >= FEWEST:
        without = guess_coded(known.from_guess(len(guessed.texts)), single=single, seed=seed)
        if _macro(labelled.themes, without) > _macro(labelled.themes, checked) + CLEARLY:
            guessed, checked = guessed.only([]), without
    if guessed.texts:
        guessed = replace(guessed, themes=revise(known, n_open=len(guessed.texts), single=single, seed=seed))
    learnt = _joined(labelled, _joined(guessed, own))
    model = train(learnt, single=single, with_vectors=False, seed=seed)
    model = _tell_of(model, BY_FEW, guessed=guessed, coded=labelled)
    return _with_figures(model, labelled.themes, checked, seed=seed)


def _macro(truth: np.ndarray, given: np.ndarray) -> float:
    return float(f1_score(truth, given, average="macro", zero_division=0.0))


def fit_with_many(labelled: Labelled, *, single: bool = False, seed: int = DEFAULT_SEED) -> Model:
    """Fit a model on coded answers alone.

    Raises:
        InputError: when there are too few texts to learn from.
    """
    model = _tell_of(train(labelled, single=single, seed=seed), BY_MODEL, coded=labelled)
    found = model.classifier.held_out_[:, list(model.themes)]
    is_held_out = ~np.isnan(found).any(axis=1)
    if not is_held_out.any():
        return model
    given = model.decide(found[is_held_out]).astype(int)
    return _with_figures(model, labelled.themes[is_held_out], given, seed=seed)


def _guess(uncoded: Uncoded, codebook: Codebook, *, single: bool) -> Labelled:
    """Give uncoded texts the themes that the codebook suggests; with `single`, leave out those that get none."""
    themes = np.zeros((0, len(codebook.themes)), dtype=int)
    if uncoded.texts:
        scores = Seeds(codebook, load_vectors()).score(_repaired(uncoded.texts))
        themes = guess(scores, codebook=codebook, single=single)
    guessed = Labelled(uncoded.texts, themes, None, codebook, uncoded.files)
    return guessed.only(np.flatnonzero(themes.any(axis=1)).tolist()) if single else guessed


def _own_texts(codebook: Codebook) -> Labelled:
    texts, themes = texts_of_codebook(codebook)
    return Labelled(tuple(texts), themes, None, codebook, ())


def _repaired(texts: Sequence[str]) -> list[str]:
    return [repaired.text for repaired in repair_all(texts)]


def _joined(first: Labelled, second: Labelled) -> Labelled:
    """Put texts without stance behind others."""
    stances = None
    if first.stances is not None:
        stances = np.vstack([first.stances, np.zeros((len(second.texts), first.stances.shape[1]), dtype=int)])
    themes = np.vstack([first.themes, second.themes])
    return Labelled((*first.texts, *second.texts), themes, stances, first.codebook, (*first.files, *second.files))


def _tell_of(model: Model, way: str, *, guessed: Labelled | None = None, coded: Labelled | None = None) -> Model:
    """Write into a model's facts what it has learnt from: answers that people have coded, answers with guesses."""
    told: dict[str, object] = {"way": way}
    for name, learnt in (("trained_on", coded), ("guessed_on", guessed)):
        if learnt is not None:
            supports = learnt.themes.sum(axis=0).tolist()
            told[name] = {
                "texts": len(learnt.texts),
                "texts_of_theme": dict(zip(learnt.codebook.theme_ids, supports, strict=True)),
                "files": list(learnt.files),
            }
        elif name == "trained_on":
            told[name] = {"texts": 0, "texts_of_theme": dict.fromkeys(model.codebook.theme_ids, 0), "files": []}
    return replace(model, facts={**model.facts, **told})


def _with_figures(model: Model, truth: np.ndarray, given: np.ndarray, *, seed: int) -> Model:
    """Write into a model's facts how well coded answers are coded that were held out."""
    table = figures(truth, given, ids=model.codebook.theme_ids, seed=seed)
    held_out = {"n_answers": len(truth), "themes": table.round(4).to_dict(orient="index")}
    return replace(model, facts={**model.facts, "cross_validated": held_out})


def trust(facts: Mapping[str, object]) -> list[str]:
    """Say in which way a model was made and how far it can be trusted, a sentence a line."""
    told = [_made_of(facts)]
    if "cross_validated" in facts:
        macro = facts["cross_validated"]["themes"][MACRO]
        told.append(
            f"Cross-validated on {facts['cross_validated']['n_answers']} coded answers: themes macro-F1"
            f" {macro['f1']:.2f} (95% interval {macro['low']:.2f}–{macro['high']:.2f}); for answers like these."
        )
    if facts.get("way") == BY_CODEBOOK:
        guessed = facts["guessed_on"]["texts_of_theme"]
        told.append("Nothing has been measured on these answers.")
        told.append("Answers learnt from, by theme: " + ", ".join(f"{id} {n}" for id, n in guessed.items()) + ".")
        too_few = [id for id, n in guessed.items() if n < FEW]
        if too_few:
            told.append(f"Too few to rely on: {', '.join(too_few)}; give them more cues and examples.")
        told.append(f"To know more, code {TO_LABEL} answers of each theme by hand and train: thamluan train.")
    return told


def _made_of(facts: Mapping[str, object]) -> str:
    n_coded = facts["trained_on"]["texts"]
    n_guessed = facts.get("guessed_on", {}).get("texts", 0)
    if facts.get("way") == BY_CODEBOOK:
        return f"Way: the codebook alone, learnt from {n_guessed} answers that nobody has coded."
    if facts.get("way") == BY_FEW:
        return f"Way: few coded answers ({n_coded}), with the codebook and {n_guessed} texts that nobody has coded."
    return f"Way: coded answers alone ({n_coded})."
