"""What the project says of itself fits what is there."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed():
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "pipeline").rglob("*.py")}
    packages = {"thamluan", *(".".join(("thamluan", *folder.parts)) for folder in folders)}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages


def test_requirements_are_pinned_with_hashes_and_name_no_index():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = re.findall(r"^([a-z0-9-]+)==\S+(?: ; [^\\]+)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    wanted = {re.split(r"[>=]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert wanted <= set(names)
    assert len(re.findall(r"^[a-z]", lock, re.MULTILINE)) == len(names)
    assert not re.search(r"://|--(extra-)?index|--find-links", lock)


@pytest.mark.slow
def test_the_wheel_holds_the_program_its_data_and_nothing_else(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"thamluan"}
    inside = {name.removeprefix("thamluan/") for name in names if name.startswith("thamluan/")}
    needed = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pipeline").rglob("*") if path.is_file()}
    needed = {name for name in needed if "__pycache__" not in name}
    for folder in ("models", "corpora/codebooks", "corpora/lexicons", "corpora/samples"):
        needed |= {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert inside == needed | {"cli.py", "corpora/README.md"}
