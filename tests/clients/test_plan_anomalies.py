"""One odd entry, typed into a plan in LibreOffice: the cover agrees with the portfolio, or a finding names the cell.

Each anomaly is what people type or paste into one cell of a sound plan: numbers as texts, units, percentages off by
a hundred, labels in other spellings, scores off their scale, errors, blanks, truth values, times, dates. The program
works out all formulas and saves the file; kamxl reads it. What the cover shows must be what kamxl counts, or the
difference must be told at the cover's cell, and its cause found at the cell where the odd entry stands.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kamxl.checks.check import check
from kamxl.checks.checked import Checked
from kamxl.demo import plans, settings
from kamxl.document.extract import Extract
from kamxl.document.figures import figure_label, figures
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.progress import progress_figures
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import extract_plan, plan_spec
from kamxl.xlsx.cells import read_book
from tests.clients.office import Office

pytestmark = [pytest.mark.client, pytest.mark.slow]

TODAY = dt.date.today()
COMPANY = settings("de", TODAY.year + 1)
DEAL, GROUP = "opportunities.open[0]", "revenue.revenue[0]"
MEETING, GOAL = "contacts.matrix[0][0]", "controlling.targets[0]"
MEASURE = "measures.measures[0]"
ABOUT_FIGURES = {"KAM245", "KAM246", "KAM247", "KAM248", "KAM249", "KAM262"}

ANOMALIES: dict[str, list[str]] = {
    f"{DEAL}.value": ["'680000", "'680.000,00 €", "680 T€", "0,68 Mio.", "'680.000", "680.000,00 CHF", "ca. 680.000",
                      "-680000", "0", "", " ", "k. A.", "=1/0", "=NV()", "WAHR", "12:30", "1.3.2027", "6,8E+5",
                      "10000000000000"],
    f"{DEAL}.probability": ["'60 %", "60", "140 %", "0,6", "'0,6", "60,5", "-10 %", "100 %", "", "hoch", "=NV()",
                            "50:50"],
    f"{DEAL}.stage": ["gewonnen", "GEWONNEN", "gewonnen ", "won", "Won", "verloren", "lost", "Angebot", "offer",
                      "zurückgestellt", "auf Eis", "", "-"],
    f"{GROUP}.forecast": ["'2820000", "2820", "2,82 Mio.", "", "-1000", "=1/0", "tbd"],
    f"{GROUP}.target": ["'3.350.000 €", "3350", "", "WAHR", "=#REF!"],
    f"{GROUP}.actual_2": ["'1985300", "0", ""],
    f"{GROUP}.product_group": ["Summe", "prozesspumpen ", ""],
    f"{MEETING}.actual": ["'6", "2/6", "6,5", "-1", "", "viele", "400"],
    f"{MEETING}.planned": ["'12", "0", "", "=NV()"],
    "contacts.people[0].influence": ["11", "0", "'9", "9,5", "", "hoch"],
    "contacts.people[0].role": ["User", "user", "entscheider ", "Decider", "egal"],
    "contacts.people[0].stance": ["Befürworter", "unterstützer", "supporter", "egal"],
    "contacts.people[0].name": ["", "k. A."],
    "strategy.attractiveness[0].score": ["6", "0", "'4", "4,5", "", "gut"],
    "strategy.attractiveness[0].weight": ["40", "'40 %", "0", ""],
    "strategy.position[1].score": ["9", "-1", "x", "3,5", "\u22123"],
    "cooperation.satisfaction[0].importance": ["12", "'8", ""],
    "cooperation.satisfaction[0].performance": ["0", "11", "2,5", "sehr gut"],
    f"{GOAL}.actual": ["'71", "7100 %", "", "-5"],
    f"{GOAL}.target": ["100 %", "0", "'100"],
    f"{GOAL}.weight": ["30", ""],
    f"{MEASURE}.status": ["Erledigt ", "done", "fertig", "erl."],
    f"{MEASURE}.measure": ["", "k. A.", " "],
    "cover.currency": ["$", "EURO", ""],
}  # fmt: skip
CASES = [(path, typed) for path, all_typed in ANOMALIES.items() for typed in all_typed]


@cache
def layout() -> Layout:
    """Where everything stands in the example plan."""
    return lay_out(plan_spec(COMPANY), "de")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example plan without a finding about its figures."""
    plan = next(one for one in plans(COMPANY, TODAY) if one.cover.account_id == "10041")
    path = tmp_path_factory.mktemp("plan") / "10041.xlsx"
    PlanWriter(COMPANY, TODAY).write(plan, path)
    return path


def read(path: Path) -> tuple[Extract, Checked]:
    """What stands in a file, and what kamxl makes of it."""
    extract = extract_plan(read_book(path))
    return extract, check(extract, today=TODAY)


def shown_and_counted(extract: Extract, checked: Checked) -> dict[str, tuple[Any, Any]]:
    """The figures of the cover, as they stand in their cells and as the portfolio counts them."""
    found = figures(checked.plan, checked.spec, TODAY, checked.off_scale)
    cells = {str(entry.path): entry for entry in extract.computed}
    paths = [figure.pattern for figure in checked.spec.sheets[0].figures]
    counted = {
        path: figure_label(checked.spec, path, found[path], "de") for path in paths
    } | progress_figures(checked.plan, checked.spec, "de")
    return {path: (cells[path].value, value) for path, value in counted.items()}


def agree(shown: Any, counted: Any) -> bool:
    """Whether two figures are one, to the cent and to a millionth."""
    if isinstance(shown, float | int) and isinstance(counted, float | int):
        return abs(shown - counted) <= 0.005 + 1e-9 * abs(counted) and math.isclose(
            shown, counted, abs_tol=1e-6
        )
    return bool((shown or None) == counted)


def recomputed(values: Any) -> dict[str, float | None]:
    """Some figures of the cover, added up here from the entries that were read."""
    deals: dict[str, dict[str, Any]] = {}
    columns: dict[str, list[float]] = {"actual_2": [], "forecast": [], "target": []}
    for path, value in values.items():
        record, _, key = path.rpartition(".")
        if record.startswith("opportunities.open["):
            deals.setdefault(record, {})[key] = value
        if record.startswith("revenue.revenue[") and key in columns:
            columns[key].append(value)
    closed = {"won", "lost", "on_hold"}
    still_open = (deal for deal in deals.values() if deal.get("stage") not in closed)
    known = (deal for deal in still_open if {"value", "probability"} <= deal.keys())
    weighted = [d["value"] * d["probability"] for d in known if d["value"] >= 0]
    sums = {key: sum(amounts) if amounts else None for key, amounts in columns.items()}
    return {
        "cover.forecast_revenue": sums["forecast"],
        "cover.target_revenue": sums["target"],
        "cover.weighted_pipeline": sum(weighted) if weighted else None,
    }


def test_the_plan_itself_agrees(sound: Path, office: Office, tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, nothing differs."""
    saved = tmp_path / "saved.xlsx"
    office.recalculate(sound, save_as=saved)
    for path in (sound, saved):
        extract, checked = read(path)
        assert all(
            agree(*pair) for pair in shown_and_counted(extract, checked).values()
        )
        assert not [one for one in checked.findings if one.code in ABOUT_FIGURES]


@pytest.mark.parametrize(("path", "typed"), CASES)
def test_the_cover_shows_what_counts_or_a_finding_says_why(
    path: str, typed: str, sound: Path, office: Office, tmp_path: Path
) -> None:
    """Every figure of the cover is that of the portfolio, or differs with a finding and a cause."""
    saved = tmp_path / "typed.xlsx"
    sheet, cell = layout().spots[path][0].name, layout().cell(path)
    office.type(sound, [(sheet, cell, typed)], save_as=saved)
    extract, checked = read(saved)
    told = {one.path: one for one in checked.findings if one.code in ABOUT_FIGURES}
    at_cell = [
        one for one in checked.findings if (one.sheet, one.cell) == (sheet, cell)
    ]
    for figure, (shown, counted) in shown_and_counted(extract, checked).items():
        if not agree(shown, counted):
            assert figure in told, f"{figure}: {shown!r} is shown, {counted!r} counts"
            assert at_cell, f"nothing is said of {typed!r}"
            assert (
                f"{sheet}!{cell}" in told[figure].message
                or figure == "cover.completeness"
            )
    found = figures(checked.plan, checked.spec, TODAY, checked.off_scale)
    for figure, value in recomputed(checked.values).items():
        assert agree(found[figure], value), figure


def test_an_influence_between_two_steps_empties_the_score_everywhere(
    sound: Path, office: Office, tmp_path: Path
) -> None:
    """Neither the sheet nor the portfolio counts what is no step of the scale."""
    saved, path = tmp_path / "typed.xlsx", "contacts.people[0].influence"
    sheet, cell = layout().spots[path][0].name, layout().cell(path)
    office.type(sound, [(sheet, cell, "9,5")], save_as=saved)
    shown, counted = shown_and_counted(*read(saved))["cover.contact_coverage"]
    assert (shown or None, counted) == (None, None)
