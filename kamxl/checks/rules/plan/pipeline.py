"""KAM301 to KAM303: open projects, their dates in order and a probability that fits the stage."""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency import Look, PlanRule, is_before, numbered
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.vocabulary import Kind
from kamxl.plan.opportunities import CLOSED_STAGES, Stage
from kamxl.texts import Text

CLOSE_BEFORE_OFFER = PlanRule(
    code="KAM301",
    name="close-before-offer",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Das Projekt „{project}“ soll am {value} abgeschlossen werden, angeboten aber erst am {offer}.",
        en="{label}: the project “{project}” is to close on {value} but is not offered until {offer}.",
    ),
    remedy=Text(
        de="Angebots- und Abschlussdatum prüfen.", en="Check offer date and close date."
    ),
    details={"offer": Text(de="Angebotsdatum", en="offer date")},
)


@CLOSE_BEFORE_OFFER.check
def _offered_later(look: Look) -> Iterator[Problem]:
    for path, row in numbered("opportunities.open", look.plan.opportunities.open):
        if is_before(row.close_date, row.offer_date):
            yield CLOSE_BEFORE_OFFER.at(
                f"{path}.close_date",
                project=row.project,
                value=row.close_date,
                offer=row.offer_date,
            )


CLOSE_DATE_PAST = PlanRule(
    code="KAM302",
    name="close-date-in-the-past",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der erwartete Abschluss von „{project}“ ({value}) liegt in der Vergangenheit.",
        en="{label}: the expected close of “{project}” ({value}) is in the past.",
    ),
    remedy=Text(
        de="Das Datum erneuern oder die Phase auf gewonnen, verloren oder zurückgestellt setzen.",
        en="Renew the date or set the stage to won, lost or on hold.",
    ),
)


@CLOSE_DATE_PAST.check
def _still_open(look: Look) -> Iterator[Problem]:
    for path, row in numbered("opportunities.open", look.plan.opportunities.open):
        is_open = row.stage not in CLOSED_STAGES
        if is_open and is_before(row.close_date, look.today):
            yield CLOSE_DATE_PAST.at(
                f"{path}.close_date", project=row.project, value=row.close_date
            )


STAGE_PROBABILITY = PlanRule(
    code="KAM303",
    name="probability-unlike-stage",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: {value} passt nicht zur Phase „{stage}“ von „{project}“ (üblich: {low} bis {high}).",
        en="{label}: {value} does not fit the stage “{stage}” of “{project}” (usual: {low} to {high}).",
    ),
    remedy=Text(
        de="Chance oder Phase anpassen.", en="Adjust the probability or the stage."
    ),
    details={"stage": Text(de="Phase", en="stage")},
)


# Usual chances per stage: wide enough that only a contradiction falls out.
USUAL_CHANCE = {
    Stage.IDEA: (0.0, 0.4),
    Stage.QUALIFIED: (0.0, 0.6),
    Stage.OFFER: (0.05, 0.8),
    Stage.NEGOTIATION: (0.2, 0.95),
    Stage.VERBALLY_AGREED: (0.6, 1.0),
    Stage.WON: (1.0, 1.0),
    Stage.LOST: (0.0, 0.0),
    Stage.ON_HOLD: (0.0, 0.5),
}


@STAGE_PROBABILITY.check
def _unusual(look: Look) -> Iterator[Problem]:
    """A probability that its stage contradicts: won at 60 %, a mere idea at 90 %."""
    for path, row in numbered("opportunities.open", look.plan.opportunities.open):
        if row.stage is None or row.probability is None:
            continue
        low, high = USUAL_CHANCE[row.stage]
        if not low - 1e-9 <= row.probability <= high + 1e-9:
            yield STAGE_PROBABILITY.at(
                f"{path}.probability",
                value=look.shown(row.probability, Kind.PERCENT),
                stage=row.stage.label,
                project=row.project,
                low=look.shown(low, Kind.PERCENT),
                high=look.shown(high, Kind.PERCENT),
            )
