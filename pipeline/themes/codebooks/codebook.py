"""The codebook: themes and stances as data, checked on load with every problem listed at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import yaml

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import DEFAULT_CODEBOOK
from thamluan.pipeline.errors import CodebookError, ThamluanError
from thamluan.pipeline.themes.codebooks.fields import Problems, by_language, list_of, mapping, text, texts
from thamluan.pipeline.themes.codebooks.sheet import COLUMNS as SHEET_COLUMNS
from thamluan.pipeline.themes.codebooks.sheet import heading, id_of, workbook


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
SHEET_SUFFIXES = (".xlsx", ".csv", ".tsv")
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Names that stand for something else in the tables: columns, and the averages of an evaluation.
AVERAGES = ("macro", "weighted", "micro")
TAKEN = frozenset(
    (*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER, *columns.UNITS, *columns.SURENESS, columns.EVIDENCE, *AVERAGES)
)


def load_codebook(path: Path = DEFAULT_CODEBOOK) -> Codebook:
    """Read a codebook from YAML, or from a sheet with a row a theme and Vietnamese or English headings (`sheet`).

    Texts are brought into NFC. Without stances it has those of the default codebook.

    Raises:
        CodebookError: with every problem found, each with its place in the file.
    """
    problems = Problems()
    read = _read_sheet if path.suffix.lower() in SHEET_SUFFIXES else _read_yaml
    codebook = _codebook(read(path, problems), problems, is_default=path == DEFAULT_CODEBOOK)
    if problems:
        raise CodebookError(
            f"{path.name} is not a usable codebook; {len(problems)} thing(s) to mend:",
            problems=problems,
            hint="'thamluan codebook new FILE' writes a small one to start from.",
        )
    return codebook


class _Loader(yaml.SafeLoader):
    """YAML as people mean it: numbers and dates stay as they are written, and a key named twice is told.

    PyYAML would keep the last of two keys in silence. Merging (`<<`) is left out: a small file could grow without end.
    """

    yaml_constructors: ClassVar = {
        **yaml.SafeLoader.yaml_constructors,
        **dict.fromkeys(
            (f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "timestamp", "merge")),
            yaml.SafeLoader.construct_yaml_str,
        ),
    }

    def __init__(self, stream: str, problems: Problems) -> None:
        super().__init__(stream)
        self.problems = problems

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """See that no key stands twice; called for each mapping before it is made."""
        found: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in found:
                    self.problems.add(f"line {key.start_mark.line + 1}", f"the key '{key.value}' stands here again")
                found.add(key.value)


def _read_yaml(path: Path, problems: Problems) -> object:
    try:
        return _Loader(path.read_text(encoding="utf-8-sig"), problems).get_single_data()
    except OSError as error:
        raise CodebookError(f"The codebook {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name} is not UTF-8 text.", hint="Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}," if mark else ""
        raise CodebookError(
            f"{path.name}{place} is not YAML: {error.problem}.",
            hint="Check indentation and quotes there; a text that holds ': ' needs quotes.",
        ) from error
    except yaml.reader.ReaderError as error:
        code = f"{error.character:04X}"
        raise CodebookError(f"{path.name} holds the character U+{code}, which YAML does not allow.") from error
    except (yaml.YAMLError, RecursionError, KeyError) as error:  # KeyError: "!!bool perhaps"
        raise CodebookError(f"{path.name} is not YAML, or is too deeply nested.") from error


def _read_sheet(path: Path, problems: Problems) -> object:
    """Bring a sheet with a row a theme into the shape of the YAML; cues and examples are apart by `;` or lines.

    A theme without id gets one made of its label.
    """
    from thamluan.pipeline.readers import read_table

    try:
        table = read_table(path)
    except ThamluanError as error:
        raise CodebookError(f"The codebook cannot be read: {error}", hint=error.hint) from error
    for rejection in table.rejected:
        problems.add(f"row {rejection.row}", f"{rejection.reason}; a cell that holds a comma needs quotes")
    meant = [heading(name) for name in table.header]
    for column in sorted({column for column in meant if column and meant.count(column) > 1}):
        problems.add("row 1", f"{meant.count(column)} columns mean '{column}'; keep one")
    themes = []
    for row in table.rows.to_dict("records"):
        cells = {heading(str(name)): value.strip() for name, value in row.items() if value.strip()}
        if cells:
            if "label" in cells:
                cells.setdefault("id", id_of(cells["label"]))
            themes.append(_from_cells(cells))
    return {"id": path.stem, "title": path.stem, "themes": themes}


def _from_cells(cells: Mapping[str, str]) -> dict[str, object]:
    """Bring the filled cells of a row into the shape of a theme in YAML; unknown columns stay, to be told."""
    theme: dict[str, object] = {name: value for name, value in cells.items() if name not in SHEET_COLUMNS}
    theme |= {name: cells[name] for name in ("id", "excludes") if name in cells}
    for name in ("label", "definition"):
        given = {"vi": cells.get(name), "en": cells.get(f"{name}_en")}
        if any(given.values()):
            theme[name] = {lang: value for lang, value in given.items() if value}
    for name, between in (("cues", r"[;,\n]"), ("examples", r"[;\n]")):
        if name in cells:
            theme[name] = [part.strip() for part in re.split(between, cells[name]) if part.strip()]
    return theme


def _codebook(content: object, problems: Problems, *, is_default: bool) -> Codebook:
    fields = mapping(content, problems, place="", allowed=CODEBOOK_KEYS)
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
        id=text(fields.get("id"), problems, place="id", required=True),
        version=text(fields.get("version", "1"), problems, place="version", required=True),
        title=by_language(fields.get("title", fields.get("id")), problems, place="title"),
        themes=themes,
        stances=stances if stances or is_default else load_codebook().stances,
    )


def _entries(
    fields: Mapping[str, object], problems: Problems, *, key: str, allowed: Sequence[str], required: bool
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Give the entries of a list that are mappings, each with its place; the others are problems."""
    for number, entry in enumerate(list_of(fields.get(key), problems, place=key, required=required), start=1):
        place = f"{key}[{number}]"
        entry_fields = mapping(entry, problems, place=place, allowed=allowed)
        if isinstance(entry, Mapping):
            yield place, entry_fields


def _theme(fields: Mapping[str, object], problems: Problems, *, place: str) -> Theme:
    id = _id(fields.get("id"), problems, place=place)
    place = f"{place} {id}".strip()
    return Theme(
        id=id,
        label=by_language(fields.get("label"), problems, place=f"{place}.label", required=True),
        definition=by_language(fields.get("definition"), problems, place=f"{place}.definition"),
        excludes=by_language(fields.get("excludes"), problems, place=f"{place}.excludes"),
        cues=texts(fields.get("cues"), problems, place=f"{place}.cues"),
        examples=texts(fields.get("examples"), problems, place=f"{place}.examples"),
    )


def _stance(fields: Mapping[str, object], problems: Problems, *, place: str) -> Stance:
    id = _id(fields.get("id"), problems, place=place)
    place = f"{place} {id}".strip()
    return Stance(
        id=id,
        label=by_language(fields.get("label"), problems, place=f"{place}.label", required=True),
        definition=by_language(fields.get("definition"), problems, place=f"{place}.definition"),
    )


def _id(value: object, problems: Problems, *, place: str) -> str:
    id = text(value, problems, place=f"{place}.id", required=True)
    if id and not ID.fullmatch(id):
        problems.add(place, f"id '{id}' may only hold a-z, 0-9 and _, begin with a letter, and have up to 40")
    elif id in TAKEN:
        problems.add(place, f"id '{id}' has another meaning in the tables; choose another")
    return id


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


def sheet_of_codebook(codebook: Codebook, *, lang: str) -> bytes:
    """Write the themes as a workbook that `load_codebook` reads back, headings in a language, without stances."""
    return workbook([_cells(theme) for theme in codebook.themes], lang=lang)


def _cells(theme: Theme) -> dict[str, str]:
    cells = {"id": theme.id, "excludes": theme.excludes["vi"]}
    for name, words in (("label", theme.label), ("definition", theme.definition)):
        cells |= {name: words["vi"], f"{name}_en": words["en"] if words["en"] != words["vi"] else ""}
    return cells | {"cues": "; ".join(theme.cues), "examples": "\n".join(theme.examples)}


def _plain(entry: Theme | Stance) -> dict[str, object]:
    """Bring an entry into what YAML can hold, without the fields that say nothing."""
    plain: dict[str, object] = {}
    for name, value in vars(entry).items():
        value = dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
        if value and not (isinstance(value, dict) and not any(value.values())):
            plain[name] = value
    return plain
