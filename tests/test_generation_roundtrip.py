"""What is written into a workbook is read back exactly: `read(generate(plan)) == plan`, for any plan."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamxl.checks.check import check
from kamxl.checks.entries.building import build_plan
from kamxl.checks.entries.texts import clean
from kamxl.checks.not_data import Placeholders
from kamxl.checks.rules.cells import is_formula_text
from kamxl.document.paths import flatten
from kamxl.document.schema import FieldSpec, MatrixSpec
from kamxl.document.vocabulary import Kind, Profile
from kamxl.errors import InputError
from kamxl.generation.write import PlanWriter
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, read_plan
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language

TODAY = dt.date(2026, 11, 20)
VARIANTS = [(profile, language) for profile in Profile for language in Language]
# Whatever a person or a paste may leave in a cell.
AWKWARD = [
    "=1+1", "+49 30 123", "-", "@SUM(A1)", "'quoted'", '"„Größe“ & <Maß>"', "_x0041_", "_x000D_", "a_x0009_b",
    "01069", "1.234,56", "31.12.2026", "NA", "null", "TRUE", "#REF!", "ÄÖÜäöüß€", "naïve 漢字 🚀", "a" * 200, "0",
    "  x  ".strip(), "]]>", "&amp;", "{=x}", "%d %s",
]  # fmt: skip
_PROSE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"),
    max_size=60,
)


_PLACEHOLDERS = Placeholders(Settings().placeholders)


@cache
def writer(profile: Profile, language: Language) -> PlanWriter:
    """One drawn template for each kind of workbook, filled over and over."""
    chosen = Settings(
        profile=profile, language=language, plan_year=2027, collect_motives=True
    )
    return PlanWriter(chosen, TODAY, seed="test")


def values_of(field: FieldSpec) -> st.SearchStrategy[Any]:
    """Any value that the field may hold, as the plan stores it."""
    low, high = field.low, field.high
    if field.options:
        return st.sampled_from([option.code for option in field.options])
    if field.kind is Kind.DATE:
        assert isinstance(low, dt.date)
        assert isinstance(high, dt.date)
        return st.dates(low, high)
    if field.kind in (Kind.INTEGER, Kind.IMPORTANCE):
        assert isinstance(low, int | float)
        assert isinstance(high, int | float)
        return st.integers(int(low), int(high))
    if isinstance(low, int | float) and isinstance(high, int | float):
        return st.floats(low, high, allow_nan=False).map(lambda number: number + 0.0)
    limit = field.max_length or 250
    texts = st.sampled_from(AWKWARD) | _PROSE
    if field.kind is Kind.NOTE:
        texts |= st.just("ä" * limit)
    tidied = texts.map(lambda text: tidy(text, field)[:limit].strip())
    return tidied.filter(bool).filter(says_something)


def says_something(text: str) -> bool:
    """Whether a text is an entry at all: no formula typed as text, no placeholder."""
    return not is_formula_text(text) and not _PLACEHOLDERS.has(text)


def tidy(text: str, field: FieldSpec) -> str:
    """A text as the check leaves it: nothing invisible, one line where the field has one."""
    cleaned = clean(text).text
    if field.kind is not Kind.NOTE and "\n" in cleaned:
        return " ".join(cleaned.split())
    return cleaned


def paths_of(spec: PlanSpec) -> dict[str, FieldSpec]:
    """Every input cell of a workbook, with its field."""
    found: dict[str, FieldSpec] = {}
    for section in spec.sections:
        crossings = section.crossings if isinstance(section, MatrixSpec) else None
        for part in section.parts:
            if part is not crossings:
                rows = range(part.count)
                found |= {f.at(row): f for row in rows for f in part.fields}
    for matrix in spec.matrices:
        for i, j in product(range(matrix.team.count), range(matrix.people.count)):
            found |= {f.at(i, j): f for f in matrix.crossings.fields}
    return found


@st.composite
def plans(draw: st.DrawFn, spec: PlanSpec) -> AccountPlan:
    """A plan with entries in some cells of any sheet."""
    paths = paths_of(spec)
    chosen = draw(st.lists(st.sampled_from(list(paths)), max_size=40, unique=True))
    plan, refusals = build_plan({path: draw(values_of(paths[path])) for path in chosen})
    assert not refusals
    return plan


def assert_same(plan: AccountPlan, pen: PlanWriter, path: Path) -> None:
    """The plan, written and read, is the same."""
    path.write_bytes(pen.workbook(plan))
    extract = read_plan(path)
    assert extract.remarks == ()
    checked = check(extract, today=TODAY)
    assert flatten(checked.plan, extract.spec) == flatten(plan, extract.spec)
    assert checked.plan == plan


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "language"), VARIANTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_reads_back_what_was_written(
    profile: Profile,
    language: Language,
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Every value of every kind comes back as it was, and nothing else does."""
    pen = writer(profile, language)
    assert_same(
        data.draw(plans(pen.spec)), pen, tmp_path_factory.getbasetemp() / "plan.xlsx"
    )


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "language"), VARIANTS)
def test_every_cell_at_once(
    profile: Profile, language: Language, tmp_path: Path
) -> None:
    """A plan filled in to the last cell comes back, too, with awkward texts in all text fields."""
    pen = writer(profile, language)
    values = {}
    for number, (path, field) in enumerate(paths_of(pen.spec).items()):
        values[path] = _some_value(field, number)
    plan, refusals = build_plan(values)
    assert not refusals
    assert_same(plan, pen, tmp_path / "plan.xlsx")


def _some_value(field: FieldSpec, number: int) -> Any:
    if field.options:
        return field.options[number % len(field.options)].code
    if field.kind is Kind.DATE:
        return dt.date(1990, 1, 1) + dt.timedelta(days=number)
    if isinstance(field.low, int | float) and isinstance(field.high, int | float):
        whole = field.kind in (Kind.INTEGER, Kind.IMPORTANCE)
        return (
            int(field.low) + number % 5
            if whole
            else min(field.high, field.low + number / 7)
        )
    texts = list(filter(says_something, AWKWARD))
    return texts[number % len(texts)][: field.max_length]


def test_tables_grow_with_the_plan(tmp_path: Path) -> None:
    """A plan with more rows, contacts and own people than the template has gets a workbook with room for all."""
    pen = writer(Profile.FULL, Language.DE)
    values: dict[str, object] = {
        f"opportunities.open[{i}].project": f"Projekt {i}" for i in range(31)
    }
    values |= {f"contacts.people[{j}].name": f"Kontakt {j}" for j in range(13)}
    values |= {f"contacts.matrix[{i}][12].actual": i for i in range(11)}
    plan, _ = build_plan(values)
    assert_same(plan, pen, tmp_path / "plan.xlsx")


def test_entry_without_a_cell_is_refused() -> None:
    """A fourth row in a table of exactly three is an error that names the place, not a loss."""
    plan, _ = build_plan(
        {"cover.account_id": "4711", "summary.requests[3].request": "Messeauftritt"}
    )
    with pytest.raises(InputError, match=r"4711.*summary\.requests\[3\]\.request"):
        writer(Profile.FULL, Language.DE).workbook(plan)
