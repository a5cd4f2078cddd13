"""The coded answers for SPSS: a case a contribution, with labels for variables and values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.letters import strip_marks
from thamluan.pipeline.report.language import WORDS
from thamluan.pipeline.report.report import Report

# Limits of SPSS, in bytes of UTF-8 (IBM, SPSS Statistics Command Syntax Reference, "Variables"; "VALUE LABELS").
LONGEST_NAME = 64
LONGEST_LABEL = 255
LONGEST_VALUE_LABEL = 120
LONGEST_FILE_LABEL = 64
LONGEST_TEXT = 32_767
RESERVED = frozenset("all and by eq ge gt le lt ne not or to with".split())
UNSAFE = re.compile(r"[\x00\ud800-\udfff]")  # ends a string of C; has no UTF-8
# The header holds when a file was made, as "23 Nov 26" and "07:42:18" (PSPP, System File Format).
MADE_AT = 92
MADE = b"01 Jan 8000:00:00"
CODE_FORMAT, COUNT_FORMAT, MEASURE_FORMAT = "F1.0", "F8.0", "F10.4"
TEXT_WIDTH, NUMBER_WIDTH = 30, 10  # of columns on the screen
WORD_OF_COLUMN = {
    columns.CONTRIBUTION: "contribution",
    columns.SOURCE: "source",
    columns.PLACE: "place",
    columns.SPEAKER: "speaker",
    columns.QUESTION: "question",
    columns.TEXT: "text",
    columns.THEMES: "theme_ids",
    columns.STANCE: "stances",
    columns.N_UNITS: "n_units",
    columns.STANCE_PROBABILITY: "p_stance",
    columns.NEEDS_LOOK: "needs_look",
}


@dataclass(frozen=True)
class Variable:
    """A column of the file: numbers, or text where it has no `format`; `codes` are the labels of its values."""

    name: str
    label: str
    values: Sequence[object]  # str, or numbers with None or NaN where one is missing
    measure: str  # "nominal" or "scale"
    format: str = ""
    codes: Mapping[int, str] | None = None


def sav(report: Report) -> bytes:
    """Write answers.csv as a file of SPSS (.sav), in its order, with labels in the report's language.

    A theme is 1 where it is named and 0 where not. A stance is its number in the codebook, missing where there is none.
    Columns of the input have their own names as labels. A text over 32,767 bytes, the most that SPSS can hold, goes on
    in further variables, so that nothing is cut off.
    """
    import pyreadstat

    variables = named(variable for name in report.answers.columns for variable in variables_of(report, str(name)))
    frame = pd.DataFrame({variable.name: _series(variable) for variable in variables})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=shortened(WORDS[report.lang]["title"], LONGEST_FILE_LABEL),
            column_labels={variable.name: shortened(variable.label, LONGEST_LABEL) for variable in variables},
            variable_value_labels={
                variable.name: {code: shortened(label, LONGEST_VALUE_LABEL) for code, label in variable.codes.items()}
                for variable in variables
                if variable.codes
            },
            variable_measure={variable.name: variable.measure for variable in variables},
            variable_format={variable.name: variable.format for variable in variables if variable.format},
            variable_display_width={
                variable.name: NUMBER_WIDTH if variable.format else TEXT_WIDTH for variable in variables
            },
            row_compress=True,
        )
        content = path.read_bytes()
    return content[:MADE_AT] + MADE + content[MADE_AT + len(MADE) :]


def variables_of(report: Report, name: str) -> list[Variable]:
    """Turn a column of the answers into a variable, or several where a text is too long for one."""
    words, labels = WORDS[report.lang], report.codebook.labels(report.lang)
    values = report.answers[name].tolist()
    if name in labels:
        named_or_not = {0: words["not_named"], 1: words["named"]}
        return [Variable(name, labels[name], values, "nominal", CODE_FORMAT, named_or_not)]
    label = words[WORD_OF_COLUMN[name]] if name in WORD_OF_COLUMN else name
    if name == columns.STANCE:
        numbers = {id: number for number, id in enumerate(report.codebook.stance_ids, start=1)}
        codes = dict(enumerate(report.codebook.stance_labels(report.lang).values(), start=1))
        return [Variable(name, label, [numbers.get(value) for value in values], "nominal", "F2.0", codes)]
    if name == columns.NEEDS_LOOK:
        return [Variable(name, label, values, "nominal", CODE_FORMAT, {0: words["no"], 1: words["yes"]})]
    if name == (report.provenance.get("settings") or {}).get("weight"):
        return [Variable(name, label, weights(report.answers, name), "scale", MEASURE_FORMAT)]
    if pd.api.types.is_numeric_dtype(report.answers[name]):
        is_whole = pd.api.types.is_integer_dtype(report.answers[name])
        return [Variable(name, label, values, "scale", COUNT_FORMAT if is_whole else MEASURE_FORMAT)]
    return list(text_variables(name, label, values, lang=report.lang))


def weights(answers: pd.DataFrame, name: str) -> list[float]:
    """Read weights as they were counted: with a decimal comma or point, and 1 for what comes from documents."""
    plain = answers[name].astype(str).str.strip().str.replace(",", ".", regex=False)
    is_document = answers[columns.QUESTION] == ""
    return pd.to_numeric(plain, errors="coerce").where(~is_document, 1.0).tolist()


def text_variables(name: str, label: str, values: Sequence[object], *, lang: str) -> Iterable[Variable]:
    """Hold texts in as many variables as the longest needs."""
    parts = [pieces("" if pd.isna(value) else str(value)) for value in values]
    n_parts = max(map(len, parts), default=1)
    for part in range(n_parts):
        title = WORDS[lang]["part"].format(title=label, part=part + 1, parts=n_parts) if n_parts > 1 else label
        texts = [found[part] if part < len(found) else "" for found in parts]
        yield Variable(name, title, texts, "nominal")


def pieces(text: str, *, most: int = LONGEST_TEXT) -> list[str]:
    """Cut a text into pieces of at most so many bytes, between characters.

    >>> pieces("Tổ dân phố", most=7), pieces("")
    (['Tổ d', 'ân ph', 'ố'], [''])
    """
    text = UNSAFE.sub("?", text)
    found = [""]
    rest = text.encode()
    while rest:
        end = most
        while end < len(rest) and rest[end] & 0b1100_0000 == 0b1000_0000:  # inside a character
            end -= 1
        found.append(rest[:end].decode())
        rest = rest[end:]
    return found[1:] or found


def shortened(text: str, most: int) -> str:
    """Cut a label to at most so many bytes, and show that it was cut.

    >>> shortened("Kinh phí, chế độ", 30), shortened("Kinh phí, chế độ", 16)
    ('Kinh phí, chế độ', 'Kinh phí, ch…')
    """
    first, *others = pieces(" ".join(text.split()), most=most)
    return pieces(first, most=most - len("…".encode()))[0].rstrip() + "…" if others else first


def named(variables: Iterable[Variable]) -> list[Variable]:
    """Give each variable a name that SPSS takes and no other has."""
    found = list(variables)
    names = legal_names([variable.name for variable in found])
    return [
        Variable(name, variable.label, variable.values, variable.measure, variable.format, variable.codes)
        for name, variable in zip(names, found, strict=True)
    ]


def legal_names(names: Sequence[str]) -> list[str]:
    """Make names of variables: letters a to z, digits and `_`, a letter first, none twice and none a word of SPSS.

    >>> legal_names(["Thôn, khối phố", "by", "5S", "thon khoi pho", "Tuổi"])
    ['thon_khoi_pho', 'by_', 'v_5s', 'thon_khoi_pho_2', 'tuoi']
    """
    found: list[str] = []
    for name in names:
        plain = re.sub(r"[^a-z0-9]+", "_", strip_marks(name)).strip("_")
        plain = plain if re.match("[a-z]", plain) else f"v_{plain}".rstrip("_")
        plain = f"{plain}_" if plain in RESERVED else plain[:LONGEST_NAME].rstrip("_")
        number, legal = 1, plain
        while legal in found:
            number += 1
            legal = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        found.append(legal)
    return found


def _series(variable: Variable) -> pd.Series:
    if variable.format:
        return pd.Series(variable.values, dtype=float)
    return pd.Series(variable.values, dtype=object)
