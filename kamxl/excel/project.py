"""Excel files with macros, made on any system from the templates that the installed xlwings brings along.

``with_modules("quickstart_addin.xlam", "myaddin", [source], target)`` is xlwings' add-in with one module more, whose
project is called `kamxl` instead of `myaddin`, so that it reads `kamxl.conf`.
"""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from kamxl.errors import InputError


def with_modules(
    template: str, named: str, modules: Iterable[str], target: Path
) -> None:
    """Write a template with modules in place of its sample, its project renamed.

    Args:
        template: file name of a template of xlwings.
        named: its project's name.
        modules: source of each module, which begins with its name.
        target: the file to write.

    Raises:
        InputError: if pyOpenVBA is not installed.
    """
    try:
        from pyopenvba import ExcelFile  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise InputError(
            'pyOpenVBA fehlt / is missing: pip install "kamxl[addin]"'
        ) from None
    spec = importlib.util.find_spec("xlwings")
    assert spec is not None and spec.origin is not None, "kamxl depends on xlwings"  # noqa: S101, PT018
    with ExcelFile(Path(spec.origin).parent / template) as book:
        project = book.vba_project()
        source = project.get_module("xlwings").source
        name = 'PROJECT_NAME As String = "{}"'
        book.set_module(
            "xlwings", source.replace(name.format(named), name.format("kamxl"))
        )
        project.delete_module("Module1")
        for module in modules:
            project.add_module(module.split('"', 2)[1], module.replace("\n", "\r\n"))
        book.save(target)


def rewrite(
    source: Path | IO[bytes],
    target: Path | IO[bytes],
    changes: Mapping[str, Callable[[str], str]],
    added: Mapping[str, str | bytes],
) -> None:
    """Write a package with some of its parts changed and others added, everything else as it was."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            change = changes.get(name)
            new.writestr(name, change(content.decode()).encode() if change else content)
        for name, part in added.items():
            new.writestr(name, part)
