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

from kamxl.errors import InputError
from kamxl.texts import Text

_OPEN = Text(
    de="{file}: Die Datei ist in Excel geöffnet oder schreibgeschützt. Bitte schließen und erneut versuchen.",
    en="{file}: The file is open in Excel or write-protected. Please close it and try again.",
)
_FAILED = Text(
    de="{file}: Die Datei lässt sich nicht schreiben ({reason}).",
    en="{file}: The file cannot be written ({reason}).",
)
_TOO_LONG = Text(
    de="{file}: Der Pfad ist mit {length} Zeichen zu lang; Excel öffnet höchstens {limit}. Bitte kürzen.",
    en="{file}: The path of {length} characters is too long; Excel opens {limit} at most. Please shorten it.",
)
_LONGEST_PATH = 218
_RETRY_AFTER = (0.1, 0.3)  # seconds


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
