"""Cards: revenue, contribution, customer value."""

from __future__ import annotations

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
from kamxl.excel.showcase.native import all_numbers, exact, no_negative, safe
from kamxl.scoring import LIMITS
from kamxl.texts import Text

ACCOUNT = Text("Kunde", "Account")
_TWO_ROWS = (
    Text("Beispiel", "Example"),
    Text("Verlust wird Gewinn", "Loss turns into profit"),
)

_GROWTH = Card(
    ("KAM_GROWTH",),
    Text("Wachstum", "Growth"),
    Text(
        "(laufendes Jahr − Vorjahr) / Vorjahr",
        "(current year − previous year) / previous year",
    ),
    Text(
        "Beträge in einer Währung; Ergebnis als Anteil (0,1 = 10 %)",
        "Amounts in one currency; a share (0.1 = 10 %)",
    ),
    Text(
        "Wechselt das Vorzeichen, gibt es keinen Wert: Wachstum aus einem Verlust heraus sagt nichts. Vorjahr 0: "
        "#DIV/0!",
        "No value where the sign changes: growth out of a loss has no meaning. Previous year 0: #DIV/0!",
    ),
    Text("Definition", "Definition"),
    Grid(
        Text("Zeile", "Row"),
        _TWO_ROWS,
        (
            Series("previous", Text("Vorjahr", "Previous"), Shape.MONEY, (100, -10)),
            Series("current", Text("Lfd. Jahr", "Current"), Shape.MONEY, (130, 20)),
        ),
    ),
    (
        Result(
            Text("Wachstum", "Growth"),
            exact(
                all_numbers(
                    ("{row[previous]}", "{row[current]}"),
                    scores.growth("{row[previous]}", "{row[current]}"),
                )
            ),
            "KAM_GROWTH({row[previous]},{row[current]})",
            Shape.SHARE,
            per_row=True,
        ),
    ),
)

_CAGR = Card(
    ("KAM_CAGR",),
    Text("Mittleres jährliches Wachstum", "Compound annual growth rate"),
    Text(
        "(letztes Jahr / erstes Jahr)^(1 / Jahre) − 1",
        "(last year / first year)^(1 / years) − 1",
    ),
    Text(
        "Beträge in einer Währung, Jahre über 0 (von 2023 bis 2026 sind es 3); Ergebnis als Anteil",
        "Amounts in one currency, years above 0 (from 2023 to 2026 they are 3); result as a share",
    ),
    Text(
        "Wechselt das Vorzeichen, gibt es keinen Wert. Erstes Jahr 0: #DIV/0!",
        "No value where the sign changes. First year 0: #DIV/0!",
    ),
    Text("Definition", "Definition"),
    Grid(
        Text("Zeile", "Row"),
        _TWO_ROWS,
        (
            Series("first", Text("Erstes Jahr", "First year"), Shape.MONEY, (100, -10)),
            Series("last", Text("Letztes Jahr", "Last year"), Shape.MONEY, (130, 20)),
            Series("years", Text("Jahre", "Years"), Shape.COUNT, (3, 3)),
        ),
    ),
    (
        Result(
            Text("CAGR", "CAGR"),
            exact(
                all_numbers(
                    ("{row[first]}", "{row[last]}", "{row[years]}"),
                    "IF(AND({row[years]}>0,{row[first]}*{row[last]}>=0),"
                    '({row[last]}/{row[first]})^(1/{row[years]})-1,"")',
                )
            ),
            "KAM_CAGR({row[first]},{row[last]},{row[years]})",
            Shape.SHARE,
            per_row=True,
        ),
    ),
)

_WALLET = Card(
    ("KAM_WALLET",),
    Text("Lieferanteil", "Share of wallet"),
    Text(
        "eigener Umsatz / Gesamtbedarf des Kunden",
        "own revenue / the customer's total demand",
    ),
    Text(
        "Beträge in einer Währung, nicht negativ; Ergebnis 0 bis 1",
        "Amounts, not negative; result 0 to 1",
    ),
    Text(
        "Ist der Bedarf leer oder 0, gibt es keinen Wert. Mehr Umsatz als Bedarf ist ein Fehler.",
        "No value where the demand is blank or 0. More revenue than demand is an error.",
    ),
    Text(
        "Share of Wallet, z. B. Belz/Müllner/Zupancic, Spitzenleistungen im Key-Account-Management",
        "Share of wallet, e.g. Belz/Müllner/Zupancic, Spitzenleistungen im Key-Account-Management",
    ),
    Grid(
        Text("Produktgruppe", "Product group"),
        (Text("Beispiel", "Example"), Text("Bedarf unbekannt", "Demand unknown")),
        (
            Series("own", Text("Umsatz", "Revenue"), Shape.MONEY, (30, 45)),
            Series("demand", Text("Bedarf", "Demand"), Shape.MONEY, (120, None)),
        ),
    ),
    (
        Result(
            Text("Lieferanteil", "Share of wallet"),
            safe(
                all_numbers(
                    ("{row[own]}", "{row[demand]}"),
                    when(
                        all_of("{row[own]}>=0", "{row[demand]}>0"),
                        scores.share_of_wallet("{row[own]}", "{row[demand]}"),
                    ),
                )
            ),
            "KAM_WALLET({row[own]},{row[demand]})",
            Shape.SHARE,
            per_row=True,
        ),
    ),
)

_SUM = "SUM({revenues})"
_BEFORE = f"SUMPRODUCT(({{revenues}}>{{row[revenues]}})*1,{{revenues}})/{_SUM}"
_CLASS = f'CHOOSE(1+{scores.level(_BEFORE, LIMITS.abc)},"A","B","C")'


def _not_negative(value: str) -> str:
    return safe(no_negative(["{revenues}"], f'IF({_SUM}>0,{value},"")'))


def _largest(count: int) -> str:
    largest = "+".join(f"LARGE({{revenues}},{place})" for place in range(1, count + 1))
    return _not_negative(f"IF(COUNT({{revenues}})<={count},1,({largest})/{_SUM})")


_CONCENTRATION = Card(
    ("KAM_ABC", "KAM_HHI"),
    Text(
        "ABC-Klassen und Umsatzkonzentration", "ABC classes and revenue concentration"
    ),
    Text(
        "ABC: kumulierter Umsatzanteil der größeren Kunden; B ab 80 %, C ab 95 %. HHI: Σ Anteil² · 10.000; "
        "1 / Σ Anteil² sagt, wie viele gleich große Kunden ebenso konzentriert wären.",
        "ABC: cumulated share of the larger accounts; B from 80 %, C from 95 %. HHI: Σ share² · 10,000; 1 / Σ share² "
        "says how many accounts of equal size would be as concentrated.",
    ),
    Text(
        "Umsätze in einer Währung; HHI 0 bis 10.000",
        "Revenues in one currency; HHI 0 to 10,000",
    ),
    Text(
        "Leere Zellen bleiben ohne Klasse. Gleich große Kunden teilen die bessere Klasse. Summe nicht über 0: Fehler.",
        "Blank cells have no class. Accounts of equal size share the better class. A total not above 0 is an error.",
    ),
    Text(
        "ABC: Dickie 1951; HHI: Herfindahl 1950, Hirschman 1964",
        "ABC: Dickie 1951; HHI: Herfindahl, Hirschman",
    ),
    Grid(
        ACCOUNT,
        tuple(Text(f"Kunde {letter}", f"Account {letter}") for letter in "PQRSTU"),
        (
            Series(
                "revenues",
                Text("Umsatz", "Revenue"),
                Shape.MONEY,
                (400, 250, 150, 100, 60, 40),
            ),
        ),
    ),
    (
        Result(
            Text("Klasse", "Class"),
            safe(f'IF(AND(ISNUMBER({{row[revenues]}}),{_SUM}>0),{_CLASS},"")'),
            "INDEX(KAM_ABC({revenues}),{number})",
            Shape.TEXT,
            per_row=True,
        ),
        Result(
            Text("HHI", "HHI"),
            _not_negative(f"10000*SUMPRODUCT({{revenues}},{{revenues}})/{_SUM}^2"),
            "KAM_HHI({revenues})",
            Shape.SCORE,
        ),
        Result(
            Text("gleich große Kunden", "Equal accounts"),
            _not_negative(f"{_SUM}^2/SUMPRODUCT({{revenues}},{{revenues}})"),
            "KAM_HHI({revenues},{part})",
            Shape.SCORE,
            Text("Anzahl", "number"),
        ),
        Result(
            Text("Anteil des größten", "Share of the largest"),
            _largest(1),
            "KAM_HHI({revenues},{part})",
            Shape.SHARE,
            Text("Top 1", "top 1"),
        ),
        Result(
            Text("Anteil der fünf größten", "Share of the top five"),
            _largest(5),
            "KAM_HHI({revenues},{part})",
            Shape.SHARE,
            Text("Top 5", "top 5"),
        ),
    ),
)


def _step(label: Text, part: Text, costs: int) -> Result:
    """Gross revenue less the first `costs` costs; a missing one ends the chain."""
    known = f"COUNT({{amounts[0]}}:{{amounts[{costs}]}})={costs + 1}"
    left = f"{{amounts[0]}}-SUM({{amounts[1]}}:{{amounts[{costs}]}})"
    # A wrong entry further down is refused here, too.
    native = safe(f'IF(AND(COUNT({{amounts}})>0,{known}),{left},"")')
    arguments = ",".join(f"{{amounts[{place}]}}" for place in range(6))
    return Result(
        label, native, f"KAM_CONTRIBUTION({arguments},{{part}})", Shape.MONEY, part
    )


_CONTRIBUTION = Card(
    ("KAM_CONTRIBUTION",),
    Text("Kundendeckungsbeitrag", "Customer contribution"),
    Text(
        "netto = brutto − Erlösschmälerungen; − Herstellkosten = DB I; − Marketing = DB II; − Vertrieb = DB III; "
        "− Service und Transport = DB IV",
        "net = gross − deductions; − production = DB I; − marketing = DB II; − selling = DB III; − service and "
        "transport = DB IV",
    ),
    Text(
        "Beträge in einer Währung, Kosten als positive Zahlen",
        "Amounts in one currency, costs as positive numbers",
    ),
    Text(
        "Fehlende Kosten beenden die Kette dort: Ein DB ohne sie wäre zu hoch.",
        "A missing cost ends the chain there: a margin without it would be too high.",
    ),
    Text(
        "Stufenweise Deckungsbeitragsrechnung (Riebel)",
        "Multi-level contribution accounting (Riebel)",
    ),
    Grid(
        Text("Posten", "Item"),
        (
            Text("Bruttoumsatz", "Gross revenue"),
            Text("Erlösschmälerungen", "Revenue deductions"),
            Text("Herstellkosten", "Production cost"),
            Text("Marketingkosten", "Marketing cost"),
            Text("Vertriebskosten", "Selling cost"),
            Text("Service/Transport", "Service/transport"),
        ),
        (
            Series(
                "amounts",
                Text("Betrag", "Amount"),
                Shape.MONEY,
                (1000, 80, 560, 60, 90, 70),
            ),
        ),
    ),
    (
        _step(Text("Nettoumsatz", "Net revenue"), Text("netto", "net"), 1),
        _step(Text("DB I", "DB I"), Text("DB I", "DB I"), 2),
        _step(Text("DB II", "DB II"), Text("DB II", "DB II"), 3),
        _step(Text("DB III", "DB III"), Text("DB III", "DB III"), 4),
        _step(Text("DB IV", "DB IV"), Text("DB IV", "DB IV"), 5),
    ),
)


def _lifetime(factor: str) -> str:
    lasting = "ROUND({retention},9)<ROUND(1+{discount},9)"
    sound = f"AND({{retention}}>=0,{{retention}}<=1,{{discount}}>=0,{lasting})"
    value = f"{{margin}}*{factor}/(1+{{discount}}-{{retention}})"
    return safe(
        all_numbers(
            ("{margin}", "{retention}", "{discount}"), f'IF({sound},{value},"")'
        )
    )


_CLV = Card(
    ("KAM_CLV",),
    Text("Kundenwert (Customer Lifetime Value)", "Customer lifetime value"),
    Text(
        "Barwert der jährlichen Deckungsbeiträge: m · r / (1 + i − r); fällt der erste jetzt "
        "an: m · (1 + i) / (1 + i − r)",
        "Present value of the yearly margins: m · r / (1 + i − r); with the first one now: m · (1 + i) / (1 + i − r)",
    ),
    Text(
        "Deckungsbeitrag m pro Jahr, Bindungsrate r 0 bis 1, Zinssatz i ab 0; Ergebnis als Betrag",
        "Margin m per year, retention r 0 to 1, discount rate i from 0; result as an amount",
    ),
    Text(
        "Fehlt eine Angabe, gibt es keinen Wert. r ≥ 1 + i ist ein Fehler: Die Summe hätte kein Ende.",
        "Without one of the figures there is no value. r ≥ 1 + i is an error: the sum would have no end.",
    ),
    Text(
        "Gupta/Lehmann 2003, Customers as Assets",
        "Gupta/Lehmann 2003, Customers as Assets",
    ),
    Grid(Text("Angabe", "Figure"), (), ()),
    (
        Result(
            Text("erster DB in einem Jahr", "First margin in a year"),
            _lifetime("{retention}"),
            "KAM_CLV({margin},{retention},{discount})",
            Shape.SCORE,
        ),
        Result(
            Text("erster DB jetzt", "First margin now"),
            _lifetime("(1+{discount})"),
            "KAM_CLV({margin},{retention},{discount},TRUE)",
            Shape.SCORE,
        ),
    ),
    (
        Single("margin", Text("Deckungsbeitrag m", "Margin m"), Shape.MONEY, 100),
        Single("retention", Text("Bindungsrate r", "Retention r"), Shape.SHARE, 0.8),
        Single("discount", Text("Zinssatz i", "Discount rate i"), Shape.SHARE, 0.1),
    ),
)

REVENUE = Family(
    Text("Umsatz und Ertrag", "Revenue and margin"),
    Text(
        "Wie sich der Umsatz entwickelt, wie er verteilt ist und was der Kunde einbringt.",
        "How revenue develops, how it is spread, and what the customer brings in.",
    ),
    (_GROWTH, _CAGR, _WALLET, _CONCENTRATION, _CONTRIBUTION, _CLV),
)
