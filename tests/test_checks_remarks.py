"""Each remark of the reader, from a workbook that somebody changed to the sentence a user reads."""

from __future__ import annotations

import re
import typing
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kamxl.checks.check import check
from kamxl.document.extract import Extract
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.marks import MARK
from kamxl.document.remarks import (
    EntryOutside,
    FieldContradictory,
    FieldMerged,
    FieldMoved,
    FieldNotFound,
    IdentityForeign,
    IdentityLost,
    MoreOutside,
    NotesBeside,
    PartDamaged,
    Remark,
    RowDoubled,
    RowOutside,
    RowsRelabelled,
    SettingsUnreadable,
    SheetDoubled,
    SheetForeign,
    SheetMissing,
    SheetRenamed,
    SheetUnknown,
    TableExtended,
    TableMissing,
)
from kamxl.plan.document import extract_plan, read_plan
from kamxl.xlsx.book import Book, Cell, Fault, SheetCells, State
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.extracts import TODAY
from tests.plan_files import full_plan, layout_of, saved

OPEN = {"de": "5 Offene Projekte", "en": "5 Open projects"}
PROFILE = {"de": "2 Wichtige Informationen", "en": "2 Key information"}
COVER = {"de": "Deckblatt", "en": "Cover"}
PROJECT, POSITION = "opportunities.open[0].project", "profile.market_position"
MOVED_DE = "wurde verschoben oder kopiert und ist nicht mehr eindeutig"
POSITION_DE = "Marktposition in der Branche inkl. Konkurrenzsituation"
POSITION_EN = "Market position in its industry, including its competitors"
MOVED_EN = "was moved or copied and is no longer unambiguous"


@pytest.fixture(scope="module")
def book_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Book]:
    """A full plan with an entry in every field, in either language."""
    folder = tmp_path_factory.mktemp("plans")

    @cache
    def book(language: str) -> Book:
        plan = full_plan(language=language)
        return read_book(saved(plan, folder / f"{language}.xlsx"))

    return book


def _row(path: str) -> int:
    return layout_of().spots[path][1].row


def _cell(path: str) -> str:
    return layout_of().cell(path)


def _two_rows_inserted(book: Book, language: str) -> Book:
    """Two deals typed into rows of their own, between the others."""
    row, sheet = _row("opportunities.open[3].project"), OPEN[language]
    book = edits.insert_rows(book, sheet, row, 2)
    for line in (row, row + 1):
        book = edits.put(book, sheet, f"C{line}", f"Werk {line}")
    return book


def _labels_swapped(book: Book, language: str) -> Book:
    """Two lines of a form sorted without their hidden keys."""
    row = _row(POSITION)
    rows, columns = range(row, row + 2), range(3, 30)
    return edits.sort_rows(book, PROFILE[language], rows, columns, [row + 1, row])


def _typed_anew(book: Book, language: str) -> Book:
    """An entry cut away, and another typed where it was."""
    home, sheet = _cell(POSITION), PROFILE[language]
    return edits.put(edits.cut(book, sheet, home, "D90"), sheet, home, "neu")


def _head_swapped(book: Book, language: str) -> Book:
    """The head of one column written over that of another."""
    row, sheet = _row(PROJECT) - 1, OPEN[language]
    return edits.put(book, sheet, f"C{row}", edits.sheet(book, sheet).at(row, 4).raw)


def _scribbled(book: Book, language: str) -> Book:
    """Two notes more than are named one by one."""
    for row in range(200, 227):
        book = edits.put(book, OPEN[language], f"Z{row}", f"Notiz {row}")
    return book


def _names_of_places(book: Book, language: str) -> Book:
    """Names that follow the place, as earlier versions wrote them, after the first two rows changed theirs."""
    layout = layout_of(language=language)
    of = layout.spots["revenue.wallet[0].demand"][0]
    cells = dict(edits.sheet(book, of.name).cells)
    first, second = (
        layout.spots[f"revenue.{table}[0].{key}"][1].row
        for table, key in (("revenue", "product_group"), ("wallet", "demand"))
    )
    for row, origin in ((second, first + 1), (second + 1, first)):
        name = cells[origin, 3].raw
        cells[row, 3] = Cell(
            row,
            3,
            State.VALUE,
            name,
            name,
            is_formula=True,
            formula=f'IF(C{origin}="","",C{origin})',
        )
    return edits.with_cells(book, of.name, cells.values())


def _row_below(book: Book, language: str) -> Book:
    """A deal far below the last one."""
    book = edits.put(book, OPEN[language], "C300", "Werk 9")
    return edits.put(book, OPEN[language], "F300", 200_000.0)


def _foreign_sheet(book: Book, language: str) -> Book:
    """A sheet that says of itself that it is of another plan."""
    name = OPEN[language]
    mark = next(
        c for c in edits.sheet(book, name).cells.values() if c.raw.startswith(MARK)
    )
    return edits.put(book, name, mark.address, mark.raw.replace("K 1", "K 2"))


def _foreign_identity(book: Book, _: str) -> Book:
    """The hidden sheet of another account's plan."""
    cells = edits.sheet(book, IDENTITY_SHEET).cells.values()
    account = next(cell for cell in cells if cell.raw == "K 1")
    return edits.put(book, IDENTITY_SHEET, account.address, "K 2")


def _own_sheet(book: Book, language: str) -> Book:
    """A sheet of somebody's own."""
    del language
    cells = {(1, 1): Cell(1, 1, State.VALUE, "Mein Blatt", "Mein Blatt")}
    return replace(book, sheets=(*book.sheets, SheetCells("Notizen", True, cells)))


def _two_rows_merged(book: Book, language: str) -> Book:
    """The first two projects in one cell; merging empties the second."""
    name = OPEN[language]
    book = edits.clear(book, name, lambda cell: cell.address == "C14")
    sheets = (
        replace(s, merged=("C13:C14",)) if s.name == name else s for s in book.sheets
    )
    return replace(book, sheets=tuple(sheets))


def _table_deleted(book: Book, language: str) -> Book:
    """The second table of sheet 4 deleted, with all that is hidden around it."""
    spots = layout_of(language=language).spots
    sheet, spot = spots["projects.lost[0].project"]
    return edits.delete_rows(book, sheet.name, spot.row - 3, 200)


Case = tuple[type[Remark], Callable[[Book, str], Book], list[str], list[str]]
# The kind of remark, what is done to a plan, and what is said of it in German and English.
CASES: dict[str, Case] = {
    "sheet deleted": (
        SheetMissing,
        lambda book, language: edits.delete_sheet(book, PROFILE[language]),
        ["Das Blatt „2 Wichtige Informationen“ fehlt."],
        ["The sheet “2 Key information” is missing."],
    ),
    "sheet renamed": (
        SheetRenamed,
        lambda book, language: edits.rename(book, OPEN[language], "Pipeline"),
        ["Das Blatt „5 Offene Projekte“ heißt jetzt „Pipeline“."],
        ["The sheet “5 Open projects” is now called “Pipeline”."],
    ),
    "sheet copied": (
        SheetDoubled,
        lambda book, language: edits.duplicate(book, COVER[language], "Kopie"),
        ["Das Blatt „Deckblatt“ ist mehrfach vorhanden, auch als „Kopie“; gelesen wurde nur „Deckblatt“."],
        ["The sheet “Cover” exists more than once, also as “Kopie”; only “Cover” was read."],
    ),
    "sheet added": (
        SheetUnknown,
        _own_sheet,
        ["Das Blatt „Notizen“ gehört nicht zum Accountplan."],
        ["The sheet “Notizen” is not part of the account plan."],
    ),
    "comments written": (
        NotesBeside,
        lambda book, language: replace(
            book,
            sheets=tuple(
                replace(sheet, has_notes=sheet.name == OPEN[language])
                for sheet in book.sheets
            ),
        ),
        ["Auf dem Blatt „5 Offene Projekte“ stehen Kommentare oder Textfelder; sie gehören nicht zum Plan."],
        ["There are comments or text boxes on the sheet “5 Open projects”; they are not part of the plan."],
    ),
    "rows above": (
        FieldMoved,
        lambda book, language: edits.insert_rows(book, OPEN[language], 1, 2),
        ["„Projekt“ steht nicht mehr an der ursprünglichen Stelle (C15 statt C13)."],
        ["“Project” is no longer in its original place (C15 instead of C13)."],
    ),
    "rows between": (
        TableExtended,
        _two_rows_inserted,
        ["Die Tabelle „Offene Projekte“ wurde um Zeilen verlängert (32 statt 30)."],
        ["Rows were added to the table “Open projects” (32 instead of 30)."],
    ),
    "column deleted": (
        FieldNotFound,
        lambda book, language: edits.delete_columns(book, OPEN[language], "C"),
        ["„Projekt“ wurde in der Arbeitsmappe nicht gefunden."],
        ["“Project” was not found in the workbook."],
    ),
    "two rows merged": (
        FieldMerged,
        _two_rows_merged,
        ["Projekt: Die Zelle gehört zum verbundenen Bereich C13:C14; zu sehen ist nur, was in C13 steht."],
        ["Project: the cell belongs to the merged range C13:C14; only what stands in C13 can be seen."],
    ),
    "labels swapped": (
        FieldContradictory,
        _labels_swapped,
        [
            f"„{POSITION_DE}“ {MOVED_DE}; gelesen wurde diese Zelle.",
            f"„Entwicklungspotenzial im Markt“ {MOVED_DE}; gelesen wurde diese Zelle.",
        ],
        [
            f"“{POSITION_EN}” {MOVED_EN}; this cell was read.",
            f"“Development potential in the market” {MOVED_EN}; this cell was read.",
        ],
    ),
    "entry typed anew": (
        FieldContradictory,
        _typed_anew,
        [f"„{POSITION_DE}“ {MOVED_DE} (auch auf D90); gelesen wurde diese Zelle."],
        [f"“{POSITION_EN}” {MOVED_EN} (also to D90); this cell was read."],
    ),
    "head swapped": (
        FieldContradictory,
        _head_swapped,
        [f"„Projekt“ {MOVED_DE}; gelesen wurde diese Zelle."],
        [f"“Project” {MOVED_EN}; this cell was read."],
    ),
    "table deleted": (
        TableMissing,
        _table_deleted,
        ["Die Tabelle „Verlorene Projekte“ wurde nicht gefunden."],
        ["The table “Lost projects” was not found."],
    ),
    "row copied": (
        RowDoubled,
        lambda book, language: edits.copy_row(book, PROFILE[language], _row("profile.swot[0].strengths")),
        ["„SWOT-Analyse: Produkt“: Diese Zeile ist doppelt vorhanden; gelesen wurde nur die erste."],
        ["“SWOT analysis: Product”: this row exists twice; only the first was read."],
    ),
    "row below": (
        RowOutside,
        _row_below,
        ["„Offene Projekte“: Zeile 300 gehört nicht zur Tabelle und wird nicht gelesen (Werk 9, 200.000)."],
        ["“Open projects”: row 300 is not part of the table and is not read (Werk 9, 200,000)."],
    ),
    "names of places": (
        RowsRelabelled,
        _names_of_places,
        [
            ("„Bedarf und Lieferanteil“: Neben den Einträgen stehen andere Namen als zu Beginn, weil die Tabelle, aus "
            "der die Namen kommen, sortiert wurde; gelesen wurde, was jetzt neben jedem Namen steht.")
        ],
        [
            ("“Demand and share of wallet”: other names stand beside the entries than at first, because the table that "
            "the names come from was sorted; what stands beside each name now was read.")
        ],
    ),
    "note beside": (
        EntryOutside,
        lambda book, language: edits.put(book, OPEN[language], "Z99", 1234567.5),
        ["Außerhalb der vorgesehenen Felder steht etwas, das nicht gelesen wird: „1.234.567,5“."],
        ["Outside the fields of the plan there is something that is not read: “1,234,567.5”."],
    ),
    "notes all over": (
        MoreOutside,
        _scribbled,
        ["Außerhalb der vorgesehenen Felder steht etwas, das nicht gelesen wird: 2 weitere Einträge (Z225:Z226)."],
        ["Outside the fields of the plan there is something that is not read: 2 further entries (Z225:Z226)."],
    ),
    "sheet of another plan": (
        SheetForeign,
        _foreign_sheet,
        ["Das Blatt „5 Offene Projekte“ stammt aus einem anderen Plan; von ihm wurde nichts gelesen."],
        ["The sheet “5 Open projects” comes from another plan; nothing of it was read."],
    ),
    "identity of another plan": (
        IdentityForeign,
        _foreign_identity,
        [
            (
                "Das verborgene Blatt „_kamxl“ gehört zu einem anderen Plan; die übrigen Blätter gehören zu Kunde "
                "K 1, 2027."
            )
        ],
        ["The hidden sheet “_kamxl” belongs to another plan; the other sheets belong to account K 1, 2027."],
    ),
    "identity lost": (
        IdentityLost,
        lambda book, _: replace(edits.delete_sheet(book, IDENTITY_SHEET), properties={}),
        [
            (
                "Das verborgene Blatt „_kamxl“ fehlt, vermutlich weil die Blätter in eine neue Arbeitsmappe verschoben "
                "wurden. Gelesen wurde ein Plan von Kunde K 1 für 2027 mit den Standardwerten."
            )
        ],
        [
            (
                "The hidden sheet “_kamxl” is missing, probably because the sheets were moved to a new workbook. "
                "A plan of account K 1 for 2027 was read with the defaults."
            )
        ],
    ),
    "identity deleted": (
        SettingsUnreadable,
        lambda book, _: edits.delete_sheet(book, IDENTITY_SHEET),
        ["Die in der Arbeitsmappe hinterlegten Einstellungen sind nicht lesbar; es gelten die Standardwerte."],
        ["The settings stored in the workbook cannot be read; the defaults apply."],
    ),
}  # fmt: skip


def _told(found: Extract, kind: type[Remark]) -> list[str]:
    """What a check says because of the remarks of one kind."""
    remarks = tuple(remark for remark in found.remarks if isinstance(remark, kind))
    before = check(replace(found, remarks=()), today=TODAY).findings
    after = check(replace(found, remarks=remarks), today=TODAY).findings
    return [finding.message for finding in after if finding not in before]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("case", CASES)
def test_a_change_is_told_in_a_sentence(
    case: str, language: str, book_of: Callable[[str], Book]
) -> None:
    """What somebody did to the workbook is said with the names, places and numbers that matter."""
    kind, edit, *sentences = CASES[case]
    found = extract_plan(edit(book_of(language), language))
    assert _told(found, kind) == sentences[language == "en"]


def test_every_kind_of_remark_is_tried() -> None:
    """A new remark needs a change that sets it off."""
    tried = {kind for kind, *_ in CASES.values()} | {PartDamaged}
    assert tried == set(typing.get_args(Remark))


def _plan_with(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """A full German plan of which one part was changed inside the file."""
    saved(full_plan(), path)
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    name = next(name for name in parts if name.endswith(part))
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as after:
        for name, content in parts.items():
            after.writestr(name, content)
    return path


def _half(part: str) -> str:
    return part[: len(part) // 2]


def _first_cell_twice(part: str) -> str:
    cell = re.search(r'<c r="[A-Z]+\d+"[^>]*><(v|is)>.*?</c>', part)
    assert cell is not None
    return part.replace(cell[0], cell[0] * 2, 1)


def _beyond(part: str) -> str:
    stray = '<row r="2000000"><c r="A2000000"><v>1</v></c></row></sheetData>'
    return part.replace("</sheetData>", stray)


IRREGULAR = "Die Datei ist nicht so aufgebaut, wie Excel sie schreibt"
DAMAGES: dict[Fault, tuple[str, Callable[[str], str], str]] = {
    Fault.SHEET_DAMAGED: (
        "sheet4.xml", _half, "Dieses Blatt ist in der Datei beschädigt und nur zum Teil lesbar.",
    ),
    Fault.STRINGS_DAMAGED: (
        "sharedStrings.xml", _half, "Die Texte der Zellen sind in der Datei beschädigt und nur zum Teil lesbar.",
    ),
    Fault.STYLES_DAMAGED: (
        "styles.xml", _half,
        f"{IRREGULAR}: Zahlenformate fehlen, Datumsangaben können als Zahl erscheinen.",
    ),
    Fault.PROPERTIES_DAMAGED: (
        "custom.xml", _half,
        f"{IRREGULAR}: die Dokumenteigenschaften sind nicht lesbar.",
    ),
    Fault.CELL_TWICE: (
        "sheet4.xml", _first_cell_twice,
        f"{IRREGULAR}: eine Zelle kommt mehrfach vor.",
    ),
    Fault.OUTSIDE_THE_GRID: (
        "sheet4.xml", _beyond,
        f"{IRREGULAR}: Zellen liegen außerhalb des Tabellenblatts.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", Fault)
def test_a_damage_is_told_in_a_sentence(fault: Fault, tmp_path: Path) -> None:
    """What had to be left out of a damaged file is said in a user's words, not in those of the file format."""
    part, change, sentence = DAMAGES[fault]
    found = read_plan(_plan_with(tmp_path / "plan.xlsx", part, change))
    assert fault in {r.fault for r in found.remarks if isinstance(r, PartDamaged)}
    assert sentence in _told(found, PartDamaged)
