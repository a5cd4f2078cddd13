"""What every test shares: small models, and golden files that `pytest --update-golden` rewrites."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from thamluan.pipeline.artefacts import CORPORA
from thamluan.pipeline.themes.codebooks.codebook import load_codebook
from thamluan.pipeline.themes.learning.training import train
from thamluan.pipeline.themes.material.labelled import Labelled, LabelledColumns, read_labelled
from thamluan.pipeline.themes.model import Model

LABELLED = CORPORA / "labelled" / "answers_train_AA.jsonl"
GOLDEN = Path(__file__).parent / "golden"

settings.register_profile("same", derandomize=True)  # the same made-up examples in every run
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the files in tests/golden")


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a golden file, or make them that file."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.exists(), f"no {path}; make it with --update-golden"
        assert content == path.read_bytes(), f"differs from {path}; see and accept with --update-golden"

    return compare


@pytest.fixture(scope="session")
def labelled() -> Labelled:
    return read_labelled([LABELLED], where=LabelledColumns(), codebook=load_codebook())


@pytest.fixture(scope="session")
def model(labelled) -> Model:
    return train(labelled)


@pytest.fixture(scope="session")
def single_model(labelled) -> Model:
    """A model of exactly one theme: trained on the answers that have one."""
    return train(labelled.only(np.flatnonzero(labelled.themes.sum(axis=1) == 1)), single=True)
