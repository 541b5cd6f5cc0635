"""The native formulas of a plan: complete, safe, readable, and equal to what Python works out."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kamxl.checks.entries.choices import find_option
from kamxl.document.figures import figure_label, figures
from kamxl.document.formulas import (
    LONGEST,
    NOTHING_REQUIRED,
    STATUS_WORDS,
    document_formulas,
    repeated_names,
)
from kamxl.document.formulas.gathered import gathered_formulas
from kamxl.document.formulas.terms import NUMERIC, limits
from kamxl.document.keys import LISTS_SHEET
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import Layout, lay_out, quoted
from kamxl.document.paths import Pattern, nest, path_of, pattern_of
from kamxl.document.required import progress
from kamxl.document.schema import FieldSpec
from kamxl.document.standard import Option
from kamxl.document.vocabulary import Kind
from kamxl.errors import SpecError
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import column_letter
from tests.clients.office import Office
from tests.plan_tables import cells_of

SAFE = set(
    "SUM IF AND OR IFERROR SUMPRODUCT COUNTIFS SUMIFS AVERAGEIFS COUNTA COUNTBLANK INDEX MATCH CHOOSE ROUND MIN MAX "
    "RANK DATE EDATE TODAY ABS ISNUMBER N ROWS TRIM "
    "SUBSTITUTE".split()
)
TEXTS = re.compile(r'"[^"]*"|\'[^\']*\'')
VARIANTS = [
    pytest.param(profile, scheme, language, id=f"{profile}-{scheme}-{language}")
    for profile, scheme, language in itertools.product(
        ("full", "compact"), ("2x2", "3x3"), ("de", "en")
    )
]
COMPARED = [
    pytest.param("full", "2x2", "de", id="full-2x2-de"),
    pytest.param("full", "3x3", "en", id="full-3x3-en"),
    pytest.param("compact", "2x2", "en", id="compact-2x2-en"),
]
GARBAGE = "k. A."
EMPTY_SHARE = {"full": 0.0, "dense": 0.12, "half": 0.5, "sparse": 0.88}
Expected = dict[str, float | str | None]


def planned(
    profile: str = "full", scheme: str = "2x2", language: str = "de", **changes: Any
) -> Layout:
    """The layout of a plan under default settings with these changes."""
    settings = Settings.model_validate(
        {
            "profile": profile,
            "language": language,
            "plan_year": 2027,
            "portfolio": {"scheme": scheme},
            **changes,
        }
    )
    return lay_out(plan_spec(settings), language)


def write(layout: Layout, cells: Mapping[str, Any], path: Path) -> Path:
    """A workbook with nothing but entries, row names and formulas where the layout puts them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {sheet.spec.key: book.create_sheet(sheet.name) for sheet in layout.sheets}
    names = repeated_names(layout)
    for sheet in layout.sheets:
        for block in sheet.blocks:
            if isinstance(block, TableBlock) and block.label_column:
                for index, row in enumerate(block.section.rows):
                    place = (block.first_row + index, block.label_column)
                    printed = row.label[layout.language]
                    text = names.get(f"{block.section.pattern}[{index}]", printed)
                    sheets[sheet.spec.key].cell(*place, text)
            if isinstance(block, TableBlock):
                for column in block.section.columns:
                    head = column.printed(layout.language)
                    place = (block.header_row, block.columns[column.key])
                    sheets[sheet.spec.key].cell(*place, head)
    hidden = book.create_sheet(LISTS_SHEET)
    for line, at, formula in gathered_formulas(layout):
        hidden.cell(line, at, formula)
    groups = layout.spec.table("revenue.revenue")
    given = {  # what the template prints, where nobody renames it
        f"{groups.pattern}[{index}].{groups.editable}": row.label[layout.language]
        for index, row in enumerate(groups.rows)
    }
    for place, content in {**given, **cells, **document_formulas(layout)}.items():
        owner, spot = layout.spots[place]
        sheets[owner.spec.key].cell(spot.row, spot.column, content)
    book.save(path)
    return path


def recalculated(office: Office, layout: Layout, path: Path) -> Expected:
    """The computed cells as LibreOffice works them out; an empty text is None."""
    cells: dict[str, list[str]] = {}
    for place in document_formulas(layout):
        cells.setdefault(layout.spots[place][0].name, []).append(layout.cell(place))
    found = office.recalculate(path, cells)
    values: Expected = {}
    for place in document_formulas(layout):
        cell = found[layout.spots[place][0].name][layout.cell(place)]
        assert cell.error is None, f"{place}: {cell.error} from {cell.formula}"
        values[place] = None if cell.value == "" else cell.value
    return values


def expected(plan: AccountPlan, layout: Layout) -> Expected:
    """The same cells as Python works them out and the workbook prints them."""
    spec, language = layout.spec, layout.language
    values: Expected = {
        path: figure_label(spec, path, value, language)
        for path, value in figures(plan, spec, dt.date.today()).items()
        if path in layout.spots
    }
    for sheet, (filled, required) in progress(plan, spec).items():
        words = [word[language] for word in STATUS_WORDS]
        status = (
            words[0] if not filled else words[2] if filled == required else words[1]
        )
        values[f"progress.{sheet}.filled"] = filled
        values[f"progress.{sheet}.required"] = required
        values[f"progress.{sheet}.share"] = filled / required if required else None
        values[f"progress.{sheet}.status"] = status if required else NOTHING_REQUIRED
    return values


def differences(found: Expected, wanted: Expected) -> list[str]:
    """Cells whose value, kind or emptiness differ."""
    wrong = []
    for path, want in wanted.items():
        have = found[path]
        if isinstance(want, int | float) and isinstance(have, int | float):
            same = abs(have - want) <= 1e-9 * max(1.0, abs(want))
        else:
            same = have == want
        if not same:
            wrong.append(f"{path}: {have!r} instead of {want!r}")
    return wrong


def entry(field: FieldSpec, chance: random.Random) -> Any:
    """A value that the field allows, ends of its range and zeros included."""
    if field.options:
        return chance.choice(field.options).code
    if field.kind not in NUMERIC:
        return chance.choice(["Anna", "Bernd", "Clara", "Prüfstand"]) + str(
            chance.randint(1, 99)
        )
    if field.kind is Kind.DATE:
        return dt.date.today() + dt.timedelta(days=chance.randint(-400, 400))
    low, high = limits(field)
    if field.kind in (Kind.INTEGER, Kind.IMPORTANCE):
        return chance.choice(
            [
                int(low),
                *(
                    chance.randint(int(low), int(min(high, low + most)))
                    for most in (9, 12)
                ),
            ]
        )
    if high > 5:
        return chance.choice(
            [
                0.0,
                -1250.5,
                100.0,
                100.0,
                chance.randint(1, 900) * 1000.0,
                chance.random() * 1e6,
            ]
        )
    return chance.choice(
        [low, high, *(round(chance.uniform(low, high), 2) for _ in range(3))]
    )


def random_entries(
    layout: Layout, seed: int, empty: float, garbage: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values as Python takes them and cells as a workbook holds them.

    Args:
        layout: whose fields get entries.
        seed: of the random numbers.
        empty: share of the entries left out.
        garbage: share of these that hold a text instead of a number, which is missing for Python.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    values: dict[str, Any] = {}
    cells: dict[str, Any] = {}
    left_out: dict[str, float] = {}
    for path in layout.spots:
        if (field := layout.spec.fields.get(pattern_of(path))) is None:
            continue
        # Some columns stay empty as a whole: nobody enters weights, or influence.
        if chance.random() < left_out.setdefault(
            field.pattern, 1.0 if empty and chance.random() < 0.15 else empty
        ):
            if field.kind in NUMERIC and chance.random() < garbage:
                cells[path] = GARBAGE
            continue
        values[path] = entry(field, chance)
        labels = {
            option.code: option.label[layout.language] for option in field.options
        }
        cells[path] = labels.get(values[path], values[path])
    return values, cells


def compare(
    office: Office,
    layout: Layout,
    values: dict[str, Any],
    cells: dict[str, Any],
    path: Path,
) -> None:
    """Fail where LibreOffice and Python differ."""
    plan = AccountPlan.model_validate(nest(values))
    found = recalculated(office, layout, write(layout, cells, path))
    wanted = expected(plan, layout)
    assert set(found) == set(wanted)
    assert differences(found, wanted) == []


@pytest.mark.parametrize(("profile", "scheme", "language"), VARIANTS)
def test_exactly_the_computed_cells_have_a_formula(
    profile: str, scheme: str, language: str
) -> None:
    """No computed cell stays blank, and no input cell is overwritten."""
    layout = planned(profile, scheme, language)
    formulas = document_formulas(layout)
    inputs = {path for path in layout.spots if pattern_of(path) in layout.spec.fields}
    assert set(formulas) == set(layout.spots) - inputs
    assert all(formula.startswith("=") for formula in formulas.values())


@pytest.mark.parametrize(("profile", "scheme", "language"), VARIANTS)
def test_formulas_use_only_functions_that_work_everywhere(
    profile: str, scheme: str, language: str
) -> None:
    """A KAM's Excel may be old, or no Excel at all: nothing that some program works out differently."""
    layout = planned(profile, scheme, language)
    for path, formula in {
        **document_formulas(layout),
        **repeated_names(layout),
    }.items():
        used = set(re.findall(r"([A-Z][A-Z.]*)\(", TEXTS.sub("", formula)))
        assert used <= SAFE, f"{path}: {used - SAFE}"
        assert len(formula) <= LONGEST


def test_formulas_do_not_name_the_sheet_they_stand_on() -> None:
    """Whoever clicks into a cell reads the cells of the sheet, not its name again and again."""
    layout = planned()
    for path, formula in document_formulas(layout).items():
        assert quoted(layout.spots[path][0].name) + "!" not in formula, path


def test_renamed_product_group_is_repeated_in_the_other_tables() -> None:
    """Wallet and rolling plan name their rows by formula; the table that is edited does not."""
    layout = planned()
    labels = repeated_names(layout)
    assert {path_of(row).sheet for row in labels} == {"revenue"}
    assert len(labels) == 2 * 5
    for index, row in enumerate(layout.spec.table("revenue.wallet").rows):
        spot = layout.spots[f"revenue.revenue[{index}].product_group"][1]
        cell = f"${column_letter(spot.column)}${spot.row}"
        formula = labels[f"revenue.wallet[{index}]"]
        assert formula == labels[f"revenue.forecast[{index}]"]
        assert formula.endswith(f'IF({cell}="","",{cell}))')
        assert f'"{row.label.de}"' in formula


def test_too_many_contacts_are_refused_before_excel_would() -> None:
    """A formula beyond Excel's length would make Excel repair the file; generating says so instead."""
    with pytest.raises(SpecError, match="8192"):
        document_formulas(planned(rows={"contacts.people": 200}))


def test_weights_limits_and_scheme_come_from_the_settings() -> None:
    """Another minimum coverage, cut and cap stand in the formulas, and the defaults are gone."""
    layout = planned(
        minimum_coverage=0.6, portfolio={"cut": 55.5}, limits={"attainment_cap": 1.35}
    )
    formulas = document_formulas(layout)
    assert ">=0.6" in formulas["strategy.attractiveness_score"]
    assert "0.7" not in formulas["strategy.attractiveness_score"]
    assert ">=55.5" in formulas["strategy.portfolio_cell"]
    assert "<=1.35" in formulas["controlling.scorecard"]


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize(("profile", "scheme", "language"), COMPARED)
def test_empty_plan_shows_no_number(
    office: Office, tmp_path: Path, profile: str, scheme: str, language: str
) -> None:
    """Every tile, total and score of a blank plan is empty, not 0 and no error value."""
    layout = planned(profile, scheme, language)
    found = recalculated(office, layout, write(layout, {}, tmp_path / "empty.xlsx"))
    counted = {
        path
        for path, value in found.items()
        if value is not None and not path.startswith("progress.")
    }
    assert counted == {"cover.completeness"}
    assert differences(found, expected(AccountPlan(), layout)) == []


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("density", EMPTY_SHARE)
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("profile", "scheme", "language"), COMPARED)
def test_spreadsheet_and_python_agree(
    office: Office,
    tmp_path: Path,
    profile: str,
    scheme: str,
    language: str,
    seed: int,
    density: str,
) -> None:
    """Whatever was entered, left out or misspelt: the workbook shows the figures that the portfolio reports."""
    layout = planned(profile, scheme, language)
    values, cells = random_entries(
        layout, seed, EMPTY_SHARE[density], 0.3 if seed else 0.0
    )
    compare(office, layout, values, cells, tmp_path / "plan.xlsx")


@pytest.mark.client
@pytest.mark.slow
def test_own_thresholds_and_criteria_agree_too(office: Office, tmp_path: Path) -> None:
    """A company's own criteria (one reversed), limits and numbers of rows lead to the same figures."""
    criteria = {
        "attractiveness": [
            "Wachstum",
            {"de": "Preisdruck", "en": "Price pressure", "reversed": True},
            "Image",
        ],
        "price_readiness": ["Nutzen", "Qualität"],
    }
    layout = planned(
        minimum_coverage=0.5, portfolio={"cut": 40, "strategies": {"star": "angreifen"}}, criteria=criteria,
        limits={"attainment_cap": 1.5}, rows={"contacts.people": 3, "contacts.team": 2, "opportunities.open": 4},
        product_groups=["Pumpen", "Ventile"],
    )  # fmt: skip
    for seed in range(4):
        values, cells = random_entries(layout, seed, 0.25, 0.2)
        compare(office, layout, values, cells, tmp_path / f"own{seed}.xlsx")


@pytest.mark.client
@pytest.mark.slow
def test_without_weights_and_influence_both_count_all_alike(
    office: Office, tmp_path: Path
) -> None:
    """Where nobody entered a weight, workbook and Python take all items as equal, reversed criteria included."""
    layout = planned()
    unweighted = re.compile(
        r"(strategy|controlling|cooperation)\..*\.(weight|importance)$|\.influence$"
    )
    for seed in range(3):
        values, cells = random_entries(layout, seed, 0.1 * (seed > 0), 0.5)
        values = {
            path: value for path, value in values.items() if not unweighted.search(path)
        }
        cells = {
            path: value for path, value in cells.items() if not unweighted.search(path)
        }
        compare(office, layout, values, cells, tmp_path / f"equal{seed}.xlsx")


@pytest.mark.client
def test_entry_off_its_scale_empties_the_score(office: Office, tmp_path: Path) -> None:
    """A 7 on a scale of 1–5 gives no score at all; a remark instead of a number is a missing answer."""
    layout = planned()
    for wrong, score in (("7", None), ('"gut"', 75)):
        table = f"""
            | Wettbewerbsposition | Gewicht | Punkte 1–5 |
            |                     | 25 %    | 4          |
            |                     | 25 %    | 4          |
            |                     | 25 %    | 4          |
            |                     | 25 %    | {wrong}    |
        """
        cells = cells_of(table, layout.spec)
        file = write(layout, cells, tmp_path / f"{score}.xlsx")
        found = recalculated(office, layout, file)
        assert found["strategy.position_score"] == score
        assert found["strategy.position[3].points"] is None


@pytest.mark.client
def test_error_value_in_an_entry_spreads_to_no_figure(
    office: Office, tmp_path: Path
) -> None:
    """A pasted #REF! empties the figures that rest on it; not one computed cell shows an error."""
    layout = planned()
    _, cells = random_entries(layout, 1, 0.0, 0.0)
    broken = {
        path: "#REF!"
        for path in cells
        if path.endswith(("[1].forecast", "[1].value", "[1].influence"))
    }
    broken |= {
        "strategy.position[0].score": "#DIV/0!",
        "contacts.matrix[0][0].planned": "#N/A",
    }
    found = recalculated(
        office, layout, write(layout, {**cells, **broken}, tmp_path / "broken.xlsx")
    )
    assert found["revenue.revenue.total.forecast"] is None
    assert found["cover.contact_coverage"] is None
    assert found["cover.completeness"] is None
    assert found["revenue.revenue.total.target"] is not None


@pytest.mark.client
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_value_of_a_list_means_the_same_however_it_is_spelt(
    language: str, office: Office, tmp_path: Path
) -> None:
    """Codes, labels of both languages, blanks, capitals and a typographic minus: formulas see what Python reads."""
    spelt = {
        pattern: list(itertools.chain.from_iterable(map(ways, field.options)))
        for pattern, field in plan_spec(Settings()).fields.items()
        if pattern in LISTED
    }
    rows = max(map(len, spelt.values()))
    layout = planned(language=language, rows=dict.fromkeys(SPELT_IN, rows))
    raw: dict[str, Any] = {}
    for index in range(rows):
        for pattern, more in LISTED.items():
            table = pattern.rpartition(".")[0]
            raw |= {
                Pattern(f"{table}.{key}").at(index): value
                for key, value in more.items()
            }
            raw[Pattern(pattern).at(index)] = spelt[pattern][
                index % len(spelt[pattern])
            ]
    read = {path: value_of(layout, path, text) for path, text in raw.items()}
    plan = AccountPlan.model_validate(nest(read))
    found = recalculated(office, layout, write(layout, raw, tmp_path / "spelt.xlsx"))
    assert not differences(found, expected(plan, layout))
    assert found["contacts.stance_index"] is not None


LISTED: dict[str, dict[str, Any]] = {
    "opportunities.open[].stage": {"value": 100.0, "probability": 0.5},
    "measures.measures[].status": {"due": dt.date(2020, 1, 1)},
    "contacts.people[].stance": {"name": "Anna", "influence": 5},
    "contacts.people[].role": {},
    "competition.gaps[].against_requirements": {"importance": 7},
}
SPELT_IN = (
    "opportunities.open",
    "measures.measures",
    "contacts.people",
    "competition.gaps",
)


def ways(option: Option) -> set[str]:
    """Ways to write a value of a list."""
    plain = {*option.spellings}
    minus = {text.replace("-", "\u2212") for text in plain}
    dashed = {text.replace("\u2212", "-") for text in plain}
    odd = {f" {option.label.de}\u00a0", f"{option.label.en} ".upper()}
    known = plain | minus | dashed | odd
    # What begins with a sign is a formula to a spreadsheet, unless somebody marks it as a text.
    return {text for text in known if text.strip()[:1] != "+"}


def value_of(layout: Layout, path: str, raw: Any) -> Any:
    """What Python reads in a cell: the code of an option, or the value itself."""
    options = layout.spec.field(path).options
    if not options:
        return raw
    found = find_option(raw, options, layout.language).option
    return found and found.code


@pytest.mark.client
def test_row_inserted_in_a_table_counts(office: Office, tmp_path: Path) -> None:
    """A KAM who runs out of rows inserts one: sums and counts include it."""
    layout = planned()
    table = """
        | 5 Offene Projekte | Projekt | Angebotswert | Chance | Erwarteter Abschluss |
        |                   | Halle 3 | 50.000       | 50 %   | 01.01.2030           |
        |                   | Halle 3 | 50.000       | 50 %   | 01.01.2030           |
    """
    cells = cells_of(table, layout.spec)
    first = write(layout, cells, tmp_path / "before.xlsx")
    owner, spot = layout.spots["opportunities.open[1].value"]
    grown = office.edit(
        first, [("insert_rows", owner.name, spot.row, 1)], tmp_path / "grown.xlsx"
    )
    book = load_workbook(grown)
    for path, value in cells.items():
        book[owner.name].cell(spot.row, layout.spots[path][1].column, value)
    book.save(tmp_path / "after.xlsx")
    wanted = [
        "opportunities.total_value",
        "progress.opportunities.required",
        "progress.opportunities.filled",
    ]
    places = [(layout.spots[path][0].name, layout.cell(path)) for path in wanted]
    found = office.recalculate(
        tmp_path / "after.xlsx",
        {name: [cell] for name, cell in places[:1]}
        | {places[1][0]: [cell for _, cell in places[1:]]},
    )
    assert [found[name][cell].value for name, cell in places] == [150_000, 12, 12]
