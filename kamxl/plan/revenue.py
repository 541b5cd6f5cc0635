"""3 Umsatzanalyse: revenue per product group, past, expected and aimed at.

For plan year P the columns are Ist P−4, Ist P−3, Ist P−2 (three closed years), FC P−1 (forecast of the
current year) and Ziel P. With a demand of 400,000 and an FC of 130,000 the own share is 32.5 %.
All amounts are in the plan's currency.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import zip_longest
from typing import Annotated

from kamxl.document.figures import Given, GivenRow, attempt, total
from kamxl.document.formulas import scores
from kamxl.document.formulas.names import NamedRow
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import all_of, guarded, when
from kamxl.document.vocabulary import (
    Choice,
    CompetitorName,
    Computed,
    Item,
    Kind,
    Line,
    Money,
    Note,
    Profile,
    RowsPer,
    Sensitivity,
    Sheet,
    TableRow,
    Width,
)
from kamxl.scoring import share_of_wallet
from kamxl.texts import Text

_PRODUCT_GROUP = Text(de="Produktgruppe", en="Product group")
_ACTUAL_HELP = Text(
    de="Tatsächlicher Umsatz des Jahres laut ERP. Kein Umsatz: 0 eintragen; unbekannt: leer lassen.",
    en="Actual revenue of the year as in the ERP. No revenue: enter 0; unknown: leave empty.",
)
_QUARTER_PLAN = Text(
    de="Geplanter Umsatz der Produktgruppe in diesem Quartal des Planjahres.",
    en="Planned revenue of the product group in this quarter of the plan year.",
)
_QUARTER_ACTUAL = Text(
    de="Erreichter Umsatz in diesem Quartal; nach Quartalsende eintragen.",
    en="Revenue achieved in this quarter; enter it once the quarter is closed.",
)


class Supplier(Choice):
    """Who supplies the account today."""

    WE = "we", Text(de="wir", en="we")
    COMPETITOR = "competitor", Text(de="Wettbewerber", en="competitor")
    INTERNAL = "internal", Text(de="intern", en="in-house")
    NO_NEED = "no_need", Text(de="kein Bedarf", en="no need")
    UNKNOWN = "unknown", Text(de="unbekannt", en="unknown")


class RevenueRow(TableRow):
    """Revenue with one product group."""

    heading = Text(de="Umsatz nach Produktgruppen", en="Revenue by product group")
    hint = Text(
        de="Summe und Veränderung rechnet die Tabelle selbst. Eine Produktgruppe dürfen Sie umbenennen.",
        en="The table works out totals and changes itself. You may rename a product group.",
    )
    rows = RowsPer("product_groups", editable="product_group")
    row_label = _PRODUCT_GROUP
    totals = ("actual_4", "actual_3", "actual_2", "forecast", "target")
    growth_row = True
    chart = Text(
        de="Umsatz nach Produktgruppe und Jahr", en="Revenue by product group and year"
    )
    owed_when = ("actual_4", "actual_3", "actual_2")

    product_group: Annotated[
        Line | None,
        Item(
            label=_PRODUCT_GROUP,
            names=Kind.PRODUCT_GROUP,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Name der Produktgruppe. Wenn Sie ihn ändern, gilt er auch in den anderen Tabellen.",
                en="Name of the product group. If you change it, the other tables follow.",
            ),
        ),
    ] = None
    actual_4: Annotated[
        Money | None,
        Item(
            label=Text(de="Ist {year}", en="Actual {year}"),
            year_offset=-4,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=_ACTUAL_HELP,
        ),
    ] = None
    actual_3: Annotated[
        Money | None,
        Item(
            label=Text(de="Ist {year}", en="Actual {year}"),
            year_offset=-3,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=_ACTUAL_HELP,
        ),
    ] = None
    actual_2: Annotated[
        Money | None,
        Item(
            label=Text(de="Ist {year}", en="Actual {year}"),
            year_offset=-2,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=_ACTUAL_HELP,
        ),
    ] = None
    to_date: Annotated[
        Money | None,
        Item(
            label=Text(de="Ist {year} bisher", en="Actual {year} to date"),
            setting="year_to_date",
            year_offset=-1,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Was im laufenden Jahr schon umgesetzt ist, aus dem ERP-System. Der Forecast daneben ist das ganze "
                "Jahr.",
                en="What was sold so far in the current year, from the ERP system. The forecast beside it is the whole "
                "year.",
            ),
        ),
    ] = None
    forecast: Annotated[
        Money | None,
        Item(
            label=Text(de="FC {year}", en="FC {year}"),
            year_offset=-1,
            required=True,
            help=Text(
                de="Erwarteter Umsatz des laufenden Jahres (Forecast) aus heutiger Sicht.",
                en="Expected revenue of the current year (forecast) as seen today.",
            ),
        ),
    ] = None
    target: Annotated[
        Money | None,
        Item(
            label=Text(de="Ziel {year}", en="Target {year}"),
            year_offset=0,
            required=True,
            help=Text(
                de="Umsatzziel für das Planjahr. Begründen Sie starke Abweichungen vom Forecast im Kommentar.",
                en="Revenue target for the plan year. Give the reason for large steps from the forecast as a comment.",
            ),
        ),
    ] = None
    comment: Annotated[
        Note | None,
        Item(
            label=Text(de="Kommentar", en="Comment"),
            width=Width.LARGE,
            help=Text(
                de="Gründe für Sprünge, z. B. „Sonderprojekt läuft aus“ oder „neue Linie ab März“.",
                en="Reasons for jumps, e.g. “special project, phasing out” or “new line from March”.",
            ),
        ),
    ] = None


def _share(row: WalletRow, at: GivenRow) -> float | None:
    """Our forecast of the product group's demand."""
    names, groups = at.given.once(_group_names), at.given.rows("revenue.revenue")
    if at.index >= len(groups):
        return None
    # As the sheet does: by its name, which must be that of one forecast only.
    named = zip(names, groups, strict=True)
    alike = [group for name, group in named if name == names[at.index]]
    forecasts = [group.forecast for group in alike if group.forecast is not None]
    if len(forecasts) != 1:
        return None
    return attempt(share_of_wallet, forecasts[0], row.demand)


def _group_names(given: Given) -> list[str]:
    """The names of all product groups, in small letters; one that nobody renamed has that of the settings."""
    named = given.spec.table("revenue.revenue").rows
    labels = [row.label[given.settings.language] for row in named]
    groups = given.rows("revenue.revenue")
    entered = (group.product_group for group in groups)
    pairs = zip_longest(entered, labels[: len(groups)], fillvalue="")
    return [str(own or label).lower() for own, label in pairs]


def _share_formula(row: RowTerms) -> str:
    """The formula of `_share`."""
    wallet, groups = map(row.terms.section, (row.table, "revenue.revenue"))
    group = NamedRow(row.terms, wallet, groups, row.index)
    own, demand = group.value("forecast"), row.cell("demand")
    numbers = (group.known("forecast"), f"ISNUMBER({demand})")
    known = all_of(*numbers, f"{own}>=0", f"{demand}>0")
    return guarded(when(known, scores.share_of_wallet(own, demand)))


class WalletRow(TableRow):
    """Demand and our share of it for one product group."""

    heading = Text(de="Bedarf und Lieferanteil", en="Demand and share of wallet")
    hint = Text(
        de="Wie viel kauft der Kunde insgesamt ein, und wie viel davon bei uns?",
        en="How much does the customer buy in total, and how much of it from us?",
    )
    profile = Profile.FULL
    rows = RowsPer("product_groups")
    row_label = _PRODUCT_GROUP
    totals = ("demand",)

    demand: Annotated[
        Money | None,
        Item(
            label=Text(de="Bedarf gesamt", en="Total demand"),
            help=Text(
                de="Was der Kunde in dieser Produktgruppe im laufenden Jahr insgesamt einkauft, bei uns und "
                "bei anderen.",
                en="All that the customer buys in this product group in the current year, from us and from others.",
            ),
        ),
    ] = None
    share = Computed(
        label=Text(de="Eigener Anteil", en="Own share"),
        kind=Kind.PERCENT,
        value=_share,
        formula=_share_formula,
        after="demand",
        help=Text(
            de="Unser Forecast geteilt durch den gesamten Bedarf. Über 100 % ist der Bedarf zu niedrig angesetzt.",
            en="Our forecast divided by total demand. Above 100% the demand is set too low.",
        ),
    )
    supplier: Annotated[
        Supplier | None,
        Item(
            label=Text(de="Wer liefert heute?", en="Who supplies today?"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            help=Text(
                de="Wer heute den größten Teil liefert. „intern“: Der Kunde fertigt selbst.",
                en="Who supplies most of it today. “In-house”: the customer makes it.",
            ),
        ),
    ] = None
    main_rival: Annotated[
        CompetitorName | None,
        Item(
            label=Text(de="Hauptwettbewerber", en="Main competitor"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            help=Text(
                de="Stärkster Wettbewerber in dieser Produktgruppe. Die Namen kommen von Blatt 6.",
                en="Strongest competitor in this product group. The names come from sheet 6.",
            ),
        ),
    ] = None


def _quarters(side: str) -> Callable[[QuarterRow, GivenRow], float | None]:
    """The sum of the four quarters."""
    quarters = operator.attrgetter(*(f"q{quarter}_{side}" for quarter in range(1, 5)))
    return lambda row, _: total(quarters(row))


def _quarters_formula(side: str) -> Callable[[RowTerms], str]:
    """The formula of `_quarters`."""

    def formula(row: RowTerms) -> str:
        cells = [row.cell(f"q{quarter}_{side}") for quarter in range(1, 5)]
        some = ",".join(f"ISNUMBER({cell})" for cell in cells)
        return guarded(when(f"OR({some})", f"SUM({','.join(cells)})"))

    return formula


class QuarterRow(TableRow):
    """The rolling plan of one product group: four quarters, plan and actual."""

    heading = Text(
        de="Rollierende Absatzplanung (KAOP)", en="Rolling sales plan (KAOP)"
    )
    hint = Text(
        de="Vor jedem Quartal den Plan prüfen, nach jedem Quartal das Ist nachtragen.",
        en="Review the plan before each quarter, enter the actual figures after it.",
    )
    profile = Profile.FULL
    rows = RowsPer("product_groups")
    row_label = _PRODUCT_GROUP
    totals = (
        "q1_plan", "q1_actual", "q2_plan", "q2_actual", "q3_plan", "q3_actual", "q4_plan", "q4_actual",
        "plan_total", "actual_total",
    )  # fmt: skip

    q1_plan: Annotated[
        Money | None,
        Item(
            label=Text(de="Q1 Plan", en="Q1 plan"),
            width=Width.SMALL,
            help=_QUARTER_PLAN,
        ),
    ] = None
    q1_actual: Annotated[
        Money | None,
        Item(
            label=Text(de="Q1 Ist", en="Q1 actual"),
            width=Width.SMALL,
            help=_QUARTER_ACTUAL,
        ),
    ] = None
    q2_plan: Annotated[
        Money | None,
        Item(
            label=Text(de="Q2 Plan", en="Q2 plan"),
            width=Width.SMALL,
            help=_QUARTER_PLAN,
        ),
    ] = None
    q2_actual: Annotated[
        Money | None,
        Item(
            label=Text(de="Q2 Ist", en="Q2 actual"),
            width=Width.SMALL,
            help=_QUARTER_ACTUAL,
        ),
    ] = None
    q3_plan: Annotated[
        Money | None,
        Item(
            label=Text(de="Q3 Plan", en="Q3 plan"),
            width=Width.SMALL,
            help=_QUARTER_PLAN,
        ),
    ] = None
    q3_actual: Annotated[
        Money | None,
        Item(
            label=Text(de="Q3 Ist", en="Q3 actual"),
            width=Width.SMALL,
            help=_QUARTER_ACTUAL,
        ),
    ] = None
    q4_plan: Annotated[
        Money | None,
        Item(
            label=Text(de="Q4 Plan", en="Q4 plan"),
            width=Width.SMALL,
            help=_QUARTER_PLAN,
        ),
    ] = None
    q4_actual: Annotated[
        Money | None,
        Item(
            label=Text(de="Q4 Ist", en="Q4 actual"),
            width=Width.SMALL,
            help=_QUARTER_ACTUAL,
        ),
    ] = None
    plan_total = Computed(
        label=Text(de="Plan gesamt", en="Plan total"),
        kind=Kind.MONEY,
        value=_quarters("plan"),
        formula=_quarters_formula("plan"),
        help=Text(
            de="Summe der vier Quartale; sollte dem Umsatzziel der Produktgruppe entsprechen.",
            en="Sum of the four quarters; should equal the product group’s revenue target.",
        ),
    )
    actual_total = Computed(
        label=Text(de="Ist gesamt", en="Actual total"),
        kind=Kind.MONEY,
        value=_quarters("actual"),
        formula=_quarters_formula("actual"),
        help=Text(
            de="Summe der bisher erreichten Quartale.",
            en="Sum of the quarters achieved so far.",
        ),
    )


class Revenue(Sheet):
    """Revenue, demand and the rolling plan, by product group."""

    number = 3
    title = Text(de="Umsatzanalyse", en="Revenue analysis")
    guidance = Text(
        de="Prüfen Sie die Vergangenheit, schätzen Sie das laufende Jahr (FC) und setzen Sie je "
        "Produktgruppe ein Ziel.",
        en="Check the past, estimate the current year (FC) and set a target for each product group.",
    )

    revenue: list[RevenueRow] = []
    wallet: list[WalletRow] = []
    forecast: list[QuarterRow] = []
