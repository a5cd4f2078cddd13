"""The report again from corrected codes: exactly what people changed changes, and what is wrong is told at once."""

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from docx import Document

from thamluan.pipeline.artefacts import CODEBOOKS, SAMPLES
from thamluan.pipeline.errors import ColumnError, InputError, OutputError
from thamluan.pipeline.report import WRITERS
from thamluan.pipeline.reporting import report_again
from thamluan.pipeline.run import run
from thamluan.pipeline.settings import Again, Columns, Settings

THEMES = (
    *("party_cell", "front_committee", "funding", "ideology"),
    *("leadership", "mobilisation", "personnel", "organisation"),
)
TABLES = ("answers.csv", "units.csv", "themes.csv", "quotes.csv")


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def save(df: pd.DataFrame, path: Path) -> Path:
    """Save a table as people do: a workbook with numbers, or the csv of a Vietnamese Excel, with ; and no BOM."""
    if path.suffix == ".xlsx":
        numbers = [name for name in df if df[name].str.fullmatch(r"\d+").all()]
        df.astype(dict.fromkeys(numbers, float)).to_excel(path, index=False)
    else:
        df.to_csv(path, index=False, sep=";", encoding="utf-8", lineterminator="\n")
    return path


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    out = tmp_path_factory.mktemp("first") / "report"
    asked = Columns(id="Mã phiếu", by=("Vai trò", "Thôn, khối phố"))
    run([SAMPLES], out, settings=Settings(columns=asked))
    return out


@pytest.fixture
def folder(first, tmp_path):
    return Path(shutil.copytree(first, tmp_path / "bao-cao"))


def again(coded, tmp_path, **asked):
    out = tmp_path / "again"
    report_again(coded, out, again=Again(**asked))
    return out


def told(out):
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["", "answers.csv", "units.csv"])
def test_without_a_change_every_table_has_the_same_bytes(name, folder, tmp_path):
    out = again(folder / name, tmp_path)
    assert [file for file in (*TABLES, "rejected.csv", "codebook.yaml") if not same(folder, out, file)] == []
    assert told(out)["corrected"]["contributions"] == 0


def same(folder, out, name):
    return (folder / name).read_bytes() == (out / name).read_bytes()


@pytest.mark.parametrize("table", ["answers", "units"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_table_that_was_only_saved_again_changes_nothing(table, suffix, folder, tmp_path):
    df = read(folder / f"{table}.csv")
    numbers = [name for name in df if name.startswith("p_")]
    df[numbers] = df[numbers].map(lambda cell: cell.replace(".", ","))
    saved = save(df, folder / f"{table}{suffix}")
    out = again(saved, tmp_path)
    reference = folder if suffix == ".xlsx" else None
    if reference is not None:
        assert [name for name in TABLES if not same(reference, out, name)] == []
    assert told(out)["corrected"]["contributions"] == 0


def test_ten_corrected_codes_change_and_nothing_else(folder, tmp_path):
    before = read(folder / "answers.csv")
    edited = before.copy()
    with_text = edited.index[edited["n_units"] != "0"]
    chosen = with_text[::17][:10]
    for row in chosen:
        edited.loc[row, "themes"] = "ideology" if before.loc[row, "themes"] != "ideology" else "funding;personnel"
    saved = save(edited, folder / "da-sua.xlsx")
    out = again(saved, tmp_path)
    after = read(out / "answers.csv")
    differs = (before != after).any(axis=1)
    assert differs[differs].index.tolist() == chosen.tolist()
    assert after.loc[chosen, "themes"].tolist() == edited.loc[chosen, "themes"].tolist()
    others = [name for name in before if name not in (*THEMES, "themes")]
    assert after[others].equals(before[others])
    assert all((after[theme] == "1").tolist() == spread(after, theme) for theme in THEMES)
    assert told(out)["corrected"] | {"sha256": ""} == {
        "table": "da-sua.xlsx",
        "sha256": "",
        "contributions": 10,
        "themes": 10,
        "stances": 0,
    }
    listed = read(out / "corrections.csv")
    assert listed["machine_themes"].tolist() == before.loc[chosen, "themes"].tolist()
    assert "đã sửa chủ đề hoặc tính chất của 10 ý kiến" in (out / "report.html").read_text(encoding="utf-8")


def spread(answers, theme):
    return [theme in cell.split(";") for cell in answers["themes"]]


def test_shares_are_counted_again(folder, tmp_path):
    edited = read(folder / "answers.csv")
    row = edited.index[edited["themes"] == "funding"][0]
    edited.loc[row, "funding"] = "0"
    out = again(save(edited, folder / "answers.xlsx"), tmp_path)
    counts = [
        read(path / "themes.csv").query("theme == 'funding' and question == '' and group == ''")
        for path in (folder, out)
    ]
    assert int(counts[1]["n"].iloc[0]) == int(counts[0]["n"].iloc[0]) - 1
    assert counts[0]["base"].tolist() == counts[1]["base"].tolist()


def test_nothing_is_lost(folder, tmp_path):
    counts = told(again(folder, tmp_path))["counts"]
    assert counts["read"] == counts["coded"] + counts["empty"] + counts["rejected"] == told(folder)["counts"]["read"]


def test_a_theme_taken_away_leaves_every_unit_and_every_quote(folder, tmp_path):
    edited = read(folder / "answers.csv")
    quoted = read(folder / "quotes.csv").query("theme == 'funding'")["contribution"]
    edited.loc[edited["contribution"].isin(quoted), "funding"] = "0"
    out = again(save(edited, folder / "answers.xlsx"), tmp_path)
    units = read(out / "units.csv")
    assert not [cell for cell in units.loc[units["contribution"].isin(quoted), "themes"] if "funding" in cell]
    assert not [cell for cell in units.loc[units["contribution"].isin(quoted), "evidence"] if "funding:" in cell]
    assert read(out / "quotes.csv").query("theme == 'funding' and contribution in @quoted.tolist()").empty


def test_a_theme_in_the_place_of_another_goes_to_its_units(folder, tmp_path):
    edited, units = read(folder / "answers.csv"), read(folder / "units.csv")
    row = edited.index[(edited["themes"] == "funding") & (edited["n_units"].astype(int) > 1)][0]
    number = edited.loc[row, "contribution"]
    edited.loc[row, "themes"] = "ideology"
    out = again(save(edited, folder / "answers.xlsx"), tmp_path)
    after = read(out / "units.csv")
    is_its = units["contribution"] == number
    assert (
        after.loc[is_its, "themes"].tolist() == units.loc[is_its, "themes"].str.replace("funding", "ideology").tolist()
    )
    assert after[~is_its].equals(units[~is_its])


def test_a_new_theme_goes_to_the_most_probable_unit(folder, tmp_path):
    edited, units = read(folder / "answers.csv"), read(folder / "units.csv")
    row = edited.index[(edited["themes"] == "funding") & (edited["n_units"].astype(int) > 1)][0]
    edited.loc[row, "themes"] = "funding; Tư tưởng, đạo đức, lối sống"
    out = again(save(edited, folder / "answers.xlsx"), tmp_path)
    its = units[units["contribution"] == edited.loc[row, "contribution"]]
    best = its["p_ideology"].astype(float).idxmax()
    after = read(out / "units.csv")
    assert [unit for unit in its.index if "ideology" in after.loc[unit, "themes"]] == [best]


def test_a_new_stance_goes_to_the_units_that_had_the_old_one(folder, tmp_path):
    edited, units = read(folder / "answers.csv"), read(folder / "units.csv")
    row = edited.index[edited["stance"] == "weakness"][0]
    number = edited.loc[row, "contribution"]
    edited.loc[row, "stance"] = "Kiến nghị, đề xuất"
    labels = {stance["label"]["vi"]: stance["id"] for stance in codebook(folder)["stances"]}
    edited.loc[row, "stance"] = next(label for label, id in labels.items() if id == "proposal")
    out = again(save(edited, folder / "answers.xlsx"), tmp_path)
    its = units["contribution"] == number
    assert set(read(out / "units.csv").loc[its, "stance"]) == set(
        units.loc[its, "stance"].replace("weakness", "proposal")
    )
    assert read(out / "answers.csv").loc[row, "stance"] == "proposal"
    assert told(out)["corrected"]["stances"] == 1


def codebook(folder):
    import yaml

    return yaml.safe_load((folder / "codebook.yaml").read_text(encoding="utf-8"))


def test_units_can_be_corrected(folder, tmp_path):
    edited = read(folder / "units.csv")
    row = edited.index[edited["themes"] == "funding"][0]
    edited.loc[row, ["themes", "stance"]] = "personnel", "neutral"
    out = again(save(edited, folder / "units.xlsx"), tmp_path)
    after = read(out / "units.csv")
    assert after.loc[row, ["themes", "stance"]].tolist() == ["personnel", "neutral"]
    answers = read(out / "answers.csv").set_index("contribution")
    assert "personnel" in answers.loc[edited.loc[row, "contribution"], "themes"]
    changed = (read(folder / "answers.csv") != read(out / "answers.csv")).any(axis=1).sum()
    assert changed == told(out)["corrected"]["contributions"] == 1


@pytest.mark.parametrize("name", ["answers", "units"])
def test_a_table_corrected_in_its_place_is_found(name, folder, tmp_path):
    edited = read(folder / f"{name}.csv")
    row = edited.index[edited["themes"] == "funding"][0]
    edited.loc[row, "themes"] = ""
    if name == "answers":
        edited.loc[row, "funding"] = "0"
    save(edited, folder / f"{name}.csv")
    out = again(folder, tmp_path)
    assert told(out)["corrected"]["table"] == f"{name}.csv"
    assert told(out)["corrected"]["contributions"] == 1


def corrected_workbook(folder, *, answer, changes):
    """Change codes of an answer in the workbook, as people do."""
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    sheet = book["Ý kiến đã mã hóa"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == answer)
    for name, code in changes.items():
        row[heads.index(name)].value = code
    book.save(folder / "tables.xlsx")


@pytest.mark.parametrize("name", ["", "tables.xlsx"])
def test_codes_corrected_in_the_workbook_are_taken(name, folder, tmp_path):
    answers = read(folder / "answers.csv")
    [number] = answers.loc[answers["themes"] == "party_cell", "contribution"].head(1)
    corrected_workbook(folder, answer=int(number), changes={"funding": 1, "stance": "neutral"})
    out = again(folder / name, tmp_path)
    [line] = read(out / "corrections.csv").to_dict("records")
    assert (line["contribution"], line["themes"], line["stance"]) == (number, "party_cell;funding", "neutral")
    assert told(out)["corrected"]["table"] == "tables.xlsx"


def test_a_workbook_as_it_was_written_changes_nothing(folder, tmp_path):
    out = again(folder / "tables.xlsx", tmp_path)
    assert [file for file in TABLES if not same(folder, out, file)] == []


def test_a_workbook_and_a_table_that_were_both_saved_again_are_refused(folder, tmp_path):
    corrected_workbook(folder, answer=1, changes={"stance": "neutral"})
    save(read(folder / "answers.csv"), folder / "answers.xlsx")
    with pytest.raises(InputError, match=r"answers\.xlsx, tables\.xlsx"):
        again(folder, tmp_path)


def test_two_tables_corrected_in_their_places_are_refused(folder, tmp_path):
    for name in ("answers", "units"):
        edited = read(folder / f"{name}.csv")
        edited.loc[5, "stance"] = "neutral"
        save(edited, folder / f"{name}.csv")
    with pytest.raises(InputError, match="both changed") as error:
        again(folder, tmp_path)
    assert "answers.csv" in error.value.hint


def test_the_report_may_be_written_into_the_same_folder_and_corrected_again(folder, tmp_path):
    edited = read(folder / "answers.csv")
    rows = edited.index[edited["themes"] == "funding"][:2]
    for n_done, row in enumerate(rows, start=1):
        edited = read(folder / "answers.csv")
        edited.loc[row, ["themes", "funding"]] = "", "0"
        save(edited, folder / "answers.csv")
        report_again(folder, folder, again=Again(force=True))
        assert told(folder)["corrected"]["contributions"] == n_done
    assert read(folder / "corrections.csv")["machine_themes"].tolist() == ["funding", "funding"]
    edited = read(folder / "answers.csv")
    edited.loc[rows[0], ["themes", "funding"]] = "funding", "1"
    save(edited, folder / "answers.csv")
    assert told(again(folder, tmp_path))["corrected"]["contributions"] == 1


def test_everything_that_is_wrong_is_told_at_once_with_row_and_column(folder, tmp_path):
    edited = read(folder / "answers.csv")
    row = edited.index[edited["themes"] == "funding"][0]
    edited.loc[row, "themes"] = "fundng"
    edited.loc[row, "ideology"] = "vâng"
    edited.loc[row + 1, "stance"] = "tốt"
    rows = edited.index[(edited["themes"] == "funding") & (edited.index > row + 3)]
    edited.loc[rows[0], ["themes", "ideology"]] = "personnel", "1"
    edited.loc[rows[1], "text"] = "Chuyện riêng nhà tôi"
    edited.loc[rows[2], "contribution"] = "9999"
    edited.loc[rows[3], "contribution"] = edited.loc[rows[4], "contribution"]
    empty = edited.index[edited["text"] == ""][0]
    edited.loc[empty, "themes"] = "funding"
    with pytest.raises(InputError) as error:
        again(save(edited, folder / "answers.xlsx"), tmp_path)
    message = "\n".join(error.value.problems)
    for said in (
        f"answers.xlsx, sheet 'Sheet1', row {row + 2}, column J (themes): 'fundng' is no theme",
        f"row {row + 2}, column P (ideology): 'vâng' is neither 1 nor 0",
        f"row {row + 3}, column K (stance): 'tốt' is no stance",
        f"row {rows[0] + 2}, column J (themes): themes and the 0/1 columns were both changed, and not alike",
        f"row {rows[1] + 2}, column I (text): the text is not the one that was coded",
        f"row {rows[2] + 2}, column A (contribution): 9999 is none of the run's numbers",
        f"row {rows[4] + 2}, column A (contribution): {edited.loc[rows[4], 'contribution']} stands here again",
        "2 row(s) of the run are missing: contribution",
    ):
        assert said in message
    assert "Chuyện riêng" not in message
    assert not (tmp_path / "again").exists()


def test_an_answer_without_text_can_have_no_theme(folder, tmp_path):
    edited = read(folder / "answers.csv")
    row = edited.index[edited["text"] == ""][0]
    edited.loc[row, "themes"] = "funding"
    with pytest.raises(InputError, match="without text can have no theme"):
        again(save(edited, folder / "answers.xlsx"), tmp_path)


def test_a_text_edited_in_its_place_is_refused(folder, tmp_path):
    edited = read(folder / "answers.csv")
    edited.loc[0, "text"] = f"Thêm chữ. {edited.loc[0, 'text']}"
    save(edited, folder / "answers.csv")
    with pytest.raises(InputError, match=r"row 2, column I \(text\): the text is not the one"):
        again(folder, tmp_path)


def test_what_is_wrong_in_a_table_corrected_in_its_place_is_told_at_once(folder, tmp_path):
    edited = read(folder / "answers.csv")
    edited.loc[3, "themes"] = "fundng"
    save(edited.drop(index=5), folder / "answers.csv")
    with pytest.raises(InputError) as error:
        again(folder, tmp_path)
    message = "\n".join(error.value.problems)
    assert "1 row(s) of the run are missing: contribution 6" in message
    assert "row 5, column J (themes): 'fundng' is no theme" in message


def test_the_corrected_table_may_lie_elsewhere(folder, tmp_path):
    edited = read(folder / "answers.csv")
    row = edited.index[edited["themes"] == "funding"][0]
    edited.loc[row, "themes"] = ""
    elsewhere = save(edited, tmp_path / "da-sua.xlsx")
    with pytest.raises(InputError) as error:
        again(elsewhere, tmp_path)
    assert "--run" in error.value.hint
    assert told(again(elsewhere, tmp_path, folder=folder))["corrected"]["contributions"] == 1


def test_rows_may_stand_in_another_order(folder, tmp_path):
    df = read(folder / "answers.csv").sort_values(["Vai trò", "text"])
    out = again(save(df, folder / "answers.xlsx"), tmp_path)
    assert [name for name in TABLES if not same(folder, out, name)] == []


@pytest.fixture
def formulas(tmp_path):
    """A run on answers and groups that a spreadsheet would run as formulas."""
    path = tmp_path / "phieu.csv"
    cells = ["=1+1 phụ cấp thấp quá", "- Phụ cấp thấp\n- Đường xa", "'=2 phụ cấp thấp", "'Phụ cấp' thấp", "-5", ""]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Ý kiến", "=Xã"], *([cell, "+Tân Lập"] for cell in cells)])
    out = tmp_path / "bao-cao"
    run([path], out, settings=Settings(Columns(text=("Ý kiến",), by=("=Xã",))))
    return out, cells


@pytest.mark.parametrize("suffix", ["", ".csv", ".xlsx"])
def test_disarmed_cells_are_rearmed(suffix, formulas, tmp_path):
    folder, _ = formulas
    saved = save(read(folder / "answers.csv"), folder / f"answers{suffix}") if suffix == ".xlsx" else folder
    out = again(saved if suffix != ".csv" else folder / "answers.csv", tmp_path)
    assert [name for name in TABLES if not same(folder, out, name)] == []


def test_groups_and_language_may_be_asked_anew(folder, tmp_path):
    assert set(read(folder / "themes.csv")["group"]) == {"", "Vai trò", "Thôn, khối phố"}
    out = again(folder, tmp_path, by=("Vai trò",), min_base=3, lang="en")
    assert set(read(out / "themes.csv")["group"]) == {"", "Vai trò"}
    assert "Funding" in (out / "report.html").read_text(encoding="utf-8")
    assert told(out)["settings"]["by"] == ["Vai trò"]


def test_a_column_that_people_added_may_group(folder, tmp_path):
    edited = read(folder / "answers.csv")
    edited["Vùng"] = ["thấp" if number % 2 else "cao" for number in range(len(edited))]
    out = again(save(edited, folder / "answers.xlsx"), tmp_path, by=("Vùng",))
    assert set(read(out / "themes.csv").query("group != ''")["value"]) >= {"cao", "thấp"}
    assert read(out / "answers.csv")["Vùng"].tolist() == edited["Vùng"].tolist()


def test_a_column_that_is_not_there_is_refused(folder, tmp_path):
    with pytest.raises(ColumnError, match="has no column 'Xã'") as error:
        again(folder, tmp_path, by=("Xã",))
    assert "'Vai trò'" in error.value.hint


def test_a_codebook_of_ones_own_comes_from_the_folder(tmp_path):
    path = tmp_path / "y-kien.csv"
    path.write_text("Ý kiến\nNước giếng đục quá\nMưa là đường lầy\n", encoding="utf-8")
    folder = tmp_path / "bao-cao"
    run([path], folder, settings=Settings(codebook=CODEBOOKS / "starter.yaml"))
    out = again(folder, tmp_path)
    assert [name for name in TABLES if not same(folder, out, name)] == []


def test_a_theme_that_people_added_to_the_codebook_can_be_given(folder, tmp_path):
    book = folder / "codebook.yaml"
    theme = "- id: roads\n  label: {vi: Đường sá, en: Roads}\nstances:"
    book.write_text(book.read_text(encoding="utf-8").replace("stances:", theme), encoding="utf-8")
    edited = read(folder / "answers.csv")
    row = edited.index[edited["themes"] == "funding"][0]
    edited.loc[row, "themes"] = "funding; Đường sá"
    out = again(save(edited, folder / "answers.xlsx"), tmp_path)
    after = read(out / "answers.csv")
    assert after.loc[row, ["themes", "roads"]].tolist() == ["funding;roads", "1"]
    assert list(after)[-3:] == ["roads", "p_stance", "needs_look"]
    assert told(again(out, tmp_path / "second"))["corrected"]["contributions"] == 1


def test_files_that_the_run_did_not_keep_are_asked_for_again(tmp_path, caplog):
    path = tmp_path / "phieu.csv"
    texts = [f"Phụ cấp của trưởng thôn còn thấp quá, số {n}." for n in range(9)]
    path.write_text("\n".join(["Ý kiến", *(f'"{text}"' for text in texts)]), encoding="utf-8")
    (tmp_path / "bo.csv").write_text("contribution\n3\n", encoding="utf-8")
    folder = tmp_path / "bao-cao"
    template = tmp_path / "mau.docx"
    Document().save(str(template))
    asked = Settings(Columns(text=("Ý kiến",)), drop=tmp_path / "bo.csv", style=str(template))
    run([path], folder, settings=asked)
    assert same(folder, again(folder, tmp_path, drop=tmp_path / "bo.csv"), "quotes.csv")
    report_again(folder, tmp_path / "third", again=Again())
    asked_for = [message for message in caplog.messages if "give it again" in message]
    of_style, of_drop = (
        f"the run had a file with {option}; give it again to have the same report" for option in ("--style", "--drop")
    )
    assert asked_for == [of_style, of_drop, of_style]


def test_weights_are_used_again(tmp_path):
    path = tmp_path / "can.csv"
    path.write_text("w,Ý kiến\n3,Phụ cấp thấp quá\n1,Trời hôm nay đẹp\n", encoding="utf-8")
    folder = tmp_path / "bao-cao"
    run([path], folder, settings=Settings(Columns(text=("Ý kiến",), weight="w")))
    assert same(folder, again(folder, tmp_path), "themes.csv")
    out = tmp_path / "plain"
    report_again(folder, out, again=Again(weight=""))
    assert not same(folder, out, "themes.csv")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "khong-co.csv", "does not exist"),
        (lambda folder: (folder / "run.json").unlink() or folder, "has no run.json"),
        (lambda folder: (folder / "units.csv").unlink() or folder, "has no units.csv"),
        (lambda folder: (folder / "run.json").write_text("{}", encoding="utf-8") and folder, "does not tell of a run"),
        (lambda folder: folder / "themes.csv", "which coded tables have"),
        (lambda folder: folder / "report.html", "which coded tables have"),
    ],
)
def test_what_is_no_run_is_refused(make, message, folder, tmp_path):
    with pytest.raises(InputError, match=message):
        again(make(folder), tmp_path)


def test_a_used_folder_is_kept_without_force(folder):
    with pytest.raises(OutputError, match="not empty"):
        report_again(folder, folder, again=Again())


def test_every_file_is_written(folder, tmp_path):
    out = again(folder, tmp_path)
    assert sorted(path.name for path in out.iterdir()) == sorted([*WRITERS, "corrections.csv"])
