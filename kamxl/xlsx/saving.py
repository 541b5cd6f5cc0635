"""Writing a file so that nobody ever sees half of it.

It is written beside its target, flushed to the disk, and moved over it in one step; if anything fails the target is as
it was.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

from kamxl.document.extract import WorkbookKind
from kamxl.errors import InputError
from kamxl.texts import Text
from kamxl.xlsx.package import WorkbookError, open_package
from kamxl.xlsx.parts import custom_properties

__all__ = ["check_target", "write_atomically"]

_OPEN = Text(
    de="{file}: Die Datei ist in Excel geöffnet oder schreibgeschützt. Bitte schließen und erneut versuchen.",
    en="{file}: The file is open in Excel or write-protected. Please close it and try again.",
)
_FAILED = Text(
    de="{file}: Die Datei lässt sich nicht schreiben ({reason}).",
    en="{file}: The file cannot be written ({reason}).",
)
_A_PLAN = Text(
    de="{file}: Das ist ein Accountplan; er wird nicht überschrieben. Bitte einen anderen Dateinamen angeben.",
    en="{file}: This is an account plan; it is not overwritten. Please give another file name.",
)
_NO_NAME = Text(
    de="{file}: Das ist kein Name einer Arbeitsmappe; bitte z. B. {file.stem}.xlsx angeben.",
    en="{file}: This is no workbook’s name; please give one such as {file.stem}.xlsx.",
)
_TOO_LONG = Text(
    de="{file}: Der Pfad ist mit {length} Zeichen zu lang; Excel öffnet höchstens {limit}. Bitte kürzen.",
    en="{file}: The path of {length} characters is too long; Excel opens {limit} at most. Please shorten it.",
)
_LONGEST_PATH = 218
_RETRY_AFTER = (0.1, 0.3)  # seconds


def check_target(path: Path, language: str) -> None:
    """See to it that a report becomes a file that Excel opens, and is not written over somebody's plan.

    Raises:
        InputError: `path` is no name of a workbook, is a folder, or holds an account plan or the template of one.
    """
    exists = path.exists()
    if path.suffix.lower() != ".xlsx" or (exists and not path.is_file()):
        raise InputError(_NO_NAME[language].format(file=path))
    if not exists:
        return
    try:
        package = open_package(path)
        parts = package.relationships().get("custom-properties", {})
        kinds = {
            custom_properties(package, part).get("kamxl_kind")
            for part in parts.values()
            if part in package
        }
    except WorkbookError:
        return
    if kinds & {WorkbookKind.PLAN.value, WorkbookKind.TEMPLATE.value}:
        raise InputError(_A_PLAN[language].format(file=path))


def write_atomically(path: Path, data: bytes, language: str) -> None:
    """Write `data` to `path`, whose folder is made if it is not there.

    Raises:
        InputError: the file is open elsewhere or its place cannot be written to; the message is in `language`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=".kamxl-", suffix=".tmp", dir=path.parent
        )
    except OSError as error:
        raise InputError(_failed(path, error, language)) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _share_like_others(temporary)
        _move(temporary, path)
    except PermissionError:
        raise InputError(_OPEN[language].format(file=path)) from None
    except OSError as error:
        raise InputError(_failed(path, error, language)) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _move(temporary: Path, path: Path) -> None:
    """Put the written file in its place; on Windows virus scanners and sync clients hold new files for moments."""
    for pause in _RETRY_AFTER:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(path)


def _failed(path: Path, error: OSError, language: str) -> str:
    length = len(str(path.absolute()))
    if length > _LONGEST_PATH:
        return _TOO_LONG[language].format(file=path, length=length, limit=_LONGEST_PATH)
    return _FAILED[language].format(file=path, reason=error.strerror or error)


def _share_like_others(path: Path) -> None:
    """Temporary files are for their owner alone; a plan in a shared folder is for all who may read that folder."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
