"""How many coded answers pay: codes by a codebook alone, with few coded answers, with many.

    python tests/benchmarks/ways.py ../shared/data --out docs/ways.svg

UIT-VSFC, topics (Nguyen et al. 2018, UIT-VSFC: Vietnamese Students' Feedback Corpus): the texts of its train part are
the uncoded answers; N coded ones a topic are drawn from it, DRAWS times with other seeds; macro-F1 on its dev part,
mean over the draws. With and without the codebook corpora/codebooks/student_feedback.yaml, which was written without a
look at dev. Prints a table and draws the curve. `--second` measures UIT-ViSFD (Luc Phan et al. 2021) with
corpora/codebooks/smartphones.yaml instead, likewise, with 0 and 20 a theme; neither the codebook nor any constant was
chosen by it.
"""

import argparse
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from thamluan.pipeline.artefacts import CODEBOOKS
from thamluan.pipeline.errors import InputError
from thamluan.pipeline.text.repair import repair_all
from thamluan.pipeline.themes.codebooks.codebook import Codebook, load_codebook
from thamluan.pipeline.themes.learning.ways import fit_way
from thamluan.pipeline.themes.material.labelled import Labelled, LabelledColumns, read_labelled
from thamluan.pipeline.themes.material.uncoded import Uncoded

DRAWS = {0: 1, 20: 5}  # how often coded answers are drawn, by their number a theme; else OTHER_DRAWS
OTHER_DRAWS = 2
SIZES = (0, 5, 10, 20, 50, 100, 200, None)  # None: all
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 56, 24, 24, 56
LOW, HIGH = 0.2, 0.9
COLOURS = {"with codebook": "#1b6ca8", "without": "#b35900"}


def drawn(labelled: Labelled, *, size: int | None, seed: int) -> Labelled:
    """Draw coded answers, so many of each theme."""
    if size is None:
        return labelled
    random = np.random.default_rng(seed)
    kept = {number for column in labelled.themes.T for number in random.permutation(np.flatnonzero(column))[:size]}
    return labelled.only(sorted(map(int, kept)))


def without_words(codebook: Codebook) -> Codebook:
    """Leave only ids and labels that say nothing."""
    blank = {"vi": "x", "en": "x"}
    themes = tuple(replace(theme, label=blank, definition=blank, cues=(), examples=()) for theme in codebook.themes)
    return replace(codebook, themes=themes)


def measured(train: Labelled, dev: Labelled, *, size: int | None, by_codebook: bool, single: bool) -> Iterator[float]:
    """Give macro-F1 on dev for each draw."""
    for seed in range(1 if size is None else DRAWS.get(size, OTHER_DRAWS)):
        coded = drawn(train, size=size, seed=seed)
        if not by_codebook:
            coded = replace(coded, codebook=without_words(coded.codebook))
        uncoded = Uncoded(train.texts if by_codebook else ())
        try:
            model = fit_way(coded, uncoded, by_codebook=by_codebook, single=single, seed=seed)
        except InputError:
            continue
        given = model.decide(model.probabilities([seen.text for seen in repair_all(dev.texts)])[0])
        yield float(f1_score(dev.themes, given, average="macro", zero_division=0.0))


def curve(
    train: Labelled, dev: Labelled, *, sizes: Sequence[int | None], single: bool
) -> dict[str, list[tuple[int | None, float]]]:
    """Measure every size with and without the codebook, and print each."""
    lines: dict[str, list[tuple[int | None, float]]] = {name: [] for name in COLOURS}
    for size in sizes:
        for name in lines:
            figures = list(measured(train, dev, size=size, by_codebook=name == "with codebook", single=single))
            if figures:
                lines[name].append((size, float(np.mean(figures))))
                spread = f"{min(figures):.3f}–{max(figures):.3f}"
                print(f"| {shown(size)} | {name} | {np.mean(figures):.3f} | {spread} | {len(figures)} |", flush=True)
    return lines


def shown(size: int | None) -> str:
    return "all" if size is None else str(size)


def picture(lines: dict[str, list[tuple[int | None, float]]], *, sizes: Sequence[int | None]) -> str:
    """Draw the curves as SVG."""
    across = {size: LEFT + number * (WIDTH - LEFT - RIGHT) / (len(sizes) - 1) for number, size in enumerate(sizes)}

    def down(value: float) -> float:
        return TOP + (HIGH - value) / (HIGH - LOW) * (HEIGHT - TOP - BOTTOM)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">']
    parts.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>')
    for tick in np.arange(LOW, HIGH + 0.01, 0.1):
        y = down(tick)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" font-size="12" text-anchor="end">{tick:.1f}</text>')
    for size, x in across.items():
        y = HEIGHT - BOTTOM + 18
        parts.append(f'<text x="{x:.1f}" y="{y}" font-size="12" text-anchor="middle">{shown(size)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    caption = "coded answers a theme; macro-F1 on answers not seen"
    parts.append(f'<text x="{middle}" y="{HEIGHT - 12}" font-size="12" text-anchor="middle">{caption}</text>')
    for number, (name, points) in enumerate(lines.items()):
        places = [(across[size], down(value)) for size, value in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOURS[name]}"/>' for x, y in places]
        y = HEIGHT - BOTTOM - 30 + 18 * number
        label = f'<text x="{WIDTH - RIGHT - 150}" y="{y}" font-size="13" fill="{COLOURS[name]}">{name}</text>'
        parts.append(label)
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with uit_vsfc and uit_visfd")
    parser.add_argument("--out", type=Path, help="SVG file to draw the curve into")
    parser.add_argument("--second", action="store_true", help="measure UIT-ViSFD")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    folder, book, column = ("uit_vsfc", "student_feedback.yaml", "topic")
    if asked.second:
        folder, book, column = ("uit_visfd", "smartphones.yaml", "aspects")
    where = LabelledColumns(themes=column, stance=None)
    codebook = load_codebook(CODEBOOKS / book)
    train, dev = (
        read_labelled([asked.data / folder / name], where=where, codebook=codebook) for name in ("train.csv", "dev.csv")
    )
    sizes = (0, 20) if asked.second else SIZES
    print("| coded a theme | codebook | macro-F1 | draws from–to | draws |\n|---|---|---:|---|---:|")
    lines = curve(train, dev, sizes=sizes, single=not asked.second)
    if asked.out:
        asked.out.write_text(picture(lines, sizes=sizes), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
