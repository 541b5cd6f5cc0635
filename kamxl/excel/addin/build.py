"""The add-in `kamxl.xlam`, made on any system from the add-in that the installed xlwings brings along.

xlwings' own template is taken because its VBA names the DLL of its version. Into it go the generated modules; its
project is renamed, so that it reads `kamxl.conf`. What the add-in was made from is noted in its document
properties, where the doctor finds it again without looking into VBA.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from kamxl.errors import InputError
from kamxl.excel.addin import bas
from kamxl.excel.project import (
    PROJECT_PART,
    rewrite,
    vba_project,
    with_modules,
)

ADDIN_NAME = "kamxl.xlam"
_TEMPLATE = "quickstart_addin.xlam"
_NOTE = "xlwings {xlwings}; functions {functions}"
_READ_NOTE = re.compile(
    r"xlwings (?P<xlwings>[\w.]+); functions (?P<functions>[0-9a-f]+)"
)
_MACHINE_PATH = re.compile(
    r"<mc:AlternateContent\b(?:(?!</mc:AlternateContent>).)*absPath.*?</mc:AlternateContent>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What an add-in was made from."""

    xlwings: str
    """Version of xlwings whose VBA and DLL it uses."""
    functions: str
    """Fingerprint of the worksheet functions."""


def installed_xlwings() -> str:
    """The version of xlwings in this Python."""
    return metadata.version("xlwings")


def origin_here() -> Origin:
    """What an add-in built now would be made from."""
    source = bas.wrapper_module(ADDIN_NAME) + bas.help_module()
    return Origin(installed_xlwings(), hashlib.sha256(source.encode()).hexdigest()[:12])


def read_origin(addin: Path) -> Origin | None:
    """What the add-in at this path was made from; None if it is none of ours or cannot be read."""
    try:
        with zipfile.ZipFile(addin) as package:
            properties = package.read("docProps/core.xml").decode()
    except (OSError, KeyError, zipfile.BadZipFile):
        return None
    found = _READ_NOTE.search(properties)
    return Origin(**found.groupdict()) if found else None


def build_addin(target: Path) -> Path:
    """Write the add-in to `target`, in one go; returns the path.

    Raises:
        InputError: if pyOpenVBA is not installed, or `target` cannot be written (it is open in Excel).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kamxl-") as folder:
        raw, finished = Path(folder, "raw.xlam"), Path(folder, ADDIN_NAME)
        modules = (bas.wrapper_module(ADDIN_NAME), bas.help_module())
        with_modules(_TEMPLATE, "myaddin", modules, raw)
        rewrite(raw, finished, _CHANGES, {PROJECT_PART: vba_project(raw)})
        try:
            finished.replace(target)
        except PermissionError:
            raise InputError(
                f"{target}: kann nicht geschrieben werden; ist die Datei in Excel geöffnet?"
            ) from None
    return target


def _with_note(properties: str) -> str:
    origin = origin_here()
    note = _NOTE.format(xlwings=origin.xlwings, functions=origin.functions)
    for tag, text in (
        ("dc:title", "kamxl"),
        ("dc:description", note),
        ("dc:creator", "kamxl"),
        ("cp:lastModifiedBy", "kamxl"),
    ):
        properties = re.sub(
            rf"<{tag}\s*/>|<{tag}>[^<]*</{tag}>", f"<{tag}>{text}</{tag}>", properties
        )
    return properties


def _without_paths(workbook: str) -> str:
    return _MACHINE_PATH.sub("", workbook.replace("_myaddin.conf", "_kamxl.conf"))


_CHANGES = {"xl/workbook.xml": _without_paths, "docProps/core.xml": _with_note}
