"""Every figure of sixty random plans worked out again from bare cells: plan, portfolio and export agree to the cent.

`tests.random_plans` fills the plans, `tests.recomputed` works out what must come out, pandas adds it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.paths import nest, pattern_of
from kamxl.document.schema import MatrixSpec, Part, TableSpec
from kamxl.generation.write import PlanWriter
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import plan_spec
from kamxl.portfolio.consolidate import consolidate
from tests.random_plans import COMPANY, KINDS, RATES, TODAY, settings_for, some_plan
from tests.recomputed import (
    CLOSED,
    FINISHED,
    Cells,
    changed,
    figures_of,
    read_cells,
    used,
)

pytestmark = pytest.mark.slow

NUMBERS = range(60)
REVENUES = ("actual_4", "actual_3", "actual_2", "forecast", "target")
SHORT = {"opportunities.open": "opportunities", "measures.measures": "measures"}


@dataclass(frozen=True)
class Read:
    """A plan as its cells show it, and the figures that follow from its entries."""

    file: str
    layout: Layout
    cells: Cells
    entries: Cells
    """What people entered."""
    figures: Mapping[str, Any]

    @property
    def rate(self) -> float:
        """What one of its currency is worth."""
        return RATES.get(self.cells["cover.currency"], 1.0)

    def value(self, path: str) -> Any:
        """An entry, or a figure as worked out here."""
        return (
            self.figures.get(path) if path in self.figures else self.entries.get(path)
        )

    def rows(self, part: Part) -> list[int]:
        """The rows of a part in which something is entered."""
        return [row for row in range(part.count) if used(self.cells, part, row)]


@cache
def writer(kind: int) -> PlanWriter:
    """One for each kind of settings (see `settings_for`)."""
    return PlanWriter(settings_for(kind), TODAY, "test")


@cache
def layout_of(kind: int) -> Layout:
    """Where everything stands in a plan of a kind."""
    settings = settings_for(kind)
    return lay_out(plan_spec(settings), str(settings.language))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty plans, their portfolio and its export."""
    place = tmp_path_factory.mktemp("plans")
    for number in NUMBERS:
        drawn = writer(number % KINDS)
        plan = AccountPlan.model_validate(nest(some_plan(number, drawn.spec)))
        drawn.write(plan, place / f"plan{number:02}.xlsx")
    output = place / "portfolio.xlsx"
    consolidate(place, output, COMPANY, export=place / "export", today=TODAY)
    return place


@pytest.fixture(scope="module")
def plans(folder: Path) -> list[Read]:
    """The plans as openpyxl reads them, with their figures as worked out here."""
    found = []
    for number in NUMBERS:
        layout, file = layout_of(number % KINDS), f"plan{number:02}.xlsx"
        cells = read_cells((folder / file).read_bytes(), layout)
        fields = layout.spec.fields
        entries = {p: v for p, v in cells.items() if pattern_of(p) in fields}
        figures = figures_of(entries, layout, TODAY)
        found.append(Read(file, layout, cells, entries, figures))
    return found


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The exported tables."""
    files = sorted((folder / "export").glob("*.parquet"))
    return {file.stem: pd.read_parquet(file) for file in files}


@pytest.fixture(scope="module")
def sheets(folder: Path) -> dict[str, Worksheet]:
    """The sheets of the portfolio."""
    return {sheet.title: sheet for sheet in load_workbook(folder / "portfolio.xlsx")}


@pytest.fixture(scope="module")
def accounts(plans: list[Read]) -> pd.DataFrame:
    """What is known of each account, in the reporting currency, by file."""
    return pd.DataFrame(map(summary, plans)).set_index("file")


def summary(plan: Read) -> dict[str, Any]:
    """An account in a row."""
    figures, cells, spec = plan.figures, plan.cells, plan.layout.spec
    money = {key: f"revenue.revenue.total.{key}" for key in REVENUES}
    money["pipeline"] = "opportunities.weighted_total"
    amounts = {key: figures.get(path) for key, path in money.items()}
    deals = [
        cells.get(f"opportunities.open[{row}].stage")
        for row in plan.rows(spec.find("opportunities.open"))
    ]
    steps = [
        cells.get(f"measures.measures[{row}].status")
        for row in plan.rows(spec.find("measures.measures"))
    ]
    return {
        "file": plan.file,
        "kam": cells["cover.key_account_manager"].lower(),
        "group": cells.get("cover.parent_account", "").lower().replace("\u2011", "-"),
        **{k: None if v is None else v * plan.rate for k, v in amounts.items()},
        "open_projects": sum(stage not in CLOSED for stage in deals),
        "open_measures": sum(status not in FINISHED for status in steps),
        "overdue_measures": sum(path.endswith("].overdue") for path in figures),
        "coverage": figures.get("contacts.coverage"),
        "satisfaction": figures.get("cooperation.satisfaction_index"),
        "attainment": figures.get("controlling.scorecard"),
        "completeness": figures["cover.completeness"],
        "cell": figures.get("strategy.portfolio_cell"),
    }


def same(shown: Any, expected: Any) -> bool:
    """Whether two values are one: amounts to the last digits that two ways of adding up share."""
    if isinstance(expected, int | float) and not isinstance(shown, str):
        return bool(shown == pytest.approx(expected, rel=1e-9, abs=1e-9))
    return bool(shown == expected)


def differences(
    shown: Mapping[str, Any], expected: Mapping[str, Any]
) -> dict[str, Any]:
    """Whatever is not the same, with both values."""
    keys = dict.fromkeys([*shown, *expected])
    pairs = {key: (shown.get(key), expected.get(key)) for key in keys}
    return {key: pair for key, pair in pairs.items() if not same(*pair)}


def known(record: Mapping[str, Any]) -> dict[str, Any]:
    """What is there; days as days."""
    found = {key: value for key, value in record.items() if not pd.isna(value)}
    return {k: v.date() if isinstance(v, pd.Timestamp) else v for k, v in found.items()}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_plan_shows_what_follows_from_its_entries(
    plans: list[Read], number: int
) -> None:
    """Cover with progress, totals, scores, every row: what is printed was worked out from the entries alone."""
    plan = plans[number]
    shown = {p: v for p, v in plan.cells.items() if p not in plan.entries}
    expected = {p: v for p, v in plan.figures.items() if p in plan.layout.spots}
    assert differences(shown, expected) == {}
    assert len(expected) > 40


def test_an_account_is_exported_with_all_its_figures(
    plans: list[Read], tables: dict[str, pd.DataFrame], accounts: pd.DataFrame
) -> None:
    """Entries, figures and counts in the plan's currency; amounts once more in the reporting one."""
    rows = {row["file"]: known(row) for row in tables["accounts"].to_dict("records")}
    assert rows.keys() == {plan.file for plan in plans}
    for plan in plans:
        shown, mine, spec = rows[plan.file], accounts.loc[plan.file], plan.layout.spec
        for figure in (f for sheet in spec.sheets for f in sheet.figures):
            key = figure.pattern.removeprefix("cover.").replace(".", "_")
            expected = plan.figures.get(figure.pattern)
            assert same(shown.get(key), expected), (plan.file, key)
            if figure.kind == "money" and expected is not None:
                assert same(shown[f"{key}_reporting"], expected * plan.rate)
        for key in REVENUES:
            total = plan.figures.get(f"revenue.revenue.total.{key}")
            assert same(shown.get(f"revenue_total_{key}"), total)
            converted = shown.get(f"revenue_total_{key}_reporting")
            assert same(converted, known(mine).get(key))
        for key in ("open_projects", "open_measures", "overdue_measures"):
            assert shown[key] == mine[key], (plan.file, key)


def test_accounts_are_classed_by_what_comes_before_them(
    tables: dict[str, pd.DataFrame], accounts: pd.DataFrame
) -> None:
    """A up to 80 % of the forecast before an account, B up to 95 %; unknown ones have no class."""
    ranked = accounts["forecast"].dropna().sort_values(ascending=False)
    before = (ranked.cumsum() - ranked) / ranked.sum()
    first = before.groupby(ranked).transform("min")
    classes = first.map(lambda share: "ABC"[(share >= 0.8) + (share >= 0.95)])
    shown = tables["accounts"].set_index("file")["abc_class"].dropna()
    assert shown.to_dict() == classes.to_dict()
    assert set(classes) == {"A", "B", "C"}


def parts_of(plan: Read) -> list[tuple[str, Part]]:
    """The parts that are exported row by row, with the names of their tables."""
    found: list[tuple[str, Part]] = []
    for sheet in plan.layout.spec.sheets:
        for section in sheet.sections:
            if isinstance(section, MatrixSpec):
                found += [("contacts", section.people), ("contacts_team", section.team)]
            elif (
                isinstance(section, TableSpec) and section.pattern != "revenue.revenue"
            ):
                name = SHORT.get(section.pattern, section.pattern.replace(".", "_"))
                found.append((name, section))
    return found


def test_every_row_is_exported_with_its_figures(
    plans: list[Read], tables: dict[str, pd.DataFrame]
) -> None:
    """All rows that somebody filled in, in their order: entries, figures, and amounts in the reporting currency."""
    for plan in plans:
        for name, part in parts_of(plan):
            frame = tables[name]
            rows = frame[frame["file"] == plan.file].to_dict("records")
            assert len(rows) == len(plan.rows(part)), (plan.file, name)
            for row, index in zip(rows, plan.rows(part), strict=True):
                for column in part.columns:
                    taken = f"{part.key}_{column.key}"
                    key = taken if taken in frame else column.key
                    expected = plan.value(column.pattern.at(index))
                    assert same(known(row).get(key), expected), (plan.file, name, key)
                    if column.kind == "money" and expected is not None:
                        assert same(row[f"{key}_reporting"], expected * plan.rate)


def test_revenue_is_exported_amount_by_amount(
    plans: list[Read], tables: dict[str, pd.DataFrame]
) -> None:
    """Every amount of the revenue tables, and nothing else."""
    years = dict(zip(REVENUES, (2023, 2024, 2025, 2026, 2027), strict=True))
    expected = [
        (plan.file, years[key], value, value * plan.rate)
        for plan in plans
        for row in range(3)
        for key in REVENUES
        if (value := plan.cells.get(f"revenue.revenue[{row}].{key}")) is not None
    ]
    frame = tables["revenue"][["file", "year", "amount", "amount_reporting"]]
    shown = sorted(frame.itertuples(index=False, name=None))
    assert len(shown) == len(expected)
    pairs = zip(shown, sorted(expected), strict=True)
    assert all(
        same(a, b) for one, other in pairs for a, b in zip(one, other, strict=True)
    )


def test_the_text_files_hold_the_same(
    folder: Path, tables: dict[str, pd.DataFrame]
) -> None:
    """CSV and Parquet say one thing, number by number."""
    for name, frame in tables.items():
        file = folder / "export" / f"{name}.csv"
        text = pd.read_csv(
            file, sep=";", decimal=",", encoding="utf-8-sig", dtype={"account_id": str}
        )
        assert list(text.columns) == list(frame.columns)
        assert len(text) == len(frame)
        for key in frame.select_dtypes("number"):
            shown, expected = text[key].astype(float), frame[key].astype(float)
            assert shown.equals(expected) or shown.to_list() == pytest.approx(
                expected.to_list(), rel=1e-12, nan_ok=True
            )


def tiles(sheet: Worksheet) -> dict[str, Any]:
    """The tiles of the overview by their labels."""
    return {
        str(cell.value): sheet.cell(row + 1, cell.column).value
        for row in (7, 11)
        for cell in sheet[row]
        if cell.value is not None
    }


def test_the_overview_adds_up(
    sheets: dict[str, Worksheet], plans: list[Read], accounts: pd.DataFrame
) -> None:
    """Sums to the cent, means over the accounts that have a value."""
    means = accounts[["coverage", "satisfaction", "attainment", "completeness"]].mean()
    expected = {
        "Accounts": len(plans),
        "Umsatz 2025": round(accounts["actual_2"].sum(), 2),
        "Forecast 2026": round(accounts["forecast"].sum(), 2),
        "Ziel 2027": round(accounts["target"].sum(), 2),
        "Gewichtete Pipeline": round(accounts["pipeline"].sum(), 2),
        "Offene Projekte": accounts["open_projects"].sum(),
        "Kontaktabdeckung (Mittel)": means["coverage"],
        "Zufriedenheitsindex (Mittel)": means["satisfaction"],
        "Zielerreichung (Mittel)": means["attainment"],
        "Vollständigkeit (Mittel)": means["completeness"],
        "Überfällige Maßnahmen": accounts["overdue_measures"].sum(),
    }
    shown = tiles(sheets["Übersicht"])
    assert differences({key: shown[key] for key in expected}, expected) == {}


def listing(sheet: Worksheet, head: int = 7) -> pd.DataFrame:
    """The table below a row of heads."""
    rows = [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=head)]
    names = [str(name) for name in rows[0]]
    return pd.DataFrame(rows[1:], columns=names)


@pytest.mark.parametrize(("title", "key"), [("KAMs", "kam"), ("Konzerne", "group")])
def test_managers_and_groups_add_up(
    sheets: dict[str, Worksheet], accounts: pd.DataFrame, title: str, key: str
) -> None:
    """Whatever the spelling, an account counts once: sums, means, and the change over accounts that have both years."""
    shown = listing(sheets[title])
    members = accounts[accounts[key] != ""].groupby(key)
    assert len(shown) == len(members)
    for row in shown.to_dict("records"):
        name = str(next(iter(row.values()))).lower().replace("\u2011", "-")
        mine = members.get_group(name)
        both = mine.dropna(subset=["actual_2", "forecast"])
        expected = {
            "Accounts": len(mine),
            "Ist 2025": mine["actual_2"].sum(min_count=1),
            "FC 2026": mine["forecast"].sum(min_count=1),
            "Ziel 2027": mine["target"].sum(min_count=1),
            "Gewichtete Pipeline": mine["pipeline"].sum(min_count=1),
            "Offene Projekte": mine["open_projects"].sum(),
            "Überfällig": mine["overdue_measures"].sum(),
            "Abdeckung": mine["coverage"].mean(),
            "Vollständig": mine["completeness"].mean(),
            "Veränd.": changed(both["actual_2"].sum(), both["forecast"].sum())
            if len(both)
            else None,
        }
        for label, value in expected.items():
            (cell,) = (v for head, v in row.items() if label in head)
            assert same(
                None if pd.isna(cell) else cell, None if pd.isna(value) else value
            ), (name, label)


def test_fields_of_the_matrix_add_up(
    sheets: dict[str, Worksheet], accounts: pd.DataFrame
) -> None:
    """Accounts, revenue and share of each field."""
    fields = {
        "Starkunde": "star", "Fragezeichenkunde": "question_mark", "Ertragskunde": "yield", "Mitnahmekunde": "takeaway",
    }  # fmt: skip
    placed = accounts[accounts["cell"].notna()]
    whole = placed["forecast"].sum()
    sheet = sheets["Portfolio-Matrix"]
    first = next(cell.column for cell in sheet[6] if cell.value == "Portfoliofeld")
    for row in range(7, 11):
        cells = sheet[row][first - 1 : first + 4]
        label, _, count, share, revenue = (cell.value for cell in cells)
        inside = placed[placed["cell"] == fields[str(label).split()[0]]]
        amount = inside["forecast"].sum()
        assert (count, revenue, share) == pytest.approx(
            (len(inside), amount, amount / whole)
        )


def test_competitors_add_up(sheets: dict[str, Worksheet], plans: list[Read]) -> None:
    """Their revenue at our accounts, what we lost to them and what is contested, whatever the spelling."""
    found: dict[str, dict[str, float]] = {}
    places = (
        ("competition.competitors", "name", "revenue", "revenue"),
        ("projects.lost", "lost_to", "value", "lost"),
        ("opportunities.open", "rival", "value", "contested"),
    )
    for plan in plans:
        for table, naming, amount, kind in places:
            for row in range(plan.layout.spec.table(table).count):
                name = plan.cells.get(f"{table}[{row}].{naming}")
                closed = plan.cells.get(f"{table}[{row}].stage") in CLOSED
                if name and not closed:
                    value = plan.cells.get(f"{table}[{row}].{amount}", 0) * plan.rate
                    sums = found.setdefault(
                        name.lower(),
                        dict.fromkeys(("revenue", "lost", "contested", "number"), 0.0),
                    )
                    sums[kind] += value
                    sums["number"] += kind == "lost"
    sheet = sheets["Wettbewerb"]
    for row in range(7, 7 + len(found)):
        name, _, _, revenue, number, lost, contested = (
            c.value for c in sheet[row][1:8]
        )
        sums = found[str(name).lower()]
        expected = (sums["revenue"], sums["number"], sums["lost"], sums["contested"])
        assert (revenue, number, lost, contested) == pytest.approx(expected)


def test_totals_above_tables_are_those_of_the_accounts(
    sheets: dict[str, Worksheet],
    accounts: pd.DataFrame,
    tables: dict[str, pd.DataFrame],
) -> None:
    """One total on all sheets, for revenue, pipeline, budgets and effects."""
    heads = {
        "Ist 2025": "actual_2", "FC 2026": "forecast", "Ziel 2027": "target", "Gewichtete Pipeline": "pipeline",
        "Gewichteter Wert": "pipeline",
    }  # fmt: skip
    expected = {head: round(accounts[key].sum(), 2) for head, key in heads.items()}
    measures = tables["measures"][
        ["budget_reporting", "revenue_effect_reporting"]
    ].sum()
    expected["Budget"], expected["Erwartete Umsatzwirkung"] = measures.round(2)
    seen = 0
    for title in ("Accounts", "Umsatz", "Pipeline", "Maßnahmen", "KAMs"):
        sheet = sheets[title]
        for total, head in zip(sheet[5], sheet[7], strict=True):
            label = str(head.value).partition(" (")[0].removeprefix("Umsatz ")
            if isinstance(total.value, int | float) and label in expected:
                assert total.value == pytest.approx(expected[label], abs=0.001), title
                seen += 1
    assert seen == 14
