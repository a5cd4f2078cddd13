"""How well lines of news come back from TCVN3 and VNI-Windows, and whether clean lines stay as they are.

    python tests/benchmarks/encodings.py [NEWS.txt.xz]

Lines are drawn with a fixed seed, and the first 10,000 of them encoded of which an encoding has all characters.
TCVN3 has no capitals with a tone: they are encoded as small letters and expected back so. A repair sees the
line alone, as a cell of its own. Every third line is left out: `lost_letters` was counted on those.
"""

import random
import sys
import time
from pathlib import Path

from thamluan.pipeline.legacy import TCVN3_ROWS, VNI_ROWS, Encoding
from thamluan.pipeline.letters import SOFT_HYPHEN
from thamluan.pipeline.report.digest import grid
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.text.repair import REPAIRS, repair

NEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "news" / "news.txt.xz"
SEED = 7
N_ENCODED = 10_000
N_CLEAN = 100_000
PUNCTUATION = "“”‘’–—…•"


def encode(line: str, encoding: Encoding) -> tuple[str, str] | None:
    """Give a line in an encoding and what should come back; None where it has not all characters."""
    if encoding == "tcvn3":
        codes = {letter: code for row in TCVN3_ROWS[:-1] for code, letter in zip(*row, strict=True)}
        line = "".join(char if char in codes or char.lower() not in codes else char.lower() for char in line)
    else:
        small = {letter: code for row in VNI_ROWS for code, letter in zip(*map(str.split, row), strict=True)}
        codes = small | {letter.upper(): code.upper() for letter, code in small.items()}
    if not all(char.isascii() or char in codes or char in PUNCTUATION for char in line):
        return None
    return "".join(codes.get(char, char) for char in line), line


def come_back(lines: list[str], encoding: Encoding, *, without: str = "") -> tuple[float, float, float]:
    """Give the share of lines that come back exactly, that of those with codes, and the share that can be encoded."""
    pairs = [encode(line, encoding) for line in lines]
    encoded = [pair for pair in pairs if pair is not None][:N_ENCODED]
    exact, marked = [], []
    for raw, line in encoded:
        raw = raw.replace(without, "") if without else raw
        repaired = repair(raw, names=("decode_legacy", "drop_soft_hyphens")).text
        exact.append(repaired == line)
        if raw != line:
            marked.append(repaired == line)
        if "-v" in sys.argv and repaired != line:
            diff = [(a, b) for a, b in zip(repaired.split(), line.split(), strict=False) if a != b]
            print(encoding, bool(without), len(line), diff[:4] if diff else repaired[:60])
    return sum(exact) / len(exact), sum(marked) / len(marked), 1 - pairs.count(None) / len(pairs)


def main() -> None:
    """Print the shares; with -v also the words that do not come back."""
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    path = paths[0] if paths else NEWS
    if not path.exists():
        print(f"skipped: no {path}")
        return
    lines = [line.rstrip("\n") for index, line in enumerate(read_lines(path)) if index % 3 != 1]
    drawn = random.Random(SEED).sample(lines, N_CLEAN)
    rows = [("lines of news", "exactly back", "of those with codes", "can be encoded")]
    for name, encoding, without in (
        ("TCVN3", "tcvn3", ""),
        ("TCVN3 without soft hyphens", "tcvn3", SOFT_HYPHEN),
        ("VNI-Windows", "vni", ""),
    ):
        exact, marked, encodable = come_back(drawn[: 2 * N_ENCODED], encoding, without=without)
        rows.append((name, f"{exact:.2%}", f"{marked:.2%}", f"{encodable:.1%}"))
    print(grid(rows))
    for name in REPAIRS:
        start = time.perf_counter()
        changed = sum(bool(list(pieces)) for pieces in REPAIRS[name](drawn))
        microseconds = (time.perf_counter() - start) / len(drawn) * 1e6
        print(f"{name}: changes {changed} of {len(drawn)} clean lines, {microseconds:.1f} µs a line")


if __name__ == "__main__":
    main()
