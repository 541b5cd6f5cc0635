"""The scoring workbook's cards with other inputs, laid out one below the other for a spreadsheet program to work out.

The formulas are the workbook's own templates, filled as it fills them (`kamxl.excel.showcase.card.filled`); only the
places differ, so that some thousand cards fit into one file that is worked out in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from string import Formatter
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.excel.functions.function import FUNCTIONS
from kamxl.excel.showcase import FAMILIES
from kamxl.excel.showcase.card import Card, Grid, Result, Series, Span, filled
from kamxl.xlsx.book import column_letter
from tests.parity_inputs import flat

LANGUAGE = "de"
CHOSEN = {"part", "language"}
"""Arguments that choose what to show of a result."""
Cells = Mapping[str, Any]
"""Column → its cells from top to bottom, single input → its cell."""


@dataclass(frozen=True)
class Question:
    """One native formula of a card, and the same question as arguments of the function."""

    function: str
    part: str
    """In English; empty where the function shows but one thing."""
    arguments: dict[str, Any]
    item: int
    """Which cell of the function's answer is meant, from 0; -1 for a single value."""
    address: str


def cards() -> dict[str, tuple[Card, list[Result]]]:
    """Each function with its card and its results there; functions without a native formula are absent."""
    found: dict[str, tuple[Card, list[Result]]] = {}
    for card in (card for family in FAMILIES for card in family.cards):
        for result in card.results:
            asked = udf_of(result)
            for function in FUNCTIONS:
                if f"{function}(" in asked:
                    found.setdefault(function, (card, []))[1].append(result)
    return found


def udf_of(result: Result) -> str:
    """The template of the function's call."""
    return result.udf if isinstance(result.udf, str) else result.udf(LANGUAGE)


def argument_places(result: Result, function: str) -> dict[str, str]:
    """What each argument of the function's call is in the card: a place, a literal, or nothing."""
    inside = udf_of(result).partition(f"{function}(")[2].partition(")")[0]
    names = (parameter.name for parameter in FUNCTIONS[function].parameters)
    return dict(zip(names, inside.split(","), strict=False))


def rows_of(
    card: Card, results: Sequence[Result], function: str, arguments: Mapping[str, Any]
) -> Cells | None:
    """The card's inputs that put these arguments to the function; None where the card cannot say them.

    A truth value is no input here: to LibreOffice it is the number 1, which for Excel it is not.
    """
    asked = [
        (name, place)
        for result in results
        for name, place in argument_places(result, function).items()
        if place
    ]
    if not arguments.keys() - CHOSEN <= {name for name, _ in asked}:
        return None
    inputs: dict[str, Any] = {}
    for name, place in asked:
        if (
            name in arguments.keys() - CHOSEN
            and place.startswith("{")
            and not put(card, inputs, place, arguments[name])
        ):
            return None
    return complete(card, inputs)


def put(card: Card, inputs: dict[str, Any], place: str, content: Any) -> bool:
    """Enter the content at a place of the card; False where its shape does not fit."""
    columns = {column.key for column in card.table.columns}
    key, _, index = place.strip("{}").partition("[")
    if ":" in place:  # a block of columns
        keys = [column.key for column in card.table.columns if not column.formula]
        fits = isinstance(content, list) and all(
            isinstance(row, list) and len(row) == len(keys) for row in content
        )
        fits = fits and not any(one is True for one in flat(content))
        if fits:
            inputs |= {key: [row[i] for row in content] for i, key in enumerate(keys)}
        return fits
    if isinstance(content, list) != (key in columns and not index) or any(
        one is True for one in flat(content)
    ):
        return False
    if key == "row":
        inputs[index.rstrip("]")] = [content]
    elif index:
        inputs.setdefault(key, [None] * len(card.table.names))[
            int(index.rstrip("]"))
        ] = content
    else:
        inputs[key] = content
    return True


def complete(card: Card, inputs: dict[str, Any]) -> Cells | None:
    """All inputs of the card, blank where nothing is said; None where the number of rows does not fit."""
    lengths = {len(content) for content in inputs.values() if isinstance(content, list)}
    fixed = card.working is not None or any(
        "[" in udf_of(result).replace("{row[", "") for result in card.results
    )
    if len(lengths) > 1 or (fixed and lengths - {len(card.table.names)}):
        return None
    rows = max(lengths, default=0)
    blank = {
        column.key: [None] * rows for column in card.table.columns if not column.formula
    }
    return blank | {parameter.key: None for parameter in card.parameters} | inputs


class Sheet:
    """One sheet with many cards of one function: inputs from column C on, the formulas to be compared in column A."""

    def __init__(
        self, book: Workbook, function: str, card: Card, results: Sequence[Result]
    ) -> None:
        self.sheet: Worksheet = book.create_sheet(function)
        self.function, self.card, self.results = function, card, results
        self._answers = count(1)
        self._top = 1

    def add(self, inputs: Cells) -> Iterator[Question]:
        """Lay out the card with these inputs; yields its formulas."""
        rows = max(
            (len(content) for content in inputs.values() if isinstance(content, list)),
            default=0,
        )
        places: dict[str, object] = {}
        self._top += self._parameters(inputs, places)
        tables = [
            (self.card.table, rows),
            *([(w, len(w.names))] if (w := self.card.working) else []),
        ]
        tops = []
        for table, height in tables:
            tops.append(self._top)
            places |= {c.key: Span(column_letter(3 + i), self._top, self._top + height - 1)
                       for i, c in enumerate(table.columns)}  # fmt: skip
            self._top += height
        for (table, height), top in zip(tables, tops, strict=True):
            self._table(table, top, height, inputs, places)
        for result in self.results:
            for row in range(rows if result.per_row else 1):
                yield self._question(result, row, inputs, places)

    def _parameters(self, inputs: Cells, places: dict[str, object]) -> int:
        for index, parameter in enumerate(self.card.parameters):
            places[parameter.key] = f"$C${self._top + index}"
            enter(self.sheet, self._top + index, 3, inputs[parameter.key])
        return len(self.card.parameters)

    def _table(
        self,
        table: Grid,
        top: int,
        height: int,
        inputs: Cells,
        places: Mapping[str, object],
    ) -> None:
        for place, column in enumerate(table.columns, start=3):
            for index in range(height):
                if column.formula:
                    formula = computed(column, index, places)
                    self.sheet.cell(top + index, place, f"={formula}")
                else:
                    enter(self.sheet, top + index, place, inputs[column.key][index])

    def _question(
        self, result: Result, row: int, inputs: Cells, places: Mapping[str, object]
    ) -> Question:
        answer = next(self._answers)
        known = cells_of_row(places, row) if result.per_row else None
        native = filled(
            result.native, places, LANGUAGE, row=known, number=row + 1, part=result.part
        )
        self.sheet.cell(answer, 1, f"={native}")
        asked = argument_places(result, self.function)
        said = {
            name: said_at(place, inputs, row)
            for name, place in asked.items()
            if place and name not in CHOSEN
        }
        item = row if udf_of(result).startswith("INDEX(") else -1
        return Question(
            self.function,
            result.part.en if result.part else "",
            said,
            item,
            f"A{answer}",
        )


def computed(column: Series, index: int, places: Mapping[str, object]) -> str:
    """The formula of a computed column in one of its rows."""
    lines = column.formula.split("\n")
    return filled(
        lines[index % len(lines)], places, LANGUAGE, row=cells_of_row(places, index)
    )


def cells_of_row(places: Mapping[str, object], index: int) -> dict[str, str]:
    """The cells of one row by column."""
    return {key: area[index] for key, area in places.items() if isinstance(area, Span)}


def said_at(place: str, inputs: Cells, row: int) -> Any:
    """What stands at a place of the card."""
    if place == "TRUE":
        return True
    if place.startswith('"'):
        return place.strip('"')
    if ":" in place:
        return [
            list(cells) for cells in zip(*(inputs[key] for key in inputs), strict=True)
        ]
    own = {
        key: content[row]
        for key, content in inputs.items()
        if isinstance(content, list) and row < len(content)
    }
    return Formatter().get_field(place.strip("{}"), (), {**inputs, "row": own})[0]


def enter(sheet: Worksheet, row: int, column: int, content: Any) -> None:
    """Write a cell as a person would have: a blank text is a text, an error an error value."""
    if isinstance(content, dict):
        cell = sheet.cell(row, column, content["error"])
        cell.data_type = "e"
    elif content is not None and content != "":
        cell = sheet.cell(row, column, content)
        if isinstance(content, str):
            cell.data_type = "s"
