"""Excel files with macros, made on any system from the templates that the installed xlwings brings along.

``with_modules("quickstart_addin.xlam", "myaddin", [source], target)`` is xlwings' add-in with one module more, whose
project is called `kamxl` instead of `myaddin`, so that it reads `kamxl.conf`. `vba_project` gives the project itself,
under the name by which macros of other files refer to it (`Application.Run "kamxl!…"`, a reference).
"""

from __future__ import annotations

import importlib.util
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from kamxl.errors import InputError

PROJECT_PART = "xl/vbaProject.bin"
PROJECT_NAME = "kamxl"
# The records of code page (with its value) and name, the latter's length in bytes: [MS-OVBA] 2.3.4.2.1.
_NAME_RECORD = re.compile(rb"\x03\x00\x02\x00\x00\x00..\x04\x00(?=(....))", re.DOTALL)
_LISTED_NAME = re.compile(rb'(?m)^Name="[^"]*"')


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


def vba_project(file: Path) -> bytes:
    """The VBA project of a file that `with_modules` wrote, named `kamxl`."""
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - an optional extra
    from pyopenvba.vba import compress, decompress  # noqa: PLC0415

    with zipfile.ZipFile(file) as package:
        streams = CFB.from_bytes(package.read(PROJECT_PART))
    name = PROJECT_NAME.encode()
    listed = _LISTED_NAME.sub(b'Name="%s"' % name, streams.get_stream("PROJECT"))
    streams.write_stream("PROJECT", listed)
    records = decompress(streams.get_stream_in_storage("VBA", "dir"))
    renamed = compress(_with_name(records, name))
    streams.write_stream_in_storage("VBA", "dir", renamed)
    project: bytes = streams.to_bytes()
    return project


def _with_name(records: bytes, name: bytes) -> bytes:
    """The records of a project, under another name."""
    found = _NAME_RECORD.search(records)
    assert found is not None, "a project without a name"  # noqa: S101
    length = int.from_bytes(found[1], "little")
    following = records[found.end() + 4 + length :]
    return records[: found.end()] + len(name).to_bytes(4, "little") + name + following


def rewrite(
    source: Path | IO[bytes],
    target: Path | IO[bytes],
    changes: Mapping[str, Callable[[str], str]],
    added: Mapping[str, str | bytes],
) -> None:
    """Write a package with some of its parts changed, others added or replaced, everything else as it was."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in (part for part in old.namelist() if part not in added):
            content = old.read(name)
            change = changes.get(name)
            new.writestr(name, change(content.decode()).encode() if change else content)
        for name, part in added.items():
            new.writestr(name, part)
