"""Where a report may be written: never over somebody's plan, and only where Excel will open it.

Example: `check_target(Path("Accountplan Mühlenwerke.xlsx"), "de")` raises an `InputError`, for what lies there says in
its document properties that it is a plan; an older portfolio, a file of somebody else's or no file at all pass.
"""

from __future__ import annotations

from pathlib import Path

from kamxl.document.extract import WorkbookKind
from kamxl.errors import InputError
from kamxl.texts import Text
from kamxl.xlsx.package import open_package
from kamxl.xlsx.parts import custom_properties
from kamxl.xlsx.source import WorkbookError

_A_PLAN = Text(
    de="{file}: Das ist ein Accountplan; er wird nicht überschrieben. Bitte einen anderen Dateinamen angeben.",
    en="{file}: This is an account plan; it is not overwritten. Please give another file name.",
)
_NO_NAME = Text(
    de="{file}: Das ist kein Name einer Arbeitsmappe; bitte z. B. {file.stem}.xlsx angeben.",
    en="{file}: This is no workbook’s name; please give one such as {file.stem}.xlsx.",
)
_PLANS = frozenset({WorkbookKind.PLAN.value, WorkbookKind.TEMPLATE.value})


def check_target(path: Path, language: str) -> None:
    """See to it that a report becomes a file that Excel opens, and is not written over somebody's plan.

    Raises:
        InputError: `path` is no name of a workbook, is a folder, or holds an account plan or the template of one.
    """
    exists = path.exists()
    if path.suffix.lower() != ".xlsx" or (exists and not path.is_file()):
        raise InputError(_NO_NAME[language].format(file=path))
    if exists and _PLANS & _kinds(path):
        raise InputError(_A_PLAN[language].format(file=path))


def _kinds(path: Path) -> set[str | None]:
    """What a file says that it is, in its document properties; nothing if it is no workbook."""
    try:
        package = open_package(path)
        parts = package.relationships().get("custom-properties", {})
        return {
            custom_properties(package, part).get("kamxl_kind")
            for part in parts.values()
            if part in package
        }
    except WorkbookError:
        return set()
