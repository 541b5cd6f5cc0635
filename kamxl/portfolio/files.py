"""Writing a file so that nobody ever sees half of it, and links from one file to another."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from kamxl.errors import InputError
from kamxl.plan.vocabulary import Language, Text

__all__ = ["link_to", "write_whole"]

_OPEN = Text(
    de="„{name}“ kann nicht geschrieben werden; vermutlich ist die Datei in Excel geöffnet. Schließen Sie sie und "
    "starten Sie erneut.",
    en="“{name}” cannot be written; it is probably open in Excel. Close it and start again.",
)
_NO_PLACE = Text(
    de="In den Ordner „{name}“ kann nicht geschrieben werden ({reason}).",
    en="The folder “{name}” cannot be written to ({reason}).",
)


def write_whole(path: Path, data: bytes, language: Language = Language.DE) -> None:
    """Put `data` into a file beside `path`, then move it there; an earlier file stays whole until then.

    Raises:
        InputError: the folder cannot be written to, or the file is open in another program.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".kamxl-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(_NO_PLACE[language].format(name=path.parent, reason=reason)) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Temporary files are private; the finished one is as readable as any other.
        beside.chmod(0o666 & ~_mask())
        beside.replace(path)
    except OSError as error:
        raise InputError(_OPEN[language].format(name=path.name)) from error
    finally:
        beside.unlink(missing_ok=True)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def link_to(target: Path, source: Path) -> str:
    """How a workbook in the folder `source` refers to a file: a relative address with forward slashes.

    Where there is no relative way (another drive), the file's absolute address.

    >>> link_to(Path("/plans/Süd/Plan 1.xlsx"), Path("/plans/report"))
    '../S%C3%BCd/Plan%201.xlsx'
    """
    try:
        relative = os.path.relpath(target, source)
    except ValueError:
        return target.absolute().as_uri()
    return quote(Path(relative).as_posix())
