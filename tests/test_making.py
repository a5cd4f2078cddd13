import csv
import io
import json
import re

import numpy as np
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.errors import ColumnError, InputError, ModelError, OutputError
from thamluan.pipeline.making import make_model, measure_model
from thamluan.pipeline.themes.material.labelled import LabelledColumns
from thamluan.pipeline.themes.model import CARD, FILES, MANIFEST, load_model

LABELLED = CORPORA / "labelled" / "answers_train_AA.jsonl"
N_DEV = 40
WHERE = LabelledColumns()


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    """Some answers to measure on."""
    lines = (CORPORA / "labelled" / "answers_dev.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path_factory.mktemp("dev") / "answers_dev.jsonl"
    path.write_text("\n".join(lines[:N_DEV]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(dev, tmp_path_factory):
    """A model made of two hundred answers and measured on others, twice."""
    folders = [tmp_path_factory.mktemp("made") / name for name in ("first", "second")]
    for folder in folders:
        make_model([LABELLED], folder, where=WHERE, dev=[dev], seed=5)
    return folders


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_make_model_writes_every_file_of_a_model(made):
    assert contents(made[0]).keys() == set(FILES)


def test_make_model_with_a_seed_gives_the_same_bytes(made):
    assert contents(made[0]) == contents(made[1])


def test_make_model_gives_the_model_that_it_writes(made, tmp_path):
    given = make_model([LABELLED], tmp_path / "model", where=WHERE, seed=5)
    texts = ["Phụ cấp còn thấp.", "chi bo hop deu"]
    np.testing.assert_allclose(load_model(made[0]).probabilities(texts)[0], given.probabilities(texts)[0], atol=1e-5)


def test_make_model_writes_its_figures_into_the_manifest(made, dev):
    [measured] = json.loads((made[0] / MANIFEST).read_bytes())["measured_on"]
    assert measured["n_answers"] == N_DEV
    assert measured["files"][0]["file"] == dev.name
    # The codes that the folder gives may differ from those measured only in the last bit of a weight.
    again = measure_model([dev], made[0], where=WHERE, seed=5).as_dict()
    assert measured["themes"] == again["themes"]
    assert measured["stances"] == again["stances"]


def test_make_model_writes_a_card_that_names_files_and_figures(made, dev):
    card = (made[0] / CARD).read_text(encoding="utf-8")
    [measured] = json.loads((made[0] / MANIFEST).read_bytes())["measured_on"]
    assert f"| {LABELLED.name} | 200 |" in card
    assert f"## Measured on {dev.name}" in card
    assert f"{measured['themes']['macro']['f1']:.3f}" in card


def test_make_model_makes_a_codebook_of_the_values_or_takes_one(made, tmp_path):
    assert load_model(made[0]).codebook.id == "answers_train_aa"
    path = CORPORA / "codebooks" / "default.yaml"
    assert make_model([LABELLED], tmp_path / "model", where=WHERE, codebook=path).codebook.id == "grassroots"


def test_make_model_does_not_fit_on_what_it_is_measured_on(tmp_path):
    answers = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()[:30]]
    answers[0]["text"] = f"  {answers[0]['text'].upper()}"
    dev = tmp_path / "dev.jsonl"
    dev.write_text("\n".join(json.dumps(answer) for answer in answers), encoding="utf-8")
    model = make_model([LABELLED], tmp_path / "model", where=WHERE, dev=[dev])
    assert model.facts["trained_on"]["texts"] == 170


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"where": LabelledColumns(text="Ý kiến")}, ColumnError),
        ({"single": True}, InputError),
        ({"codebook": CORPORA / "codebooks" / "starter.yaml"}, InputError),
        ({"dev": [CORPORA / "none.jsonl"]}, InputError),
        ({"dev": [CORPORA / "README.md"]}, InputError),
    ],
)
def test_make_model_writes_nothing_when_something_is_wrong(tmp_path, changes, error):
    with pytest.raises(error):
        make_model([LABELLED], tmp_path / "model", **{"where": WHERE} | changes)
    assert list(tmp_path.iterdir()) == []


def test_make_model_refuses_a_folder_that_holds_something(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not empty"):
        make_model([LABELLED], tmp_path, where=WHERE)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_make_model_with_force_replaces_its_own_files_alone(made, dev, tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / MANIFEST).write_text("old", encoding="utf-8")
    make_model([LABELLED], tmp_path, where=WHERE, dev=[dev], seed=5, force=True)
    assert contents(tmp_path) == contents(made[0]) | {"mine.txt": b"mine"}


def test_make_model_of_exactly_one_theme(tmp_path):
    path = tmp_path / "coded.csv"
    rows = [f"{'đường xấu' if number % 2 else 'lương thấp'} {number},{number % 2}" for number in range(40)]
    path.write_text("\n".join(["text,themes", *rows]), encoding="utf-8")
    make_model([path], tmp_path / "model", where=LabelledColumns(stance=None), single=True)
    model = load_model(tmp_path / "model")
    assert model.is_single
    assert model.probabilities(["đường"])[0].sum() == pytest.approx(1)


def test_measure_model_measures_the_default_one_unasked(tmp_path):
    path = tmp_path / "coded.csv"
    path.write_text("text,themes\nPhụ cấp còn thấp quá,funding\n", encoding="utf-8")
    evaluation = measure_model([path], None, where=LabelledColumns(stance=None))
    assert evaluation.themes.loc["funding", "recall"] == 1


def test_measure_model_lists_the_mistakes_for_reading(dev, tmp_path, caplog):
    path = tmp_path / "sai.csv"
    with caplog.at_level("INFO"):
        measure_model([dev], None, where=LabelledColumns(id="id"), mistakes_to=path)
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(columns.MISTAKES)
    assert caplog.messages == [f"{len(rows)} of {N_DEV} answers are coded otherwise: {path}"]
    told = [float(row["probability"]) for row in rows if row["probability"]]
    assert told == sorted(told, reverse=True)
    texts = {answer["id"]: answer["text"] for answer in map(json.loads, dev.read_text("utf-8").splitlines())}
    assert all(row["text"].removeprefix("'") == texts[row["id"]].removeprefix("'") for row in rows)
    assert all(re.fullmatch(r"row \d+", row["place"]) and row["source"] == dev.name for row in rows)
    assert all(row["true_themes"] != row["given_themes"] or row["true_stance"] != row["given_stance"] for row in rows)


def test_measure_model_disarms_what_it_lists(tmp_path):
    path = tmp_path / "coded.csv"
    path.write_text('text,themes\n"=HYPERLINK(""x"") phụ cấp thấp",ideology\n', encoding="utf-8")
    measure_model([path], None, where=LabelledColumns(stance=None), mistakes_to=tmp_path / "out" / "sai.csv")
    assert b"'=HYPERLINK" in (tmp_path / "out" / "sai.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "message"),
    [("there.csv", "is already there"), ("coded.csv", "among the inputs"), ("sai.xlsx", "listed as csv")],
)
def test_measure_model_writes_no_mistakes_over_other_files(dev, tmp_path, name, message):
    labelled = tmp_path / "coded.csv"
    labelled.write_text("text,themes\nPhụ cấp thấp,funding\n", encoding="utf-8")
    (tmp_path / "there.csv").write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    options = {"where": LabelledColumns(stance=None), "mistakes_to": tmp_path / name}
    with pytest.raises(OutputError, match=message):
        measure_model([labelled], None, **options, force=name != "there.csv")
    assert contents(tmp_path) == before


def test_measure_model_with_force_replaces_the_list_of_mistakes(dev, tmp_path):
    (tmp_path / "sai.csv").write_text("mine", encoding="utf-8")
    measure_model([dev], None, where=WHERE, mistakes_to=tmp_path / "sai.csv", force=True)
    assert contents(tmp_path)["sai.csv"] != b"mine"


def test_measure_model_refuses_a_folder_that_is_no_model(dev, tmp_path):
    with pytest.raises(ModelError):
        measure_model([dev], tmp_path, where=WHERE)


def test_make_model_finds_the_texts_of_codes_by_id(made, dev, tmp_path):
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    kept = {"codes.jsonl": ("id", "themes", "stance"), "texts.jsonl": ("id", "text")}
    for name, keys in kept.items():
        lines = (json.dumps({key: row[key] for key in keys}) for row in rows)
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    codes, texts = (tmp_path / name for name in kept)
    again = make_model([codes], tmp_path / "model", where=WHERE, dev=[dev], texts=[texts], seed=5)
    first = load_model(made[0])
    np.testing.assert_allclose(
        again.probabilities(["chi bo hop deu"])[0], first.probabilities(["chi bo hop deu"])[0], atol=1e-5
    )
    [file] = again.facts["trained_on"]["files"]
    assert (file["file"], file["rows"], file["texts"][0]["file"]) == ("codes.jsonl", 200, "texts.jsonl")
