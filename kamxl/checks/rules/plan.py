"""KAM3xx: entries of one plan that do not go together, and what a good plan would not leave open."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rules.base import Rule
from kamxl.texts import Text

CLOSE_BEFORE_OFFER = Rule(
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
)
CLOSE_DATE_PAST = Rule(
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
STAGE_PROBABILITY = Rule(
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
)
LOST_TO_UNKNOWN = Rule(
    code="KAM304",
    name="lost-to-unknown-competitor",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ steht nicht in der Konkurrenzanalyse.",
        en="{label}: “{value}” is not in the competition analysis.",
    ),
    remedy=Text(
        de="Den Wettbewerber auf Blatt 6 ergänzen oder den Namen gleich schreiben.",
        en="Add the competitor on sheet 6 or use the same spelling.",
    ),
)
TOP_CONTACT_UNKNOWN = Rule(
    code="KAM305",
    name="top-contact-not-in-matrix",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ steht nicht in der Kontaktmatrix.",
        en="{label}: “{value}” is not in the contact matrix.",
    ),
    remedy=Text(
        de="Die Person in die Kontaktmatrix aufnehmen oder den Namen gleich schreiben.",
        en="Add the person to the contact matrix or use the same spelling.",
    ),
)
GOAL_WITHOUT_MEASURE = Rule(
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
MEASURE_WITHOUT_PERSON = Rule(
    code="KAM307",
    name="measure-without-responsible",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Für die Maßnahme „{measure}“ ist niemand verantwortlich.",
        en="{label}: nobody is responsible for the measure “{measure}”.",
    ),
    remedy=Text(
        de="Eine verantwortliche Person eintragen.", en="Enter a responsible person."
    ),
)
MEASURE_OVERDUE = Rule(
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
DUE_BEFORE_START = Rule(
    code="KAM309",
    name="due-before-start",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Maßnahme „{measure}“ wäre am {value} fällig, beginnt aber erst am {start}.",
        en="{label}: the measure “{measure}” would be due on {value} but does not start until {start}.",
    ),
    remedy=Text(de="Beginn und Termin prüfen.", en="Check start and due date."),
)
FORECAST_JUMP = Rule(
    code="KAM310",
    name="forecast-jump-without-comment",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Umsatz mit „{group}“ ändert sich um {change} (von {before} auf {value}); "
        "ein Kommentar dazu fehlt.",
        en="{label}: revenue with “{group}” changes by {change} (from {before} to {value}) without a comment.",
    ),
    remedy=Text(
        de="Den Sprung im Kommentar begründen oder den Betrag berichtigen.",
        en="Explain the jump in the comment or correct the amount.",
    ),
    threshold=0.3,
    threshold_meaning=Text(
        de="Veränderung, ab der ein Kommentar erwartet wird (0.3 = 30 %)",
        en="change from which a comment is expected (0.3 = 30%)",
    ),
)
WEIGHTS_NOT_ALL = Rule(
    code="KAM311",
    name="weights-not-100-percent",
    severity=Severity.WARNING,
    message=Text(
        de="„{table}“: Die Gewichte ergeben zusammen {value} statt 100 %.",
        en="“{table}”: the weights add up to {value} instead of 100%.",
    ),
    remedy=Text(
        de="Die Gewichte so anpassen, dass sie 100 % ergeben; bis dahin werden sie umgerechnet.",
        en="Adjust the weights so that they add up to 100%; until then they are rescaled.",
    ),
    threshold=0.005,
    threshold_meaning=Text(
        de="erlaubte Abweichung von 100 % (0.005 = 0,5 Prozentpunkte)",
        en="deviation from 100% allowed (0.005 = 0.5 percentage points)",
    ),
)
GAP_WITHOUT_ANSWER = Rule(
    code="KAM312",
    name="gap-without-counter-measure",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Bei „{value}“ sind wir schlechter, eine Gegenmaßnahme fehlt.",
        en="{label}: we are worse at “{value}”, but there is no counter-measure.",
    ),
    remedy=Text(
        de="Eintragen, was wir dagegen tun, oder warum wir es hinnehmen.",
        en="Enter what we do about it, or why we accept it.",
    ),
)
INFLUENTIAL_UNPLANNED = Rule(
    code="KAM313",
    name="influential-contact-without-plan",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Für „{contact}“ (Einfluss {value}) ist kein Kontakt geplant.",
        en="{label}: no contact is planned for “{contact}” (influence {value}).",
    ),
    remedy=Text(
        de="In der Kontaktmatrix eintragen, wer diese Person wie oft im Jahr trifft.",
        en="Enter in the contact matrix who meets this person how often a year.",
    ),
    threshold=8,
    threshold_meaning=Text(
        de="Einfluss (1–10), ab dem ein geplanter Kontakt erwartet wird",
        en="influence (1–10) from which a planned contact is expected",
    ),
)
ACTUAL_ABOVE_PLANNED = Rule(
    code="KAM314",
    name="actual-above-planned",
    severity=Severity.HINT,
    message=Text(
        de="{label}: Zwischen „{person}“ und „{contact}“ gab es mehr Kontakte als geplant "
        "(Ist {value}, Soll {planned}).",
        en="{label}: there were more contacts between “{person}” and “{contact}” than planned "
        "(actual {value}, planned {planned}).",
    ),
    remedy=Text(
        de="Prüfen, ob Ist und Soll vertauscht sind, oder das Soll anpassen.",
        en="Check whether actual and planned are swapped, or adjust the plan.",
    ),
)
SINGLE_THREADED = Rule(
    code="KAM315",
    name="single-threaded",
    severity=Severity.WARNING,
    message=Text(
        de="Die Beziehung hängt an zu wenigen Personen (genannte Ansprechpartner: {value}).",
        en="The relationship depends on too few people (contacts named: {value}).",
    ),
    remedy=Text(
        de="Weitere Ansprechpartner beim Kunden gewinnen und eintragen.",
        en="Win further contacts at the account and enter them.",
    ),
    threshold=1,
    threshold_meaning=Text(
        de="Zahl der Ansprechpartner, bis zu der die Regel gilt",
        en="number of contacts up to which the rule applies",
    ),
)
NO_DECIDER = Rule(
    code="KAM316",
    name="no-decision-maker",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: In der Kontaktmatrix ist kein Entscheider benannt.",
        en="{label}: the contact matrix names no decider.",
    ),
    remedy=Text(
        de="Klären, wer entscheidet, und die Person mit der Rolle „Entscheider“ eintragen.",
        en="Find out who decides and enter the person with the role “Decider”.",
    ),
)
OUTDATED = Rule(
    code="KAM317",
    name="plan-outdated",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Plan wurde zuletzt am {value} aktualisiert, vor {days} Tagen.",
        en="{label}: the plan was last updated on {value}, {days} days ago.",
    ),
    remedy=Text(
        de="Den Plan durchgehen und das Datum der Aktualisierung eintragen.",
        en="Go through the plan and enter the date of the update.",
    ),
    threshold=183,
    threshold_meaning=Text(
        de="Tage, nach denen ein Plan als veraltet gilt",
        en="days after which a plan counts as outdated",
    ),
)
UPDATED_BEFORE_CREATED = Rule(
    code="KAM318",
    name="updated-before-created",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Plan wurde laut Deckblatt am {value} aktualisiert, aber erst am {created} erstellt.",
        en="{label}: according to the cover the plan was updated on {value} but not created until {created}.",
    ),
    remedy=Text(
        de="Beide Daten auf dem Deckblatt prüfen.", en="Check both dates on the cover."
    ),
)
STRATEGIC_WITHOUT_STEP = Rule(
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
PERSON_UNKNOWN = Rule(
    code="KAM320",
    name="person-not-in-team",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ gehört weder zum eigenen Team noch zur Kontaktmatrix.",
        en="{label}: “{value}” belongs neither to the team nor to the contact matrix.",
    ),
    remedy=Text(
        de="Den Namen aus der Liste wählen oder die Person ins Team aufnehmen.",
        en="Choose the name from the list or add the person to the team.",
    ),
)
CONTACT_UNKNOWN = Rule(
    code="KAM321",
    name="contact-not-in-matrix",
    severity=Severity.HINT,
    message=TOP_CONTACT_UNKNOWN.message,
    remedy=TOP_CONTACT_UNKNOWN.remedy,
)
COMPETITOR_UNKNOWN = Rule(
    code="KAM322",
    name="competitor-not-listed",
    severity=Severity.HINT,
    message=LOST_TO_UNKNOWN.message,
    remedy=LOST_TO_UNKNOWN.remedy,
)
GOAL_UNKNOWN = Rule(
    code="KAM323",
    name="goal-not-listed",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ ist keines der strategischen Ziele.",
        en="{label}: “{value}” is none of the strategic goals.",
    ),
    remedy=Text(
        de="Eines der Ziele von Blatt 8 wählen.",
        en="Choose one of the goals of sheet 8.",
    ),
)
GROUP_UNKNOWN = Rule(
    code="KAM324",
    name="product-group-not-listed",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ ist keine Produktgruppe der Umsatzanalyse.",
        en="{label}: “{value}” is no product group of the revenue analysis.",
    ),
    remedy=Text(
        de="Eine der Produktgruppen von Blatt 3 wählen.",
        en="Choose one of the product groups of sheet 3.",
    ),
)
