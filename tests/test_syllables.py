import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamluan.pipeline.syllables import TONES, VOWELS, is_syllable, place_tone, split, strip_tone, tone_places

SYLLABLES = """
chi bộ đảng viên nghị quyết nghiêng nguyễn khuya khuỷu quyền quốc quý quậy gì gìn giếng giữa giờ giúp yêu ý ấy ỷ ơi
ngoằn ngoèo xoong thuở huơ rượu hươu người được chuyện kỷ luật lý mỹ sĩ thúy thuý hòa hoà khoẻ khỏe đoàn óc ích oanh
uống ước ưu tiên quạnh quynh gièm pha rước phuy buýt voan
""".split()
OTHERS = """
tr ng excel zalo ngiệp kinhh cac hoc côc ghà gê ngê ka ce kuân bhi đđ iêu quu tuyễt hoìa2 xyz ubnd hđnd thưưng aa
café müller washington street việtnam chínhh bộộ lầp bạc̀
""".split()


@pytest.mark.parametrize("word", SYLLABLES)
def test_syllables_are_known_in_any_case_and_form(word):
    forms = (word, word.upper(), word.capitalize(), unicodedata.normalize("NFD", word))
    assert all(map(is_syllable, forms))


@pytest.mark.parametrize("word", [*OTHERS, "", " ", "-", "chi bộ", "a1", "ộộộộộộộộộộ"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("word", SYLLABLES)
def test_parts_of_a_syllable_make_it_up(word):
    onset, rhyme, tone = split(word)
    assert (onset + rhyme, tone) == strip_tone(word)


@pytest.mark.parametrize(
    ("word", "placed"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("Thuý", "Thúy"),
        ("HOẠ", "HỌA"),
        ("tòan", "toàn"),
        ("hùynh", "huỳnh"),
        ("ngòai", "ngoài"),
        ("qúa", "quá"),
        ("qủy", "quỷ"),
        ("gìa", "già"),
        ("gíup", "giúp"),
        ("cuả", "của"),
        ("mừơi", "mười"),
        ("tìên", "tiền"),
    ],
)
def test_place_tone_moves_a_mark(word, placed):
    assert place_tone(word) == placed


@pytest.mark.parametrize("word", [*OTHERS, "quý", "gì", "gìn", "giếng", "giữa", "thuở", "huế", "hoàng", "nửa", "mía"])
def test_place_tone_leaves_other_words_alone(word):
    assert place_tone(word) == word


@pytest.mark.parametrize("word", SYLLABLES)
def test_place_tone_gives_one_spelling_for_all_places(word):
    assert len({place_tone(spelling) for spelling in tone_places(word)}) == 1


@given(st.text(st.sampled_from([*"bcdđghklmnpqrstvxaăâeêioôơuưyHOÀ", *"àáảãạồốửựýỳ", *TONES]), max_size=8))
def test_place_tone_keeps_what_a_syllable_is(word):
    word = unicodedata.normalize("NFC", word)
    placed = place_tone(word)
    assert (split(placed), len(placed), place_tone(placed)) == (split(word), len(word), placed)


@pytest.mark.parametrize("vowel", VOWELS)
@pytest.mark.parametrize("mark", TONES)
def test_strip_tone_knows_every_vowel(vowel, mark):
    assert strip_tone(unicodedata.normalize("NFC", vowel + mark).upper()) == (vowel, mark)
