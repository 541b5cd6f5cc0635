"""From two lists to a folder of workbooks: the right files, with the right entries, and nothing overwritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kamxl.checks.check import check
from kamxl.checks.checked import Checked
from kamxl.document.extract import WorkbookKind
from kamxl.errors import InputError
from kamxl.generation.generate import (
    Manner,
    generate_blank,
    generate_plans,
    generate_template,
)
from kamxl.generation.names import plan_name
from kamxl.plan.document import read_plan
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.cells import read_book

TODAY = dt.date(1999, 11, 20)
MANNER = Manner(TODAY, seed="test")
SETTINGS = Settings(plan_year=2000)

ACCOUNTS = """account_id;company;contact_name;contact_title;key_account_manager
A1;Änderungsschneiderei Öztürk;Eva Ott;Einkauf;Anna Berg
A2;Beta AG;;;
"""
REVENUE = """account_id;product_group;year;revenue
A1;Pumpen;1996;100,50
A1;Pumpen;1998;0
A1;Ventile;1999;70
A1;Ventile;1995;30
X9;Pumpen;1997;12,34
"""


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """An account list and a revenue history."""
    accounts, revenue = tmp_path / "kunden.csv", tmp_path / "umsatz.csv"
    accounts.write_text(ACCOUNTS, encoding="utf-8")
    revenue.write_text(REVENUE, encoding="utf-8")
    return accounts, revenue


Run = Callable[..., list[Checked]]


@pytest.fixture
def run(lists: tuple[Path, Path], tmp_path: Path) -> Run:
    """Generates the plans under some settings and reads them back."""

    def job(**changes: object) -> list[Checked]:
        accounts, revenue = lists
        done = generate_plans(
            tmp_path / "out",
            accounts,
            SETTINGS.changed(**changes),
            MANNER,
            revenue=revenue,
        )
        return [check(read_plan(path), today=TODAY) for path in done.written]

    return job


def test_master_data_and_dates(run: Run) -> None:
    """The cover holds what the list says, year, currency and the day."""
    first, second = run(currency="CHF")
    cover = first.plan.cover
    assert (cover.account_id, cover.company, cover.key_account_manager) == (
        "A1", "Änderungsschneiderei Öztürk", "Anna Berg",
    )  # fmt: skip
    assert (cover.plan_year, cover.currency, cover.created_on, cover.updated_on) == (
        2000,
        "CHF",
        TODAY,
        TODAY,
    )
    assert second.plan.cover.key_account_manager is None
    missing = [f for f in second.findings if f.path == "cover.key_account_manager"]
    assert [(finding.rule, finding.sheet) for finding in missing] == [
        ("required-empty", "Deckblatt")
    ]


def test_revenue_of_the_right_years(run: Run) -> None:
    """P−4 to P−2 are past revenue; a known zero stays, the unknown is empty, the current year is no forecast."""
    rows = run()[0].plan.revenue.revenue
    assert [
        (row.product_group, row.actual_4, row.actual_3, row.actual_2, row.forecast)
        for row in rows
    ] == [
        ("Pumpen", 100.5, None, 0.0, None),
        ("Ventile", None, None, None, None),
    ]


def test_own_product_groups_come_first_and_lose_nothing(run: Run) -> None:
    """Groups of the settings keep their order; what only the list has is added behind them."""
    rows = run(product_groups=("Service", "pumpen"))[0].plan.revenue.revenue
    assert [(row.product_group, row.actual_4) for row in rows] == [
        ("Service", None),
        ("pumpen", 100.5),
        ("Ventile", None),
    ]


def test_people_of_the_matrix(run: Run) -> None:
    """Main contact across; the account's KAM first among our people, other KAMs left out."""
    team = [
        {"name": "Carl Dorn", "function": "Innendienst"},
        {"name": "Bea Kern", "function": "KAM Süd", "key_account_manager": True},
        {"name": "Anna Berg", "function": "KAM Nord", "key_account_manager": True},
    ]
    first, second = run(team=team)
    contacts = first.plan.contacts
    assert [(person.name, person.position) for person in contacts.people] == [
        ("Eva Ott", "Einkauf")
    ]
    assert [(person.function, person.name) for person in contacts.team] == [
        ("KAM Nord", "Anna Berg"), ("Innendienst", "Carl Dorn"),
    ]  # fmt: skip
    assert [person.name for person in second.plan.contacts.team] == ["Carl Dorn"]


def test_what_is_left_out_is_said(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """Revenue of other years and of accounts that are not listed appears in a notice with its amount."""
    notices = generate_plans(
        tmp_path / "out", lists[0], SETTINGS, MANNER, revenue=lists[1]
    ).notices
    strangers, years = notices
    assert (
        strangers
        == "umsatz.csv: Umsatz von 12,34 gehört zu Kundennummern, die in der Kundenliste fehlen: X9."
    )
    assert years.startswith(
        "umsatz.csv: Nicht übernommen wird der Umsatz der Jahre 1995 (30); der Plan 2000"
    )
    assert years.endswith("zeigt das Ist von 1996 bis 1999.")


def test_existing_plans_are_left_alone(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    """A plan that is there is left alone, whatever it is called and wherever it lies; only on demand it is replaced."""
    folder = tmp_path / "out"
    first = generate_plans(folder, lists[0], SETTINGS, MANNER)
    precious = folder / "Team Nord" / "mein Plan.xlsx"
    precious.parent.mkdir()
    first.written[0].rename(precious)
    before = precious.read_bytes()
    first.written[1].unlink()
    again = generate_plans(folder, lists[0], SETTINGS, MANNER)
    assert (again.skipped, again.written) == ((precious,), (first.written[1],))
    assert precious.read_bytes() == before
    replaced = generate_plans(folder, lists[0], SETTINGS, Manner(TODAY, overwrite=True))
    assert precious in replaced.written
    assert precious.read_bytes() != before
    other = generate_plans(folder, lists[0], SETTINGS.changed(plan_year=2001), MANNER)
    assert len(other.written) == len(first.written)


def test_overwriting_replaces_plans_of_the_same_account_alone(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    """A workbook of somebody else, another account's plan or a text in a plan's place stays, on demand as well."""
    folder = tmp_path / "out"
    first, second, *_ = generate_plans(folder, lists[0], SETTINGS, MANNER).written
    anyone = Workbook()
    anyone.save(first)
    second.write_text("Notizen")
    before = [first.read_bytes(), second.read_bytes()]
    again = generate_plans(folder, lists[0], SETTINGS, replace(MANNER, overwrite=True))
    assert set(again.blocked) == {first, second}
    assert [first.read_bytes(), second.read_bytes()] == before


def test_a_single_file_replaces_only_one_of_its_kind(tmp_path: Path) -> None:
    """A template replaces a template, a blank plan a plan; nothing foreign is lost."""
    again = replace(MANNER, overwrite=True)
    template, plan = tmp_path / "vorlage.xlsx", tmp_path / "plan.xlsx"
    generate_template(template, SETTINGS, MANNER)
    generate_blank(plan, SETTINGS, MANNER)
    generate_template(template, SETTINGS, again)
    generate_blank(plan, SETTINGS, again)
    with pytest.raises(InputError, match="ist ein Accountplan; sie wird nicht"):
        generate_template(plan, SETTINGS, again)
    Workbook().save(plan)
    for make in (generate_template, generate_blank):
        with pytest.raises(InputError, match="stammt nicht von kamxl"):
            make(plan, SETTINGS, again)


def test_a_plan_is_known_without_its_properties(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    """Some programs drop the properties of a workbook; its hidden sheet says the same."""
    folder = tmp_path / "out"
    first = generate_plans(folder, lists[0], SETTINGS, MANNER)
    book = load_workbook(first.written[0])
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(first.written[0])
    assert not generate_plans(folder, lists[0], SETTINGS, MANNER).written


def test_another_file_in_the_place_of_a_plan_is_left_alone(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    """What cannot be read as the account's plan is neither replaced nor taken for it."""
    folder = tmp_path / "out"
    first = generate_plans(folder, lists[0], SETTINGS, MANNER)
    precious = first.written[0]
    precious.write_text("filled in since")
    again = generate_plans(folder, lists[0], SETTINGS, MANNER)
    assert (again.blocked, again.written) == ((precious,), ())
    assert precious.name in again.notices[-1]
    assert precious.read_text() == "filled in since"


def test_a_folder_for_each_manager(tmp_path: Path) -> None:
    """One folder however a name is spelt, and one for accounts that nobody looks after."""
    path, folder = tmp_path / "k.csv", tmp_path / "out"
    path.write_text("KdNr;Firma;KAM\n1;A;Ina Süß\n2;B;INA SÜSS\n3;C;\n", "utf-8")
    done = generate_plans(folder, path, SETTINGS, Manner(TODAY, by_kam=True))
    assert [one.parent.name for one in done.written] == [
        "Ina-Süß",
        "Ina-Süß",
        "Ohne-KAM",
    ]
    assert len(generate_plans(folder, path, SETTINGS, MANNER).skipped) == 3
    path.write_text("KdNr;Firma\n4;D\n")
    with pytest.raises(InputError, match="--by-kam braucht eine Spalte"):
        generate_plans(folder, path, SETTINGS, Manner(TODAY, by_kam=True))


def test_same_seed_same_bytes(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """With a seed, examples can be generated again byte for byte; without one every plan is its own."""
    one, two = (
        generate_plans(tmp_path / name, lists[0], SETTINGS, MANNER).written[0]
        for name in "ab"
    )
    assert one.read_bytes() == two.read_bytes()
    other = generate_plans(tmp_path / "c", lists[0], SETTINGS, Manner(TODAY)).written[0]
    assert read_plan(other).identity.plan_id != read_plan(one).identity.plan_id
    template, again = (
        generate_template(tmp_path / f"{name}.xlsx", SETTINGS, MANNER).written[0]
        for name in "ab"
    )
    assert template.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("language", ["de", "en"])
def test_formulas_carry_their_results(
    lists: tuple[Path, Path], tmp_path: Path, language: str
) -> None:
    """A preview shows totals, growth and progress before Excel has calculated anything."""
    settings = SETTINGS.changed(language=language)
    path = generate_plans(
        tmp_path / "out", lists[0], settings, MANNER, revenue=lists[1]
    ).written[0]
    cover, revenue = (
        next(s for s in read_book(path).sheets if s.name == name)
        for name in _NAMES[language]
    )
    shown = {cell.value for cell in revenue.cells.values() if cell.is_formula}
    assert 100.5 in shown
    assert {"open": "open", "de": "offen", "en": "open"}[language] in {
        cell.value for cell in cover.cells.values() if cell.is_formula
    }


_NAMES = {"de": ("Deckblatt", "3 Umsatzanalyse"), "en": ("Cover", "3 Revenue analysis")}


def test_too_many_product_groups(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """A list with more groups than a plan holds is refused before anything is written."""
    lines = [f"A1;Gruppe {number};1998;1" for number in range(61)]
    lists[1].write_text(
        "\n".join(["account_id;product_group;year;revenue", *lines]), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"nennt 61 Produktgruppen; mehr als 60"):
        generate_plans(tmp_path / "out", lists[0], SETTINGS, MANNER, revenue=lists[1])
    assert not (tmp_path / "out").exists()


def test_empty_list(tmp_path: Path) -> None:
    """A list without accounts writes nothing and says so."""
    path = tmp_path / "kunden.csv"
    path.write_text("account_id;company\n")
    with pytest.raises(InputError, match="enthält keine Kunden"):
        generate_plans(tmp_path / "out", path, SETTINGS, MANNER)


@pytest.mark.parametrize("profile", ["full", "compact"])
def test_template_and_blank_plan(tmp_path: Path, profile: str) -> None:
    """The template is nobody's plan; a blank plan is one whose account is still to be named."""
    settings = SETTINGS.changed(profile=profile)
    template = read_plan(
        generate_template(tmp_path / "v.xlsx", settings, MANNER).written[0]
    )
    blank = read_plan(generate_blank(tmp_path / "p.xlsx", settings, MANNER).written[0])
    assert (template.identity.kind, template.identity.plan_id) == (
        WorkbookKind.TEMPLATE,
        "",
    )
    assert blank.identity.kind is WorkbookKind.PLAN
    assert len(blank.identity.plan_id) == 36
    assert check(blank, today=TODAY).plan.cover.created_on == TODAY
    assert [matrix.people.count for matrix in blank.spec.matrices] == [25]


def test_single_file_is_not_replaced(tmp_path: Path) -> None:
    """A template does not silently replace a file of the same name, nor a folder."""
    path = tmp_path / "v.xlsx"
    path.write_text("mine")
    with pytest.raises(InputError, match="gibt es schon"):
        generate_template(path, SETTINGS, MANNER)
    assert path.read_text() == "mine"
    with pytest.raises(InputError, match="kein Name einer Arbeitsmappe"):
        generate_template(tmp_path, SETTINGS, MANNER)


def test_open_file_is_told(
    lists: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to replace a file that Excel holds; the message says so and no half file is left."""
    generate_plans(tmp_path / "out", lists[0], SETTINGS, MANNER)
    before = sorted((tmp_path / "out").iterdir())
    again = replace(MANNER, overwrite=True)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="ist in Excel geöffnet"):
        generate_plans(tmp_path / "out", lists[0], SETTINGS, again)
    assert sorted((tmp_path / "out").iterdir()) == before


def test_no_place_to_write(lists: tuple[Path, Path], tmp_path: Path) -> None:
    """A folder that cannot be made is named with the reason, which is not Excel."""
    (tmp_path / "datei").write_text("")
    with pytest.raises(InputError, match=r"A1_.*lässt sich nicht schreiben"):
        generate_plans(tmp_path / "datei" / "out", lists[0], SETTINGS, MANNER)


def test_file_and_folder_are_told_apart(
    lists: tuple[Path, Path], tmp_path: Path
) -> None:
    """Plans of a list need a folder, a template a workbook's name; a mix-up is told before anything is written."""
    with pytest.raises(InputError, match="für die Pläne wird ein Ordner gebraucht"):
        generate_plans(tmp_path / "plan.xlsx", lists[0], SETTINGS, MANNER)
    with pytest.raises(InputError, match=r"z\. B\. Plan\.xlsx"):
        generate_template(tmp_path / "vorlagen", SETTINGS, MANNER)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kunden.csv",
        "umsatz.csv",
    ]


@pytest.mark.parametrize(
    ("account", "company", "name"),
    [
        ("ALFKI", "Alfreds Futterkiste", "ALFKI_Alfreds-Futterkiste_2000.xlsx"),
        (
            "4711",
            "Müller & Söhne GmbH & Co. KG",
            "4711_Müller-Söhne-GmbH-Co-KG_2000.xlsx",
        ),
        ("../../etc", 'a<b>:"|?*\\c', "etc_a-b-c_2000.xlsx"),
        ("CON", "", "CON_2000.xlsx"),
        ("", "", "Plan_2000.xlsx"),
        ("1", "x" * 300, f"1_{'x' * 60}_2000.xlsx"),
        ("1", "A\u0308rger", "1_Ärger_2000.xlsx"),
    ],
)
def test_file_names_suit_windows(account: str, company: str, name: str) -> None:
    """Names keep umlauts and lose whatever a file system may refuse."""
    assert plan_name(account, company, 2000) == name


def test_two_accounts_never_share_a_file(tmp_path: Path) -> None:
    """Accounts whose names come out alike, even by case only, get files of their own."""
    path = tmp_path / "kunden.csv"
    path.write_text("account_id;company\n1/2;Alpha\n1-2;ALPHA\n1.2;alpha\n")
    written = generate_plans(tmp_path / "out", path, SETTINGS, MANNER).written
    assert [file.name for file in written] == [
        "1-2_Alpha_2000.xlsx",
        "1-2_ALPHA_2000-2.xlsx",
        "1-2_alpha_2000-3.xlsx",
    ]


@pytest.mark.slow
def test_northwind_to_the_cent(shared: Path, tmp_path: Path) -> None:
    """91 plans hold all revenue of three years to the cent; two accounts have no manager and are found by it."""
    data = shared / "data" / "northwind"
    done = generate_plans(
        tmp_path, data / "accounts.csv", SETTINGS, MANNER, revenue=data / "revenue.csv"
    )
    plans = [check(read_plan(path), today=TODAY) for path in done.written]
    assert len(plans) == 91
    rows = [row for plan in plans for row in plan.plan.revenue.revenue]
    years = [
        round(sum(getattr(row, key) or 0 for row in rows), 2)
        for key in ("actual_4", "actual_3", "actual_2")
    ]
    assert years == [208_083.96, 617_085.12, 440_623.85]
    assert round(sum(years), 2) == 1_265_792.93
    unmanaged = [plan for plan in plans if plan.plan.cover.key_account_manager is None]
    assert len(unmanaged) == 2
    for plan in unmanaged:
        finding = next(
            f for f in plan.findings if f.path == "cover.key_account_manager"
        )
        assert (finding.rule, finding.sheet) == ("required-empty", "Deckblatt")
        assert finding.cell
