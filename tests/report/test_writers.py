import json

import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.report import FILES, WRITERS
from thamluan.pipeline.report.run_folders import CORRECTIONS
from thamluan.pipeline.settings import FORMATS

DESIGN = (
    *("answers.csv", "units.csv", "themes.csv", "respondents.csv", "stances.csv", "group_stances.csv", "pairs.csv"),
    *("comparisons.csv", "residuals.csv", "terms.csv", "group_terms.csv", "subthemes.csv", "quotes.csv"),
    *("rejected.csv", "report.html", "report.docx", "tables.xlsx", "answers.sav", "codebook.qdc"),
    *("project.qdpx", "codebook.yaml", "run.json"),
)


def lines(content):
    return content.decode("utf-8-sig").split("\r\n")


def test_writers_are_complete():
    assert tuple(WRITERS) == DESIGN


def test_every_file_but_run_json_is_of_one_format():
    assert tuple(FILES) == FORMATS
    listed = [name for files in FILES.values() for name in files]
    assert sorted(listed) == sorted([*(name for name in WRITERS if name != "run.json"), CORRECTIONS])


@pytest.mark.parametrize(
    "name", ["themes.csv", "pairs.csv", "comparisons.csv", "residuals.csv", "quotes.csv", "answers.csv"]
)
def test_tables_are_as_agreed(report, assert_golden, name):
    assert_golden(f"report/{name}", WRITERS[name](report))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("units.csv", (*columns.UNITS, "p_funding", columns.EVIDENCE)),
        ("themes.csv", columns.FREQUENCIES),
        ("respondents.csv", columns.RESPONDENTS),
        ("stances.csv", columns.STANCES),
        ("group_stances.csv", columns.GROUP_STANCES),
        ("pairs.csv", columns.PAIRS),
        ("comparisons.csv", columns.COMPARISONS),
        ("residuals.csv", columns.RESIDUALS),
        ("terms.csv", columns.TERMS),
        ("group_terms.csv", columns.GROUP_TERMS),
        ("quotes.csv", columns.QUOTES),
        ("rejected.csv", columns.REJECTED),
    ],
)
def test_tables_have_the_columns_of_the_design(report, name, header):
    assert lines(WRITERS[name](report))[0] == ",".join(header)


def test_units_have_short_probabilities(report):
    assert ",0.9877,phụ cấp" in lines(WRITERS["units.csv"](report))[1]


def test_run_json_is_the_provenance(report):
    content = WRITERS["run.json"](report)
    assert json.loads(content) == report.provenance
    assert "phiếu.xlsx" in content.decode()
