"""A family of functions → one sheet: cards one below the other, inputs on the left, results on the right.

Every result stands three times in its row: as a native formula, as the KAM function, and as the comparison of both.
The KAM cell holds the real formula; without the add-in Excel cannot know the function, and the cell shows a dash.
"""

from __future__ import annotations

import math
import re

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from kamxl.document.drawing.colours import GREEN, GREEN_FILL, RED, RED_FILL
from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.pen import Formula, Pen
from kamxl.document.formulas.terms import literal
from kamxl.document.layout.grid import TEXT_SIZE, Spot
from kamxl.document.layout.metrics import height_of
from kamxl.document.vocabulary import Kind
from kamxl.excel import udf  # noqa: F401 - fills the register of functions
from kamxl.excel.functions.function import FUNCTIONS
from kamxl.excel.line import draw_line
from kamxl.excel.showcase.card import (
    Card,
    Family,
    Grid,
    Input,
    Result,
    Series,
    Shape,
    Span,
    filled,
)
from kamxl.texts import Text
from kamxl.xlsx.book import address, column_letter

LAST = 13
_NAME, _INPUTS, _LABEL, _NATIVE, _ANSWER, _AGREES, _CODE = 2, 3, 9, 10, 11, 12, 13
WIDTHS = {
    1: 2,
    2: 22,
    **dict.fromkeys(range(3, 8), 10.9),
    8: 1.5,
    9: 22,
    10: 12.5,
    11: 12.5,
    12: 13.5,
    13: 35,
}
_LINE, _ONE_LINE = 15.0, 17.0
_TEXT_WIDTH = 130
_CODE_WIDTH = 31
MISSING = "–"

BANNER_READY = Text(
    "Das Add-in ist geladen: Die Spalte „KAM-Funktion“ rechnet mit, „Vergleich“ zeigt, ob beide dasselbe sagen.",
    "The add-in is loaded: the column “KAM function” works, “Comparison” shows whether both say the same.",
)
BANNER_ABSENT = Text(
    "Das Add-in ist nicht geladen: In der Spalte „KAM-Funktion“ steht ein Strich. Die Excel-Formeln rechnen trotzdem.",
    "The add-in is not loaded: the column “KAM function” shows a dash. The Excel formulas work all the same.",
)
AGREES = Text("stimmt überein", "agrees")
DIFFERS = Text("weicht ab", "differs")
_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_TOPICS = (
    (Text("Aufruf", "Call"), ""),
    (Text("Formel", "Formula"), "definition"),
    (Text("Wertebereich", "Range"), "scale"),
    (Text("Lücken und Grenzen", "Gaps and limits"), "missing"),
    (Text("Quelle", "Source"), "source"),
)
_HEADS = (
    (_LABEL, Text("Ergebnis", "Result"), Kind.TEXT),
    (_NATIVE, Text("Excel-Formel", "Excel formula"), Kind.SCORE),
    (_ANSWER, Text("KAM-Funktion", "KAM function"), Kind.SCORE),
    (_AGREES, Text("Vergleich", "Comparison"), Kind.SCORE),
    (_CODE, Text("So steht es in der Zelle", "As typed into a cell"), Kind.TEXT),
)


def banner(language: str) -> Formula:
    """The formula that says whether the add-in is there."""
    ready, absent = (
        literal(BANNER_READY[language]),
        literal(BANNER_ABSENT[language]),
    )
    return Formula(f"=IFERROR(IF(KAM_GROWTH(100,130)>0,{ready},{absent}),{absent})")


def draw_family(pen: Pen, family: Family, top: int) -> list[int]:
    """Draw all cards from the row `top` on; returns the first row of each, and the row after the last."""
    starts = []
    row = top
    for card in family.cards:
        starts.append(row)
        row = _Drawing(pen, card, row).draw() + 1
    _colour(pen, top, row)
    return [*starts, row]


class _Drawing:
    """One card being drawn, with the place of every input that is known so far."""

    def __init__(self, pen: Pen, card: Card, row: int) -> None:
        self.pen = pen
        self.language = pen.language
        self.card = card
        self.row = row
        self.places: dict[str, object] = {}
        self.rows: list[dict[str, str]] = []

    def draw(self) -> int:
        """Draw the card; returns the first row below it."""
        self._head()
        first = self.row
        below_inputs = self._inputs(first)
        below_results = self._results(first)
        return max(below_inputs, below_results)

    def _head(self) -> None:
        card = self.card
        title = f"{' · '.join(card.functions)}   {card.title[self.language]}"
        draw_line(self.pen, self.row, title, CellRole.HEADING, 20, LAST)
        self.row += 1
        self.pen.height(self.row, 4)
        for label, attribute in _TOPICS:
            self.row += 1
            self.pen.write(Spot(self.row, _NAME), label[self.language], CellRole.TOPIC)
            if attribute:
                text, role = getattr(card, attribute)[self.language], CellRole.TEXT
            else:
                calls = (call_text(name, self.language) for name in card.functions)
                text, role = "\n".join(calls), CellRole.CALL
            self.pen.write(Spot(self.row, _INPUTS, last_column=LAST), text, role)
            lines = sum(math.ceil(len(line) / _TEXT_WIDTH) for line in text.split("\n"))
            self.pen.height(self.row, _LINE * lines)
        self.row += 2
        self.pen.height(self.row - 1, 5)

    def _inputs(self, row: int) -> int:
        """Table, single inputs and working table; returns the row below."""
        table = self.card.table
        if table.columns:
            self.rows = self._place(table, row)
        below = row + 1 + len(table.names) if table.columns else row
        for parameter in self.card.parameters:
            self.places[parameter.key] = f"${column_letter(_INPUTS)}${below}"
            self.pen.write(
                Spot(below, _NAME), parameter.label[self.language], CellRole.LABEL
            )
            self._enter(below, _INPUTS, parameter.value, parameter.shape)
            below += 1
        working = self.card.working
        if working is not None:
            below += 1
            self._draw_table(working, below, self._place(working, below))
            below += 1 + len(working.names)
        if table.columns:
            self._draw_table(table, row, self.rows)
        return below

    def _place(self, table: Grid, row: int) -> list[dict[str, str]]:
        """Where the columns of a table stand; returns the cells of each row by column."""
        last = row + len(table.names)
        cells: list[dict[str, str]] = [{} for _ in table.names]
        for place, column in enumerate(table.columns, start=_INPUTS):
            area = Span(column_letter(place), row + 1, last)
            self.places[column.key] = area
            for index, known in enumerate(cells):
                known[column.key] = area[index]
        return cells

    def _draw_table(self, table: Grid, row: int, cells: list[dict[str, str]]) -> None:
        pen, language = self.pen, self.language
        self._head_cell(row, _NAME, table.subject, Kind.TEXT)
        for index, name in enumerate(table.names, start=1):
            pen.write(Spot(row + index, _NAME), name[language], CellRole.LABEL)
        for place, column in enumerate(table.columns, start=_INPUTS):
            self._head_cell(row, place, column.label, Kind.SCORE)
            lines = column.formula.split("\n")
            for index, known in enumerate(cells):
                here = row + 1 + index
                if column.formula:
                    line = lines[index % len(lines)]
                    formula = filled(line, self.places, language, row=known)
                    pen.write(
                        Spot(here, place),
                        Formula(f"={formula}"),
                        CellRole.FIGURE,
                        column.shape,
                    )
                else:
                    self._enter(here, place, column.values[index], column.shape)
            if column.options:
                self._offer(column, row + 1, row + len(table.names), place)

    def _enter(self, row: int, column: int, value: Input, shape: Shape) -> None:
        shown = value[self.language] if isinstance(value, Text) else value
        self.pen.write(Spot(row, column), shown, CellRole.FIELD, shape)
        if isinstance(shown, str):
            self._make_room(row, column, shown)

    def _head_cell(self, row: int, column: int, text: Text, kind: Kind) -> None:
        """The head of a column."""
        head = text[self.language]
        self.pen.write(Spot(row, column), head, CellRole.HEADER, kind)
        self._make_room(row, column, head)

    def _make_room(self, row: int, column: int, text: str) -> None:
        """Make a row higher where a text takes more than one line."""
        needed = height_of(
            text, WIDTHS[column], TEXT_SIZE, indented=column in (_NAME, _CODE)
        )
        drawn = self.pen.sheet.row_dimensions[row].height or _LINE
        if needed > max(drawn, _ONE_LINE):
            self.pen.height(row, needed)

    def _offer(self, column: Series, first: int, last: int, place: int) -> None:
        choices = ",".join(option[self.language] for option in column.options)
        rule = DataValidation(
            type="list",
            formula1=f'"{choices}"',
            allow_blank=True,
            showErrorMessage=True,
        )
        rule.add(f"{address(first, place)}:{address(last, place)}")
        self.pen.sheet.add_data_validation(rule)

    def _results(self, row: int) -> int:
        for place, label, kind in _HEADS:
            self._head_cell(row, place, label, kind)
        below = row + 1
        for result in self.card.results:
            for index in range(len(self.card.table.names) if result.per_row else 1):
                self._result(below, result, index)
                below += 1
        return below

    def _result(self, row: int, result: Result, index: int) -> None:
        label = result.label[self.language]
        known = self.rows[index] if result.per_row else None
        if result.per_row:
            label = f"{label}: {self.card.table.names[index][self.language]}"
        native, asked = (
            filled(
                template,
                self.places,
                self.language,
                row=known,
                number=index + 1,
                part=result.part,
            )
            for template in (result.native, result.udf)
        )
        pen = self.pen
        pen.write(Spot(row, _LABEL), label, CellRole.LABEL)
        pen.write(
            Spot(row, _NATIVE), Formula(f"={native}"), CellRole.FIGURE, result.shape
        )
        if not asked:
            for place in (_ANSWER, _AGREES, _CODE):
                pen.write(Spot(row, place), None, CellRole.AGREES)
            return
        pen.write(
            Spot(row, _ANSWER),
            Formula(f"=IFERROR({asked},{literal(MISSING)})"),
            CellRole.ANSWER,
            result.shape,
        )
        pen.write(Spot(row, _AGREES), self._comparison(row), CellRole.AGREES)
        code = _as_typed(f"={asked}", self.language)
        pen.write(Spot(row, _CODE), code, CellRole.CODE)
        lines = max(math.ceil(len(code) / _CODE_WIDTH), math.ceil(len(label) / 22))
        pen.height(row, max(_LINE, 13.0 * lines + 3))

    def _comparison(self, row: int) -> Formula:
        native, answer = address(row, _NATIVE), address(row, _ANSWER)
        same, other = (literal(word[self.language]) for word in (AGREES, DIFFERS))
        # In desktop Excel the function's errors arrive as texts.
        errors = ",".join(map(literal, _ERRORS))
        told = f'IFERROR(CHOOSE(ERROR.TYPE({native}),{errors}),"")'
        failed = f"IF({told}={answer},{same},{other})"
        close = f"IF(ABS({native}-{answer})<=1E-9*MAX(1,ABS({native})),{same},{other})"
        equal = f'IF(OR({native}={answer},AND({native}="",LEFT({answer},1)="#")),{same},{other})'
        numbers = f"AND(ISNUMBER({native}),ISNUMBER({answer}))"
        compared = f"IF(ISERROR({native}),{failed},IF({numbers},{close},{equal}))"
        return Formula(f'=IF({answer}={literal(MISSING)},"",{compared})')


def _colour(pen: Pen, first: int, last: int) -> None:
    """Green where both faces of a score agree, red where they do not."""
    place = f"{address(first, _AGREES)}:{address(last, _AGREES)}"
    for word, ink, fill in ((AGREES, GREEN, GREEN_FILL), (DIFFERS, RED, RED_FILL)):
        test = f"{column_letter(_AGREES)}{first}={literal(word[pen.language])}"
        background = PatternFill("solid", start_color=fill, end_color=fill)
        pen.sheet.conditional_formatting.add(
            place, FormulaRule([test], font=Font(color=ink), fill=background)
        )


def call_text(function: str, language: str) -> str:
    """Name and arguments of a function, optional ones in brackets."""
    return FUNCTIONS[function].signature.replace(
        "; ", "; " if language == "de" else ", "
    )


_NUMBER = re.compile(r"(?<=\d)\.(?=\d)")


def _as_typed(formula: str, language: str) -> str:
    """A formula as a user types it, in a German Excel with semicolons, decimal commas and German names."""
    formula = formula.replace("$", "")
    if language != "de":
        return formula
    parts = formula.split('"')
    for index in range(0, len(parts), 2):
        separated = _NUMBER.sub(",", parts[index].replace(",", ";"))
        parts[index] = separated.replace("TRUE", "WAHR")
    return '"'.join(parts)
