import pytest

from thamluan.pipeline.text.repair import repair
from thamluan.pipeline.text.repairs.characters import LOOK_ALIKES, PUNCTUATION


def repaired(text, name):
    return repair(text, names=[name]).text


@pytest.mark.parametrize("mark", "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\ufeff")
@pytest.mark.parametrize("form", ["{}họp", "họ{}p", "họp{}", "{0}{0}họ{0}{0}p{0}"])
def test_drop_invisible_drops_marks_anywhere(mark, form):
    assert repaired(form.format(mark), "drop_invisible") == "họp"


@pytest.mark.parametrize(
    "text",
    ["", "\u200b", "\u200b\ufeff", "họ \u200b p", "👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "ng\u00ad\u00eai", "\u00ad"],
)
def test_drop_invisible_leaves_other_texts_alone(text):
    assert repaired(text, "drop_invisible") == text


@pytest.mark.parametrize(
    ("text", "dropped"), [("o\u00ad\u0323", "o\u0323"), ("tr\u00adường", "tr\u00adường"), ("a\u00adế", "aế")]
)
def test_drop_invisible_drops_soft_hyphens_before_what_is_in_unicode(text, dropped):
    assert repaired(text, "drop_invisible") == dropped


def test_drop_invisible_gives_what_it_drops_to_a_neighbour():
    found = repair("\ufeffhọ\u200bp", names=["drop_invisible"])
    assert [found.raw_span(index, index + 1) for index in range(3)] == [(0, 2), (2, 4), (4, 5)]


@pytest.mark.parametrize("space", "\u00a0\u2002\u2009\u202f\u3000")
def test_plain_spaces_makes_spaces_plain(space):
    assert repaired(f"1.200{space}đồng", "plain_spaces") == "1.200 đồng"


@pytest.mark.parametrize("char", LOOK_ALIKES)
def test_replace_look_alikes_works_only_among_latin_letters(char):
    latin = LOOK_ALIKES[char]
    assert repaired(f"x{char}n", "replace_look_alikes") == f"x{latin}n"
    assert repaired(f"{char} {char}ж", "replace_look_alikes") == f"{char} {char}ж"


@pytest.mark.parametrize("char", PUNCTUATION)
def test_replace_look_alikes_knows_the_punctuation_of_windows(char):
    assert (
        repaired(f"a{char}b", "replace_look_alikes")
        == f"a{PUNCTUATION[char]}b"
        == f"a{char.encode('latin-1').decode('cp1252')}b"
    )


@pytest.mark.parametrize(
    ("text", "plain"), [("ＫＩＮＨ　ｐｈｉ", "KINH　phi"), ("𝐜𝐡𝐢 𝑏𝑜 𝟐𝟎", "chi bo 20"), ("ﬁﬂ", "fifl")]
)
def test_replace_look_alikes_makes_styled_letters_plain(text, plain):
    assert repaired(text, "replace_look_alikes") == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ðã", "đã"),
        ("Ðảng", "Đảng"),
        ("HÐND", "HĐND"),
        ("ð", "đ"),
        ("1.200ð", "1.200đ"),
        ("Guðrún", "Guðrún"),
        ("bÐ", "bÐ"),
    ],
)
def test_replace_eths_replaces_where_the_letter_can_stand(text, plain):
    assert repaired(text, "replace_eths") == plain
