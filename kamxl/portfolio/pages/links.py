"""How one workbook refers to another, so that a folder may be moved with everything in it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


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
    # Bytes: a name that is no valid text, which disks allow, is quoted as it is.
    return quote(os.fsencode(Path(relative).as_posix()))
