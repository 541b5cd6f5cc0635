"""KAM245 to KAM249, KAM262: computed cells that do not show what follows from the entries, and why."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.texts import Text

_COMPUTED = {"computed": Text(de="berechneter Wert", en="value worked out")}
_RESTORE = Text(
    de="Die Änderung rückgängig machen oder die Formel aus einer neuen Vorlage übernehmen; ausgewertet wird ohnehin, "
    "was aus den Einträgen folgt.",
    en="Undo the change or take the formula from a new template; what follows from the entries is evaluated in any "
    "case.",
)
STALE = Text(
    de="Die Datei wurde seit der letzten Änderung nicht neu berechnet",
    en="The file was not calculated again after the last change",
)
STALE_OR_CHANGED = Text(
    de="Die Datei wurde seit der letzten Änderung nicht neu berechnet, oder eine Formel wurde geändert",
    en="The file was not calculated again after the last change, or a formula was changed",
)
NOTHING = Text(de="nichts", en="nothing")

FIGURE_OVERWRITTEN = Rule(
    code="KAM245",
    name="figure-overwritten",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Statt der Formel steht hier fest {value}; aus den Einträgen folgt {computed}.",
        en="{label}: in place of the formula there is a fixed {value}; from the entries follows {computed}.",
    ),
    remedy=_RESTORE,
    details=_COMPUTED,
)
FIGURE_DELETED = Rule(
    code="KAM246",
    name="figure-deleted",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Formel wurde gelöscht; aus den Einträgen folgt {computed}.",
        en="{label}: the formula was deleted; from the entries follows {computed}.",
    ),
    remedy=_RESTORE,
    details=_COMPUTED,
)
FORMULA_CHANGED = Rule(
    code="KAM247",
    name="figure-formula-changed",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Formel wurde geändert und ergibt {value}; aus den Einträgen folgt {computed}.",
        en="{label}: the formula was changed and gives {value}; from the entries follows {computed}.",
    ),
    remedy=_RESTORE,
    details=_COMPUTED,
)
FIGURE_DIFFERS = Rule(
    code="KAM248",
    name="figure-differs",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Zelle zeigt {value}, aus den Einträgen folgt {computed}. Ursache: {cause}.",
        en="{label}: the cell shows {value}, from the entries follows {computed}. Cause: {cause}.",
    ),
    remedy=Text(
        de="Die Ursache beheben; ausgewertet wird, was aus den Einträgen folgt.",
        en="Remove the cause; what follows from the entries is evaluated.",
    ),
    details={**_COMPUTED, "cause": Text(de="Ursache", en="cause")},
)
NOT_RECALCULATED = Rule(
    code="KAM249",
    name="not-recalculated",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Zelle zeigt {value}, aus den Einträgen folgt {computed}. {why} (betroffene "
        "Zellen: {count}).",
        en="{label}: the cell shows {value}, from the entries follows {computed}. {why} (cells "
        "concerned: {count}).",
    ),
    remedy=Text(
        de="Die Datei in Excel öffnen, neu berechnen lassen (F9) und speichern.",
        en="Open the file in Excel, let it calculate (F9) and save it.",
    ),
    details={
        **_COMPUTED,
        "count": Text(de="Anzahl", en="number"),
        "why": Text(de="Grund", en="reason"),
    },
)
COVER_DIFFERS = Rule(
    code="KAM262",
    name="cover-differs",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Das Deckblatt zeigt {value}, aus den Einträgen folgt {computed}. Ursache: {cause}.",
        en="{label}: the cover shows {value}, from the entries follows {computed}. Cause: {cause}.",
    ),
    remedy=FIGURE_DIFFERS.remedy,
    details=FIGURE_DIFFERS.details,
)

INSERTED_ROW = Text(
    de="eine eingefügte Zeile ({place}), die nicht in jede Formel eingeht",
    en="an inserted row ({place}) that is not part of every formula",
)
ODD_ENTRY = Text(
    de="{place}; die Formel versteht den Eintrag anders (siehe Befund dort)",
    en="{place}; the formula takes the entry for something else (see the finding there)",
)
OTHER_FIGURE = Text(de="die berechnete Zelle {place}", en="the computed cell {place}")
