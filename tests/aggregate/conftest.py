"""Small surveys, coded by hand: each row is what one person said, with its themes and stance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from thamluan.pipeline import columns
from thamluan.pipeline.aggregate import Summary, summarise
from thamluan.pipeline.aggregate.frequencies import Coded, fill_blanks
from thamluan.pipeline.settings import Columns
from thamluan.pipeline.themes.codebooks.codebook import Codebook, Stance, Theme
from thamluan.pipeline.themes.coding import gather

THEMES = {"funding": "Kinh phí", "personnel": "Cán bộ", "ideology": "Tư tưởng"}
STANCES = {"strength": "Ưu điểm", "weakness": "Hạn chế", "proposal": "Kiến nghị", "neutral": "Nêu sự việc"}
CODEBOOK = Codebook(
    id="thu",
    version="1",
    title={"vi": "Bộ thử", "en": "Trial"},
    themes=tuple(Theme(id, {"vi": label, "en": id}, {}, {}, (), ()) for id, label in THEMES.items()),
    stances=tuple(Stance(id, {"vi": label, "en": id}, {}) for id, label in STANCES.items()),
)


@dataclass(frozen=True)
class Said:
    """One contribution: its units as (text, themes, stance, probability), and what is known of it."""

    units: Sequence[tuple[str, str, str, float]]
    question: str = "Khó khăn?"
    person: str = ""  # "" is a person of its own
    paragraph: int = 0
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Survey:
    contributions: pd.DataFrame
    attributes: pd.DataFrame
    units: pd.DataFrame
    answers: pd.DataFrame

    def coded(self, *, by: Sequence[str] = (), weights: Sequence[float] | None = None, lang: str = "en") -> Coded:
        return Coded(
            answers=self.answers,
            present=self.answers[list(THEMES)].to_numpy(),
            weights=np.ones(len(self.answers)) if weights is None else np.array(weights, dtype=float),
            groups=fill_blanks(
                self.attributes[list(by)], is_document=self.contributions[columns.PARAGRAPH] > 0, lang=lang
            ),
            codebook=CODEBOOK,
            lang=lang,
        )

    def summary(self, *, by: Sequence[str] = (), weight: str | None = None, n_rejected: int = 0) -> Summary:
        return summarise(
            self.contributions,
            self.attributes,
            answers=self.answers,
            units=self.units,
            codebook=CODEBOOK,
            asked=Columns(by=tuple(by), weight=weight),
            n_rejected=n_rejected,
            lang="en",
        )


def make_survey(*rows: Said) -> Survey:
    contributions, units = [], []
    for number, said in enumerate(rows, start=1):
        source, place = "phiếu.xlsx", f"dòng {number + 1}"
        text = "\n".join(unit[0] for unit in said.units)
        contributions.append(
            (number, source, place, said.person, said.question, text, said.person or str(number), said.paragraph, ())
        )
        start = 0
        for piece, themes, stance, probability in said.units:
            end = start + len(piece)
            given = [probability if theme in themes.split(columns.SEPARATOR) else 0.1 for theme in THEMES]
            units.append((len(units) + 1, number, source, place, start, end, piece, themes, stance, *given))
            start = end + 1
    attributes = pd.DataFrame([said.cells for said in rows], index=range(len(rows)), dtype=str).fillna("")
    contributions = pd.DataFrame(contributions, columns=list(columns.CONTRIBUTIONS))
    units = pd.DataFrame(units, columns=[*columns.UNITS, *map(columns.probability, THEMES)])
    units[columns.MODEL_TEXT] = units[columns.TEXT]
    units[[*columns.SURENESS]] = [0.9, 0]
    answers = gather(contributions, attributes, units=units, codebook=CODEBOOK, asked=Columns())
    return Survey(contributions, attributes, units, answers)


def said(themes: str = "", stance: str = "weakness", *, text: str = "Phụ cấp thấp", p: float = 0.9, **known) -> Said:
    return Said([(text, themes, stance, p)], **known)


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return CODEBOOK


@pytest.fixture(scope="session")
def survey() -> Callable[..., Survey]:
    return make_survey


@pytest.fixture(scope="session")
def one() -> Callable[..., Said]:
    """Make a contribution of one unit."""
    return said


@pytest.fixture(scope="session")
def many() -> type[Said]:
    """Make a contribution of any number of units."""
    return Said
