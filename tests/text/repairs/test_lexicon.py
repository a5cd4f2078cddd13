import csv
import io

import pytest

from thamluan.pipeline.artefacts import ABBREVIATIONS, DIALECT
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.repairs.lexicon import COLUMNS, Lexicon, load_lexicon
from thamluan.pipeline.text.repairs.pieces import put_in
from thamluan.pipeline.text.repairs.spellings import replace

HEADER = "forms,expansion,kind,region,case,before,after,near,note"


@pytest.fixture
def load(tmp_path):
    """Load a lexicon from the lines of a csv file."""

    def load(*lines, header=HEADER, name="rieng.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return load_lexicon(path)

    return load


def expanded(text, lexicon):
    return put_in(text, replace(text, lexicon))


@pytest.mark.parametrize(("path", "n_forms"), [(ABBREVIATIONS, 1700), (DIALECT, 200)])
def test_load_reads_the_shipped_lexicons(path, n_forms):
    assert len(load_lexicon(path).entries) >= n_forms


@pytest.mark.parametrize("path", [ABBREVIATIONS, DIALECT])
def test_shipped_lexicons_open_in_a_spreadsheet(path):
    raw = path.read_bytes()
    assert raw.startswith("\ufeff".encode())
    assert next(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == list(COLUMNS)


@pytest.mark.parametrize("path", [ABBREVIATIONS, DIALECT])
def test_expansions_of_the_shipped_lexicons_stay_as_they_are(path):
    lexicon = load_lexicon(path)
    expansions = {entry.expansion for entries in lexicon.entries.values() for entry in entries}
    assert [text for text in expansions if expanded(text, lexicon) != text] == []


def test_load_reads_a_file_once():
    assert load_lexicon(DIALECT) is load_lexicon(DIALECT)


def test_load_takes_several_forms_of_a_row(load):
    assert set(load("hđtq; hdtq,hội đồng tự quản,front").entries) == {"hđtq", "hdtq"}


def test_load_needs_no_more_than_two_columns(load):
    assert load("hđtq,hội đồng tự quản", header="forms,expansion").entries["hđtq"][0].is_certain


def test_load_composes_letters_and_marks(load):
    assert load("ddv,đa\u0309ng viên").entries["ddv"][0].expansion == "đảng viên"


def test_load_knows_contexts_without_their_marks(load):
    assert load("bt,bí thư,,,,chị; đồng chí").entries["bt"][0].before == {"chị", "chi", "đồng chí", "dong chi"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",bí thư", "row 2: no form"),
        ("bí thư,bí thư", "row 2: the form 'bí thư' may hold letters, # for digits, and . / & - within"),
        ("bt,bt", "row 2: 'bt' stands for itself; leave the expansion empty to leave it as it is"),
        ("tdp,tổ dân phố #", "row 2: 'tổ dân phố #' has more numbers (#) than 'tdp'"),
        ("bt,bí thư,secret", "row 2: kind 'secret' is none of party, front, state"),
        ("bt,bí thư,,mountain", "row 2: region 'mountain' is none of north, centre, south"),
        ("bt,bí thư,,,title", "row 2: case 'title' is none of upper, lower"),
        ("bt,bí thư,,,,một hai ba bốn", "row 2: 'mot hai ba bon' under before has more than 3 words"),
    ],
)
def test_load_names_what_is_wrong_with_a_row(load, line, problem):
    with pytest.raises(InputError) as caught:
        load(line)
    assert caught.value.problems[0].startswith(problem)


def test_load_lists_every_problem_with_its_row(load):
    with pytest.raises(InputError) as caught:
        load("bt,bí thư", "bt,bình thường", "cb,cán bộ bt", ",", "x y,z")
    assert list(caught.value.problems) == [
        "row 6: the form 'x y' may hold letters, # for digits, and . / & - within",
        "row 3: never reached, for row 2 takes every 'bt'",
        "row 4: 'cán bộ bt' holds 'bt', which is a form itself",
    ]


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        ("forms,expand", ["row 1: the column 'expansion' is missing", "row 1: unknown column 'expand'"]),
        (
            "form,expansion",
            ["row 1: the column 'forms' is missing", "row 1: unknown column 'form'; did you mean 'forms'?"],
        ),
    ],
)
def test_load_names_columns_that_are_missing_or_unknown(load, header, problems):
    with pytest.raises(InputError) as caught:
        load("bt,bí thư", header=header)
    found = [problem for problem in caught.value.problems if problem.startswith("row 1:")]
    assert [given[: len(problem)] for given, problem in zip(found, problems, strict=True)] == problems


def test_load_refuses_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        load_lexicon(tmp_path / "none.csv")


def test_of_keeps_the_order_of_a_form(load):
    entries = load("bt,bí thư,,,,chị", "bt,bình thường").entries["bt"]
    assert [entry.expansion for entry in Lexicon.of(entries).entries["bt"]] == ["bí thư", "bình thường"]
