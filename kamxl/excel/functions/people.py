# ruff: noqa: N802 - an Excel function is named as Excel shows it
"""Excel functions: contacts, stance, buying center, relationship, net promoter score."""

from __future__ import annotations

import datetime as dt
from itertools import chain

from kamxl.excel.functions.arguments import (
    MINIMUM,
    SCORE_PART,
    SCORE_PARTS,
    WEIGHTS,
    minimum_of,
)
from kamxl.excel.functions.cells import (
    Cells,
    beside,
    cell_language,
    chosen,
    flat,
    given,
    grid,
    part_of,
    rowwise,
    serial_of,
    shaped,
    single,
)
from kamxl.excel.functions.function import excel_function
from kamxl.scoring import (
    BUYING_CENTER_ROLES,
    LIMITS,
    ScoreError,
    buying_center_coverage,
    contact_coverage,
    contact_freshness,
    contact_priority,
    contact_urgency,
    nps,
    relationship_health,
    stance_index,
)
from kamxl.texts import Text

_ACTUAL = Text("Kontakte Ist pro Jahr", "Contacts made per year")
_PLANNED = Text(
    "Kontakte Soll pro Jahr, gleich viele Zellen",
    "Contacts planned per year, as many cells",
)
_INFLUENCE = Text(
    "Einfluss der Personen (1 bis 10), gleich viele Zellen; leer: alle gleich",
    "Influence of the people (1 to 10), as many cells; left out: all equal",
)


@excel_function(
    Text(
        "Kontaktabdeckung als Anteil (0 bis 1), je Kontakt höchstens das Soll",
        "Contact coverage as a share (0 to 1)",
    ),
    actual=_ACTUAL,
    planned=_PLANNED,
    influence=_INFLUENCE,
    minimum=MINIMUM,
    part=SCORE_PART,
)
def KAM_COVERAGE(
    actual: Cells,
    planned: Cells,
    influence: Cells = None,
    minimum: Cells = None,
    part: Cells = None,
) -> object:
    """`contact_coverage`."""
    result = contact_coverage(
        flat(actual),
        flat(planned),
        given(influence),
        minimum_coverage=minimum_of(minimum),
    )
    return part_of(result, part, SCORE_PARTS)


@excel_function(
    Text(
        "Kontaktlücke je Person: Einfluss mal fehlende Kontakte, oder ihr Rang",
        "Contact gap per person: influence times missing contacts, or its rank",
    ),
    actual=_ACTUAL,
    planned=_PLANNED,
    influence=_INFLUENCE,
    part=Text("Lücke (ohne Angabe) oder Rang", "gap (if left out) or rank"),
)
def KAM_CONTACT_GAP(
    actual: Cells, planned: Cells, influence: Cells = None, part: Cells = None
) -> object:
    """`contact_priority`, in the shape of the first range; blank where there is no gap."""
    wanted = chosen(
        part, "part", {"gap": Text("Lücke", "gap"), "rank": Text("Rang", "rank")}
    )
    rows = grid(actual)
    made = list(chain.from_iterable(rows))
    ranked = contact_priority(made, flat(planned), given(influence))
    found = {contact.index: getattr(contact, wanted) for contact in ranked}
    return shaped(rows, found)


@excel_function(
    Text(
        "Dringlichkeit des nächsten Kontakts: Einfluss mal fehlender Anteil am Soll",
        "Urgency of the next contact: influence times the missing share of the plan",
    ),
    influence=Text("Einfluss der Person (1 bis 10)", "Influence of the person (1-10)"),
    actual=_ACTUAL,
    planned=_PLANNED,
)
def KAM_CONTACT_URGENCY(influence: Cells, actual: Cells, planned: Cells) -> object:
    """`contact_urgency`, row by row."""
    return rowwise(contact_urgency, influence, actual, planned)


@excel_function(
    Text(
        "Haltung des Kunden zu uns: -1 bis 1, nach Einfluss gewichtet",
        "Stance towards us: -1 to 1, weighted by influence",
    ),
    influence=Text(
        "Einfluss der Personen (1 bis 10)", "Influence of the people (1 to 10)"
    ),
    stance=Text(
        "Haltung -2 Gegner, -1 kritisch, 0 neutral, 1 positiv, 2 Förderer; leer: unbekannt",
        "Stance -2 opponent, -1 critical, 0 neutral, 1 positive, 2 supporter; blank: unknown",
    ),
    minimum=MINIMUM,
    part=Text(
        "Wert (ohne Angabe), Gegner (Gewicht des stärksten), Platz (seine Zelle, ab 1), Abdeckung",
        "value (if left out), opponent (weight of the strongest), place (its cell, from 1), coverage",
    ),
)
def KAM_STANCE(
    influence: Cells, stance: Cells, minimum: Cells = None, part: Cells = None
) -> object:
    """`stance_index`."""
    names = {
        "value": Text("Wert", "value"),
        "opponent": Text("Gegner", "opponent"),
        "opponent_index": Text("Platz", "place"),
        "coverage": Text("Abdeckung", "coverage"),
    }
    wanted = chosen(part, "part", names)
    result = stance_index(
        flat(influence), flat(stance), minimum_coverage=minimum_of(minimum)
    )
    if wanted == "opponent_index":
        return None if result.opponent_index is None else result.opponent_index + 1
    return getattr(result, wanted)


@excel_function(
    Text(
        "Besetzte Rollen im Buying Center / nötige Rollen (0 bis 1)",
        "Buying-center roles covered / needed (0 to 1)",
    ),
    roles=Text(
        "Rolle je Kontakt: Entscheider, Beeinflusser, ...",
        "Role of each contact: decider, influencer, ...",
    ),
    names=Text(
        "Namen, gleich viele Zellen; ohne Namen zählt die Rolle nicht",
        "Names, as many cells; nameless roles do not count",
    ),
    needed=Text("Nötige Rollen; leer: alle sechs", "Roles needed; left out: all six"),
    part=Text(
        "Wert (ohne Angabe), fehlend (Text), Kontakte, Einzelkontakt (WAHR/FALSCH)",
        "value (if left out), missing (text), contacts, single-threaded (TRUE/FALSE)",
    ),
)
def KAM_BUYING_CENTER(
    roles: Cells, names: Cells = None, needed: Cells = None, part: Cells = None
) -> object:
    """`buying_center_coverage`; roles by code, German or English name."""
    parts = {
        "value": Text("Wert", "value"),
        "missing": Text("fehlend", "missing"),
        "contacts": Text("Kontakte", "contacts"),
        "single_threaded": Text("Einzelkontakt", "single-threaded"),
    }
    wanted = chosen(part, "part", parts)
    wanted_roles = [_role(role, "needed") for role in flat(needed) if role is not None]
    result = buying_center_coverage(
        _named_roles(flat(roles), names), wanted_roles or tuple(BUYING_CENTER_ROLES)
    )
    if wanted == "missing":
        return ", ".join(
            BUYING_CENTER_ROLES[role][cell_language()] for role in result.missing
        )
    return getattr(result, wanted)


@excel_function(
    Text(
        "Zustand der Kundenbeziehung 0 bis 100", "Health of the relationship 0 to 100"
    ),
    coverage=Text("Kontaktabdeckung 0 bis 1", "Contact coverage 0 to 1"),
    stance=Text("Haltung -1 bis 1", "Stance -1 to 1"),
    roles=Text("Besetzte Rollen 0 bis 1", "Roles covered 0 to 1"),
    last_contact=Text(
        "Datum des letzten Kontakts, oder Tage seitdem",
        "Date of the last contact, or days since",
    ),
    satisfaction=Text(
        "Kundenzufriedenheit 0 bis 100", "Customer satisfaction 0 to 100"
    ),
    today=Text(
        "Stichtag, z. B. HEUTE(); nur zum Datum nötig",
        "Reference date, e.g. TODAY(); needed with a date",
    ),
    weights=WEIGHTS,
    limit=Text(
        "Tage, nach denen ein Kontakt veraltet ist, ohne Angabe 180",
        "Days until a contact is stale, 180 if left out",
    ),
    minimum=MINIMUM,
    part=SCORE_PART,
)
def KAM_RELATIONSHIP(  # noqa: PLR0913, PLR0917 - five figures and how to weigh them
    coverage: Cells,
    stance: Cells,
    roles: Cells,
    last_contact: Cells,
    satisfaction: Cells,
    today: Cells = None,
    weights: Cells = None,
    limit: Cells = None,
    minimum: Cells = None,
    part: Cells = None,
) -> object:
    """`relationship_health`."""
    days = _days(
        single(last_contact, "last_contact", None), single(today, "today", None)
    )
    result = relationship_health(
        single(coverage, "coverage", None),
        single(stance, "stance", None),
        single(roles, "roles", None),
        contact_freshness(days, single(limit, "limit", LIMITS.contact_days)),
        single(satisfaction, "satisfaction", None),
        LIMITS.relationship_weights if weights is None else flat(weights),
        minimum_coverage=minimum_of(minimum),
    )
    return part_of(result, part, SCORE_PARTS)


@excel_function(
    Text("Net Promoter Score -100 bis 100", "Net promoter score -100 to 100"),
    ratings=Text("Antworten 0 bis 10", "Answers 0 to 10"),
    part=Text(
        "Wert (ohne Angabe), Promotoren, Passive, Detraktoren, kleine Stichprobe (WAHR unter 30)",
        "value (if left out), promoters, passives, detractors, small sample (TRUE below 30)",
    ),
)
def KAM_NPS(ratings: Cells, part: Cells = None) -> object:
    """`nps`."""
    names = {
        "value": Text("Wert", "value"),
        "promoters": Text("Promotoren", "promoters"),
        "passives": Text("Passive", "passives"),
        "detractors": Text("Detraktoren", "detractors"),
        "small_sample": Text("kleine Stichprobe", "small sample"),
    }
    return part_of(nps(flat(ratings)), part, names)


def _named_roles(roles: list[object], names: Cells) -> list[str | None]:
    """One entry per named contact; without names every contact with a role counts as named."""
    people = roles if names is None else beside(names, "names", roles)
    pairs = zip(roles, people, strict=True)
    named = [role for role, person in pairs if person is not None]
    return [None if role is None else _role(role, "roles") for role in named]


def _role(text: object, argument: str) -> str:
    return chosen(text, argument, BUYING_CENTER_ROLES)


def _days(last: Cells, today: Cells) -> Cells:
    """Days from the last contact to `today`: two dates or serial numbers; without `today` a number is the days."""
    if isinstance(last, dt.datetime) and today is None:
        raise ScoreError(
            "today",
            Text(
                de="fehlt zum Datum des letzten Kontakts",
                en="is missing beside the date",
            ),
        )
    if last is None or today is None:
        return last
    return serial_of(today, "today") - serial_of(last, "last_contact")
