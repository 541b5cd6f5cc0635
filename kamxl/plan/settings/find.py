"""Where a company's settings are found: `kamxl.toml` beside the plans, in the current folder, or above either.

Light enough for the command line to ask before it loads anything else. For example
``find_settings([Path("Vertrieb/Pläne 2027")])`` may be ``Vertrieb/kamxl.toml``.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile
from pathlib import Path

NAME = "kamxl.toml"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def find_settings(places: Iterable[Path]) -> Path | None:
    """The settings that hold for some places; `None` where there are none.

    Args:
        places: files and folders, the plans' own first; the current folder is looked at last.
    """
    folders = chain.from_iterable(map(_upwards, (*places, Path())))
    return next(filter(_is_file, (folder / NAME for folder in folders)), None)


def settings_text(data: bytes) -> str:
    """The text of a settings file in UTF-8, or in UTF-16 as PowerShell writes it.

    Raises:
        UnicodeDecodeError: it is in another encoding.
    """
    wide = data.startswith(_WIDE)
    return data.decode("utf-16" if wide else "utf-8-sig")


def _upwards(place: Path) -> Iterator[Path]:
    """A folder, or that of a file, and those above it that not just anybody may put a file into."""
    start = place.absolute()
    folder = start if start.is_dir() else start.parent
    yield folder
    yield from takewhile(_is_kept, folder.parents)


def _is_kept(folder: Path) -> bool:
    """Whether only its owners write into a folder; elsewhere a stranger's settings might lie in wait."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return os.name != "posix" or not mode & stat.S_IWOTH


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
