"""The doctor: looks at everything between a cell and Python, and names what is wrong and what helps.

Each check takes the `Machine` and yields diagnoses; the machine is all that a check may ask, so that each trouble
can be staged in a test.
"""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Literal

from kamxl.excel.addin.build import installed_xlwings, origin_here, read_origin
from kamxl.excel.addin.install import Places, read_configuration
from kamxl.excel.addin.macros import INSTALLATION
from kamxl.excel.functions.function import MODULE
from kamxl.texts import Text

Health = Literal["ok", "warning", "error"]
Registry = Callable[[str, str], object]
"""Key path below HKCU or HKLM (with the hive's name in front) and value name → value, or None."""

_OWN = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
_POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_INSTALL = Text("kamxl udf install", "kamxl udf install")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at."""

    health: Health
    finding: Text
    remedy: Text | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """What the doctor may look at."""

    windows: bool
    places: Places | None
    """None where there is no Excel for Windows."""
    registry: Registry
    modules: Callable[[str], bool]
    """Whether this Python has a module of that name."""
    ask: Callable[[Path, str], str]
    """What another interpreter prints for a piece of code; an error text if it fails."""


def examine(machine: Machine) -> list[Diagnosis]:
    """All checks, in the order of the way from Excel to Python."""
    return [diagnosis for check in CHECKS for diagnosis in check(machine)]


def this_machine() -> Machine:
    """The machine that we run on."""
    windows = sys.platform == "win32"
    return Machine(
        windows=windows,
        places=Places.of_user() if windows else None,
        registry=_windows_registry if windows else lambda _key, _name: None,
        modules=lambda name: importlib.util.find_spec(name) is not None,
        ask=_ask,
    )


def check_system(machine: Machine) -> Iterator[Diagnosis]:
    """Worksheet functions need Excel for Windows."""
    if not machine.windows:
        yield Diagnosis(
            "error",
            Text("Dieses System ist kein Windows.", "This system is not Windows."),
            Text(
                "Über das Add-in laufen die Funktionen nur in Excel für Windows; auf dem Mac und im Browser führt "
                f"Weg 3 dieser Anleitung zum Ziel: {INSTALLATION.de}",
                "The add-in works in Excel for Windows only; on a Mac or in the browser take way 3 of this guide: "
                f"{INSTALLATION.en}",
            ),
        )


def check_packages(machine: Machine) -> Iterator[Diagnosis]:
    """Xlwings is there; pywin32 carries its calls."""
    version = installed_xlwings()
    yield Diagnosis(
        "ok",
        Text(f"xlwings {version} ist installiert.", f"xlwings {version} is installed."),
    )
    if machine.windows and not machine.modules("pythoncom"):
        yield Diagnosis(
            "error",
            Text(
                "pywin32 fehlt: Excel erreicht Python nicht.",
                "pywin32 is missing: Excel cannot reach Python.",
            ),
            Text("pip install pywin32", "pip install pywin32"),
        )


def check_addin(machine: Machine) -> Iterator[Diagnosis]:
    """The add-in lies where Excel starts it, once, and was made from what is installed."""
    if machine.places is None:
        return
    addin = machine.places.addin
    if not addin.exists():
        yield Diagnosis(
            "error",
            Text(f"Das Add-in fehlt: {addin}", f"The add-in is missing: {addin}"),
            _INSTALL,
        )
        return
    origin, here = read_origin(addin), origin_here()
    if origin is None:
        yield Diagnosis(
            "error",
            Text(
                f"Kein Add-in von kamxl, oder beschädigt: {addin}",
                f"No add-in of kamxl, or damaged: {addin}",
            ),
            _INSTALL,
        )
    elif origin.xlwings != here.xlwings:
        yield Diagnosis(
            "error",
            Text(
                f"Das Add-in ist für xlwings {origin.xlwings} gebaut, installiert ist {here.xlwings}.",
                f"The add-in was built for xlwings {origin.xlwings}, installed is {here.xlwings}.",
            ),
            _INSTALL,
        )
    elif origin.functions != here.functions:
        yield Diagnosis(
            "warning",
            Text(
                "Das Add-in kennt nicht die Funktionen dieser kamxl-Version.",
                "The add-in is of another kamxl.",
            ),
            _INSTALL,
        )
    else:
        yield Diagnosis("ok", Text(f"Add-in: {addin}", f"Add-in: {addin}"))
    yield from _check_copies(machine.places)


def _check_copies(places: Places) -> Iterator[Diagnosis]:
    twin = places.addins / places.addin.name
    if twin.exists():
        yield Diagnosis(
            "warning",
            Text(
                f"Das Add-in liegt ein zweites Mal hier: {twin}",
                f"There is a second add-in: {twin}",
            ),
            Text("Eine der beiden Dateien löschen.", "Delete one of the two files."),
        )
    blocked = places.addin.with_name(places.addin.name + ":Zone.Identifier")
    if _readable(blocked):
        yield Diagnosis(
            "error",
            Text(
                "Windows sperrt das Add-in als Download.",
                "Windows blocks the add-in as a download.",
            ),
            Text(
                "Rechtsklick auf die Datei, Eigenschaften, „Zulassen“ ankreuzen.",
                "Right-click the file, Properties, tick Unblock.",
            ),
        )


def check_interpreter(machine: Machine) -> Iterator[Diagnosis]:
    """The configuration names a Python that exists and can load the functions."""
    if machine.places is None:
        return
    config = machine.places.config
    settings = read_configuration(config)
    interpreter = settings.get("INTERPRETER_WIN", "")
    if not settings:
        yield Diagnosis(
            "error",
            Text(
                f"Die Konfiguration fehlt: {config}",
                f"The configuration is missing: {config}",
            ),
            _INSTALL,
        )
    elif not (
        Path(interpreter).is_absolute() or PureWindowsPath(interpreter).is_absolute()
    ):
        yield Diagnosis(
            "error",
            Text(
                f"INTERPRETER_WIN ist kein vollständiger Pfad: „{interpreter}“",
                f"INTERPRETER_WIN is no absolute path: “{interpreter}”",
            ),
            _INSTALL,
        )
    elif not Path(interpreter).exists():
        yield Diagnosis(
            "error",
            Text(
                f"Dieses Python gibt es nicht: {interpreter}",
                f"There is no such Python: {interpreter}",
            ),
            _INSTALL,
        )
    else:
        yield from _check_answer(machine, Path(interpreter))
        yield from _check_dll(machine, Path(interpreter))


def _check_answer(machine: Machine, interpreter: Path) -> Iterator[Diagnosis]:
    code = f"import {MODULE}; from importlib import metadata; print('xlwings', metadata.version('xlwings'))"
    said = machine.ask(interpreter, code).strip()
    expected = f"xlwings {installed_xlwings()}"
    if said == expected:
        yield Diagnosis(
            "ok",
            Text(f"Python antwortet: {interpreter}", f"Python answers: {interpreter}"),
        )
    elif said.startswith("xlwings "):
        yield Diagnosis(
            "error",
            Text(
                f"{interpreter} hat {said}, hier ist {expected}.",
                f"{interpreter} has {said}, here is {expected}.",
            ),
            Text(
                "kamxl udf install mit dem Python ausführen, der antworten soll.",
                "Run kamxl udf install there.",
            ),
        )
    else:
        last = said.splitlines()[-1] if said else "-"
        yield Diagnosis(
            "error",
            Text(
                f"{interpreter} kann kamxl nicht laden: {last}",
                f"{interpreter} cannot load kamxl: {last}",
            ),
            Text(
                f'"{interpreter}" -m pip install kamxl, oder kamxl udf install',
                "pip install kamxl there",
            ),
        )


def _check_dll(machine: Machine, interpreter: Path) -> Iterator[Diagnosis]:
    bits = "32" if machine.registry(_CLICK_TO_RUN, "Platform") == "x86" else "64"
    name = f"xlwings{bits}-{installed_xlwings()}.dll"
    folders = (interpreter.parent, interpreter.parent.parent)
    if any((folder / name).exists() for folder in folders):
        yield Diagnosis(
            "ok", Text(f"{name} liegt beim Python.", f"{name} is beside Python.")
        )
        return
    others = sorted(
        found.name for folder in folders for found in folder.glob("xlwings*.dll")
    )
    beside = f" ({', '.join(others)})" if others else ""
    yield Diagnosis(
        "error",
        Text(
            f"{name} fehlt in {folders[0]} und {folders[1]}{beside}.",
            f"{name} is missing in {folders[0]} and {folders[1]}{beside}.",
        ),
        Text(
            "pip install --force-reinstall xlwings (nicht mit --user), danach kamxl udf install",
            "pip install --force-reinstall xlwings (not with --user), then kamxl udf install",
        ),
    )


def check_trust(machine: Machine) -> Iterator[Diagnosis]:
    """Excel's trust settings let the add-in run."""
    if not machine.windows:
        return
    troubles = False
    for value, bad, finding in _TRUST:
        if bad in [machine.registry(hive, value) for hive in (_POLICY, _OWN)]:
            troubles = True
            yield Diagnosis("error", finding, _TRUST_CENTER)
    if not troubles:
        yield Diagnosis(
            "ok",
            Text(
                "Die Vertrauensstellung erlaubt Add-ins.",
                "Trust settings allow add-ins.",
            ),
        )
    if machine.registry(_OWN, "AccessVBOM") != 1:
        yield Diagnosis(
            "ok",
            Text(
                "Der Zugriff auf das VBA-Projektmodell ist aus; nötig ist er nur zum Import in Excel selbst.",
                "Access to the VBA project is off; only importing functions inside Excel needs it.",
            ),
        )


_TRUST_CENTER = Text(
    "Datei, Optionen, Trust Center; ist die Einstellung gesperrt, hilft nur die IT.",
    "File, Options, Trust Center; if it is locked, ask your IT.",
)
_TRUST = (
    (
        "VBAWarnings",
        4,
        Text(
            "Excel schaltet alle Makros ohne Meldung ab.",
            "Excel disables all macros silently.",
        ),
    ),
    (
        "DisableAllAddins",
        1,
        Text("Excel lädt keine Add-ins.", "Excel loads no add-ins."),
    ),
    (
        "RequireAddinSig",
        1,
        Text("Excel lädt nur signierte Add-ins.", "Excel loads signed add-ins only."),
    ),
)


def check_where_excel_looks(machine: Machine) -> Iterator[Diagnosis]:
    """Which configuration wins, so that nobody edits the wrong one."""
    if machine.places is None:
        return
    config = machine.places.config
    yield Diagnosis(
        "ok",
        Text(
            "Excel sucht die Konfiguration in dieser Reihenfolge: Blatt „kamxl.conf“ der offenen Mappe, kamxl.conf im "
            f"Ordner der Mappe, {config}",
            "Excel looks for the configuration in this order: sheet kamxl.conf of the open workbook, kamxl.conf in "
            f"its folder, {config}",
        ),
    )
    modules = read_configuration(config).get("UDF MODULES", MODULE)
    if MODULE not in modules.split(";"):
        yield Diagnosis(
            "warning",
            Text(
                f"UDF MODULES nennt {MODULE} nicht: „{modules}“",
                f"UDF MODULES lacks {MODULE}: “{modules}”",
            ),
            _INSTALL,
        )


CHECKS: tuple[Callable[[Machine], Iterator[Diagnosis]], ...] = (
    check_system,
    check_packages,
    check_addin,
    check_interpreter,
    check_trust,
    check_where_excel_looks,
)
"""All checks."""


def _readable(path: Path) -> bool:
    try:
        path.open("rb").close()
    except OSError:
        return False
    return True


def _ask(interpreter: Path, code: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that the user configured
            [interpreter, "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return str(problem)
    return done.stdout if done.returncode == 0 else done.stderr


def _windows_registry(key: str, name: str) -> object:
    winreg = importlib.import_module("winreg")
    hive, path = key.split("\\", 1)
    root = winreg.HKEY_CURRENT_USER if hive == "HKCU" else winreg.HKEY_LOCAL_MACHINE
    try:
        with winreg.OpenKey(root, path) as opened:
            return winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
