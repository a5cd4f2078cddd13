import dataclasses
import subprocess
import sys
import unicodedata

import numpy as np
import pandas as pd
import pytest
import spacy
from spacy.tokens import Doc, DocBin

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import DEFAULT_MODEL, SAMPLES
from thamluan.pipeline.errors import CodebookError, InputError, ModelError
from thamluan.pipeline.run import code_files
from thamluan.pipeline.settings import Columns, Settings
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.text.bridge import WORDS
from thamluan.pipeline.themes.bridge import make_nlp
from thamluan.pipeline.themes.coding import code, gather
from thamluan.pipeline.themes.learning.training import train
from thamluan.pipeline.themes.model import CARD, WEIGHTS, model_files

TEXTS = (
    "Phụ cấp trưởng thôn quá thấp. Đề nghị tăng kinh phí.",
    "",
    "- Chi bộ họp đều.\n- Mặt trận vắng người",
    "\n ",
    "không có ý kiến",
    unicodedata.normalize("NFD", "Đảng viên trẻ đi làm xa, chi bộ chỉ còn người già."),
)
CUES = """
id: thu
themes:
- {id: travel, label: Đi lại, cues: [đường xa, xăng]}
- {id: meetings, label: Hội họp, cues: [họp]}
"""


@pytest.fixture(scope="session")
def small(model, tmp_path_factory):
    """The folder of the small model."""
    return place(model, tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def nlp(small):
    return make_nlp(model=small)


@pytest.fixture(scope="session")
def docs(nlp):
    return list(nlp.pipe(TEXTS))


@pytest.fixture
def cues(tmp_path):
    """A codebook that no model knows, in a file."""
    path = tmp_path / "cues.yaml"
    path.write_text(CUES, encoding="utf-8")
    return path


def place(model, folder):
    for name, content in model_files(model).items():
        (folder / name).write_bytes(content)
    return folder


def written(doc):
    """Everything that the components write onto a Doc, in plain values."""
    groups = {
        name: ([(span.start_char, span.end_char, span.label_) for span in group], repr(group.attrs))
        for name, group in doc.spans.items()
    }
    return doc.cats, groups, doc._.themes, doc._.stance


def coded_by_run(texts, coder):
    contributions = as_contributions(texts)
    units = code(segment(contributions), coder)
    return units, gather(contributions, pd.DataFrame(), units=units, codebook=coder.codebook, asked=Columns())


def test_docs_of_the_samples_are_coded_as_run_codes_them():
    coded = code_files([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.docx")], settings=Settings())
    docs = list(make_nlp().pipe(coded.answers[columns.TEXT]))
    assert [";".join(doc._.themes) for doc in docs] == coded.answers[columns.THEMES].tolist()
    assert [doc._.stance for doc in docs] == coded.answers[columns.STANCE].tolist()


def test_a_skipped_repair_is_left_out(nlp, small):
    raw = unicodedata.normalize("NFD", TEXTS[0])
    assert make_nlp(model=small, skipped=["compose"])(raw).cats != nlp(raw).cats


def test_docs_are_coded_as_run_codes_answers(nlp, labelled):
    texts = labelled.texts[:100]
    _, answers = coded_by_run(texts, nlp.get_pipe("thamluan_themes").coder)
    docs = list(nlp.pipe(texts, batch_size=64))
    assert [";".join(doc._.themes) for doc in docs] == answers[columns.THEMES].tolist()
    assert [doc._.stance for doc in docs] == answers[columns.STANCE].tolist()


def test_units_are_coded_as_run_codes_them(nlp, docs):
    units, _ = coded_by_run(TEXTS, nlp.get_pipe("thamluan_themes").coder)
    found = [
        (span.start_char, span.end_char, span.label_, pytest.approx(score), ", ".join(words))
        for doc in docs
        for group in [doc.spans["themes"]]
        for span, score, words in zip(group, group.attrs["scores"], group.attrs["evidence"], strict=True)
    ]
    expected = [
        (unit.start, unit.end, theme, getattr(unit, f"p_{theme}"), evidence.removeprefix(f"{theme}: "))
        for unit in units.itertuples()
        for theme, evidence in zip(unit.themes.split(";"), unit.evidence.split(" | "), strict=True)
        if theme
    ]
    assert found == expected


def test_units_have_the_stances_that_run_gives_them(nlp, docs):
    units, _ = coded_by_run(TEXTS, nlp.get_pipe("thamluan_themes").coder)
    assert [span.label_ for doc in docs for span in doc.spans["stance"]] == units[columns.STANCE].tolist()


def test_a_theme_counts_for_a_doc_by_its_most_probable_unit(nlp, docs):
    units, _ = coded_by_run(TEXTS, nlp.get_pipe("thamluan_themes").coder)
    highest = units.groupby(columns.CONTRIBUTION)["p_funding"].max().reindex(range(1, len(TEXTS) + 1), fill_value=0)
    assert [doc.cats["funding"] for doc in docs] == pytest.approx(highest.tolist())


@pytest.mark.parametrize("themed", [(0,), (1,), (0, 1), ()])
def test_shares_of_stances_are_of_the_units_with_a_theme_or_of_all(nlp, themed):
    doc = nlp("Phụ cấp thấp quá. Đề nghị tăng kinh phí.")
    units, stances = list(doc.spans["units"]), [span.label_ for span in doc.spans["stance"]]
    doc.spans["themes"] = [units[index] for index in themed]
    doc = nlp.get_pipe("thamluan_stance")(doc)
    counted = [stances[index] for index in themed] or stances
    shares = {id: counted.count(id) / len(counted) for id in nlp.get_pipe("thamluan_themes").coder.stance_ids}
    assert {id: doc.cats[f"stance.{id}"] for id in shares} == shares
    assert doc._.stance == max(counted, key=counted.count if len(set(counted)) < len(counted) else counted.index)


def test_a_doc_without_units_has_every_category_at_zero(docs, nlp):
    codebook = nlp.get_pipe("thamluan_themes").coder.codebook
    names = [*codebook.theme_ids, *(f"stance.{id}" for id in codebook.stance_ids)]
    assert docs[1].cats == dict.fromkeys(names, 0.0)
    assert (docs[1]._.themes, docs[1]._.stance) == ([], "")


def test_docs_come_out_of_pipe_as_one_by_one(nlp, docs):
    assert [written(doc) for doc in map(nlp, TEXTS)] == [written(doc) for doc in docs]


def test_docs_keep_their_codes_as_bytes(nlp, docs):
    packed = DocBin(docs=docs, store_user_data=True).to_bytes()
    unpacked = list(DocBin().from_bytes(packed).get_docs(nlp.vocab))
    assert [written(doc) for doc in unpacked] == [written(doc) for doc in docs]


def test_evidence_can_be_left_out(nlp, small):
    doc = make_nlp(model=small, evidence=False)(TEXTS[0])
    assert doc._.themes == nlp(TEXTS[0])._.themes
    assert not any(doc.spans["themes"].attrs["evidence"])


def test_a_model_of_one_theme_gives_a_doc_one(single_model, tmp_path):
    docs = list(make_nlp(model=place(single_model, tmp_path)).pipe(TEXTS))
    _, answers = coded_by_run(TEXTS, single_model)
    assert [";".join(doc._.themes) for doc in docs] == answers[columns.THEMES].tolist()


def test_a_model_without_stances_leaves_them_out(model, labelled, tmp_path):
    doc = make_nlp(model=place(train(dataclasses.replace(labelled, stances=None)), tmp_path))(TEXTS[0])
    assert (doc._.stance, list(doc.spans["stance"]), set(doc.cats)) == ("", [], set(model.codebook.theme_ids))


def test_a_codebook_is_coded_by_its_cues(cues):
    doc = make_nlp(codebook=cues)("Đường xa quá. Họp muộn, xăng đắt.")
    group = doc.spans["themes"]
    assert [(span.text, span.label_) for span in group] == [
        ("Đường xa quá.", "travel"),
        ("Họp muộn, xăng đắt.", "travel"),
        ("Họp muộn, xăng đắt.", "meetings"),
    ]
    assert group.attrs["evidence"] == [["đường xa"], ["xăng"], ["họp"]]
    assert group.attrs["coded_by"] == "cues"


def test_a_codebook_that_nothing_can_code_by_is_told_at_once(tmp_path):
    path = tmp_path / "no_cues.yaml"
    path.write_text("id: thử\nthemes:\n- id: travel\n  label: Đi lại\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="no cues to code them by: travel"):
        make_nlp(codebook=path)


def test_an_nlp_that_was_saved_codes_as_before(nlp, docs, tmp_path):
    nlp.to_disk(tmp_path)
    assert [written(doc) for doc in spacy.load(tmp_path).pipe(TEXTS)] == [written(doc) for doc in docs]


def test_an_nlp_that_was_saved_holds_the_card_of_its_model(tmp_path):
    make_nlp().to_disk(tmp_path)
    assert (tmp_path / "thamluan_themes" / CARD).read_bytes() == (DEFAULT_MODEL / CARD).read_bytes()


def test_an_nlp_saved_without_its_vocabulary_holds_no_word_of_an_answer(nlp, docs, tmp_path):
    word = "Xyzuvw"
    list(nlp.pipe([f"{word} nói phụ cấp thấp."]))
    nlp.to_disk(tmp_path, exclude=["vocab"])
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
    assert [written(doc) for doc in spacy.load(tmp_path).pipe(TEXTS)] == [written(doc) for doc in docs]


def test_an_nlp_of_cues_codes_as_before(cues, tmp_path):
    nlp = make_nlp(codebook=cues)
    nlp.to_disk(tmp_path / "nlp")
    cues.unlink()
    text = "Đường xa quá. Họp muộn, xăng đắt."
    assert written(spacy.load(tmp_path / "nlp")(text)) == written(nlp(text))


def test_a_model_saved_over_cues_takes_their_place(cues, nlp, tmp_path):
    make_nlp(codebook=cues).to_disk(tmp_path / "nlp")
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp")(TEXTS[0])._.themes == nlp(TEXTS[0])._.themes


def test_an_nlp_is_loaded_where_its_first_model_is_not(folder, tmp_path):
    nlp = make_nlp(model=folder)
    before = written(nlp(TEXTS[0]))
    nlp.to_disk(tmp_path / "nlp")
    folder.rename(tmp_path / "elsewhere")
    assert written(spacy.load(tmp_path / "nlp")(TEXTS[0])) == before


def test_an_nlp_written_as_bytes_codes_as_before(nlp, docs):
    other = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": WORDS}}})
    for name in nlp.pipe_names:
        other.add_pipe(name)
    assert [written(doc) for doc in other.from_bytes(nlp.to_bytes()).pipe(TEXTS)] == [written(doc) for doc in docs]


def test_an_altered_nlp_is_refused(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    (tmp_path / "thamluan_themes" / WEIGHTS).write_bytes(b"altered")
    with pytest.raises(ModelError, match="incomplete or was altered"):
        spacy.load(tmp_path)


def test_labels_are_the_themes_of_the_codebook(nlp):
    codebook = nlp.get_pipe("thamluan_themes").coder.codebook
    assert nlp.pipe_labels["thamluan_themes"] == list(codebook.theme_ids)


def test_the_model_is_not_read_before_it_is_needed(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("thamluan_themes", config={"model": str(tmp_path / "nowhere")})
    assert nlp.pipe_labels["thamluan_themes"] == []


@pytest.mark.parametrize(
    ("names", "missing"),
    [(["thamluan_themes"], "thamluan_units"), (["thamluan_units", "thamluan_stance"], "thamluan_themes")],
)
def test_a_component_says_which_one_it_comes_after(names, missing):
    nlp = spacy.blank("xx")
    for name in names:
        nlp.add_pipe(name)
    with pytest.raises(InputError) as caught:
        nlp("Phụ cấp thấp.")
    assert missing in caught.value.hint


def test_units_made_by_hand_are_coded(nlp):
    doc = nlp("Phụ cấp thấp quá và đề nghị tăng kinh phí")
    doc.spans["units"] = [doc[: len(doc) // 2], doc[len(doc) // 2 :]]
    for name in ("thamluan_themes", "thamluan_stance"):
        doc = nlp.get_pipe(name)(doc)
    assert len(doc.spans["stance"]) == 2


def test_scores_are_arrays_as_in_a_span_categorizer(docs):
    assert all(isinstance(doc.spans[name].attrs["scores"], np.ndarray) for doc in docs for name in ("themes", "stance"))


def test_an_attribute_of_docs_that_someone_else_has_named_is_left_to_them(nlp):
    ours = Doc.get_extension("stance")
    Doc.set_extension("stance", default=None, force=True)
    try:
        with pytest.raises(ValueError, match="E090"):
            spacy.blank("xx").add_pipe("thamluan_stance")
    finally:
        Doc.set_extension("stance", getter=ours[2], force=True)


def test_entry_points_bring_tokenizer_and_components_without_an_import(tmp_path):
    program = (
        "import spacy\n"
        "nlp = spacy.blank('vi', config={'nlp': {'tokenizer': {'@tokenizers': 'thamluan.words.v1'}}})\n"
        "for name in ('thamluan_units', 'thamluan_themes', 'thamluan_stance'):\n    nlp.add_pipe(name)\n"
        "assert nlp('Phụ cấp thấp. Xăng đắt.')._.stance\n"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", program], check=True, cwd=tmp_path)


@pytest.mark.slow
def test_processes_code_as_one_does(docs, small, tmp_path):
    """By spawning, as on Windows and macOS, where every component travels to the process."""
    program = tmp_path / "program.py"
    program.write_text(
        "import multiprocessing\n"
        "from pathlib import Path\n"
        "from thamluan.pipeline.themes.bridge import make_nlp\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        f"    for doc in make_nlp(model=Path({str(small)!r})).pipe({TEXTS!r}, n_process=2, batch_size=2):\n"
        "        print(';'.join(doc._.themes), doc._.stance)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(program)], check=True, capture_output=True, text=True)
    assert done.stdout.split("\n") == [*(f"{';'.join(doc._.themes)} {doc._.stance}" for doc in docs), ""]
