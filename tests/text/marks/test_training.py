import numpy as np

from thamluan.pipeline.text.marks.counts import FEWEST
from thamluan.pipeline.text.marks.evaluation import strip
from thamluan.pipeline.text.marks.training import REPEATS, fit

LINES = ["Chi bộ họp đều", "Bỏ họp vì bận", "Phụ cấp còn thấp, đề nghị tăng"]


def test_fit_makes_the_same_bytes_twice():
    assert fit(LINES * FEWEST, n_rows=16).files() == fit(iter(LINES * FEWEST), n_rows=16).files()


def test_fit_learns_from_the_words_around():
    lines = [f"chi bộ số {number}" for number in range(300)] + [f"ai bỏ số {number}" for number in range(400)]
    found = fit(lines, n_rows=1 << 10).restore(["chi bo so", "ai bo so"], everywhere=True)
    assert [[replacement for _, _, replacement in pieces] for pieces in found] == [["bộ", "số"], ["bỏ", "số"]]


def test_fit_keeps_nothing_of_a_line_but_counts_and_weights():
    restorer = fit(LINES * FEWEST, n_rows=16)
    assert set(restorer.candidates.counts) == {
        strip(word).lower().strip(",") for line in LINES for word in line.split()
    }
    assert restorer.candidates.table.dtype == np.uint8


def test_own_lines_are_learnt_from_repeatedly():
    restorer = fit(LINES * FEWEST, own=["Khuyến khích"], n_rows=16)
    assert restorer.candidates.counts["khuyen"] == {"khuyến": REPEATS}
