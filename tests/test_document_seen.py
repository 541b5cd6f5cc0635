"""Merged cells of forms: Excel does not make them grow, so whoever writes more than is seen is told."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from kamxl.document.drawing.validations import TextRoom
from kamxl.document.layout.blocks import FormBlock
from kamxl.document.layout.metrics import height_of
from kamxl.document.vocabulary import Kind
from tests.plan_files import layout_of, template

SENTENCE = "Der Rahmenvertrag für Pumpen und Dichtungen läuft Ende des Jahres aus, und der Einkauf schreibt neu aus. "


@pytest.mark.parametrize("language", ["de", "en"])
def test_texts_longer_than_their_cells_are_asked_about(language: str) -> None:
    """Every text in merged cells of a form has a limit up to which a usual text is seen whole."""
    layout = layout_of("full", language)
    book = load_workbook(io.BytesIO(template("full", language)))
    told = 0
    for sheet in layout.sheets:
        rules = {
            str(rule.sqref): rule
            for rule in book[sheet.name].data_validations.dataValidation
        }
        forms = (block for block in sheet.blocks if isinstance(block, FormBlock))
        parts = (part for form in forms for line in form.lines for part in line.parts)
        for field, _, spot in parts:
            if field.kind is not Kind.NOTE or not spot.merged:
                continue
            cell = book[sheet.name].cell(spot.row, spot.column).coordinate
            rule = rules[cell]
            assert (rule.type, rule.errorStyle) == ("custom", "warning"), cell
            seen = int(rule.formula1.rpartition("<=")[2])
            text = (SENTENCE * 40)[:seen]
            columns = range(spot.column, spot.last_column + 1)
            width = sum(sheet.widths[column] for column in columns)
            assert height_of(text, width, 10) <= sheet.heights[spot.row], cell
            told += 1
    assert told > 5


def test_line_breaks_take_a_line() -> None:
    """The formula counts a line for each line break."""
    room = TextRoom("D7", lines=4, letters=100)
    assert room.seen == 400
    assert room.formula == 'LEN(D7)+100*(LEN(D7)-LEN(SUBSTITUTE(D7,CHAR(10),"")))<=400'
