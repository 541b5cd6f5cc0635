"""The charts of a report: titled, labelled, in the house colours, and never empty.

The figures behind a chart stand on a hidden sheet, already scaled (thousands, millions) so that an axis shows short
numbers and says its unit. Whoever has no figures draws no chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from openpyxl.chart import BarChart, BubbleChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
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

from kamxl.document.drawing.charts import category_names, place_chart
from kamxl.document.drawing.colours import INK, LINE, MUTED, WHITE, Palette
from kamxl.document.drawing.looks import FONT
from kamxl.document.drawing.pen import put
from kamxl.document.layout.grid import TEXT_SIZE, Spot
from kamxl.document.layout.layout import quoted
from kamxl.document.layout.metrics import text_width
from kamxl.portfolio.data.graphs import Bubble, BubbleMatrix, Graph
from kamxl.portfolio.pages.labels import Label, Plot, Spotted, place_labels

DATA_SHEET = "_charts"
GREY = "A9B2BC"
_COLOURED = 12  # of the bubbles with names; more colours cannot be told apart
_BUBBLE_SCALE = 100  # the size at which other programs draw them in any case
_MOST_FOR_NAMES = 0.45  # of a chart's width
_LEGEND = 16.0  # points
_LABELLED = (
    "showVal",
    "showSerName",
    "showCatName",
    "showLegendKey",
    "showPercent",
    "showBubbleSize",
)


class Frame(NamedTuple):
    """The cells that a chart covers, and how wide and high they are in points."""

    spot: Spot
    width: float
    height: float


class _Around(NamedTuple):
    """What lies between the edge of a chart and its plot, in points."""

    left: float
    top: float
    right: float
    bottom: float


_AROUND = _Around(left=44.0, top=34.0, right=14.0, bottom=38.0)


class Chartist:
    """Writes the figures of charts on the hidden sheet and makes the charts."""

    def __init__(self, sheet: Worksheet, palette: Palette) -> None:
        self.sheet = sheet
        self.palette = palette
        self._row = 1
        sheet.sheet_state = "hidden"

    def bars(
        self,
        sheet: Worksheet,
        frame: Frame,
        graph: Graph,
        *,
        colours: Sequence[str] = (),
    ) -> None:
        """Draw a bar or column chart in its frame."""
        chart = BarChart()
        chart.type = "bar" if graph.horizontal else "col"
        chart.grouping = "stacked" if graph.stacked else "clustered"
        chart.overlap = 100 if graph.stacked else 0
        chart.gapWidth = 50
        head = self._write(graph)
        last = head + len(graph.bars)
        wanted = colours or self.palette.series(len(graph.series))
        for index, colour in enumerate(wanted[: len(graph.series)], 2):
            values = self._cells(index, head, last)
            series = Series(values, title_from_data=True)
            series.graphicalProperties = GraphicalProperties(solidFill=colour)
            series.graphicalProperties.line.noFill = True
            series.invertIfNegative = False
            series.cat = category_names(self._cells(1, head + 1, last))
            chart.series.append(series)
        titles = (graph.title, graph.category_title, graph.value_title)
        self._dress(chart, titles)
        chart.y_axis.number_format = _number_format(graph, 10)
        chart.x_axis.tickLblSkip = 1
        if graph.horizontal:
            chart.x_axis.scaling.orientation = "maxMin"
            chart.y_axis.crosses = "max"
            _inside(chart, frame, _around_bars(graph, frame))
        if len(graph.series) == 1:
            chart.legend = None
        if not graph.stacked:
            chart.dataLabels = _labels("showVal", _number_format(graph, 100))
        place_chart(sheet, chart, frame.spot, graph.title, graph.description)

    def bubbles(self, sheet: Worksheet, frame: Frame, matrix: BubbleMatrix) -> None:
        """Draw the portfolio in its frame."""
        chart = BubbleChart()
        chart.style = 18
        chart.bubbleScale = _BUBBLE_SCALE
        chart.sizeRepresents = "area"
        colours = [*self.palette.series(_COLOURED), *[GREY] * len(matrix.named)]
        labels = _bubble_labels(matrix, _inside(chart, frame, _AROUND))
        for bubble, label, colour in zip(matrix.named, labels, colours, strict=False):
            series = self._bubble_series(label.text or bubble.name, [bubble], colour)
            if label.text:
                ink = WHITE if label.inside else INK
                series.dLbls = _labels("showSerName", colour=ink)
                series.dLbls.dLblPos = label.side.value
            chart.series.append(series)
        if matrix.others:
            rest = self._bubble_series(matrix.rest, matrix.others, GREY)
            chart.series.append(rest)
        titles = (matrix.title, matrix.position_title, matrix.attractiveness_title)
        self._dress(chart, titles)
        chart.legend = None
        for axis in (chart.x_axis, chart.y_axis):
            axis.scaling.min, axis.scaling.max = 0, 100
            axis.majorUnit = _grid_step(matrix.cuts)
            axis.number_format = "0"
            axis.majorGridlines.spPr = GraphicalProperties(
                ln=LineProperties(solidFill="9AA5B1", prstDash="dash")
            )
        place_chart(sheet, chart, frame.spot, matrix.title, matrix.description)

    def _bubble_series(
        self, name: str, bubbles: Sequence[Bubble], colour: str
    ) -> Series:
        """A series of bubbles, its figures written on the hidden sheet."""
        first, last = self._row, self._row + len(bubbles)
        put(self.sheet.cell(first, 1), name)
        for row, bubble in enumerate(bubbles, first + 1):
            figures = (bubble.position, bubble.attractiveness, bubble.size)
            for column, value in enumerate(figures, 2):
                self.sheet.cell(row, column, value)
        self._row = last + 2
        across, up, size = (self._cells(c, first + 1, last) for c in (2, 3, 4))
        series = Series(values=up, xvalues=across, zvalues=size)
        label = StrRef(f"{quoted(self.sheet.title)}!$A${first}")
        series.tx = SeriesLabel(strRef=label)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line.solidFill = WHITE
        series.invertIfNegative = False
        return series

    def _cells(self, column: int, first: int, last: int) -> Reference:
        """Cells of the hidden sheet, one below the other."""
        return Reference(self.sheet, min_col=column, min_row=first, max_row=last)

    def _write(self, graph: Graph) -> int:
        """Write a graph's figures and return the row of their head."""
        head, shown = self._row, _number_format(graph, 100)
        for column, name in enumerate(graph.series, 2):
            put(self.sheet.cell(head, column), name)
        for row, bar in enumerate(graph.bars, head + 1):
            put(self.sheet.cell(row, 1), bar.name)
            for column, value in enumerate(bar.values, 2):
                self.sheet.cell(row, column, value).number_format = shown
        self._row = head + len(graph.bars) + 2
        return head

    def _dress(self, chart: Any, titles: tuple[str, str, str]) -> None:
        """Titles (of the chart, of the axes), axes and frame."""
        title, across, up = titles
        chart.title = _title(title, 11, self.palette.accent, bold=True)
        chart.x_axis.title = _title(across, TEXT_SIZE, MUTED)
        chart.y_axis.title = _title(up, TEXT_SIZE, MUTED)
        for axis in (chart.x_axis, chart.y_axis):
            axis.delete = False
            axis.txPr = _text(TEXT_SIZE, MUTED)
            axis.graphicalProperties = GraphicalProperties(
                ln=LineProperties(solidFill=LINE)
            )
            axis.majorTickMark = "none"
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(
            ln=LineProperties(solidFill="E4E8ED")
        )
        if chart.legend is not None:
            chart.legend.position = "b"
            chart.legend.txPr = _text(TEXT_SIZE, MUTED)
        chart.graphical_properties = GraphicalProperties(
            ln=LineProperties(solidFill=LINE), solidFill=WHITE
        )
        chart.roundedCorners = False


def _bubble_labels(matrix: BubbleMatrix, plot: Plot) -> list[Label]:
    """What is written beside the bubbles that have names."""
    largest = max((each.size for each in matrix.named), default=1.0)
    spotted = [
        Spotted(
            each.name,
            str(each.number),
            each.position,
            each.attractiveness,
            each.size / largest,
        )
        for each in matrix.named
    ]
    return place_labels(spotted, plot)


def _around_bars(graph: Graph, frame: Frame) -> _Around:
    """Room for the names beside horizontal bars, so that each is read on one line."""
    longest = max(text_width(bar.name, TEXT_SIZE) for bar in graph.bars)
    left = min(longest + _AROUND.left, frame.width * _MOST_FOR_NAMES)
    bottom = _AROUND.bottom + _LEGEND * (len(graph.series) > 1)
    return _AROUND._replace(left=left, bottom=bottom)


def _inside(chart: Any, frame: Frame, around: _Around) -> Plot:
    """Give the plot of a chart the room between its titles, and return that."""
    width = frame.width - around.left - around.right
    height = frame.height - around.top - around.bottom
    chart.layout = Layout(
        ManualLayout(
            layoutTarget="inner",
            xMode="edge",
            yMode="edge",
            x=around.left / frame.width,
            y=around.top / frame.height,
            w=width / frame.width,
            h=height / frame.height,
        )
    )
    return Plot(width, height)


def _number_format(graph: Graph, whole_from: float) -> str:
    """How a graph's values are shown: with a decimal while all of them are smaller than `whole_from`."""
    whole = graph.whole or graph.largest >= whole_from
    return "#,##0" if whole else "#,##0.0"


def _grid_step(cuts: Sequence[float]) -> float:
    """How far the grid lines of the portfolio are apart, so that some of them are its limits."""
    if len(cuts) == 2:
        return 100 / 3
    return 50 if tuple(cuts) == (50,) else 25


def _labels(
    shown: str, number_format: str | None = None, colour: str = INK
) -> DataLabelList:
    """Labels that show one thing: ``showVal`` or ``showSerName``."""
    labels = DataLabelList(numFmt=number_format, txPr=_text(TEXT_SIZE, colour))
    for name in _LABELLED:
        setattr(labels, name, name == shown)
    return labels


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
