import json

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from thamluan.pipeline.errors import ColumnError, InputError
from thamluan.pipeline.themes.material.labelled import LabelledColumns
from thamluan.pipeline.themes.measuring.agreement import COUNTS, MEASURES, agreement, compare_coders
from thamluan.pipeline.themes.measuring.coefficients import chance_corrected

WHERE = LabelledColumns(stance_may_lack=True)
BY_ID = LabelledColumns(stance_may_lack=True, id="mã")


@pytest.fixture
def coders(make_labelled):
    """Two coders of sixty answers who differ now and then."""
    random = np.random.default_rng(0)
    themes = random.integers(0, 2, (60, 2))
    stances = np.eye(2, dtype=int)[random.integers(0, 2, 60)]
    others = np.where(random.random((60, 2)) < 0.2, 1 - themes, themes)
    turned = np.where(random.random((60, 1)) < 0.1, 1 - stances, stances)
    return make_labelled(themes=themes, stances=stances), make_labelled(themes=others, stances=turned)


@pytest.fixture
def table(tmp_path):
    """Write a coder's table: rows of cells under a head."""

    def write(name, *rows, head="mã,text,themes"):
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        return path

    return write


def test_agreement_has_a_row_a_theme_and_their_mean(coders):
    found = agreement(*coders, seed=0)
    assert found.themes.index.tolist() == ["road", "pay", "macro"]
    assert found.stances.index.tolist() == ["good", "bad", "macro"]
    assert found.overall.index.tolist() == ["themes", "stance"]
    bounds = [f"{name}{bound}" for name in MEASURES for bound in ("", "_low", "_high")]
    for shown in (found.themes, found.stances, found.overall):
        assert shown.columns.tolist() == [*bounds, *COUNTS]


def test_agreement_of_a_theme_is_that_of_the_libraries(coders):
    first, second = (coder.themes[:, 0] for coder in coders)
    row = agreement(*coders, seed=0).themes.loc["road"]
    assert row["kappa"] == pytest.approx(cohen_kappa_score(first, second))
    assert row["f1"] == pytest.approx(f1_score(first, second))
    assert row["agreement"] == pytest.approx((first == second).mean())
    alpha, _ = chance_corrected(first, second, distances=1 - np.eye(2), weights=np.ones((1, 60)))
    assert row["alpha"] == alpha[0]
    assert row[list(COUNTS)].tolist() == [60, (first & second).sum(), first.sum(), second.sum()]


def test_agreement_on_stances_takes_all_at_once(coders):
    first, second = (coder.stances.argmax(axis=1) for coder in coders)
    row = agreement(*coders, seed=0).overall.loc["stance"]
    assert row["kappa"] == pytest.approx(cohen_kappa_score(first, second))
    assert row["agreement"] == row["f1"] == pytest.approx((first == second).mean())


def test_agreement_on_sets_counts_nearly_equal_ones_in_part(make_labelled):
    first = make_labelled(themes=[[1, 1], [1, 0], [0, 1], [0, 0]])
    near, far = (make_labelled(themes=[codes, [1, 0], [0, 1], [0, 0]]) for codes in ([1, 0], [0, 0]))
    alphas = [agreement(first, other, seed=0).overall.loc["themes", "alpha"] for other in (first, near, far)]
    assert alphas == sorted(alphas, reverse=True)
    assert alphas[0] == 1
    assert agreement(first, near, seed=0).overall.loc["themes", "agreement"] == 0.75


def test_agreement_bounds_every_measure(coders):
    for shown in (agreement(*coders, seed=0).themes, agreement(*coders, seed=0).overall):
        for name in MEASURES:
            assert (shown[f"{name}_low"] < shown[name]).all()
            assert (shown[name] < shown[f"{name}_high"]).all()


def test_agreement_with_a_seed_is_the_same(coders):
    first, second, other = (agreement(*coders, seed=seed).as_dict() for seed in (1, 1, 2))
    assert first == second != other


def test_agreement_of_a_coder_with_himself_is_full(coders):
    shown = agreement(coders[0], coders[0], seed=0).themes
    assert (shown[[f"{name}{bound}" for name in MEASURES for bound in ("", "_low", "_high")]] == 1).all().all()


def test_agreement_on_a_theme_that_nobody_gave_has_no_meaning(make_labelled):
    coder = make_labelled(themes=[[1, 0], [0, 0], [1, 0]])
    found = agreement(coder, coder, seed=0)
    assert found.themes.loc["pay", ["alpha", "kappa", "f1", "alpha_low", "f1_high"]].isna().all()
    assert found.themes.loc["macro", "alpha"] == 1
    content = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert content["themes"]["pay"]["alpha"] is None


def test_agreement_of_no_themes_at_all_has_no_meaning(make_labelled):
    coder = make_labelled(themes=[[0, 0], [0, 0]])
    assert agreement(coder, coder, seed=0).themes.loc["macro", list(MEASURES)].isna().all()


def test_agreement_leaves_out_texts_without_stance(coders, make_labelled):
    first, second = coders
    blank = second.stances.copy()
    blank[50:] = 0
    second = make_labelled(themes=second.themes, stances=blank)
    assert agreement(first, second, seed=0).overall["n"].tolist() == [60, 50]


def test_agreement_bears_coders_who_gave_no_text_a_stance_in_common(make_labelled):
    first = make_labelled(themes=[[1, 0], [0, 1]], stances=[[1, 0], [0, 0]])
    second = make_labelled(themes=[[1, 0], [0, 1]], stances=[[0, 0], [1, 0]])
    found = agreement(first, second, seed=0)
    assert found.overall.loc["stance", "n"] == 0
    assert found.overall.loc["stance", list(MEASURES)].isna().all()


def test_compare_coders_matches_rows_by_text(table):
    first = table("an.csv", "1,Đường xấu,road", "2,Lương thấp,pay", "3,Chỉ An,pay")
    second = table("binh.csv", "9,  lương THẤP ,pay", "8,Đường xấu,road", "7,Chỉ Bình,", "6,Chỉ Bình,")
    found = compare_coders([first], [second], where=WHERE)
    assert (found.n_answers, found.n_only_first, found.n_only_second, found.n_other_texts) == (2, 1, 2, 0)
    assert found.overall.loc["themes", "agreement"] == 1


def test_compare_coders_matches_equal_texts_in_their_order(table):
    first = table("an.csv", "1,Không,road", "2,Không,pay", "3,Có,pay")
    second = table("binh.csv", "1,Không,road", "3,Có,pay", "2,Không,pay")
    found = compare_coders([first], [second], where=WHERE)
    assert (found.n_answers, found.overall.loc["themes", "agreement"]) == (3, 1)


def test_compare_coders_knows_a_disarmed_text(table):
    first = table("an.csv", "1,- Đường xấu,road", "2,Lương thấp,pay")
    second = table("binh.csv", "1,'- Đường xấu,road", "2,Lương thấp,pay")
    assert compare_coders([first], [second], where=WHERE).n_answers == 2
    assert compare_coders([first], [second], where=BY_ID).n_other_texts == 0


def test_compare_coders_matches_rows_by_id(table):
    first = table("an.csv", "1,Không,road", "2,Không,pay", ",Không,pay", "5,Không,pay")
    second = table("binh.csv", "2,Không,pay", "1,Không ạ,road", ",Không,road")
    found = compare_coders([first], [second], where=BY_ID)
    assert (found.n_answers, found.n_only_first, found.n_only_second, found.n_other_texts) == (2, 2, 1, 1)
    assert found.overall.loc["themes", "agreement"] == 1


def test_compare_coders_takes_several_files_of_a_coder(table):
    parts = [table("an1.csv", "1,Đường xấu,road"), table("an2.csv", "2,Lương thấp,pay")]
    whole = table("binh.csv", "2,Lương thấp,pay", "1,Đường xấu,road")
    assert compare_coders(parts, [whole], where=BY_ID).n_answers == 2


def test_compare_coders_knows_themes_by_their_labels(table, make_codebook):
    first = table("an.csv", "1,Đường xấu,road", "2,Lương thấp,pay")
    second = table("binh.csv", "1,Đường xấu,ROAD", "2,Lương thấp,Pay")
    found = compare_coders([first], [second], where=WHERE, codebook=make_codebook(pay=(), road=(), water=()))
    assert found.themes.index.tolist() == ["pay", "road", "water", "macro"]
    assert found.overall.loc["themes", "agreement"] == 1


def test_compare_coders_refuses_an_id_that_stands_twice_and_shows_no_id(table):
    first = table("an.csv", "MP-77,Không,road", "MP-77,Có,pay")
    with pytest.raises(InputError) as caught:
        compare_coders([first], [first], where=BY_ID)
    assert caught.value.problems == ("an.csv, row 3",)
    assert "MP-77" not in f"{caught.value}{caught.value.hint}"


def test_compare_coders_names_the_first_places_of_many(table):
    first = table("an.csv", *[f"7,Câu {number},road" for number in range(20)])
    with pytest.raises(InputError) as caught:
        compare_coders([first], [first], where=BY_ID)
    assert len(caught.value.problems) == 11
    assert caught.value.problems[-1] == "and 9 more"


def test_compare_coders_refuses_files_of_other_answers(table):
    first, second = table("an.csv", "1,Đường xấu,road"), table("binh.csv", "1,Lương thấp,pay")
    with pytest.raises(InputError, match=r"No row of an\.csv has the same text as a row of binh\.csv"):
        compare_coders([first], [second], where=WHERE)


def test_compare_coders_refuses_a_file_without_the_column_of_ids(table):
    first = table("an.csv", "1,Đường xấu,road")
    with pytest.raises(ColumnError, match="has no column 'phiếu'"):
        compare_coders([first], [first], where=LabelledColumns(stance_may_lack=True, id="phiếu"))


@pytest.mark.parametrize("lacking", [("an.csv",), ("binh.csv",), ("an.csv", "binh.csv")])
def test_compare_coders_by_id_needs_no_texts(table, lacking):
    given = {"an.csv": ["1,Không,road", "2,Không,pay", "3,Có,pay"], "binh.csv": ["2,Không,pay", "1,Không,pay", "9,Có,"]}
    sides = [
        table(name, *(f"{id},{code}" for id, _, code in (row.split(",") for row in rows)), head="mã,themes")
        if name in lacking
        else table(name, *rows)
        for name, rows in given.items()
    ]
    found = compare_coders(*([side] for side in sides), where=BY_ID)
    assert (found.n_answers, found.n_only_first, found.n_only_second, found.n_other_texts) == (2, 1, 1, 0)
    assert found.overall.loc["themes", "agreement"] == 0.5
