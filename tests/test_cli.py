"""The command line as a person meets it: exit codes, two-line errors, data on stdout, notes on stderr."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from thamluan import cli
from thamluan.pipeline.artefacts import CODEBOOKS, CORPORA, SAMPLES

LABELLED = CORPORA / "labelled"
ROOT = Path(__file__).resolve().parents[1]
SURVEY = SAMPLES / "khao-sat.xlsx"


@pytest.fixture
def thamluan(monkeypatch):
    """Call the command line in this process; give exit code, stdout, stderr."""

    def call(*arguments, stdin=b""):
        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="ascii") for name in ("stdout", "stderr")}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        monkeypatch.setattr(sys, "argv", ["thamluan", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        texts = []
        for stream in streams.values():
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8"))
        return stop.value.code or 0, *texts

    return call


README = ROOT / "README.md"
EXAMPLE = re.compile(r"(?m)^```\n\$ thamluan (.*)\n((?:.*\n)*?)```$")  # a command, and what it prints
COMMANDS = [example[1] for example in EXAMPLE.finditer(README.read_text(encoding="utf-8"))]


def test_readme_opens_with_an_example():
    assert re.match(r"# thamluan\n\n```\n\$ thamluan run ", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_shows_what_the_command_prints(command, thamluan, tmp_path, monkeypatch, request):
    """Run an example of the README; `--update-golden` writes what it prints into it."""
    arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command)]
    arguments = [ROOT / part if (ROOT / part).is_file() else part for part in arguments]
    monkeypatch.chdir(tmp_path)
    code, stdout, stderr = thamluan(*arguments)
    assert code == 0
    printed = stderr + stdout.replace("\\", "/")
    text = README.read_text(encoding="utf-8")
    [example] = [example for example in EXAMPLE.finditer(text) if example[1] == command]
    if request.config.getoption("--update-golden"):
        README.write_text(text[: example.start(2)] + printed + text[example.end(2) :], encoding="utf-8", newline="\n")
    else:
        assert example[2] == printed


def test_run_says_which_columns_it_found(thamluan, tmp_path):
    _, stdout, stderr = thamluan("run", SURVEY, "--out", tmp_path / "out")
    assert "note: khao-sat.xlsx: open-text columns found: 'Điều ông/bà hài lòng nhất'" in stderr
    assert "note:" not in stdout


@pytest.fixture
def inputs(tmp_path):
    """Make one of each thing that can be wrong, and name it."""
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("keep", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("themes:\n  - id: 1 2\n    labl: x\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{survey}", "--text", "Khong co", "--out", "{out}"], "no table has the column 'Khong co'"),
        (["{in}/empty.csv", "--out", "{out}"], "empty.csv: is empty"),
        (["{in}/binary.csv", "--out", "{out}"], "binary.csv: is a binary file"),
        (["{in}/nothing.csv", "--out", "{out}"], "nothing.csv"),
        (["{survey}", "--out", "{in}/file"], "is a file, not a folder"),
        (["{survey}", "--out", "{in}/file/below"], "is a file, not a folder"),
        (["{survey}", "--out", "{in}/full"], "is not empty"),
        (["{survey}", "--codebook", "{in}/broken.yaml", "--out", "{out}"], "did you mean 'label'?"),
        (["{survey}", "--model", "{in}/full", "--out", "{out}"], "is not a model"),
    ],
)
def test_what_is_wrong_is_said_in_two_parts_and_nothing_is_written(arguments, message, thamluan, inputs, tmp_path):
    out = tmp_path / "out"
    places = {"survey": SURVEY, "out": out, "in": inputs}
    before = sorted(inputs.rglob("*"))
    code, stdout, stderr = thamluan("run", *(argument.format(**places) for argument in arguments))
    assert code == 1
    assert stdout == ""
    assert message in stderr
    assert len(re.findall(r"(?m)^error: ", stderr)) == len(re.findall(r"(?m)^hint: ", stderr)) == 1
    assert "Traceback" not in stderr
    assert sorted(inputs.rglob("*")) == before


def test_debug_shows_the_traceback(thamluan, inputs):
    code, _, stderr = thamluan("run", inputs / "empty.csv", "--out", inputs / "out", "--debug")
    assert code == 1
    assert "Traceback" in stderr


def test_a_mistake_of_the_program_shows_no_answer(thamluan, monkeypatch, tmp_path):
    def fail(*arguments, **options):
        raise ValueError("Chuyện riêng nhà tôi")

    monkeypatch.setattr("thamluan.pipeline.run.run", fail)
    code, _, stderr = thamluan("run", SURVEY, "--out", tmp_path / "out")
    assert code == 1
    assert "Chuyện riêng" not in stderr
    assert "ValueError" in stderr


@pytest.mark.parametrize("arguments", [[], ["run"], ["run", "x"], ["run", "x", "--out", "y", "--lang", "fr"], ["no"]])
def test_wrong_usage_exits_with_2(arguments, thamluan):
    assert thamluan(*arguments)[0] == 2


@pytest.mark.parametrize("command", ["run", "report", "tag", "words", "train", "evaluate", "demo", "codebook check"])
def test_help_has_an_example(command, thamluan):
    code, stdout, _ = thamluan(*command.split(), "--help")
    assert code == 0
    assert f"thamluan {command}" in stdout.split("Example:")[1]


def test_words_takes_a_line_and_gives_a_line(thamluan):
    code, stdout, _ = thamluan("words", stdin="Chi bộ họp đều.\n\nphụ cấp thấp".encode())
    assert code == 0
    assert stdout.splitlines() == ["Chi_bộ họp đều .", "", "phụ_cấp thấp"]


def test_codebook_new_can_be_checked_and_shown(thamluan, tmp_path):
    path = tmp_path / "ma.yaml"
    assert thamluan("codebook", "new", path)[0] == 0
    assert thamluan("codebook", "new", path)[0] == 1
    assert "2 themes" in thamluan("codebook", "check", path)[1]
    assert "Nước sạch" in thamluan("codebook", "show", path)[1]
    assert path.read_bytes() == (CODEBOOKS / "starter.yaml").read_bytes()


def test_codebook_show_gives_the_default_one(thamluan):
    assert "Party cells and members" in thamluan("codebook", "show", "--lang", "en")[1]


def test_train_then_evaluate_then_run(thamluan, tmp_path):
    labelled, model = LABELLED / "answers_train_P.jsonl", tmp_path / "mo-hinh"
    code, stdout, stderr = thamluan("train", labelled, "--stance", "stance", "--out", model)
    assert code == 0, stderr
    assert "8 themes from 200 texts" in stdout
    arguments = ("evaluate", LABELLED / "answers_dev.jsonl", "--model", model)
    assert "macro" in thamluan(*arguments)[1]
    figures = json.loads(thamluan(*arguments, "--json")[1])
    assert figures["themes"]["macro"]["support"] == 208
    assert figures["stances"]["macro"]["support"] == 170
    assert thamluan("run", SURVEY, "--model", model, "--out", tmp_path / "out")[0] == 0


def test_train_finds_the_themes_of_a_column(thamluan, tmp_path):
    path = tmp_path / "da-ma-hoa.csv"
    rows = [f"Phụ cấp thấp quá {n},Kinh phí" if n % 2 else f"Loa hỏng lâu rồi {n},Thiết bị" for n in range(40)]
    path.write_text("\n".join(["ý kiến,chủ đề", *rows]), encoding="utf-8")
    code, stdout, stderr = thamluan(
        "train", path, "--text", "ý kiến", "--themes", "chủ đề", "--single", "--out", tmp_path / "m"
    )
    assert code == 0, stderr
    assert "2 themes from 40 texts" in stdout


def test_train_finds_texts_by_id(thamluan, tmp_path):
    codes, texts = tmp_path / "ma.csv", tmp_path / "phieu.csv"
    rows = [("Phụ cấp thấp quá", "Kinh phí") if n % 2 else ("Loa hỏng lâu rồi", "Thiết bị") for n in range(40)]
    codes.write_text("\n".join(["mã,themes", *(f"{n},{code}" for n, (_, code) in enumerate(rows))]), encoding="utf-8")
    texts.write_text("\n".join(["mã,text", *(f"{n},{text} {n}" for n, (text, _) in enumerate(rows[5:], 5))]), "utf-8")
    code, stdout, stderr = thamluan("train", codes, "--texts", texts, "--id", "mã", "--out", tmp_path / "m")
    assert code == 0, stderr
    assert "2 themes from 35 texts" in stdout
    assert "ma.csv: 5 of 40 ids have no text and are left out" in stderr


def test_codebook_new_refuses_an_ending_that_is_neither_yaml_nor_excel(thamluan, tmp_path):
    code, _, stderr = thamluan("codebook", "new", tmp_path / "ma.docx")
    assert code == 1
    assert "ending .yaml or .xlsx" in stderr


def test_codebook_new_writes_a_sheet_that_can_be_checked(thamluan, tmp_path):
    path = tmp_path / "ma.xlsx"
    assert thamluan("codebook", "new", path)[0] == 0
    assert "2 themes" in thamluan("codebook", "check", path)[1]


UNCODED = CORPORA / "examples" / "mon-hoc.csv"
CODED = CORPORA / "examples" / "mon-hoc-da-ma-hoa.csv"
BOOK = CODEBOOKS / "student_feedback.yaml"


def test_train_by_a_codebook_alone_says_that_nothing_was_measured(thamluan, tmp_path):
    arguments = ["train", UNCODED, "--text", "Ý kiến", "--codebook", BOOK, "--single", "--out", tmp_path / "mo-hinh"]
    code, _, stderr = thamluan(*arguments)
    assert code == 0
    assert "Way: the codebook alone, learnt from 39 answers" in stderr
    assert "Nothing has been measured on these answers." in stderr
    assert "Way: the codebook alone" in (tmp_path / "mo-hinh" / "README.md").read_text(encoding="utf-8")


def test_train_with_few_coded_answers_says_how_well_they_are_coded(thamluan, tmp_path):
    asked = ["--text", "Ý kiến", "--themes", "Chủ đề", "--unlabelled", UNCODED, "--codebook", BOOK, "--single"]
    code, _, stderr = thamluan("train", CODED, *asked, "--out", tmp_path / "mo-hinh")
    assert code == 0
    assert re.search(r"Cross-validated on 29 coded answers: themes macro-F1 0\.\d\d \(95% interval", stderr)
    assert "## Cross-validated" in (tmp_path / "mo-hinh" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("asked", [[], ["--themes", "Chủ đề", "--codebook", BOOK]])
def test_train_needs_the_column_of_the_themes_where_it_is_named_or_there_is_no_codebook(thamluan, tmp_path, asked):
    code, _, stderr = thamluan("train", UNCODED, "--text", "Ý kiến", *asked, "--out", tmp_path / "mo-hinh")
    assert code == 1
    assert "has no column" in stderr


def test_codebook_check_names_themes_without_cues(thamluan, tmp_path):
    path = tmp_path / "ma.yaml"
    path.write_text("id: ma\nthemes:\n  - {id: road, label: Đường}\n", encoding="utf-8")
    code, _, stderr = thamluan("codebook", "check", path)
    assert code == 0
    assert "road" in stderr


@pytest.mark.parametrize("min_base", ["0", "-1", "năm"])
def test_min_base_has_bounds(min_base, thamluan, tmp_path):
    assert thamluan("run", SURVEY, "--out", tmp_path / "out", "--min-base", min_base)[0] == 2


def test_min_base_reaches_the_run(thamluan, tmp_path):
    code, _, stderr = thamluan("run", SURVEY, "--by", "Vai trò", "--out", tmp_path / "out", "--min-base", "7")
    assert code == 0, stderr
    settings = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["settings"]
    assert settings["min_base"] == 7


@pytest.mark.parametrize("seed", ["-1", "99999999999"])
def test_seed_has_bounds(seed, thamluan):
    assert thamluan("evaluate", LABELLED / "answers_dev.jsonl", "--seed", seed)[0] == 2


def test_output_may_be_closed_early(tmp_path):
    path = tmp_path / "bai.txt"
    path.write_text("Chi bộ họp đều.\n" * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "thamluan.cli", "words", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().decode().split() == ["Chi_bộ", "họp", "đều", "."]
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_evaluate_a_model_without_stances_measures_none(thamluan, tmp_path):
    thamluan("train", LABELLED / "answers_train_P.jsonl", "--out", tmp_path / "m")
    code, stdout, stderr = thamluan("evaluate", LABELLED / "answers_dev.jsonl", "--model", tmp_path / "m", "--json")
    assert code == 0, stderr
    assert set(json.loads(stdout)) == {"n_answers", "themes", "calibration", "confusion", "review"}


def test_evaluate_says_how_many_mistakes_there_are_and_shows_none(thamluan, tmp_path):
    path = tmp_path / "sai.csv"
    arguments = ("evaluate", LABELLED / "answers_dev.jsonl", "--mistakes", path)
    code, stdout, stderr = thamluan(*arguments)
    assert code == 0, stderr
    assert re.search(r"note: \d+ of 170 answers are coded otherwise: ", stderr)
    texts = [json.loads(line)["text"] for line in (LABELLED / "answers_dev.jsonl").read_text("utf-8").splitlines()]
    assert not [text for text in texts if text in stdout + stderr]
    assert thamluan(*arguments)[0] == 1
    assert thamluan(*arguments, "--force")[0] == 0


def test_evaluate_two_coders(thamluan, tmp_path):
    an, binh = tmp_path / "an.csv", tmp_path / "binh.csv"
    an.write_text("mã,ý kiến,chủ đề\n1,Đường xấu,Đường\n2,Lương thấp,Lương\n3,Loa hỏng,\n", encoding="utf-8")
    binh.write_text("mã,ý kiến,chủ đề\n3,Loa hỏng,Đường\n2,Lương thấp,Lương\n1,Đường xấu,Đường\n", encoding="utf-8")
    arguments = ("evaluate", an, "--second", binh, "--text", "ý kiến", "--themes", "chủ đề", "--id", "mã")
    code, stdout, stderr = thamluan(*arguments)
    assert code == 0, stderr
    assert stdout.startswith("3 answers coded by both; 0 by the first alone, 0 by the second alone\n")
    figures = json.loads(thamluan(*arguments, "--json")[1])
    assert set(figures["themes"]) == {"luong", "duong", "macro"}
    assert figures["themes"]["duong"]["agreement"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["overall"]["themes"]["n"] == 3


@pytest.mark.parametrize(
    "options", [["--second", "x", "--model", "y"], ["--second", "x", "--mistakes", "y"], ["--codebook", "x"]]
)
def test_evaluate_keeps_models_and_two_coders_apart(options, thamluan):
    assert thamluan("evaluate", LABELLED / "answers_dev.jsonl", *options)[0] == 2


def test_a_message_is_shown_once(tmp_path):
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    arguments = [sys.executable, "-X", "utf8", "-m", "thamluan.cli", "tag", SURVEY, broken, "--out", tmp_path / "a.csv"]
    done = subprocess.run(list(map(str, arguments)), check=True, capture_output=True, encoding="utf-8")
    assert done.stderr.count("hong.xlsx") == 1


def test_report_says_what_was_corrected_and_prints_the_themes(thamluan, tmp_path):
    folder = tmp_path / "bao-cao"
    thamluan("run", SURVEY, "--out", folder)
    code, stdout, stderr = thamluan("report", folder, "--out", tmp_path / "again")
    assert code == 0, stderr
    assert "note: answers.csv: 0 contributions' codes were corrected by hand" in stderr
    assert stdout.startswith("Chủ đề")
    assert thamluan("report", folder, "--out", tmp_path / "again")[0] == 1
    assert thamluan("report", folder, "--out", tmp_path / "again", "--force", "--lang", "en")[1].startswith("Theme")


def test_format_chooses_what_is_written(thamluan, tmp_path):
    folder = tmp_path / "bao-cao"
    code, stdout, stderr = thamluan("run", SURVEY, "--out", folder, "--format", "sav", "--format", "refi")
    assert code == 0, stderr
    assert sorted(path.name for path in folder.iterdir()) == ["answers.sav", "codebook.qdc", "project.qdpx", "run.json"]
    assert stdout.endswith(f"{folder}\n")
    code, _, stderr = thamluan("report", folder, "--out", tmp_path / "again")
    assert code == 1
    assert "--format csv" in stderr


def test_report_writes_the_formats_of_the_run_unless_others_are_asked_for(thamluan, tmp_path):
    folder = tmp_path / "bao-cao"
    thamluan("run", SURVEY, "--out", folder, "--format", "csv")
    assert thamluan("report", folder, "--out", tmp_path / "same")[0] == 0
    assert not (tmp_path / "same" / "report.html").exists()
    assert thamluan("report", folder, "--out", tmp_path / "page", "--format", "html")[0] == 0
    assert sorted(path.name for path in (tmp_path / "page").iterdir()) == ["report.html", "run.json"]


def test_an_unknown_format_is_wrong_usage(thamluan, tmp_path):
    assert thamluan("run", SURVEY, "--out", tmp_path / "out", "--format", "pdf")[0] == 2


def test_report_tells_everything_that_is_wrong(thamluan, tmp_path):
    folder = tmp_path / "bao-cao"
    thamluan("run", SURVEY, "--out", folder)
    path = folder / "answers.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",funding,weakness", ",fundng,weaknes"), "utf-8", newline="")
    code, _, stderr = thamluan("report", folder, "--out", tmp_path / "again")
    assert code == 1
    assert "'fundng' is no theme" in stderr
    assert "'weaknes' is no stance" in stderr
    assert "Traceback" not in stderr
    assert not (tmp_path / "again").exists()
