"""Writing a file so that nobody ever sees half of it.

It is written beside its target, flushed to the disk, and moved over it in one step; if anything fails the target is as
it was. ``write_together({a: …, b: …}, "de")`` does so with files that belong together. A workbook of which a part is no
XML is never moved. What a run that was ended left behind (``.kamxl-x7f3.tmp``) is cleared away by the next one that
writes to the folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from kamxl.errors import InputError
from kamxl.texts import Text
from kamxl.xlsx.reasons import reason_of
from kamxl.xlsx.wellformed import malformed_part

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
_MALFORMED = Text(
    de="{file}: Die Arbeitsmappe wurde nicht geschrieben, weil sie beschädigt wäre ({part}). Bitte melden Sie diesen "
    "Fehler von kamxl.",
    en="{file}: The workbook was not written, as it would be damaged ({part}). Please report this fault of kamxl.",
)
_LONGEST_PATH = 218
_RETRY_AFTER = (0.1, 0.3)  # seconds
_PREFIX, _END = ".kamxl-", ".tmp"


def write_atomically(path: Path, data: bytes, language: str) -> None:
    """Write `data` to `path`, whose folder is made if it is not there.

    Raises:
        InputError: the file is open elsewhere, its place cannot be written to, or it is a workbook that no program
            could open; the message is in `language`.
    """
    write_together({path: data}, language)


def write_together(files: Mapping[Path, bytes], language: str) -> None:
    """Write several files that belong together: all of them, or, where one cannot be written, none.

    Raises:
        InputError: as `write_atomically`; every file is as it was before.
    """
    written: dict[Path, Path] = {}
    for path, data in files.items():
        part = malformed_part(data)
        if part:
            raise InputError(_MALFORMED[language].format(file=path, part=part))
    for folder in {path.parent for path in files}:
        _clear_away(folder)
    try:
        for path, data in files.items():
            with _words(path, language):
                written[path] = _beside(path, data)
        _exchange(written, language)
    finally:
        for temporary in written.values():
            _remove(temporary)


def try_file(path: Path, language: str) -> None:
    """See before the work whether a file can be written after it, without changing anything.

    Raises:
        InputError: as `write_atomically`.
    """
    with _words(path, language):
        if path.exists():
            path.open("r+b").close()
    try_folder(path.parent, language)


def try_folder(folder: Path, language: str) -> None:
    """See whether files can be written to a folder, which need not be there yet.

    Raises:
        InputError: they cannot be.
    """
    above = (folder, *folder.absolute().parents)
    nearest = next(filter(Path.exists, above), folder)
    with _words(nearest, language):
        tempfile.TemporaryFile(prefix=_PREFIX, suffix=_END, dir=nearest).close()


def _beside(path: Path, data: bytes) -> Path:
    """A new file with this content in the folder where it belongs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_END, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            # Some network drives know no locks.
            with contextlib.suppress(OSError):
                _claim(file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _share_like_others(temporary)
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def is_unfinished(name: str) -> bool:
    """Whether a file of this name is one that we began to write and never finished, or are writing now."""
    return name.startswith(_PREFIX) and name.endswith(_END)


def _clear_away(folder: Path) -> None:
    """Remove what runs that were ended left in a folder; what another run is writing now stays."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*{_END}"):
            if _is_abandoned(left):
                _remove(left)


def _is_abandoned(path: Path) -> bool:
    """Whether no process holds a file; on Windows one that is held cannot be removed anyway."""
    try:
        with path.open("rb") as file:
            _claim(file.fileno())
    except OSError:
        return False
    return True


def _claim(handle: int) -> None:
    """Tell other runs that a file is in use, as long as it is open. Raises `OSError` where another has done so."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchange(written: Mapping[Path, Path], language: str) -> None:
    """Put all new files in the places of the old ones; what was exchanged is put back if one cannot be."""
    kept: dict[Path, Path] = {}
    moved: list[Path] = []
    try:
        for path, temporary in written.items():
            with _words(path, language):
                # A file alone is exchanged or not: there is nothing to put back.
                if len(written) > 1 and path.exists():
                    kept[path] = _copy(path)
                _move(temporary, path)
                moved.append(path)
    except BaseException:
        for path in moved:
            _put_back(path, kept.get(path))
        raise
    finally:
        for old in kept.values():
            _remove(old)


def _copy(path: Path) -> Path:
    """The old file under a second name, so that there is a whole file under its own one at any time."""
    aside = path.with_name(f"{_PREFIX}{path.name}.old.tmp")
    _remove(aside)
    try:
        os.link(path, aside)
    except OSError:  # not every disk has files of two names
        shutil.copy2(path, aside)
    return aside


def _put_back(path: Path, old: Path | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            path.unlink(missing_ok=True)
        else:
            old.replace(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _words(path: Path, language: str) -> Iterator[None]:
    """Say in the user's words why a file cannot be written."""
    try:
        yield
    except OSError as error:
        held = isinstance(error, PermissionError) and path.exists()
        said = _OPEN[language].format(file=path) if held else ""
        raise InputError(said or _failed(path, error, language)) from None


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
    return _FAILED[language].format(file=path, reason=reason_of(error)[language])


def _share_like_others(path: Path) -> None:
    """Temporary files are for their owner alone; a plan in a shared folder is for all who may read that folder."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
