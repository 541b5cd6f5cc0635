"""The sheet *Auswertung* of the findings report: findings by key account manager and by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kamxl.document.drawing.looks import CellRole
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.columns import DataColumn
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.tallies import (
    MANAGER_COLUMNS,
    NOBODY,
    RULE_COLUMNS,
    by_manager,
    by_rule,
)
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, draw_tables, printed
from kamxl.portfolio.pages.paper import Paper
from kamxl.texts import Text

TALLIES = Text(de="Auswertung", en="Summary")
_GUIDANCE = Text(
    de="Wie viele Befunde es je KAM und je Regel gibt; „kamxl explain“ mit dem Code erklärt eine Regel.",
    en="How many findings there are for each KAM and each rule; “kamxl explain” with the code explains a rule.",
)
_BY_MANAGER = Text(de="Nach KAM", en="By key account manager")
_BY_RULE = Text(de="Nach Regel", en="By rule")
_WIDTHS = {"key_account_manager": 30.0, "rule": 36.0, "code": 30.0}


def draw_tallies(paper: Paper, collection: Collection) -> None:
    """The findings by manager, then by rule."""
    managers = _listing(paper, MANAGER_COLUMNS, by_manager(collection))
    rules = _listing(paper, RULE_COLUMNS, by_rule(collection))
    tables = [(paper.say(_BY_MANAGER), managers), (paper.say(_BY_RULE), rules)]
    draw_tables(paper, paper.say(_GUIDANCE), tables, rules)


def _listing(
    paper: Paper, columns: Sequence[DataColumn], rows: Sequence[Row]
) -> Listing:
    first, *others = (_printed(paper, column) for column in columns)
    named = replace(first, value=lambda row: row[columns[0].key] or paper.say(NOBODY))
    return Listing(f"kamxl_by_{columns[0].key}", [named, *others], rows)


def _printed(paper: Paper, column: DataColumn) -> PrintedColumn:
    counted = column.kind is Kind.INTEGER and column.key != "files"
    return printed(
        column,
        paper.language,
        width=_WIDTHS.get(column.key, 11.0),
        total=counted,
        role=CellRole.CELL,
    )
