"""The scoring workbook: each function with an example in which native formula and function agree."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.utils import range_boundaries

from kamxl.document.extract import WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.excel import udf
from kamxl.excel.functions.cells import speaking
from kamxl.excel.functions.function import FUNCTIONS
from kamxl.excel.showcase.workbook import scoring_workbook
from kamxl.plan.document import extract_plan
from kamxl.renew import COMMAND
from kamxl.xlsx.cells import read_book
from tests.clients.office import Computed, Office
from tests.clients.repair_lint import lint_findings
from tests.clients.validators import Finding, audit_findings

COMMITTED = Path(__file__).parents[1] / "workbooks"
LANGUAGES = ["de", "en"]
NATIVE, ANSWER, AGREES = "J", "K", "L"
_CALL = re.compile(r'=IFERROR\((?:INDEX\()?(KAM_\w+)\((.*?)\)(?:,(\d+)\))?,"–"\)$')
_ARGUMENT = re.compile(r'("[^"]*"|[^,"]*)(?:,|$)')


@dataclass(frozen=True)
class Question:
    """One call of a function in the workbook, and where it stands."""

    sheet: str
    row: int
    function: str
    arguments: tuple[str, ...]
    place: int
    """Which cell of the answer is wanted, from 1; 0 for a single value."""

    def answer(self, book: Workbook, language: str) -> Any:
        """What the function itself says of the cells as they are."""
        cells = [self._cells(book, argument) for argument in self.arguments]
        with speaking(language):
            result: Any = FUNCTIONS[self.function].call(*cells)
        return (
            [cell for row in result for cell in row][self.place - 1]
            if self.place
            else result
        )

    def _cells(self, book: Workbook, argument: str) -> Any:
        if not argument:
            return None
        if argument.startswith('"'):
            return [[argument.strip('"')]]
        if argument == "TRUE":
            return [[True]]
        left, top, right, bottom = range_boundaries(argument)
        sheet = book[self.sheet]
        return [
            [sheet.cell(row, column).value for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]


def questions(book: Workbook) -> Iterator[Question]:
    """Every call of a function beside a native formula."""
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            formula = sheet[f"{ANSWER}{row}"].value
            match = _CALL.match(str(formula))
            if match:
                arguments = tuple(
                    found[1].strip() for found in _ARGUMENT.finditer(match[2])
                )
                # The pattern's last match is the empty end, unless an argument was left out there.
                given = arguments[:-1] if not match[2].endswith(",") else arguments
                yield Question(sheet.title, row, match[1], given, int(match[3] or 0))


def opened(language: str) -> Workbook:
    """The workbook as openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(scoring_workbook(language)))


def same(native: Computed, answer: Any) -> bool:
    """Whether the native formula and the function say the same; no value is no value, whatever the reason."""
    if native.error:
        return bool(native.error == answer)
    if answer == "" or (isinstance(answer, str) and answer.startswith("#")):
        return native.value in (None, "")
    if isinstance(answer, int | float):
        return isinstance(native.value, int | float) and abs(
            native.value - answer
        ) <= 1e-9 * max(1.0, abs(answer))
    return bool(native.value == answer)


def entries(book: Workbook) -> list[tuple[str, str]]:
    """Sheet and address of every input cell."""
    return [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=5, max_col=7)
        for cell in row
        if not cell.protection.locked
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_function_has_an_example(language: str) -> None:
    """Whoever looks for a function finds it: a live example of each, and a link to it on the first sheet."""
    book = opened(language)
    assert {question.function for question in questions(book)} == set(udf.__all__)
    overview = book.worksheets[0]
    linked = {
        cell.value: cell.hyperlink.location
        for (cell,) in overview.iter_rows(min_col=2, max_col=2)
        if cell.hyperlink
    }
    assert set(linked) == set(udf.__all__)
    for function, place in linked.items():
        ((name, address),) = book.defined_names[place].destinations
        assert function in book[name][address].value


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "left_out",
    [0, 2, 3, 5, 1],
    ids=lambda every: f"every {every}th blank" if every else "as is",
)
def test_native_formula_and_function_say_the_same(
    office: Office, tmp_path: Path, language: str, left_out: int
) -> None:
    """Whatever inputs are cleared, Excel's own formula and the function agree, and no cell shows an error."""
    book = opened(language)
    for sheet, address in entries(book)[:: left_out or 10**6][bool(left_out) - 1 :]:
        if left_out:
            book[sheet][address].value = None
    file = tmp_path / "book.xlsx"
    book.save(file)
    computed = office.recalculate(file)
    shown = [
        (q.sheet, q.row, q.function, cell.value, answer)
        for q in questions(book)
        for cell, answer in [
            (computed[q.sheet][f"{NATIVE}{q.row}"], q.answer(book, language))
        ]
        if not same(cell, answer)
    ]
    assert shown == []
    assert [
        cell for cells in computed.values() for cell in cells.values() if cell.error
    ] == []


@pytest.mark.client
@pytest.mark.slow
def test_examples_are_those_of_the_definition(office: Office, tmp_path: Path) -> None:
    """The workbook shows the values that the definitions were agreed with."""
    file = tmp_path / "book.xlsx"
    file.write_bytes(scoring_workbook("en"))
    computed = office.recalculate(file)
    found: dict[str, list[Any]] = {}
    for question in questions(opened("en")):
        value = computed[question.sheet][f"{NATIVE}{question.row}"].value
        found.setdefault(question.function, []).append(
            round(value, 4) if isinstance(value, float) else value
        )
    assert found["KAM_SCORE"] == [72.2222, 0.9, 65, 75]
    assert found["KAM_ABC"] == ["A", "A", "A", "B", "B", "C"]
    assert found["KAM_HHI"] == [2602, 3.8432, 0.4, 0.96]
    assert found["KAM_CAGR"][0] == 0.0914
    assert found["KAM_PIPELINE"][:2] == [268_000, 211_660.1049]
    assert found["KAM_PIPELINE_QUANTILE"] == [80_000, 240_000, 660_000]
    assert found["KAM_PIPELINE_PROB"] == [0.2]
    assert found["KAM_EFFECT"] == [90_328.4672, 89_753.4247, 90_000]
    assert found["KAM_EXPECTED"] == [2_368_000, 268_000, 4, 0]
    assert found["KAM_GAP_TO_TARGET"] == [-18_000]
    assert found["KAM_TARGET_PROB"] == [0.2]
    assert found["KAM_DEPENDENCE"] == [0.2, 0, 0, 0]
    assert found["KAM_HIT_RATE"] == [0.6, 0.75]
    assert found["KAM_RISK"] == [250_000, 2, 1]
    assert found["KAM_QUALITY"] == [65.9375, 0.8]
    assert found["KAM_WEIGHT_TO_FLIP"] == [0.2286, 3, 0.4286]
    assert found["KAM_CONTACT_URGENCY"][1] == 5.3333
    assert found["KAM_COVERAGE"][0] == 0.4483
    assert found["KAM_STANCE"][:2] == [0.1, 8]
    assert found["KAM_SATISFACTION"][0] == 70.4545
    assert found["KAM_NPS"][0] == 30
    assert found["KAM_OPPORTUNITY"][:3] == [15, 9, 4]
    assert found["KAM_ATTAINMENT"] == [1.1, 0.3333, 0.6667]
    assert found["KAM_SCORECARD"][0] == 0.7833
    assert found["KAM_CONTRIBUTION"] == [920, 360, 300, 210, 140]
    assert found["KAM_CLV"] == [266.6667, 366.6667]
    assert found["KAM_SEGMENT"][:3] == ["Star (2×2)", "hold/build", 10]


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_comparison_sees_agreement_and_difference(
    office: Office, tmp_path: Path, language: str
) -> None:
    """With the functions' answers in place every comparison agrees; a wrong answer is called different."""
    book = opened(language)
    asked = list(questions(book))
    for question in asked:
        cell = book[question.sheet][f"{ANSWER}{question.row}"]
        cell.value = question.answer(book, language)
        if isinstance(cell.value, str):
            cell.data_type = "s"  # in a desktop Excel error values arrive as text
    wrong = next(question for question in asked if question.function == "KAM_NPS")
    book[wrong.sheet][f"{ANSWER}{wrong.row}"].value = 30.00001
    file = tmp_path / "book.xlsx"
    book.save(file)
    computed = office.recalculate(file)
    agrees, differs = {
        "de": ("stimmt überein", "weicht ab"),
        "en": ("agrees", "differs"),
    }[language]
    said = {
        (q.sheet, q.row): computed[q.sheet][f"{AGREES}{q.row}"].value for q in asked
    }
    assert said.pop((wrong.sheet, wrong.row)) == differs
    assert set(said.values()) == {agrees}


@pytest.mark.client
@pytest.mark.slow
def test_comparison_of_errors(office: Office, tmp_path: Path) -> None:
    """Growth from 0 is #DIV/0! for both and agrees; another error, or a number, is called different."""
    book = opened("en")
    growth = next(
        question for question in questions(book) if question.function == "KAM_GROWTH"
    )
    sheet = book[growth.sheet]
    said = {}
    for answer in ("#DIV/0!", "#N/A", 0.3):
        sheet[growth.arguments[0].replace("$", "")].value = 0
        sheet[f"{ANSWER}{growth.row}"].value = answer
        sheet[f"{ANSWER}{growth.row}"].data_type = (
            "s" if isinstance(answer, str) else "n"
        )
        book.save(file := tmp_path / "book.xlsx")
        computed = office.recalculate(file)[growth.sheet]
        assert computed[f"{NATIVE}{growth.row}"].error == "#DIV/0!"
        said[answer] = computed[f"{AGREES}{growth.row}"].value
    assert said == {"#DIV/0!": "agrees", "#N/A": "differs", 0.3: "differs"}


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_is_sound_without_the_add_in(
    office: Office,
    ooxml_validator: Callable[[Iterable[Path]], list[Finding]],
    tmp_path: Path,
    language: str,
) -> None:
    """Excel opens it without a repair; where the add-in is absent a dash stands and no comparison."""
    file = tmp_path / "book.xlsx"
    file.write_bytes(scoring_workbook(language))
    assert [
        *ooxml_validator([file]),
        *audit_findings([file]),
        *lint_findings([file]),
    ] == []
    computed = office.recalculate(file)
    for question in questions(opened(language)):
        assert computed[question.sheet][f"{ANSWER}{question.row}"].value == "–"
        assert computed[question.sheet][f"{AGREES}{question.row}"].value in (None, "")


def test_workbook_knows_what_it_is(tmp_path: Path) -> None:
    """In a folder of plans the scoring workbook is passed over for what it is."""
    file = tmp_path / "scores.xlsx"
    file.write_bytes(scoring_workbook("de"))
    with pytest.raises(NotADocumentError) as refused:
        extract_plan(read_book(file))
    assert refused.value.kind is WorkbookKind.SCORING


@pytest.mark.parametrize("language", LANGUAGES)
def test_committed_workbook_is_fresh(language: str) -> None:
    """The file in `workbooks/` is what the code makes."""

    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            # The time of saving is the one thing that may differ.
            return {
                name: package.read(name)
                for name in package.namelist()
                if name != "docProps/core.xml"
            }

    committed = parts((COMMITTED / f"kamxl-scoring-{language}.xlsx").read_bytes())
    assert committed == parts(scoring_workbook(language)), f"renew with: {COMMAND}"
