"""Lists of an ERP system as they are: at the first try they become plans with a name and their revenue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kamxl.checks.check import check
from kamxl.errors import InputError
from kamxl.generation.accounts import read_accounts
from kamxl.generation.generate import Generated, Manner, generate_plans
from kamxl.generation.history import read_history
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import plan_spec, read_plan
from kamxl.plan.settings.model import Settings
from tests import erp_export

TODAY = dt.date(2026, 11, 20)
SETTINGS = Settings(plan_year=2027)
SPEC = plan_spec(SETTINGS)


def generated(folder: Path, settings: Settings = SETTINGS) -> Generated:
    """The plans made of the export."""
    accounts, revenue = erp_export.write_export(folder)
    manner = Manner(TODAY, seed="test")
    return generate_plans(folder / "out", accounts, settings, manner, revenue=revenue)


def plan_in(path: Path) -> AccountPlan:
    """The plan that a workbook holds."""
    return check(read_plan(path), today=TODAY).plan


def revenue_in(plan: AccountPlan) -> dict[tuple[str, int], float]:
    """Revenue of a plan by product group and year, that of the current year so far."""
    years = {"actual_4": 2023, "actual_3": 2024, "actual_2": 2025, "to_date": 2026}
    found = {}
    for row in plan.revenue.revenue:
        for key, year in years.items():
            if getattr(row, key) is not None:
                found[str(row.product_group), year] = getattr(row, key)
    return found


def test_an_export_becomes_named_plans_at_the_first_try(tmp_path: Path) -> None:
    """118 customers of 120 rows, each with its name, number, KAM and all revenue, the current year's too."""
    done = generated(tmp_path)
    assert (len(done.written), done.skipped) == (erp_export.COUNT, ())
    names = [path.name for path in done.written]
    assert all(erp_export.number(i) in name for i, name in enumerate(names))
    for index in (*range(0, erp_export.COUNT, 15), erp_export.COUNT - 1):
        plan = plan_in(done.written[index])
        cover = plan.cover
        assert cover.company == erp_export.name(index)
        assert cover.account_id == erp_export.number(index)
        assert cover.key_account_manager == erp_export.KAMS[index % 3]
        assert revenue_in(plan) == erp_export.REVENUE_OF[erp_export.number(index)]
        assert all(row.forecast is None for row in plan.revenue.revenue)


def test_what_the_export_holds_beside_is_told(tmp_path: Path) -> None:
    """Rows twice, sums, classes without a meaning and columns without a field are each said once."""
    told = "\n".join(generated(tmp_path).notices)
    for said in (
        "mehrfach in der Liste stehen",
        "Zeile 15 (0000010084), Zeile 82 (0000010539)",
        "Zeile 124 („Summe“)",
        "Summenzeilen wurden nicht übernommen (117)",
        "„ABC-Kennz.“ steht (A, B, C)",
        "Diese Spalten werden nicht verwendet: Name2, Telefon",
    ):
        assert told.count(said) == 1
    assert "Nicht übernommen wird der Umsatz" not in told
    assert "gemeint ist vielleicht" not in told


def test_product_groups_are_those_of_the_list(tmp_path: Path) -> None:
    """Where settings name none, or only the placeholders of the default file, the list's own stand in every plan."""
    groups = [f"Produktgruppe {number}" for number in range(1, 6)]
    settings = SETTINGS.changed(product_groups=groups)
    plan = plan_in(generated(tmp_path, settings).written[0])
    names = {row.product_group for row in plan.revenue.revenue}
    assert names == set(erp_export.GROUPS)


def test_classes_mean_what_the_settings_say(tmp_path: Path) -> None:
    """An ABC column becomes the classification as soon as the company has said what its letters mean."""
    classes = {"A": "major", "b": "key", "C": "target"}
    settings = SETTINGS.changed(account_classes=classes)
    done = generated(tmp_path, settings)
    found = [plan_in(path).cover.account_class for path in done.written[:3]]
    assert found == ["major", "key", "target"]
    assert not any("account_classes" in notice for notice in done.notices)


def test_a_class_beside_abc_is_the_class(tmp_path: Path) -> None:
    """The letters give way to a column that is called after the field."""
    path = tmp_path / "k.csv"
    path.write_text("KdNr;Firma;ABC;Klassifizierung\n7;Alpha;A;Key Account\n")
    (account,) = read_accounts(path, SPEC, "de").accounts
    assert account.values["account_class"] == "key"


def test_rows_of_one_account_are_put_together(tmp_path: Path) -> None:
    """What one of its rows leaves blank another may say; where both say something the first holds."""
    path = tmp_path / "k.csv"
    path.write_text(
        "KdNr;Firma;Ort;Branche\n007;Alpha AG;;Bau\n7;ALPHA AG;Köln;Chemie\n",
        encoding="utf-8",
    )
    (account,) = read_accounts(path, SPEC, "de").accounts
    assert account.values == {
        "account_id": "007", "company": "Alpha AG", "city": "Köln", "industry": "Bau",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["7", "007"])
def test_two_companies_cannot_share_a_number(tmp_path: Path, number: str) -> None:
    """Which of them the number belongs to is not guessed."""
    path = tmp_path / "k.csv"
    path.write_text(f"KdNr;Firma\n7;Alpha\n{number};Beta\n")
    with pytest.raises(InputError, match=r"Zeile 3.*Zeile 2.*„Alpha“.*eigene Nummer"):
        read_accounts(path, SPEC, "de")


def test_a_row_without_a_company_is_refused(tmp_path: Path) -> None:
    """No plan goes out without a name."""
    path = tmp_path / "k.csv"
    path.write_text("KdNr;Firma;Ort\n7;;Bonn\n")
    with pytest.raises(InputError, match=r"Zeile 2, Spalte „Firma“: Die Firma fehlt"):
        read_accounts(path, SPEC, "de")


def test_the_wrong_list_is_recognised(tmp_path: Path) -> None:
    """Lists given the other way round are told as what they are, both at once."""
    accounts, revenue = erp_export.write_export(tmp_path)
    with pytest.raises(InputError) as caught:
        generate_plans(tmp_path / "out", revenue, SETTINGS, revenue=accounts)
    assert "Umsatz.csv: Das ist die Umsatzliste" in str(caught.value)
    assert "Kunden.csv: Das ist die Kundenliste" in str(caught.value)


def test_one_list_may_be_both(tmp_path: Path) -> None:
    """Revenue with everything about the customers beside it serves as either list."""
    path = tmp_path / "alles.csv"
    path.write_text(
        "KdNr;Firma;Betreuer;Warengruppe;Jahr;Umsatz\n7;Alpha;Ina;P;2025;1,50\n7;Alpha;Ina;P;2024;2,50\n"
    )
    done = generate_plans(tmp_path / "out", path, SETTINGS, revenue=path)
    (written,) = done.written
    assert plan_in(written).revenue.revenue[0].actual_2 == 1.5


@pytest.mark.parametrize(
    "heading",
    ["Umsatz netto", "Umsatz\nnetto", "Nettoumsatz [EUR]", "Erlös (EUR)", "Umsatz in EUR", "UMSATZ-NETTO"],
)  # fmt: skip
def test_headings_with_units_and_line_breaks(tmp_path: Path, heading: str) -> None:
    """A heading is known by its letters, whatever unit stands behind it and wherever it breaks."""
    path = tmp_path / "u.csv"
    path.write_text(
        f'KdNr;Warengruppe;Jahr;"{heading}"\n7;P;2025;1,50\n', encoding="utf-8"
    )
    assert read_history(path, "de").by_account == {"7": 1.5}


MISSPELT = {
    "Kundenumer": "Kundennummer", "Strase": "Straße", "Postleizahl": "Postleitzahl",
    "Ausendienst": "Außendienst", "Inendienst": "Innendienst", "Konzernnahme": "Konzernname", "Branhe": "Branche",
    "Ansprechparner": "Ansprechpartner", "Wärung": "Währung", "Betreuerr": "Betreuer",
    "Klasifizierung": "Klassifizierung",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "meant"), MISSPELT.items())
def test_a_misspelt_heading_gets_the_right_suggestion(
    tmp_path: Path, heading: str, meant: str
) -> None:
    """A heading that is nearly a known one is told with that one, whether the list can be read without it or not."""
    path = tmp_path / "k.csv"
    path.write_text(f"KdNr;Firma;{heading}\n7;Alpha;\n", encoding="utf-8")
    if meant.startswith("Kunden"):
        path.write_text(f"Firma;{heading}\nAlpha;7\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_accounts(path, SPEC, "de")
        told = str(caught.value)
    else:
        told = " ".join(read_accounts(path, SPEC, "de").suggestions)
    assert f"„{heading}“: gemeint ist vielleicht „{meant}" in told


def test_plans_without_a_manager_are_told(tmp_path: Path) -> None:
    """Whoever looks after an account may enter it, but nobody should be surprised."""
    path = tmp_path / "k.csv"
    path.write_text("KdNr;Firma\n7;Alpha\n")
    (notice,) = generate_plans(tmp_path / "out", path, SETTINGS).notices
    assert "Keine Spalte nennt den KAM" in notice
