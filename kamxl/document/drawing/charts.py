"""The chart beside a table of years: one stacked column per year, a series per row."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.data_source import StrRef
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
)

from kamxl.document.drawing.looks import FONT
from kamxl.document.drawing.pen import DocumentPen
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import quoted
from kamxl.texts import Text
from kamxl.xlsx.book import address, column_letter

_CENTIMETRES_PER_POINT = 0.0353
_CENTIMETRES_PER_CHARACTER = 0.185


def year_chart(pen: DocumentPen, block: TableBlock, title: Text) -> None:
    """Draw the chart to the right of the table, as high as the table."""
    section = block.section
    years = [f for f in section.fields if f.item.year_offset is not None]
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
        values = Reference(
            pen.sheet, min_col=columns[0], max_col=columns[-1], min_row=row
        )
        series = Series(values, title_from_data=False)
        series.tx = _name(pen, row, name_column)
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.graphicalProperties.line.noFill = True
        chart.series.append(series)
    chart.set_categories(
        Reference(
            pen.sheet, min_col=columns[0], max_col=columns[-1], min_row=block.header_row
        )
    )
    chart.y_axis.numFmt = chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill="E1E5EA", w=6350)
    )
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.legend.position = "r"
    first = max(block.columns.values()) + 1
    sheet = pen.layout.sheet(section.sheet)
    widths = [w for column, w in sheet.widths.items() if column >= first]
    chart.width = sum(widths) * _CENTIMETRES_PER_CHARACTER * 1.03
    rows = range(block.heading_row, block.last_row + 1)
    chart.height = (
        sum(sheet.heights.get(row, 15) for row in rows) * _CENTIMETRES_PER_POINT
    )
    pen.sheet.add_chart(chart, address(block.heading_row, first))


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
