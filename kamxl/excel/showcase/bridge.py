"""Cards: the bridge to the plan year's target."""

from __future__ import annotations

import datetime as dt
from itertools import product

from kamxl.document.formulas import scores
from kamxl.document.formulas.terms import all_of, when
from kamxl.excel.showcase.card import (
    Card,
    Family,
    Grid,
    Result,
    Series,
    Shape,
    Single,
)
from kamxl.excel.showcase.chances import HIT_RATE, RISK
from kamxl.excel.showcase.native import (
    all_numbers,
    known,
    no_negative,
    on_scale,
    only_one,
    safe,
)
from kamxl.excel.showcase.outcomes import DEAL, DEALS, brought, working
from kamxl.scoring.bridge import LONGEST_TERM, YEARS
from kamxl.texts import Text
from kamxl.xlsx.values import date_to_serial

_VALUE, _START, _TERM = "{row[value]}", "{row[start]}", "{row[term]}"
_FIRST_DAY, _LAST_DAY = (
    int(date_to_serial(day))
    for day in (dt.date(YEARS[0], 1, 1), dt.date(YEARS[1], 12, 31))
)


def _effect() -> str:
    """The effect of one deal; blank where something is missing or makes no sense."""
    sound = all_of(
        f"{_VALUE}>=0",
        f"INT({_START})>={_FIRST_DAY}",
        f"INT({_START})<={_LAST_DAY}",
        f"N({_TERM})>=0",
        f"N({_TERM})<={LONGEST_TERM}",
        f"INT(N({_TERM}))=N({_TERM})",
        f"{{year}}>={YEARS[0]}",
        f"{{year}}<={YEARS[1]}",
        "INT({year})={year}",
    )
    value = when(sound, scores.effect(_VALUE, _START, _TERM, "{year}"))
    return safe(all_numbers((_VALUE, _START, "{year}"), value))


_EFFECT = Card(
    ("KAM_EFFECT",),
    Text("Wirkung im Planjahr", "Effect in the plan year"),
    Text(
        "Ohne Laufzeit: der Wert, wenn der Beginn im Planjahr liegt, sonst 0. Mit Laufzeit: Wert · Tage der Laufzeit "
        "im Planjahr / Tage der Laufzeit",
        "Without a term: the value if it begins in the plan year, else 0. With a term: value · days of the term in "
        "the plan year / days of the term",
    ),
    Text(
        "Wert nicht negativ, Beginn ein Datum, Laufzeit in ganzen Monaten, leer = einmalig; Ergebnis als Betrag",
        "Value not negative, begin a date, term in whole months, blank = comes once; result as an amount",
    ),
    Text(
        "Ohne Wert oder Beginn gibt es keine Wirkung, auch keine von 0. Ein Vertrag über drei Jahre ist im Planjahr "
        "nur ein Drittel wert oder weniger.",
        "Without a value or a begin there is no effect, not even one of 0. A contract over three years is worth a "
        "third in the plan year, or less.",
    ),
    Text("Zeitanteilige Abgrenzung nach Tagen", "Allocation by days"),
    Grid(
        DEAL,
        (
            Text("über drei Jahre", "over three years"),
            Text("über den Jahreswechsel", "across the turn of the year"),
            Text("einmalig", "comes once"),
        ),
        (
            Series(
                "value", Text("Wert", "Value"), Shape.MONEY, (360_000, 120_000, 90_000)
            ),
            Series(
                "start",
                Text("Beginn", "Begin"),
                Shape.DATE,
                (dt.date(2027, 4, 1), dt.date(2026, 10, 1), dt.date(2027, 6, 30)),
            ),
            Series("term", Text("Monate", "Months"), Shape.COUNT, (36, 12, None)),
        ),
    ),
    (
        Result(
            Text("Wirkung", "Effect"),
            _effect(),
            f"KAM_EFFECT({_VALUE},{_START},{_TERM},{{year}})",
            Shape.MONEY,
            per_row=True,
        ),
    ),
    (Single("year", Text("Planjahr", "Plan year"), Shape.COUNT, 2027),),
)

_COLUMNS = (
    Series(
        "effects",
        Text("Wirkung", "Effect"),
        Shape.MONEY,
        (500_000, 120_000, 80_000, 40_000),
    ),
    Series("chances", Text("Chance", "Chance"), Shape.SHARE, (0.2, 0.6, 0.75, 0.9)),
)
_GIVEN = (
    Single("target", Text("Ziel", "Target"), Shape.MONEY, 2_350_000),
    Single("base", Text("Basis", "Base"), Shape.MONEY, 2_000_000),
    Single("won", Text("gewonnen", "Won"), Shape.MONEY, 100_000),
)
_SCALE = Text(
    "Beträge in einer Währung, nicht negativ; Chancen 0 bis 1",
    "Amounts in one currency, not negative; chances 0 to 1",
)
_EXPECTED = scores.expected("{base}", "{won}", "{effects}", "{chances}")


def _bridged(value: str, *needed: str) -> str:
    """The value if what it needs is there and no entry is off its scale."""
    chances = on_scale("{chances}", "0", "1", all_numbers(("{base}", *needed), value))
    return safe(no_negative(["{effects}", "{base}", "{won}"], chances))


_BRIDGE = Card(
    ("KAM_EXPECTED", "KAM_GAP_TO_TARGET"),
    Text("Brücke zum Ziel", "Bridge to the target"),
    Text(
        "Erwartung = Basis + gewonnen + Σ Chance · Wirkung der offenen Projekte; Lücke = Ziel − Erwartung",
        "Expected = base + won + Σ chance · effect of the open deals; gap = target − expected",
    ),
    _SCALE,
    Text(
        "Ohne Basis gibt es keine Brücke. Projekte ohne Wirkung oder Chance zählen nicht mit und werden als "
        "ausgelassen genannt. Eine negative Lücke heißt nicht, dass das Ziel sicher ist: siehe nächste Karte.",
        "Without a base there is no bridge. Deals without an effect or a chance do not count and are named as left "
        "out. A negative gap does not mean that the target is safe: see the next card.",
    ),
    Text("Umsatzbrücke (Wasserfall)", "Revenue bridge (waterfall)"),
    Grid(DEAL, DEALS, _COLUMNS),
    (
        Result(
            Text("Erwartung", "Expected"),
            _bridged(_EXPECTED),
            "KAM_EXPECTED({base},{won},{effects},{chances})",
            Shape.MONEY,
        ),
        Result(
            Text("davon gewichtet", "Weighted part of it"),
            _bridged("SUMPRODUCT({effects},{chances})"),
            "KAM_EXPECTED({base},{won},{effects},{chances},{part})",
            Shape.MONEY,
            Text("gewichtet", "weighted"),
        ),
        Result(
            Text("Projekte", "Deals"),
            _bridged(f"SUMPRODUCT({known('{effects}', '{chances}')})"),
            "KAM_EXPECTED({base},{won},{effects},{chances},{part})",
            Shape.COUNT,
            Text("Projekte", "deals"),
        ),
        Result(
            Text("ausgelassen", "Left out"),
            _bridged(only_one("{effects}", "{chances}")),
            "KAM_EXPECTED({base},{won},{effects},{chances},{part})",
            Shape.COUNT,
            Text("ausgelassen", "left out"),
        ),
        Result(
            Text("Lücke zum Ziel", "Gap to the target"),
            _bridged(f"{{target}}-({_EXPECTED})", "{target}"),
            "KAM_GAP_TO_TARGET({target},{base},{won},{effects},{chances})",
            Shape.MONEY,
        ),
    ),
    _GIVEN,
)

_OUTCOMES = tuple(
    tuple(place for place, comes in enumerate(reversed(coming)) if comes)
    for coming in product((False, True), repeat=len(DEALS))
)
"""Which deals come: the outcome number n has deal i if bit i of n is set."""
_WORKING = working(
    _OUTCOMES,
    Series(
        "codes",
        Text("Ausgang", "Outcome"),
        Shape.COUNT,
        formula="\n".join(map(str, range(len(_OUTCOMES)))),
    ),
    *brought("effects", _OUTCOMES),
)
_REACHED = (
    "({base}+N({won})+{sums}%s>={target}-1E-12*MAX(1,ABS({target})))"  # less one deal
)
_ALL = f"SUMPRODUCT({_REACHED % ''}*1,{{masses}})"


def _without(deal: int) -> str:
    """The probability of the target without one deal, counted from 0."""
    comes = f"MOD(INT({{codes}}/{2**deal}),2)"
    return f"SUMPRODUCT({_REACHED % f'-{comes}*{{row[effects]}}'}*1,{{masses}})"


def _of_deal(value: str) -> str:
    """A figure of one deal; blank without its effect or chance."""
    needed = ("{target}", "{row[effects]}", "{row[chances]}")
    return _bridged(value, *needed)


_LOSSES, _LEFT = (
    "\n".join(_of_deal(figure(deal)) for deal in range(len(DEALS)))
    for figure in (lambda deal: f"MAX(0,ROUND({_ALL}-{_without(deal)},12))", _without)
)

_TARGET = Card(
    ("KAM_TARGET_PROB", "KAM_DEPENDENCE"),
    Text("Wird das Ziel erreicht, und woran hängt es?", "Will we reach the target, and what does it hang on?"),
    Text(
        "Zielwahrscheinlichkeit: Summe aller Ausgänge, in denen Basis + gewonnen + offene Projekte das Ziel erreichen. "
        "Verlust je Projekt: Zielwahrscheinlichkeit minus die ohne dieses Projekt.",
        "Probability of the target: the sum of all outcomes in which base + won + open deals reach it. Loss per deal: "
        "that probability less the one without this deal.",
    ),
    _SCALE,
    Text(
        "Ohne Ziel oder Basis gibt es keinen Wert. Erreichen Basis und gewonnene Projekte das Ziel allein, ist er 1. "
        "Hier stehen alle 16 Ausgänge von vier Projekten; die KAM-Funktion kennt keine solche Grenze.",
        "Without a target or a base there is no value. If base and deals won reach the target alone, it is 1. Here "
        "stand all 16 outcomes of four deals; the KAM function knows no such limit.",
    ),
    Text(
        "Verteilung der Summe unabhängiger Ja/Nein-Ereignisse (Faltung)",
        "Distribution of the sum of independent yes/no events (convolution)",
    ),
    Grid(
        DEAL,
        DEALS,
        (
            *_COLUMNS,
            Series("loss", Text("Verlust", "Loss"), Shape.SHARE, formula=_LOSSES),
            Series("left", Text("ohne", "Without"), Shape.SHARE, formula=_LEFT),
        ),
    ),
    (
        Result(
            Text("Ziel wird erreicht", "Target is reached"),
            _bridged(_ALL, "{target}"),
            "KAM_TARGET_PROB({target},{base},{won},{effects},{chances})",
            Shape.SHARE,
        ),
        Result(
            Text("Verlust", "Loss"),
            "{row[loss]}",
            "INDEX(KAM_DEPENDENCE({target},{base},{won},{effects},{chances}),{number})",
            Shape.SHARE,
            per_row=True,
        ),
    ),
    _GIVEN,
    _WORKING,
)  # fmt: skip

BRIDGE = Family(
    Text("Planjahr", "Plan year"),
    Text(
        "Ob das Ziel des Planjahrs erreicht wird, woran es hängt und was dazwischenkommen kann.",
        "Whether the target of the plan year will be reached, what it hangs on, and what may come in between.",
    ),
    (_EFFECT, _BRIDGE, _TARGET, HIT_RATE, RISK),
)
