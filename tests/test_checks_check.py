"""One workbook judged: plan, findings and status; what is required; what a settings file changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamxl.checks.check import check, fields_json
from kamxl.checks.condense import condense, untouched_sheets
from kamxl.checks.entries.building import build_plan
from kamxl.checks.files import broken_file, other_workbook, passed_over
from kamxl.checks.findings import FileStatus, Finding, Severity, sort_findings
from kamxl.checks.required import missing_entries
from kamxl.document.extract import WorkbookKind
from kamxl.document.remarks import (
    EntryOutside,
    FieldMoved,
    FieldNotFound,
    MoreOutside,
    PartDamaged,
    Remark,
    SheetDoubled,
    SheetMissing,
    SheetRenamed,
    TableExtended,
)
from kamxl.document.required import progress
from kamxl.plan.contacts import Role
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import Fault
from kamxl.xlsx.source import FileFault, WorkbookError
from tests.extracts import SOUND, TODAY, cells, changed, extract_of, settings_of
from tests.plan_tables import Raw


def findings_of(
    values: dict[str, Raw], settings: Settings | None = None
) -> tuple[Finding, ...]:
    """The findings of a plan with these entries."""
    return check(extract_of(values), settings, TODAY).findings


def test_a_finding_is_one_line_that_says_where_what_and_how() -> None:
    """File, sheet and cell, rule, sentence and remedy, as a KAM reads it."""
    found = findings_of(changed("| 5 Offene Projekte | 1 | Chance | 140 % |"))
    assert "\n".join(finding.line() for finding in found) == (
        "muster.xlsx · 5 Offene Projekte!D11 · KAM212 value-out-of-range · "
        "Chance (Projekt „Retrofit Werk 2“): 140 % liegt über 100 %. Wert zwischen 0 % und 100 % eintragen."
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("| 5 Offene Projekte | 1 | Angebotswert | \"viel\" |", "Angebotswert (Projekt „Retrofit Werk 2“): "),
        ("| 5 Offene Projekte | 9 | Angebotswert | \"viel\" |", "Angebotswert: "),
        ("| contacts.people | 1 | Einfluss | 11 |", "Einfluss („Jana Krüger“): "),
        ("| Kontaktmatrix | 1/2 | Ist | \"viele\" |", "Ist („Anna Berg“ / „Paul Sommer“): "),
        ("| 3 Umsatzanalyse | 1 | FC 2026 | \"viel\" |", "FC 2026 („Antriebe“): "),
        ("| Kundenattraktivität | 1 | Punkte 1–5 | 9 |", "Punkte 1–5 („"),
        ("| Deckblatt | Planjahr | \"nie\" |", "Planjahr: "),
    ],
)  # fmt: skip
def test_a_finding_in_a_table_names_its_row(table: str, said: str) -> None:
    """A project, a person, two of them, a product group, a criterion: whoever reads the finding knows which."""
    messages = [finding.message for finding in findings_of(changed(table))]
    assert any(message.startswith(said) for message in messages), messages


@pytest.mark.parametrize(
    ("table", "remedy"),
    [
        (
            '| 5 Offene Projekte | 1 | Angebotswert | "viel" |',
            "Nur die Zahl eintragen.",
        ),
        (
            '| 9 Maßnahmen | 1 | Budget | "viel" |',
            "Nur die Zahl eintragen; Erläuterungen gehören in „Kommentar“.",
        ),
    ],
)
def test_a_comment_is_asked_for_where_there_is_one(table: str, remedy: str) -> None:
    """Not every table has a column for explanations."""
    assert [finding.remedy for finding in findings_of(changed(table))] == [remedy]


def test_an_english_workbook_gets_english_findings() -> None:
    """The workbook's language decides, for sentences and for numbers."""
    values = cells("| 5 Open projects | 1 | Probability | 140 % |")
    extract = extract_of(values, language="en")
    found = next(
        finding
        for finding in check(extract, today=TODAY).findings
        if finding.code == "KAM212"
    )
    assert found.sheet == "5 Open projects"
    assert found.message == "Probability: 140% is above 100%."


def test_findings_as_json_have_the_agreed_keys() -> None:
    """Other programs read these names."""
    (found,) = findings_of(
        changed('| 5 Offene Projekte | 1 | Angebotswert | "1.234" |')
    )
    assert json.loads(json.dumps(found.as_json())) == {
        "code": "KAM213",
        "rule": "ambiguous-number",
        "severity": "error",
        "sheet": "5 Offene Projekte",
        "cell": "D9",
        "path": "opportunities.open[0].value",
        "label": "Angebotswert",
        "value": "1.234",
        "message": "Angebotswert (Projekt „Retrofit Werk 2“): „1.234“ kann 1.234 oder 1,234 bedeuten und wurde nicht "
        "übernommen.",
        "remedy": "Den gemeinten Wert als Zahl neu eingeben.",
        "answer": "",
        "parts": [],
    }


def test_the_plan_holds_typed_values_and_knows_their_cells() -> None:
    """Codes for list values, dates, numbers; and where each came from."""
    checked = check(extract_of(SOUND), today=TODAY)
    assert checked.plan.contacts.people[0].role is Role.DECIDER
    assert checked.plan.cover.created_on == dt.date(2026, 9, 1)
    assert checked.plan.cover.plan_year == 2027
    assert checked.values["opportunities.open[0].stage"] == "negotiation"
    assert checked.cells["opportunities.open[0].project"] == ("5 Offene Projekte", "D6")
    assert checked.status is FileStatus.ACCEPTED


def test_a_wrong_value_is_missing_from_the_plan_and_nothing_else() -> None:
    """A plan with an error is partial: all other values are there."""
    values = changed("| 5 Offene Projekte | 1 | Chance | 60 |")
    checked = check(extract_of(values), today=TODAY)
    assert checked.status is FileStatus.PARTIAL
    row = checked.plan.opportunities.open[0]
    assert (row.probability, row.value, row.project) == (
        None,
        80_000.0,
        "Retrofit Werk 2",
    )


def test_rows_keep_their_places() -> None:
    """An empty row between two stays, so that a path means the same everywhere; empty rows at the end go."""
    values = cells("""
        | Gewonnene Projekte | Projekt |
        |                    | Alpha   |
        |                    |         |
        |                    | Gamma   |
    """)
    won = check(extract_of(values), today=TODAY).plan.projects.won
    assert [row.project for row in won] == ["Alpha", None, "Gamma"]


def test_a_pasted_pair_fills_the_empty_neighbour_only() -> None:
    """The planned contacts come from "2/6" unless somebody entered them."""
    values = changed("""
        | Kontaktmatrix | Ist   | Soll | Ist   |
        |               | "2/6" | 8    | "1/3" |
    """)
    row = check(extract_of(values), today=TODAY).plan.contacts.matrix[0]
    assert [(meeting.actual, meeting.planned) for meeting in row] == [(2, 8), (1, 3)]


def test_the_fields_are_listed_in_plan_order_with_three_states() -> None:
    """Empty, unreadable and a value are three different things; dates are ISO texts."""
    values = changed("""
        | 5 Offene Projekte | Angebotswert | Nächster Schritt |
        |                   | "viel"       | "  "             |
    """)
    extract = extract_of(values)
    listed = fields_json(extract)
    assert [field["path"] for field in listed] == [
        entry.path for entry in extract.entries
    ]
    by_path = {field["path"]: field for field in json.loads(json.dumps(listed))}
    states = [
        by_path[f"opportunities.open[0].{key}"]["state"]
        for key in ("project", "value", "next_step", "rival")
    ]
    assert states == ["value", "unreadable", "empty", "empty"]
    assert by_path["opportunities.open[0].close_date"]["value"] == "2027-03-31"
    assert by_path["opportunities.open[0].stage"]["value"] == "negotiation"
    assert by_path["opportunities.open[0].value"] == {
        "path": "opportunities.open[0].value",
        "label": "Angebotswert (Projekt „Retrofit Werk 2“)", "value": None, "raw": "viel", "state": "unreadable",
        "sheet": "5 Offene Projekte", "cell": "D9",
    }  # fmt: skip


def test_an_optional_blank_is_no_finding_and_an_unreadable_required_is_not_called_empty() -> (
    None
):
    """Blank required, wrong and unreadable are three different things."""
    values = changed("""
        | Deckblatt | Firma | #NAME? |
        |           | Ort   |        |
    """)
    assert [(finding.code, finding.path) for finding in findings_of(values)] == [
        ("KAM240", "cover.company")
    ]


def test_a_row_binds_as_soon_as_it_has_an_entry_even_an_unusable_one() -> None:
    """An unusable amount alone makes the other three required cells of its row due."""
    values = changed('| 5 Offene Projekte | 2 | Angebotswert | "viel" |')
    assert [(finding.code, finding.path) for finding in findings_of(values)] == [
        ("KAM201", "opportunities.open[1].project"),
        ("KAM210", "opportunities.open[1].value"),
        ("KAM201", "opportunities.open[1].close_date"),
        ("KAM201", "opportunities.open[1].probability"),
    ]


def test_what_was_there_from_the_beginning_is_no_entry() -> None:
    """Prefilled indicators and weights bind nothing."""
    values = changed("| 10 Controlling | 1 | Messgröße | Zielerreichung |")
    assert findings_of(values) == ()


def test_a_missing_minimum_of_rows_points_at_the_first_free_row() -> None:
    """Settings may ask for more goals than one."""
    extract = extract_of(
        SOUND, settings=settings_of(minimum_rows={"strategy.goals": 3})
    )
    (found,) = check(extract, today=TODAY).findings
    assert (found.code, found.path) == ("KAM202", "strategy.goals[1].goal")
    assert (
        found.message
        == "„Strategische Ziele“: Es fehlen Einträge (1 von mindestens 3)."
    )


def test_a_field_that_was_not_found_is_not_also_called_empty() -> None:
    """The reader's remark is the finding; what follows from the absence is not reported on top."""
    extract = extract_of(SOUND, remarks=[FieldNotFound(path="cover.company")])
    gone = ("cover.company", "contacts.people[0].role", "contacts.matrix[0][0].planned")
    entries = tuple(entry for entry in extract.entries if entry.path not in gone)
    found = check(dataclasses.replace(extract, entries=entries), today=TODAY).findings
    assert [finding.code for finding in found] == ["KAM112"]
    assert found[0].message == "„Firma“ wurde in der Arbeitsmappe nicht gefunden."


@pytest.mark.parametrize(
    ("remark", "message"),
    [
        (SheetMissing("7 Zusammenarbeit"), "Das Blatt „7 Zusammenarbeit“ fehlt."),
        (
            SheetRenamed("Team", expected="7 Zusammenarbeit"),
            "Das Blatt „7 Zusammenarbeit“ heißt jetzt „Team“.",
        ),
        (
            SheetDoubled("Kopie", original="Deckblatt"),
            "Das Blatt „Deckblatt“ ist mehrfach vorhanden, auch als „Kopie“; gelesen wurde nur „Deckblatt“.",
        ),
        (
            FieldMoved("9 Maßnahmen", "B9", "measures.measures", origin="A7"),
            "„Maßnahmenplan“ steht nicht mehr an der ursprünglichen Stelle (B9 statt A7).",
        ),
        (
            FieldNotFound("2 Wichtige Informationen", path="profile.swot[0]"),
            "„SWOT-Analyse: Produkt“ wurde in der Arbeitsmappe nicht gefunden.",
        ),
        (
            TableExtended("5 Offene Projekte", "A30", "opportunities.open", rows=18, drawn=15),
            "Die Tabelle „Offene Projekte“ wurde um Zeilen verlängert (18 statt 15).",
        ),
        (
            EntryOutside("9 Maßnahmen", "X9", value="1650000.5"),
            "Außerhalb der vorgesehenen Felder steht etwas, das nicht gelesen wird: „1.650.000,5“.",
        ),
        (
            MoreOutside(number=17, cells="X9:X25"),
            "Außerhalb der vorgesehenen Felder steht etwas, das nicht gelesen wird: 17 weitere Einträge (X9:X25).",
        ),
        (
            PartDamaged("9 Maßnahmen", fault=Fault.SHEET_DAMAGED),
            "Dieses Blatt ist in der Datei beschädigt und nur zum Teil lesbar.",
        ),
    ],
)  # fmt: skip
def test_a_changed_structure_is_told_in_plain_words(
    remark: Remark, message: str
) -> None:
    """What the reader remarked on, with names and cells as the user sees them."""
    (found,) = check(extract_of(SOUND, remarks=[remark]), today=TODAY).findings
    assert found.message == message
    assert (found.sheet, found.cell) == (remark.sheet, remark.cell)


@hypothesis.settings(deadline=None, max_examples=60)
@given(st.sets(st.sampled_from(sorted(SOUND))))
def test_missing_entries_and_completeness_agree(emptied: set[str]) -> None:
    """What the check calls missing is what the progress of the sheets counts as missing."""
    extract = extract_of({**SOUND, **dict.fromkeys(emptied, None)})
    plan = check(extract, today=TODAY).plan
    owed = sum(
        required - filled for filled, required in progress(plan, extract.spec).values()
    )
    missing = list(missing_entries(plan, extract.spec))
    required_per_row = {
        "competition": 2,
        "strategy": 1,
        "measures": 5,
        "contacts.people": 1,
        "contacts.team": 0,
    }
    counted = 0
    for problem in missing:
        is_single = problem.rule.name != "too-few-rows"
        # What comes from lists may be missing, but is nobody's work.
        if is_single and extract.spec.field(problem.path).item.from_lists:
            continue
        row = next(
            (
                number
                for start, number in required_per_row.items()
                if problem.path.startswith(start)
            ),
            1,
        )
        counted += 1 if is_single else row
    assert counted == owed


def test_an_untouched_sheet_is_one_line_with_the_number_of_its_open_entries() -> None:
    """Past revenue, weights and our own names are not a person's entries."""
    extract = extract_of(cells("""
        | Deckblatt         |   | Firma    | Muster GmbH |
        | 3 Umsatzanalyse   | 1 | Ist 2025 | 100.000     |
        | contacts.team     | 1 | Name     | Anna Berg   |
        | 5 Offene Projekte | 1 | Projekt  | Retrofit    |
    """))  # fmt: skip
    found = check(extract, today=TODAY).findings
    assert untouched_sheets(extract) == {
        sheet.key
        for sheet in extract.spec.sheets
        if sheet.key not in {"cover", "opportunities"}
    }
    lines = [
        finding
        for finding in condense(found, extract)
        if finding.rule == "sheet-not-started"
    ]
    assert [(line.sheet, line.value) for line in lines] == [
        ("1 Management-Summary", "2"),
        ("2 Wichtige Informationen", "4"),
        ("3 Umsatzanalyse", "2"),
        ("6 Konkurrenzanalyse", "2"),
        ("8 Strategie Folgejahr", "1"),
        ("9 Maßnahmen", "5"),
        ("Kontaktmatrix", "2"),
    ]
    assert all(line.severity is Severity.OPEN for line in lines)


def test_a_touched_sheet_keeps_each_of_its_findings() -> None:
    """Condensing hides nothing that is news."""
    extract = extract_of(changed("| 1 Management-Summary | goals | |"))
    found = check(extract, today=TODAY).findings
    assert condense(found, extract) == found


def test_settings_change_severity_threshold_and_switch_rules_off() -> None:
    """By code or by name, as the company likes."""
    values = changed("""
        | 3 Umsatzanalyse   | 1 | Ziel 2027    | 200.000     |
        | 5 Offene Projekte | 1 | Angebotswert | "80.000,00" |
    """)
    assert [finding.code for finding in findings_of(values)] == ["KAM310", "KAM211"]
    lenient = settings_of(rules={"KAM310": {"threshold": 0.9}, "number-as-text": "off"})
    assert findings_of(values, lenient) == ()
    strict = settings_of(
        rules={
            "number-as-text": {"severity": "error"},
            "forecast-jump-without-comment": "hint",
        }
    )
    assert [finding.severity for finding in findings_of(values, strict)] == [
        Severity.HINT,
        Severity.ERROR,
    ]


def test_weight_tolerance_and_single_thread_come_from_the_limits() -> None:
    """What scoring and checks both use is set once."""
    values = changed("| Wettbewerbsposition | 1 | Gewicht | 30 % |")
    assert [finding.code for finding in findings_of(values)] == ["KAM311"]
    assert findings_of(values, settings_of(limits={"weight_tolerance": 0.1})) == ()
    found = findings_of(SOUND, settings_of(limits={"single_thread": 2}))
    assert [finding.code for finding in found] == ["KAM315"]


def test_amounts_are_held_against_the_currency_of_the_plan() -> None:
    """A franc in a euro plan is refused; in a franc plan it is only text."""
    amount = """| 5 Offene Projekte | 1 | Angebotswert | "80'000.00 CHF" |\n"""
    plan = "| Deckblatt | Währung | CHF |"
    for table, code in ((amount, "KAM216"), (amount + plan, "KAM211")):
        assert [finding.code for finding in findings_of(changed(table))] == [code]


def test_findings_are_in_the_order_of_the_workbook() -> None:
    """Sheets as printed, then rows, then columns; what concerns the file comes first."""
    plain = {
        "code": "KAM201",
        "rule": "r",
        "severity": Severity.HINT,
        "file": "a",
        "message": "m.",
        "remedy": "r.",
    }
    places = [
        ("B", "AA9"),
        ("B", "C10"),
        ("A", "C2"),
        ("", ""),
        ("B", "Z9"),
        ("X", "A1"),
    ]
    found = sort_findings(
        [Finding(**plain, sheet=s, cell=c) for s, c in places], ["A", "B"]
    )  # type: ignore[arg-type]
    assert [(finding.sheet, finding.cell) for finding in found] == [
        ("", ""), ("A", "C2"), ("B", "Z9"), ("B", "AA9"), ("B", "C10"), ("X", "A1"),
    ]  # fmt: skip


def test_the_model_is_the_safety_net() -> None:
    """What it refuses is named with its path, in unions and numbers too; the rest of the plan is kept."""
    values = cells(f"""
        | Deckblatt         |     | Firma        | Muster GmbH   |
        |                   |     | Währung      | "{"x" * 100}" |
        |                   |     | Planjahr     | 1066          |
        | 5 Offene Projekte | 2   | Angebotswert | "viel"        |
        | Kontaktmatrix     | 1/2 | Ist          | -1            |
        | contacts.people   | 1   | Rolle        | "king"        |
    """)
    plan, refusals = build_plan(values)
    assert {refusal.path for refusal in refusals} == set(values) - {"cover.company"}
    assert plan.cover.company == "Muster GmbH"


def test_a_whole_table_that_makes_no_sense_does_not_take_the_plan_along() -> None:
    """An unknown table is left out with all its entries."""
    plan, refusals = build_plan(
        {"cover.company": "Muster GmbH", "projects.stolen[0].project": "x"}
    )
    assert [refusal.path for refusal in refusals] == ["projects.stolen[0].project"]
    assert plan.cover.company == "Muster GmbH"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("~$acme.xlsx", FileStatus.IGNORED, "KAM008"),
        (".~lock.acme.xlsx#", FileStatus.IGNORED, "KAM008"),
        ("angebot.pdf", FileStatus.IGNORED, "KAM015"),
    ],
)
def test_files_are_passed_over_by_their_name(
    name: str, status: FileStatus, code: str
) -> None:
    """Lock files and other types need not be opened."""
    verdict = passed_over(Path("ordner") / name)
    assert verdict is not None
    assert (verdict[0], verdict[1] and verdict[1].code) == (status, code)


def test_a_lock_file_names_the_plan_that_is_open() -> None:
    """So that somebody can go and close it."""
    verdict = passed_over("~$acme.xlsx")
    assert verdict is not None
    assert verdict[1] is not None
    assert "„acme.xlsx“" in verdict[1].message
    assert passed_over("acme.XLSX") is None


def test_a_broken_file_is_rejected_with_its_true_type() -> None:
    """The user learns what the file really is, in the company's language."""
    error = WorkbookError(FileFault.OTHER_FORMAT, Path("plan.xlsx"), "xls")
    status, found = broken_file(error, Settings(language="en"))
    assert status is FileStatus.REJECTED
    assert found is not None
    assert found.line() == (
        "plan.xlsx · KAM003 other-format · The file is really an old Excel file (*.xls), not an Excel workbook "
        "(*.xlsx). Open the account plan in Excel and save it as “Excel Workbook (*.xlsx)”."
    )


def test_our_own_reports_are_ignored() -> None:
    """A portfolio in the folder of plans is no plan and no fault."""
    status, found = other_workbook("portfolio.xlsx", WorkbookKind.PORTFOLIO)
    assert (status, found and found.severity) == (FileStatus.IGNORED, Severity.HINT)


def test_a_weight_table_in_use_is_checked_as_a_table() -> None:
    """The three targets have weights of 90 % together."""
    values = changed("""
        | 10 Controlling | Messgröße | Ausgangswert | Ziel | Ist | Gewicht |
        |                | Umsatz    | 0            | 100  | 110 | 50 %    |
        |                | Gewinn    | 40           | 100  | 60  | 30 %    |
        |                | Retouren  | 30           | 15   | 20  | 10 %    |
    """)
    (found,) = findings_of(values)
    assert (
        found.message
        == "„Zielerreichung“: Die Gewichte ergeben zusammen 90 % statt 100 %."
    )
    assert found.path == "controlling.targets[0].weight"


def test_judging_loads_no_spreadsheet_library() -> None:
    """A plan is judged where neither openpyxl nor pandas nor xlwings is wanted."""
    modules = "check across condense catalogue files".split()
    code = "; ".join([
        "import sys",
        *(f"import kamxl.checks.{module}" for module in modules),
        "print(*{'openpyxl', 'pandas', 'xlwings', 'numpy', 'pyarrow'} & set(sys.modules))",
    ])  # fmt: skip
    root = Path(__file__).parents[1]
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == []


@pytest.mark.parametrize(
    ("deadline", "severity"),
    [(None, "open"), (TODAY, "open"), (TODAY - dt.timedelta(1), "error")],
)
def test_what_is_missing_is_open_until_the_deadline(
    deadline: dt.date | None, severity: str
) -> None:
    """Unfinished is no error before the company's deadline, and no reason to refuse the plan."""
    extract = extract_of(cells("| Deckblatt | | Kundennummer | 10041 |"))
    settings = Settings(plan_year=2027, deadline=deadline)
    checked = check(extract, settings, TODAY)
    missing = {f.severity for f in checked.findings if f.code in {"KAM201", "KAM202"}}
    assert missing == {severity}
    assert (checked.status is FileStatus.PARTIAL) == (severity == "error")


def test_a_company_may_decide_what_is_open() -> None:
    """A severity of the settings holds before and after the deadline."""
    extract = extract_of(cells("| Deckblatt | | Kundennummer | 10041 |"))
    rules = {"KAM201": {"severity": "warning"}}
    late = Settings(deadline=dt.date(2020, 1, 1), rules=rules)
    found = check(extract, late, TODAY).findings
    assert {f.severity for f in found if f.code == "KAM201"} == {"warning"}


def test_a_plan_without_an_account_number_is_an_error_at_once() -> None:
    """Nobody can tell whose plan it is, whatever the deadline."""
    (found,) = [
        f for f in check(extract_of({}), today=TODAY).findings if f.code == "KAM206"
    ]
    assert (found.severity, found.path) == ("error", "cover.account_id")
