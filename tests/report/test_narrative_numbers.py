"""Every number of the prose stands in a table: a run on 1,000 labelled answers, whose page is parsed."""

import html
import json
import random
import re
from pathlib import Path

import pandas as pd
import pytest

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.run import run
from thamluan.pipeline.settings import Columns, Settings

N_ANSWERS = 1000
VILLAGES = ("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 10", "Tổ dân phố 7", "")
NARRATIVE = re.compile(r'<p class="narrative">(.*?)</p>', re.DOTALL)
ARTICLE = re.compile(r'<article id="theme-(\w+)".*?</article>', re.DOTALL)
QUOTED = re.compile("“[^”]*”")
CONFIDENCE = re.compile(r"95%(?= CI| interval|[:)])|(?<=cậy )95%|(?<=KTC )95%")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
MARKS = {"vi": (".", ","), "en": (",", ".")}
RATIO = {"vi": r"(\d[\d.]*) trong (\d[\d.]*) ", "en": r"(\d[\d,]*) of (\d[\d,]*) "}
MEASURE = r"[^()“”]*[(,] ?(\d+[.,]\d)%[^;)]*; [^;)]*? (\d+[.,]\d)–(\d+[.,]\d)%"


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """1,000 answers with a person who gave some of them, a village that sways what is said, a role and a weight."""
    seeded = random.Random(5)
    lines = [
        json.loads(line)
        for path in sorted((CORPORA / "labelled").glob("answers_train_*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()[:40]
    ]
    rows = []
    for line in seeded.sample(lines, N_ANSWERS):
        about_money = "funding" in line["themes"]
        village = seeded.choice(VILLAGES[:2] if about_money and seeded.random() < 0.6 else VILLAGES)
        person, role = seeded.randrange(700), seeded.choice(["Đảng viên", "Người dân", "Cán bộ"])
        rows.append((f"P{person}", village, role, str(seeded.choice([0.5, 1, 1.5, 3])), line["text"]))
    path = tmp_path_factory.mktemp("in") / "phieu.csv"
    frame = pd.DataFrame(rows, columns=["Mã", "Thôn", "Vai trò", "Trọng số", "Ý kiến"])
    frame.to_csv(path, index=False, encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["vi", "vi weighted", "en weighted"])
def reported(request, answers, tmp_path_factory):
    lang, _, weighted = request.param.partition(" ")
    out = tmp_path_factory.mktemp("out") / "report"
    asked = Columns(("Ý kiến",), id="Mã", by=("Thôn", "Vai trò"), weight="Trọng số" if weighted else None)
    run([answers], out, settings=Settings(asked, lang=lang))
    page = (out / "report.html").read_text(encoding="utf-8")
    before, _, _ = page.partition("<main")
    paragraphs = {"": prose(before)} | {found[1]: prose(found[0]) for found in ARTICLE.finditer(page)}
    return lang, paragraphs, tables(out)


def prose(content: str) -> str:
    return " ".join(html.unescape(" ".join(NARRATIVE.findall(content))).split())


def tables(out: Path) -> list[dict[str, str]]:
    """Read every row of every small table of the report."""
    rows = []
    for path in sorted(out.glob("*.csv")):
        if path.name not in ("answers.csv", "units.csv", "quotes.csv"):
            df = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
            rows += df.to_dict("records")
    return rows


def value(written: str, lang: str) -> float:
    thousands, point = MARKS[lang]
    return float(written.rstrip("%").replace(thousands, "").replace(point, "."))


def is_told(row: dict[str, str], names: tuple[str, ...], wanted: float, *, scale: float = 1.0) -> bool:
    """Say whether a row has a number in one of these columns, rounded as the prose rounds it."""
    slack = 1e-9 if scale == 1.0 and wanted.is_integer() else 0.0551
    return any(row.get(name) and abs(float(row[name]) * scale - wanted) <= slack for name in names)


def untraced(text: str, rows: list[dict[str, str]], lang: str) -> list[str]:
    """List the numbers of a text that no row has."""
    bare = CONFIDENCE.sub("", QUOTED.sub("", text))
    found = []
    for written in NUMBER.findall(re.sub(r"(\d[.,]\d)–", r"\1%–", bare)):
        number, point = value(written, lang), MARKS[lang][1]
        if written.endswith("%"):
            is_there = any(is_told(row, ("share", "low", "high", "rest"), number, scale=100) for row in rows)
            is_there |= any(is_told(row, ("lift", "lift_low", "lift_high"), number) for row in rows)
        elif point in written:
            is_there = any(is_told(row, ("lift", "lift_low", "lift_high"), number) for row in rows)
        else:
            is_there = any(is_told(row, ("n", "base"), number) for row in rows)
        if not is_there:
            found.append(written)
    return found


def of_theme(rows, theme):
    return [row for row in rows if theme in ("", row.get("theme"), row.get("other"))]


def test_every_number_of_the_prose_stands_in_a_table(reported):
    lang, paragraphs, rows = reported
    assert len(paragraphs) == 9
    for theme, text in paragraphs.items():
        assert len(NUMBER.findall(text)) > 10
        assert untraced(text, of_theme(rows, theme), lang) == []


def test_what_is_told_together_stands_in_one_row(reported):
    lang, paragraphs, rows = reported
    n_checked = 0
    for theme, text in paragraphs.items():
        for n, base, share, low, high in re.findall(RATIO[lang] + MEASURE, text):
            counts, measures = (n, base), (share, low, high)
            assert [row for row in of_theme(rows, theme) if is_one_row(row, counts, measures, lang)], (n, base, share)
            n_checked += 1
    assert n_checked >= 2 * len(paragraphs)


def is_one_row(row, counts, measures, lang):
    exact = all(is_told(row, (name,), value(each, lang)) for name, each in zip(("n", "base"), counts, strict=True))
    names = ("share", "low", "high")
    return exact and all(
        is_told(row, (name,), value(each, lang), scale=100) for name, each in zip(names, measures, strict=True)
    )


def test_a_made_up_number_is_found_out(reported):
    lang, paragraphs, rows = reported
    text = paragraphs["funding"]
    made_up = {"vi": " Có 98.765 ý kiến, 107,7%.", "en": " In all 98,765 answers, 107.7%."}[lang]
    assert len(untraced(text + made_up, of_theme(rows, "funding"), lang)) == 2


def test_differences_and_people_are_told(reported):
    _, paragraphs, rows = reported
    holding = {row["theme"] for row in rows if row.get("holds") == "1" and "q" in row}
    told = {theme for theme, text in paragraphs.items() if re.search("khác biệt có ý nghĩa|Groups differ to a", text)}
    assert told - {""} == holding
    assert all(re.search("tính theo người|counted by person", text) for theme, text in paragraphs.items() if theme)
