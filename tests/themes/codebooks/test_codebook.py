import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import DEFAULT_CODEBOOK, STARTER_CODEBOOK
from thamluan.pipeline.errors import CodebookError
from thamluan.pipeline.themes.codebooks.codebook import (
    AVERAGES,
    SHEET_COLUMNS,
    TAKEN,
    Codebook,
    Stance,
    Theme,
    dump_codebook,
    load_codebook,
)

CASES = json.loads((Path(__file__).parents[2] / "cases" / "themes_codebooks.json").read_text(encoding="utf-8"))
SMALL = "id: thu\nthemes:\n  - {id: road, label: Đường sá}\n"
# PyYAML reads U+0085 as a line break and folds U+2028, so these do not come back; nobody writes them.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)
WORDS = WORDS.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(bool)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True).filter(lambda id: id not in TAKEN)
GIVEN = st.fixed_dictionaries({"vi": WORDS, "en": WORDS})
MAYBE = st.one_of(st.just({"vi": "", "en": ""}), GIVEN)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
THEMES = st.builds(Theme, id=IDS, label=GIVEN, definition=MAYBE, excludes=MAYBE, cues=LISTS, examples=LISTS)
STANCES = st.builds(Stance, id=IDS, label=GIVEN, definition=MAYBE)


def unique(entries):
    return st.lists(entries, min_size=1, max_size=4, unique_by=lambda entry: entry.id).map(tuple)


CODEBOOKS = st.builds(Codebook, id=WORDS, version=WORDS, title=GIVEN, themes=unique(THEMES), stances=unique(STANCES))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("codebook") / "ma.yaml"


@pytest.fixture
def load(tmp_path):
    """Load a codebook written as text or bytes."""

    def load(content, name="ma.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return load_codebook(path)

    return load


@pytest.fixture
def load_sheet(tmp_path):
    """Load a codebook from the rows of a workbook."""

    def load_sheet(*rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "ma.xlsx")
        return load_codebook(tmp_path / "ma.xlsx")

    return load_sheet


@pytest.mark.parametrize(("path", "n_themes"), [(DEFAULT_CODEBOOK, 8), (STARTER_CODEBOOK, 2)])
def test_load_reads_the_shipped_codebooks(path, n_themes):
    codebook = load_codebook(path)
    assert len(codebook.themes) == n_themes
    assert all(theme.cues for theme in codebook.themes)
    assert codebook.stance_ids == ("strength", "weakness", "proposal", "neutral")


def test_load_reads_the_default_codebook_unasked():
    assert load_codebook() == load_codebook(DEFAULT_CODEBOOK)


@pytest.mark.parametrize("case", CASES["problems"], ids=lambda case: case["name"])
def test_load_lists_every_problem_with_its_place(load, case):
    with pytest.raises(CodebookError) as caught:
        load(case["yaml"])
    assert list(caught.value.problems) == case["problems"]


@pytest.mark.parametrize("case", CASES["unreadable"], ids=lambda case: case["name"])
def test_load_says_why_a_file_is_no_yaml(load, case):
    with pytest.raises(CodebookError) as caught:
        load(case["yaml"])
    assert caught.value.message.startswith(case["message"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "ma.yaml is not UTF-8 text."),
        ("id: Đường".encode("utf-16"), "ma.yaml is not UTF-8 text."),
        (b"id: a\0b", "ma.yaml holds the character U+0000, which YAML does not allow."),
        (b"[" * 20_000, "ma.yaml is not YAML, or is too deeply nested."),
        (b"{a: " * 20_000, "ma.yaml is not YAML, or is too deeply nested."),
    ],
)
def test_load_refuses_what_is_no_text(load, content, message):
    with pytest.raises(CodebookError) as caught:
        load(content)
    assert caught.value.message == message


@pytest.mark.parametrize("name", ["none.yaml", "none.xlsx", "."])
def test_load_refuses_a_path_that_is_no_file(tmp_path, name):
    with pytest.raises(CodebookError, match="cannot be read"):
        load_codebook(tmp_path / name)


@pytest.mark.parametrize("bomb", ["[{0}, {0}]", "{{<<: [{0}, {0}], k: 1}}"])
def test_load_does_not_unfold_aliases(load, bomb):
    lines = ["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {bomb.format(f'*a{n - 1}')}" for n in range(1, 60))]
    with pytest.raises(CodebookError):
        load("\n".join([*lines, "themes: [*a59]", "id: *a59", "title: {vi: *a59}"]))


def test_load_bears_an_alias_of_itself(load):
    with pytest.raises(CodebookError):
        load("id: &a [*a]\nthemes: &b [*b]\n")


@settings(deadline=None)
@given(st.text(st.sampled_from("ab:-[]{}&*!|>%@`'\"#?, \n<~01.boltimes"), max_size=60) | st.text(max_size=30))
def test_load_answers_any_text_with_a_codebook_or_our_error(scratch, text):
    scratch.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(CodebookError):
        load_codebook(scratch)


@pytest.mark.parametrize("tag", ["!!bool perhaps", "!!python/object:os.system x", "!!binary '~'", "!!timestamp x"])
def test_load_refuses_values_that_are_not_what_their_tag_says(load, tag):
    with pytest.raises(CodebookError):
        load(f"id: a\nthemes: [{{id: {tag}}}]\n")


@pytest.mark.parametrize("written", ["1.10", "2024-13-45", "2024-01-02", "0x1F", "12:30", "1" * 5000])
def test_load_keeps_numbers_and_dates_as_written(load, written):
    assert load(SMALL + f"version: {written}\n").version == written


def test_load_takes_a_label_once_or_by_language(load):
    codebook = load(SMALL + "  - {id: water, label: {en: Clean water}}\n  - {id: pay, label: {vi: Lương, en: Pay}}\n")
    assert codebook.labels("vi") == {"road": "Đường sá", "water": "Clean water", "pay": "Lương"}
    assert codebook.labels("en") == {"road": "Đường sá", "water": "Clean water", "pay": "Pay"}


def test_load_takes_the_default_stances_where_none_are_given(load):
    assert load(SMALL).stances == load_codebook().stances


def test_load_takes_the_stances_given(load):
    codebook = load(SMALL + "stances: [{id: good, label: Tốt}]\n")
    assert codebook.stance_labels("en") == {"good": "Tốt"}


def test_load_brings_text_into_nfc(load):
    codebook = load(unicodedata.normalize("NFD", SMALL + "  - {id: b, label: x, cues: [ổ gà]}\n"))
    assert codebook.themes[0].label["vi"] == unicodedata.normalize("NFC", "Đường sá")
    assert codebook.themes[1].cues == (unicodedata.normalize("NFC", "ổ gà"),)


def test_load_bears_a_byte_order_mark(load):
    assert load(b"\xef\xbb\xbf" + SMALL.encode()).id == "thu"


def test_taken_names_every_column_and_row_of_the_tables():
    answers, units = (*columns.ANSWERS_BEFORE, *columns.ANSWERS_AFTER), (*columns.UNITS, columns.EVIDENCE)
    assert {*answers, *units, *columns.SURENESS, *AVERAGES} == TAKEN


def test_load_reads_a_sheet(load_sheet):
    codebook = load_sheet(
        ("ID ", "label", "label_en", "definition", "cues", "examples"),
        ("road", "Đường sá", "Roads", "Đường thôn.", "đường; ngõ\ncầu;", None),
        (None, None, None, None, None, None),
        ("water", "Nước", None, None, None, "Giếng cạn."),
    )
    assert codebook.id == "ma"
    assert codebook.themes == (
        Theme(
            "road",
            {"vi": "Đường sá", "en": "Roads"},
            dict.fromkeys(("vi", "en"), "Đường thôn."),
            {"vi": "", "en": ""},
            ("đường", "ngõ", "cầu"),
            (),
        ),
        Theme("water", {"vi": "Nước", "en": "Nước"}, {"vi": "", "en": ""}, {"vi": "", "en": ""}, (), ("Giếng cạn.",)),
    )
    assert codebook.stances == load_codebook().stances


def test_load_lists_the_problems_of_a_sheet(load_sheet):
    with pytest.raises(CodebookError) as caught:
        load_sheet(("id", "lable", "definition_en"), ("Đường", "Đường sá", "Roads."), ("text", None, None))
    assert list(caught.value.problems) == [
        "themes[1]: unknown key 'lable'; did you mean 'label'?",
        "themes[1]: id 'Đường' may only hold a-z, 0-9 and _, begin with a letter, and have up to 40",
        "themes[1] Đường.label: expected text, found nothing",
        "themes[2]: id 'text' has another meaning in the tables; choose another",
        "themes[2] text.label: expected text, found nothing",
    ]


def test_load_loses_no_row_of_a_sheet(load):
    with pytest.raises(CodebookError) as caught:
        load("id,label\nroad,Đường sá\nfunding,Kinh phí, chế độ\n", name="ma.csv")
    assert [problem.split(":")[0] for problem in caught.value.problems] == ["row 3"]


def test_load_refuses_a_sheet_that_cannot_be_read(load):
    with pytest.raises(CodebookError, match=r"ma\.xlsx"):
        load(b"PK", name="ma.xlsx")


def test_sheet_columns_hold_every_field_of_a_theme():
    assert {name.removesuffix("_en") for name in SHEET_COLUMNS} == set(Theme.__dataclass_fields__)


@settings(deadline=None, max_examples=50)
@given(CODEBOOKS)
def test_dump_gives_what_load_reads_back(scratch, codebook):
    scratch.write_text(dump_codebook(codebook), encoding="utf-8")
    assert load_codebook(scratch) == codebook


@pytest.mark.parametrize("path", [DEFAULT_CODEBOOK, STARTER_CODEBOOK])
def test_dump_leaves_out_what_says_nothing(path):
    entries = yaml.safe_load(dump_codebook(load_codebook(path)))["themes"]
    assert all(value for entry in entries for value in entry.values())
