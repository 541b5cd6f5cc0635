"""Where a report may be written: over an earlier one of its kind, and only where Excel will open it.

Example: `check_target(Path("Accountplan Mühlenwerke.xlsx"), WorkbookKind.PORTFOLIO, "de")` raises an `InputError`: what
lies there is a plan. An older portfolio passes, and so does no file at all. What a file is, its content says, not its
name: by its document properties, or by the hidden sheet that says the same; a file that cannot be read stays too.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from kamxl.document.extract import WorkbookKind
from kamxl.document.finding.read import NotADocumentError, extract
from kamxl.errors import InputError
from kamxl.texts import Text
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.package import open_package
from kamxl.xlsx.parts import custom_properties
from kamxl.xlsx.source import WorkbookError

_KEPT = Text(
    de="{file}: {what}; sie wird nicht überschrieben. Bitte einen anderen Dateinamen angeben.",
    en="{file}: {what}; it is not overwritten. Please give another file name.",
)
_PLAN = Text(de="Diese Datei ist ein Accountplan", en="This file is an account plan")
_OTHER = Text(
    de="Diese Datei ist eine andere Arbeitsmappe von kamxl",
    en="This file is another workbook of kamxl",
)
_FOREIGN = Text(
    de="Diese Arbeitsmappe stammt nicht von kamxl",
    en="This workbook was not made by kamxl",
)
_UNREADABLE = Text(
    de="Diese Datei lässt sich nicht als Arbeitsmappe öffnen (verschlüsselt, beschädigt oder ganz anderer Art)",
    en="This file cannot be opened as a workbook (encrypted, damaged or of another sort altogether)",
)
_NO_NAME = Text(
    de="{file}: Das ist kein Name einer Arbeitsmappe; bitte z. B. {file.stem}.xlsx angeben.",
    en="{file}: This is no workbook’s name; please give one such as {file.stem}.xlsx.",
)
_SAID: Mapping[WorkbookKind | None, Text] = MappingProxyType(
    {None: _FOREIGN, WorkbookKind.PLAN: _PLAN, WorkbookKind.TEMPLATE: _PLAN}
)


def check_target(path: Path, kind: WorkbookKind, language: str) -> None:
    """See to it that a report becomes a file that Excel opens, over nothing but an earlier report.

    Args:
        path: where it is about to be written.
        kind: what is written.
        language: of the message.

    Raises:
        InputError: `path` is no name of a workbook, is a folder, or holds anything else than a workbook of this kind.
    """
    exists = path.exists() or path.is_symlink()
    if path.suffix.lower() != ".xlsx" or path.is_dir():
        raise InputError(_NO_NAME[language].format(file=path))
    if not exists:
        return
    try:
        found = _kind_of(path)
    except WorkbookError:
        raise InputError(_kept(path, _UNREADABLE, language)) from None
    if found is not kind:
        raise InputError(_kept(path, _SAID.get(found, _OTHER), language))


def _kept(path: Path, what: Text, language: str) -> str:
    return _KEPT[language].format(file=path, what=what[language])


def _kind_of(path: Path) -> WorkbookKind | None:
    """What a workbook says that it is; `None` where it says nothing.

    The properties are asked first: a large portfolio has more cells than are read of a plan.

    Raises:
        WorkbookError: it is no readable workbook.
    """
    told = properties_of(path).get("kamxl_kind")
    known = next((kind for kind in WorkbookKind if kind.value == told), None)
    return known or _kind_of_sheet(path)


def properties_of(path: Path) -> Mapping[str, str]:
    """The custom document properties of a workbook, known without reading its cells.

    Raises:
        WorkbookError: it is no readable workbook.
    """
    package = open_package(path)
    parts = package.relationships().get("custom-properties", {})
    told = (
        custom_properties(package, part) for part in parts.values() if part in package
    )
    return dict(chain.from_iterable(properties.items() for properties in told))


def _kind_of_sheet(path: Path) -> WorkbookKind | None:
    """What the hidden sheet says that every workbook of ours has."""
    try:
        extract(read_book(path))
    except NotADocumentError as error:
        return error.kind
    return None
