import dataclasses
import math

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline import columns
from thamluan.pipeline.report.statistics_file import LONGEST_TEXT, legal_names, pieces, sav, shortened


@pytest.fixture
def coded(report):
    """Give a report whose answers have all the columns of a run."""
    answers = pd.DataFrame(
        {
            columns.CONTRIBUTION: [1, 2, 3],
            columns.SOURCE: ["phiếu.xlsx", "phiếu.xlsx", "bài.docx"],
            columns.PLACE: ["dòng 2", "dòng 3", "đoạn 1"],
            columns.SPEAKER: ["", "", "Bà Mẩy"],
            columns.QUESTION: ["Khó khăn là gì?", "Khó khăn là gì?", ""],
            "Mã phiếu": ["A1", "-5", ""],
            "Thôn, khối phố": ["Nà Sầm", "Nà Sầm", ""],
            "Trọng số": ["1,25", "0.5", ""],
            columns.TEXT: ["Phụ cấp thấp", '=HYPERLINK("x")', "Kính thưa hội nghị"],
            columns.THEMES: ["funding;personnel", "", "personnel"],
            columns.STANCE: ["weakness", "", "strength"],
            columns.N_UNITS: [1, 1, 1],
            "funding": [1, 0, 0],
            "personnel": [1, 0, 1],
            "ideology": [0, 0, 0],
            columns.STANCE_PROBABILITY: [0.9, math.nan, 0.5],
            columns.NEEDS_LOOK: [0, 1, 0],
        }
    )
    settings = {"id": "Mã phiếu", "by": ["Thôn, khối phố"], "weight": "Trọng số"}
    return dataclasses.replace(report, answers=answers, provenance={**report.provenance, "settings": settings})


def read_back(content, tmp_path):
    path = tmp_path / "answers.sav"
    path.write_bytes(content)
    return pyreadstat.read_sav(path)


def test_sav_has_a_case_a_contribution_and_its_texts_verbatim(coded, tmp_path):
    frame, _ = read_back(sav(coded), tmp_path)
    assert frame["text"].tolist() == ["Phụ cấp thấp", '=HYPERLINK("x")', "Kính thưa hội nghị"]
    assert frame["source"].tolist() == ["phiếu.xlsx", "phiếu.xlsx", "bài.docx"]


@pytest.mark.parametrize(
    ("lang", "theme", "stance", "named"),
    [("vi", "Kinh phí, chế độ", "Hạn chế", "Có nêu"), ("en", "Funding and pay", "Weakness", "Named")],
)
def test_sav_labels_variables_and_values(coded, tmp_path, lang, theme, stance, named):
    _, facts = read_back(sav(dataclasses.replace(coded, lang=lang)), tmp_path)
    assert facts.column_names_to_labels["funding"] == theme
    assert facts.variable_value_labels["funding"][1] == named
    assert facts.variable_value_labels["stance"][2] == stance
    assert facts.column_names_to_labels["thon_khoi_pho"] == "Thôn, khối phố"
    assert all(facts.column_labels)


def test_sav_holds_themes_as_0_and_1_and_stances_as_numbers(coded, tmp_path):
    frame, facts = read_back(sav(coded), tmp_path)
    assert frame["personnel"].tolist() == [1, 0, 1]
    assert frame["stance"].fillna(0).tolist() == [2, 0, 1]
    assert facts.variable_measure["personnel"] == "nominal"


def test_sav_reads_weights_as_they_were_counted(coded, tmp_path):
    frame, _ = read_back(sav(coded), tmp_path)
    assert frame["trong_so"].tolist() == [1.25, 0.5, 1.0]


def test_sav_holds_the_longest_text_in_several_variables(coded, tmp_path):
    text = "ế" * 25_000
    answers = coded.answers.assign(**{columns.TEXT: [text, "ngắn", ""]})
    frame, facts = read_back(sav(dataclasses.replace(coded, answers=answers)), tmp_path)
    parts = [name for name in frame if name.startswith("text")]
    assert "".join(frame.loc[0, parts]) == text
    assert parts == ["text", "text_2", "text_3"]
    assert facts.column_names_to_labels["text_2"].endswith("(phần 2/3)")


def test_sav_of_no_answers_has_the_variables(coded, tmp_path):
    frame, facts = read_back(sav(dataclasses.replace(coded, answers=coded.answers.head(0))), tmp_path)
    assert len(frame) == 0
    assert facts.column_names_to_labels["funding"] == "Kinh phí, chế độ"


def test_sav_passes_over_what_ends_a_text(coded, tmp_path):
    answers = coded.answers.assign(**{columns.TEXT: pd.Series(["a\x00b", "\ud800", ""], dtype=object)})
    frame, _ = read_back(sav(dataclasses.replace(coded, answers=answers)), tmp_path)
    assert frame["text"].tolist() == ["a?b", "?", ""]


def test_sav_tells_no_time(coded, tmp_path):
    content = sav(coded)
    _, facts = read_back(content, tmp_path)
    assert (facts.creation_time.year, facts.creation_time.hour) == (1980, 0)
    assert facts.file_label == "Báo cáo tổng hợp ý kiến"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_pieces_together_are_the_text_and_none_is_too_long(text):
    found = pieces(text, most=7)
    assert "".join(found) == text
    assert all(len(piece.encode()) <= 7 for piece in found)


def test_pieces_keep_to_what_spss_holds():
    assert [len(piece.encode()) for piece in pieces("a" * (LONGEST_TEXT + 1))] == [LONGEST_TEXT, 1]


@given(st.text(max_size=60))
def test_shortened_labels_fit(text):
    assert len(shortened(text, 20).encode()) <= 20


@given(st.lists(st.text(max_size=80), max_size=8))
def test_legal_names_are_legal_and_differ(names):
    found = legal_names(names)
    assert len(set(found)) == len(names)
    assert all(len(name) <= 64 and name[0].isalpha() and name.isascii() for name in found)
