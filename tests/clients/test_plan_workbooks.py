"""Plans in other people's programs: valid to Microsoft's validator, typed into by a KAM in LibreOffice, read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kamxl.checks.check import check
from kamxl.document.extract import Entry, Extract
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.paths import pattern_of
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind, Protection
from kamxl.generation.generate import Manner, generate_blank
from kamxl.plan.document import read_plan
from kamxl.plan.settings.model import Settings
from tests.clients.office import Office
from tests.clients.repair_lint import lint_findings
from tests.clients.validators import Finding, audit_findings
from tests.plan_files import PROFILES, full_plan, layout_of, samples, saved, template

pytestmark = [pytest.mark.client, pytest.mark.slow]

DAY = dt.date(2026, 11, 20)
# What a German KAM types, and what is meant by it. In a text it may begin like a formula or look like a number.
TYPED: dict[Kind, tuple[tuple[str, Any], ...]] = {
    Kind.MONEY: (("1.234.567,89", 1_234_567.89), ("85000", 85_000.0), ("-1.250,5", -1_250.5), ("0", 0.0)),
    Kind.NUMBER: (("1.234,5", 1_234.5), ("17,25", 17.25), ("2027", 2_027.0)),
    Kind.INTEGER: (("12", 12), ("3", 3)),
    Kind.PERCENT: (("60%", 0.6), ("12,5 %", 0.125), ("100%", 1.0)),
    Kind.DATE: (("24.12.2026", dt.date(2026, 12, 24)), ("1.3.27", dt.date(2027, 3, 1))),
    Kind.SCORE: (("4", 4.0), ("2,5", 2.5)),
    Kind.IMPORTANCE: (("8", 8), ("10", 10)),
    Kind.NOTE: (
        ("Zeile eins – „größer“ & <mehr>\n- zweite Zeile\n=dritte Zeile", None),
        ("=Sonderpreis, siehe Anlage", None),
    ),
    Kind.TEXT: (
        ("Jörg Müßig & Söhne", None), ("- Preis nachverhandeln", None), ("=Rahmenvertrag", None), ("01069", None),
        ("+49 89 123-0", None), ("2/6", None), ("1.5", None), ("@Einkauf", None), ("WAHR", None),
    ),
}  # fmt: skip
# Fields whose range is narrower than their kind's, or whose text the check compares with a list.
OWN = {
    "cover.account_id": ("4711", "4711"),
    "cover.plan_year": ("2027", 2027),
    "strategy.strategic_projects[].until_year": ("2029", 2029),
}


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank full German plan, as `kamxl new` writes it."""
    folder = tmp_path_factory.mktemp("kam")
    return generate_blank(
        folder / "Plan Müller.xlsx", Settings(plan_year=2027), Manner(DAY, seed="test")
    ).written[0]


@pytest.mark.parametrize(
    "make", [template, full_plan], ids=["template", "every field filled"]
)
def test_valid_to_every_judge_and_without_error_values(
    make: Callable[[str, str], bytes],
    tmp_path: Path,
    ooxml_validator: Callable[[Iterable[Path]], list[Finding]],
    office: Office,
) -> None:
    """Both profiles and languages, empty and full: no fault in the file, no error value after calculation."""
    files = [
        saved(make(*kind), tmp_path / f"{'-'.join(kind)}.xlsx") for kind in PROFILES
    ]
    assert [
        *ooxml_validator(files),
        *audit_findings(files),
        *lint_findings(files),
    ] == []
    assert [error for file in files for error in office.errors(file)] == []


def test_what_a_kam_types_is_read_back(
    blank: Path, office: Office, tmp_path: Path
) -> None:
    """Every field of every sheet, typed in German and saved by LibreOffice, comes back as it was meant."""
    found = read_plan(blank)
    meant: dict[str, Any] = {}
    typing: list[tuple[str, str, str]] = []
    for number, entry in enumerate(some_of(found)):
        text, value = choice_of(found.spec.field(entry.path), number)
        typing.append((entry.sheet, entry.cell, text))
        meant[entry.path] = value
    assert {pattern_of(path) for path in meant} == set(found.spec.fields)
    typed = office.type(blank, typing, save_as=tmp_path / "ausgefüllt.xlsx")
    assert [one for one in typed if one.refused or one.error] == []
    again = read_plan(tmp_path / "ausgefüllt.xlsx")
    assert again.remarks == ()
    checked = check(again, today=DAY)
    assert {path: checked.values.get(path) for path in meant} == meant
    assert [
        f for f in checked.findings if f.code.startswith("KAM2") and f.path in meant
    ] == []


def some_of(found: Extract) -> Iterator[Entry]:
    """Every field of a form; of a table the first two rows and the last, of the matrix its corners."""
    last: dict[str, int] = {}
    for entry in found.entries:
        for pattern, index in indices(entry.path):
            last[pattern] = max(last.get(pattern, 0), index)
    for entry in found.entries:
        if all(
            index in (0, 1, last[pattern]) for pattern, index in indices(entry.path)
        ):
            yield entry


def indices(path: str) -> list[tuple[str, int]]:
    """The row numbers in a path, each with where it counts."""
    parts = path.split("[")
    return [
        (f"{parts[0]} {depth}", int(part.split("]")[0]))
        for depth, part in enumerate(parts[1:])
    ]


def choice_of(field: FieldSpec, number: int) -> tuple[str, Any]:
    """What to type into a field, and the value that it stands for."""
    if field.pattern in OWN:
        return OWN[field.pattern]
    if field.options:
        option = field.options[number % len(field.options)]
        return option.label.de, option.code
    narrow = (
        field.kind is Kind.NUMBER
        and isinstance(field.high, int | float)
        and field.high < 100
    )
    offers = TYPED[Kind.SCORE] if narrow else TYPED.get(field.kind, TYPED[Kind.TEXT])
    text, value = offers[number % len(offers)]
    return text, text if value is None else value


def test_locked_cells_refuse(office: Office, tmp_path: Path) -> None:
    """Where a company protects its sheets, formulas, labels, headings and hidden keys keep what they have."""
    chosen = Settings(plan_year=2027, protection=Protection.SHEETS)
    manner = Manner(DAY, seed="test")
    (blank,) = generate_blank(tmp_path / "Plan.xlsx", chosen, manner).written
    layout = lay_out(read_plan(blank).spec, "de")
    cells = [*locked(layout)]
    assert {sheet for sheet, _ in cells} == {sheet.name for sheet in layout.sheets}
    typed = office.type(
        blank, [(sheet, cell, "überschrieben") for sheet, cell in cells]
    )
    assert [(one.sheet, one.cell) for one in typed if not one.refused] == []


def locked(layout: Layout) -> Iterator[tuple[str, str]]:
    """A few cells of each sheet that take no entry: title, keys, and every fifth computed one."""
    for sheet in layout.sheets:
        yield from ((sheet.name, cell) for cell in ("C2", "C3", "A7"))
        figures = [
            path
            for path, (at, _) in layout.spots.items()
            if at is sheet and pattern_of(path) not in layout.spec.fields
        ]
        yield from ((sheet.name, layout.cell(path)) for path in figures[::5])


def test_two_slash_six_is_noticed(blank: Path, office: Office, tmp_path: Path) -> None:
    """“2/6” in a number cell of the matrix becomes a date as one types; it is reported with its cell."""
    entry = next(
        e for e in read_plan(blank).entries if e.path == "contacts.matrix[0][0].actual"
    )
    office.type(
        blank, [(entry.sheet, entry.cell, "2.6.")], save_as=tmp_path / "typed.xlsx"
    )
    found = [
        f
        for f in check(read_plan(tmp_path / "typed.xlsx"), today=DAY).findings
        if f.path.startswith("contacts.matrix")
    ]
    assert [(f.sheet, f.cell, f.code[:4]) for f in found] == [
        (entry.sheet, entry.cell, "KAM2")
    ]


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_saved_by_another_program_it_reads_the_same(
    profile: str, language: str, office: Office, tmp_path: Path
) -> None:
    """LibreOffice writes the whole file anew; every entry and every hidden key survives."""
    plan = saved(full_plan(profile, language), tmp_path / "plan.xlsx")
    found = read_plan(office.convert(plan, tmp_path / "again.xlsx"))
    assert found.remarks == ()
    assert {entry.path: entry.value for entry in found.entries} == {
        path: float(value) if isinstance(value, int) else value
        for path, value in samples(layout_of(profile, language)).items()
    }
