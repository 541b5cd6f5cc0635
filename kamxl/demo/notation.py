"""How an account is written down in ``accounts/*.toml``, and the plan that comes of it.

A file has the sheets and tables of the plan; to read like a page, a row of a table is a list in the order of
`COLUMNS`, a row that the plan names is ``key = [...]``. What a value means follows from its field:

- a date hangs on today or the plan year: ``T-30`` is thirty days ago, ``P-2/05-16`` the 16 May two years before the
  plan year, ``P-3/02`` a month of which the day does not matter; on weekends nobody signs, so Friday counts;
- a person, contact or rival is named by a word of the name (``Brandt`` → ``Dr. Holger Brandt``);
- a goal or a measure on another sheet is named by its number in its own table, from 1;
- ``{P+1}`` in a text is the year after the plan year.

So nothing can refer to somebody who is not there: a reference that fits no one, or two, is a `KeyError`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kamxl.document.schema import FieldSpec, FormSpec, Part, TableSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec

COLUMNS: dict[str, tuple[str, ...]] = {
    "summary.top_contacts": ("contact", "why"),
    "summary.top_measures": ("measure", "effect"),
    "summary.requests": ("request", "decision_by"),
    "profile.situation": ("answer", "relevance"),
    "profile.history": ("event", "effect", "date"),
    "profile.swot": (
        "strengths", "strengths_rating", "weaknesses", "weaknesses_rating",
        "opportunities", "opportunities_rating", "threats", "threats_rating",
    ),
    "profile.signals": ("signal", "source", "date", "unit", "relevance", "follow_up"),
    "projects.won": ("project", "product_group", "value", "date", "why_won"),
    "projects.lost": ("project", "product_group", "value", "date", "lost_to", "why_lost", "consequence"),
    "opportunities.open": (
        "project", "product_group", "offer_date", "value", "close_date", "probability", "stage", "rival",
        "next_step", "responsible",
    ),
    "competition.competitors": ("name", "importance", "revenue", "strengths", "weaknesses", "answer"),
    "competition.gaps": (
        "capability", "importance", "against_requirements", "against_rival", "better_factor", "action",
    ),
    "cooperation.findings": ("strengths", "weaknesses", "consequences", "rating"),
    "cooperation.satisfaction": ("importance", "expectation", "performance"),
    "strategy.goals": (
        "goal", "horizon", "contact", "measure", "indicator", "baseline", "target", "unit", "deadline",
    ),
    "strategy.attractiveness": ("score", "comment"),
    "strategy.position": ("score", "comment"),
    "strategy.price_readiness": ("score", "comment"),
    "strategy.strategic_projects": ("project", "until_year", "investment", "benefit", "milestone"),
    "measures.measures": (
        "area", "measure", "goal", "responsible", "support", "status", "start", "due", "progress", "budget",
        "revenue_effect", "comment",
    ),
    "measures.coaching": ("who", "topic", "material", "date", "status"),
    "measures.retention": ("next_step", "in_use", "effect"),
    "measures.negotiation": (
        "topic", "argument", "concession", "our_target", "our_minimum", "customer_target",
    ),
    "controlling.targets": ("indicator", "perspective", "unit", "baseline", "target", "actual", "weight"),
    "contacts.people": ("position", "name", "role", "influence", "stance", "unit", "last_contact"),
}  # fmt: skip

RIVALS = (
    "Fluxmann Dosiertechnik GmbH",
    "Jinhai Pump Co. Ltd.",
    "Kanto Rotary K.K.",
    "Lohmeier Pumpenservice GmbH",
    "Pompenova S.p.A.",
    "Ritterkamp Pumpen AG",
    "Svenborg Flow AB",
    "Tarvos Seals Inc.",
)
"""The supplier's competitors; they meet us at several accounts."""

_YEAR = re.compile(r"\{P([+-]\d)?\}")
_FROM_TODAY = re.compile(r"T([+-]\d+)")
_FROM_PLAN_YEAR = re.compile(r"P([+-]\d+)?/(\d\d)(?:-(\d\d))?")
_MEASURE_BY_NUMBER = ("summary.top_measures[].measure", "strategy.goals[].measure")
_MEETING = ("topics", "actual", "planned")
_YEARS_AHEAD = "strategy.strategic_projects[].until_year"
_RIVAL = "competition.competitors[].name"

Entries = Sequence[Any]
"""What is written of one row, in the order of its table's columns."""


class NotationReader:
    """Turns one account's file into the data of an `AccountPlan`.

    `spec` must be that of the full profile, for it says what every field holds.
    """

    def __init__(
        self, document: Mapping[str, Any], spec: PlanSpec, today: dt.date
    ) -> None:
        self._document = document
        self._spec = spec
        self._year = spec.settings.year
        self._today = today
        self._contacts = [row[1] for row in document["contacts"]["people"]]
        self._goals = [row[0] for row in document["strategy"]["goals"]]
        self._measures = [row[1] for row in document["measures"]["measures"]]
        self._names: dict[Kind, Sequence[str]] = {
            Kind.COMPETITOR: RIVALS,
            Kind.PERSON: spec.settings.people,
            Kind.CONTACT: self._contacts,
        }

    def data(self) -> dict[str, Any]:
        """What the file says, sheet by sheet; sheets that follow from figures are left to `kamxl.demo.amounts`."""
        keys = self._document.keys() - {"revenue", "contacts"}
        sheets = {key: self._sheet(key) for key in keys}
        for decided in sheets["projects"].values():
            # The sheet asks for the latest first; which of two days that is may depend on today.
            decided.sort(key=lambda row: row["date"], reverse=True)
        sheets["contacts"] = self._contact_matrix()
        sheets["cover"]["contact_name"] = one_of(
            self._document["cover"]["contact_name"], self._contacts
        )
        sheets["cover"] |= {
            "plan_year": self._year,
            "currency": self._spec.settings.currency,
        }
        return sheets

    def _sheet(self, key: str) -> dict[str, Any]:
        written = self._document[key]
        sheet: dict[str, Any] = {}
        for section in self._spec.sheet(key).sections:
            key, columns = section.key, COLUMNS.get(section.pattern)
            if isinstance(section, TableSpec):
                if columns and key in written:
                    sheet[key] = self.table(section, written[key], columns)
            elif isinstance(section, FormSpec):
                form = self._form(section, written[key] if key else written)
                sheet |= {key: form} if key else form
        return sheet

    def _form(self, section: FormSpec, written: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in section.fields:
            # A note and its fact status are written as a pair.
            note = field.item.beside
            entry = written.get(note or field.key)
            if isinstance(entry, list):
                entry = entry[1 if note else 0]
            values[field.key] = self.value(field, entry)
        return values

    def table(
        self,
        section: TableSpec,
        written: Sequence[Entries] | Mapping[str, Entries],
        columns: Sequence[str],
    ) -> list[dict[str, Any]]:
        """The rows of a table, whose entries are in the order of `columns`; rows that the plan names may have keys."""
        if isinstance(written, Mapping):
            written = [written[row.key] for row in section.rows]
        rows = self._rows(section, columns, written)
        if section.free:
            return rows
        starts = (dict(row.defaults) for row in section.rows)
        return [start | row for start, row in zip(starts, rows, strict=True)]

    def _rows(
        self, part: Part, columns: Sequence[str], written: Iterable[Entries]
    ) -> list[dict[str, Any]]:
        known = {field.key: field for field in part.fields}
        rows = []
        for entries in written:
            pairs = zip(columns, entries, strict=True)
            rows.append({key: self.value(known[key], raw) for key, raw in pairs})
        return rows

    def value(self, field: FieldSpec, raw: Any) -> Any:
        """What a field holds, for what is written; an empty text is no entry."""
        if raw in (None, ""):
            return None
        if field.options:
            return str(raw)
        if isinstance(raw, str):
            return self._said(field, raw)
        return self._numbered(field, raw)

    def rival(self, word: str) -> str | None:
        """The full name of a rival; none for an empty word."""
        return one_of(word, RIVALS) if word else None

    def text(self, written: str) -> str | None:
        """A text with its years filled in."""
        year = self._year
        return _YEAR.sub(lambda found: str(year + int(found[1] or 0)), written) or None

    def _said(self, field: FieldSpec, words: str) -> Any:
        """What words stand for: a day, somebody's full name; mostly themselves."""
        if field.kind is Kind.DATE:
            return self._day(words)
        is_rival = field.pattern == _RIVAL
        names = RIVALS if is_rival else self._names.get(field.kind)
        return self.text(words) if names is None else one_of(words, names)

    def _numbered(self, field: FieldSpec, number: float) -> Any:
        """What a number stands for: a measure, a goal, a year; mostly itself."""
        if field.pattern in _MEASURE_BY_NUMBER:
            return self._measures[int(number) - 1]
        if field.kind is Kind.GOAL:
            return self._goals[int(number) - 1]
        return self._year + number if field.pattern == _YEARS_AHEAD else number

    def _day(self, written: str) -> dt.date:
        if found := _FROM_TODAY.fullmatch(written):
            return _on_a_working_day(self._today + dt.timedelta(days=int(found[1])))
        found = _FROM_PLAN_YEAR.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is no date; write T-30, P-2/05-16 or P-3/02")
        year, month = self._year + int(found[1] or 0), int(found[2])
        if not found[3]:
            return dt.date(year, month, 1)
        return _on_a_working_day(dt.date(year, month, int(found[3])))

    def _contact_matrix(self) -> dict[str, Any]:
        """People, those of our team who meet one of them, and their meetings."""
        written = self._document["contacts"]
        (matrix,) = self._spec.matrices
        columns = COLUMNS["contacts.people"]
        people = self._rows(matrix.people, columns, written["people"])
        meetings = self._meetings(written["matrix"])
        team, crossings = [], []
        for member in self._spec.settings.team:
            met = meetings.get(member.name)
            if met:
                team.append({"function": member.function, "name": member.name})
                crossings.append([met.get(contact, {}) for contact in self._contacts])
        return {"people": people, "team": team, "matrix": crossings}

    def _meetings(self, rows: Sequence[Entries]) -> dict[str, dict[str, Any]]:
        """By our own people's names, then by contact: topics, actual and planned meetings."""
        everyone = self._spec.settings.people
        met: dict[str, dict[str, Any]] = defaultdict(dict)
        for own, contact, *cell in rows:
            name = one_of(contact, self._contacts)
            met[one_of(own, everyone)][name] = dict(zip(_MEETING, cell, strict=True))
        return met


def one_of(word: str, names: Iterable[str]) -> str:
    """The one name that has `word` in it as a word.

    Raises:
        KeyError: none of the names has it, or several have.
    """
    wanted = re.compile(rf"\b{re.escape(word)}\b")
    fitting = list(filter(wanted.search, names))
    if len(fitting) != 1:
        raise KeyError(f"{word!r} stands for {fitting or 'nobody'}")
    return fitting[0]


def _on_a_working_day(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))
