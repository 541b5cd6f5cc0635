"""What all sheets of the portfolio share: how one is declared, and the columns that most of them print.

A sheet is declared by decorating the function that draws it with its place among the others and its name::

    @sheet(45, Text(de="Risiken", en="Risks"))
    def draw_risks(page: Page) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import iter_modules

from kamxl.checks.findings import FileStatus, Severity
from kamxl.document.drawing.looks import CellRole
from kamxl.document.vocabulary import Kind, Width
from kamxl.errors import SpecError
from kamxl.portfolio import wording
from kamxl.portfolio.data.columns import COMMON, REPORTING, DataColumn, by_key
from kamxl.portfolio.data.ledger import Row, amount, named
from kamxl.portfolio.data.tables import Tables
from kamxl.portfolio.pages import sheets
from kamxl.portfolio.pages.charts import Chartist
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, draw_page, printed
from kamxl.portfolio.pages.paper import Paper
from kamxl.texts import Language, Text

# Room in a printed table; what stands here is wrapped, so a little less than on the plan itself will do.
_ROOM: dict[Width | None, float] = {
    Width.TINY: 8.0,
    Width.SMALL: 11.0,
    Width.MEDIUM: 15.0,
    Width.LARGE: 24.0,
    Width.HUGE: 32.0,
}
_STATE_ROLES = {
    Severity.ERROR.value: CellRole.BAD,
    FileStatus.REJECTED.value: CellRole.BAD,
    Severity.OPEN.value: CellRole.CELL,
    Severity.WARNING.value: CellRole.WARN,
    FileStatus.PARTIAL.value: CellRole.WARN,
    FileStatus.ACCEPTED.value: CellRole.GOOD,
}


@dataclass(frozen=True)
class Page:
    """One sheet of the workbook about to be drawn, with everything it may show."""

    paper: Paper
    tables: Tables
    chartist: Chartist

    @property
    def language(self) -> Language:
        """The workbook's language."""
        return self.tables.language

    def say(self, text: Text, **gaps: object) -> str:
        """A text in the workbook's language."""
        return self.tables.say(text, **gaps)

    def column(
        self,
        label: Text,
        value: Callable[[Row], object] | str,
        kind: Kind = Kind.TEXT,
        width: float = 0.0,
        role: Callable[[Row], CellRole] | CellRole = CellRole.CELL,
        *,
        total: bool = False,
    ) -> PrintedColumn:
        """A column with a head of its own; `value` is the row's key, or works it out."""
        return PrintedColumn(self.say(label), value, kind, width, role, total)

    def money(
        self, label: str, key: str, width: float, *, total: bool = True
    ) -> PrintedColumn:
        """A column of amounts in the reporting currency."""
        return PrintedColumn(
            label, lambda row: amount(row, key), Kind.MONEY, width, total=total
        )

    def field(
        self,
        table: str,
        key: str,
        width: float = 0.0,
        label: Text | None = None,
        role: Callable[[Row], CellRole] | CellRole = CellRole.CELL,
    ) -> PrintedColumn:
        """A column of a table, under its own label or another. Raises `KeyError`."""
        column = self.tables[table].column(key)
        shown = printed(column, self.language, width=width, role=role)
        return replace(shown, label=self.say(label)) if label else shown

    def fields(self, table: str, widths: Mapping[str, float]) -> list[PrintedColumn]:
        """Those of these columns that a table has, in this order."""
        known = filter(self.tables[table].has, widths)
        return [self.field(table, key, widths[key]) for key in known]

    def owner(self, width: float = 25.0) -> list[PrintedColumn]:
        """Whose row it is: account and manager."""
        return [
            self.column(wording.ACCOUNT, named, width=width, role=CellRole.STRONG),
            self.column(wording.KAM, "key_account_manager", width=16.0),
        ]

    def source(self, width: float = 22.0) -> PrintedColumn:
        """The link to a row's cell, named after sheet and cell."""

        def place(row: Row) -> str:
            return place_of(row) or str(row.get("file") or "")

        source = self.column(wording.SOURCE, place, Kind.TEXT, width, CellRole.SOURCE)
        return replace(source, link=True)

    def guidance(self, text: Text, **gaps: object) -> str:
        """The line below the title of a sheet that shows money."""
        return f"{self.say(text, **gaps)} {self.tables.money_note()}"

    def draw(self, guidance: str, listing: Listing) -> None:
        """Fill the sheet with one table."""
        draw_page(self.paper, guidance, listing)

    def draw_entries(
        self,
        guidance: str,
        listing: Listing,
        table: str,
        widths: Mapping[str, float],
        roles: Mapping[str, Callable[[Row], CellRole]],
    ) -> None:
        """Fill the sheet with a table of entries as the plan has them.

        Args:
            guidance: the line below the title.
            listing: name and rows; its columns are the link to the source, and whose row it is.
            table: the table's key.
            widths: the fields that belong on paper, in this order, with their widths; all others, such as a field that
                the plan has only had since yesterday, stand to the right of them.
            roles: the look of a field's cells by row.
        """
        *owner, source = listing.columns
        known = by_key(
            column
            for column in self.tables[table].columns
            if column.key not in COMMON and not column.key.endswith(REPORTING)
        )
        on_paper = [
            self._entry(known[key], roles.get(key, CellRole.CELL), width)
            for key, width in widths.items()
            if key in known
        ]
        core = [*owner, *on_paper]
        others = [
            self._entry(column, CellRole.PLAIN, _ROOM.get(column.width, 0.0))
            for key, column in known.items()
            if key not in widths
        ]
        # A link leads nowhere from paper.
        columns = (*core, source, *others)
        self.draw(guidance, replace(listing, columns=columns, core=len(core)))

    def _entry(
        self,
        column: DataColumn,
        role: Callable[[Row], CellRole] | CellRole,
        width: float,
    ) -> PrintedColumn:
        """A field in print, amounts summed up."""
        total = column.kind is Kind.MONEY
        return printed(column, self.language, width=width, role=role, total=total)


@dataclass(frozen=True)
class PortfolioSheet:
    """A sheet of the portfolio: its place among the others, its name, what draws it, and whether it is needed."""

    place: int
    title: Text
    draw: Callable[[Page], None]
    is_needed: Callable[[Tables], bool]


_DECLARED: dict[int, PortfolioSheet] = {}


def _always(_: Tables) -> bool:
    return True


def sheet(
    place: int, title: Text, is_needed: Callable[[Tables], bool] = _always
) -> Callable[[Callable[[Page], None]], Callable[[Page], None]]:
    """Declare a sheet of the portfolio: the function below draws it.

    Args:
        place: sheets stand in the order of these numbers.
        title: the sheet's name, which is its heading as well.
        is_needed: whether it has anything to say; always where left out.
    """

    def declare(draw: Callable[[Page], None]) -> Callable[[Page], None]:
        declared = PortfolioSheet(place, title, draw, is_needed)
        if _DECLARED.setdefault(place, declared).draw != draw:
            raise SpecError(f"two sheets of the portfolio have the place {place}")
        return draw

    return declare


def portfolio_sheets() -> list[PortfolioSheet]:
    """All sheets of the portfolio but its overview, in their order."""
    for module in iter_modules(sheets.__path__):
        import_module(f"{sheets.__name__}.{module.name}")
    return [_DECLARED[place] for place in sorted(_DECLARED)]


def place_of(row: Row) -> str:
    """Sheet and cell of a row; empty where it has none."""
    place, cell = row.get("sheet"), row.get("cell")
    return f"{place}!{cell}" if place and cell else ""


def troubled(key: str) -> Callable[[Row], CellRole]:
    """The look of a number that had better be 0."""
    return lambda row: CellRole.BAD if row.get(key) else CellRole.CELL


def by_severity(row: Row) -> CellRole:
    """The look of a finding's or file's state."""
    state = row.get("severity") or row.get("status")
    return _STATE_ROLES.get(str(state), CellRole.MUTED)
