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
from openpyxl.styles import Alignment, NamedStyle, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.signing import sign
from kamxl.document.drawing.styles import LINE, WHITE, Stylist
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION, kamxl_version
from kamxl.document.layout.layout import quoted
from kamxl.document.vocabulary import Kind
from kamxl.excel.control.macros import Button, drawing, vba_project, with_macros
from kamxl.excel.control.panel import COUNTS, FOLDER, PLAN, SETTINGS, STATUS
from kamxl.excel.showcase.look import CardStylist, Writer
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.cells import column_letter
from kamxl.xlsx.mend import mend_package
from kamxl.xlsx.saving import write_atomically

__all__ = ["CONTROL_NAME", "control_workbook", "write_control_workbook"]

CONTROL_NAME = "kamxl-control.xlsm"
FIRST, LAST = 2, 7
_WIDTHS = {1: 2, **dict.fromkeys(range(FIRST, LAST + 1), 21)}
_STEPS_ROW = 26
_INPUT, _INPUT_LAST, _LEFT_BUTTON, _RIGHT_BUTTON = 3, 5, 6, 7

SHEET = Text(de="Steuerung", en="Control panel")
_TITLE = Text(
    de="Steuerpult Key-Account-Management", en="Key account management control panel"
)
_GUIDANCE = Text(
    de="Alle Pläne eines Ordners in diese Arbeitsmappe holen, einen Plan prüfen, seine Scores nachrechnen",
    en="Bring all plans of a folder into this workbook, check a plan, recompute its scores",
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
_CHECK = Text(de="2  Plan prüfen", en="2  Check a plan")
_PLAN = Text(de="Plan (leer: der geöffnete)", en="Plan (blank: the open one)")
_CHECK_HINT = Text(
    de="Markiert jeden Befund in seiner Zelle (Farbe und Notiz) und listet alle auf dem Blatt „Prüfprotokoll“ des "
    "Plans.",
    en="Marks each finding in its cell (colour and note) and lists all of them on the sheet “Findings” of the plan.",
)
_SCORES = Text(de="3  Scores nachrechnen", en="3  Recompute scores")
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


_BUTTONS = (
    Button(
        "KamxlChooseFolder",
        Text(de="Ordner wählen …", en="Choose folder …"),
        9,
        _LEFT_BUTTON,
        main=False,
    ),
    Button(
        "KamxlConsolidate",
        Text(de="Zusammenführen", en="Consolidate"),
        9,
        _RIGHT_BUTTON,
    ),
    Button(
        "KamxlChoosePlan",
        Text(de="Plan öffnen …", en="Open plan …"),
        17,
        _LEFT_BUTTON,
        main=False,
    ),
    Button("KamxlCheck", Text(de="Plan prüfen", en="Check plan"), 17, _RIGHT_BUTTON),
    Button(
        "KamxlClearMarks",
        Text(de="Markierungen löschen", en="Clear marks"),
        18,
        _RIGHT_BUTTON,
        main=False,
    ),
    Button("KamxlRefresh", Text(de="Nachrechnen", en="Recompute"), 22, _RIGHT_BUTTON),
)


class _PanelStylist(CardStylist):
    """Adds the field in which the panel speaks."""

    def _status(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=11, bold=True, fill=WHITE, border=LINE)
        style.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
        style.protection = Protection(locked=False)
        return style


def control_workbook(language: str = "de") -> bytes:
    """The workbook as the bytes of an .xlsm file, in "de" or "en".

    Raises:
        InputError: if pyOpenVBA is not installed.
    """
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = SHEET[language]
    stylist = _PanelStylist(book, Settings().accent, language)
    _draw(Writer(sheet, stylist))
    _prepare(sheet, stylist)
    _identify(book, language)
    file = io.BytesIO()
    book.save(file)
    shapes = drawing(_BUTTONS, stylist.palette.accent, language)
    return with_macros(mend_package(file.getvalue()), shapes, vba_project())


def write_control_workbook(target: Path, language: str = "de") -> Path:
    """Write the workbook; returns its path.

    Raises:
        InputError: if pyOpenVBA is not installed, or the file cannot be written.
    """
    write_atomically(target, control_workbook(language), language)
    return target


def _draw(writer: Writer) -> None:
    language = writer.language
    writer.put(1, FIRST, None, "band", LAST)
    writer.height(1, 5)
    writer.put(2, FIRST, _TITLE[language], "title", LAST)
    writer.height(2, 34)
    writer.put(3, FIRST, _GUIDANCE[language], "guidance", LAST)
    writer.height(3, 20)
    writer.put(5, FIRST, _STATUS[language], "label")
    _name(writer.put(5, _INPUT, _READY[language], "status", LAST), STATUS)
    writer.height(5, 40)
    _heading(writer, 7, _CONSOLIDATE[language])
    _entry(writer, 9, _FOLDER[language], FOLDER)
    _entry(writer, 10, f"{_SETTINGS[language]}, {_OPTIONAL[language]}", SETTINGS)
    writer.height(11, 8)
    for column, (name, label) in enumerate(_COUNTED.items(), start=FIRST):
        writer.put(12, column, label[language], "tile_label")
        _name(writer.put(13, column, None, "tile", kind=Kind.INTEGER), COUNTS[name])
    writer.height(12, 18)
    writer.height(13, 26)
    _heading(writer, 15, _CHECK[language])
    _entry(writer, 17, _PLAN[language], PLAN)
    writer.put(18, FIRST, _CHECK_HINT[language], "guidance", _LEFT_BUTTON)
    writer.height(18, 30)
    _heading(writer, 20, _SCORES[language])
    writer.put(22, FIRST, _SCORES_HINT[language], "guidance", _LEFT_BUTTON)
    writer.height(22, 30)
    _heading(writer, 24, _HOW[language])
    for row, step in enumerate(_STEPS, start=_STEPS_ROW):
        writer.put(
            row, FIRST, f"{row - _STEPS_ROW + 1}.  {step[language]}", "steps", LAST
        )
        writer.height(row, 30 if len(step[language]) > 130 else 17)


def _heading(writer: Writer, row: int, text: str) -> None:
    writer.put(row, FIRST, text, "heading", LAST)
    writer.height(row, 22)
    writer.height(row + 1, 6)


def _entry(writer: Writer, row: int, label: str, name: str) -> None:
    writer.put(row, FIRST, label, "label")
    _name(writer.put(row, _INPUT, None, "input", _INPUT_LAST, kind=Kind.TEXT), name)
    writer.height(row, 30)


def _name(cell: Cell, name: str) -> None:
    """Make a cell a field of the panel, into which people or kamxl write."""
    book = cell.parent.parent
    place = f"{quoted(cell.parent.title)}!${cell.column_letter}${cell.row}"
    book.defined_names[name] = DefinedName(name, attr_text=place)
    cell.protection = Protection(locked=False)


def _prepare(sheet: Worksheet, stylist: Stylist) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = stylist.palette.accent
    # The names of the two document modules in xlwings' project.
    sheet.sheet_properties.codeName = "Sheet1"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column_letter(column)].width = width
    sheet.protection.sheet = True
    sheet.protection.formatCells = sheet.protection.formatColumns = (
        sheet.protection.formatRows
    ) = False
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    setup.fitToWidth, setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{column_letter(LAST)}{_STEPS_ROW - 1 + len(_STEPS)}"


def _identify(book: Workbook, language: str) -> None:
    """Among plans it is passed over as what it becomes: the portfolio."""
    identity = Identity(
        kind=WorkbookKind.PORTFOLIO, template_version=TEMPLATE_VERSION, kamxl_version=kamxl_version(), schema_hash="",
        plan_id="", account_id="", plan_year=0, language=language, profile="full",
    )  # fmt: skip
    sign(book, identity).sheet_properties.codeName = "Sheet2"
    book.code_name = "ThisWorkbook"
    book.properties.title, book.properties.creator = _TITLE[language], "kamxl"
