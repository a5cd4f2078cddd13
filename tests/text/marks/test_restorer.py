import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thamluan.pipeline.artefacts import CORPORA, MODELS
from thamluan.pipeline.errors import ModelError
from thamluan.pipeline.model_folders import MANIFEST, VOCABULARY, WEIGHTS
from thamluan.pipeline.report.marks_card import marks_card
from thamluan.pipeline.text.marks.corpus import part, read_lines
from thamluan.pipeline.text.marks.evaluation import measure, strip
from thamluan.pipeline.text.marks.restorer import KIND, Restorer
from thamluan.pipeline.text.marks.training import fit
from thamluan.pipeline.text.repairs.pieces import put_in

NEWS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "news" / "news.txt.xz"
DEV = CORPORA / "labelled" / "answers_dev.jsonl"
ANSWERS = [text for path in sorted((CORPORA / "labelled").glob("answers_train_*.jsonl")) for text in read_lines(path)]
unhurried = settings(deadline=None, max_examples=50)


@pytest.fixture(scope="module")
def restorer():
    return fit([answer for answer in ANSWERS if strip(answer) != answer], n_rows=1 << 14)


def restored(restorer, text):
    return put_in(text, restorer.restore([text])[0])


typed = st.lists(
    st.one_of(
        st.sampled_from([word for answer in ANSWERS[:50] for word in answer.split()]).flatmap(
            lambda word: st.sampled_from([word, strip(word), strip(word).upper(), strip(word).title()])
        ),
        st.sampled_from([".", ",", "\n", "12", "TU", "trainer", "an@ubnd.vn", "-", "🙂", "e\u0301"]),
    ),
    max_size=12,
).map(" ".join)


@unhurried
@given(text=st.one_of(typed, st.text(max_size=20)))
def test_restoring_twice_equals_once(restorer, text):
    once = restored(restorer, text)
    assert restorer.restore([once]) == [[]]


@unhurried
@given(text=typed)
def test_restoring_changes_only_marks(restorer, text):
    assert strip(restored(restorer, text)) == strip(text)


@unhurried
@given(text=typed)
def test_pieces_are_bare_syllables_in_order(restorer, text):
    pieces = restorer.restore([text])[0]
    ends = [point for start, end, _ in pieces for point in (start, end)]
    assert ends == sorted(ends)
    for start, end, replacement in pieces:
        assert strip(text[start:end]) == text[start:end] != replacement
        assert len(replacement) == end - start


@unhurried
@given(texts=st.lists(typed, max_size=4))
def test_texts_do_not_see_each_other(restorer, texts):
    assert restorer.restore(texts) == [restorer.restore([text])[0] for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de nghi tang phu cap cho chi bo", "đề nghị tăng phụ cấp cho chi bộ"),
        ("DE NGHI TANG PHU CAP", "ĐỀ NGHỊ TĂNG PHỤ CẤP"),
        ("khong", "không"),
        ("", ""),
    ],
)
def test_restorer_puts_marks_in(restorer, text, expected):
    assert restored(restorer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gửi về an.vang@hop.vn trước thứ hai",
        "Xem https://dang.vn/chi-bo/kinh-phi và www.phucap.com.vn",
        "Trình TU và BCH xem xét",
        "The trainer is good",
        "ok",
        "A1 B2 12a",
        "Chi bộ họp đều nhưng ít người đến",
    ],
)
def test_restorer_leaves_alone_what_is_no_haste(restorer, text):
    assert restorer.restore([text]) == [[]]


def test_restorer_of_no_lines_restores_nothing():
    assert fit([]).restore(["khong co", ""]) == [[], []]


def test_restorer_counts_offsets_in_characters(restorer):
    assert restorer.restore(["😀\ud800 khong co"]) == [[(3, 8, "không"), (9, 11, "có")]]


def test_restorer_takes_no_texts(restorer):
    assert restorer.restore([]) == []


@pytest.fixture
def folder(restorer, tmp_path):
    for name, content in restorer.files().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_restorer_stays_the_same_in_a_folder(restorer, folder):
    stripped = [strip(answer) for answer in ANSWERS[:100]]
    loaded = Restorer.load(folder)
    assert loaded.restore(stripped) == restorer.restore(stripped)
    assert loaded.files() == restorer.files()


@pytest.mark.parametrize("name", [MANIFEST, *KIND.files])
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe garbage", b"[]", b"{}", b"PK\x03\x04"])
def test_loading_refuses_a_missing_or_garbage_file(folder, name, content):
    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    with pytest.raises(ModelError):
        Restorer.load(folder)


def archive(**arrays):
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return content.getvalue()


TABLE = np.zeros((4, 8), dtype=np.uint8)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (WEIGHTS, b"garbage"),
        (WEIGHTS, archive(table=TABLE)),
        (WEIGHTS, archive(table=TABLE[:3], step=0.5)),
        (WEIGHTS, archive(table=TABLE.astype(float), step=0.5)),
        (WEIGHTS, archive(table=np.array([None, {}], dtype=object), step=0.5)),
        (VOCABULARY, b"[1, 2]"),
        (VOCABULARY, b'{"bo": 7}'),
        (VOCABULARY, b'{"bo": {"b\xe1": 1}}'),
        (VOCABULARY, b'{"bo": {"7": 1}}'),
        (VOCABULARY, b'{"bo": {"bo": "many"}}'),
        (VOCABULARY, '{"bo": {"bô": 3, "bôn": 2}}'.encode()),
        (
            VOCABULARY,
            json.dumps({"bo": dict.fromkeys("bo bô bơ bò bó bỏ bõ bọ bồ bố bổ bỗ bộ bờ bớ bở bỡ".split(), 5)}).encode(),
        ),
    ],
)
def test_loading_refuses_garbage_that_the_manifest_vouches_for(folder, name, content):
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="does not fit together"):
        Restorer.load(folder)


def test_loading_refuses_another_format(folder):
    (folder / MANIFEST).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        Restorer.load(folder)


@pytest.fixture(scope="module")
def shipped():
    return Restorer.load(MODELS / "marks")


@pytest.mark.cases("text_diacritics.json", "typed", "restored")
def test_shipped_model_restores(shipped, typed, restored):
    assert put_in(typed, shipped.restore([typed])[0]) == restored


def test_shipped_model_is_small_and_says_what_it_was_made_of(shipped):
    files = [path for path in (MODELS / "marks").iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 20_000_000
    assert all(len(file["sha256"]) == 64 for file in shipped.facts["trained_on"])


def test_card_of_the_shipped_model_is_that_of_its_facts(shipped):
    assert (MODELS / "marks" / "README.md").read_text(encoding="utf-8") == marks_card(shipped)


def test_shipped_model_keeps_its_figure_on_answers(shipped):
    marked = [text for text in read_lines(DEV) if strip(text) != text]
    assert round(measure(shipped, marked).share, 4) == shipped.facts["figures"]["answers_dev.jsonl"]["right"]


@unhurried
@given(text=typed)
def test_shipped_model_restoring_twice_equals_once(shipped, text):
    assert shipped.restore([restored(shipped, text)]) == [[]]


@pytest.mark.slow
def test_shipped_model_keeps_its_figures_on_news(shipped):
    if not NEWS.is_file():
        pytest.skip(f"needs {NEWS.name} in ../shared/data/news")
    lines = list(part(read_lines(NEWS), name="test"))
    figures = shipped.facts["figures"][f"{NEWS.name}, held out"]
    assert round(measure(shipped, lines).share, 4) == figures["right"] >= 0.965
    unchanged = measure(shipped, lines, lines)
    assert unchanged.n_syllables - unchanged.n_right == figures["changed_though_right"]
