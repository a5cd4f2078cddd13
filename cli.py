"""The command `thamluan`; the only module that prints."""

import json
import logging
import os
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from thamluan.pipeline.artefacts import SAMPLES
from thamluan.pipeline.errors import OutputError, ThamluanError
from thamluan.pipeline.settings import (
    DEFAULT_MIN_BASE,
    DEFAULT_SEED,
    DEFAULT_STYLE,
    FORMATS,
    Again,
    Columns,
    Settings,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Reads Vietnamese workshop papers and open survey answers, codes what each says by theme and stance,"
    " counts the themes with intervals, picks quotes, and writes the report. Works offline.\n\n"
    "Begin with: `thamluan demo --out report`",
)
codebook_app = typer.Typer(no_args_is_help=True, help="Check, show or start a codebook: the themes and stances.")
app.add_typer(codebook_app, name="codebook")


class Lang(StrEnum):
    """Languages of the report."""

    VI = "vi"
    EN = "en"


Format = StrEnum("Format", [(name.upper(), name) for name in FORMATS])


Inputs = Annotated[
    list[Path],
    typer.Argument(
        readable=False,
        help="Files or folders: .csv .tsv .xlsx .xls .ods .sav .parquet .jsonl, .docx .odt .rtf .pdf .html .txt .md, "
        ".srt .vtt .json of Whisper",
    ),
]
Text = Annotated[
    list[str] | None,
    typer.Option("--text", help="Column of an open question; may be repeated. Without it they are found and named."),
]
Id = Annotated[str | None, typer.Option("--id", help="Column that tells respondents apart.")]
By = Annotated[list[str] | None, typer.Option("--by", help="Column to compare groups by; may be repeated.")]
Weight = Annotated[str | None, typer.Option("--weight", help="Column of survey weights.")]
CodebookFile = Annotated[
    Path | None,
    typer.Option(
        "--codebook", readable=False, help="Your own codebook: .yaml, or a sheet (.xlsx .csv), a row a theme."
    ),
]
ModelDir = Annotated[
    Path | None, typer.Option("--model", readable=False, help="Folder of a trained model instead of the default one.")
]
Single = Annotated[
    bool,
    typer.Option("--single", help="Every answer has exactly one theme; with a codebook that no model was trained for."),
]
Skipped = Annotated[
    list[str] | None,
    typer.Option("--skip-repair", help="Repair of the text to leave out, by its name in run.json; may be repeated."),
]
Pin = Annotated[
    Path | None,
    typer.Option(
        "--pin",
        readable=False,
        help="Quotes to show first: a table with a column `unit` or `contribution`, or `source` and `place`.",
    ),
]
Drop = Annotated[
    Path | None, typer.Option("--drop", readable=False, help="Quotes never to show: a table like that of --pin.")
]
Masked = Annotated[
    bool,
    typer.Option(
        "--mask/--no-mask", help="Hide names, numbers and addresses in quotes of survey answers; speeches are public."
    ),
]
Formats = Annotated[
    list[Format] | None,
    typer.Option("--format", help="What to write: tables, the page, SPSS, REFI-QDA; may be repeated, all without it."),
]
Language = Annotated[Lang, typer.Option("--lang", help="Language of the report and its labels.")]
STYLE_HELP = (
    "Style of report.docx: plain, state (Decree 30/2020), party (Guide 36-HD/VPTW), or your own template, FILE.docx"
)
Style = Annotated[str, typer.Option("--style", help=f"{STYLE_HELP}.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are already there.")]
Seed = Annotated[
    int,
    typer.Option("--seed", min=0, max=2**32 - 1, help="Starting point of whatever is random."),
]
MinBase = Annotated[
    int, typer.Option("--min-base", min=1, help="People that a group must have to be shown; smaller ones are merged.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
OutDir = Annotated[Path, typer.Option("--out", help="Folder for the results; made if it is not there.")]


@app.command(epilog="Example: `thamluan run khao-sat.xlsx --by 'Thôn, khối phố' --out bao-cao`")
def run(
    inputs: Inputs,
    out: OutDir,
    text: Text = None,
    id: Id = None,
    by: By = None,
    weight: Weight = None,
    codebook: CodebookFile = None,
    model: ModelDir = None,
    single: Single = False,
    skip_repair: Skipped = None,
    pin: Pin = None,
    drop: Drop = None,
    mask: Masked = True,
    lang: Language = Lang.VI,
    format: Formats = None,
    style: Style = DEFAULT_STYLE,
    force: Force = False,
    min_base: MinBase = DEFAULT_MIN_BASE,
    seed: Seed = DEFAULT_SEED,
    debug: Debug = False,
) -> None:
    """Do the main job: read, code, summarise, report.

    Writes answers.csv and units.csv, tables of what was counted (themes.csv and others), quotes.csv, rejected.csv,
    report.html, report.docx, tables.xlsx, answers.sav for SPSS, codebook.qdc and project.qdpx for programs of
    qualitative analysis, and run.json.
    """
    with _errors(debug=debug):
        from thamluan.pipeline.report.digest import digest
        from thamluan.pipeline.run import run

        columns = Columns(text=tuple(text or ()), id=id, by=tuple(by or ()), weight=weight)
        settings = Settings(
            columns,
            codebook=codebook,
            model=model,
            single=single,
            skipped=tuple(skip_repair or ()),
            pin=pin,
            drop=drop,
            masks=mask,
            lang=lang.value,
            style=style,
            seed=seed,
            min_base=min_base,
            formats=_formats(format) or FORMATS,
            force=force,
        )
        with _progress() as progress:
            report = run(inputs, out, settings=settings, progress=progress)
        print(f"{digest(report)}\n\n{_shown(out, settings.formats)}")


@app.command(epilog="Example: `thamluan tag khao-sat.xlsx --id 'Mã phiếu' --out ma-hoa.csv`")
def tag(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", help="Table of answers to write: .csv, .jsonl or .parquet")],
    text: Text = None,
    id: Id = None,
    by: By = None,
    weight: Weight = None,
    codebook: CodebookFile = None,
    model: ModelDir = None,
    single: Single = False,
    skip_repair: Skipped = None,
    lang: Language = Lang.VI,
    force: Force = False,
    seed: Seed = DEFAULT_SEED,
    debug: Debug = False,
) -> None:
    """Code only: write the table of answers, a row each, with their themes and stance."""
    with _errors(debug=debug):
        from thamluan.pipeline.run import tag

        columns = Columns(text=tuple(text or ()), id=id, by=tuple(by or ()), weight=weight)
        settings = Settings(
            columns,
            codebook=codebook,
            model=model,
            single=single,
            skipped=tuple(skip_repair or ()),
            lang=lang.value,
            seed=seed,
            force=force,
        )
        with _progress() as progress:
            n_rows = tag(inputs, out, settings=settings, progress=progress)
        _note(f"{n_rows} rows in {out}")


@app.command(epilog="Example: `thamluan report bao-cao/answers.xlsx --out bao-cao-da-sua`")
def report(
    coded: Annotated[
        Path,
        typer.Argument(
            readable=False,
            help="Folder of a run, or answers.csv or units.csv in it with corrected codes, also saved as .xlsx or .ods",
        ),
    ],
    out: OutDir,
    run: Annotated[
        Path | None, typer.Option("--run", readable=False, help="Folder of the run, where CODED lies elsewhere.")
    ] = None,
    by: By = None,
    weight: Weight = None,
    codebook: CodebookFile = None,
    pin: Pin = None,
    drop: Drop = None,
    mask: Annotated[
        bool | None,
        typer.Option(
            "--mask/--no-mask",
            show_default=False,
            help="Hide names, numbers and addresses in quotes of survey answers; without it, as in the run.",
        ),
    ] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the report; without it, the run's.")] = None,
    format: Formats = None,
    style: Annotated[str | None, typer.Option("--style", help=f"{STYLE_HELP}; without it, the run's.")] = None,
    force: Force = False,
    min_base: Annotated[
        int | None, typer.Option("--min-base", min=1, help="People that a group must have to be shown.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Count and report again after people have corrected codes.

    Change `themes` (ids or labels, apart by ;) or the 0/1 columns, and `stance`; leave the other cells as they are.
    What the run was asked holds, unless it is asked anew here; lists of quotes are named again.
    """
    with _errors(debug=debug):
        from thamluan.pipeline.report.digest import digest
        from thamluan.pipeline.reporting import report_again

        again = Again(
            folder=run,
            by=None if by is None else tuple(by),
            weight=weight,
            codebook=codebook,
            pin=pin,
            drop=drop,
            masks=mask,
            lang=None if lang is None else lang.value,
            style=style,
            min_base=min_base,
            formats=_formats(format),
            force=force,
        )
        with _waiting("Counting"):
            found = report_again(coded, out, again=again)
        print(f"{digest(found)}\n\n{_shown(out, found.provenance['settings']['formats'])}")


@app.command(epilog="Example: `thamluan demo --out report`")
def demo(
    out: OutDir = Path("report"),
    lang: Language = Lang.VI,
    style: Style = DEFAULT_STYLE,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Run the main job on the samples: a survey, two papers and a discussion, all written for this product."""
    run(
        [SAMPLES],
        out,
        by=["Thôn, khối phố", "Vai trò"],
        id="Mã phiếu",
        lang=lang,
        style=style,
        force=force,
        debug=debug,
    )


@app.command(epilog="Example: `thamluan words bai.txt > bai.words.txt`")
def words(
    file: Annotated[Path | None, typer.Argument(help="UTF-8 text; standard input without it.")] = None,
    debug: Debug = False,
) -> None:
    """Segment words: a line in, a line out, the syllables of a word joined by _."""
    with _errors(debug=debug):
        from thamluan.pipeline.text.words import segment_blocks

        for block in segment_blocks(file):
            print(block, end="", flush=True)


@app.command(hidden=True)
def marks(
    corpus: Annotated[Path, typer.Argument(help="Vietnamese with its marks, a paragraph a line: .txt or .txt.xz")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the model; made if it is not there.")],
    own: Annotated[list[Path] | None, typer.Option("--own", help="Texts to learn from last and longest.")] = None,
    dev: Annotated[list[Path] | None, typer.Option("--dev", help="Texts to measure the model on.")] = None,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Fit the model that puts missing marks back (`make marks`)."""
    with _errors(debug=debug):
        from thamluan.pipeline.making import make_marks
        from thamluan.pipeline.report.marks_card import marks_card

        with _waiting("Training"):
            restorer = make_marks(corpus, out, own=own or (), dev=dev or (), force=force)
        print(f"{marks_card(restorer)}\n{out}")


@app.command(hidden=True)
def vectors(
    corpus: Annotated[Path, typer.Argument(help="Plain Vietnamese, a paragraph a line: .txt or .txt.xz")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the vectors; made if it is not there.")],
    force: Force = False,
    seed: Seed = DEFAULT_SEED,
    debug: Debug = False,
) -> None:
    """Make the word vectors (`make vectors`)."""
    with _errors(debug=debug):
        from thamluan.pipeline.making import make_vectors

        with _waiting("Making word vectors"):
            made = make_vectors(corpus, out, seed=seed, force=force)
        print(f"{len(made.words):,} words: {out}")


TextColumn = Annotated[str, typer.Option("--text", help="Column of the text.")]
ThemesColumn = Annotated[str, typer.Option("--themes", help="Column of the themes.")]
StanceColumn = Annotated[str | None, typer.Option("--stance", help="Column of the stance, where there is one.")]
Separator = Annotated[str, typer.Option("--separator", help="What stands between several themes in a cell.")]


@app.command(epilog="Example: `thamluan train da-ma-hoa.xlsx --text 'Ý kiến' --themes 'Chủ đề' --out mo-hinh`")
def train(
    labelled: Annotated[
        list[Path], typer.Argument(help="Tables of coded answers: .csv .tsv .xlsx .xls .ods .sav .parquet .jsonl")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder of the model; made if it is not there.")],
    text: TextColumn = "text",
    themes: Annotated[
        str | None, typer.Option("--themes", help="Column of the themes; without it 'themes', which may lack.")
    ] = None,
    stance: StanceColumn = None,
    separator: Separator = ";",
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            "--texts",
            help="Table with ids and texts, for coded answers that hold ids and codes alone; or plain text, with ids"
            " such as 12:0:80 (line, start, end). Repeatable.",
        ),
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", help="Column that tells the answers apart; `id` for --texts without it.")
    ] = None,
    single: Annotated[bool, typer.Option("--single", help="Every text has exactly one theme.")] = False,
    codebook: CodebookFile = None,
    unlabelled: Annotated[
        list[Path] | None,
        typer.Option("--unlabelled", help="Answers that nobody has coded, to learn words from; may be repeated."),
    ] = None,
    dev: Annotated[
        list[Path] | None, typer.Option("--dev", help="Coded answers to measure the model on; may be repeated.")
    ] = None,
    force: Force = False,
    seed: Seed = DEFAULT_SEED,
    debug: Debug = False,
) -> None:
    """Fit a model on answers that people have coded: many, few with a codebook, or none with a codebook alone.

    Without a codebook, the themes are those found in the column. With one, tables may lack the column.
    """
    with _errors(debug=debug):
        from thamluan.pipeline.making import make_model
        from thamluan.pipeline.report.digest import made
        from thamluan.pipeline.themes.learning.ways import trust
        from thamluan.pipeline.themes.material.labelled import LabelledColumns

        where = LabelledColumns(text=text, themes=themes or "themes", stance=stance, separator=separator, id=id)
        with _waiting("Training"):
            model = make_model(
                labelled,
                out,
                where=where,
                unlabelled=unlabelled or (),
                dev=dev or (),
                codebook=codebook,
                texts=texts or (),
                themes_may_lack=themes is None,
                single=single,
                seed=seed,
                force=force,
            )
        for line in trust(model.facts):
            _note(line)
        print(f"{made(model)}\n\n{out}")


@app.command(
    epilog="Example: `thamluan evaluate da-ma-hoa.xlsx --model mo-hinh --mistakes sai.csv`; two coders:"
    " `thamluan evaluate an.xlsx --second binh.xlsx --id 'Mã phiếu'`"
)
def evaluate(
    labelled: Annotated[
        list[Path], typer.Argument(help="Tables of coded answers: .csv .tsv .xlsx .xls .ods .sav .parquet .jsonl")
    ],
    model: ModelDir = None,
    text: TextColumn = "text",
    themes: ThemesColumn = "themes",
    stance: StanceColumn = None,
    separator: Separator = ";",
    mistakes: Annotated[
        Path | None, typer.Option("--mistakes", help="File to write (.csv): the answers coded otherwise, to be read.")
    ] = None,
    second: Annotated[
        list[Path] | None,
        typer.Option("--second", help="The same answers by a second coder: measure how far the two agree."),
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", help="Column that tells the answers apart; without it, by their texts.")
    ] = None,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", readable=False, help="Codebook of two coders, where they had one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    force: Force = False,
    seed: Seed = DEFAULT_SEED,
    debug: Debug = False,
) -> None:
    """Measure a model on coded answers, or how far two coders agree.

    A model: precision, recall, F1 with its 95% interval, support, calibration, and which themes are confused. Two
    coders: Krippendorff's alpha, Cohen's kappa, F1 and the share coded the same.
    """
    if second and (model or mistakes):
        raise typer.BadParameter("--second compares two coders; leave --model and --mistakes out.")
    if codebook and not second:
        raise typer.BadParameter("--codebook is for two coders, with --second; a model has its own.")
    with _errors(debug=debug):
        from thamluan.pipeline.making import measure_model
        from thamluan.pipeline.report.digest import agreed, measured
        from thamluan.pipeline.themes.codebooks.codebook import load_codebook
        from thamluan.pipeline.themes.material.labelled import LabelledColumns
        from thamluan.pipeline.themes.measuring.agreement import compare_coders

        where = LabelledColumns(
            text=text,
            themes=themes,
            stance=stance or "stance",
            separator=separator,
            stance_may_lack=stance is None,
            id=id,
        )
        with _waiting("Measuring"):
            if second:
                book = load_codebook(codebook) if codebook else None
                result = compare_coders(labelled, second, where=where, codebook=book, seed=seed)
                shown = agreed(result)
            else:
                result = measure_model(labelled, model, where=where, mistakes_to=mistakes, force=force, seed=seed)
                shown = measured(result)
        print(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else shown)


@codebook_app.command(epilog="Example: `thamluan codebook check ma.yaml`")
def check(file: Annotated[Path, typer.Argument(help="Codebook: .yaml, .xlsx or .csv")], debug: Debug = False) -> None:
    """List everything that is wrong with a codebook, or say that it can be used."""
    with _errors(debug=debug):
        from thamluan.pipeline.themes.codebooks.codebook import load_codebook

        codebook = load_codebook(file)
        print(f"{file.name}: {len(codebook.themes)} themes, {len(codebook.stances)} stances, nothing to mend.")
        without_cues = [theme.id for theme in codebook.themes if not theme.cues]
        if without_cues:
            _note(f"note: without cues, guessed from labels, definitions and examples: {', '.join(without_cues)}")


@codebook_app.command(epilog="Example: `thamluan codebook show --lang en`")
def show(
    file: Annotated[Path | None, typer.Argument(help="Codebook; the default one without it.")] = None,
    lang: Language = Lang.VI,
    debug: Debug = False,
) -> None:
    """Print a codebook: themes with definitions and cues, and stances."""
    with _errors(debug=debug):
        from thamluan.pipeline.artefacts import DEFAULT_CODEBOOK
        from thamluan.pipeline.report.digest import describe
        from thamluan.pipeline.themes.codebooks.codebook import load_codebook

        print(describe(load_codebook(file or DEFAULT_CODEBOOK), lang=lang))


@codebook_app.command(epilog="Example: `thamluan codebook new ma.yaml`")
def new(
    file: Annotated[Path, typer.Argument(help="File to write: .yaml, or .xlsx for Excel")],
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the headings of a sheet.")] = Lang.VI,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Write a small codebook to start from: YAML with remarks, or a sheet for Excel."""
    with _errors(debug=debug):
        from thamluan.pipeline.artefacts import STARTER_CODEBOOK
        from thamluan.pipeline.output import place_file

        kind = file.suffix.lower()
        if kind not in (".yaml", ".yml", ".xlsx"):
            message = f"{file.name}: a codebook to start from is YAML or a workbook of Excel"
            raise OutputError(message, hint="give it the ending .yaml or .xlsx")
        starter = STARTER_CODEBOOK.read_bytes()
        if kind == ".xlsx":
            from thamluan.pipeline.themes.codebooks.codebook import load_codebook, sheet_of_codebook

            starter = sheet_of_codebook(load_codebook(STARTER_CODEBOOK), lang=lang.value)
        place_file(starter, file, force=force)
        print(f"{file}: change it, then: thamluan codebook check {file}")


def _version(asked: bool) -> None:
    if asked:
        print(version("thamluan"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _formats(asked: list[Format] | None) -> tuple[str, ...] | None:
    """Name each format that is asked for once, in the order of `FORMATS`."""
    return tuple(name for name in FORMATS if name in asked) if asked else None


def _shown(out: Path, formats: Sequence[str]) -> Path:
    """Name what to open first: the page or, where there is none, the folder."""
    return out / "report.html" if "html" in formats else out


def _note(text: str) -> None:
    print(text, file=sys.stderr)


@contextmanager
def _errors(*, debug: bool) -> Iterator[None]:
    """Turn our errors into two lines and exit code 1; anything else into a request to report it."""
    try:
        yield
    except ThamluanError as error:
        if debug:
            traceback.print_exc()
        _note(f"error: {error}")
        if error.hint:
            _note(f"hint: {error.hint}")
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        _note("error: Stopped.")
        raise typer.Exit(130) from error
    except BrokenPipeError as error:
        # Whoever read the output has seen enough; what is still buffered must not fail at exit.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (closed by the exit)
        raise typer.Exit from error
    except Exception as error:
        # The message of a foreign error may hold an answer's text, which is personal; --debug is the user's choice.
        if debug:
            traceback.print_exc()
        _note(f"error: A mistake of the program ({type(error).__name__}).")
        _note("hint: Run the command again with --debug and report what it shows, without personal data.")
        raise typer.Exit(1) from error


@contextmanager
def _progress() -> Iterator[Any]:  # a callback, or None where nobody looks
    """Show a bar on stderr for work that lasts over a second; none when it is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    names = {"read": "Reading", "repair": "Repairing", "code": "Coding", "evidence": "Finding what spoke for each code"}
    started = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}  # rich's id of a bar

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks and time.monotonic() - started > 1 and done < total:
                tasks[stage] = bars.add_task(names.get(stage, stage), total=total)
            if stage in tasks:
                bars.update(tasks[stage], completed=done)

        yield show


@contextmanager
def _waiting(what: str) -> Iterator[None]:
    """Show on stderr that work goes on whose end cannot be told; nothing when it is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


class _NoteHandler(logging.Handler):
    """Shows what the rooms have to tell."""

    def emit(self, record: logging.LogRecord) -> None:
        _note(f"{'warning' if record.levelno >= logging.WARNING else 'note'}: {record.getMessage()}")


def main() -> None:
    """Run the command line."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a program without a console has none
        stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may know no Vietnamese
    logger = logging.getLogger("thamluan")
    logger.setLevel(logging.INFO)
    logger.handlers = [_NoteHandler()]
    # underthesea gives the root a handler where it has none, and every message would be shown twice.
    logging.getLogger().addHandler(logging.NullHandler())
    app()


if __name__ == "__main__":
    main()
