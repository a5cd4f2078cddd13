"""The report again, from codes that people have corrected."""

import logging
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate import Summary
from thamluan.pipeline.aggregate.picks import read_picks
from thamluan.pipeline.artefacts import sha256, versions
from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.readers.respondents import respondents_of
from thamluan.pipeline.readers.tables.cells import column_name
from thamluan.pipeline.report import Report, check_output
from thamluan.pipeline.report.run_folders import (
    ANSWERS,
    UNITS,
    ReadBack,
    RunFolder,
    codebook_of,
    find_run,
    read_back,
    sha256_if_there,
)
from thamluan.pipeline.report.word import check_style, kept_style, named_style
from thamluan.pipeline.run import Codes, conclude, counts
from thamluan.pipeline.settings import (
    DEFAULT_MIN_BASE,
    DEFAULT_SEED,
    DEFAULT_STYLE,
    FORMATS,
    LANGUAGES,
    Again,
    Columns,
    Settings,
)
from thamluan.pipeline.text import segment
from thamluan.pipeline.text.repair import repair_all, repairs_without
from thamluan.pipeline.themes.codebooks.codebook import Codebook
from thamluan.pipeline.themes.coding import answer_stances, gather_themes
from thamluan.pipeline.themes.material.coded import POSITION, Problems, Vocabulary
from thamluan.pipeline.themes.material.corrections import (
    codes_of,
    correct_answers,
    correct_units,
    corrections,
    given_codes,
    written_codes,
)

N_SHOWN = 20

log = logging.getLogger(__name__)


def report_again(coded: Path, out: Path, *, again: Again) -> Report:
    """Count and report again what a run coded and people corrected; nothing is written unless all of it succeeds.

    `coded` is the folder of a run, or the table of answers or units of it that was corrected; `again` names the folder
    where that table lies elsewhere.

    Raises:
        ThamluanError: with everything that is wrong, where, and what to do.
    """
    check_output(out, force=again.force)
    check_style(again.style or DEFAULT_STYLE)
    picks = read_picks(again.pin, again.drop)
    run = find_run(coded, folder=again.folder)
    codebook = codebook_of(run.folder, asked=again.codebook)
    problems = Problems()
    back = read_back(run, codebook=codebook, problems=problems)
    if back is None:
        vocabulary = Vocabulary.of(codebook)
        written_codes(run.corrected, run.corrected.filled(), vocabulary=vocabulary, problems=problems)
        raise refusal(run, problems)
    if coded.is_dir():
        _check_one_was_corrected(run)
    answers, units, changed = _corrected(run, back, codebook=codebook, problems=problems)
    if problems.found:
        raise refusal(run, problems)
    listed = corrections(
        back.answers, answers, touched=changed, earlier=back.earlier, vocabulary=Vocabulary.of(codebook)
    )
    corrected = _told(run, listed)
    _note(run, back, corrected, n_now=len(changed))
    settings = _settings(run.provenance, again)
    _warn_of_files(run.provenance, again)
    answers, attributes = _with_columns(run, answers, codebook=codebook, settings=settings)
    codes = Codes(
        contributions=_contributions(answers, attributes, settings=settings),
        attributes=attributes,
        answers=answers,
        units=units.assign(**{columns.MODEL_TEXT: _model_texts(answers, units, settings=settings)}),
        rejected=back.rejected,
        n_rejected=int(run.provenance["counts"]["rejected"]),
        codebook=codebook,
    )
    before = {**run.provenance, "corrected": corrected, **_codebook(codebook, asked=again.codebook)}
    return conclude(
        codes,
        out,
        settings=settings,
        picks=picks,
        told=lambda summary: _provenance(before, summary, settings=settings),
        corrections=listed,
    )


def _told(run: RunFolder, listed: pd.DataFrame) -> dict[str, object]:
    """Say what was corrected, for run.json: the table, and how many contributions, in all rounds."""
    return {
        "table": run.corrected.path.name,
        "sha256": sha256(run.corrected.path),
        "contributions": len(listed),
        "themes": int((listed[columns.THEMES] != listed[columns.MACHINE_THEMES]).sum()),
        "stances": int((listed[columns.STANCE] != listed[columns.MACHINE_STANCE]).sum()),
    }


def _codebook(codebook: Codebook, *, asked: Path | None) -> dict[str, object]:
    """Name the codebook, where another was asked for."""
    if asked is None:
        return {}
    return {"codebook": {"id": codebook.id, "version": codebook.version, "sha256": sha256(asked)}}


def _provenance(before: Mapping[str, object], summary: Summary, *, settings: Settings) -> dict[str, object]:
    """Say where every number came from: run.json of the run, with what was asked and counted now."""
    asked = {
        "by": list(settings.columns.by),
        "weight": settings.columns.weight,
        "lang": settings.lang,
        "style": named_style(settings.style),
        "min_base": settings.min_base,
        "formats": list(settings.formats),
        "masked": settings.masks,
        "pinned": sha256(settings.pin) if settings.pin else None,
        "dropped": sha256(settings.drop) if settings.drop else None,
    }
    return {
        **before,
        "counts": {**before["counts"], **counts(summary)},
        "settings": {**before["settings"], **asked},
        "versions": versions(),
    }


def refusal(run: RunFolder, problems: Problems) -> InputError:
    """Tell all that is wrong."""
    return InputError(
        f"{run.corrected.path.name} cannot be taken as corrected codes:",
        problems=problems.told(),
        hint="Mend these places and run the command again; nothing was written.",
    )


def _check_one_was_corrected(run: RunFolder) -> None:
    """See that a folder does not hold two corrected tables, of which one would be passed over."""
    written = run.provenance.get("files") or {}
    other = UNITS if run.corrected.key == columns.CONTRIBUTION else ANSWERS
    is_changed = other in written and sha256_if_there(run.folder / other) != written[other]
    if run.is_in_place and is_changed:
        raise InputError(
            f"answers.csv and units.csv in {run.folder} were both changed.",
            hint=f"Name the one that counts, as in: thamluan report {run.folder / ANSWERS} --out ...",
        )


def _corrected(
    run: RunFolder, back: ReadBack, *, codebook: Codebook, problems: Problems
) -> tuple[pd.DataFrame, pd.DataFrame, set[int]]:
    """Apply what people changed; give answers, units, and the contributions that were changed."""
    vocabulary = Vocabulary.of(codebook)
    if not run.is_in_place:
        _check_agreement(back, codebook=codebook, problems=problems)
    is_answers = run.corrected.key == columns.CONTRIBUTION
    table = back.answers if is_answers else back.units
    before = dict(zip(table[run.corrected.key], codes_of(table), strict=True))
    given = given_codes(run.corrected, back.corrected, before=before, vocabulary=vocabulary, problems=problems)
    changed = {number: codes for number, codes in given.items() if codes != before[number]}
    if is_answers:
        empty = set(back.answers.loc[back.answers[columns.N_UNITS] == 0, columns.CONTRIBUTION])
        for number in sorted(empty & set(changed)):
            place = run.corrected.place(back.corrected.loc[number, POSITION], columns.THEMES)
            problems.add(place, "an answer without text can have no theme and no stance")
    if problems.found:
        return back.answers, back.units, set()
    if not is_answers:
        main = back.answers.set_index(columns.CONTRIBUTION)[columns.STANCE]
        if not run.is_in_place:
            main = answer_stances(back.units)
        answers, units = correct_units(back.answers, back.units, given=given, main_before=main, codebook=codebook)
        touched = _differing(back.answers, answers)
        # What units were before they were changed in place nobody can tell.
        return answers, units, touched if run.is_in_place else touched | _differing(back.units, units)
    single = bool((run.provenance.get("settings") or {}).get("single"))
    answers, units = correct_answers(back.answers, back.units, given=changed, single=single, vocabulary=vocabulary)
    return answers, units, set(changed)


def _differing(before: pd.DataFrame, after: pd.DataFrame) -> set[int]:
    names = [columns.THEMES, columns.STANCE]
    return set(after.loc[(before[names] != after[names]).any(axis=1), columns.CONTRIBUTION])


def _check_agreement(back: ReadBack, *, codebook: Codebook, problems: Problems) -> None:
    """See that the tables beside the corrected one are still those of one run."""
    themes, _ = gather_themes(back.answers[columns.CONTRIBUTION], units=back.units, codebook=codebook)
    differs = back.answers[columns.THEMES] != pd.Series(themes, index=back.answers.index)
    numbers = back.answers.loc[differs, columns.CONTRIBUTION].tolist()
    if numbers:
        shown = ", ".join(map(str, numbers[:N_SHOWN]))
        what = f"do not name the same themes for {len(numbers)} contribution(s): {shown}; put one of them back"
        problems.add("answers.csv and units.csv", what)


def _note(run: RunFolder, back: ReadBack, corrected: Mapping[str, object], *, n_now: int) -> None:
    """Tell the user what was corrected, and what was not taken."""
    log.info(
        "%s: %d contributions' codes were corrected by hand (themes %d, stance %d), %d of them since the last report",
        *(corrected[name] for name in ("table", "contributions", "themes", "stances")),
        n_now,
    )
    if back.n_other_cells:
        told = "%d cells of other columns differ from %s.csv and are not taken; only codes are"
        log.warning(told, back.n_other_cells, run.corrected.name)


def _warn_of_files(provenance: Mapping[str, object], again: Again) -> None:
    """Say where the run had lists of quotes or a template, which it did not keep, and none is given now."""
    asked = provenance.get("settings") or {}
    style = asked.get("style", DEFAULT_STYLE)
    had = {"--pin": asked.get("pinned"), "--drop": asked.get("dropped"), "--style": style != kept_style(style)}
    given = {"--pin": again.pin, "--drop": again.drop, "--style": again.style}
    for option in had:
        if had[option] and given[option] is None:
            log.warning("the run had a file with %s; give it again to have the same report", option)


def _settings(provenance: Mapping[str, object], again: Again) -> Settings:
    """Take what is not asked for now from what the run was asked."""
    asked = provenance.get("settings") or {}
    by = tuple(asked.get("by") or ()) if again.by is None else again.by
    weight = asked.get("weight") if again.weight is None else again.weight or None
    lang = again.lang or asked.get("lang")
    return Settings(
        Columns(id=asked.get("id"), by=tuple(filter(None, by)), weight=weight),
        skipped=tuple(asked.get("skipped_repairs") or ()),
        pin=again.pin,
        drop=again.drop,
        masks=bool(asked.get("masked", True)) if again.masks is None else again.masks,
        lang=lang if lang in LANGUAGES else LANGUAGES[0],
        style=again.style or kept_style(asked.get("style")),
        min_base=again.min_base or int(asked.get("min_base") or DEFAULT_MIN_BASE),
        formats=again.formats or _known(asked.get("formats")) or FORMATS,
        seed=int(asked.get("seed") or DEFAULT_SEED),
        force=again.force,
    )


def _known(formats: object) -> tuple[str, ...]:
    """Take the formats of a run that there are, in their order."""
    return tuple(name for name in FORMATS if isinstance(formats, list) and name in formats)


def _with_columns(
    run: RunFolder, answers: pd.DataFrame, *, codebook: Codebook, settings: Settings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the columns that are asked for: those that the run kept, and those that people added to the answers."""
    names = list(answers.columns)
    first, last = names.index(columns.QUESTION) + 1, names.index(columns.TEXT)
    kept = {name: name for name in names[first:last]}
    missing = []
    for name in settings.columns.kept:
        found = next((own for own in kept if column_name(own) == column_name(name)), None)
        if found is None and name in run.corrected.rows and run.corrected.key == columns.CONTRIBUTION:
            rows = run.corrected.numbered(answers[columns.CONTRIBUTION].tolist(), Problems())
            answers = answers.drop(columns=name, errors="ignore")
            answers.insert(answers.columns.get_loc(columns.TEXT), name, rows[name].to_numpy())
            kept[name] = name
        elif found is None:
            missing.append(name)
        elif found != name:
            answers, kept[name] = answers.rename(columns={found: name}), name
            del kept[found]
    if missing:
        raise ColumnError(
            f"{run.answers.path.name} has no column {', '.join(map(repr, missing))}.",
            hint=f"It has: {', '.join(map(repr, kept)) or 'none to group by'}. Name others in a new run, with --by.",
        )
    codes = [*codebook.theme_ids, *columns.SURENESS]
    return answers[[*columns.ANSWERS_BEFORE, *kept, *columns.ANSWERS_AFTER, *codes]], answers[list(kept)]


def _contributions(answers: pd.DataFrame, attributes: pd.DataFrame, *, settings: Settings) -> pd.DataFrame:
    """Make contributions again as the readers made them, as far as counting needs them."""
    contributions = answers[[*columns.ANSWERS_BEFORE, columns.TEXT]].copy()
    id = settings.columns.id
    contributions[columns.RESPONDENT] = respondents_of(answers, ids=None if id is None else attributes[id])
    contributions[columns.PARAGRAPH] = (answers[columns.QUESTION] == "").astype(int)
    contributions[columns.PLACES] = [()] * len(answers)
    return contributions[list(columns.CONTRIBUTIONS)]


def _model_texts(answers: pd.DataFrame, units: pd.DataFrame, *, settings: Settings) -> list[str]:
    """Repair the texts again, as the run did; a unit that would be cut otherwise today is repaired by itself."""
    names = repairs_without(settings.skipped)
    texts = answers[[columns.CONTRIBUTION, columns.SOURCE, columns.PLACE, columns.TEXT]]
    repaired = repair_all(texts[columns.TEXT].tolist(), names=names)
    spans = [columns.CONTRIBUTION, columns.START, columns.END]
    cut = segment(texts.assign(**{columns.PLACES: [()] * len(texts)}), repaired=repaired)
    known = dict(zip(cut[spans].itertuples(index=False, name=None), cut[columns.MODEL_TEXT], strict=True))
    found = [known.get(span) for span in units[spans].itertuples(index=False, name=None)]
    others = [text for text, model_text in zip(units[columns.TEXT], found, strict=True) if model_text is None]
    mended = iter(seen.text for seen in repair_all(others, names=names))
    return [next(mended) if model_text is None else model_text for model_text in found]
