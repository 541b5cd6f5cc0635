"""Cards: contacts, stance, buying center, health of the relationship."""

from __future__ import annotations

from kamxl.document.formulas import scores
from kamxl.document.formulas.terms import number, when
from kamxl.excel.showcase.card import (
    Card,
    Family,
    Grid,
    Result,
    Series,
    Shape,
    Single,
)
from kamxl.excel.showcase.native import (
    all_numbers,
    covered,
    end,
    known,
    no_negative,
    on_scale,
    safe,
    share_known,
)
from kamxl.excel.showcase.scores import WEIGHT, weighted_results
from kamxl.scoring import BUYING_CENTER_ROLES, LIMITS
from kamxl.texts import Text

_CONTACT = Text("Kontakt", "Contact")
_INFLUENCE = Text("Einfluss", "Influence")


def _people(count: int) -> tuple[Text, ...]:
    return tuple(
        Text(f"Person {letter}", f"Person {letter}") for letter in "ABCDEFGH"[:count]
    )


def _coverage(*weight: str) -> str:
    """Σ weight·min(actual, planned) / Σ weight·planned, where the actual number is known."""
    weights = "".join(f",{place}" for place in weight)
    goals = f"SUMPRODUCT({known('{actual}')},{{planned}}{weights})"
    total = f"SUMPRODUCT({known('{planned}')},{{planned}}{weights})"
    both = known("{actual}", "{planned}")
    met = scores.met("{actual}", "{planned}", both, ",".join(weight))
    value = covered(goals, total, f"({met})/{goals}")
    return safe(no_negative(["{actual}", "{planned}", *weight], value))


_CONTACT_GAP = safe(
    no_negative(
        ["{actual}", "{planned}", "{influence}"],
        all_numbers(
            ("{row[actual]}", "{row[planned]}", "{row[influence]}"),
            'IF({row[influence]}*({row[planned]}-{row[actual]})>0,{row[influence]}*({row[planned]}-{row[actual]}),"")',
        ),
    )
)
_NUMBERS = ("{row[influence]}", "{row[actual]}", "{row[planned]}")
_URGENCY = safe(
    all_numbers(
        _NUMBERS,
        when(
            "AND({row[influence]}>=0,{row[actual]}>=0,{row[planned]}>0)",
            scores.urgency(*_NUMBERS),
        ),
    )
)
_CONTACTS = Card(
    ("KAM_COVERAGE", "KAM_CONTACT_GAP", "KAM_CONTACT_URGENCY"),
    Text("Kontaktabdeckung, Lücke, Dringlichkeit", "Contact coverage, gap, urgency"),
    Text(
        "Abdeckung: Σ Einfluss · min(Ist, Soll) / Σ Einfluss · Soll. Lücke je Person: Einfluss · (Soll − Ist), wo das "
        "Ist fehlt, und ihr Rang. Dringlichkeit: Einfluss · fehlender Anteil am Soll.",
        "Coverage: Σ influence · min(actual, planned) / Σ influence · planned. Gap per person: influence · (planned − "
        "actual) where contacts are missing, and its rank. Urgency: influence · missing share of the planned contacts.",
    ),
    Text(
        "Kontakte pro Jahr, Einfluss 1 bis 10; Abdeckung 0 bis 100 %", "Contacts per year, influence 1 to 10; 0–100 %"
    ),
    Text(
        "Zu viele Besuche hier gleichen fehlende dort nie aus. Ohne Soll zählt eine Person nicht; ist alles ohne Soll, "
        "gibt es keinen Wert.",
        "Too many visits here never make up for none there. A person without planned contacts does not count; with "
        "nothing planned at all there is no value.",
    ),
    Text("Kontaktmatrix des Key-Account-Plans", "Contact matrix of the key account plan"),
    Grid(
        _CONTACT,
        _people(6),
        (
            Series("actual", Text("Ist", "Actual"), Shape.COUNT, (1, 2, 2, 2, 1, 5)),
            Series("planned", Text("Soll", "Planned"), Shape.COUNT, (1, 6, 4, 3, 3, 12)),
            Series("influence", _INFLUENCE, Shape.COUNT, (9, 8, 6, 4, 7, 5)),
            Series(
                "gap",
                Text("Lücke", "Gap"),
                Shape.NUMBER,
                formula=_CONTACT_GAP,
            ),
        ),
    ),
    (
        Result(
            Text("Abdeckung, alle gleich", "Coverage, all equal"),
            _coverage(),
            "KAM_COVERAGE({actual},{planned})",
            Shape.SHARE,
        ),
        Result(
            Text("Abdeckung nach Einfluss", "Coverage by influence"),
            _coverage("{influence}"),
            "KAM_COVERAGE({actual},{planned},{influence})",
            Shape.SHARE,
        ),
        Result(
            Text("Lücke", "Gap"),
            "{row[gap]}",
            "INDEX(KAM_CONTACT_GAP({actual},{planned},{influence}),{number})",
            Shape.NUMBER,
            per_row=True,
        ),
        Result(
            Text("Rang", "Rank"),
            safe('IF({row[gap]}="","",RANK({row[gap]},{gap}))'),
            "INDEX(KAM_CONTACT_GAP({actual},{planned},{influence},{part}),{number})",
            Shape.COUNT,
            Text("Rang", "rank"),
            per_row=True,
        ),
        Result(
            Text("Dringlichkeit", "Urgency"),
            _URGENCY,
            "KAM_CONTACT_URGENCY({row[influence]},{row[actual]},{row[planned]})",
            Shape.SCORE,
            per_row=True,
        ),
    ),
)  # fmt: skip

_KNOWN_INFLUENCE = f"SUMPRODUCT({known('{stance}')},{{influence}})"
_AGAINST = safe(
    all_numbers(
        ("{row[influence]}", "{row[stance]}"), "{row[influence]}*MAX(0-{row[stance]},0)"
    )
)


def _stance(value: str) -> str:
    return safe(no_negative(["{influence}"], on_scale("{stance}", "-2", "2", value)))


def _some_stance(value: str) -> str:
    return _stance(f'IF({_KNOWN_INFLUENCE}>0,{value},"")')


_STANCE = Card(
    ("KAM_STANCE",),
    Text("Haltung zu uns", "Stance towards us"),
    Text(
        "Σ Einfluss · Haltung / (2 · Σ Einfluss); dazu der stärkste Gegner: das größte Einfluss · Ablehnung",
        "Σ influence · stance / (2 · Σ influence); and the strongest opponent: the largest influence · rejection",
    ),
    Text(
        "Einfluss 1 bis 10; Haltung −2 Gegner, −1 kritisch, 0 neutral, 1 positiv, 2 Förderer; Ergebnis −1 bis 1",
        "Influence 1 to 10; stance −2 opponent, −1 critical, 0 neutral, 1 positive, 2 supporter; result −1 to 1",
    ),
    Text(
        "Unbekannte Haltung fällt heraus, unter 70 % Abdeckung kein Wert. Ein mächtiger Gegner ist ein Risiko: Er "
        "verschwindet nie in einem Mittelwert.",
        "An unknown stance drops out, no value below 70 % coverage. A powerful opponent is a risk and never disappears "
        "in a mean.",
    ),
    Text("Buying-Center-Analyse", "Analysis of the buying center"),
    Grid(
        _CONTACT,
        _people(4),
        (
            Series("influence", _INFLUENCE, Shape.COUNT, (5, 8, 8, 4)),
            Series("stance", Text("Haltung", "Stance"), Shape.COUNT, (1, -1, 0, 2)),
            Series(
                "against", Text("dagegen", "Against"), Shape.NUMBER, formula=_AGAINST
            ),
        ),
    ),
    (
        Result(
            Text("Haltung", "Stance"),
            _some_stance(
                covered(
                    _KNOWN_INFLUENCE,
                    "SUM({influence})",
                    scores.stance("SUMPRODUCT({influence},{stance})", _KNOWN_INFLUENCE),
                )
            ),
            "KAM_STANCE({influence},{stance})",
            Shape.SCORE,
        ),
        Result(
            Text("stärkster Gegner", "Strongest opponent"),
            _some_stance("MAX({against})"),
            "KAM_STANCE({influence},{stance},,{part})",
            Shape.NUMBER,
            Text("Gegner", "opponent"),
        ),
        Result(
            Text("Platz des Gegners", "Place of the opponent"),
            _some_stance('IF(MAX({against})=0,"",MATCH(MAX({against}),{against},0))'),
            "KAM_STANCE({influence},{stance},,{part})",
            Shape.COUNT,
            Text("Platz", "place"),
        ),
        Result(
            Text("Abdeckung", "Coverage"),
            _stance(share_known(_KNOWN_INFLUENCE, "SUM({influence})", "{influence}")),
            "KAM_STANCE({influence},{stance},,{part})",
            Shape.SHARE,
            Text("Abdeckung", "coverage"),
        ),
    ),
)

_ROLES = tuple(BUYING_CENTER_ROLES.values())
_NAMED = 'SUMPRODUCT((TRIM({names})<>"")*1)'


def _held(role: Text) -> str:
    """How many named contacts have a role, which may be written in either language."""
    words = tuple(dict.fromkeys((role.de, role.en)))
    return scores.held("TRIM({names})", "TRIM({roles})", words)


def _named(value: str) -> str:
    """The value if every named contact has a role of the list or none."""
    given = 'SUMPRODUCT((TRIM({names})<>"")*(TRIM({roles})<>""))'
    return safe(
        f'IF({"+".join(map(_held, _ROLES))}={given},{value},"")', ["{names}", "{roles}"]
    )


_CENTER = Card(
    ("KAM_BUYING_CENTER",),
    Text("Buying Center", "Buying center"),
    Text(
        "Rollen, in denen wir jemanden kennen / nötige Rollen (hier alle sechs)",
        "Roles in which we know somebody / roles needed (here all six)",
    ),
    Text(
        "Rollen aus der Liste, dazu die Namen; Ergebnis 0 bis 100 %", "Roles from the list, with names; 0 to 100 %"
    ),
    Text(
        "Eine Rolle ohne Namen zählt nicht. „Einzelkontakt“ warnt: Der Kunde hängt an einer einzigen Person.",
        "A role without a name does not count. “Single-threaded” warns: the account hangs on one person.",
    ),
    Text("Webster/Wind 1972; Bonoma 1982", "Webster/Wind 1972; Bonoma 1982"),
    Grid(
        _CONTACT,
        _people(4),
        (
            Series(
                "roles",
                Text("Rolle", "Role"),
                Shape.TEXT,
                (BUYING_CENTER_ROLES["decider"], BUYING_CENTER_ROLES["buyer"], BUYING_CENTER_ROLES["buyer"],
                 BUYING_CENTER_ROLES["user"]),
                options=_ROLES,
            ),
            Series("names", Text("Name", "Name"), Shape.TEXT, ("Berger", "Yılmaz", "Krüger", None)),
        ),
    ),
    (
        Result(
            Text("besetzte Rollen", "Roles covered"),
            _named(f"{scores.roles_known([*map(_held, _ROLES)])}/{number(len(_ROLES))}"),
            "KAM_BUYING_CENTER({roles},{names})",
            Shape.SHARE,
        ),
        Result(
            Text("Kontakte", "Contacts"),
            _named(_NAMED),
            "KAM_BUYING_CENTER({roles},{names},,{part})",
            Shape.COUNT,
            Text("Kontakte", "contacts"),
        ),
        Result(
            Text("Einzelkontakt", "Single-threaded"),
            _named(f"{_NAMED}<={LIMITS.single_thread}"),
            "KAM_BUYING_CENTER({roles},{names},,{part})",
            Shape.TEXT,
            Text("Einzelkontakt", "single-threaded"),
        ),
    ),
)  # fmt: skip

_HEALTH_POINTS = "\n".join(
    safe(all_numbers(("{row[raw]}",), points))
    for points in (
        "100*{row[raw]}",
        "50*({row[raw]}+1)",
        "100*{row[raw]}",
        f"100*MAX(0,1-{{row[raw]}}/{end('{limit}', LIMITS.contact_days)})",
        "{row[raw]}",
    )
)
_RAW_SCALES = (("0", "1"), ("-1", "1"), ("0", "1"), ("0", "1E+99"), ("0", "100"))


def _healthy(value: str) -> str:
    """The value if every part is on its scale and the limit above 0."""
    for index, (low, high) in enumerate(_RAW_SCALES):
        value = on_scale(f"{{raw[{index}]}}", low, high, value)
    limited = f'IF({end("{limit}", LIMITS.contact_days)}>0,{value},"")'
    return safe(no_negative(["{weights}"], limited))


_PARTS, _WEIGHT, _ANSWERED = (
    "SUMPRODUCT({weights},{points})",
    "SUM({weights})",
    'SUMIFS({weights},{points},">=0")',
)
_HEALTH_FORMULAS = {
    "value": _healthy(covered(_ANSWERED, _WEIGHT, f"{_PARTS}/{_ANSWERED}")),
    "coverage": _healthy(share_known(_ANSWERED, _WEIGHT, "{weights}")),
    "low": _healthy(f"{_PARTS}/{_WEIGHT}"),
    "high": _healthy(f"({_PARTS}+100*({_WEIGHT}-{_ANSWERED}))/{_WEIGHT}"),
}

_HEALTH = Card(
    ("KAM_RELATIONSHIP",),
    Text("Zustand der Kundenbeziehung", "Health of the relationship"),
    Text(
        "Gewichtetes Mittel aus Kontaktabdeckung, Haltung (50 · (x + 1)), besetzten Rollen, Frische des letzten "
        "Kontakts (100 · max(0, 1 − Tage / Grenze)) und Zufriedenheit",
        "Weighted mean of contact coverage, stance (50 · (x + 1)), roles covered, freshness of the last contact "
        "(100 · max(0, 1 − days / limit)) and satisfaction",
    ),
    Text(
        "Abdeckung und Rollen 0 bis 1, Haltung −1 bis 1, Tage ab 0, Zufriedenheit 0 bis 100; Ergebnis 0 bis 100",
        "Coverage and roles 0 to 1, stance −1 to 1, days from 0, satisfaction 0 to 100; result 0 to 100",
    ),
    Text(
        "Fehlende Teile fallen heraus, unter 70 % Abdeckung kein Wert. Statt der Tage nimmt die Funktion auch ein "
        "Datum, dann mit Stichtag.",
        "Missing parts drop out, no value below 70 % coverage. Instead of the days the function also takes a date, "
        "then with a reference date.",
    ),
    Text("Eigene Zusammenfassung; Gewichte einstellbar", "Our own summary; weights can be set"),
    Grid(
        Text("Teil", "Part"),
        (
            Text("Kontaktabdeckung", "Contact coverage"),
            Text("Haltung", "Stance"),
            Text("Besetzte Rollen", "Roles covered"),
            Text("Tage seit Kontakt", "Days since contact"),
            Text("Zufriedenheit", "Satisfaction"),
        ),
        (
            Series("raw", Text("Wert", "Value"), Shape.NUMBER, (0.4483, 0.1, 0.5, 45, 70.45)),
            Series("weights", WEIGHT, Shape.SHARE, LIMITS.relationship_weights),
            Series("points", Text("Punkte", "Points"), Shape.SCORE, formula=_HEALTH_POINTS),
        ),
    ),
    weighted_results(
        "KAM_RELATIONSHIP",
        "{raw[0]},{raw[1]},{raw[2]},{raw[3]},{raw[4]},,{weights},{limit},",
        _HEALTH_FORMULAS,
        interval=True,
    ),
    (
        Single(
            "limit", Text("Grenze (Tage)", "Limit (days)"), Shape.COUNT, LIMITS.contact_days
        ),
    ),
)  # fmt: skip

PEOPLE = Family(
    Text("Kontakte und Beziehung", "Contacts and relationship"),
    Text(
        "Wen wir kennen, wie oft wir uns sehen, wer für und wer gegen uns ist.",
        "Whom we know, how often we meet, who is for us and who against.",
    ),
    (_CONTACTS, _STANCE, _CENTER, _HEALTH),
)
