"""Which files of a folder tree are looked at, under which names, in an order that never changes.

A file's name is its path relative to the folder, with forward slashes; of several places, relative to the folder that
holds them all. Links to folders are not followed and hidden
folders (``.git``, ``$RECYCLE.BIN``) not entered: a plan would count twice, or come back from the bin.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kamxl.errors import InputError
from kamxl.texts import Language, Text
from kamxl.xlsx.saving import is_unfinished

_NO_FOLDER = Text(
    de="Den Ordner „{path}“ gibt es nicht.", en="There is no folder “{path}”."
)
_NO_PATH = Text(de="„{path}“ gibt es nicht.", en="There is no “{path}”.")
_HIDDEN = (".", "$")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, or a folder that could not be entered, with its name relative to where the search began."""

    path: Path
    name: str
    is_folder: bool = False


def files_below(
    *places: Path, ignore: Collection[Path] = (), language: Language = Language.DE
) -> tuple[FoundFile, ...]:
    """Every file of the folder trees, and every place that is itself a file, each once.

    Args:
        places: folders or files.
        ignore: files and folders to leave out, such as the workbook about to be written.
        language: of the error message.

    Raises:
        InputError: a place does not exist.
    """
    left_out = {_key(path) for path in ignore}
    found: dict[str, FoundFile] = {}
    for place in places:
        if not place.exists() and not place.is_symlink():
            message = _NO_PATH if place.suffix else _NO_FOLDER
            raise InputError(message[language].format(path=place))
    root = common_folder(places)
    for place in places:
        base = root or _folder_of(place)
        for file in _files_of(place, base, left_out):
            found.setdefault(_key(file.path), file)
    return tuple(sorted(found.values(), key=_order))


def _files_of(
    place: Path, root: Path, left_out: Collection[str]
) -> Iterator[FoundFile]:
    if place.is_dir():
        return _walk(place, root, left_out)
    return iter((FoundFile(place, _name(place, root)),))


def common_folder(places: Sequence[Path]) -> Path | None:
    """The folder that holds all places; None where there is none, as on two drives of Windows."""
    if len(places) == 1:
        return _folder_of(places[0])
    folders = (os.path.abspath(_folder_of(place)) for place in places)  # noqa: PTH100 - as in _key
    try:
        return Path(os.path.commonpath(list(folders)))
    except ValueError:
        return None


def _folder_of(place: Path) -> Path:
    return place if place.is_dir() else place.parent


def _name(path: Path, root: Path) -> str:
    """What a file is called below a folder."""
    if path.is_relative_to(root):
        return _shown(path.relative_to(root))
    return _shown(Path(os.path.relpath(path, root)))


def _order(file: FoundFile) -> tuple[str, str, str]:
    """By name without its ending: „Plan“ comes before „Plan (2)“ and „Plan Kopie“, which are left out as its copies."""
    name = PurePosixPath(file.name)
    return (
        str(name.with_suffix("") if name.name else name).casefold(),
        file.name,
        str(file.path),
    )


def _key(path: Path) -> str:
    """What two spellings of one path have in common; links are told apart from what they point to."""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _walk(folder: Path, root: Path, left_out: Collection[str]) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as listing:
            entries = [
                (Path(entry.path), _is_folder(entry), entry.is_symlink())
                for entry in listing
            ]
    except OSError:
        # Whoever reads the report must learn that plans may be missing.
        yield FoundFile(folder, _name(folder, root), is_folder=True)
        return
    for path, is_folder, is_link in entries:
        if _key(path) in left_out or is_unfinished(path.name):
            continue
        if not is_folder:
            yield FoundFile(path, _name(path, root))
        elif not is_link and not path.name.startswith(_HIDDEN):
            yield from _walk(path, root, left_out)


def _shown(path: Path) -> str:
    """A path as text; disks allow names that are none, which no report could be written with."""
    return path.as_posix().encode(errors="replace").decode()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
