"""A file's bytes, read once and unchanged, from a folder where people are at work.

Excel, virus scanners and sync clients hold a file for moments; what cannot be read is tried again for about a
second before it is called locked. A file whose size or time changed while it was read is read again.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from kamxl.errors import KamxlError

_MEGABYTE = 1 << 20
_RETRY_AFTER = (0.1, 0.3, 0.6)  # seconds
# Windows calls it a missing permission, too, when another program holds a file.
_SHARING_VIOLATIONS = (32, 33)


class FileFault(StrEnum):
    """Why a file cannot be read as a workbook."""

    NOT_A_WORKBOOK = "not-a-workbook"
    EMPTY_FILE = "empty-file"
    OTHER_FORMAT = "other-format"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"
    TOO_SLOW = "too-slow"
    TOO_HEAVY = "too-heavy"
    OWNER_FILE = "owner-file"
    CHANGED_WHILE_READ = "changed-while-read"
    MISSING = "missing"


_PASSING = frozenset(
    {FileFault.LOCKED, FileFault.FORBIDDEN, FileFault.CHANGED_WHILE_READ}
)


class WorkbookError(KamxlError):
    """A file that is no readable workbook.

    Attributes:
        fault: what is the matter.
        path: the file as the caller named it.
        detail: a neutral technical detail in English, such as `"xls"` or a part's name; may be empty.
    """

    def __init__(
        self, fault: FileFault, path: str | os.PathLike[str], detail: str = ""
    ) -> None:
        self.fault = fault
        self.path = Path(path)
        self.detail = detail
        more = f" ({detail})" if detail else ""
        super().__init__(f"{self.path}: {fault.value}{more}")

    def __reduce__(self) -> tuple[type[WorkbookError], tuple[FileFault, Path, str]]:
        # Files are read in worker processes, too; the default would call __init__ with the message.
        return type(self), (self.fault, self.path, self.detail)


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much of a file is read before it is called too large. A filled plan stays below a fiftieth.

    Attributes:
        max_file_bytes: size of the file.
        max_part_bytes: inflated size of one part.
        max_total_bytes: inflated size of all parts that are read.
        max_parts: entries of the zip directory.
        max_elements: XML elements of all parts that go through the parser; plain cells do not.
        max_sheets: sheets of the workbook.
        max_names: defined names of the workbook.
        max_cells: cells with content, over all sheets.
        max_strings: shared strings.
        max_text: characters of one text.
        max_formula: characters of the formula that a name stands for; Excel itself allows no more.
        max_added: entries in rows that somebody added to the tables of a document.
    """

    max_file_bytes: int = 64 * _MEGABYTE
    max_part_bytes: int = 64 * _MEGABYTE
    max_total_bytes: int = 96 * _MEGABYTE
    max_parts: int = 20_000
    max_elements: int = 400_000
    max_sheets: int = 1_000
    max_names: int = 100_000
    max_cells: int = 200_000
    max_strings: int = 150_000
    max_text: int = 100_000
    max_formula: int = 8_192
    max_added: int = 10_000


ORDINARY = ReadingLimits(
    max_part_bytes=4 * _MEGABYTE,
    max_total_bytes=8 * _MEGABYTE,
    max_elements=100_000,
    max_sheets=60,
    max_names=5_000,
    max_cells=10_000,
    max_strings=20_000,
    max_text=33_000,
    max_added=2_000,
)
"""What a workbook stays below that costs little to read: some five times a large plan."""


def read_file(path: str | os.PathLike[str], limits: ReadingLimits) -> bytes:
    """Return a file's bytes.

    Raises:
        WorkbookError: `OWNER_FILE`, `MISSING`, `NOT_A_WORKBOOK` (a folder or a device), `EMPTY_FILE`,
            `TOO_LARGE`, `LOCKED`, `FORBIDDEN` or `CHANGED_WHILE_READ`.
    """
    if PurePath(path).name.startswith(("~$", ".~lock.")):
        raise WorkbookError(FileFault.OWNER_FILE, path)
    for pause in _RETRY_AFTER:
        try:
            return _read_once(path, limits)
        except WorkbookError as error:
            if error.fault not in _PASSING:
                raise
        time.sleep(pause)
    return _read_once(path, limits)


def _read_once(path: str | os.PathLike[str], limits: ReadingLimits) -> bytes:
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() follows links, and asks the disk before the try
    place = Path(extended_path(absolute, windows=os.name == "nt"))
    try:
        before = place.stat()
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(before.st_mode):
            raise WorkbookError(FileFault.NOT_A_WORKBOOK, path, "no regular file")
        if before.st_size > limits.max_file_bytes:
            raise WorkbookError(FileFault.TOO_LARGE, path, f"{before.st_size} bytes")
        with place.open("rb") as file:
            data = file.read(limits.max_file_bytes + 1)
        after = place.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise WorkbookError(FileFault.MISSING, path) from error
    except (OSError, ValueError) as error:
        # ValueError: a null character in the name.
        fault = FileFault.FORBIDDEN if _is_forbidden(error) else FileFault.LOCKED
        raise WorkbookError(fault, path, str(error)) from error
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(data) != after.st_size:
        raise WorkbookError(FileFault.CHANGED_WHILE_READ, path)
    if not data:
        raise WorkbookError(FileFault.EMPTY_FILE, path)
    return data


def _is_forbidden(error: Exception) -> bool:
    """Whether a permission is missing, rather than another program in the way."""
    code = getattr(error, "winerror", None)
    return isinstance(error, PermissionError) and code not in _SHARING_VIOLATIONS


def extended_path(path: str, *, windows: bool) -> str:
    r"""Return an absolute path in the form Windows needs beyond 259 characters, any other path unchanged.

    >>> extended_path("\\\\server\\Kunden\\" + "x" * 250, windows=True)[:20]
    '\\\\?\\UNC\\server\\Kunde'
    """
    if not windows or len(path) < 260 or path.startswith("\\\\?\\"):
        return path
    return "\\\\?\\UNC" + path[1:] if path.startswith("\\\\") else "\\\\?\\" + path
