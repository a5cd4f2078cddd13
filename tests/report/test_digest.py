"""What a terminal shows."""

from dataclasses import replace

import numpy as np
import pytest

from thamluan.pipeline.report.digest import describe, digest, figures
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.themes.codebook import load_codebook
from thamluan.pipeline.themes.evaluation import figures as measure


@pytest.mark.parametrize("lang", LANGUAGES)
def test_describe_shows_every_theme_and_stance(lang):
    codebook = load_codebook()
    shown = describe(codebook, lang=lang)
    for theme in codebook.themes:
        assert f"{theme.id}: {theme.label[lang]}\n    {theme.definition[lang]}\n    ≠ {theme.excludes[lang]}" in shown
    for stance in codebook.stances:
        assert f"{stance.id}: {stance.label[lang]}" in shown


def test_describe_leaves_out_what_a_theme_lacks():
    codebook = load_codebook()
    blank = {"vi": "", "en": ""}
    theme = replace(codebook.themes[0], definition=blank, excludes=blank, cues=())
    shown = describe(replace(codebook, themes=(theme,)), lang="en")
    assert shown.split("\n\n")[1] == f"{theme.id}: {theme.label['en']}"


def test_digest_ranks_themes_by_share(report):
    lines = digest(report).splitlines()
    shares = [float(line.split("%")[0].split()[-1].replace(",", ".")) for line in lines[1:]]
    assert shares == sorted(shares, reverse=True)
    assert len(shares) == len(report.codebook.themes)


def test_figures_have_a_row_a_code_and_the_means():
    table = measure(np.array([[1], [0]]), np.array([[1], [1]]), ids=["funding"], seed=0)
    assert [line.split()[0] for line in figures(table, head="theme").splitlines()] == [
        "theme",
        "funding",
        "macro",
        "micro",
    ]
