"""KAM11x: fields that moved, that are gone, or that contradict themselves."""

from __future__ import annotations

from typing import assert_never

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document.remarks import (
    FieldContradictory,
    FieldMoved,
    FieldNotFound,
    FieldRemark,
)
from kamxl.texts import Text

__all__ = ["RESTORE", "of_field"]


RESTORE = Text(
    de="Die letzte Änderung am Aufbau rückgängig machen oder die Einträge in eine neue Vorlage übertragen.",
    en="Undo the last change to the layout or transfer the entries into a new template.",
)

FIELD_MOVED = Rule(
    code="KAM111",
    name="field-moved",
    severity=Severity.HINT,
    message=Text(
        de="„{label}“ steht nicht mehr an der ursprünglichen Stelle ({cell} statt {origin}).",
        en="“{label}” is no longer in its original place ({cell} instead of {origin}).",
    ),
    remedy=Text(
        de="Die Einträge wurden gefunden und gelesen; es ist nichts zu tun.",
        en="The entries were found and read; there is nothing to do.",
    ),
    details={
        "cell": Text(de="Zelle", en="cell"),
        "origin": Text(de="ursprüngliche Zelle", en="original cell"),
    },
)

FIELD_NOT_FOUND = Rule(
    code="KAM112",
    name="field-not-found",
    severity=Severity.ERROR,
    message=Text(
        de="„{label}“ wurde in der Arbeitsmappe nicht gefunden.",
        en="“{label}” was not found in the workbook.",
    ),
    remedy=RESTORE,
)

FIELD_CONTRADICTORY = Rule(
    code="KAM113",
    name="field-contradictory",
    severity=Severity.ERROR,
    message=Text(
        de="„{label}“ wurde verschoben oder kopiert und ist nicht mehr eindeutig{move}; gelesen wurde diese Zelle.",
        en="“{label}” was moved or copied and is no longer unambiguous{move}; this cell was read.",
    ),
    remedy=RESTORE,
    additions={"move": Text(de=" (auch auf {other})", en=" (also to {other})")},
)


def of_field(remark: FieldRemark) -> Problem:
    """The problem that a remark on a field tells of."""
    path = remark.path
    match remark:
        case FieldMoved(cell=cell, origin=origin):
            return FIELD_MOVED.at(path, cell=cell, origin=origin)
        case FieldNotFound():
            return FIELD_NOT_FOUND.at(path)
        case FieldContradictory(value=value, other=""):
            return FIELD_CONTRADICTORY.at(path, value=value)
        case FieldContradictory(other=other):
            return FIELD_CONTRADICTORY.at(path, other=other)
        case _:
            assert_never(remark)
