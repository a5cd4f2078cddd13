"""Folders that a run has written, read back: which of its tables people corrected, and what it was before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import DEFAULT_CODEBOOK, sha256
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.formulas import disarm, rearm
from thamluan.pipeline.readers.formats import TABLES
from thamluan.pipeline.themes.codebooks.codebook import Codebook, load_codebook
from thamluan.pipeline.themes.coding import answer_stances, gather_themes
from thamluan.pipeline.themes.material.coded import POSITION, CodedTable, Problems, is_same_text, lines, read_coded

RUN, ANSWERS, UNITS, REJECTED = "run.json", "answers.csv", "units.csv", "rejected.csv"
CODEBOOK, CORRECTIONS, WORKBOOK = "codebook.yaml", "corrections.csv", "tables.xlsx"
CODED_SAV = "answers.sav"  # written too, but not for correcting
HINT = "Give the folder that `thamluan run` wrote, or answers.csv or units.csv in it, also when saved as .xlsx."
HINT_OF_TABLES = f"{HINT} A run with --format writes these tables only with --format csv."
EDITED = "the text is not the one that was coded; put it back, since only codes can be corrected here"


@dataclass(frozen=True)
class RunFolder:
    """What lies in a folder; `corrected`, which people changed, is one of its two tables or a third file."""

    folder: Path
    provenance: Mapping[str, object]
    answers: CodedTable
    units: CodedTable
    corrected: CodedTable

    @property
    def is_in_place(self) -> bool:
        """Say whether the table was corrected where the run wrote it, so that what was there before is gone."""
        return self.corrected is self.answers or self.corrected is self.units


@dataclass(frozen=True)
class ReadBack:
    """Answers and units with the codes that they had before people changed them, and the rows that people saved."""

    answers: pd.DataFrame
    units: pd.DataFrame
    corrected: pd.DataFrame
    rejected: pd.DataFrame
    earlier: pd.DataFrame
    n_other_cells: int  # changed in other columns than those of the codes, and not taken


def find_run(coded: Path, *, folder: Path | None = None) -> RunFolder:
    """Find the tables of a run, in a folder or beside the one that people corrected.

    Raises:
        InputError: when something lacks, or it cannot be told which table was corrected.
    """
    if not coded.exists():
        raise InputError(f"{coded} does not exist", hint=HINT)
    folder = coded if coded.is_dir() else folder or coded.parent
    missing = [name for name in (RUN, UNITS) if not (folder / name).is_file()]
    if missing:
        hint = HINT_OF_TABLES if UNITS in missing and RUN not in missing else HINT
        hint = hint if coded.is_dir() else f"{hint} For a table that lies elsewhere, name the folder with --run."
        raise InputError(f"{folder} has no {' and no '.join(missing)}", hint=hint)
    provenance = _json(folder / RUN)
    path = _corrected(folder, provenance) if coded.is_dir() else coded
    corrected = read_coded(path)
    own = folder / f"{corrected.name}.csv"
    tables = {corrected.name: corrected if not own.exists() or path.samefile(own) else read_coded(own)}
    for name in {"answers", "units"} - set(tables):
        if not (folder / f"{name}.csv").is_file():
            raise InputError(f"{folder} has no {name}.csv", hint=HINT)
        tables[name] = read_coded(folder / f"{name}.csv")
    return RunFolder(folder, provenance, tables["answers"], tables["units"], corrected)


def _json(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise InputError(f"{path} cannot be read", hint="Give a folder that `thamluan run` wrote.") from error
    if not isinstance(content, dict) or "counts" not in content:
        raise InputError(f"{path} does not tell of a run", hint="Give a folder that `thamluan run` wrote.")
    return content


def _corrected(folder: Path, provenance: Mapping[str, object]) -> Path:
    """Tell which table of a folder people corrected: one saved as another kind, or that whose hash has changed."""
    written = provenance.get("files") or {}
    saved = sorted(
        path
        for path in folder.iterdir()
        if path.stem.casefold() in ("answers", "units")
        and path.suffix.lower() in TABLES
        and path.name not in (ANSWERS, UNITS, CODED_SAV)
    )
    if WORKBOOK in written and sha256_if_there(folder / WORKBOOK) not in (None, written[WORKBOOK]):
        saved.append(folder / WORKBOOK)
    if len(saved) > 1:
        names = ", ".join(path.name for path in saved)
        raise InputError(f"{folder} holds {names}", hint="Name the one that you corrected.")
    if saved:
        return saved[0]
    changed = [name for name in (ANSWERS, UNITS) if sha256_if_there(folder / name) != written.get(name)]
    return folder / (UNITS if changed == [UNITS] else ANSWERS)


def sha256_if_there(path: Path) -> str | None:
    """Hash a file, where there is one."""
    return sha256(path) if path.is_file() else None


def codebook_of(folder: Path, *, asked: Path | None) -> Codebook:
    """Choose the codebook: the one asked for, that of the run, or for runs that kept none the default one."""
    kept = folder / CODEBOOK
    return load_codebook(asked or (kept if kept.is_file() else DEFAULT_CODEBOOK))


def read_back(run: RunFolder, *, codebook: Codebook, problems: Problems) -> ReadBack | None:
    """Type the tables of a run, and line up with them the rows that people saved; None where there are problems."""
    units, unit_rows = _numbered_units(run, codebook=codebook, problems=problems)
    answers, answer_rows = _numbered_answers(run, codebook=codebook, problems=problems)
    if problems.found:
        return None
    answers[columns.TEXT] = _texts(run, answer_rows, units.assign(**{POSITION: unit_rows[POSITION]}), problems=problems)
    answers, units = answers.reset_index(drop=True), units.reset_index(drop=True)
    if problems.found:
        return None
    whole = dict(zip(answers[columns.CONTRIBUTION], answers[columns.TEXT], strict=True))
    spans = units[[columns.CONTRIBUTION, columns.START, columns.END]].itertuples(index=False, name=None)
    units[columns.TEXT] = [whole[number][start:end] for number, start, end in spans]
    earlier = _earlier(run)
    if run.corrected.key == columns.CONTRIBUTION:
        rows = (
            answer_rows if run.is_in_place else run.corrected.numbered(answers[columns.CONTRIBUTION].tolist(), problems)
        )
        wanted = answers
        if run.is_in_place:
            answers = _as_before(answers, units, earlier=earlier, codebook=codebook)
    else:
        rows = unit_rows if run.is_in_place else run.corrected.numbered(units[columns.UNIT].tolist(), problems)
        wanted = units
    if not run.is_in_place:
        _check_texts(
            run.corrected,
            rows,
            texts=dict(zip(wanted[run.corrected.key], wanted[columns.TEXT], strict=True)),
            problems=problems,
        )
    rejected = _plain(run.folder / REJECTED, columns.REJECTED)
    n_other = 0 if run.is_in_place else _other_cells(rows, wanted, codebook=codebook)
    return ReadBack(answers, units, rows, rejected, earlier, n_other)


def _numbered_units(run: RunFolder, *, codebook: Codebook, problems: Problems) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Type the units."""
    table = run.units
    n_units = int(run.provenance["counts"]["units"])
    rows = table.numbered(range(1, n_units + 1), problems)
    typed = rows.drop(columns=POSITION).copy()
    names = [columns.probability(theme) for theme in codebook.theme_ids]
    for name in names:
        if name not in typed:
            typed[name] = "0"
    kinds = dict.fromkeys((columns.UNIT, columns.CONTRIBUTION, columns.START, columns.END, columns.NEEDS_LOOK), int)
    kinds |= dict.fromkeys((*names, columns.STANCE_PROBABILITY), float)
    _type(table, rows, typed, kinds=kinds, problems=problems)
    order = [*columns.UNITS, *names, columns.EVIDENCE, *columns.SURENESS]
    _require(table, typed, order, problems=problems)
    return typed if problems.found else typed[order], rows


def _numbered_answers(run: RunFolder, *, codebook: Codebook, problems: Problems) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Type the answers; their texts stay cells."""
    table, counts = run.answers, run.provenance["counts"]
    rows = table.numbered(range(1, int(counts["coded"]) + int(counts["empty"]) + 1), problems)
    typed = rows.drop(columns=POSITION).copy()
    for theme in codebook.theme_ids:
        if theme not in typed:
            typed[theme] = "0"
    for name in (columns.THEMES, columns.STANCE):
        if name not in typed:
            typed[name] = ""
    kinds = dict.fromkeys((columns.CONTRIBUTION, columns.N_UNITS, columns.NEEDS_LOOK), int)
    kinds |= {columns.STANCE_PROBABILITY: float}
    if run.corrected is not table:
        kinds |= dict.fromkeys(codebook.theme_ids, int)
    _type(table, rows, typed, kinds=kinds, problems=problems)
    _require(table, typed, (*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER, *columns.SURENESS), problems=problems)
    return typed, rows


def _require(table: CodedTable, typed: pd.DataFrame, names: Sequence[str], *, problems: Problems) -> None:
    lacking = [name for name in names if name not in typed]
    if lacking:
        problems.add(table.path.name, f"the column(s) {', '.join(lacking)} are missing; put them back")


def _type(
    table: CodedTable, rows: pd.DataFrame, typed: pd.DataFrame, *, kinds: Mapping[str, type], problems: Problems
) -> None:
    """Turn columns into numbers, in place; a spreadsheet may have written a comma in them."""
    for name, kind in kinds.items():
        if name not in typed:
            continue
        values = pd.to_numeric(typed[name].str.replace(",", ".", regex=False), errors="coerce")
        for position in rows.loc[values.isna().to_numpy(), POSITION]:
            problems.add(table.place(position, name), "no number; put back what the run wrote")
        typed[name] = values.fillna(0).astype(kind)


def _texts(run: RunFolder, rows: pd.DataFrame, units: pd.DataFrame, *, problems: Problems) -> list[str]:
    """Find the text of each answer, with or without the `'` of its cell: the one that its units were cut from."""
    cut: dict[int, list[tuple[int, int, int, str]]] = {}
    named = (columns.CONTRIBUTION, POSITION, columns.START, columns.END, columns.TEXT)
    for number, *piece in units[list(named)].itertuples(index=False, name=None):
        cut.setdefault(number, []).append(tuple(piece))
    texts = []
    for number, cell, position in zip(rows.index, rows[columns.TEXT], rows[POSITION], strict=True):
        pieces = cut.get(number, [])
        wholes = dict.fromkeys((rearm(cell), cell))
        text = min(wholes, key=lambda text, pieces=pieces: len(_misfits(text, pieces)))
        misfits = _misfits(text, pieces)
        if run.corrected is run.units:
            for misfit in misfits:
                problems.add(run.units.place(misfit, columns.TEXT), EDITED)
        elif misfits or (not pieces and any(char.isalpha() for char in cell)):
            problems.add(run.answers.place(position, columns.TEXT), EDITED)
        texts.append(text)
    return texts


def _misfits(text: str, pieces: Sequence[tuple[int, int, int, str]]) -> list[int]:
    """Give the positions of the units that do not stand in a text where they should."""
    return [at for at, start, end, piece in pieces if lines(disarm(text[start:end])) != lines(piece)]


def _check_texts(table: CodedTable, rows: pd.DataFrame, *, texts: Mapping[int, str], problems: Problems) -> None:
    if columns.TEXT not in rows:
        return
    for number, position, cell in zip(rows.index, rows[POSITION], rows[columns.TEXT], strict=True):
        if not is_same_text(cell, texts[number]):
            place = table.place(position, columns.TEXT)
            problems.add(place, EDITED)


def _as_before(
    answers: pd.DataFrame, units: pd.DataFrame, *, earlier: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Give answers the codes that they had before they were corrected in place, which their units still tell."""
    before = answers.copy()
    numbers = answers[columns.CONTRIBUTION]
    themes, present = gather_themes(numbers, units=units, codebook=codebook)
    before[columns.THEMES] = themes
    for theme in codebook.theme_ids:
        before[theme] = present[theme].to_numpy()
    stances = answer_stances(units).reindex(numbers, fill_value="")
    kept = earlier.set_index(columns.CONTRIBUTION)[columns.STANCE]
    before[columns.STANCE] = [kept.get(number, stance) for number, stance in zip(numbers, stances, strict=True)]
    return before


def _other_cells(rows: pd.DataFrame, wanted: pd.DataFrame, *, codebook: Codebook) -> int:
    """Count the cells of words that people, or their spreadsheet, changed in columns that hold no codes."""
    codes = {columns.TEXT, columns.THEMES, columns.STANCE, *codebook.theme_ids, columns.EVIDENCE}
    names = [name for name in wanted if name in rows and name not in codes and wanted[name].dtype == object]
    if len(rows) != len(wanted):
        return 0
    return sum(int((rows[name].to_numpy() != wanted[name].to_numpy()).sum()) for name in names)


def _earlier(run: RunFolder) -> pd.DataFrame:
    """Read what was corrected in earlier rounds, if the folder tells of any."""
    if not run.provenance.get("corrected"):
        return pd.DataFrame(columns=list(columns.CORRECTIONS))
    df = _plain(run.folder / CORRECTIONS, columns.CORRECTIONS)
    return df.astype({columns.CONTRIBUTION: int})


def _plain(path: Path, names: Sequence[str]) -> pd.DataFrame:
    """Read a small table that the program wrote; one that is not there is empty."""
    if not path.is_file():
        return pd.DataFrame(columns=list(names), dtype=str)
    df = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return df[list(names)].map(rearm)
