"""What a report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from thamluan.pipeline.aggregate.summary import Summary
from thamluan.pipeline.settings import DEFAULT_STYLE
from thamluan.pipeline.themes.codebooks.codebook import Codebook


@dataclass(frozen=True)
class Report:
    """Everything that is written.

    `answers` and `units` are answers.csv and units.csv as they are; `rejected` has `columns.REJECTED`. `provenance` is
    run.json as it is, but for the hashes of the files beside it; the page reads `inputs` (each with `source`, `sha256`,
    `rows`), `counts`, `repairs`, `coded_by`, `model` (`name`, `sha256`, `dev` with its figures), `versions` and
    `corrected` from it. `lang` is one of `settings.LANGUAGES`; `style` one of `word_looks.LOOKS`, or the path of a
    template.
    """

    answers: pd.DataFrame
    units: pd.DataFrame
    summary: Summary
    rejected: pd.DataFrame
    codebook: Codebook
    provenance: Mapping[str, object]
    lang: str
    corrections: pd.DataFrame | None = None  # `columns.CORRECTIONS`; None where the codes come from a coder alone
    style: str = DEFAULT_STYLE  # of the Word document
