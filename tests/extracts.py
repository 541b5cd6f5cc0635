"""Plans for tests, without a workbook: what a reader would have found, from tables (`tests.plan_tables`) or raw values.

`SOUND` is a small plan without a single finding on `TODAY`; a test changes a few of its entries and sees what the
check says to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kamxl.document.extract import Entry, Extract, Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.document.paths import path_of
from kamxl.document.remarks import Remark
from kamxl.document.schema import MatrixSpec, Section, TableSpec
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.book import State, address
from tests.plan_tables import Raw, Unreadable, cells_of

TODAY = dt.date(2026, 11, 20)

SOUND_PLAN = """
| Deckblatt                | Klassifizierung | Key Account                     |
|                          | Firma           | Muster Maschinenbau GmbH        |
|                          | Kundennummer    | 10023                           |
|                          | PLZ             | 01069                           |
|                          | Land            | Deutschland                     |
|                          | KAM             | Anna Berg                       |
|                          | Planjahr        | 2027                            |
|                          | Währung         | EUR                             |
|                          | Erstellt        | 01.09.2026                      |
|                          | Aktualisiert    | 02.11.2026                      |
| 1 Management-Summary     | challenge       | Verlängerung des Rahmenvertrags |
|                          | goals           | Umsatz +8 % bis Dezember        |
| 1 Management-Summary     | Kontaktpartner |
|                          | Jana Krüger    |
| 2 Wichtige Informationen | market_position       | Nummer zwei im Markt          |
|                          | development_potential | Wächst mit 5 % im Jahr        |
|                          | business_strategy     | Zukäufe in Osteuropa          |
|                          | decision_process      | Einkauf und Technik gemeinsam |
| 3 Umsatzanalyse          | Produktgruppe | Ist 2025 | FC 2026 | Ziel 2027 |
|                          | Antriebe      | 100.000  | 110.000 | 120.000   |
| Verlorene Projekte       | Projekt | An wen?     |
|                          | Linie 3 | Nordwerk AG |
| 5 Offene Projekte        | Projekt         | Produktgruppe | Angebotswert | Chance | Phase       |
|                          | Retrofit Werk 2 | Antriebe      | 80.000       | 60 %   | Verhandlung |
| 5 Offene Projekte        | Angebotsdatum                 | Erwarteter Abschluss    |
|                          | 01.10.2026                    | 31.03.2027              |
| 6 Konkurrenzanalyse      | Wettbewerber                  | Bedeutung               |
|                          | Nordwerk AG                   | 4                       |
| 8 Strategie Folgejahr    | Ziel                          | Hauptmaßnahme           |
|                          | Lieferanteil auf 50 % erhöhen | Servicevertrag anbieten |
| 9 Maßnahmen              | Bereich  | Maßnahme                | Dient dem Ziel                | Verantwortlich |
|                          | Lösungen | Servicevertrag anbieten | Lieferanteil auf 50 % erhöhen | Anna Berg      |
| 9 Maßnahmen              | Beginn      | Termin      | Status   |
|                          | 01.12.2026  | 28.02.2027  | offen    |
| contacts.people          | Name        | Rolle       | Einfluss |
|                          | Jana Krüger | Entscheider | 9        |
|                          | Paul Sommer | Einkäufer   | 5        |
| contacts.team            | Name      |
|                          | Anna Berg |
| Kontaktmatrix            | Ist | Soll |
|                          | 2   | 6    |
"""
"""A plan that nobody could object to."""


def settings_of(**changes: object) -> Settings:
    """The settings under which `SOUND` was made."""
    return Settings(plan_year=2027, product_groups=("Antriebe",)).changed(**changes)


SPEC = plan_spec(settings_of())
SOUND = cells_of(SOUND_PLAN, SPEC)


def extract_of(
    values: Mapping[str, Raw],
    *,
    language: str = "de",
    settings: Settings | None = None,
    remarks: Sequence[Remark] = (),
    file: str = "muster.xlsx",
    template_version: int = TEMPLATE_VERSION,
) -> Extract:
    """What a reader finds in a workbook with `values` in its cells and all other fields empty."""
    settings = settings or settings_of()
    spec = plan_spec(settings)
    entries = tuple(_entries(spec, values, language))
    unknown = set(values) - {entry.path for entry in entries}
    assert not unknown, f"no such fields: {unknown}"
    identity = Identity(
        kind=WorkbookKind.PLAN, template_version=template_version, kamxl_version="0", schema_hash="",
        plan_id="", account_id=str(values.get("cover.account_id", "")), plan_year=settings.year,
        language=language, profile=str(settings.profile),
    )  # fmt: skip
    return Extract(Path(file), "0" * 64, identity, spec, entries, tuple(remarks))


def cells(table: str, language: str = "de") -> dict[str, Raw]:
    """The entries of a table as cells of a workbook in `language` hold them."""
    return cells_of(table, SPEC, language)


def changed(table: str) -> dict[str, Raw]:
    """`SOUND` with some other entries; one left blank empties a cell."""
    return {**SOUND, **cells(table)}


def _entries(
    spec: PlanSpec, values: Mapping[str, Raw], language: str
) -> Iterator[Entry]:
    for sheet in spec.sheets:
        for row, path in enumerate(_paths(sheet.sections, values), start=6):
            raw = values.get(path)
            if path not in values:
                raw = _default(spec, path, language)
            yield _entry(path, sheet.name(language), address(row, 4), raw)


def _paths(sections: Sequence[Section], values: Mapping[str, Raw]) -> Iterator[str]:
    """Every entry of a generated workbook, and of rows that somebody added for `values`."""
    for section in sections:
        for part in section.parts:
            used = [
                place.row
                for place in map(path_of, values)
                if place.table == part.pattern
            ]
            rows = range(max([part.count, *(row + 1 for row in used)]))
            crossed = isinstance(section, MatrixSpec) and part is section.crossings
            if not crossed:
                yield from (f.at(index) for index in rows for f in part.fields)
        if isinstance(section, MatrixSpec):
            for own in range(section.team.count):
                for person in range(section.people.count):
                    yield from (f.at(own, person) for f in section.crossings.fields)


def _default(spec: PlanSpec, path: str, language: str) -> Raw:
    """What the workbook was generated with: names and weights of rows."""
    section = spec.find(path_of(path).table)
    if not isinstance(section, TableSpec):
        return None
    starts = section.rows or section.starts
    index = int(path.partition("[")[2].partition("]")[0])
    default = (
        starts[index].defaults.get(path.rpartition(".")[2])
        if index < len(starts)
        else None
    )
    return default[language] if isinstance(default, Text) else default


def _entry(path: str, sheet: str, cell: str, raw: Raw) -> Entry:
    if raw is None:
        return Entry(path, sheet, cell, State.EMPTY)
    if isinstance(raw, Unreadable):
        return Entry(path, sheet, cell, State.UNREADABLE, None, raw.raw, raw.reason)
    is_date = isinstance(raw, dt.date | dt.time)
    return Entry(path, sheet, cell, State.VALUE, raw, str(raw), is_date=is_date)
