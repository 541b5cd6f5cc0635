"""The data dictionary: every field of the plan in both languages, written from the specification.

One table per sheet, in plan order, with the path under which `kamxl read`, the exports and the findings name the
field. It is generated and committed; a test writes it anew and compares.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kamxl.document.compiling import compile_document
from kamxl.document.schema import FieldSpec, FigureSpec
from kamxl.document.spec import SheetSpec
from kamxl.document.vocabulary import Document, Profile, Sensitivity
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

_INTRODUCTION = """# Datenverzeichnis / Data dictionary

Aus der Beschreibung des Plans erzeugt. / Generated from the specification of the plan.

\\* = Pflicht / required; in einer Tabelle, sobald die Zeile einen Eintrag hat / in a table as soon as its row has
an entry. *full* = nur im Profil „full“ / only in the profile “full”. Σ = berechnet / computed.
"""
_KINDS = {
    "text": Text(de="Text", en="text"),
    "note": Text(de="Text, mehrzeilig", en="text, several lines"),
    "money": Text(de="Betrag", en="amount"),
    "number": Text(de="Zahl", en="number"),
    "integer": Text(de="ganze Zahl", en="whole number"),
    "percent": Text(de="Prozent", en="percent"),
    "date": Text(de="Datum", en="date"),
    "choice": Text(de="Auswahl", en="choice"),
    "score": Text(de="Punkte", en="score"),
    "importance": Text(de="Wichtigkeit", en="importance"),
    "sign": Text(de="Vergleich", en="comparison"),
    "person": Text(de="eigene Person", en="own person"),
    "contact": Text(de="Kontakt", en="contact"),
    "competitor": Text(de="Wettbewerber", en="competitor"),
    "goal": Text(de="strategisches Ziel", en="strategic goal"),
    "product_group": Text(de="Produktgruppe", en="product group"),
}
_SENSITIVITY = {
    Sensitivity.SHAREABLE: Text(de="teilbar", en="shareable"),
    Sensitivity.INTERNAL: Text(de="intern", en="internal"),
    Sensitivity.CONFIDENTIAL: Text(de="vertraulich", en="confidential"),
}


def data_dictionary(
    plan: type[Document] = AccountPlan, settings: Settings | None = None
) -> str:
    """The dictionary as Markdown, German and English side by side, for the full profile."""
    chosen = (settings or Settings(plan_year=2030)).changed(profile=Profile.FULL)
    spec = compile_document(plan, chosen)
    compact = compile_document(plan, chosen.changed(profile=Profile.COMPACT))
    known = {*compact.fields, *compact.figures}
    lines = (line for sheet in spec.sheets for line in _sheet(sheet, spec, known))
    return "\n".join([_INTRODUCTION, *lines]) + "\n"


def _sheet(sheet: SheetSpec, spec: PlanSpec, compact: set[str]) -> Iterator[str]:
    yield f"## {sheet.name('de')} / {sheet.name('en')}\n"
    yield "| Pfad / path | Deutsch | English | Art / kind | Werte / values | Zugang / access |"
    yield "|---|---|---|---|---|---|"
    for section in sheet.sections:
        for column in section.columns:
            yield _line(column, spec, compact)
    for figure in sheet.figures:
        yield _line(figure, spec, compact)
    yield ""


def _line(column: FieldSpec | FigureSpec, spec: PlanSpec, compact: set[str]) -> str:
    if isinstance(column, FieldSpec):
        star, values = ("\\*" if column.required else ""), _values(column)
        access = _SENSITIVITY[column.sensitivity]
    else:
        star, values = "Σ", ""
        access = _SENSITIVITY[column.computed.sensitivity]
    kind = _KINDS[str(column.kind)]
    full = "" if column.pattern in compact else " *full*"
    cells = (
        f"`{column.pattern}`{star}{full}",
        _relative(column.printed("de"), spec.settings.year),
        _relative(column.printed("en"), spec.settings.year),
        f"{kind.de} / {kind.en}",
        values,
        f"{access.de} / {access.en}",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _relative(label: str, year: int) -> str:
    """A label whose year is written relative to the plan year P."""
    for offset in range(-4, 1):
        label = label.replace(str(year + offset), f"P{offset or ''}")
    return label


def _values(field: FieldSpec) -> str:
    if field.options:
        return "; ".join(
            f"`{option.code}` {option.label.de} / {option.label.en}"
            for option in field.options
        )
    match field.low, field.high:
        case dt.date() as low, dt.date() as high:
            return f"{low.year}–{high.year}"
        case int() | float() as low, int() | float() as high if abs(high) < 1e9:
            return f"{low:g}–{high:g}"
    return f"≤ {field.max_length}" if field.max_length else ""
