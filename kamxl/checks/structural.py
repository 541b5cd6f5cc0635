"""Remarks of the reader about a changed structure become problems: one rule per kind of change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kamxl.checks.entries.wording import number
from kamxl.checks.problem import Problem
from kamxl.checks.report import Reporter
from kamxl.checks.rules import Rule, structure
from kamxl.document.extract import Extract, Remark, Structure
from kamxl.texts import Text
from kamxl.xlsx.book import Fault

__all__ = ["RULE_OF", "RULE_OF_DAMAGE", "structure_problems"]

RULE_OF: Mapping[Structure, Rule] = MappingProxyType(
    {
        Structure.SHEET_MISSING: structure.SHEET_MISSING,
        Structure.SHEET_RENAMED: structure.SHEET_RENAMED,
        Structure.SHEET_DOUBLED: structure.SHEET_DOUBLED,
        Structure.SHEET_UNKNOWN: structure.SHEET_UNKNOWN,
        Structure.FIELD_MOVED: structure.FIELD_MOVED,
        Structure.FIELD_NOT_FOUND: structure.FIELD_NOT_FOUND,
        Structure.FIELD_CONTRADICTORY: structure.FIELD_CONTRADICTORY,
        Structure.TABLE_EXTENDED: structure.TABLE_EXTENDED,
        Structure.TABLE_MISSING: structure.TABLE_MISSING,
        Structure.ROW_DOUBLED: structure.ROW_DOUBLED,
        Structure.ENTRY_OUTSIDE: structure.ENTRY_OUTSIDE,
        Structure.CELL_DAMAGED: structure.CELL_DAMAGED,
        Structure.SETTINGS_UNREADABLE: structure.SETTINGS_UNREADABLE,
    }
)
RULE_OF_DAMAGE: Mapping[Fault, tuple[Rule, Text]] = MappingProxyType(
    {
        Fault.SHEET_DAMAGED: (structure.PART_DAMAGED, Text(de="Dieses Blatt ist", en="This sheet is")),
        Fault.STRINGS_DAMAGED: (structure.PART_DAMAGED, Text(de="Die Texte der Zellen sind", en="The texts are")),
        Fault.STYLES_DAMAGED: (
            structure.FILE_IRREGULAR,
            Text(de="Zahlenformate fehlen, Datumsangaben können als Zahl erscheinen",
                 en="number formats are missing, dates may appear as numbers"),
        ),
        Fault.PROPERTIES_DAMAGED: (
            structure.FILE_IRREGULAR,
            Text(de="die Dokumenteigenschaften sind nicht lesbar", en="the document properties cannot be read"),
        ),
        Fault.CELL_TWICE: (
            structure.FILE_IRREGULAR, Text(de="eine Zelle kommt mehrfach vor", en="a cell occurs more than once")
        ),
        Fault.OUTSIDE_THE_GRID: (
            structure.FILE_IRREGULAR,
            Text(de="Zellen liegen außerhalb des Tabellenblatts", en="cells lie outside the grid of the sheet"),
        ),
    }
)  # fmt: skip


def structure_problems(extract: Extract, reporter: Reporter) -> Iterator[Problem]:
    """A problem for each remark, with the details that its rule's texts name."""
    for remark in extract.remarks:
        rule, details = RULE_OF[remark.structure], _details(remark, reporter)
        if (fault := remark.details.get("fault")) in set(Fault):
            rule, details["part"] = RULE_OF_DAMAGE[Fault(fault)]
        yield Problem(
            rule,
            remark.path,
            details,
            sheet=remark.sheet,
            cell=remark.cell,
            label="" if reporter.label(remark.path) else remark.sheet,
            value=remark.details.get("value", ""),
        )


def _details(remark: Remark, reporter: Reporter) -> dict[str, object]:
    given = remark.details
    details: dict[str, object] = {
        "expected": given.get("original") or given.get("expected") or remark.sheet,
        "found": remark.sheet,
        "table": reporter.label(remark.path) or remark.path,
    }
    if "other" in given:
        other = given["other"]
        details["move"] = Text(de=f" (auch auf {other})", en=f" (also to {other})")
    elif "expected" in given and remark.cell:
        expected = given["expected"]
        details["move"] = Text(
            de=f" ({remark.cell} statt {expected})",
            en=f" ({remark.cell} instead of {expected})",
        )
    if "rows" in given and "drawn" in given:
        rows, drawn = given["rows"], given["drawn"]
        details["rows"] = Text(
            de=f" ({rows} statt {drawn})", en=f" ({rows} instead of {drawn})"
        )
    if "value" in given:
        details["value"] = Text(
            de=f"„{_spoken(given['value'], 'de')}“",
            en=f"“{_spoken(given['value'], 'en')}”",
        )
    elif "more" in given:
        de, en = (number(int(given["more"]), language) for language in ("de", "en"))
        details["value"] = Text(de=f"{de} weitere Einträge", en=f"{en} further entries")
    return details


def _spoken(raw: str, language: str) -> str:
    """A number as the language writes it, anything else as it stands."""
    return (
        number(float(raw), language)
        if re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", raw)
        else raw
    )
