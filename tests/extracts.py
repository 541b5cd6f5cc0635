"""Plans for tests, without a workbook: what a reader would have found, from paths and raw values.

`SOUND` is a small plan without a single finding on `TODAY`; a test changes a few of its entries and sees what the
check says to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamxl.document.extract import Entry, Extract, Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.document.paths import path_of
from kamxl.document.remarks import Remark
from kamxl.document.schema import MatrixSpec, Section, TableSpec
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.cells import CellValue, State, address

TODAY = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class Unreadable:
    """A cell that cannot be used: an error value, or a formula that was never calculated."""

    raw: str
    reason: str = "error"


Raw = CellValue | int | Unreadable

SOUND: dict[str, Raw] = {
    "cover.account_class": "Key Account",
    "cover.company": "Muster Maschinenbau GmbH",
    "cover.account_id": "10023",
    "cover.postal_code": "01069",
    "cover.country": "Deutschland",
    "cover.key_account_manager": "Anna Berg",
    "cover.plan_year": 2027.0,
    "cover.currency": "EUR",
    "cover.created_on": dt.date(2026, 9, 1),
    "cover.updated_on": dt.date(2026, 11, 2),
    "summary.challenge": "Verlängerung des Rahmenvertrags",
    "summary.goals": "Umsatz +8 % bis Dezember",
    "summary.top_contacts[0].contact": "Jana Krüger",
    "profile.market_position": "Nummer zwei im Markt",
    "profile.development_potential": "Wächst mit 5 % im Jahr",
    "profile.business_strategy": "Zukäufe in Osteuropa",
    "profile.decision_process": "Einkauf und Technik gemeinsam",
    "revenue.revenue[0].product_group": "Antriebe",
    "revenue.revenue[0].actual_2": 100_000.0,
    "revenue.revenue[0].forecast": 110_000.0,
    "revenue.revenue[0].target": 120_000.0,
    "projects.lost[0].project": "Linie 3",
    "projects.lost[0].lost_to": "Nordwerk AG",
    "opportunities.open[0].project": "Retrofit Werk 2",
    "opportunities.open[0].product_group": "Antriebe",
    "opportunities.open[0].offer_date": dt.date(2026, 10, 1),
    "opportunities.open[0].value": 80_000.0,
    "opportunities.open[0].close_date": dt.date(2027, 3, 31),
    "opportunities.open[0].probability": 0.6,
    "opportunities.open[0].stage": "Verhandlung",
    "competition.competitors[0].name": "Nordwerk AG",
    "competition.competitors[0].importance": 4.0,
    "strategy.goals[0].goal": "Lieferanteil auf 50 % erhöhen",
    "strategy.goals[0].measure": "Servicevertrag anbieten",
    "measures.measures[0].area": "Lösungen",
    "measures.measures[0].measure": "Servicevertrag anbieten",
    "measures.measures[0].goal": "Lieferanteil auf 50 % erhöhen",
    "measures.measures[0].responsible": "Anna Berg",
    "measures.measures[0].start": dt.date(2026, 12, 1),
    "measures.measures[0].due": dt.date(2027, 2, 28),
    "measures.measures[0].status": "offen",
    "contacts.people[0].name": "Jana Krüger",
    "contacts.people[0].role": "Entscheider",
    "contacts.people[0].influence": 9.0,
    "contacts.people[1].name": "Paul Sommer",
    "contacts.people[1].role": "Einkäufer",
    "contacts.people[1].influence": 5.0,
    "contacts.team[0].name": "Anna Berg",
    "contacts.matrix[0][0].actual": 2.0,
    "contacts.matrix[0][0].planned": 6.0,
}
"""A plan that nobody could object to, as raw cell values by path (German workbook)."""


def settings_of(**changes: object) -> Settings:
    """The settings under which `SOUND` was made."""
    return Settings(plan_year=2027, product_groups=("Antriebe",)).changed(**changes)


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


def changed(changes: Mapping[str, Raw]) -> dict[str, Raw]:
    """`SOUND` with some other entries; `None` empties a cell."""
    return {**SOUND, **changes}


def rows_of(pattern: str, table: str) -> dict[str, Raw]:
    """The entries of a Markdown table: its head names the fields, its lines are the rows ``pattern[0]`` and so on.

    A cell is a number or an ISO date where it looks like one, else a text; an empty one is no entry.
    """
    lines = [line.strip().strip("|").split("|") for line in table.strip().splitlines()]
    keys = [key.strip() for key in lines[0]]
    values: dict[str, Raw] = {}
    for index, cells in enumerate(lines[2:]):
        for key, cell in zip(keys, (cell.strip() for cell in cells), strict=True):
            if cell:
                values[f"{pattern}[{index}].{key}"] = _raw(cell)
    return values


def _raw(cell: str) -> Raw:
    for kind in (float, dt.date.fromisoformat):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell


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
