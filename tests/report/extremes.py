"""A report with forty themes of long names, a group of 300 values, and forty hostile quotes a theme."""

from dataclasses import replace

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.report import Report
from thamluan.pipeline.themes.codebooks.codebook import Theme

N_THEMES, N_VALUES, N_QUOTES = 40, 300, 40
HOSTILE = (
    '=HYPERLINK("http://example.invalid";"xem")',
    "<w:p>&amp;</w:p> ]]> {{ x }} \x00\x01\x0b\x1f\ufffe",
    "một\r\nhai\tba\u2028bốn",
    "\u202egnud yahc \U0001f600 e\u0302\u0301",
    "dài " * 9000,
)


def label_of(number: int) -> str:
    return f"Chủ đề số {number:02d} về đường liên thôn, thủy lợi, giống, phân bón ruộng"[:60]


def extreme(report: Report) -> Report:
    themes = [f"t{number}" for number in range(N_THEMES)]
    labels = {theme: label_of(number) for number, theme in enumerate(themes)}
    values = [f"Thôn {number} $x^2$ \x02 {'rất dài ' * (number % 7)}{'x' * (number % 90)}" for number in range(N_VALUES)]
    groups = [("", "", ""), *(("", "Thôn", value) for value in values)]
    frequencies = [
        (*group, theme, labels[theme], *share(n % 7 + 1, 10 if group[1] else 3000))
        for group in groups
        for n, theme in enumerate(themes)
    ]
    stances = [
        (theme, stance, label, *share(n, 10))
        for theme in themes
        for n, (stance, label) in enumerate(report.codebook.stance_labels("vi").items(), start=1)
    ]
    quotes = [
        (theme, rank, "weakness", HOSTILE[(rank + number) % 5 if rank < 3 or rank % 5 else 0], "phiếu\x00.xlsx", "dòng 2", "", 1, 0, 3, 0.5)
        for number, theme in enumerate(themes)
        for rank in range(1, N_QUOTES + 1)
        if HOSTILE[(rank + number) % 5 if rank < 3 or rank % 5 else 0] != HOSTILE[4] or number == rank == 1
    ]
    pairs = [(themes[n], themes[n + 1], *share(3, 3000), 1.5, 1.0, 2.0) for n in range(N_THEMES - 1)]
    summary = replace(
        report.summary,
        frequencies=pd.DataFrame(frequencies, columns=list(columns.FREQUENCIES)),
        stances=pd.DataFrame(stances, columns=list(columns.STANCES)),
        quotes=pd.DataFrame(quotes, columns=list(columns.QUOTES)),
        pairs=pd.DataFrame(pairs, columns=list(columns.PAIRS)),
        **{name: getattr(report.summary, name).head(0) for name in TABLES},
    )
    codebook = replace(
        report.codebook,
        themes=tuple(
            Theme(theme, {"vi": label, "en": label}, {"vi": "", "en": ""}, {"vi": "", "en": ""}, (), ())
            for theme, label in labels.items()
        ),
    )
    return replace(report, summary=summary, codebook=codebook)


TABLES = ("respondents", "comparisons", "residuals", "terms", "group_terms", "subthemes")


def share(n: int, base: int) -> tuple[int, int, float, float, float]:
    return n, base, n / base, n / base * 0.5, min(n / base * 1.4, 1)
