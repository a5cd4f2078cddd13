import pytest

from thamluan.pipeline.text.repairs.tones import place_tones


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("chi uỷ", [(4, 6, "ủy")]),
        ("HOÀ GIẢI", [(1, 3, "ÒA")]),
        ("tòan dân", [(1, 3, "oà")]),
        ("qúa, gìa", [(1, 3, "uá"), (6, 8, "ià")]),
        ("hoà-hoà", [(1, 3, "òa"), (5, 7, "òa")]),
        ("giá quà mía", []),
        ("hòa toàn quý giữa thuở", []),
        ("xyzoà", []),
        ("hoà\u0323", []),
        ("", []),
    ],
)
def test_place_tones_changes_the_letters_that_lose_and_get_a_mark(text, pieces):
    assert list(place_tones(text)) == pieces


@pytest.mark.parametrize("piece", ["hoà", "hoà ", "oà", "qú", "ù"])
def test_place_tones_ends_on_endless_text(piece):
    assert all(end <= len(piece) * 5_000 for _, end, _ in place_tones(piece * 5_000))
