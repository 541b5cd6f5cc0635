"""What formats of files are called, and which of them may hold a plan that we cannot read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kamxl.texts import Text
from kamxl.xlsx import probe

PLAN_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""Endings that a plan may have."""

SHEET_SUFFIXES = frozenset(
    {
        *(".xls", ".xlsb", ".xlt", ".xlw", ".xlk", ".pxlsx", ".pxls"),
        *(".ods", ".fods", ".ots", ".sxc", ".numbers", ".et"),
    }
)
"""Endings of other spreadsheets."""

UNFINISHED_SUFFIXES = frozenset(
    {
        *(".crdownload", ".part", ".partial", ".download", ".opdownload"),
        *(".filepart", ".aria2", ".icloud", ".onedrive"),
    }
)
"""Endings that browsers and cloud folders give to files which have not arrived yet."""

LINK_SUFFIXES = frozenset({".url", ".lnk", ".webloc", ".gsheet"})
"""Endings of files that only point to another one."""

SHEETS = frozenset({"xls", "xlsb", "ods", "fods", "xml2003", "slk", "numbers"})
"""Kinds of spreadsheets that are not read."""

ARCHIVES = frozenset({probe.ZIP, "7z", "rar", "gz"})
MAILS = frozenset({"eml", "msg"})
"""Kinds of files with other files in them."""

OPENED = frozenset(
    {probe.ZIP, probe.OLE, probe.ENCRYPTED, probe.RIGHTS, "xls", "doc", "ppt", "msg"}
)
"""What the beginning of a file may be that has to be opened to tell what it is, whatever its name."""

UNREAD_SHEETS = SHEETS | SHEET_SUFFIXES
"""Kinds and endings of spreadsheets that are not read."""

SCANNED = SHEETS | {"csv", "html", "mhtml", "xml", probe.TEXT}
"""Kinds in which a plan leaves its traces when it is saved as such."""

_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "xls": Text(de="eine alte Excel-Datei (*.xls)", en="an old Excel file (*.xls)"),
        "xlsb": Text(
            de="eine binäre Excel-Arbeitsmappe (*.xlsb)",
            en="a binary Excel workbook (*.xlsb)",
        ),
        "xml2003": Text(
            de="eine XML-Kalkulationstabelle 2003 (*.xml)",
            en="an XML Spreadsheet 2003 (*.xml)",
        ),
        "ods": Text(
            de="eine OpenDocument-Tabelle (*.ods)",
            en="an OpenDocument spreadsheet (*.ods)",
        ),
        "fods": Text(
            de="eine OpenDocument-Tabelle (*.fods)",
            en="an OpenDocument spreadsheet (*.fods)",
        ),
        "slk": Text(de="eine SYLK-Tabelle (*.slk)", en="a SYLK spreadsheet (*.slk)"),
        "docx": Text(de="ein Word-Dokument (*.docx)", en="a Word document (*.docx)"),
        "odt": Text(
            de="ein OpenDocument-Text (*.odt)", en="an OpenDocument text (*.odt)"
        ),
        "numbers": Text(de="eine Numbers-Tabelle", en="a Numbers spreadsheet"),
        "ppt": Text(
            de="eine alte PowerPoint-Präsentation (*.ppt)",
            en="an old PowerPoint presentation (*.ppt)",
        ),
        "rtf": Text(de="ein RTF-Dokument", en="an RTF document"),
        "png": Text(de="ein Bild (PNG)", en="a picture (PNG)"),
        "jpeg": Text(de="ein Bild (JPEG)", en="a picture (JPEG)"),
        "gif": Text(de="ein Bild (GIF)", en="a picture (GIF)"),
        "mhtml": Text(
            de="eine gespeicherte Webseite (MHTML)", en="a saved web page (MHTML)"
        ),
        "7z": Text(de="ein 7z-Archiv", en="a 7z archive"),
        "rar": Text(de="ein RAR-Archiv", en="a RAR archive"),
        "gz": Text(de="ein GZIP-Archiv", en="a GZIP archive"),
        "eml": Text(de="eine E-Mail (*.eml)", en="a mail (*.eml)"),
        "msg": Text(de="eine E-Mail aus Outlook (*.msg)", en="an Outlook mail (*.msg)"),
        "doc": Text(
            de="ein altes Word-Dokument (*.doc)", en="an old Word document (*.doc)"
        ),
        "pptx": Text(
            de="eine PowerPoint-Präsentation (*.pptx)",
            en="a PowerPoint presentation (*.pptx)",
        ),
        "csv": Text(de="eine Textdatei (CSV)", en="a text file (CSV)"),
        "text": Text(de="eine Textdatei", en="a text file"),
        "txt": Text(de="eine Textdatei", en="a text file"),
        "html": Text(de="eine Webseite (HTML)", en="a web page (HTML)"),
        "xml": Text(de="eine XML-Datei", en="an XML file"),
        "pdf": Text(de="ein PDF-Dokument", en="a PDF document"),
        "zip": Text(de="ein ZIP-Archiv", en="a ZIP archive"),
        "xlsx": Text(de="eine Excel-Arbeitsmappe", en="an Excel workbook"),
    }
)


def format_name(kind: str) -> Text:
    """What a kind of file is called.

    >>> format_name("zip")["en"]
    'a ZIP archive'
    """
    other = Text(de=f"eine Datei vom Typ {kind}", en=f"a file of type {kind}")
    return _NAMES.get(kind, other)
