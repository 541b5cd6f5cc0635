"""The workbook with the buttons, `kamxl-control.xlsm`, made on any system.

One sheet with the fields that `kamxl.excel.control` reads and writes, buttons that are drawn shapes with a macro, and
the VBA of xlwings' own standalone workbook, which needs no add-in: it finds Python by `kamxl.conf`, as the add-in does.
The sheets with the portfolio are made by the first consolidation.
"""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.page import PageMargins

from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.page import PrintArea, set_up_page
from kamxl.document.drawing.pen import Pen
from kamxl.document.drawing.signing import describe, identity_of_report, sign
from kamxl.document.drawing.styles import Stylist
from kamxl.document.extract import WorkbookKind
from kamxl.document.layout.grid import Spot
from kamxl.document.layout.layout import quoted
from kamxl.document.vocabulary import Kind
from kamxl.excel.control.macros import Button, control_project, drawing, with_macros
from kamxl.excel.control.panel import (
    ACCOUNTS,
    COUNTS,
    FOLDER,
    PLAN,
    REVENUE,
    SETTINGS,
    STATUS,
)
from kamxl.excel.line import FIRST, draw_line
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.book import column_letter
from kamxl.xlsx.mend import mend_package
from kamxl.xlsx.saving import write_atomically

CONTROL_NAME = "kamxl-control.xlsm"
LAST = 7
_SCALE = 85  # in per cent
_WIDTHS = {1: 2, **dict.fromkeys(range(FIRST, LAST + 1), 21)}
_FOLDER_ROW, _LISTS_ROW, _PLAN_ROW, _SCORES_ROW, _STEPS_ROW = 9, 17, 25, 30, 34
_INPUT, _INPUT_LAST, _LEFT_BUTTON, _RIGHT_BUTTON = 3, 5, 6, 7

SHEET = Text(de="Steuerung", en="Control panel")
_TITLE = Text(
    de="Steuerpult Key-Account-Management", en="Key account management control panel"
)
_GUIDANCE = Text(
    de="Pläne eines Ordners zusammenführen, neue schreiben, Befunde zurückgeben, einen Plan prüfen und nachrechnen",
    en="Consolidate the plans of a folder, write new ones, hand findings back, check and recompute a plan",
)
_STATUS = Text(de="Status", en="Status")
_READY = Text(de="Bereit.", en="Ready.")
_CONSOLIDATE = Text(de="1  Pläne zusammenführen", en="1  Consolidate plans")
_FOLDER = Text(de="Ordner mit den Plänen", en="Folder with the plans")
_SETTINGS = Text(de="Einstellungen (kamxl.toml)", en="Settings (kamxl.toml)")
_OPTIONAL = Text(de="freiwillig", en="optional")
_COUNTED = {
    "found": Text(de="Dateien gelesen", en="Files read"),
    "accepted": Text(de="übernommen", en="Accepted"),
    "partial": Text(de="teilweise übernommen", en="Partly accepted"),
    "rejected": Text(de="abgelehnt", en="Rejected"),
    "ignored": Text(de="nicht berücksichtigt", en="Ignored"),
}
_ROUND = Text(de="2  Neue Pläne und Befunde", en="2  New plans and findings")
_ACCOUNTS = Text(de="Kundenliste", en="Account list")
_REVENUE = Text(de="Umsatzliste", en="Revenue list")
_ROUND_HINT = Text(
    de="Alles geschieht im Ordner oben. „Neue Pläne“ lässt vorhandene Pläne, wie sie sind. „Befunde je KAM“ schreibt "
    "für jeden eine Arbeitsmappe und einen Mailentwurf in den Unterordner „Befunde je KAM“.",
    en="All of it happens in the folder above. “New plans” leaves existing plans as they are. “Findings per KAM” "
    "writes a workbook and a mail draft for each into the subfolder “Findings per KAM”.",
)
_CHECK = Text(de="3  Plan prüfen", en="3  Check a plan")
_PLAN = Text(de="Plan (leer: der geöffnete)", en="Plan (blank: the open one)")
_CHECK_HINT = Text(
    de="Markiert jeden Befund in seiner Zelle (Farbe und Notiz) und listet alle auf dem Blatt „Prüfprotokoll“ des "
    "Plans.",
    en="Marks each finding in its cell (colour and note) and lists all of them on the sheet “Findings” of the plan.",
)
_SCORES = Text(de="4  Scores nachrechnen", en="4  Recompute scores")
_SCORES_HINT = Text(
    de="Rechnet alle Kennzahlen des Plans in Python nach und nennt, was von den Formeln abweicht. In einer anderen "
    "geöffneten Arbeitsmappe: sucht die KAM-Funktionen des aktiven Blatts neu.",
    en="Recomputes all figures of the plan in Python and names those that differ from the formulas. In another open "
    "workbook: looks up the KAM functions of the active sheet anew.",
)
_HOW = Text(de="Bevor es losgeht", en="Before you start")
_STEPS = (
    Text(
        de="Einmal „kamxl udf install“ ausführen: Danach weiß diese Mappe, welches Python antwortet.",
        en="Run “kamxl udf install” once: then this workbook knows which Python answers.",
    ),
    Text(
        de="Makros zulassen. Kam die Datei per Mail oder Download: Rechtsklick, Eigenschaften, „Zulassen“.",
        en="Allow macros. If the file came by mail or download: right-click, Properties, “Unblock”.",
    ),
    Text(
        de="Die Pläne selbst werden beim Zusammenführen nie verändert. Beim Prüfen wird nichts gespeichert: Ob die "
        "Markierungen bleiben, entscheiden Sie beim Schließen des Plans.",
        en="Consolidating never changes the plans themselves. Checking saves nothing: whether the marks stay is your "
        "choice when you close the plan.",
    ),
)


_CHOOSE_FOLDER = Text(de="Ordner wählen …", en="Choose folder …")
_CLEAR = Text(de="Markierungen löschen", en="Clear marks")
_CHOOSE = Text(de="Wählen …", en="Choose …")
_BUTTONS = (
    Button("KamxlChooseFolder", _CHOOSE_FOLDER, _FOLDER_ROW, _LEFT_BUTTON, main=False),
    Button("KamxlConsolidate", Text(de="Zusammenführen", en="Consolidate"), _FOLDER_ROW, _RIGHT_BUTTON),
    Button("KamxlChooseAccounts", _CHOOSE, _LISTS_ROW, _LEFT_BUTTON, main=False),
    Button("KamxlNewPlans", Text(de="Neue Pläne", en="New plans"), _LISTS_ROW, _RIGHT_BUTTON),
    Button("KamxlChooseRevenue", _CHOOSE, _LISTS_ROW + 1, _LEFT_BUTTON, main=False),
    Button("KamxlMissing", Text(de="Wer fehlt?", en="Who is missing?"), _LISTS_ROW + 1, _RIGHT_BUTTON),
    Button("KamxlCheckFolder", Text(de="Ordner prüfen", en="Check folder"), _LISTS_ROW + 2, _RIGHT_BUTTON),
    Button("KamxlPerKam", Text(de="Befunde je KAM", en="Findings per KAM"), _LISTS_ROW + 3, _RIGHT_BUTTON),
    Button("KamxlChoosePlan", Text(de="Plan öffnen …", en="Open plan …"), _PLAN_ROW, _LEFT_BUTTON, main=False),
    Button("KamxlCheck", Text(de="Plan prüfen", en="Check plan"), _PLAN_ROW, _RIGHT_BUTTON),
    Button("KamxlClearMarks", _CLEAR, _PLAN_ROW + 1, _RIGHT_BUTTON, main=False),
    Button("KamxlRefresh", Text(de="Nachrechnen", en="Recompute"), _SCORES_ROW, _RIGHT_BUTTON),
)  # fmt: skip


def control_workbook(language: str = "de") -> bytes:
    """The workbook as the bytes of an .xlsm file, in "de" or "en".

    Raises:
        InputError: if pyOpenVBA is not installed.
    """
    book = Workbook()
    book.active.title = SHEET[language]
    stylist = Stylist(book, Settings().accent, language)
    pen = Pen(book.active, stylist, zoom=None)
    _draw(pen)
    _prepare(pen)
    _identify(book, language)
    file = io.BytesIO()
    book.save(file)
    shapes = drawing(_BUTTONS, stylist.palette.accent, language)
    return with_macros(mend_package(file.getvalue()), shapes, control_project())


def write_control_workbook(target: Path, language: str = "de") -> Path:
    """Write the workbook; returns its path.

    Raises:
        InputError: if pyOpenVBA is not installed, or the file cannot be written.
    """
    write_atomically(target, control_workbook(language), language)
    return target


def _draw(pen: Pen) -> None:
    language = pen.language
    draw_line(pen, 1, None, CellRole.BAND, 5, LAST)
    draw_line(pen, 2, _TITLE[language], CellRole.TITLE, 34, LAST)
    draw_line(pen, 3, _GUIDANCE[language], CellRole.GUIDANCE, 20, LAST)
    pen.write(Spot(5, FIRST), _STATUS[language], CellRole.LABEL)
    ready = Spot(5, _INPUT, last_column=LAST)
    _name(pen.write(ready, _READY[language], CellRole.STATUS), STATUS)
    pen.height(5, 40)
    _heading(pen, 7, _CONSOLIDATE[language])
    _entry(pen, _FOLDER_ROW, _FOLDER[language], FOLDER)
    _entry(pen, 10, f"{_SETTINGS[language]}, {_OPTIONAL[language]}", SETTINGS)
    pen.height(11, 8)
    for column, (name, label) in enumerate(_COUNTED.items(), start=FIRST):
        pen.write(Spot(12, column), label[language], CellRole.TILE_LABEL)
        tile = pen.write(Spot(13, column), None, CellRole.TILE, Kind.INTEGER)
        _name(tile, COUNTS[name])
    pen.height(12, 18)
    pen.height(13, 26)
    _heading(pen, _LISTS_ROW - 2, _ROUND[language])
    _entry(pen, _LISTS_ROW, _ACCOUNTS[language], ACCOUNTS)
    optional = f"{_REVENUE[language]}, {_OPTIONAL[language]}"
    _entry(pen, _LISTS_ROW + 1, optional, REVENUE)
    hint = _ROUND_HINT[language]
    draw_line(pen, _LISTS_ROW + 2, hint, CellRole.GUIDANCE, 30, _LEFT_BUTTON)
    pen.height(_LISTS_ROW + 3, 30)
    _heading(pen, _PLAN_ROW - 2, _CHECK[language])
    _entry(pen, _PLAN_ROW, _PLAN[language], PLAN)
    hint = _CHECK_HINT[language]
    draw_line(pen, _PLAN_ROW + 1, hint, CellRole.GUIDANCE, 30, _LEFT_BUTTON)
    _heading(pen, _SCORES_ROW - 2, _SCORES[language])
    hint = _SCORES_HINT[language]
    draw_line(pen, _SCORES_ROW, hint, CellRole.GUIDANCE, 30, _LEFT_BUTTON)
    _heading(pen, _STEPS_ROW - 2, _HOW[language])
    for row, step in enumerate(_STEPS, start=_STEPS_ROW):
        text = f"{row - _STEPS_ROW + 1}.  {step[language]}"
        height = 30 if len(step[language]) > 130 else 17
        draw_line(pen, row, text, CellRole.STEPS, height, LAST)


def _heading(pen: Pen, row: int, text: str) -> None:
    draw_line(pen, row, text, CellRole.HEADING, 22, LAST)
    pen.height(row + 1, 6)


def _entry(pen: Pen, row: int, label: str, name: str) -> None:
    pen.write(Spot(row, FIRST), label, CellRole.LABEL)
    place = Spot(row, _INPUT, last_column=_INPUT_LAST)
    _name(pen.write(place, None, CellRole.INPUT, Kind.TEXT), name)
    pen.height(row, 30)


def _name(cell: Cell, name: str) -> None:
    """Make a cell a field of the panel, into which people or kamxl write."""
    book = cell.parent.parent
    place = f"{quoted(cell.parent.title)}!${cell.column_letter}${cell.row}"
    book.defined_names[name] = DefinedName(name, attr_text=place)
    cell.protection = Protection(locked=False)


def _prepare(pen: Pen) -> None:
    sheet = pen.sheet
    # The names of the two document modules in xlwings' project.
    sheet.sheet_properties.codeName = "Sheet1"
    for column, width in _WIDTHS.items():
        pen.width(column, width)
    pen.protect()
    pen.select(Spot(_FOLDER_ROW, _INPUT, last_column=_INPUT_LAST))
    area = PrintArea(f"A1:{column_letter(LAST)}{_STEPS_ROW - 1 + len(_STEPS)}")
    # Made for the screen, it keeps Excel's own margins; a folder is one page, a plan the next.
    breaks = [_PLAN_ROW - 3]
    set_up_page(sheet, area, breaks=breaks, scale=_SCALE, margins=PageMargins())


def _identify(book: Workbook, language: str) -> None:
    """Among plans it is passed over as what it becomes: the portfolio."""
    identity = identity_of_report(WorkbookKind.PORTFOLIO, language, profile="full")
    sign(book, identity).sheet_properties.codeName = "Sheet2"
    book.code_name = "ThisWorkbook"
    describe(book, _TITLE[language], "", language, calculated=True)
