"""What the tests of the text room share: language cases as data."""

import json
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[1] / "cases"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "cases(file, *keys): run the test with these keys of each case in a file of tests/cases;"
        " a case with 'xfail', the reason, must fail",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for marker in metafunc.definition.iter_markers("cases"):
        name, *keys = marker.args
        metafunc.parametrize(keys, [_param(case, keys) for case in json.loads((CASES / name).read_text("utf-8"))])


def _param(case, keys):
    marks = pytest.mark.xfail(reason=case["xfail"], strict=True) if "xfail" in case else ()
    return pytest.param(*(case[key] for key in keys), marks=marks, id=case[keys[0]])
