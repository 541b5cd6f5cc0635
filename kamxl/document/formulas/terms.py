"""The words that formulas are made of: references, limits, and tests that no entry can break.

All tests compare instead of calculating, because a comparison never fails: to a spreadsheet program every text is
larger than every number, so ``(A1<=5)`` is false for a text and ``(A1>=1)*(A1<=5)`` true for a number on the scale.
Sums over conditions are `SUMPRODUCT` with comma-separated ranges, which take a text as 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain

from kamxl.document.keys import LISTS_SHEET
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import Layout, quoted
from kamxl.document.paths import Pattern
from kamxl.document.schema import FieldSpec, FormSpec, Part, TableSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.book import address, column_letter

EMPTY = '""'
NUMERIC = frozenset(
    {
        Kind.MONEY,
        Kind.NUMBER,
        Kind.INTEGER,
        Kind.PERCENT,
        Kind.DATE,
        Kind.SCORE,
        Kind.IMPORTANCE,
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_FIRST_DAY = dt.date(
    1899, 12, 30
)  # the day 0 of a workbook's dates, as seen from after February 1900


class Terms:
    """References as they are written on one sheet: without its own name, absolute to all others."""

    def __init__(self, layout: Layout, sheet: str = "") -> None:
        """`sheet` is the key of the sheet on which the formulas stand, empty for the hidden one."""
        self.layout = layout
        self.spec = layout.spec
        self.language = layout.language
        self._prefix = quoted(layout.sheet(sheet).name if sheet else LISTS_SHEET) + "!"

    def cell(self, path: str) -> str:
        """The cell of a path: ``G14``, or ``'3 Umsatzanalyse'!$F$20`` on another sheet."""
        reference = self.layout.address(path)
        is_here = reference.startswith(self._prefix)
        return self.layout.cell(path) if is_here else reference

    def absolute(self, path: str) -> str:
        """The cell of a path, which stays the same wherever the formula is moved or sorted to."""
        return self.layout.address(path).removeprefix(self._prefix)

    def column(self, pattern: str) -> str:
        """The entries of a table column: ``$G$12:$G$15`` where the table names its rows.

        Where people insert rows it is ``$G$11:$G$27``, from the head to the row below, so that these count too wherever
        they are inserted. A row of totals is left out: ``$G$11:INDEX($G$11:$G$27,ROWS($G$11:$G$27)-1)``.
        """
        sheet, spot = self.layout.columns[pattern]
        if not spot.open:
            return self.layout.column(pattern).removeprefix(self._prefix)
        corners = (spot.head, spot.column), (spot.end, spot.column)
        whole = self.block(sheet.spec.key, *corners)
        if not spot.totals:
            return whole
        return f"{self._head(pattern)}:INDEX({whole},ROWS({whole})-1)"

    def _head(self, pattern: str) -> str:
        """The head of a table column: ``$G$11``."""
        sheet, spot = self.layout.columns[pattern]
        corner = (spot.head, spot.column)
        return self.block(sheet.spec.key, corner, corner).partition(":")[0]

    def gathered(self, pattern: str) -> str:
        """A table column once more on the hidden sheet, where inserted rows have a formula: ``'_lists'!$A$2:$A$61``."""
        spot = self.spec.gathered[Pattern(pattern)]
        letter = column_letter(spot.column)
        area = f"{quoted(LISTS_SHEET)}!${letter}${spot.first}:${letter}${spot.last}"
        return area.removeprefix(self._prefix)

    def section(self, pattern: str) -> TableSpec:
        """The table with a pattern. Raises `KeyError`."""
        return self.spec.table(pattern)

    def places(self, part: Part) -> dict[str, str]:
        """Where the entries of each field of a part stand: a cell, a column, a line of the matrix; by pattern."""
        where: Callable[[Pattern], str] = partial(self._people, part.count)
        if isinstance(part, FormSpec):
            where = self.cell
        elif isinstance(part, TableSpec):
            where = self.column
        return {field.pattern: where(field.pattern) for field in part.fields}

    def _people(self, count: int, pattern: Pattern) -> str:
        return self.between(pattern.at(0), pattern.at(count - 1))

    def between(self, first: str, last: str) -> str:
        """The range from the cell of one path to that of another; of the last merged cells, all."""
        sheet, start = self.layout.spots[first]
        _, end = self.layout.spots[last]
        down = start.column == end.column
        stop = (end.last_row if down else end.row, end.column)
        return self.block(sheet.spec.key, (start.row, start.column), stop)

    def row_names(self, table: str) -> str:
        """The printed names of a table's rows: ``$C$12:$C$15``."""
        sheet = self.spec.table(table).sheet
        first, last, column = self._printed_names(table)
        return self.block(sheet, (first, column), (last, column))

    def row_name(self, table: str, index: int) -> str:
        """The printed name of a row of a table on this sheet: ``C13``."""
        first, _, column = self._printed_names(table)
        return address(first + index, column)

    def _printed_names(self, table: str) -> tuple[int, int, int]:
        """First and last row and the column of the printed names of a table's rows."""
        blocks = self.layout.sheet(self.spec.table(table).sheet).blocks
        for block in (each for each in blocks if isinstance(each, TableBlock)):
            if block.label_column and block.section.pattern == table:
                return block.first_row, block.last_entry_row, block.label_column
        raise KeyError(table)

    def block(self, sheet: str, first: tuple[int, int], last: tuple[int, int]) -> str:
        """The range between two cells (row, column) of the sheet with key `sheet`."""
        corners = (f"${column_letter(column)}${row}" for row, column in (first, last))
        area = f"{quoted(self.layout.sheet(sheet).name)}!{':'.join(corners)}"
        return area.removeprefix(self._prefix)

    def field(self, pattern: str) -> FieldSpec:
        """The field of a path or pattern."""
        return self.spec.field(pattern)

    def spellings(self, pattern: str, code: str) -> list[str]:
        """All that `kamxl.checks` reads as one value of a field's list, as `written` leaves it.

        A spelling that fits two values fits none, unless it is the code or a label of one.
        """
        found: dict[str, str] = {}
        options = self.field(pattern).options
        for option in options:
            for text in chain.from_iterable(map(_ways, option.spellings)):
                known = found.setdefault(text, option.code)
                found[text] = known if known == option.code else ""
        for option in reversed(options):
            exact = (option.label.de, option.label.en, option.code)
            found |= dict.fromkeys(map(_spelt, exact), option.code)
        return sorted(text for text, owner in found.items() if owner == code)

    def is_one_of(self, pattern: str, place: str, codes: Iterable[str]) -> str:
        """The test whether a cell shows one of the values `codes`, or which cells of a range do."""
        spelt = chain.from_iterable(self.spellings(pattern, code) for code in codes)
        tests = (f"({written(place)}={literal(text)})" for text in spelt)
        return f"({'+'.join(tests)})"

    def entered(self, pattern: str, where: str | None = None) -> str:
        """The test whether a field holds an entry of its kind, for one cell or all cells of a range.

        Args:
            pattern: path or pattern of the field.
            where: cell or range to test; the field's own where left out.
        """
        field = self.field(pattern)
        own = self.column if pattern in self.layout.columns else self.cell
        place = where or own(pattern)
        if field.kind not in NUMERIC:
            return f'(TRIM({place})<>""){self._but_the_head(pattern, place)}'
        low, high = limits(field)
        # An empty cell compares like 0, so it is only told apart where 0 would be an entry.
        some = "" if low > 0 else f'({place}<>"")*'
        return f"{some}({place}>={number(low)})*({place}<={number(high)})"

    def _but_the_head(self, pattern: str, place: str) -> str:
        """The test that leaves the head of a column out of a test for texts, where its range begins with the head."""
        column = self.layout.columns.get(pattern)
        if column is None or not column[1].open or place != self.column(pattern):
            return ""
        return f"*({place}<>{self._head(pattern)})"

    def outside(self, pattern: str, where: str | None = None) -> str:
        """How many numbers of a column, or of another range, lie off the field's scale, or between two of its steps."""
        field, place = self.field(pattern), where or self.column(pattern)
        low, high = limits(field)
        beyond = [f'"<{number(low)}"'], [f'">{number(high)}"']
        steps = range(int(low), int(high)) if field.kind is Kind.IMPORTANCE else ()
        between = ([f'">{step}"', f'"<{step + 1}"'] for step in steps)
        counts = (
            ",".join(f"{place},{test}" for test in tests)
            for tests in (*beyond, *between)
        )
        return "+".join(f"COUNTIFS({count})" for count in counts)

    def numbers(self, place: str) -> str:
        """How many numbers a range holds, whatever else stands in it."""
        return f'(COUNTIFS({place},">=0")+COUNTIFS({place},"<0"))'


def written(place: str) -> str:
    """What stands in a cell, or in the cells of a range, without odd blanks and with a plain minus."""
    return f'TRIM(SUBSTITUTE(SUBSTITUTE({place},"\u00a0"," "),"\u2212","-"))'


def _spelt(text: str) -> str:
    """A text as `written` leaves it, in the small letters that spreadsheets do not tell from capitals."""
    return " ".join(text.replace("\u2212", "-").lower().split())


def _ways(text: str) -> set[str]:
    """A text with and without umlauts."""
    spelt = _spelt(text)
    return {spelt, spelt.translate(_UMLAUTS)}


def sum_formula(terms: Terms, place: str) -> str:
    """The finished formula of a sum; empty where the range holds no number."""
    return guarded(when(f"{terms.numbers(place)}=0", EMPTY, f"SUM({place})"))


def limits(field: FieldSpec) -> tuple[float, float]:
    """Lowest and highest value of a numeric field as cells hold it, dates as day numbers."""
    if field.low is None or field.high is None:
        raise ValueError(f"{field.pattern} has no limits")
    return _as_number(field.low), _as_number(field.high)


def _as_number(limit: float | dt.date) -> float:
    return float((limit - _FIRST_DAY).days if isinstance(limit, dt.date) else limit)


def number(value: float) -> str:
    """A number as a formula writes it, in whatever language the file is opened later."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def literal(text: str) -> str:
    """A text in a formula."""
    return '"' + text.replace('"', '""') + '"'


def all_of(*conditions: str) -> str:
    """``AND(…)`` of the conditions."""
    return f"AND({','.join(conditions)})"


def all_numbers(*cells: str) -> str:
    """The condition that each of the cells holds a number."""
    return all_of(*(f"ISNUMBER({cell})" for cell in cells))


def when(condition: str, value: str, otherwise: str = EMPTY) -> str:
    """``IF(condition,value,"")``."""
    return f"IF({condition},{value},{otherwise})"


def reaches(value: str, limit: float) -> str:
    """Whether `value` lies on or above `limit`, compared as `kamxl.scoring.reaches` does."""
    return f"ROUND({value},9)>={number(round(limit, 9))}"


def guarded(expression: str) -> str:
    """The finished formula: empty where an input makes the expression fail."""
    return f"=IFERROR({expression},{EMPTY})"
