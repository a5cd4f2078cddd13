"""Texts a second: the batch path of `run` (segment and code) against `nlp.pipe`, on the same texts.

    python tests/benchmarks/bridge.py LABELLED.jsonl... [--n 1000] [--parts]

Seconds are those of the processor, so that other work on the machine counts little. The ways take turns, four rounds;
the best of each counts. `run` names evidence, and so does `nlp` unless it says otherwise. With --parts also what the
components before the themes take.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from thamluan.pipeline.artefacts import DEFAULT_MODEL
from thamluan.pipeline.text import as_contributions, segment
from thamluan.pipeline.text.marks.corpus import read_lines
from thamluan.pipeline.themes.bridge import make_nlp
from thamluan.pipeline.themes.coding import code
from thamluan.pipeline.themes.model import load_model

ROUNDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--parts", action="store_true")
    asked = parser.parse_args()
    texts = [text for path in asked.files for text in read_lines(path)][: asked.n]
    model, nlp, without = load_model(DEFAULT_MODEL), make_nlp(), make_nlp(evidence=False)
    contributions = as_contributions(texts)
    ways = {
        "segment and code": lambda: code(segment(contributions), model),
        "nlp.pipe": lambda: list(nlp.pipe(texts)),
        "nlp.pipe(tokenizer.pipe)": lambda: list(nlp.pipe(nlp.tokenizer.pipe(texts))),
        "nlp.pipe without evidence": lambda: list(without.pipe(texts)),
        "nlp(text)": lambda: [nlp(text) for text in texts],
    }
    if asked.parts:
        ways |= {
            "segment": lambda: segment(contributions),
            "tokenizer, one by one": lambda: [nlp.tokenizer(text) for text in texts],
            "tokenizer.pipe": lambda: list(nlp.tokenizer.pipe(texts)),
            "tokenizer, units": lambda: list(nlp.pipe(texts, disable=["thamluan_themes", "thamluan_stance"])),
        }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, work in ways.items():
            best[name] = min(best[name], _seconds(work))
    for name, seconds in best.items():
        print(f"{name:28} {len(texts) / seconds:7.0f} texts a second")


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
