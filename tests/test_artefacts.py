import re

import pytest

from thamluan.pipeline.artefacts import CORPORA, MODELS, ROOT, sha256, versions

FILES = [path for path in sorted(CORPORA.rglob("*")) if path.is_file() and path != CORPORA / "README.md"]


def test_sha256_is_that_of_the_bytes(tmp_path):
    path = tmp_path / "empty"
    path.write_bytes(b"")
    assert sha256(path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_versions_are_known():
    assert all(re.match(r"\d", number) for number in versions().values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_readme_of_the_corpora_knows_the_file(path):
    row = f"| `{path.relative_to(CORPORA).as_posix()}` | {path.stat().st_size:,} | `{sha256(path)}` |"
    assert row in (CORPORA / "README.md").read_text(encoding="utf-8")


def test_readme_of_the_models_names_each():
    text = (MODELS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{folder.name}`" in text for folder in MODELS.iterdir() if folder.is_dir())


def test_what_git_would_change_in_hashed_files_is_switched_off():
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "models/** -text" in attributes
    assert "corpora/** -text" in attributes
