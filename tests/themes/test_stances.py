"""What the shipped model makes of short answers in which a small word decides; `xfail` marks a known failure."""

import json
from pathlib import Path

import pytest

from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.themes.coding import answer_stances, code

CASES = json.loads((Path(__file__).parents[1] / "cases" / "themes_stances.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def stances(shipped):
    units = code(segment(as_contributions([case["text"] for case in CASES])), shipped)
    return answer_stances(units).tolist()


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(
            number,
            id=case["text"],
            marks=pytest.mark.xfail(reason=case["xfail"], strict=True) if "xfail" in case else (),
        )
        for number, case in enumerate(CASES)
    ],
)
def test_stances_of_short_answers(stances, number):
    case = CASES[number]
    assert stances[number] == case.get("is", stances[number])
    assert stances[number] != case.get("not")
