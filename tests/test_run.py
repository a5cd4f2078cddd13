"""The main job, end to end, on the samples and on real input."""

import csv
import dataclasses
import json
import socket
from pathlib import Path

import pandas as pd
import pytest

from thamluan.pipeline.artefacts import CODEBOOKS, CORPORA, SAMPLES
from thamluan.pipeline.errors import CodebookError, ColumnError, InputError, ModelError, OutputError, ThamluanError
from thamluan.pipeline.making import measure_model
from thamluan.pipeline.report import WRITERS
from thamluan.pipeline.run import run, tag
from thamluan.pipeline.settings import Columns, Settings
from thamluan.pipeline.text.masking import mask
from thamluan.pipeline.themes.material.labelled import LabelledColumns

LABELLED = CORPORA / "labelled"
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
SURVEY = SAMPLES / "khao-sat.xlsx"
QUESTIONS = ("Điều ông/bà hài lòng nhất", "Khó khăn, hạn chế lớn nhất", "Ông/bà đề nghị gì")
SETTINGS = Settings(columns=Columns(id="Mã phiếu", by=("Vai trò",)))


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "samples"
    return run([SAMPLES], out, settings=SETTINGS), out


def test_every_file_of_the_report_is_written(samples):
    _, out = samples
    assert sorted(path.name for path in out.iterdir()) == sorted(WRITERS)


def test_answers_have_a_row_for_each_row_and_question_in_input_order(samples):
    _, out = samples
    survey = pd.read_excel(SURVEY, engine="openpyxl", dtype=str, keep_default_na=False)
    expected = [(row["Mã phiếu"], question, row[question]) for _, row in survey.iterrows() for question in QUESTIONS]
    answers = [row for row in read_csv(out / "answers.csv") if row["source"] == "khao-sat.xlsx"]
    undisarmed = [(row["Mã phiếu"], row["question"], row["text"].removeprefix("'")) for row in answers]
    assert undisarmed == expected


def test_what_was_read_is_coded_empty_or_rejected(samples):
    _, out = samples
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
    assert counts["read"] == counts["coded"] + counts["empty"] + counts["rejected"]
    assert counts["read"] - counts["rejected"] == len(read_csv(out / "answers.csv"))
    assert counts["empty"] == 16


def test_units_and_quotes_are_cut_from_the_raw_text(samples):
    report, _ = samples
    texts = report.answers.set_index("contribution")["text"]
    assert all(texts[row.contribution][row.start : row.end] == row.text for row in report.units.itertuples())
    questions = report.answers.set_index("contribution")["question"]
    quotes = report.summary.quotes
    assert len(quotes)
    for row in quotes.itertuples():
        cut = texts[row.contribution][row.start : row.end]
        assert row.quote == (mask(cut) if questions[row.contribution] else cut)


def test_themes_of_an_answer_are_the_union_of_its_units(samples):
    report, _ = samples
    union = report.units.groupby("contribution")["themes"].agg(
        lambda cells: {id for cell in cells for id in cell.split(";")} - {""}
    )
    for row in report.answers.itertuples():
        assert set(row.themes.split(";")) - {""} == union.get(row.contribution, set())


def test_the_same_input_gives_the_same_bytes(samples, tmp_path):
    _, out = samples
    run([SAMPLES], tmp_path / "again", settings=SETTINGS)
    assert all((tmp_path / "again" / name).read_bytes() == (out / name).read_bytes() for name in WRITERS)


def test_nothing_touches_the_network(monkeypatch, tmp_path):
    def refuse(*arguments, **options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run([SURVEY], tmp_path / "out", settings=SETTINGS).summary.n_coded == 176


def test_a_file_that_cannot_be_read_is_rejected_and_the_others_are_done(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "hong.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "in" / "y-kien.csv").write_text("Ý kiến\nPhụ cấp thấp quá\nĐường tốt\n", encoding="utf-8")
    report = run([tmp_path / "in"], tmp_path / "out", settings=Settings())
    assert [row["source"] for row in read_csv(tmp_path / "out" / "rejected.csv")] == ["hong.xlsx"]
    assert report.summary.n_coded == 2


def test_answers_that_are_all_empty_give_a_report(tmp_path):
    path = tmp_path / "trong.csv"
    path.write_text("ma,Ý kiến\n1,\n2,  \n", encoding="utf-8")
    report = run([path], tmp_path / "out", settings=Settings(columns=Columns(text=("Ý kiến",), by=("ma",))))
    assert (report.summary.n_coded, report.summary.n_empty) == (0, 2)


def test_a_dash_is_an_empty_answer_and_no_opinion_is_not(tmp_path):
    path = tmp_path / "y-kien.csv"
    cells = ["Phụ cấp thấp quá", "-", "...", "Không có ý kiến", "0", ""]
    lines = [f"{number},{cell}" for number, cell in enumerate(cells)]
    path.write_text("\n".join(["ma,Ý kiến", *lines]), encoding="utf-8")
    report = run([path], tmp_path / "out", settings=Settings(columns=Columns(text=("Ý kiến",))))
    counts = report.provenance["counts"]
    assert [counts[name] for name in ("read", "coded", "empty", "empty_but_for_marks")] == [6, 3, 3, 2]
    assert report.answers["text"].tolist()[1] == "-"


@pytest.mark.parametrize(("min_base", "values"), [(5, {"A", "B"}), (8, set())])
def test_small_groups_are_shown_in_no_file_but_the_answers(min_base, values, tmp_path):
    path = tmp_path / "y-kien.csv"
    rows = [f"Phụ cấp thấp quá,{value}" for value in "A" * 7 + "B" * 6 + "C" * 3 + "D" * 2]
    path.write_text("\n".join(["Ý kiến,Thôn", *rows]), encoding="utf-8")
    settings = Settings(columns=Columns(text=("Ý kiến",), by=("Thôn",)), min_base=min_base)
    report = run([path], tmp_path / "out", settings=settings)
    shown = {row["value"] for row in read_csv(tmp_path / "out" / "themes.csv")} - {""}
    assert shown == (values | {"(nhóm nhỏ khác)"} if values else set())
    assert report.provenance["withheld_groupings"] == ([] if values else ["Thôn"])
    assert report.provenance["settings"]["min_base"] == min_base


def test_weights_are_said_and_used(tmp_path):
    path = tmp_path / "can.csv"
    path.write_text("w,Ý kiến\n3,Phụ cấp thấp quá\n1,Trời hôm nay đẹp\n", encoding="utf-8")
    report = run([path], tmp_path / "out", settings=Settings(columns=Columns(text=("Ý kiến",), weight="w")))
    [row] = report.summary.frequencies.query("theme == 'funding' and question == ''").itertuples()
    assert (row.n, row.base, row.share) == (1, 2, 0.75)


def test_a_codebook_without_a_model_is_coded_by_its_cues(tmp_path):
    path = tmp_path / "y-kien.csv"
    path.write_text("Ý kiến\nNước giếng đục quá\nMưa là đường lầy\n", encoding="utf-8")
    report = run([path], tmp_path / "out", settings=Settings(codebook=CODEBOOKS / "starter.yaml"))
    assert report.answers["themes"].tolist() == ["clean_water", "road"]
    assert report.provenance["coded_by"] == "cues"
    assert "từ khóa" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_codebook_without_a_model_is_learnt_from_the_answers(tmp_path):
    settings = Settings(codebook=CODEBOOKS / "student_feedback.yaml", single=True)
    report = run([CORPORA / "examples" / "mon-hoc.csv"], tmp_path / "out", settings=settings)
    assert report.provenance["coded_by"] == "codebook"
    assert report.provenance["learnt_from"]["texts"] == 39
    assert (report.answers["themes"].str.count(";") == 0).all()
    assert "chính 39 ý kiến chưa ai gán nhãn" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_model_and_a_codebook_with_other_themes_do_not_go_together(tmp_path):
    settings = Settings(codebook=CODEBOOKS / "starter.yaml", model=Path(__file__).parents[1] / "models" / "default")
    with pytest.raises(ModelError, match="does not know the themes"):
        run([SURVEY], tmp_path / "out", settings=settings)


@pytest.mark.parametrize(
    "columns", [Columns(text=("Không có",)), Columns(by=("Không có",)), Columns(weight="Giới tính")], ids=str
)
def test_a_wrong_column_writes_nothing(columns, tmp_path):
    with pytest.raises(ColumnError):
        run([SURVEY], tmp_path / "out", settings=Settings(columns=columns))
    assert not (tmp_path / "out").exists()


def test_no_error_message_holds_an_answer(tmp_path):
    path = tmp_path / "y-kien.csv"
    path.write_text("w,Ý kiến\nkhông phải số,Chuyện riêng nhà tôi\n", encoding="utf-8")
    with pytest.raises(ThamluanError) as caught:
        run([path], tmp_path / "out", settings=Settings(columns=Columns(text=("Ý kiến",), weight="w")))
    assert "Chuyện riêng" not in str(caught.value) + caught.value.hint


def test_what_was_rejected_is_told(tmp_path, caplog):
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "bai.txt").write_text("Chi bộ họp đều.", encoding="utf-8")
    tag([tmp_path / "hong.xlsx", tmp_path / "bai.txt"], tmp_path / "out.csv", settings=Settings())
    assert "1 file(s), sheet(s) or row(s) could not be read: hong.xlsx" in caplog.messages


def test_an_input_is_never_replaced(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("Ý kiến\nPhụ cấp thấp quá\n", encoding="utf-8")
    before = path.read_bytes()
    for job, given, out in ((run, path, tmp_path), (tag, path, path), (run, tmp_path, tmp_path)):
        with pytest.raises(OutputError, match="lies among the inputs"):
            job([given], out, settings=Settings(force=True))
    assert path.read_bytes() == before


def test_an_input_below_the_folder_given_is_never_replaced(tmp_path):
    path = tmp_path / "nam-2025" / "answers.csv"
    path.parent.mkdir()
    path.write_text("Ý kiến\nPhụ cấp thấp quá\n", encoding="utf-8")
    with pytest.raises(OutputError, match="lies among the inputs"):
        run([tmp_path], path.parent, settings=Settings(force=True))


def test_a_table_is_not_written_where_the_next_run_would_read_it(tmp_path):
    (tmp_path / "y-kien.csv").write_text("Ý kiến\nPhụ cấp thấp quá\n", encoding="utf-8")
    with pytest.raises(OutputError, match="lies among the inputs"):
        tag([tmp_path], tmp_path / "ma-hoa.csv", settings=Settings())


def test_a_report_below_the_folder_given_may_be_written_again(tmp_path):
    (tmp_path / "y-kien.csv").write_text("Ý kiến\nPhụ cấp thấp quá\n", encoding="utf-8")
    settings = Settings(force=True)
    first, again = (run([tmp_path], tmp_path / "bao-cao", settings=settings).summary.n_coded for _ in range(2))
    assert first == again == 1


def test_a_codebook_without_cues_and_without_model_is_refused(tmp_path):
    path = tmp_path / "ma.yaml"
    path.write_text("id: ma\nthemes:\n  - {id: road, label: Đường}\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="themes without cues, which these answers teach nothing of: road"):
        run([SURVEY], tmp_path / "out", settings=Settings(codebook=path))


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_tag_writes_the_same_answers_in_every_format(suffix, tmp_path, samples):
    report, _ = samples
    out = tmp_path / f"ma-hoa{suffix}"
    assert tag([SAMPLES], out, settings=SETTINGS) == len(report.answers)
    readers = {
        ".csv": lambda: pd.read_csv(out, keep_default_na=False, encoding="utf-8-sig"),
        ".jsonl": lambda: pd.read_json(out, lines=True, dtype=False),
        ".parquet": lambda: pd.read_parquet(out),
    }
    found = readers[suffix]()
    assert found.columns.tolist() == report.answers.columns.tolist()
    assert found["themes"].tolist() == report.answers["themes"].tolist()


def test_language_changes_words_and_no_number(samples, tmp_path):
    report, _ = samples
    english = run([SAMPLES], tmp_path / "out", settings=dataclasses.replace(SETTINGS, lang="en"))
    numbers = ["n", "base", "share", "low", "high"]
    pd.testing.assert_frame_equal(english.summary.frequencies[numbers], report.summary.frequencies[numbers])
    assert "Funding" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.fixture(params=["csv", "xlsx"])
def dev_table(request, tmp_path):
    lines = (LABELLED / "answers_dev.jsonl").read_text(encoding="utf-8").splitlines()
    df = pd.DataFrame([json.loads(line) for line in lines])[["id", "text", "register"]]
    path = tmp_path / f"dev.{request.param}"
    if request.param == "csv":
        df.to_csv(path, index=False, encoding="utf-8")
    else:
        df.to_excel(path, index=False)
    return df, path


def test_dev_answers_come_back_row_for_row(dev_table, tmp_path):
    df, path = dev_table
    report = run([path], tmp_path / "out", settings=Settings(columns=Columns(id="id", by=("register",))))
    assert report.answers[["id", "text", "register"]].to_numpy().tolist() == df.to_numpy().tolist()


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    if not (SHARED / "data" / "seed").is_dir():
        pytest.skip("the workshop article is not here: no folder shared/data/seed beside the project")
    out = tmp_path_factory.mktemp("run") / "article"
    return run([SHARED / "data" / "seed"], out, settings=Settings())


@pytest.mark.parametrize("theme", ["party_cell", "front_committee", "funding", "ideology"])
def test_the_workshop_article_is_quoted_on_each_theme_asked_for(theme, article):
    [path] = (SHARED / "data" / "seed").glob("*.txt")
    raw = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    quotes = article.summary.quotes.query("theme == @theme")
    assert len(quotes)
    assert all(raw[row.start : row.end] == row.quote for row in quotes.itertuples())


HASTY = ("ko co kinh phi hop chi bo", "Phô cÊp thÊp qu¸, ®Ò nghÞ t¨ng kinh phÝ", "BCTMT hđ hiệu quả")


@pytest.fixture
def hasty(tmp_path):
    """Answers typed without marks, in TCVN3, and with abbreviations, in a file of UTF-8."""
    path = tmp_path / "phieu.csv"
    path.write_text("\n".join(("Ý kiến", *(f'"{text}"' for text in HASTY), "")), encoding="utf-8", newline="\n")
    return path


def test_hasty_answers_are_mended_for_the_model_and_written_as_they_are(hasty, tmp_path):
    out = tmp_path / "out"
    run([hasty], out, settings=Settings(Columns(text=("Ý kiến",))))
    answers = read_csv(out / "answers.csv")
    assert [row["text"] for row in answers] == list(HASTY)
    assert all("funding" in row["themes"] for row in answers[:2])
    assert "front_committee" in answers[2]["themes"]
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    names = ("decode_legacy", "expand_abbreviations", "restore_marks")
    assert [told["repairs"][name]["texts"] for name in names] == [1, 2, 1]


def test_the_encoding_of_every_input_is_told(hasty, tmp_path):
    old = tmp_path / "cu.txt"
    old.write_bytes("Chi bé häp ®Òu, kh«ng ®ñ tiÒn.".encode("cp1252"))
    run([hasty, old], tmp_path / "out", settings=Settings(Columns(text=("Ý kiến",))))
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [(entry["source"], entry["encoding"]) for entry in told["inputs"]] == [
        ("phieu.csv", "UTF-8"),
        ("cu.txt", "TCVN3"),
    ]


def test_a_cell_of_zero_width_characters_is_empty_and_stays_as_it_is(tmp_path):
    path = tmp_path / "phieu.csv"
    cells = ["\u200b", "\ufeff\u200b", "\xa0", "Phụ cấp thấp."]
    path.write_text("mã,Ý kiến\n" + "".join(f"a,{cell}\n" for cell in cells), encoding="utf-8", newline="\n")
    out = tmp_path / "out"
    run([path], out, settings=Settings(Columns(text=("Ý kiến",))))
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["read"], counts["coded"], counts["empty"], counts["units"]) == (4, 1, 3, 1)
    assert [row["text"] for row in read_csv(out / "answers.csv")] == cells


def test_a_skipped_repair_is_not_made(hasty, tmp_path):
    out = tmp_path / "out"
    run([hasty], out, settings=Settings(Columns(text=("Ý kiến",)), skipped=("decode_legacy",)))
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert told["repairs"]["decode_legacy"]["texts"] == 0
    assert told["settings"]["skipped_repairs"] == ["decode_legacy"]
    assert told["counts"]["doubtful_encoding"] == 1


def test_an_unknown_repair_is_refused_before_work_is_done(hasty, tmp_path):
    with pytest.raises(InputError, match="'marks'"):
        run([hasty], tmp_path / "out", settings=Settings(skipped=("marks",)))
    assert not (tmp_path / "out").exists()


def test_contributions_in_doubt_are_told_by_their_places(hasty, tmp_path, caplog):
    run([hasty], tmp_path / "out", settings=Settings(Columns(text=("Ý kiến",)), skipped=("decode_legacy",)))
    told = "1 contribution(s) may be in an old encoding and were left as they are: phieu.csv, dòng 3, cột A"
    assert told in caplog.messages


def test_measuring_on_what_the_model_was_fitted_on_is_told(caplog):
    measure_model([LABELLED / "answers_train_U.jsonl"], None, where=LabelledColumns())
    assert [message for message in caplog.messages if "fitted on" in message and "answers_train_U.jsonl" in message]


def test_no_person_is_quoted_twice_on_a_theme_while_others_are_left(samples):
    report, _ = samples
    units, texts = report.units, report.answers.set_index("contribution")
    people = texts["Mã phiếu"].where(texts["Mã phiếu"] != "", texts["speaker"])
    for theme, quotes in report.summary.quotes.groupby("theme"):
        quoted = people[quotes["contribution"]]
        of_theme = units[[theme in themes.split(";") for themes in units["themes"]]]
        others = set(people[of_theme["contribution"]]) - set(quoted)
        assert quoted.is_unique or not others


def test_quotes_of_answers_are_masked_and_speeches_are_not(tmp_path):
    answer = "Trưởng thôn thì phụ cấp có bốn trăm nghìn, hỏi bà Lò Thị Mẩy số 0912 345 678 là rõ."
    (tmp_path / "phieu.csv").write_text(f"Khó khăn là gì\n{answer}\n", encoding="utf-8")
    speech = "BÀI THAM LUẬN\n\nNhà văn hóa dột nát, bà Lò Thị Mẩy phải bỏ tiền túi ra mua ghế và sửa mái tôn.\n"
    (tmp_path / "bai.txt").write_text(speech, encoding="utf-8")
    inputs = [tmp_path / "phieu.csv", tmp_path / "bai.txt"]
    asked = Columns(text=("Khó khăn là gì",))
    masked = run(inputs, tmp_path / "out", settings=Settings(columns=asked)).summary.quotes
    kept = run(inputs, tmp_path / "kept", settings=Settings(columns=asked, masks=False)).summary.quotes
    by_source = masked.groupby("source")["quote"].agg(" ".join)
    assert "0912" not in by_source["phieu.csv"]
    assert "Mẩy" not in by_source["phieu.csv"]
    assert "Mẩy" in by_source["bai.txt"]
    assert "0912 345 678" in kept.groupby("source")["quote"].agg(" ".join)["phieu.csv"]
    assert "0912" in (tmp_path / "out" / "answers.csv").read_text(encoding="utf-8-sig")
    assert "0912" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_list_that_names_nothing_stops_the_run_before_anything_is_written(tmp_path):
    pin = tmp_path / "ghim.csv"
    pin.write_text("contribution\n99999\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2"):
        run([SURVEY], tmp_path / "out", settings=dataclasses.replace(SETTINGS, pin=pin))
    assert not (tmp_path / "out").exists()
