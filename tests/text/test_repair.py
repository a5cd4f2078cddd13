import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.repair import BATCH, REPAIRS, repair, repair_all, repairs_without, tally

unhurried = settings(deadline=None)  # the first text waits for the Unicode table or the word model

NEEDING_NO_CONTEXT = ("plain_spaces", "compose")  # repairs of a character whatever is around it

LETTERS = "aeoiuyAEOIUYdĐđươăâêôƯƠ"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0344\u0345"
JAMO = "\u1100\u1112\u1161\u1175\u11a8\u11c2가각힣"
INDIC = "\u0915\u093c\u0958\u09c7\u09be\u09d7\u0b47\u0b56\u0dd9\u0dcf\u0dca\u1025\u102e\u0fb2\u0f80\u0f81"
OTHERS = " \n.-😀👍🏽\u200b\u200d\ufeff\ufe0f\ud800\udfff\u212b\u2126\u2adc\ufb1d\U0001d15e\U00011935\U00011930"
WORDS = (  # as they are and in TCVN3, VNI and with look-alikes; what stands between and in them
    "Chi bộ hoà uỷ qúa gìa tòan hòa của Hoà cô bé né hoá húa café Müller Guðrún où Hanoï naïve ÐẢNG ðã Сhi họр сор "
    "bé häp ®Òu kh«ng cã kinh phÝ §¶ng H§ND xa nh ®îc ngêi nhng ®a ch­a t­ ng­êi boä hoïp ñeàu khoâng coù phí Ñaûng "
    "hoà giaûi HOÄI NGHÒ Ｃhi 𝗖𝗵𝗶 ﬁ · « ® 5cm tr. \u212bа \u0958а µ μ ÷ × ư Ð ð ñ"
).split()
JOINTS = " \u00a0\u202f\u3000\n\u2028\u00ad\u200b\u200d\ufeff\u0301\u0323\u20d2.-/😀\x93"
pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(JOINTS), st.just(" "))

texts = st.one_of(
    st.lists(pieces, max_size=12).map("".join),
    st.text(st.characters(), max_size=20),
    st.text(LETTERS + MARKS, max_size=20),
    st.text(LETTERS + MARKS + JAMO + INDIC + OTHERS, max_size=20),
)
COMPOSED = [
    ("Chi bo\u0323\u0302 ho\u0323p", "Chi bộ họp"),
    ("Chi bô\u0323", "Chi bộ"),  # the letter with its hat, the tone apart, as in Windows-1258
    ("d\u0323\u0302\u0301", "ḍ\u0302\u0301"),
    ("\u1112\u1161\u11ab", "한"),
    ("\u09c7\u09be", "\u09cb"),
    ("\u0958", "\u0915\u093c"),
    ("\u212b\u2126", "ÅΩ"),
]
OF_WORDS = ("expand_abbreviations", "restore_marks", "standardise_dialect")  # have their own cases


def spans(text):
    return [(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1)]


@pytest.mark.cases("text_repairs.json", "raw", "repaired", "repairs")
def test_repair_of_vietnamese_texts(raw, repaired, repairs):
    found = repair(raw, names=repairs_without(OF_WORDS))
    assert (found.text, list(found.changed_by)) == (repaired, repairs)


@pytest.mark.parametrize(("raw", "repaired"), COMPOSED)
def test_repair_composes_letters_and_marks(raw, repaired):
    assert repair(raw).text == repaired


@unhurried
@given(texts)
def test_repair_makes_nfc(text):
    assert unicodedata.is_normalized("NFC", repair(text).text)


@unhurried
@given(texts)
def test_compose_alone_is_nfc(text):
    assert repair(text, names=["compose"]).text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("name", REPAIRS)
@unhurried
@given(text=texts)
def test_each_repair_twice_equals_once(name, text):
    once = repair(text, names=[name]).text
    assert repair(once, names=[name]).text == once


@unhurried
@given(texts)
def test_repair_twice_equals_once(text):
    once = repair(text).text
    assert repair(once).text == once


@unhurried
@given(texts)
def test_repair_of_a_repaired_text_reports_no_change(text):
    assert repair(repair(text).text).changed_by == ()


@unhurried
@given(texts)
def test_repair_names_what_changed_the_text(text):
    repaired = repair(text)
    assert bool(repaired.changed_by) == (repaired.text != text)


def test_repair_leaves_empty_text_alone():
    assert (repair("").text, repair("").changed_by, repair("").raw_span(0, 0)) == ("", (), (0, 0))


def test_repair_applies_only_the_named_repairs():
    assert repair("o\u0323", names=()).text == "o\u0323"


@unhurried
@given(texts)
def test_raw_span_of_unchanged_text_is_the_span(text):
    unchanged = repair(text).text
    repaired = repair(unchanged)
    assert all(repaired.raw_span(*span) == span for span in spans(unchanged))


@pytest.mark.parametrize("name", REPAIRS)
@unhurried
@given(text=texts)
def test_raw_span_of_all_is_all(name, text):
    repaired = repair(text, names=[name])
    assert repaired.raw_span(0, len(repaired.text)) == (0, len(text))


@pytest.mark.parametrize("name", NEEDING_NO_CONTEXT)
@unhurried
@given(text=texts)
def test_raw_spans_hold_what_became_the_span(name, text):
    repaired = repair(text, names=[name])
    for start, end in spans(repaired.text):
        raw_start, raw_end = repaired.raw_span(start, end)
        assert repaired.text[start:end] in repair(text[raw_start:raw_end], names=[name]).text


@pytest.mark.parametrize("name", REPAIRS)
@unhurried
@given(text=texts)
def test_raw_spans_of_characters_are_in_order_and_leave_nothing_out(name, text):
    repaired = repair(text, names=[name])
    characters = [repaired.raw_span(index, index + 1) for index in range(len(repaired.text))]
    assert characters == sorted(characters)
    assert {index for start, end in characters for index in range(start, end)} == set(range(len(text)))


@pytest.mark.parametrize("name", REPAIRS)
@unhurried
@given(text=texts)
def test_repairs_replace_pieces_in_order_and_apart(name, text):
    (pieces,) = map(list, REPAIRS[name]([text]))
    ends = [point for start, end, _ in pieces for point in (start, end)]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end, _ in pieces)


def test_repair_all_repairs_every_text_in_order():
    texts = ["bo\u0323"] * BATCH + ["", "to\u0302"]
    assert [repaired.text for repaired in repair_all(texts)] == ["bọ"] * BATCH + ["", "tô"]


def test_repairs_without_refuses_an_unknown_name():
    with pytest.raises(InputError, match="'composed'") as error:
        repairs_without(["composed"])
    assert "compose" in error.value.hint


def test_tally_counts_texts_and_places():
    tallied = tally(repair_all(["bo\u0323 to\u0302", "tô", "to\u0302"]))
    assert tallied["compose"] == {"texts": 2, "places": 3}
