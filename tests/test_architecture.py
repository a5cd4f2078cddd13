"""Imports point one way: cli, making and reporting, run, report, aggregate, themes, text, readers, ground floor."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = ROOT / "pipeline"
ROOMS = ("readers", "text", "themes", "aggregate", "report")  # each may import from those before it
GROUND_FLOOR = (
    *("errors", "columns", "settings", "artefacts", "letters", "output", "syllables", "legacy"),
    *("model_folders", "formulas"),
)
HEAVY = (
    "numpy", "pandas", "scipy", "sklearn", "statsmodels", "pyarrow", "underthesea", "openpyxl", "docx", "jinja2",
    "spacy",     "lxml", "pypdf", "pyreadstat", "python_calamine", "striprtf", "webvtt", "xlsxwriter", "PIL",
)  # fmt: skip


def level(module: str) -> int:
    """Rank a module of the package: ground floor 0, rooms 1 to 5, run 6, making and reporting 7, cli 8."""
    name = module.removeprefix("thamluan.").removeprefix("pipeline").lstrip(".").split(".")[0]
    if name in ROOMS:
        return 1 + ROOMS.index(name)
    return {"run": 6, "making": 7, "reporting": 7, "cli": 8}.get(name, 0)


def imports(source: str) -> Iterator[str]:
    """Name every module that a source imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield base
            if base == "thamluan.pipeline":
                yield from (f"{base}.{alias.name}" for alias in node.names)


def faults(module: str, source: str) -> list[str]:
    """List the imports of a module that point forward, or are not written in full."""
    found = []
    for imported in imports(source):
        if imported.startswith((".", "pipeline")):
            found.append(f"{module}: import {imported} in full, from thamluan")
        elif imported.startswith("thamluan.") and level(imported) > level(module):
            found.append(f"{module} imports {imported}, which comes after it")
    return found


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted([ROOT / "cli.py", *PIPELINE.rglob("*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(("thamluan", *parts)).removesuffix(".__init__"), path


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_point_back_along_the_line(module, path):
    assert faults(module, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("thamluan.pipeline.text.units", "from thamluan.pipeline.themes.coding import code"),
        ("thamluan.pipeline.themes.model", "def f():\n    from thamluan.pipeline import report"),
        ("thamluan.pipeline.columns", "import thamluan.pipeline.readers"),
        ("thamluan.pipeline.report.page", "from thamluan.pipeline.run import run"),
        ("thamluan.pipeline.text", "from . import words"),
        ("thamluan.cli", "from pipeline.run import run"),
    ],
)
def test_a_forward_import_is_found(module, source):
    assert len(faults(module, source)) == 1


def test_every_folder_is_a_room_and_every_other_module_is_on_the_ground_floor():
    assert sorted(path.parent.name for path in PIPELINE.glob("*/__init__.py")) == sorted(ROOMS)
    on_the_floor = {path.stem for path in PIPELINE.glob("*.py")} - {"__init__", "run", "making", "reporting"}
    assert on_the_floor == set(GROUND_FLOOR)


def test_the_root_holds_one_module():
    assert [path.name for path in ROOT.glob("*.py")] == ["cli.py"]


def test_models_and_corpora_hold_no_python():
    assert not [path for folder in ("models", "corpora") for path in (ROOT / folder).rglob("*.py")]


def test_tests_mirror_the_tree():
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0].islower()}
    assert folders - {"cases", "golden", "benchmarks"} == set(ROOMS)


def test_tests_of_the_text_room_mirror_its_modules():
    named = {path.relative_to(PIPELINE).with_name(f"test_{path.name}") for path in PIPELINE.glob("text/**/[a-z]*.py")}
    assert sorted(path for path in named if not (ROOT / "tests" / path).exists()) == []


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments):
    program = (
        "import sys, thamluan.cli as cli\n"
        "try:\n    cli.main()\nexcept SystemExit as stop:\n    assert not stop.code, stop.code\n"
        f"loaded = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True)


def test_coding_without_the_bridge_loads_no_spacy():
    program = (
        "import sys, thamluan.pipeline.run\n"
        "from thamluan.pipeline.text import as_contributions, segment\n"
        "from thamluan.pipeline.themes.coders import load_coder\n"
        "from thamluan.pipeline.themes.coding import code\n"
        "units = code(segment(as_contributions(['Phụ cấp thấp. Đường xa.'])), load_coder())\n"
        "assert len(units) == 2 and 'spacy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", program], check=True, capture_output=True)
