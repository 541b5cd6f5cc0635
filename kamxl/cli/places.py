"""The files and folders of a command: found where a pattern names them, and refused where they cannot be meant.

``kamxl check *.xlsx`` comes as it was typed from a shell that leaves patterns to the program, as those of Windows do.
What is about to be written is tried before the work, not after it: none of it may be an input, or the same file twice.
"""

from __future__ import annotations

import argparse
import glob
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kamxl.cli import words
from kamxl.document.extract import WorkbookKind
from kamxl.document.target import check_target
from kamxl.errors import InputError
from kamxl.xlsx.saving import try_file, try_folder

_INPUTS = ("paths", "plan", "folder", "accounts", "revenue", "settings")
_READ = ("plan", "accounts", "revenue", "settings")
_FILES = {"report": WorkbookKind.FINDINGS, "output": WorkbookKind.PORTFOLIO}
_FOLDERS = ("export", "per_kam", "annotate")
# Commands whose --output is a portfolio; to others it may be a folder.
_WITH_PORTFOLIO = "consolidate"


def expand(options: argparse.Namespace) -> None:
    """Put what a pattern finds in the place of the pattern.

    Raises:
        InputError: it finds nothing, or several files where one is read.
    """
    language = options.words
    if getattr(options, "paths", None):
        found = (_matching(path, language) for path in options.paths)
        options.paths = list(chain.from_iterable(found))
    for name in _READ:
        path = getattr(options, name, None)
        if path is not None:
            setattr(options, name, _one_file(path, language))


def _matching(path: Path, language: str) -> list[Path]:
    """The path itself, or, where there is no such file, what it finds as a pattern."""
    if not glob.has_magic(str(path)) or path.exists():
        return [path]
    found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        raise InputError(words.NO_MATCH[language].format(pattern=path))
    return list(map(Path, found))


def _one_file(path: Path, language: str) -> Path:
    first, *others = _matching(path, language)
    if others:
        text = words.SEVERAL_MATCHES[language]
        raise InputError(text.format(pattern=path, number=1 + len(others)))
    if first.is_dir():
        raise InputError(words.A_FOLDER[language].format(path=first))
    if not first.exists():
        raise InputError(words.NO_FILE[language].format(path=first))
    return first


def try_targets(options: argparse.Namespace) -> None:
    """See before the work that what it is for can be written.

    Raises:
        InputError: a target is an input, is given twice, is of another kind, or cannot be written to.
    """
    language = options.words
    targets = dict(_targets(options))
    _refuse_same(options, targets)
    for name, path in targets.items():
        if name in _FOLDERS or _takes_plans(options, name):
            _try_folder(name, path, options)
        elif name == "report" or options.command == _WITH_PORTFOLIO:
            check_target(path, _FILES[name], language)
            try_file(path, language)


def _takes_plans(options: argparse.Namespace, name: str) -> bool:
    """Whether a target is the folder for the plans of a list."""
    new = options.command == "new" and name == "output"
    return new and options.accounts is not None and not options.dry_run


def _targets(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    for name in (*_FILES, *_FOLDERS):
        path = getattr(options, name, None)
        if path is not None:
            yield name, path


def _refuse_same(options: argparse.Namespace, targets: dict[str, Path]) -> None:
    """Refuse to write a file twice, or over what is read."""
    language = options.words
    read = {_key(path) for path in _inputs(options) if not path.is_dir()}
    seen: dict[str, str] = {}
    for name, path in targets.items():
        key, option = _key(path), _option(name)
        if key in read:
            raise InputError(
                words.SAME_AS_INPUT[language].format(path=path, option=option)
            )
        if key in seen:
            text = words.SAME_TARGET[language]
            raise InputError(text.format(path=path, one=seen[key], other=option))
        seen[key] = option


def _inputs(options: argparse.Namespace) -> Iterator[Path]:
    for name in _INPUTS:
        value = getattr(options, name, None)
        paths = value if isinstance(value, list) else [value]
        yield from (path for path in paths if path is not None)


def _try_folder(name: str, folder: Path, options: argparse.Namespace) -> None:
    """Refuse a folder that is a file, or, for copies and exports, the one in which the plans lie."""
    language, option = options.words, _option(name)
    if folder.exists() and not folder.is_dir():
        raise InputError(words.NO_FOLDER[language].format(path=folder, option=option))
    read = {_key(path) for path in _inputs(options) if path.is_dir()}
    if name != "per_kam" and _key(folder) in read:
        text = words.PLANS_FOLDER[language]
        raise InputError(text.format(path=folder, option=option))
    try_folder(folder, language)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _key(path: Path) -> str:
    """What two spellings of one path have in common."""
    return os.path.normcase(os.path.realpath(path))
