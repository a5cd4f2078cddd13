import io
import math
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.report.figures import overall, rank
from thamluan.pipeline.report.workbook import writing, xlsx
from thamluan.pipeline.report.workbook.cells import LONGEST, LONGEST_NAME, cell_text, n_units, sheet_name
from thamluan.pipeline.report.workbook.words import SHEET_WORDS
from thamluan.pipeline.settings import LANGUAGES
from thamluan.pipeline.themes.material.coded import is_same_text, read_coded

HOSTILE = (
    '=HYPERLINK("http://example.invalid","x")',
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "{=1+1}",
    "http://example.invalid",
    "<r><t>x</t></r>",
    "</t></is></c><c><f>1+1</f></c>",
    "_x0041_",
    "00123",
    "1e5",
    "#N/A",
    "TRUE",
    " cách hai đầu ",
    "dòng một\ndòng hai",
    "👍" * 10,
    "'nháy",
)
CONTROLS = "a\x00b\x07c\x1fd\x0be\ufffff"


def opened(report, **changes):
    return openpyxl.load_workbook(io.BytesIO(xlsx(replace(report, **changes))))


def below_head(sheet, head):
    """Give the cells under the row whose first cell is `head`."""
    rows = list(sheet.iter_rows())
    at = next(place for place, row in enumerate(rows) if row[0].value == head)
    return [row for row in rows[at + 1 :] if row[0].value is not None]


def with_texts(report, texts):
    answers = pd.DataFrame(
        {
            columns.CONTRIBUTION: range(1, len(texts) + 1),
            columns.SOURCE: "phiếu.xlsx",
            columns.PLACE: [f"dòng {n}" for n in range(len(texts))],
            columns.TEXT: list(texts),
            columns.THEMES: "funding",
            columns.STANCE: "weakness",
            "funding": 1,
        }
    )
    return replace(report, answers=answers)


@pytest.fixture
def empty(report, empty_summary):
    nothing = pd.DataFrame(columns=list(columns.REJECTED))
    return replace(report, summary=empty_summary, answers=report.answers.head(0), rejected=nothing, units=None)


def test_words_are_the_same_in_every_language():
    assert set(SHEET_WORDS) == set(LANGUAGES)
    assert len({tuple(words) for words in SHEET_WORDS.values()}) == 1
    assert all(text.strip() for words in SHEET_WORDS.values() for text in words.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_of_sheets_are_told_apart_and_short(lang):
    names = [name for key, name in SHEET_WORDS[lang].items() if key.startswith("sheet_")]
    assert [sheet_name(name, taken=()) for name in names] == names
    assert len({name.casefold() for name in names}) == len(names)


def test_the_same_report_gives_the_same_bytes(report):
    assert xlsx(report) == xlsx(report)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheets_stand_in_the_order_of_the_page(report, lang):
    words = SHEET_WORDS[lang]
    names = opened(report, lang=lang).sheetnames
    expected = ("shares", "themes", "people", "stances", "terms", "subthemes", "quotes", "comparisons", "residuals")
    assert names[1:10] == [words[f"sheet_{name}"] for name in expected]
    assert names[-3:] == [words[f"sheet_{name}"] for name in ("answers", "rejected", "method")]


def test_the_first_sheet_leads_to_every_other(report):
    book = opened(report)
    first = book[book.sheetnames[0]]
    links = {cell.hyperlink.location.split("!")[0].strip("'") for cell in first["A"] if cell.hyperlink}
    assert links == set(book.sheetnames[1:])


def test_shares_are_numbers_with_their_count_base_and_interval(report):
    rows = below_head(opened(report)["Chủ đề"], "Chủ đề")
    wanted = overall(report.summary.frequencies)
    assert [row[1].value for row in rows] == list(rank(wanted))
    for row in rows:
        found = wanted[row[1].value]
        assert [cell.value for cell in row[2:7]] == [found[name] for name in ("n", "base", "share", "low", "high")]
        assert [cell.number_format for cell in row[2:7]] == ["#,##0"] * 2 + ["0.0%"] * 3


def test_missing_numbers_are_empty_cells(empty):
    rows = below_head(opened(empty)["Chủ đề"], "Chủ đề")
    assert [[cell.value for cell in row[2:9]] for row in rows] == [[0, 0, *[None] * 5]] * 3


def test_stances_of_a_theme_stand_in_one_row(report):
    book = opened(report)
    rows = below_head(book["Tính chất"], "Chủ đề")
    assert [cell.value for cell in rows[0][:6]] == ["Kinh phí, chế độ", 6, 0, 0, 0, 0.3903]
    assert [cell.value for cell in rows[0][6:10]] == [4, 0.6667, 0.3, 0.9032]


@pytest.mark.parametrize(
    ("name", "n_series"), [("Chủ đề", 1), ("Số người", 1), ("Tính chất", 4), ("Theo câu hỏi", 2), ("Theo Xã", 3)]
)
def test_charts_are_native(report, name, n_series):
    [chart] = opened(report)[name]._charts
    assert len(chart.series) == n_series


def test_bars_have_their_intervals(report):
    sheet = opened(report)["Chủ đề"]
    [chart] = sheet._charts
    [series] = chart.series
    rows = below_head(sheet, "Chủ đề")
    place = f"${rows[0][7].row}:$%s${rows[-1][7].row}"
    assert series.errBars.minus.numRef.f == f"'Chủ đề'!$H{place % 'H'}"
    assert series.errBars.plus.numRef.f == f"'Chủ đề'!$I{place % 'I'}"
    assert [point.v for point in series.errBars.plus.numRef.numCache.pt] == [
        pytest.approx(row[8].value) for row in rows
    ]


def test_heads_are_frozen_and_filters_cover_the_table(report):
    book = opened(report)
    for name in book.sheetnames[1:]:
        sheet = book[name]
        first = sheet.auto_filter.ref.split(":")[0]
        assert sheet.freeze_panes == f"B{int(first[1:]) + 1}"
        assert int("".join(filter(str.isdigit, sheet.auto_filter.ref.split(":")[1]))) > int(first[1:])


def test_hostile_texts_are_texts_and_come_back_whole(report, tmp_path):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(xlsx(with_texts(report, HOSTILE)))
    for sheet in openpyxl.load_workbook(path):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
    sheet = openpyxl.load_workbook(path)["Ý kiến đã mã hóa"]
    assert sheet["D2"].quotePrefix
    found = read_coded(path).rows[columns.TEXT]
    assert [is_same_text(cell, text) for cell, text in zip(found, HOSTILE, strict=True)] == [True] * len(HOSTILE)
    assert list(found[:7]) == list(HOSTILE[:7])


def test_what_no_cell_holds_is_left_out_and_read_back_as_the_same(report, tmp_path):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(xlsx(with_texts(report, [CONTROLS])))
    [found] = read_coded(path).rows[columns.TEXT]
    assert found == "abcdef"
    assert is_same_text(found, CONTROLS)


def test_half_a_surrogate_pair_is_shown_as_in_the_other_files():
    assert cell_text("nửa \ud83d cặp") == ("nửa ? cặp", False)


def test_texts_too_long_for_a_cell_are_cut_and_told(report, tmp_path):
    path = tmp_path / "tables.xlsx"
    long = "Đường xấu. " * 5_000
    path.write_bytes(xlsx(with_texts(report, [long, "ngắn"])))
    [cell, _] = read_coded(path).rows[columns.TEXT]
    assert len(cell) <= LONGEST
    assert is_same_text(cell, long)
    book = openpyxl.load_workbook(path)
    told = [row[0] for row in book[book.sheetnames[0]].iter_rows(values_only=True)]
    assert sum("32.767" in line for line in told if line) == 1


@pytest.mark.parametrize("text", ["a" * LONGEST, "👍" * 16_383, "a" * (LONGEST + 1), "👍" * 40_000, "a👍" * 20_000])
def test_no_cell_is_longer_than_excel_takes(text):
    kept, is_cut = cell_text(text)
    assert n_units(kept) <= LONGEST
    assert is_cut == (n_units(text) > LONGEST)
    assert LONGEST - n_units(kept) <= 2 or not is_cut


@pytest.mark.parametrize("name", ["", "'", "a/b:c?*[d]\\", "History", "x" * 60, "👍" * 40, "Theo '", "\x00"])
def test_names_of_sheets_are_legal(name):
    made = sheet_name(name, taken=())
    assert 0 < n_units(made) <= LONGEST_NAME
    assert not set(made) & set("[]:*?/\\\x00")
    assert made == made.strip("'")
    assert made.casefold() != "history"
    assert sheet_name(name.upper(), taken=[made, made.upper()]).casefold() != made.casefold()


def test_codes_are_chosen_from_lists(report):
    sheet = opened(with_texts(report, ["Phụ cấp thấp"]))["Ý kiến đã mã hóa"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists == {"F2": '"strength,weakness,proposal,neutral"', "G2": '"0,1"'}
    assert "Kinh phí, chế độ" in sheet["G1"].comment.text


def test_a_grouping_called_like_a_formula_or_a_theme_does_no_harm(report):
    summary = report.summary
    renamed = {
        name: getattr(summary, name).replace({columns.GROUP: {"Xã": "=[Xã]/funding"}})
        for name in ("frequencies", "comparisons", "residuals", "group_terms")
    }
    answers = report.answers.rename(columns={"=Mã": "themes "})
    book = opened(report, summary=replace(summary, **renamed), answers=answers)
    assert "Theo = Xã funding" in book.sheetnames
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    [chart] = book["Theo = Xã funding"]._charts
    assert {series.tx.strRef or series.tx.v for series in chart.series} == {"Tân Lập", " =Hòa Bình", "Yên Sơn"}


def test_an_empty_report_is_a_workbook(empty):
    book = opened(empty)
    assert "Chủ đề" in book.sheetnames
    assert book["Ý kiến đã mã hóa"].max_row == 1


def test_forty_themes_with_long_names_and_three_hundred_values(report):
    codebook = report.codebook
    themes = tuple(
        replace(
            codebook.themes[0],
            id=f"t{n}",
            label={"vi": f"Chủ đề {n} ".ljust(60, "ấ"), "en": f"Theme {n}".ljust(60, "x")},
        )
        for n in range(40)
    )
    names = [("", "", "")] + [("", "Thôn", f"Thôn {n}") for n in range(300)]
    row = {columns.N: 1, columns.BASE: 4, columns.SHARE: 0.25, columns.LOW: 0.05, columns.HIGH: 0.7}
    frequencies = pd.DataFrame(
        [
            dict(zip(columns.FREQUENCIES, (*name, theme.id, theme.label["vi"], *row.values()), strict=True))
            for name in names
            for theme in themes
        ]
    )
    nothing = {name: getattr(report.summary, name).head(0) for name in ("quotes", "terms", "subthemes", "pairs")}
    nothing |= {name: getattr(report.summary, name).head(0) for name in ("stances", "respondents", "comparisons")}
    summary = replace(report.summary, frequencies=frequencies, **nothing)
    book = opened(report, summary=summary, codebook=replace(codebook, themes=themes))
    assert len(below_head(book["Theo Thôn"], "Thôn")) == 12_000
    assert len(below_head(book["Chủ đề"], "Chủ đề")) == 40
    [chart] = book["Chủ đề"]._charts
    assert chart.anchor.to.row - chart.anchor._from.row >= 40


def test_weights_and_corrections_are_told(report):
    corrections = pd.DataFrame(
        [(1, "phiếu.xlsx", "dòng 2", "", "funding", "neutral", "weakness")], columns=list(columns.CORRECTIONS)
    )
    book = opened(report, corrections=corrections, summary=replace(report.summary, is_weighted=True))
    assert [cell.value for cell in below_head(book["Đã sửa"], "Ý kiến số")[0]][3:5] == [None, "funding"]
    assert any("trọng số" in str(row[0]) for row in book["Chủ đề"].iter_rows(values_only=True))


def test_rows_beyond_those_of_a_sheet_are_told(report, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 4)
    book = opened(with_texts(report, ["một", "hai", "ba", "bốn", "năm"]))
    assert book["Ý kiến đã mã hóa"].max_row == 4
    told = " ".join(str(row[0]) for row in book[book.sheetnames[0]].iter_rows(values_only=True))
    assert "chỉ có 3 dòng đầu" in told
    assert "còn 2 dòng khác" in told


def test_numbers_without_bound_are_empty_cells(report):
    pairs = report.summary.pairs.assign(**{columns.LIFT: math.inf})
    [row] = below_head(opened(report, summary=replace(report.summary, pairs=pairs))["Cặp chủ đề"], "Chủ đề")
    assert row[7].value is None
    assert row[8].value == 0.75
