import pytest

from thamluan.pipeline.readers import places


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("vi", "trang tính 'Thôn 2', dòng 12, cột C"), ("en", "sheet 'Thôn 2', row 12, column C")],
)
def test_places_name_a_cell_with_its_sheet(lang, expected):
    assert places.cell(12, column="C", sheet="Thôn 2", lang=lang) == expected


def test_places_leave_out_what_is_not_known():
    assert places.cell(12, lang="vi") == "dòng 12"


@pytest.mark.parametrize(
    ("first", "last", "lang", "expected"),
    [
        (5, 8, "vi", "đoạn 5–8"),
        (5, 5, "vi", "đoạn 5"),
        (5, 8, "en", "paragraphs 5–8"),
        (5, 5, "en", "paragraph 5"),
    ],
)
def test_places_name_paragraphs(first, last, lang, expected):
    assert places.run(first, last, of="paragraph", lang=lang) == expected


@pytest.mark.parametrize(("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_places_letter_columns_as_a_spreadsheet(number, letter):
    assert places.letter(number) == letter


def test_places_have_the_same_phrases_in_every_language():
    assert len({frozenset(phrases) for phrases in places.PHRASES.values()}) == 1
