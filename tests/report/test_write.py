import dataclasses
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pandas as pd
import pytest

from thamluan.pipeline.errors import OutputError
from thamluan.pipeline.report import WRITERS, check_output, write


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_write_makes_every_file_and_nothing_else(report, tmp_path):
    out = tmp_path / "báo cáo" / "lần 1"
    paths = write(report, out)
    assert paths == tuple(out / name for name in WRITERS)
    assert names(out) == sorted(WRITERS)
    assert names(out.parent) == ["lần 1"]


def test_write_fills_an_empty_folder(report, tmp_path):
    write(report, tmp_path)
    assert names(tmp_path) == sorted(WRITERS)


def test_write_into_the_current_folder(report, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(report, Path())
    assert names(tmp_path) == sorted(WRITERS)


def test_write_without_force_keeps_a_used_folder(report, tmp_path):
    (tmp_path / "themes.csv").write_text("cũ", encoding="utf-8")
    with pytest.raises(OutputError, match="not empty") as error:
        write(report, tmp_path)
    assert "--force" in error.value.hint
    assert (tmp_path / "themes.csv").read_text(encoding="utf-8") == "cũ"
    assert names(tmp_path) == ["themes.csv"]


def test_write_with_force_replaces_its_own_files_only(report, tmp_path):
    for name in ("themes.csv", "ghi chú.txt"):
        (tmp_path / name).write_text("cũ", encoding="utf-8")
    write(report, tmp_path, force=True)
    assert names(tmp_path) == sorted([*WRITERS, "ghi chú.txt"])
    assert (tmp_path / "themes.csv").read_bytes() != "cũ".encode()
    assert (tmp_path / "ghi chú.txt").read_text(encoding="utf-8") == "cũ"


def test_the_same_report_gives_the_same_bytes(report, tmp_path):
    first, second = write(report, tmp_path / "a"), write(report, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize(
    ("formats", "files"),
    [
        (("html",), ["report.html", "run.json"]),
        (("refi", "sav"), ["answers.sav", "codebook.qdc", "project.qdpx", "run.json"]),
    ],
)
def test_write_makes_the_files_of_its_formats_only(report, tmp_path, formats, files):
    paths = write(report, tmp_path, formats=formats)
    assert names(tmp_path) == files
    assert [path.name for path in paths] == files


def test_write_of_tables_has_corrections_where_people_made_any(report, tmp_path):
    corrected = dataclasses.replace(report, corrections=pd.DataFrame())
    assert "corrections.csv" in [path.name for path in write(corrected, tmp_path / "a", formats=["csv"])]
    assert "corrections.csv" not in [path.name for path in write(corrected, tmp_path / "b", formats=["html"])]


def test_write_of_fewer_formats_warns_of_what_is_older(report, tmp_path, caplog):
    write(report, tmp_path, formats=["html", "sav"])
    write(report, tmp_path, formats=["html"], force=True)
    assert "from an earlier run: answers.sav" in caplog.text


def test_new_folder_is_open_to_others_like_any_other(report, tmp_path):
    write(report, tmp_path / "out")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("below", ["", "out", "a/b/out"])
def test_a_file_in_the_way_is_refused(report, tmp_path, below):
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file, not a folder"):
        check_output(tmp_path / "tệp" / below, force=True)
    with pytest.raises(OutputError, match="is a file, not a folder"):
        write(report, tmp_path / "tệp" / below, force=True)


def test_a_folder_in_place_of_a_file_is_refused(report, tmp_path):
    (tmp_path / "run.json").mkdir()
    with pytest.raises(OutputError, match=r"run\.json is a folder"):
        write(report, tmp_path, force=True)
    assert names(tmp_path) == ["run.json"]


def test_check_output_leaves_nothing_behind(tmp_path):
    check_output(tmp_path / "a" / "b", force=False)
    check_output(tmp_path, force=False)
    assert names(tmp_path) == []


def test_check_output_leaves_files_as_they_are(tmp_path):
    path = tmp_path / "themes.csv"
    path.write_text("cũ", encoding="utf-8")
    before = path.stat().st_mtime_ns
    check_output(tmp_path, force=True)
    assert path.read_text(encoding="utf-8") == "cũ"
    assert path.stat().st_mtime_ns == before


def test_a_name_too_long_is_refused_in_plain_words(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        check_output(tmp_path / ("a" * 300), force=False)


def test_failure_while_writing_leaves_nothing(report, tmp_path):
    object.__setattr__(report, "provenance", {"inputs": [], "share": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        write(report, tmp_path / "out")
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="the limit on the size of a file is POSIX only")
def test_a_disk_that_takes_no_more_is_an_output_error(tmp_path):
    script = """
        import resource, signal, sys
        from pathlib import Path
        from thamluan.pipeline.errors import OutputError
        from thamluan.pipeline.output import place_files
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            place_files([("a.csv", b"x" * 10), ("b.csv", b"x" * 5000)], Path(sys.argv[1]), names=["a.csv"], force=False)
        except OutputError as error:
            print(error)
    """
    command = [sys.executable, "-B", "-c", textwrap.dedent(script), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "cannot be written" in done.stdout
    assert names(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system")
def test_write_into_the_root_of_another_file_system(report):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        write(report, Path(folder))
        assert names(Path(folder)) == sorted(WRITERS)
