"""Charts in a workbook: where one stands, what it is for those who cannot see it, and the one beside a table of years.

A chart covers cells from corner to corner, so that it neither covers its neighbours nor is torn on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.text import Text as ChartText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import (
    AnchorMarker,
    TwoCellAnchor,
)
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document import wording
from kamxl.document.drawing.looks import FONT
from kamxl.document.drawing.pen import DocumentPen
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.grid import Spot
from kamxl.document.layout.layout import quoted
from kamxl.texts import Text
from kamxl.xlsx.book import column_letter


class _DescribedPlace(TwoCellAnchor):  # type: ignore[misc]
    """Cells that a chart covers, with its name and what a screen reader says of it; openpyxl knows neither."""

    tagname = TwoCellAnchor.tagname
    __elements__ = TwoCellAnchor.__elements__
    __attrs__ = TwoCellAnchor.__attrs__

    def __init__(self, spot: Spot, name: str, description: str) -> None:
        last_column, last_row = spot.last_column, spot.last_row
        start = AnchorMarker(col=spot.column - 1, row=spot.row - 1)
        super().__init__("oneCell", start, AnchorMarker(col=last_column, row=last_row))
        self._said = name, description

    def to_tree(self, *names: Any, **further: Any) -> Any:
        """The anchor as XML."""
        drawn = self.graphicFrame.nvGraphicFramePr.cNvPr
        drawn.name, drawn.descr = self._said
        return super().to_tree(*names, **further)


def place_chart(
    sheet: Worksheet, chart: Any, spot: Spot, name: str, description: str
) -> None:
    """Put a chart over the cells of a spot.

    Args:
        sheet: the sheet.
        chart: an openpyxl chart.
        spot: the cells it covers.
        name: what it is called among the objects of the sheet.
        description: its alternative text.
    """
    sheet.add_chart(chart)
    chart.anchor = _DescribedPlace(spot, name, description)


def category_names(cells: Reference | str) -> AxDataSource:
    """Cells that name the categories of a chart; openpyxl would take them for numbers."""
    return AxDataSource(strRef=StrRef(str(cells)))


def year_chart(pen: DocumentPen, block: TableBlock, title: Text) -> None:
    """Draw the chart to the right of the table, as high as the table."""
    section = block.section
    # A column without a total, such as a part of a year, is no year of its own.
    dated = [f for f in section.fields if f.item.year_offset is not None]
    years = [field for field in dated if field.key in section.totals]
    columns = [block.columns[year.key] for year in years]
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = (
        "col",
        "stacked",
        100,
        60,
    )
    chart.title = _title(title[pen.language])
    name_column = (
        block.columns[section.editable]
        if section.editable
        else block.label_column or min(columns)
    )
    for index, colour in enumerate(pen.stylist.palette.series(section.count)):
        row = block.first_row + index
        figures = NumDataSource(numRef=NumRef(f=_across(pen, row, columns)))
        series = Series(val=figures, tx=_name(pen, row, name_column))
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line.noFill = True
        chart.series.append(series)
    names = _across(pen, block.header_row, columns)
    for series in chart.series:
        series.cat = category_names(names)
    chart.y_axis.numFmt = chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill="E1E5EA", w=6350)
    )
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.txPr = _upright()
    chart.legend.position = "r"
    first = max(block.columns.values()) + 1
    last = pen.layout.sheet(section.sheet).last_column
    spot = Spot(block.heading_row, first, block.last_row, last)
    text = title[pen.language]
    described = wording.CHART[pen.language].format(
        title=text,
        first=years[0].printed(pen.language),
        last=years[-1].printed(pen.language),
    )
    place_chart(pen.sheet, chart, spot, text, described)


def _across(pen: DocumentPen, row: int, columns: Sequence[int]) -> str:
    """The cells of a row in some columns, as a chart refers to them: ``('Plan'!$D$9:$F$9,'Plan'!$H$9:$I$9)``."""
    areas: list[tuple[int, int]] = []
    for column in columns:
        first, last = areas[-1] if areas else (column, column)
        if last == column - 1:
            areas[-1] = first, column
        else:
            areas.append((column, column))
    sheet = quoted(pen.sheet.title)
    written = [
        f"{sheet}!${column_letter(first)}${row}:${column_letter(last)}${row}"
        for first, last in areas
    ]
    return written[0] if len(written) == 1 else f"({','.join(written)})"


def _upright() -> RichText:
    """Names of categories in lines below each other; they are turned and hard to read where one is long."""
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=CharacterProperties(sz=1000)))
    return RichText(bodyPr=RichTextProperties(rot=0, vert="horz"), p=[paragraph])


def _title(text: str) -> Title:
    """A chart's title in the size of a section heading; left to itself it comes out far larger."""
    look = CharacterProperties(
        sz=1100, b=True, solidFill="1F2933", latin=Font(typeface=FONT)
    )
    run = RegularTextRun(rPr=look, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=ChartText(rich=RichText(p=[paragraph])), overlay=False)


def _name(pen: DocumentPen, row: int, column: int) -> SeriesLabel:
    """A series named after the cell that holds the row's name."""
    cell = f"{quoted(pen.sheet.title)}!${column_letter(column)}${row}"
    return SeriesLabel(strRef=StrRef(cell))
