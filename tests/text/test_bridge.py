import json
import unicodedata
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from thamluan.pipeline import columns
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.text.bridge import UNITS, WORDS, WordTokenizer, unit_texts
from thamluan.pipeline.text.words import word_spans

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((ROOT / "tests" / "cases" / "text_bridge.json").read_text(encoding="utf-8"))
unhurried = settings(deadline=None)  # the first text waits for the word model
thrice = settings(unhurried, max_examples=25)  # with each tokenizer

PIECES = (
    ("chi bộ", "Đề nghị", "TP", "v.v", "Điều", "1", "1.200", "a", "II", ".", "...", "!", "?", ")", "(", '"', "-", "•"),
    (" ", "  ", "\n", "\r\n", "\t", "\u2028", "\x1c", "\u00a0", "\u200b", "\u0301", "\u0958", "\x00", "😀", "o\u0323"),
)
pieces = st.sampled_from([piece for kind in PIECES for piece in kind])
texts = st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join))


def make_nlp(tokenizer):
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": tokenizer}})
    nlp.add_pipe("thamluan_units")
    return nlp


@pytest.fixture(scope="session")
def nlp():
    return make_nlp({"@tokenizers": WORDS})


@pytest.fixture(scope="session", params=["ours", "spaCy's, by white space", "spaCy's, by rules"])
def any_nlp(request):
    """Units on tokens of ours, and on those of tokenizers that know nothing of units."""
    by = {
        "ours": {"@tokenizers": WORDS},
        "spaCy's, by white space": {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False},
        "spaCy's, by rules": {"@tokenizers": "spacy.Tokenizer.v1"},
    }
    return make_nlp(by[request.param])


def segmented(text):
    return segment(as_contributions([text]))


def unit_spans_of(doc):
    return [(span.start_char, span.end_char) for span in doc.spans[UNITS]]


def tokens_of(doc):
    return [token.text_with_ws for token in doc]


@pytest.mark.parametrize("case", [case for case in CASES if "tokens" in case], ids=lambda case: case["text"])
def test_tokens_of_vietnamese_texts(nlp, case):
    assert tokens_of(nlp.make_doc(case["text"])) == case["tokens"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_sentences_of_vietnamese_texts(nlp, case):
    assert [sentence.text_with_ws for sentence in nlp(case["text"]).sents] == case["sentences"]


@unhurried
@given(texts)
def test_doc_has_the_text_that_was_given(text):
    assert WordTokenizer(Vocab())(text).text == text


@unhurried
@given(texts)
def test_every_word_is_a_token(text):
    doc = WordTokenizer(Vocab())(text)
    assert {(token.idx, token.idx + len(token)) for token in doc} >= set(word_spans(text))


def test_tokenizer_refuses_a_lone_surrogate_without_repeating_the_text(nlp):
    with pytest.raises(InputError, match="Character 8 of a text is a lone surrogate") as caught:
        nlp("Phụ cấp \ud800 thấp")
    assert "cấp" not in str(caught.value) + caught.value.hint


@unhurried
@given(st.lists(texts, max_size=5))
def test_tokenizer_makes_docs_of_many_texts_as_one_by_one(texts):
    tokenizer = WordTokenizer(Vocab())
    assert [tokens_of(doc) for doc in tokenizer.pipe(texts, batch_size=2)] == [
        tokens_of(doc) for doc in map(tokenizer, texts)
    ]


@thrice
@given(text=texts)
def test_units_are_those_that_run_cuts(any_nlp, text):
    found = segmented(text)
    assert unit_spans_of(any_nlp(text)) == list(found[[columns.START, columns.END]].itertuples(index=False, name=None))


@thrice
@given(text=texts)
def test_units_have_the_text_that_the_model_sees(any_nlp, text):
    assert unit_texts(any_nlp(text)) == segmented(text)[columns.MODEL_TEXT].tolist()


@thrice
@given(text=texts)
def test_units_leave_the_text_of_the_doc_alone(any_nlp, text):
    assert any_nlp(text).text == text


@thrice
@given(text=texts)
def test_each_sentence_holds_one_unit(any_nlp, text):
    doc = any_nlp(text)
    assert [span.sent for span in doc.spans[UNITS]] == (list(doc.sents) if doc.spans[UNITS] else [])


def test_every_token_knows_whether_it_starts_a_sentence(any_nlp):
    assert {token.is_sent_start for token in any_nlp("- Tiền ít.\n- Xăng đắt.")} == {True, False}


@thrice
@given(text=texts)
def test_no_sentence_but_the_first_begins_with_white_space(any_nlp, text):
    assert not any(sentence[0].text[0].isspace() for sentence in list(any_nlp(text).sents)[1:])


def test_units_come_out_of_pipe_as_one_by_one(nlp):
    raw = ["Chi bộ họp đều. Phụ cấp thấp!", "", " \n", "- Đường xa\n- Xăng đắt"]
    raw = [*raw, unicodedata.normalize("NFD", raw[0])]
    piped = [unit_spans_of(doc) for doc in nlp.pipe(raw, batch_size=2)]
    assert piped == [unit_spans_of(nlp(text)) for text in raw]


def test_unit_texts_are_repaired(nlp):
    assert unit_texts(nlp(unicodedata.normalize("NFD", "Phụ cấp thấp!"))) == ["Phụ cấp thấp!"]


def test_a_repair_can_be_skipped(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("thamluan_units", config={"skipped": ["compose"]})
    nlp.to_disk(tmp_path)
    raw = unicodedata.normalize("NFD", "Phụ cấp thấp!")
    assert unit_texts(nlp(raw)) == unit_texts(spacy.load(tmp_path)(raw)) == [raw]


def test_a_repair_that_does_not_exist_cannot_be_skipped():
    with pytest.raises(InputError, match="There is no repair 'composed'"):
        spacy.blank("xx").add_pipe("thamluan_units", config={"skipped": ["composed"]})


def test_a_unit_put_in_by_someone_else_is_repaired_by_itself(nlp):
    doc = nlp(unicodedata.normalize("NFD", "Chi bộ họp đều. Phụ cấp thấp!"))
    doc.spans[UNITS] = [doc[0:2]]
    assert unit_texts(doc) == [unicodedata.normalize("NFC", doc[0:2].text)]


def test_a_doc_without_units_is_told_what_to_add(nlp):
    with pytest.raises(InputError) as caught:
        unit_texts(nlp.make_doc("Phụ cấp thấp."))
    assert "thamluan_units" in caught.value.hint


def test_units_survive_a_doc_written_as_bytes(nlp):
    doc = nlp(unicodedata.normalize("NFD", "Phụ cấp thấp. Đường xa."))
    read = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert (unit_spans_of(read), unit_texts(read)) == (unit_spans_of(doc), unit_texts(doc))


def test_a_batch_that_fails_goes_to_the_error_handler():
    nlp = make_nlp({"@tokenizers": WORDS})
    parsed = Doc(nlp.vocab, words=["Đường", "xa"], heads=[1, 1], deps=["nsubj", "ROOT"])  # has its sentences already
    failed = []
    nlp.set_error_handler(lambda name, component, docs, error: failed.append((name, len(docs))))
    kept = list(nlp.pipe([nlp.make_doc("Xăng đắt."), parsed, nlp.make_doc("Tiền ít.")], batch_size=1))
    assert (failed, [doc.text for doc in kept]) == ([("thamluan_units", 1)], ["Xăng đắt.", "Tiền ít."])


def test_an_nlp_that_was_saved_cuts_as_before(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    text = "- Phụ cấp thấp.Đề nghị tăng!"
    before, after = nlp(text), spacy.load(tmp_path)(text)
    assert (tokens_of(after), unit_spans_of(after)) == (tokens_of(before), unit_spans_of(before))
