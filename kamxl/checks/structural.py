"""Remarks of the reader about a changed structure become problems: one rule per kind of change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import assert_never

from kamxl.checks.entries.wording import number
from kamxl.checks.problem import Problem
from kamxl.checks.report import Reporter
from kamxl.checks.rules import Rule
from kamxl.checks.rules import structure as rules
from kamxl.document.extract import Extract
from kamxl.document.remarks import (
    EntryOutside,
    FieldContradictory,
    FieldMoved,
    FieldNotFound,
    FieldRemark,
    MoreOutside,
    PartDamaged,
    Remark,
    RowDoubled,
    SettingsUnreadable,
    SheetDoubled,
    SheetMissing,
    SheetRemark,
    SheetRenamed,
    SheetUnknown,
    TableExtended,
    TableMissing,
    TableRemark,
    WorkbookRemark,
)
from kamxl.texts import Text
from kamxl.xlsx.book import Fault

__all__ = ["RULE_OF_DAMAGE", "structure_problems"]

RULE_OF_DAMAGE: Mapping[Fault, tuple[Rule, Text]] = MappingProxyType(
    {
        Fault.SHEET_DAMAGED: (rules.PART_DAMAGED, Text(de="Dieses Blatt ist", en="This sheet is")),
        Fault.STRINGS_DAMAGED: (rules.PART_DAMAGED, Text(de="Die Texte der Zellen sind", en="The texts are")),
        Fault.STYLES_DAMAGED: (
            rules.FILE_IRREGULAR,
            Text(de="Zahlenformate fehlen, Datumsangaben können als Zahl erscheinen",
                 en="number formats are missing, dates may appear as numbers"),
        ),
        Fault.PROPERTIES_DAMAGED: (
            rules.FILE_IRREGULAR,
            Text(de="die Dokumenteigenschaften sind nicht lesbar", en="the document properties cannot be read"),
        ),
        Fault.CELL_TWICE: (
            rules.FILE_IRREGULAR, Text(de="eine Zelle kommt mehrfach vor", en="a cell occurs more than once")
        ),
        Fault.OUTSIDE_THE_GRID: (
            rules.FILE_IRREGULAR,
            Text(de="Zellen liegen außerhalb des Tabellenblatts", en="cells lie outside the grid of the sheet"),
        ),
    }
)  # fmt: skip

Told = tuple[Rule, dict[str, object]]
"""Which rule a remark breaks, and the details of its texts."""


def structure_problems(extract: Extract, reporter: Reporter) -> Iterator[Problem]:
    """A problem for each remark, with the details that its rule's texts name."""
    for remark in extract.remarks:
        label = reporter.label(remark.path)
        rule, details = _told(remark, label or remark.path)
        yield Problem(
            rule,
            remark.path,
            details,
            sheet=remark.sheet,
            cell=remark.cell,
            label="" if label else remark.sheet,
            value=_value(remark),
        )


def _value(remark: Remark) -> str:
    """What stands in the cell in question, as it is."""
    if isinstance(remark, EntryOutside | FieldContradictory):
        return remark.value
    return ""


def _told(remark: Remark, name: str) -> Told:
    """The rule of `remark` with its details; `name` is what a user calls the place."""
    if isinstance(remark, SheetRemark):
        return _of_sheet(remark)
    if isinstance(remark, FieldRemark):
        return _of_field(remark)
    if isinstance(remark, TableRemark):
        return _of_table(remark, name)
    return _of_workbook(remark)


def _of_sheet(remark: SheetRemark) -> Told:
    sheet = remark.sheet
    match remark:
        case SheetMissing():
            return rules.SHEET_MISSING, {"expected": sheet}
        case SheetRenamed(expected=expected):
            return rules.SHEET_RENAMED, {"expected": expected, "found": sheet}
        case SheetDoubled(original=original):
            return rules.SHEET_DOUBLED, {"expected": original, "found": sheet}
        case SheetUnknown():
            return rules.SHEET_UNKNOWN, {"found": sheet}
        case _:
            assert_never(remark)


def _of_field(remark: FieldRemark) -> Told:
    match remark:
        case FieldMoved(cell=cell, origin=origin):
            return rules.FIELD_MOVED, {"move": _instead(cell, origin)}
        case FieldNotFound():
            return rules.FIELD_NOT_FOUND, {}
        case FieldContradictory(other=""):
            return rules.FIELD_CONTRADICTORY, {}
        case FieldContradictory(other=other):
            move = Text(de=f" (auch auf {other})", en=f" (also to {other})")
            return rules.FIELD_CONTRADICTORY, {"move": move}
        case _:
            assert_never(remark)


def _of_table(remark: TableRemark, name: str) -> Told:
    match remark:
        case TableExtended(rows=rows, drawn=drawn):
            added = _instead(rows, drawn)
            return rules.TABLE_EXTENDED, {"table": name, "rows": added}
        case TableMissing():
            return rules.TABLE_MISSING, {"table": name}
        case RowDoubled():
            return rules.ROW_DOUBLED, {}
        case _:
            assert_never(remark)


def _of_workbook(remark: WorkbookRemark) -> Told:
    match remark:
        case EntryOutside(value=value):
            de, en = _spoken(value, "de"), _spoken(value, "en")
            quoted = Text(de=f"„{de}“", en=f"“{en}”")
            return rules.ENTRY_OUTSIDE, {"value": quoted}
        case MoreOutside(number=further):
            de, en = number(further, "de"), number(further, "en")
            more = Text(de=f"{de} weitere Einträge", en=f"{en} further entries")
            return rules.ENTRY_OUTSIDE, {"value": more}
        case PartDamaged(fault=fault):
            rule, part = RULE_OF_DAMAGE[fault]
            return rule, {"part": part}
        case SettingsUnreadable():
            return rules.SETTINGS_UNREADABLE, {}
        case _:
            assert_never(remark)


def _instead(found: object, expected: object) -> Text:
    return Text(
        de=f" ({found} statt {expected})", en=f" ({found} instead of {expected})"
    )


def _spoken(raw: str, language: str) -> str:
    """A number as the language writes it, anything else as it stands."""
    is_number = re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", raw)
    return number(float(raw), language) if is_number else raw
