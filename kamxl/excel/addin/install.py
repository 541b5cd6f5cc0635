"""Putting the add-in where Excel loads it, with the configuration that says which Python answers.

Two files make it work: `kamxl.xlam` in Excel's start folder, and `kamxl.conf` in the user's profile with the absolute
path of the interpreter. The configuration is a list of `"KEY","value"` lines, which VBA reads in the Windows code page.
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kamxl.errors import InputError
from kamxl.excel.addin.build import ADDIN_NAME, build_addin, read_origin
from kamxl.excel.functions.function import MODULE

_ENCODING = "mbcs" if sys.platform == "win32" else "cp1252"


@dataclass(frozen=True, slots=True)
class Places:
    """Where things belong on this user's Windows."""

    startup: Path
    """Excel's folder XLSTART: what lies there is opened with Excel."""
    addins: Path
    """Excel's folder AddIns: what lies there may be switched on by hand."""
    config: Path
    """kamxl.conf of this user."""
    interpreter: Path
    """The Python that answers."""

    @classmethod
    def of_user(
        cls,
        environment: Mapping[str, str] = os.environ,
        interpreter: str = sys.executable,
    ) -> Places:
        """The places of the current user, by Windows' environment variables.

        Raises:
            InputError: if the variables are missing (this is no Windows).
        """
        try:
            roaming, profile = (
                Path(environment["APPDATA"]),
                Path(environment["USERPROFILE"]),
            )
        except KeyError as missing:
            raise InputError(
                f"{missing.args[0]}: nur unter Windows / on Windows only"
            ) from None
        return cls(
            startup=roaming / "Microsoft" / "Excel" / "XLSTART",
            addins=roaming / "Microsoft" / "AddIns",
            config=profile / ".kamxl" / "kamxl.conf",
            interpreter=Path(interpreter),
        )

    @property
    def addin(self) -> Path:
        """Where the add-in is installed."""
        return self.startup / ADDIN_NAME


def configuration(interpreter: str) -> dict[str, str]:
    """The settings that the add-in needs.

    A workbook's own folder stays out of Python's path: a file lying there must not be able to pose as a module.
    """
    return {
        "INTERPRETER_WIN": interpreter,
        "UDF MODULES": MODULE,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW CONSOLE": "False",
    }


def read_configuration(path: Path) -> dict[str, str]:
    """The settings in a kamxl.conf, keys in capitals; empty if there is no such file."""
    try:
        text = path.read_text(encoding=_ENCODING, errors="replace")
    except FileNotFoundError:
        return {}
    return {
        row[0].upper(): row[1] for row in csv.reader(io.StringIO(text)) if len(row) == 2
    }


def install_addin(places: Places) -> list[Path]:
    """Build the add-in in Excel's start folder and write the configuration; other settings in it are kept.

    Returns:
        The files written.

    Raises:
        InputError: if the add-in is open in Excel, or the interpreter's path has characters that VBA cannot read.
    """
    settings = read_configuration(places.config) | configuration(
        str(places.interpreter)
    )
    content = as_text(settings)
    try:
        encoded = content.encode(_ENCODING)
    except UnicodeEncodeError:
        raise InputError(
            f"{places.interpreter}: Pfad enthält Zeichen, die VBA nicht lesen kann / VBA cannot read this path"
        ) from None
    addin = build_addin(places.addin)
    places.config.parent.mkdir(parents=True, exist_ok=True)
    places.config.write_bytes(encoded)
    return [addin, places.config]


def uninstall_addin(places: Places) -> list[Path]:
    """Take the add-in and our settings away again; settings of others stay in the configuration.

    Returns:
        The files that are gone or changed; a file of that name which kamxl did not make stays.

    Raises:
        InputError: if the add-in is open in Excel.
    """
    copies = (places.addin, places.addins / ADDIN_NAME)
    own = [path for path in copies if read_origin(path) is not None]
    try:
        for path in own:
            path.unlink()
    except PermissionError as refused:
        raise InputError(
            f"{refused.filename}: ist in Excel geöffnet / is open in Excel"
        ) from None
    return own + _without_settings(places.config)


def _without_settings(config: Path) -> list[Path]:
    """Take our settings out of a configuration, which goes with its folder where nothing else is left."""
    settings = read_configuration(config)
    kept = {key: settings[key] for key in settings if key not in configuration("")}
    if kept == settings:
        return []
    if kept:
        config.write_bytes(as_text(kept).encode(_ENCODING))
        return [config]
    config.unlink()
    with suppress(OSError):  # somebody keeps other files there
        config.parent.rmdir()
    return [config]


def as_text(settings: Mapping[str, str]) -> str:
    """Settings as VBA reads them: `"KEY","value"` per line."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        settings.items()
    )
    return text.getvalue()
