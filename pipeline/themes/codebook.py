"""The codebook: themes and stances as data, checked on load with every problem listed at once."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import DEFAULT_CODEBOOK
from thamluan.pipeline.errors import CodebookError, ThamluanError
from thamluan.pipeline.settings import LANGUAGES


@dataclass(frozen=True)
class Stance:
    """How a unit speaks of its themes; `label` and `definition` are by language (`vi`, `en`)."""

    id: str
    label: Mapping[str, str]
    definition: Mapping[str, str]


@dataclass(frozen=True)
class Theme:
    """A theme: what counts, what does not, words that point to it, examples."""

    id: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    excludes: Mapping[str, str]
    cues: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """Themes and stances, in the order in which every table shows them."""

    id: str
    version: str
    title: Mapping[str, str]
    themes: tuple[Theme, ...]
    stances: tuple[Stance, ...]

    @property
    def theme_ids(self) -> tuple[str, ...]:
        return tuple(theme.id for theme in self.themes)

    @property
    def stance_ids(self) -> tuple[str, ...]:
        return tuple(stance.id for stance in self.stances)

    def labels(self, lang: str) -> dict[str, str]:
        """Map the ids of themes to their labels."""
        return {theme.id: theme.label[lang] for theme in self.themes}

    def stance_labels(self, lang: str) -> dict[str, str]:
        """Map the ids of stances to their labels."""
        return {stance.id: stance.label[lang] for stance in self.stances}


CODEBOOK_KEYS = ("id", "version", "title", "themes", "stances")
THEME_KEYS = ("id", "label", "definition", "excludes", "cues", "examples")
STANCE_KEYS = ("id", "label", "definition")
SHEET_COLUMNS = ("id", "label", "label_en", "definition", "definition_en", "excludes", "cues", "examples")
SHEET_SUFFIXES = (".xlsx", ".csv", ".tsv")
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = frozenset((*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER, *columns.UNITS, columns.EVIDENCE))


def load_codebook(path: Path = DEFAULT_CODEBOOK) -> Codebook:
    """Read a codebook from YAML, or from a sheet with a row a theme (`SHEET_COLUMNS`).

    Without stances it has those of the default codebook.

    Raises:
        CodebookError: with every problem found, each with its place in the file.
    """
    content = _read_sheet(path) if path.suffix.lower() in SHEET_SUFFIXES else _read_yaml(path)
    problems = _Problems()
    codebook = _codebook(content, problems, is_default=path == DEFAULT_CODEBOOK)
    if problems:
        raise CodebookError(
            f"{path.name} is not a usable codebook; {len(problems)} thing(s) to mend:",
            problems=problems,
            hint="'thamluan codebook new FILE' writes a small one to start from.",
        )
    return codebook


def _read_yaml(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CodebookError(f"The codebook {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name} is not UTF-8 text.", hint="Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise CodebookError(
            f"{path.name}{place} is not YAML: {error.problem}.",
            hint="Check indentation and quotes there; a text that holds ': ' needs quotes.",
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CodebookError(f"{path.name} is not YAML.") from error


def _read_sheet(path: Path) -> object:
    """Bring a sheet with a row a theme into the shape of the YAML; cues and examples are apart by `;` or lines."""
    from thamluan.pipeline.readers import read_table

    try:
        rows = read_table(path).rows
    except ThamluanError as error:
        raise CodebookError(f"The codebook {path.name} cannot be read: {error}", hint=error.hint) from error
    themes = []
    for row in rows.to_dict("records"):
        cell = {str(key).strip().lower(): value.strip() for key, value in row.items()}
        theme: dict[str, object] = {key: value for key, value in cell.items() if value and key not in SHEET_COLUMNS}
        theme["id"] = cell.get("id", "")
        for key in ("label", "definition"):
            if cell.get(key):
                theme[key] = {"vi": cell[key], "en": cell.get(f"{key}_en") or cell[key]}
        if cell.get("excludes"):
            theme["excludes"] = cell["excludes"]
        for key in ("cues", "examples"):
            theme[key] = [part.strip() for part in re.split(r"[;\n]", cell.get(key, "")) if part.strip()]
        themes.append(theme)
    return {"id": path.stem, "version": "1", "title": path.stem, "themes": themes}


class _Problems(list[str]):
    """Everything found wrong, each with the place in the file where it stands."""

    def add(self, place: str, what: str) -> None:
        self.append(f"{place}: {what}" if place else what)


def _codebook(content: object, problems: _Problems, *, is_default: bool) -> Codebook:
    fields = _mapping(content, problems, place="", allowed=CODEBOOK_KEYS)
    themes = tuple(
        _theme(entry, problems, place=place)
        for place, entry in _entries(fields, problems, key="themes", allowed=THEME_KEYS, required=True)
    )
    stances = tuple(
        _stance(entry, problems, place=place)
        for place, entry in _entries(fields, problems, key="stances", allowed=STANCE_KEYS, required=is_default)
    )
    for place, ids in (("themes", [theme.id for theme in themes]), ("stances", [stance.id for stance in stances])):
        for repeated in sorted({id for id in ids if id and ids.count(id) > 1}):
            problems.add(place, f"the id '{repeated}' is used {ids.count(repeated)} times; ids must differ")
    return Codebook(
        id=_text(fields.get("id"), problems, place="id", required=True),
        version=_text(fields.get("version", "1"), problems, place="version", required=True),
        title=_by_language(fields.get("title", fields.get("id")), problems, place="title"),
        themes=themes,
        stances=stances if stances or is_default else load_codebook().stances,
    )


def _theme(fields: Mapping[str, object], problems: _Problems, *, place: str) -> Theme:
    id = _id(fields.get("id"), problems, place=place)
    place = f"{place} {id}".strip()
    return Theme(
        id=id,
        label=_by_language(fields.get("label"), problems, place=f"{place}.label", required=True),
        definition=_by_language(fields.get("definition"), problems, place=f"{place}.definition"),
        excludes=_by_language(fields.get("excludes"), problems, place=f"{place}.excludes"),
        cues=_texts(fields.get("cues"), problems, place=f"{place}.cues"),
        examples=_texts(fields.get("examples"), problems, place=f"{place}.examples"),
    )


def _stance(fields: Mapping[str, object], problems: _Problems, *, place: str) -> Stance:
    id = _id(fields.get("id"), problems, place=place)
    place = f"{place} {id}".strip()
    return Stance(
        id=id,
        label=_by_language(fields.get("label"), problems, place=f"{place}.label", required=True),
        definition=_by_language(fields.get("definition"), problems, place=f"{place}.definition"),
    )


def _entries(
    fields: Mapping[str, object], problems: _Problems, *, key: str, allowed: Sequence[str], required: bool
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give the entries of a list that are mappings, each with its place; the others are problems."""
    for number, entry in enumerate(_list(fields.get(key), problems, place=key, required=required), start=1):
        place = f"{key}[{number}]"
        mapping = _mapping(entry, problems, place=place, allowed=allowed)
        if mapping:
            yield place, mapping


def _mapping(value: object, problems: _Problems, *, place: str, allowed: Sequence[str]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        problems.add(place, f"expected the keys {', '.join(allowed)}, found {_kind(value)}")
        return {}
    for key in value:
        if key not in allowed:
            close = difflib.get_close_matches(str(key), allowed, n=1)
            meant = f"; did you mean '{close[0]}'?" if close else f"; allowed: {', '.join(allowed)}"
            problems.add(place, f"unknown key '{key}'{meant}")
    return value


def _list(value: object, problems: _Problems, *, place: str, required: bool) -> list[object]:
    if isinstance(value, list) and (value or not required):
        return value
    if value is not None or required:
        problems.add(place, f"expected a list with at least one entry, found {_kind(value)}")
    return []


def _texts(value: object, problems: _Problems, *, place: str) -> tuple[str, ...]:
    entries = enumerate(_list(value, problems, place=place, required=False), start=1)
    return tuple(_text(entry, problems, place=f"{place}[{number}]", required=True) for number, entry in entries)


def _text(value: object, problems: _Problems, *, place: str, required: bool = False) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and (value.strip() or not required):
        return value.strip()
    if value is not None or required:
        problems.add(place, f"expected text, found {_kind(value)}")
    return ""


def _id(value: object, problems: _Problems, *, place: str) -> str:
    id = _text(value, problems, place=f"{place}.id", required=True)
    if id and not ID.fullmatch(id):
        problems.add(place, f"id '{id}' may only hold a-z, 0-9 and _, begin with a letter, and have up to 40")
    elif id in TAKEN:
        problems.add(place, f"id '{id}' is the name of a column of the tables; choose another")
    return id


def _by_language(value: object, problems: _Problems, *, place: str, required: bool = False) -> Mapping[str, str]:
    """Read a text that may be given once, or by language; a language that is missing takes the other's."""
    if not isinstance(value, Mapping):
        return dict.fromkeys(LANGUAGES, _text(value, problems, place=place, required=required))
    texts = {
        lang: _text(text, problems, place=f"{place}.{lang}", required=True)
        for lang, text in _mapping(value, problems, place=place, allowed=LANGUAGES).items()
    }
    given = [texts[lang] for lang in LANGUAGES if texts.get(lang)]
    if not given:
        problems.add(place, f"expected text in one of {', '.join(LANGUAGES)}, found none")
    return {lang: texts.get(lang) or (given[0] if given else "") for lang in LANGUAGES}


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"{str(value).lower()} (write a word like this in quotes)"
    kinds = {list: "list", dict: "mapping", str: "text"}
    kind = kinds.get(type(value), repr(value))
    return f"an empty {kind}" if not value else kind


def dump_codebook(codebook: Codebook) -> str:
    """Write a codebook as YAML that `load_codebook` reads back as the same."""
    content = {
        "id": codebook.id,
        "version": codebook.version,
        "title": dict(codebook.title),
        "themes": [_plain(theme) for theme in codebook.themes],
        "stances": [_plain(stance) for stance in codebook.stances],
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _plain(entry: Theme | Stance) -> dict[str, object]:
    """Bring an entry into what YAML can hold, without the fields that say nothing."""
    plain: dict[str, object] = {}
    for name, value in vars(entry).items():
        value = dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
        if value and not (isinstance(value, dict) and not any(value.values())):
            plain[name] = value
    return plain


def describe(codebook: Codebook, *, lang: str) -> str:
    """Write a codebook for reading: a paragraph a theme and a line a stance."""
    parts = [f"{codebook.title[lang]} ({codebook.id}, {codebook.version})"]
    for theme in codebook.themes:
        texts = [theme.definition[lang], theme.excludes[lang] and f"≠ {theme.excludes[lang]}", ", ".join(theme.cues)]
        parts.append("\n".join([f"{theme.id}: {theme.label[lang]}", *(f"    {text}" for text in texts if text)]))
    parts.append("\n".join(f"{stance.id}: {stance.label[lang]}" for stance in codebook.stances))
    return "\n\n".join(parts)
