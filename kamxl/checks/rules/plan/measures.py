"""KAM306 to KAM309, KAM319: goals and projects without a step, measures without a person or out of time.

Who is responsible for a measure is a required entry: KAM307 is found where those are.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency import Look, PlanRule, is_before, names, numbered
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.plan.measures import FINISHED
from kamxl.spelling import fold
from kamxl.texts import Text

GOAL_WITHOUT_MEASURE = PlanRule(
    code="KAM306",
    name="goal-without-measure",
    severity=Severity.WARNING,
    message=Text(
        de="Zum Ziel „{value}“ gibt es keine Maßnahme.",
        en="There is no measure for the goal “{value}”.",
    ),
    remedy=Text(
        de="Die wichtigste Maßnahme nennen oder auf Blatt 9 eine Maßnahme diesem Ziel zuordnen.",
        en="Name the main measure or assign a measure on sheet 9 to this goal.",
    ),
)


@GOAL_WITHOUT_MEASURE.check
def _unserved(look: Look) -> Iterator[Problem]:
    """A strategic goal with neither a main measure nor a measure that serves it."""
    served = names(measure.goal for measure in look.plan.measures.measures)
    for path, row in numbered("strategy.goals", look.plan.strategy.goals):
        is_unserved = not names([row.goal]) <= served
        if is_unserved and look.blank(f"{path}.measure", row.measure):
            yield GOAL_WITHOUT_MEASURE.at(f"{path}.goal", value=row.goal)


# Told where the required entry is missing, so there is no check beside it.
PlanRule(
    code="KAM307",
    name="measure-without-responsible",
    severity=Severity.OPEN,
    message=Text(
        de="{label}: Für die Maßnahme „{measure}“ ist niemand verantwortlich.",
        en="{label}: nobody is responsible for the measure “{measure}”.",
    ),
    remedy=Text(
        de="Eine verantwortliche Person eintragen.", en="Enter a responsible person."
    ),
    absent="measures.measures[].responsible",
)
MEASURE_OVERDUE = PlanRule(
    code="KAM308",
    name="measure-overdue",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Maßnahme „{measure}“ war am {value} fällig und ist noch nicht erledigt.",
        en="{label}: the measure “{measure}” was due on {value} and is not done yet.",
    ),
    remedy=Text(
        de="Die Maßnahme abschließen, neu terminieren oder verwerfen.",
        en="Finish, reschedule or drop the measure.",
    ),
)


@MEASURE_OVERDUE.check
def _overdue(look: Look) -> Iterator[Problem]:
    for path, row in numbered("measures.measures", look.plan.measures.measures):
        # One that was due before the plan was set up has the wrong year: that is told by its own rule.
        is_open = row.status not in FINISHED and not is_before(row.due, look.set_up)
        if is_open and is_before(row.due, look.today):
            yield MEASURE_OVERDUE.at(f"{path}.due", measure=row.measure, value=row.due)


DUE_BEFORE_START = PlanRule(
    code="KAM309",
    name="due-before-start",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Maßnahme „{measure}“ wäre am {value} fällig, beginnt aber erst am {start}.",
        en="{label}: the measure “{measure}” would be due on {value} but does not start until {start}.",
    ),
    remedy=Text(de="Beginn und Termin prüfen.", en="Check start and due date."),
    details={"start": Text(de="Beginn", en="start")},
)


@DUE_BEFORE_START.check
def _starts_later(look: Look) -> Iterator[Problem]:
    for path, row in numbered("measures.measures", look.plan.measures.measures):
        if is_before(row.due, row.start):
            yield DUE_BEFORE_START.at(
                f"{path}.due",
                measure=row.measure,
                value=row.due,
                start=row.start,
            )


STRATEGIC_WITHOUT_STEP = PlanRule(
    code="KAM319",
    name="strategic-project-without-step",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Das strategische Projekt „{project}“ hat keinen nächsten operativen Schritt.",
        en="{label}: the strategic project “{project}” has no next operational step.",
    ),
    remedy=Text(
        de="Den nächsten Meilenstein eintragen oder auf Blatt 9 eine Maßnahme dazu anlegen.",
        en="Enter the next milestone or add a measure for it on sheet 9.",
    ),
)


@STRATEGIC_WITHOUT_STEP.check
def _without_step(look: Look) -> Iterator[Problem]:
    measures = look.plan.measures.measures
    texts = ((row.measure, row.comment, row.goal) for row in measures)
    steps = "\n".join(fold(" ".join(filter(None, text))) for text in texts)
    projects = look.plan.strategy.strategic_projects
    for path, row in numbered("strategy.strategic_projects", projects):
        # A row without a project has none that could lack a step.
        is_planned = fold(row.project or "") in steps
        if not is_planned and look.blank(f"{path}.milestone", row.milestone):
            yield STRATEGIC_WITHOUT_STEP.at(f"{path}.milestone", project=row.project)
