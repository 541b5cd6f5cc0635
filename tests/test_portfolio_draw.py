"""The portfolio workbook: totals, links, texts that stay texts, and what people see when something is missing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.extract import WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.errors import SpecError
from kamxl.plan.document import read_plan
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.consolidate import Consolidated, consolidate
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.tables import build_tables
from kamxl.portfolio.pages import page
from kamxl.portfolio.pages.draw import draw_portfolio
from kamxl.portfolio.pages.listing import Listing
from kamxl.portfolio.pages.page import portfolio_sheets
from kamxl.texts import Text
from tests.clients.office import Office
from tests.clients.pictures import missing_poppler, page_counts
from tests.clients.repair_lint import lint_findings
from tests.clients.validators import Finding, audit_findings
from tests.conftest import need
from tests.portfolio_plans import (
    FOUNDRY,
    MILLS,
    SETTINGS,
    TODAY,
    collected,
    entries,
    tables_of,
    two_plans,
    write_plan,
)

SHEETS = {
    "de": [
        "Übersicht", "Accounts", "Umsatz", "Pipeline", "Portfolio-Matrix", "Kontakte", "Wettbewerb", "Maßnahmen",
        "Ziele", "KAMs", "Konzerne", "Prüfprotokoll", "Quellen",
    ],
    "en": [
        "Overview", "Accounts", "Revenue", "Pipeline", "Portfolio matrix", "Contacts", "Competition", "Measures",
        "Targets", "KAMs", "Groups", "Findings", "Sources",
    ],
}  # fmt: skip


@pytest.fixture(scope="module", params=["de", "en"])
def done(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Consolidated:
    """Two plans and a damaged file, consolidated into a folder beside them."""
    folder = tmp_path_factory.mktemp("company")
    two_plans(folder / "Pläne 2027")
    (folder / "Pläne 2027" / "leer.xlsx").touch()
    settings = SETTINGS.changed(language=request.param)
    return consolidate(
        folder / "Pläne 2027", folder / "Berichte" / "p.xlsx", settings, today=TODAY
    )


@pytest.fixture(scope="module")
def book(done: Consolidated) -> Workbook:
    """The workbook as another program sees it."""
    return load_workbook(done.output)


def _language(done: Consolidated) -> str:
    return str(done.tables.settings.language)


def _sheet(done: Consolidated, book: Workbook, german: str) -> Worksheet:
    return book[SHEETS[_language(done)][SHEETS["de"].index(german)]]


def _rows(sheet: Worksheet, table: str) -> list[dict[str, object]]:
    """The rows of an Excel table by the heads of its columns."""
    lines = [[cell.value for cell in line] for line in sheet[sheet.tables[table].ref]]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def _values(sheet: Worksheet) -> list[object]:
    return [
        cell.value
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None
    ]


def test_the_only_contact_is_not_recommended(
    done: Consolidated, book: Workbook
) -> None:
    """Of an account with one contact the sheet asks for a second one, in a role that nobody has, beside the first."""
    german = _language(done) == "de"
    sheet = _sheet(done, book, "Kontakte")
    second = "eine zweite Person gewinnen" if german else "win over a second person"
    (row,) = _rows(sheet, "kamxl_next_contacts")
    assert row["Name"] == second
    assert row["Rolle" if german else "Role"] == (
        "Beeinflusser" if german else "Influencer"
    )
    assert row["Dringlichkeit" if german else "Urgency"] is None
    (account,) = _rows(sheet, "kamxl_coverage")
    assert account["Nächster Kontakt" if german else "Next contact"] == second


def test_all_sheets_in_the_language(done: Consolidated, book: Workbook) -> None:
    """Thirteen sheets in the settings' language; helpers are hidden."""
    visible = [
        sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"
    ]
    assert visible == SHEETS[_language(done)]


def test_a_sheet_is_there_once_it_is_declared(
    done: Consolidated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its function and its name are all it takes: it stands at its place, and the overview links to it."""
    monkeypatch.setattr(page, "_DECLARED", {n.place: n for n in portfolio_sheets()})

    @page.sheet(25, Text(de="Risiken", en="Risks"))
    def draw_risks(toy: page.Page) -> None:
        toy.draw("–", Listing("toy", toy.owner(), toy.tables.ranked))

    data = draw_portfolio(done.tables, done.output.parent)
    drawn = load_workbook(io.BytesIO(data))
    name = {"de": "Risiken", "en": "Risks"}[_language(done)]
    assert drawn.sheetnames[3] == name
    assert _rows(drawn[name], "toy")[0]["Account"] == "Mühlenwerke AG"
    overview = drawn.worksheets[0]
    links = [
        cell.value for line in overview["B5:N7"] for cell in line if cell.hyperlink
    ]
    assert links == drawn.sheetnames[1:14]


def test_no_two_sheets_have_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise one would silently push the other out."""
    monkeypatch.setattr(page, "_DECLARED", {n.place: n for n in portfolio_sheets()})
    with pytest.raises(SpecError, match="the place 10"):
        page.sheet(10, Text(de="Risiken", en="Risks"))(lambda _: None)


def test_it_knows_what_it_is(done: Consolidated) -> None:
    """A later run that meets the workbook among the plans recognises it."""
    with pytest.raises(NotADocumentError) as caught:
        read_plan(done.output)
    assert caught.value.kind is WorkbookKind.PORTFOLIO


def test_revenue_totals_are_values_to_the_cent(
    done: Consolidated, book: Workbook
) -> None:
    """Above the revenue table stands the sum of each year as a value, and a live sum of the filtered rows."""
    sheet = _sheet(done, book, "Umsatz")
    head, totals, visible = sheet[7], sheet[5], sheet[6]
    found = {
        cell.value: (totals[place].value, visible[place].value)
        for place, cell in enumerate(head)
        if re.search(r"\d{4} \(EUR\)$", str(cell.value))
    }
    names = {
        "de": ("Ist 2025 (EUR)", "FC 2026 (EUR)", "Ziel 2027 (EUR)"),
        "en": ("Actual 2025 (EUR)", "FC 2026 (EUR)", "Target 2027 (EUR)"),
    }
    sums = dict(
        zip(names[_language(done)], (150_001.0, 110_000.3, 120_000.0), strict=True)
    )
    assert {name: total for name, (total, _) in found.items()} == sums
    assert all(
        str(formula).startswith("=SUBTOTAL(109,") for _, formula in found.values()
    )


def test_formulas_carry_their_results(done: Consolidated) -> None:
    """Protected View and previews, which calculate nothing, show the totals too."""
    book = load_workbook(done.output, data_only=True)
    sheet = _sheet(done, book, "Umsatz")
    assert [cell.value for cell in sheet[6]] == [
        visible if index == 1 else total.value
        for index, (total, visible) in enumerate(
            zip(sheet[5], [c.value for c in sheet[6]], strict=True)
        )
    ]


def _links(sheet: Worksheet) -> Iterator[tuple[str, str | None, str | None]]:
    """Every link out of a sheet: the cell it stands in, its target and the place there."""
    for line in sheet.iter_rows():
        for cell in line:
            if cell.hyperlink is not None:
                yield cell.coordinate, cell.hyperlink.target, cell.hyperlink.location


def test_every_link_leads_somewhere(done: Consolidated, book: Workbook) -> None:
    """A link to a plan is relative, the file is there, and so is the sheet; a link inside leads to a sheet."""
    count = 0
    for sheet in book.worksheets:
        for cell, target, location in _links(sheet):
            if target is None:
                ((name, _),) = book.defined_names[location].destinations
                assert name in book.sheetnames, cell
                continue
            place = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", location or "")
            assert not target.startswith(("/", "file:")), cell
            assert target.isascii(), cell
            file = done.output.parent / unquote(target)
            assert file.is_file(), cell
            if place is not None:
                assert place[1] in load_workbook(file, read_only=True).sheetnames, cell
            count += 1
    assert count > 20


def test_findings_link_to_their_cell(done: Consolidated, book: Workbook) -> None:
    """A finding's place is a link to that very sheet and cell; a damaged file's leads to the file."""
    sheet = _sheet(done, book, "Prüfprotokoll")
    linked = [
        (cell.value, cell.hyperlink)
        for line in sheet.iter_rows(min_row=6)
        for cell in line
        if cell.hyperlink
    ]
    assert len(linked) == len(_rows(sheet, "kamxl_findings"))
    for text, link in linked:
        if "!" in str(text):
            name, cell = str(text).split("!")
            assert link.location == f"'{name}'!{cell}"
    assert any(unquote(link.target).endswith("leer.xlsx") for _, link in linked)


def test_untouched_sheets_are_one_line(done: Consolidated, book: Workbook) -> None:
    """The printed findings are those with untouched sheets drawn together, errors first."""
    rows = _rows(_sheet(done, book, "Prüfprotokoll"), "kamxl_findings")
    assert (
        len(rows)
        == sum(len(source.lines) for source in done.collection.sources)
        < len(done.findings)
    )
    severities = [next(iter(row.values())) for row in rows]
    order = {
        "de": ["Fehler", "offen", "Warnung", "Hinweis"],
        "en": ["Error", "open", "Warning", "Hint"],
    }[_language(done)]
    assert severities == sorted(severities, key=order.index)


def test_sources_account_for_every_file(done: Consolidated, book: Workbook) -> None:
    """Each file with its state, and the sum that must come out even."""
    sheet = _sheet(done, book, "Quellen")
    rows = _rows(sheet, "kamxl_sources")
    assert len(rows) == done.counts.found == 3
    assert next(iter(rows[0].values())) == "leer.xlsx"
    assert any(
        "Dateien gefunden: 3 = " in str(v) or "Files found: 3 = " in str(v)
        for v in _values(sheet)
    )


def test_closed_projects_do_not_count(done: Consolidated, book: Workbook) -> None:
    """The lost project stays visible, but neither total of the pipeline counts it."""
    sheet = _sheet(done, book, "Pipeline")
    assert "Altes Vorhaben" in _values(sheet)
    totals = [cell.value for cell in sheet[5] if isinstance(cell.value, int | float)]
    assert totals == [80_000, 48_000]


def test_overdue_measures_come_first(done: Consolidated, book: Workbook) -> None:
    """The measure whose date has passed is the first row and stands out."""
    sheet = _sheet(done, book, "Maßnahmen")
    values = _values(sheet)
    assert values.index("Servicevertrag anbieten") < values.index("Audit vorbereiten")
    word = {"de": "überfällig", "en": "overdue"}[_language(done)]
    (cell,) = [c for line in sheet.iter_rows() for c in line if c.value == word]
    assert cell.fill.start_color.rgb.endswith("FBE3E1")


def test_figures_say_over_how_many_accounts(done: Consolidated, book: Workbook) -> None:
    """A forecast that one of two accounts has says so; one that all have says so too."""
    text = " ".join(str(value) for value in _values(_sheet(done, book, "Übersicht")))
    expected = {
        "de": ("über 1 von 2 Accounts", "über alle 2 Accounts"),
        "en": ("over 1 of 2 accounts", "over all 2 accounts"),
    }
    assert all(phrase in text for phrase in expected[_language(done)])


def test_charts_without_data_are_left_out(done: Consolidated, book: Workbook) -> None:
    """No plan has a place in the portfolio: no bubble chart, but a sentence; no drawn chart is empty."""
    overview, matrix = (
        _sheet(done, book, "Übersicht"),
        _sheet(done, book, "Portfolio-Matrix"),
    )
    assert not matrix._charts
    assert any("Kein Plan" in str(v) or "No plan" in str(v) for v in _values(matrix))
    assert len(overview._charts) == 5
    for chart in overview._charts:
        figures = [
            figure
            for series in chart.series
            for figure in _figures(book, series.val.numRef.f)
        ]
        assert any(figures), "a chart without a single figure was drawn"


def _figures(book: Workbook, reference: str) -> list[object]:
    """The figures behind a chart's series."""
    name, _, area = reference.rpartition("!")
    found = book[name.strip("'")][area.replace("$", "")]
    lines = found if isinstance(found, tuple) else ((found,),)
    return [cell.value for line in lines for cell in line]


def test_rollups_add_up(done: Consolidated, book: Workbook) -> None:
    """Managers' forecasts are those of their accounts; the one group has its one member."""
    managers = _rows(_sheet(done, book, "KAMs"), "kamxl_managers")
    by_name = {row["KAM"]: list(row.values()) for row in managers}
    assert by_name["Anna Berg"][1:4] == [1, 100_000.8, 110_000.3]
    assert by_name["Thomas Keller"][1:4] == [1, 50_000.2, None]
    groups = _rows(_sheet(done, book, "Konzerne"), "kamxl_groups")
    assert [next(iter(row.values())) for row in groups] == ["Korn-Gruppe"]


def test_competition_says_who_wins_from_us(done: Consolidated, book: Workbook) -> None:
    """The rival who took a project is listed with its value and where we meet."""
    (row,) = _rows(_sheet(done, book, "Wettbewerb"), "kamxl_rivals")
    values = list(row.values())
    assert values[:3] == ["Nordwerk AG", "Mühlenwerke AG", 1]
    assert 40_000 in values


def test_texts_stay_texts(tmp_path: Path) -> None:
    """What a plan says is never a formula or an error value in the portfolio, and no control character survives."""
    evil = entries(r"""
        | Deckblatt         |   | Firma            | "=HYPERLINK(\"http://x.example\",\"klick\")" |
        | 5 Offene Projekte | 1 | Projekt          | "#REF!"                                      |
        |                   | 1 | Nächster Schritt | Zeile eins                                   |
        | 9 Maßnahmen       | 1 | Maßnahme         | +49 711 1234 anrufen                         |
        |                   | 2 | Maßnahme         | @alle                                        |
    """)
    write_plan(tmp_path / "plan.xlsx", {**MILLS, **evil})
    tables = tables_of(tmp_path)
    tables["opportunities"].rows[0]["next_step"] = "Zeile\x0beins\x01"
    (tmp_path / "p.xlsx").write_bytes(draw_portfolio(tables, tmp_path))
    book = load_workbook(tmp_path / "p.xlsx")
    seen: dict[object, set[str]] = {}
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                seen.setdefault(cell.value, set()).add(cell.data_type)
                assert cell.data_type != "f" or str(cell.value).startswith("=SUBTOTAL(")
    assert seen[evil["cover.company"]] == {"s"}
    assert seen["#REF!"] == seen["+49 711 1234 anrufen"] == seen["@alle"] == {"s"}
    assert "Zeileeins" in seen


def test_unknown_rates_are_said(tmp_path: Path) -> None:
    """An account whose currency has no rate is missing from the sums, and the sheets say how many and which."""
    two_plans(tmp_path)
    swiss = entries("""
        | Deckblatt | Kundennummer | 7   |
        |           | Währung      | CHF |
    """)
    write_plan(tmp_path / "ch.xlsx", {**FOUNDRY, **swiss})
    (tmp_path / "p.xlsx").write_bytes(draw_portfolio(tables_of(tmp_path), tmp_path))
    book = load_workbook(tmp_path / "p.xlsx")
    note = "Accounts ohne Wechselkurs: 1 (CHF)"
    for name in ("Übersicht", "Umsatz", "Accounts"):
        assert any(note in str(value) for value in _values(book[name])), name
    assert book["Umsatz"]["E5"].value == 150_001.0


def test_doubled_accounts_are_said_on_the_overview(tmp_path: Path) -> None:
    """Where there are two differing plans of one account, the first page warns of it."""
    two_plans(tmp_path)
    other = entries("| 3 Umsatzanalyse | 1 | Ist 2025 | 60.000 |")
    write_plan(tmp_path / "neu.xlsx", {**FOUNDRY, **other})
    (tmp_path / "p.xlsx").write_bytes(draw_portfolio(tables_of(tmp_path), tmp_path))
    values = _values(load_workbook(tmp_path / "p.xlsx")["Übersicht"])
    assert any("Achtung" in str(value) and "10024" in str(value) for value in values)


def test_nothing_at_all_gives_a_workbook_all_the_same(tmp_path: Path) -> None:
    """No plans: sheets with a sentence each, no table, no chart."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "p.xlsx").write_bytes(
        draw_portfolio(tables_of(tmp_path / "plans"), tmp_path)
    )
    book = load_workbook(tmp_path / "p.xlsx")
    assert not any(sheet.tables or sheet._charts for sheet in book.worksheets)
    assert any("noch keine Einträge" in str(value) for value in _values(book["Umsatz"]))


def test_the_same_plans_give_the_same_workbook(tmp_path: Path) -> None:
    """Two runs differ in nothing but the time of writing."""
    two_plans(tmp_path)
    found = collected(tmp_path)
    later = Collection(
        found.folder,
        tuple(replace(s, read_at=found.sources[0].read_at) for s in found.sources),
    )
    drawn = []
    for collection in (later, later):
        path = tmp_path / "p.xlsx"
        path.write_bytes(
            draw_portfolio(build_tables(collection, SETTINGS, TODAY), tmp_path)
        )
        with zipfile.ZipFile(path) as archive:
            drawn.append(
                {
                    n: archive.read(n)
                    for n in archive.namelist()
                    if n != "docProps/core.xml"
                }
            )
    assert drawn[0] == drawn[1]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Portfolios of all sorts: the twelve demo plans in both languages, mixed currencies, not a single plan."""
    from kamxl.demo.company import settings as demo_settings  # noqa: PLC0415 - needed by slow tests alone
    from kamxl.demo.run import write_plans  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("all")
    write_plans(folder / "demo", demo_settings("de", 2027), TODAY)
    (folder / "none").mkdir()
    (folder / "none" / "Notiz.txt").write_text("Pläne folgen", encoding="utf-8")
    two_plans(folder / "two")
    written = []
    settings: Settings
    for name in ("demo", "two", "none"):
        for language in ("de", "en"):
            settings = (
                demo_settings(language, 2027)
                if name == "demo"
                else SETTINGS.changed(language=language)
            )
            settings = (
                settings.changed(portfolio={"scheme": "3x3"})
                if name == "two"
                else settings
            )
            output = folder / f"{name}_{language}.xlsx"
            tables = tables_of(folder / name, settings)
            output.write_bytes(draw_portfolio(tables, folder))
            written.append(output)
    return written


@pytest.mark.slow
@pytest.mark.client
def test_valid_to_every_judge(
    everything: list[Path], ooxml_validator: Callable[[Iterable[Path]], list[Finding]]
) -> None:
    """Neither Microsoft's validator nor the others find a fault in any portfolio."""
    assert ooxml_validator(everything) == []
    assert audit_findings(everything) == []
    assert lint_findings(everything) == []


@pytest.mark.slow
@pytest.mark.client
def test_recalculated_without_an_error(everything: list[Path], office: Office) -> None:
    """LibreOffice works out every formula to the value that stands beside it, and shows no error value."""
    for path in everything[:4]:
        assert office.errors(path) == []
        values = load_workbook(path, data_only=True)
        for sheet, cells in office.recalculate(path).items():
            for cell, computed in cells.items():
                if computed.formula.startswith("=SUBTOTAL"):
                    assert computed.value == pytest.approx(
                        values[sheet][cell].value, abs=0.005
                    ), f"{sheet}!{cell}"


@pytest.mark.slow
@pytest.mark.client
def test_overviews_fit_their_pages(everything: list[Path], office: Office) -> None:
    """The demo's overview and matrix take two pages each, short tables one, wide ones a few."""
    need(missing_poppler())
    counts = page_counts(office, everything[0])
    assert counts["Übersicht"] == 2
    assert counts["Portfolio-Matrix"] == 2
    for name in ("KAMs", "Konzerne"):
        assert counts[name] == 1, name
    # At eight points and more their columns go on beside the page.
    for name in ("Accounts", "Quellen"):
        assert counts[name] <= 3, name
