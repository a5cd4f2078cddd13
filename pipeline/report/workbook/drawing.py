"""Native charts of the workbook: bars with intervals, and stances side by side over the full width."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from thamluan.pipeline import columns
from thamluan.pipeline.formulas import storable
from thamluan.pipeline.report.charts import LEAST_LABELLED, axis
from thamluan.pipeline.report.numbers import is_missing
from thamluan.pipeline.report.workbook.cells import cut
from thamluan.pipeline.report.workbook.sheet import Chart, Series, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as NativeChart

# As on the page; in grey print the patterns tell them apart.
FILLS = ("#12436D", "#F08A4B", "#A5D8CC", "#E3E6E9", "#801650", "#B79FE0")
DARK = ("#12436D", "#801650")
HATCH = "#D97538"  # on the second, as on the page
BARS = ("#8FB3D1", "#12436D", "#F08A4B", "#A5D8CC")
INK, LINE, WHISKER = "#1B232B", "#D5DBE1", "#0C2B47"
WIDTH = 900  # pixels
AROUND = 150  # pixels above and below the bars: title, axis, legend
LONGEST_NAME = 250  # UTF-16 units, of a series or a title
BAR, GAP = 16, 14  # pixels of a bar, and between two groups of bars


def draw(book: "Workbook", sheet: Sheet, chart: Chart, *, top: int) -> "NativeChart":
    """Draw a chart of a sheet whose first row of the table is `top`, from 0."""
    native = book.add_chart({"type": "bar", **({"subtype": "percent_stacked"} if chart.is_stacked else {})})
    for number, series in enumerate(chart.series):
        native.add_series(_series(sheet, chart, series, number=number, top=top))
    highs = [high for series in chart.series for high in _highs(sheet, series)]
    end = axis(highs)
    native.set_title({"name": name_of(chart.title), "name_font": {"size": 12, "color": INK}, "overlay": False})
    native.set_y_axis({"reverse": True, "num_font": {"color": INK}, "line": {"color": LINE}, "crossing": "max"})
    native.set_x_axis(
        {
            "name": name_of(chart.axis),
            "name_font": {"bold": False, "color": INK},
            "num_format": "0%",
            "min": 0,
            "max": 1 if chart.is_stacked else end.end,
            "major_unit": 0.2 if chart.is_stacked else end.step,
            "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
            "num_font": {"color": INK},
            "line": {"none": True},
        }
    )
    native.set_legend({"none": True} if len(chart.series) == 1 else {"position": "top"})
    n_bars = 1 if chart.is_stacked else len(chart.series)
    n_categories = max((series.last - series.first + 1 for series in chart.series), default=0)
    native.set_size({"width": WIDTH, "height": AROUND + n_categories * (n_bars * BAR + GAP)})
    return native


def name_of(text: str) -> str:
    """Make a text that is no reference to a cell, and no longer than Excel takes.

    >>> name_of("=A1"), name_of("Tổ 2")
    (' =A1', 'Tổ 2')
    """
    kept = cut(storable(text), LONGEST_NAME)
    return f" {kept}" if kept.startswith("=") else kept


# object: what the library takes, which names its options by texts.
def _series(sheet: Sheet, chart: Chart, series: Series, *, number: int, top: int) -> dict[str, object]:
    first, last = top + series.first, top + series.last

    def cells(column: int) -> list[object]:
        return [sheet.name, first, column, last, column]

    options = {
        "name": name_of(series.name),
        "categories": cells(chart.categories),
        "values": cells(series.values),
        "categories_data": list(map(str, _values(sheet, series, chart.categories))),
        "values_data": _numbers(sheet, series, series.values),
        "gap": round(100 * GAP / BAR / (1 if chart.is_stacked else len(chart.series))),
        "border": {"color": INK, "width": 0.5},
    }
    if chart.is_stacked:
        return {**options, **_segment(number)}
    return {**options, "fill": {"color": BARS[number % len(BARS)]}, **_whiskers(sheet, series, top=top)}


def _segment(number: int) -> dict[str, object]:
    """Fill a piece of a stacked bar, with a pattern where grey print would lose it; small ones have no number."""
    color = FILLS[number % len(FILLS)]
    fill = {"fill": {"color": color}}
    if color == FILLS[1]:
        fill = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": HATCH, "bg_color": color}}
    return {
        **fill,
        "data_labels": {
            "value": True,
            "num_format": f"[>={LEAST_LABELLED}]0%;;",
            "font": {"color": "#FFFFFF" if color in DARK else INK},
        },
    }


def _whiskers(sheet: Sheet, series: Series, *, top: int) -> dict[str, object]:
    """Draw intervals, by the columns that hold their arms."""
    from xlsxwriter.utility import xl_range_formula

    if series.ends is None:
        return {}
    below, above = (
        f"={xl_range_formula(sheet.name, top + series.first, column, top + series.last, column)}"
        for column in series.ends
    )
    return {
        "y_error_bars": {
            "type": "custom",
            "plus_values": above,
            "minus_values": below,
            "plus_data": _numbers(sheet, series, series.ends[1]),
            "minus_data": _numbers(sheet, series, series.ends[0]),
            "line": {"color": WHISKER, "width": 1.25},
        }
    }


def _values(sheet: Sheet, series: Series, column: int) -> pd.Series:
    return sheet.rows.iloc[series.first : series.last + 1, column]


def _numbers(sheet: Sheet, series: Series, column: int) -> list[float | None]:
    return [None if is_missing(number) else float(number) for number in _values(sheet, series, column)]


def _highs(sheet: Sheet, series: Series) -> Sequence[float]:
    return [] if columns.HIGH not in sheet.rows else list(sheet.rows[columns.HIGH][series.first : series.last + 1])
