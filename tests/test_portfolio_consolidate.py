"""The main job at its full size: the 91 accounts of the Northwind sample, generated and consolidated."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from kamxl import api
from kamxl.portfolio.consolidate import Consolidated


@pytest.fixture(scope="module")
def northwind(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Consolidated:
    """Generated from the lists and consolidated, with the export."""
    folder, data = tmp_path_factory.mktemp("northwind"), shared / "data" / "northwind"
    api.generate(
        folder / "plans",
        accounts=data / "accounts.csv",
        revenue=data / "revenue.csv",
        year=2000,
    )
    return api.consolidate(
        folder / "plans", folder / "p.xlsx", export=folder / "export"
    )


@pytest.mark.slow
def test_all_91_accounts_are_accounted_for(northwind: Consolidated) -> None:
    """Found is accepted, partial, rejected and ignored together; every account is a row."""
    counts = northwind.counts
    assert counts.found == 91 == counts.accepted + counts.partial
    assert len(northwind.tables["accounts"]) == 91


@pytest.mark.slow
def test_revenue_adds_up_to_the_cent(northwind: Consolidated) -> None:
    """The table *Umsatz* has the totals of the list, in the workbook, in Parquet and in CSV."""
    years = {1996: 208_083.96, 1997: 617_085.12, 1998: 440_623.85}
    sheet = load_workbook(northwind.output)["Umsatz"]
    totals = {
        head.value: total.value for head, total in zip(sheet[7], sheet[5], strict=True)
    }
    assert {year: totals[f"Ist {year} (EUR)"] for year in years} == years
    assert round(sum(totals[f"Ist {year} (EUR)"] for year in years), 2) == 1_265_792.93
    export = northwind.output.parent / "export"
    frame = pd.read_parquet(export / "revenue.parquet")
    assert frame.groupby("year")["amount"].sum().round(2).to_dict() == years
    text = pd.read_csv(
        export / "revenue.csv", sep=";", decimal=",", encoding="utf-8-sig"
    )
    assert round(text["amount"].sum(), 2) == 1_265_792.93


@pytest.mark.slow
def test_accounts_without_a_salesperson_are_reported_with_the_cell(
    northwind: Consolidated,
) -> None:
    """Exactly the two accounts without a KAM miss that required field, and the finding names the cell."""
    missing = [
        (row["account_id"], row["sheet"], row["cell"])
        for row in northwind.tables["findings"]
        if row["path"] == "cover.key_account_manager"
    ]
    assert Counter(account for account, _, _ in missing) == {"FISSA": 1, "PARIS": 1}
    assert all(sheet == "Deckblatt" and cell for _, sheet, cell in missing)
