"""The charts of a report: titled, labelled, in the house colours, and never empty.

The figures behind a chart stand on a hidden sheet, already scaled (thousands, millions) so that an axis shows short
numbers and says its unit. Whoever has no figures draws no chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, BubbleChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.text import Text as ChartText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.styles import FONT, INK, LINE, MUTED, Palette
from kamxl.xlsx.writing import cell_text

__all__ = ["Bubble", "Chartist", "Graph"]

DATA_SHEET = "_charts"


@dataclass(frozen=True)
class Graph:
    """What a bar chart shows: one list of values per series, one value per category."""

    title: str
    category_title: str
    value_title: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    stacked: bool = False
    horizontal: bool = False
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not any(value for _, values in self.series for value in values)


@dataclass(frozen=True)
class Bubble:
    """One account in the portfolio: position and attractiveness (0–100), size, name (empty: not labelled)."""

    name: str
    position: float
    attractiveness: float
    size: float


class Chartist:
    """Writes the figures of charts on the hidden sheet and makes the charts."""

    def __init__(self, sheet: Worksheet, palette: Palette) -> None:
        self.sheet = sheet
        self.palette = palette
        self._row = 1
        sheet.sheet_state = "hidden"

    def bars(
        self, graph: Graph, width: float, height: float, *, colours: Sequence[str] = ()
    ) -> BarChart:
        """A bar or column chart, `width` and `height` in centimetres."""
        chart = BarChart()
        chart.type = "bar" if graph.horizontal else "col"
        if graph.stacked:
            chart.grouping, chart.overlap = "stacked", 100
        else:
            chart.grouping, chart.overlap = "clustered", 0
        chart.gapWidth = 50
        head = self._write(graph)
        count = len(graph.categories)
        wanted = colours or self.palette.series(len(graph.series))
        for index, colour in enumerate(wanted[: len(graph.series)], 2):
            values = Reference(
                self.sheet, min_col=index, min_row=head, max_row=head + count
            )
            series = Series(values, title_from_data=True)
            series.graphicalProperties = GraphicalProperties(solidFill=colour)
            series.graphicalProperties.line.noFill = True
            series.invertIfNegative = False
            chart.series.append(series)
        chart.set_categories(
            Reference(self.sheet, min_col=1, min_row=head + 1, max_row=head + count)
        )
        self._dress(
            chart, graph.title, graph.category_title, graph.value_title, width, height
        )
        chart.y_axis.number_format = _axis_format(graph)
        chart.x_axis.tickLblSkip = 1
        if graph.horizontal:
            chart.x_axis.scaling.orientation = "maxMin"
            chart.y_axis.crosses = "max"
        if len(graph.series) == 1:
            chart.legend = None
        if not graph.stacked:
            chart.dataLabels = _labels(_value_format(graph))
        return chart

    def bubbles(
        self, named: Sequence[Bubble], others: Sequence[Bubble], words: tuple[str, str, str, str],
        cuts: Sequence[float], size: tuple[float, float], scale: int,
    ) -> BubbleChart:  # fmt: skip
        """The portfolio: one labelled series per account in `named`, one for all `others`.

        `words` are the title, both axes' titles and the name of the others; `size` is in centimetres, `scale` the
        bubbles' size in per cent.
        """
        title, across, up, rest = words
        chart = BubbleChart()
        chart.style = 18
        chart.bubbleScale = scale
        chart.sizeRepresents = "area"
        colours = self.palette.series(len(named) + 1)
        groups = [
            (bubble.name, [bubble], colour)
            for bubble, colour in zip(named, colours, strict=False)
        ]
        groups += [(rest, list(others), "A9B2BC")] if others else []
        for name, bubbles, colour in groups:
            chart.series.append(
                self._bubble_series(name, bubbles, colour, labelled=name != rest)
            )
        self._dress(chart, title, across, up, *size)
        chart.legend = None
        for axis in (chart.x_axis, chart.y_axis):
            axis.scaling.min, axis.scaling.max = 0, 100
            axis.majorUnit = (
                50
                if len(cuts) == 1 and cuts[0] == 50
                else 100 / 3
                if len(cuts) == 2
                else 25
            )
            axis.number_format = "0"
            axis.majorGridlines.spPr = GraphicalProperties(
                ln=LineProperties(solidFill="9AA5B1", prstDash="dash")
            )
        return chart

    def _bubble_series(
        self, name: str, bubbles: Sequence[Bubble], colour: str, *, labelled: bool
    ) -> Series:
        sheet, first = self.sheet, self._row
        self._cell(first, 1, name)
        for row, bubble in enumerate(bubbles, first + 1):
            for column, value in enumerate(
                (bubble.position, bubble.attractiveness, bubble.size), 2
            ):
                sheet.cell(row, column, value)
        last = first + len(bubbles)
        self._row = last + 2
        across, up, size = (
            Reference(sheet, min_col=column, min_row=first + 1, max_row=last)
            for column in (2, 3, 4)
        )
        series = Series(values=up, xvalues=across, zvalues=size)
        series.tx = _name_of(sheet.title, first)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line.solidFill = "FFFFFF"
        series.invertIfNegative = False
        if labelled:
            series.dLbls = DataLabelList()
            series.dLbls.showSerName = True
            series.dLbls.showVal = series.dLbls.showLegendKey = (
                series.dLbls.showBubbleSize
            ) = False
            series.dLbls.showCatName = series.dLbls.showPercent = False
            # A name beside a bubble on the right would leave the chart.
            series.dLbls.dLblPos = "l" if bubbles[0].position > 65 else "r"
            series.dLbls.txPr = _text(8, INK)
        return series

    def _write(self, graph: Graph) -> int:
        """Write a graph's figures and return the row of their head."""
        head = self._row
        for column, (name, values) in enumerate(graph.series, 2):
            self._cell(head, column, name)
            for row, value in enumerate(values, head + 1):
                self.sheet.cell(row, column, value).number_format = _value_format(graph)
        for row, category in enumerate(graph.categories, head + 1):
            self._cell(row, 1, category)
        self._row = head + len(graph.categories) + 2
        return head

    def _cell(self, row: int, column: int, text: str) -> None:
        cell = self.sheet.cell(row, column, cell_text(text))
        # Also what looks like a formula stays a text.
        cell.data_type = "s"

    def _dress(
        self, chart: Any, title: str, across: str, up: str, width: float, height: float
    ) -> None:
        """Title, axes, frame and size."""
        chart.width, chart.height = width, height
        chart.title = _title(title, 11, self.palette.accent, bold=True)
        chart.x_axis.title = _title(across, 8, MUTED)
        chart.y_axis.title = _title(up, 8, MUTED)
        for axis in (chart.x_axis, chart.y_axis):
            axis.delete = False
            axis.txPr = _text(8, MUTED)
            axis.graphicalProperties = GraphicalProperties(
                ln=LineProperties(solidFill=LINE)
            )
            axis.majorTickMark = "none"
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(
            ln=LineProperties(solidFill="E4E8ED")
        )
        if chart.legend is not None:
            chart.legend.position = "b"
            chart.legend.txPr = _text(8, MUTED)
        chart.graphical_properties = GraphicalProperties(
            ln=LineProperties(solidFill=LINE), solidFill="FFFFFF"
        )
        chart.roundedCorners = False


def _axis_format(graph: Graph) -> str:
    largest = max(
        (abs(value) for _, values in graph.series for value in values if value),
        default=0.0,
    )
    return "#,##0" if graph.whole or largest >= 10 else "#,##0.0"


def _value_format(graph: Graph) -> str:
    largest = max(
        (abs(value) for _, values in graph.series for value in values if value),
        default=0.0,
    )
    return "#,##0" if graph.whole or largest >= 100 else "#,##0.0"


def _labels(number_format: str) -> DataLabelList:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = (
        labels.showPercent
    ) = False
    labels.numFmt = number_format
    labels.txPr = _text(8, INK)
    return labels


def _name_of(sheet: str, row: int) -> Any:
    return SeriesLabel(strRef=StrRef(f"'{sheet}'!$A${row}"))


def _properties(size: int, colour: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(
        sz=size * 100, b=bold, solidFill=colour, latin=Font(typeface=FONT)
    )


def _text(size: int, colour: str) -> RichText:
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_properties(size, colour)),
        endParaRPr=CharacterProperties(),
    )
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _title(text: str, size: int, colour: str, *, bold: bool = False) -> Title:
    run = RegularTextRun(rPr=_properties(size, colour, bold=bold), t=text)
    look = ParagraphProperties(defRPr=_properties(size, colour, bold=bold))
    title = Title(overlay=False)
    title.tx = _rich(Paragraph(pPr=look, r=[run]))
    return title


def _rich(paragraph: Paragraph) -> Any:
    return ChartText(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph]))
