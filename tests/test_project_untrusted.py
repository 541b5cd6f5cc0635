"""Files from anybody: nothing in them runs, hangs or ends the work on the others, whatever they claim or are called."""

from __future__ import annotations

import csv
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.sax.saxutils import escape

import pytest

from kamxl import api
from kamxl.checks.findings import FileStatus
from kamxl.cli import main
from kamxl.document.drawing.page import in_header
from kamxl.errors import InputError, SettingsError
from kamxl.generation.generate import Manner, generate_plans, generate_template
from kamxl.plan.settings.model import Settings
from tests.clients.repair_lint import lint_findings
from tests.plan_files import layout_of, sample
from tests.portfolio_plans import FOUNDRY, MILLS, SETTINGS, TODAY, write_plan

NASTY_TEXTS = (
    "=1+1", "+49 551 2345", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "\n=1+1", "  =1+1", "＝1+1",
    "_x001B_[31mrot", "'x", '"x"', "{x}{0}%s", "[red]b[/red]", "&A&F", "#REF!", "</t><f>1</f>", "x" * 40_000,
)  # fmt: skip
NASTY_NAMES = (
    "Süd West/Müller & Söhne #1 100%.xlsx",
    "O'Neil [alt] ^~`;,.xlsx",
    "=cmd+plus.xlsx",
    "%41.xlsx",
    "L" * 150 + ".xlsx",
)


def identity_sheet(book: zipfile.ZipFile) -> str:
    """The part that holds the sheet ``_kamxl``."""
    identifier = re.search(
        r'name="_kamxl"[^>]*r:id="(\w+)"', book.read("xl/workbook.xml").decode()
    )
    assert identifier is not None
    links = re.findall(
        r"<Relationship [^>]*>", book.read("xl/_rels/workbook.xml.rels").decode()
    )
    link = next(link for link in links if f'Id="{identifier[1]}"' in link)
    return "xl/" + re.sub(r'.*Target="/?(?:xl/)?([^"]*)".*', r"\1", link)


def with_identity(plan: Path, settings: str, **claims: str) -> Path:
    """The plan with other embedded settings and other claims about itself."""
    rows = {
        "kamxl_kind": "plan", "kamxl_template_version": "1", "kamxl_account_id": "1", "kamxl_plan_year": "2027",
        "kamxl_language": "de", "kamxl_profile": "full", **claims,
    }  # fmt: skip
    pieces = (
        settings[start : start + 30_000] for start in range(0, len(settings), 30_000)
    )
    lines = [*rows.items(), *(("settings", piece) for piece in pieces)]
    with zipfile.ZipFile(plan) as book:
        parts = {name: book.read(name) for name in book.namelist()}
        parts[identity_sheet(book)] = _sheet(lines)
    with zipfile.ZipFile(plan, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return plan


def _sheet(lines: Iterable[tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<row r="{row}">' + "".join(
            f'<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for column, text in zip("AB", line, strict=True)
        ) + "</row>"
        for row, line in enumerate(lines, 1)
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def changed(**changes: Any) -> str:
    """Embedded settings of the test company with these keys changed."""
    return json.dumps({**json.loads(SETTINGS.shaping_json()), **changes})


CRAFTED_SETTINGS = {
    "every table of 500 rows": changed(
        rows={f"table{n}.rows": 500 for n in range(3000)}
    ),
    "a billion rows": changed(rows={"opportunities.open": 10**9}),
    "a matrix of 250,000 crossings": changed(
        rows={"contacts.people": 500, "contacts.team": 500}
    ),
    "60 product groups like formulas": changed(
        product_groups=[f"=1+1&A'{n}" for n in range(60)]
    ),
    "control characters": changed(company="A\x01\x1b[31m"),
    "6,000 list values": changed(
        lists={
            "currency": [{"code": f"X{n}", "de": "x", "en": "y"} for n in range(6000)]
        }
    ),
    "deep objects": '{"rows":' + '{"a":' * 5000 + "1" + "}" * 5001,
    "deep lists": "[" * 100_000,
    "not a number": changed().replace("0.7", "NaN"),
    "an endless year": '{"plan_year":' + "9" * 5000 + "}",
    "half a megabyte": json.dumps({"company": "A" * 500_000}),
    "no JSON": "<settings/>",
    "nothing": "",
}


@pytest.mark.parametrize(
    "settings", CRAFTED_SETTINGS.values(), ids=CRAFTED_SETTINGS.keys()
)
def test_crafted_settings_cost_nothing(settings: str, tmp_path: Path) -> None:
    """What a plan claims about its own shape neither hangs nor ends the check; its entries are still read."""
    plan = with_identity(write_plan(tmp_path / "plan.xlsx", MILLS), settings)
    (source,) = api.check(plan, today=TODAY).sources
    assert source.checked is not None
    assert source.checked.plan.cover.company == "Mühlenwerke AG"


@pytest.mark.parametrize(
    "claim", ["1e400", "nan", "9" * 400, "999999999999999999999999", "-1", "eins"]
)
@pytest.mark.parametrize("key", ["kamxl_template_version", "kamxl_plan_year"])
def test_an_absurd_version_or_year_ends_nothing(
    key: str, claim: str, tmp_path: Path
) -> None:
    """Such a file is no plan of ours, or its sheets say whose it is; the others are consolidated and exported."""
    folder = tmp_path / "Pläne"
    with_identity(write_plan(folder / "a.xlsx", MILLS), changed(), **{key: claim})
    write_plan(folder / "b.xlsx", FOUNDRY)
    tables = api.consolidate(
        folder,
        tmp_path / "p.xlsx",
        settings=SETTINGS,
        export=tmp_path / "x",
        today=TODAY,
    )
    strange, sound = tables.collection.sources
    assert strange.status in (FileStatus.REJECTED, FileStatus.PARTIAL)
    assert strange.findings
    assert sound.status is FileStatus.ACCEPTED


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of plans with nasty names in which every text is nasty, consolidated, exported and reported."""
    place = tmp_path_factory.mktemp("nasty")
    for shift, name in enumerate(NASTY_NAMES):
        write_plan(
            place / "Pläne" / name,
            {**MILLS, **nasty_entries(shift), "cover.account_id": f"=1+{shift}"},
        )
    done = api.consolidate(
        place / "Pläne",
        place / "Berichte" / "p.xlsx",
        settings=SETTINGS,
        export=place / "x",
        today=TODAY,
    )
    api.report(done.collection, place / "Berichte" / "f.xlsx", settings=SETTINGS)
    assert done.counts.found == len(NASTY_NAMES)
    return place


def nasty_entries(shift: int) -> dict[str, str]:
    """A nasty text for some texts of the plan's sheets."""
    fields = [
        field
        for field in layout_of().spec.fields.values()
        if isinstance(sample(field, 0, "de"), str)
    ]
    plain = [
        field for field in fields if not field.options and "[]" not in field.pattern
    ]
    tables = ("opportunities.open[0].project", "measures.measures[0].measure", "competition.competitors[0].name",
              "contacts.people[0].name", "contacts.team[0].name", "strategy.goals[0].goal")  # fmt: skip
    paths = [*(field.pattern for field in plain), *tables]
    texts = {
        path: NASTY_TEXTS[(index + shift) % len(NASTY_TEXTS)]
        for index, path in enumerate(paths)
    }
    limits = layout_of().spec.fields
    return {
        path: text[
            : limits[re.sub(r"\[\d+\]", "[]", path)].max_length or len(text)
        ].strip()
        for path, text in texts.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("report", ["p.xlsx", "f.xlsx"])
def test_no_text_of_a_plan_becomes_a_formula(report: str, nasty: Path) -> None:
    """The portfolio's formulas are its own sums; the findings have none; Excel opens both without a repair."""
    with zipfile.ZipFile(nasty / "Berichte" / report) as book:
        sheets = [
            book.read(name).decode()
            for name in book.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]
    formulas = [
        formula for sheet in sheets for formula in re.findall(r"<f>([^<]*)</f>", sheet)
    ]
    assert all(formula.startswith("SUBTOTAL(") for formula in formulas)
    assert not list(lint_findings([nasty / "Berichte" / report]))


@pytest.mark.slow
def test_no_text_of_a_plan_is_a_formula_in_a_csv_file(nasty: Path) -> None:
    """Not even behind white space, where Excel looks for one."""
    files = list((nasty / "x").glob("*.csv"))
    assert files
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
        assert not [cell for cell in cells if re.match(r"\s*[=@＝]|\s*[+-]\D", cell)]


@pytest.mark.slow
@pytest.mark.parametrize("report", ["p.xlsx", "f.xlsx"])
def test_every_link_leads_to_its_file(report: str, nasty: Path) -> None:
    """Umlauts, spaces, #, % and quotes in names are encoded, so that the address means the file and nothing else."""
    found = set(links(nasty / "Berichte" / report))
    files = {path.resolve() for path in (nasty / "Pläne").rglob("*.xlsx")}
    assert {
        (nasty / "Berichte" / unquote_to_bytes(link).decode()).resolve()
        for link in found
    } == files
    assert not any(set("#?[]{}`\" '") & set(link) for link in found)


def links(path: Path) -> Iterator[str]:
    """The addresses outside a workbook that its sheets link to."""
    with zipfile.ZipFile(path) as book:
        texts = [
            book.read(name).decode()
            for name in book.namelist()
            if name.endswith(".rels")
        ]
    for link in re.findall(r"<Relationship [^>]*External[^>]*>", "".join(texts)):
        yield unescape(re.sub(r'.*Target="([^"]*)".*', r"\1", link))


@pytest.mark.slow
def test_nothing_steers_the_terminal(
    nasty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No escape sequence of a plan reaches the screen, be it in a value or in a finding."""
    plan = next((nasty / "Pläne").glob("O'Neil*"))
    assert main(["read", str(plan)]) == 0
    main(["check", str(nasty / "Pläne")])
    assert not set(capsys.readouterr().out) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_a_name_that_is_no_text_is_reported_like_any_other(tmp_path: Path) -> None:
    """Linux disks hold names in any encoding; workbook, CSV and Parquet are written all the same."""
    if os.name == "nt":
        pytest.skip("names are always text on Windows")
    folder = tmp_path / "Pläne"
    plan = write_plan(folder / "a.xlsx", MILLS)
    try:
        plan.rename(folder / "M\udcfchle.xlsx")
    except OSError:
        pytest.skip("this disk takes only names that are text")
    done = api.consolidate(
        folder,
        tmp_path / "p.xlsx",
        settings=SETTINGS,
        export=tmp_path / "x",
        today=TODAY,
    )
    assert [source.name for source in done.collection.sources] == ["M?hle.xlsx"]
    assert {unquote_to_bytes(link) for link in links(done.output)} == {
        b"Pl\xc3\xa4ne/M\xfchle.xlsx"
    }


def test_a_link_that_excel_could_not_take_is_left_out(tmp_path: Path) -> None:
    """More than 2,079 characters of an address would bring up the repair message."""
    folder = tmp_path.joinpath(*["ü" * 60] * 8)
    try:
        write_plan(folder / "a.xlsx", MILLS)
    except OSError:
        pytest.skip("long paths are switched off on this Windows")
    done = api.consolidate(
        tmp_path / ("ü" * 60), tmp_path / "p.xlsx", settings=SETTINGS, today=TODAY
    )
    assert done.counts.found == 1
    assert not list(links(done.output))


def test_a_sheet_name_without_end_is_refused(tmp_path: Path) -> None:
    """It would stand in every finding and every link of the reports, which Excel could not open any more."""
    plan = write_plan(tmp_path / "a.xlsx", MILLS)
    with zipfile.ZipFile(plan) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"5 Offene Projekte", b"Z" * 5000
    )
    with zipfile.ZipFile(plan, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    (source,) = api.check(plan, today=TODAY).sources
    assert [finding.code for finding in source.findings] == ["KAM006"]


def test_names_of_the_company_stay_names(tmp_path: Path) -> None:
    """A product group, criterion, person or list value that begins like a formula is text in every plan."""
    settings = Settings.model_validate({
        "plan_year": 2027, "company": "&" * 120, "product_groups": ["=1+1", "+49", '"x"'], "team": ["=1+1", "O'Neil"],
        "criteria": {"attractiveness": ["=1+1", "'"]}, "lists": {"area": ["=1+1"]},
        "portfolio": {"strategies": {"star": '=HYPERLINK("x")'}},
    })  # fmt: skip
    generate_template(tmp_path / "t.xlsx", settings)
    (tmp_path / "a.csv").write_text(
        "account_id;company;city\n+1+1;@1+1;+1+1\nCON;aux.;../../etc\n",
        encoding="utf-8",
    )
    done = generate_plans(tmp_path / "Pläne", tmp_path / "a.csv", settings, Manner())
    assert [path.name for path in done.written] == [
        "1-1_1-1_2027.xlsx",
        "CON_aux_2027.xlsx",
    ]
    for path in (tmp_path / "t.xlsx", *done.written):
        with zipfile.ZipFile(path) as book:
            text = "".join(
                book.read(name).decode()
                for name in book.namelist()
                if "worksheets/sheet" in name
            )
        assert "<f>1+1</f>" not in text
        assert "<f>HYPERLINK" not in text
    assert not list(lint_findings([tmp_path / "t.xlsx", *done.written]))


def test_a_company_fits_into_a_header() -> None:
    """An ampersand is doubled, and a name is cut before Excel's 255 characters are used up."""
    assert in_header("Muster & Söhne") == "Muster && Söhne"
    assert len(in_header("&" * 120)) <= 130
    assert in_header("x" * 120) == "x" * 120


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[rules]\nKAM999 = "off"', "rules.KAM999: diese Regel gibt es nicht"),
        ('[rules]\nrequired-empt = "off"', "gemeint ist vielleicht required-empty"),
        (
            "[rules]\nKAM201 = { threshold = 3 }",
            "rules.KAM201.threshold: diese Regel hat keinen Grenzwert",
        ),
        ("x = " + "[" * 3000 + "]" * 3000, "kein gültiges TOML"),
        (
            'company = "A\\u0001B"',
            "company: Zeilenumbrüche und Steuerzeichen sind nicht erlaubt",
        ),
        (
            'product_groups = ["A", "B\\nC"]',
            "product_groups: Zeilenumbrüche und Steuerzeichen",
        ),
        ("company = 2027-01-01", "gefunden: 2027-01-01"),
        ("# " + "x" * (1 << 20), "Das ist keine Einstellungsdatei"),
    ],
)
def test_settings_that_cannot_be_meant(text: str, message: str, tmp_path: Path) -> None:
    """One message, nothing silently ignored."""
    path = tmp_path / "kamxl.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=re.escape(message)):
        api.load_settings(path)
    assert main(["check", str(tmp_path), "--settings", str(path)]) == 2


@pytest.mark.parametrize(
    "name", ["portfolio.pdf", "portfolio", "Pläne", "Pläne/a.xlsx"]
)
def test_a_report_is_never_written_over_a_plan(name: str, tmp_path: Path) -> None:
    """Nor into a name that Excel would not open: a slip of the keyboard must not cost a plan."""
    plan = write_plan(tmp_path / "Pläne" / "a.xlsx", MILLS)
    before = plan.read_bytes()
    with pytest.raises(
        InputError, match=r"wird nicht überschrieben|kein Name einer Arbeitsmappe"
    ):
        api.consolidate(
            tmp_path / "Pläne", tmp_path / name, settings=SETTINGS, today=TODAY
        )
    with pytest.raises(
        InputError, match=r"wird nicht überschrieben|kein Name einer Arbeitsmappe"
    ):
        api.report(api.check(tmp_path / "Pläne", today=TODAY), tmp_path / name)
    assert plan.read_bytes() == before
    assert [path.name for path in tmp_path.rglob("*.*")] == ["a.xlsx"]


def test_an_export_is_never_written_over_the_lists_of_the_company(
    tmp_path: Path,
) -> None:
    """``accounts.csv`` may be the list that the plans were made from; an earlier export is replaced."""
    write_plan(tmp_path / "Pläne" / "a.xlsx", MILLS)
    (tmp_path / "accounts.csv").write_text("account_id\n10023\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"accounts\.csv: Hier liegt schon eine Datei"):
        api.consolidate(
            tmp_path / "Pläne",
            tmp_path / "p.xlsx",
            settings=SETTINGS,
            export=tmp_path,
            today=TODAY,
        )
    assert not (tmp_path / "p.xlsx").exists()
    for _ in range(2):
        api.consolidate(
            tmp_path / "Pläne",
            tmp_path / "p.xlsx",
            settings=SETTINGS,
            export=tmp_path / "x",
            today=TODAY,
        )
    assert (tmp_path / "accounts.csv").read_text(
        encoding="utf-8"
    ) == "account_id\n10023\n"
