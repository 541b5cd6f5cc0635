"""Writing a file so that nobody ever sees half of it.

It is written beside its target, flushed to the disk, and moved over it in one step; if anything fails the target is as
it was.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from kamxl.errors import InputError
from kamxl.plan.vocabulary import Text

__all__ = ["write_atomically"]

_OPEN = Text(
    de="{file}: Die Datei ist in Excel geöffnet oder schreibgeschützt. Bitte schließen und erneut versuchen.",
    en="{file}: The file is open in Excel or write-protected. Please close it and try again.",
)
_FAILED = Text(
    de="{file}: Die Datei lässt sich nicht schreiben ({reason}).", en="{file}: The file cannot be written ({reason})."
)


def write_atomically(path: Path, data: bytes, language: str) -> None:
    """Write `data` to `path`, whose folder is made if it is not there.

    Raises:
        InputError: the file is open elsewhere or its place cannot be written to; the message is in `language`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".kamxl-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise InputError(_FAILED[language].format(file=path, reason=error.strerror or error)) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _share_like_others(temporary)
        temporary.replace(path)
    except PermissionError:
        raise InputError(_OPEN[language].format(file=path)) from None
    except OSError as error:
        raise InputError(_FAILED[language].format(file=path, reason=error.strerror or error)) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _share_like_others(path: Path) -> None:
    """Temporary files are for their owner alone; a plan in a shared folder is for all who may read that folder."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
