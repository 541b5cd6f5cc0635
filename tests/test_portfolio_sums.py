"""One total on all sheets: every sum of the portfolio worked out once more from the entries, in two currencies."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.portfolio.consolidate import consolidate
from kamxl.portfolio.data.tables import Tables
from tests.portfolio_plans import FOUNDRY, MILLS, SETTINGS, TODAY, tables_of, write_plan

RATE = "1.16787"
BOTH = SETTINGS.changed(exchange_rates={"GBP": float(RATE)})
RATES = {"EUR": Decimal(1), "GBP": Decimal(RATE)}
STAGES = [None, "offer", "won", "lost", "on_hold", "idea"]
CLOSED = {"won", "lost", "on_hold"}
STATUSES = [None, "open", "in_progress", "done", "dropped"]
Values = dict[str, Any]


def cents(chance: random.Random) -> float:
    """An amount whose product with a rate ends in many digits."""
    return chance.randrange(1, 50_000_000) / 100


def some_plan(number: int) -> Values:
    """Entries with amounts, projects and measures of every state, some of them without a name or a value."""
    chance = random.Random(number)  # noqa: S311 - example data
    values: Values = {
        "cover.company": f"Firma {number}",
        "cover.account_id": str(20_000 + number),
        "cover.key_account_manager": chance.choice(
            ["Anna Berg", "anna berg", "Uwe Au"]
        ),
        "cover.parent_account": chance.choice(
            ["Korn-Gruppe", "KORN\u2011Gruppe", None]
        ),
        "cover.plan_year": 2027,
        "cover.currency": chance.choice(["EUR", "GBP"]),
    }
    for row in range(2):
        for key in ("actual_2", "forecast", "target"):
            values[f"revenue.revenue[{row}].{key}"] = cents(chance)
    for row in range(5):
        base = f"opportunities.open[{row}]"
        values[f"{base}.project"] = chance.choice([None, f"Projekt {row}"])
        values[f"{base}.value"] = chance.choice([None, cents(chance)])
        values[f"{base}.probability"] = chance.choice([None, 0.35, 0.6])
        values[f"{base}.stage"] = chance.choice(STAGES)
        base = f"measures.measures[{row}]"
        values[f"{base}.measure"] = chance.choice([None, f"Maßnahme {row}"])
        values[f"{base}.status"] = chance.choice(STATUSES)
        values[f"{base}.due"] = chance.choice(
            [None, dt.date(2026, 3, 1), dt.date(2027, 3, 1)]
        )
    return {path: value for path, value in values.items() if value is not None}


PLANS = {f"plan{number}.xlsx": some_plan(number) for number in range(12)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve plans in two currencies."""
    place = tmp_path_factory.mktemp("plans")
    for name, values in PLANS.items():
        write_plan(place / name, values)
    return place


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    """Their tables."""
    return tables_of(folder, BOTH)


@pytest.fixture(scope="module")
def sheets(folder: Path) -> Mapping[str, Worksheet]:
    """The sheets of their portfolio."""
    output = folder / "portfolio.xlsx"
    consolidate(folder, output, BOTH, today=TODAY)
    book = load_workbook(output)
    return {sheet.title: sheet for sheet in book}


def amounts(values: Values, table: str, key: str) -> Iterator[Decimal]:
    """The amounts of a column of one plan, in the reporting currency, exactly."""
    rate = RATES[values["cover.currency"]]
    for path, value in values.items():
        if path.startswith(f"{table}[") and path.endswith(f".{key}"):
            yield Decimal(str(value)) * rate


def rounded(total: Decimal) -> float:
    """To the cent."""
    return float(total.quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def revenue(key: str) -> float:
    """Revenue of all plans."""
    plans = (amounts(values, "revenue.revenue", key) for values in PLANS.values())
    return rounded(sum(map(sum, plans), Decimal(0)))


def projects() -> Iterator[tuple[Values, Decimal]]:
    """Every open project with the rate of its plan: a row with an entry whose stage is not closed."""
    for values in PLANS.values():
        for row in rows_of(values, "opportunities.open"):
            if row.get("stage") not in CLOSED:
                yield row, RATES[values["cover.currency"]]


def rows_of(values: Values, table: str) -> list[Values]:
    """The rows of a table that hold something."""
    rows: dict[str, Values] = {}
    for path, value in values.items():
        if path.startswith(f"{table}["):
            index, _, key = path.removeprefix(f"{table}[").partition("].")
            rows.setdefault(index, {})[key] = value
    return list(rows.values())


def pipeline() -> float:
    """What the open projects of all plans bring on average."""
    weighed = (
        Decimal(str(row["value"])) * Decimal(str(row["probability"])) * rate
        for row, rate in projects()
        if "value" in row and "probability" in row
    )
    return rounded(sum(weighed, Decimal(0)))


def totals(sheet: Worksheet) -> dict[str, float]:
    """The totals of a sheet's first table by the heads of its columns."""
    row = next(
        r for r in range(1, 12) if sheet.cell(r, 2).value == "Summe aller Zeilen"
    )
    cells = sheet[row], sheet[row + 2]
    return {
        str(head.value): total.value
        for total, head in zip(*cells, strict=True)
        if isinstance(total.value, int | float)
    }


@pytest.mark.parametrize("key", ["actual_2", "forecast", "target"])
def test_revenue_has_one_total(sheets: Mapping[str, Worksheet], key: str) -> None:
    """Accounts, product groups, managers: one sum to the cent, under a head with its currency."""
    head = {"actual_2": "Ist 2025", "forecast": "FC 2026", "target": "Ziel 2027"}[key]
    expected = revenue(key)
    assert totals(sheets["Accounts"])[f"{head} (EUR)"] == expected
    assert totals(sheets["Umsatz"])[f"{head} (EUR)"] == expected
    (manager,) = (
        value for name, value in totals(sheets["KAMs"]).items() if head in name
    )
    assert manager == expected


def test_the_pipeline_has_one_total(sheets: Mapping[str, Worksheet]) -> None:
    """Accounts, projects, managers: what is open brings the same everywhere."""
    expected = pipeline()
    for name in ("Accounts", "KAMs"):
        assert totals(sheets[name])["Gewichtete Pipeline (EUR)"] == expected
    assert totals(sheets["Pipeline"])["Gewichteter Wert (EUR)"] == expected


def test_an_open_project_and_measure_is_one_thing(tables: Tables) -> None:
    """A row with an entry that is not closed or finished: counted for the account as it is listed."""
    accounts = tables["accounts"].rows
    counted = sum(row["open_projects"] for row in accounts)
    assert counted == len(tables.open_projects) == len(list(projects()))
    measures = [
        m for values in PLANS.values() for m in rows_of(values, "measures.measures")
    ]
    unfinished = [m for m in measures if m.get("status") not in ("done", "dropped")]
    assert sum(row["open_measures"] for row in accounts) == len(unfinished)
    late = [m for m in unfinished if "due" in m and m["due"] < TODAY]
    listed = [row for row in tables["measures"] if row["overdue"] == "overdue"]
    assert sum(row["overdue_measures"] for row in accounts) == len(late) == len(listed)


def test_every_amount_is_in_the_currency_of_its_head(
    tables: Tables, sheets: Mapping[str, Worksheet]
) -> None:
    """All money of the sheet Accounts is converted, to the right of the printed part as well."""
    sheet = sheets["Accounts"]
    head = (
        next(r for r in range(1, 12) if sheet.cell(r, 2).value == "Summe aller Zeilen")
        + 2
    )
    by_label = {
        f"{column.label['de']} (EUR)": column.key
        for column in tables["accounts"].columns
        if str(column.kind) == "money" and not column.key.endswith("_reporting")
    }
    shown = {
        str(cell.value): cell.column for cell in sheet[head] if cell.value in by_label
    }
    assert len(shown) > 3
    for label, column in shown.items():
        for offset, row in enumerate(tables.ranked, 1):
            value = sheet.cell(head + offset, column).value
            assert value == pytest.approx(row[f"{by_label[label]}_reporting"]), label


@pytest.mark.parametrize("entered", ["Taler", None, "12"])
def test_a_plan_without_a_known_currency_is_in_no_sum(
    tmp_path: Path, entered: str | None
) -> None:
    """Its amounts are not taken for the reporting currency; the sheets and a finding say so."""
    write_plan(tmp_path / "a.xlsx", MILLS)
    unknown = {k: v for k, v in FOUNDRY.items() if k != "cover.currency"}
    write_plan(
        tmp_path / "b.xlsx", unknown | ({"cover.currency": entered} if entered else {})
    )
    tables = tables_of(tmp_path)
    rows = {row["account_id"]: row for row in tables["accounts"]}
    assert rows["10024"]["revenue_total_actual_2_reporting"] is None
    assert rows["10023"]["revenue_total_actual_2_reporting"] is not None
    assert "1" in tables.money_note().partition("EUR")[2]
    codes = {row["code"] for row in tables["findings"] if row["account_id"] == "10024"}
    assert codes & {"KAM404", "KAM406"}
