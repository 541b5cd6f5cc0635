"""Plans → workbooks: the template of a company is drawn once, the entries of each account are poured in.

A `PlanWriter` draws for 0.5 s and then writes a plan in some 10 ms. A plan with more rows than a table has gets a
template of its own with as many rows as it needs. Formulas are written with their results, so that a preview shows
figures before Excel has calculated.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kamxl.document.drawing.draw import draw_document
from kamxl.document.drawing.fill import Template
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.figures import figure_label, figures
from kamxl.document.identity import identity_for
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.paths import flatten, nest, row_counts
from kamxl.document.progress import progress_figures
from kamxl.errors import InputError
from kamxl.generation.names import plan_name
from kamxl.generation.prefill import starting_values
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.saving import write_atomically

_NAMESPACE = uuid.UUID("6b0f5a0e-6d1c-5f0e-9a57-0b6d3f3f6a11")
_MOST_TEMPLATES = 12  # kept at a time; each takes some megabytes
_NO_ROOM = Text(
    de="Der Plan von „{account}“ hat eine Angabe, für die die Arbeitsmappe kein Feld hat: {path}.",
    en="The plan of “{account}” holds an entry that the workbook has no field for: {path}.",
)


@dataclass(frozen=True)
class _Drawn:
    """A template and what belongs to it."""

    spec: PlanSpec
    layout: Layout
    template: Template
    blank: Mapping[str, None]  # cells that are not empty as drawn


class PlanWriter:
    """Writes the plans of one company, year, language and profile.

    Args:
        settings: the company's standard; language, profile and plan year are those of the workbooks.
        today: the day written into the workbooks, and on which a measure is overdue or not.
        seed: with the same seed the same plan has the same identity in every run (for examples and tests).
    """

    def __init__(
        self, settings: Settings, today: dt.date | None = None, seed: str = ""
    ) -> None:
        self.settings = settings.changed(plan_year=settings.year)
        self.today = today or dt.date.today()
        self.seed = seed
        self.spec = plan_spec(self.settings)
        self._drawn: dict[str, _Drawn] = {}
        self._taken: set[str] = set()

    @property
    def language(self) -> str:
        """The workbooks' language."""
        return str(self.settings.language)

    def template(self) -> bytes:
        """The empty template, as a workbook that is nobody's plan yet."""
        blank = AccountPlan.model_validate(
            nest(starting_values(self.spec, self.language))
        )
        drawn = self._drawn_for(blank)
        return drawn.template.fill(
            self._shown(blank, drawn),
            self._results(blank, drawn),
            self._identity(drawn.spec, WorkbookKind.TEMPLATE),
        )

    def workbook(
        self, plan: AccountPlan, raw: Mapping[str, Any] | None = None
    ) -> bytes:
        """The workbook of a plan.

        Args:
            plan: the entries.
            raw: what stands in some cells instead, by path, whether it makes sense or not (for examples of
                mistakes). Formulas are left without results then, as nobody has worked them out.

        Raises:
            InputError: the plan has an entry that the workbook has no cell for.
        """
        drawn = self._drawn_for(plan)
        values = {**drawn.blank, **self._shown(plan, drawn), **(raw or {})}
        account = plan.cover.account_id or ""
        for path in values:
            if path not in drawn.layout.spots:
                fault = _NO_ROOM[self.language]
                raise InputError(fault.format(account=account, path=path))
        plan_id = str(uuid.uuid4())
        if self.seed:
            seeded = f"{self.seed}/{account}/{self.settings.year}"
            plan_id = str(uuid.uuid5(_NAMESPACE, seeded))
        identity = self._identity(drawn.spec, WorkbookKind.PLAN, account, plan_id)
        results = {} if raw else self._results(plan, drawn)
        return drawn.template.fill(values, results, identity)

    def name(self, plan: AccountPlan) -> str:
        """A file name for the plan that this writer has not given before."""
        name = plan_name(
            plan.cover.account_id or "",
            plan.cover.company or "",
            self.settings.year,
            self._taken,
        )
        self._taken.add(name.lower())
        return name

    def write(
        self, plan: AccountPlan, path: Path, raw: Mapping[str, Any] | None = None
    ) -> None:
        """Write the plan's workbook to `path`; arguments as in `workbook`.

        Raises:
            InputError: the file is open in Excel or cannot be written.
        """
        write_atomically(path, self.workbook(plan, raw), self.language)

    def _identity(
        self, spec: PlanSpec, kind: WorkbookKind, account: str = "", plan_id: str = ""
    ) -> Identity:
        day = self.today.isoformat()
        return identity_for(spec, self.language, kind, account, plan_id, day)

    def _drawn_for(self, plan: AccountPlan) -> _Drawn:
        """The template whose tables have room for the plan."""
        settings = self._with_room(plan)
        key = settings.shaping_json()
        if key not in self._drawn:
            spec = plan_spec(settings)
            layout = lay_out(spec, self.language)
            data = draw_document(layout, self._identity(spec, WorkbookKind.TEMPLATE))
            if len(self._drawn) == _MOST_TEMPLATES:
                self._drawn.pop(next(iter(self._drawn)))
            blank = dict.fromkeys(starting_values(spec, self.language))
            self._drawn[key] = _Drawn(spec, layout, Template(data, layout, key), blank)
        return self._drawn[key]

    def _with_room(self, plan: AccountPlan) -> Settings:
        drawn = self.spec.shown_rows
        needed = row_counts(plan, self.spec)
        more = {
            key: count for key, count in needed.items() if count > drawn.get(key, count)
        }
        if not more:
            return self.settings
        return self.settings.changed(rows={**self.settings.rows, **more})

    def _shown(self, plan: AccountPlan, drawn: _Drawn) -> dict[str, Any]:
        """The entries as their cells show them."""
        entries = flatten(plan, drawn.spec)
        return {
            path: shown(path, value, drawn.spec, self.language)
            for path, value in entries.items()
        }

    def _results(self, plan: AccountPlan, drawn: _Drawn) -> dict[str, Any]:
        """What the formulas give, as the cells show it."""
        found = {
            path: figure_label(drawn.spec, path, value, self.language)
            for path, value in figures(plan, drawn.spec, self.today).items()
        }
        found |= progress_figures(plan, drawn.spec, self.language)
        # A formula without a result gives an empty text.
        return {
            path: "" if value is None else value
            for path, value in found.items()
            if path in drawn.layout.spots
        }


def shown(path: str, value: Any, spec: PlanSpec, language: str) -> Any:
    """An entry as its cell shows it: the label of a code, else the value itself."""
    for option in spec.field(path).options:
        if option.code == value:
            return option.label[language]
    return value
