"""What lies in models/ and corpora/, and how a file is known by its hash."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
CORPORA = ROOT / "corpora"
CODEBOOKS = CORPORA / "codebooks"
FUNCTION_WORDS = CORPORA / "lexicons" / "function_words.txt"
SHORTCOMINGS = CORPORA / "lexicons" / "shortcomings.txt"
ABBREVIATIONS = CORPORA / "lexicons" / "abbreviations.csv"
DIALECT = CORPORA / "lexicons" / "dialect.csv"
SAMPLES = CORPORA / "samples"
DEFAULT_CODEBOOK = CODEBOOKS / "default.yaml"
STARTER_CODEBOOK = CODEBOOKS / "starter.yaml"
DEFAULT_MODEL = MODELS / "default"
JOINTS = MODELS / "joints" / "weights.tsv"
MARKS = MODELS / "marks"
VECTORS = MODELS / "vectors"


def sha256(path: Path) -> str:
    """Hash a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """Name the versions of this product and of the libraries that its numbers depend on."""
    found = {}
    for name in ("thamluan", "numpy", "pandas", "scikit-learn", "scipy", "underthesea"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found
