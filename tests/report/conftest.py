"""A small report, made by hand: three themes of which one is not named, two questions, one group."""

import math
from collections.abc import Iterable

import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.report import Report
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Stance, Theme

INJECTION = '<script>alert("x")</script> & </blockquote><img src=x onerror=alert(1)>'
FORMULA = '=HYPERLINK("http://example.invalid";"xem")'
THEMES = (
    ("funding", "Kinh phí, chế độ", "Funding and pay", "Tiền và phương tiện cho công việc."),
    ("personnel", "Đội ngũ cán bộ", "Staff", "Người làm việc ở cơ sở."),
    ("ideology", "Tư tưởng, đạo đức", "Ideology", ""),
)
STANCES = (
    ("strength", "Ưu điểm", "Strength"),
    ("weakness", "Hạn chế", "Weakness"),
    ("proposal", "Kiến nghị", "Proposal"),
    ("neutral", "Nêu sự việc", "Neutral"),
)
QUOTES = (
    ("funding", "weakness", "Phụ cấp của trưởng thôn thấp,\nđi họp còn phải tự đổ xăng.", "Bà Hoàng Thị Mẩy"),
    ("funding", "proposal", INJECTION, ""),
    ("personnel", "weakness", "- Cán bộ trẻ đi làm công ty hết, không ai chịu làm.", "Ông Lò Văn Pản"),
)
INTERVALS = {  # n, base -> share, low, high after Wilson (1927)
    (6, 10): (0.6, 0.3127, 0.8318),
    (4, 10): (0.4, 0.1682, 0.6873),
    (0, 10): (0.0, 0.0, 0.2775),
    (4, 6): (0.6667, 0.3, 0.9032),
    (2, 6): (0.3333, 0.0968, 0.7),
    (0, 6): (0.0, 0.0, 0.3903),
    (1, 6): (0.1667, 0.0301, 0.5635),
    (2, 4): (0.5, 0.15, 0.85),
    (0, 4): (0.0, 0.0, 0.4899),
    (3, 4): (0.75, 0.3006, 0.9544),
    (3, 10): (0.3, 0.1078, 0.6032),
    (0, 0): (math.nan, math.nan, math.nan),
}


def share_row(n: int, base: int, **names: object) -> dict[str, object]:
    share, low, high = INTERVALS[n, base]
    numbers = {columns.N: n, columns.BASE: base, columns.SHARE: share, columns.LOW: low, columns.HIGH: high}
    return {**names, **numbers}


def frequency_rows() -> Iterable[dict[str, object]]:
    counts = {  # question, group, value -> base, then n by theme
        ("", "", ""): (10, 6, 4, 0),
        ("Khó khăn là gì?", "", ""): (6, 4, 2, 0),
        ("Đề nghị gì?", "", ""): (4, 2, 2, 0),
        ("", "Xã", "Tân Lập"): (6, 4, 1, 0),
        ("", "Xã", "=Hòa Bình"): (4, 2, 3, 0),
        ("", "Xã", "Yên Sơn"): (0, 0, 0, 0),
    }
    for (question, group, value), (base, *by_theme) in counts.items():
        for (theme, label, _, _), n in zip(THEMES, by_theme, strict=True):
            place = {columns.QUESTION: question, columns.GROUP: group, columns.VALUE: value}
            yield share_row(n, base, **place, **{columns.THEME: theme, columns.LABEL: label})


def stance_rows() -> Iterable[dict[str, object]]:
    counts = {"funding": (6, 0, 4, 2, 0), "personnel": (4, 0, 2, 2, 0), "ideology": (0, 0, 0, 0, 0)}
    for theme, (base, *by_stance) in counts.items():
        for (stance, label, _), n in zip(STANCES, by_stance, strict=True):
            yield share_row(n, base, **{columns.THEME: theme, columns.STANCE: stance, columns.LABEL: label})


def quote_rows() -> Iterable[dict[str, object]]:
    for number, (theme, stance, quote, speaker) in enumerate(QUOTES, start=1):
        place = (theme, number, stance, quote, "phiếu.xlsx", f"dòng {number}", speaker, number, 0, len(quote), 0.5)
        yield dict(zip(columns.QUOTES, place, strict=True))


def subtheme_rows() -> Iterable[dict[str, object]]:
    names = (columns.THEME, columns.SUBTHEME, columns.LABEL)
    yield share_row(4, 6, **dict(zip(names, ("funding", 1, "phụ cấp, xăng <xe>"), strict=True)))
    yield share_row(2, 6, **dict(zip(names, ("funding", 2, "nhà văn hóa"), strict=True)))
    yield share_row(2, 4, **dict(zip(names, ("", 1, "ngân hàng"), strict=True)))


def frame(rows: Iterable[dict[str, object]], names: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(names))


@pytest.fixture
def codebook() -> Codebook:
    return Codebook(
        id="thu",
        version="1",
        title={"vi": "Bộ thử", "en": "Trial"},
        themes=tuple(
            Theme(id, {"vi": vi, "en": en}, {"vi": text, "en": text}, {"vi": "", "en": ""}, (), ())
            for id, vi, en, text in THEMES
        ),
        stances=tuple(Stance(id, {"vi": vi, "en": en}, {"vi": "", "en": ""}) for id, vi, en in STANCES),
    )


@pytest.fixture
def summary() -> Summary:
    pair = {columns.THEME: "funding", columns.OTHER: "personnel"}
    lift = {columns.LIFT: 1.25, columns.LIFT_LOW: 0.75, columns.LIFT_HIGH: 2.0833}
    pairs = [{**share_row(3, 10, **pair), **lift}]
    respondents = (
        share_row(n, 4, **{columns.THEME: theme, columns.LABEL: label})
        for n, (theme, label, _, _) in zip((3, 2, 0), THEMES, strict=True)
    )
    comparisons = [
        ("Xã", "funding", 6, "chi2", 12.5, 0.0004, 0.0008, 0.75, 1),
        ("Xã", "personnel", 4, "fisher", math.nan, 0.2, 0.2, 0.3, 0),
        ("Xã", "ideology", 0, "", math.nan, math.nan, math.nan, math.nan, 0),
    ]
    residuals = [
        ("Xã", value, theme, n, base, share, rest, residual, holds)
        for value, theme, n, base, share, rest, residual, holds in (
            ("Tân Lập", "funding", 4, 6, 0.6667, 0.5, 3.5, 1),
            ("=Hòa Bình", "funding", 2, 4, 0.5, 0.6667, -3.5, 1),
            ("Tân Lập", "personnel", 1, 6, 0.1667, 0.75, -1.2, 0),
            ("=Hòa Bình", "personnel", 3, 4, 0.75, 0.1667, 1.2, 0),
        )
    ]
    terms = [("funding", "phụ cấp", 4, 9.5), ("funding", "xăng <xe>", 2, 3.25), ("personnel", "cán bộ trẻ", 2, 4.0)]
    return Summary(
        n_coded=10,
        n_empty=2,
        n_rejected=1,
        n_respondents=7,
        n_units=1024,
        n_without_theme=3,
        is_weighted=False,
        n_marks_only=1,
        min_base=5,
        withheld=(),
        frequencies=frame(frequency_rows(), columns.FREQUENCIES),
        respondents=frame(respondents, columns.RESPONDENTS),
        comparisons=pd.DataFrame(comparisons, columns=list(columns.COMPARISONS)),
        residuals=pd.DataFrame(residuals, columns=list(columns.RESIDUALS)),
        group_terms=pd.DataFrame([("Xã", "Tân Lập", "đường <bê tông>", 3, 4.2)], columns=list(columns.GROUP_TERMS)),
        stances=frame(stance_rows(), columns.STANCES),
        group_stances=frame((), columns.GROUP_STANCES),
        pairs=frame(pairs, columns.PAIRS),
        terms=pd.DataFrame(terms, columns=list(columns.TERMS)),
        subthemes=frame(subtheme_rows(), columns.SUBTHEMES),
        quotes=frame(quote_rows(), columns.QUOTES),
    )


@pytest.fixture
def empty_summary() -> Summary:
    frequencies = (
        share_row(
            0,
            0,
            **dict.fromkeys((columns.QUESTION, columns.GROUP, columns.VALUE), ""),
            **{columns.THEME: theme, columns.LABEL: label},
        )
        for theme, label, _, _ in THEMES
    )
    return Summary(
        *(0,) * 6,
        is_weighted=False,
        n_marks_only=0,
        min_base=5,
        withheld=(),
        frequencies=frame(frequencies, columns.FREQUENCIES),
        **{
            name: frame((), names)
            for name, names in {
                "respondents": columns.RESPONDENTS,
                "stances": columns.STANCES,
                "group_stances": columns.GROUP_STANCES,
                "comparisons": columns.COMPARISONS,
                "residuals": columns.RESIDUALS,
                "group_terms": columns.GROUP_TERMS,
                "pairs": columns.PAIRS,
                "terms": columns.TERMS,
                "subthemes": columns.SUBTHEMES,
                "quotes": columns.QUOTES,
            }.items()
        },
    )


@pytest.fixture
def report(codebook: Codebook, summary: Summary) -> Report:
    answers = pd.DataFrame(
        {
            columns.CONTRIBUTION: [1, 2],
            columns.SOURCE: ["phiếu.xlsx", "phiếu.xlsx"],
            columns.PLACE: ["dòng 2", "dòng 3"],
            "=Mã": ["A1", "-5"],
            "Trọng số": [1.25, math.nan],
            columns.TEXT: [QUOTES[0][2], FORMULA],
            columns.THEMES: ["funding", ""],
            "funding": [1, 0],
        }
    )
    unit = (1, 1, "phiếu.xlsx", "dòng 2", 0, 28, "Phụ cấp của trưởng thôn thấp", "funding", "weakness")
    units = pd.DataFrame([unit], columns=list(columns.UNITS)).assign(p_funding=[0.98765], evidence=["phụ cấp"])
    macro = {"precision": 0.8, "recall": 0.82, "f1": 0.813, "low": 0.79, "high": 0.84, "support": 1200}
    dev = {"files": ["dev.jsonl"], "n": 900, "themes": macro}
    model = {"name": "default", "version": "1", "sha256": "c" * 64, "dev": [dev]}
    return Report(
        answers=answers,
        units=units,
        summary=summary,
        rejected=pd.DataFrame([("cũ.doc", "", "<b>tệp hỏng</b>")], columns=list(columns.REJECTED)),
        codebook=codebook,
        lang="vi",
        provenance={
            "inputs": [{"source": "phiếu.xlsx", "sha256": "a" * 64, "rows": 12}],
            "model": model,
            "settings": {"by": ["Xã"], "min_base": 5},
            "withheld_groupings": ["Tổ"],
            "versions": {"thamluan": "0.1.0"},
        },
    )
