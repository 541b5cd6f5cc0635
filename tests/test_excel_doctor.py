"""Installing, and the doctor who names each known trouble: staged on a Windows that is only folders and answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kamxl.errors import InputError
from kamxl.excel.addin import build as addin
from kamxl.excel.addin import commands, install
from kamxl.excel.addin.build import installed_xlwings
from kamxl.excel.addin.doctor import Machine, this_machine
from kamxl.excel.addin.install import Places, configuration, read_configuration

VERSION = installed_xlwings()
SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A user's Windows folders, with a Python and xlwings' DLL in a virtual environment."""
    python = tmp_path / "Jörg Groß" / "kamxl" / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    (python.parent.parent / f"xlwings64-{VERSION}.dll").touch()
    environment = {
        "APPDATA": str(tmp_path / "Roaming"),
        "USERPROFILE": str(tmp_path / "Jörg Groß"),
    }
    return Places.of_user(environment, str(python))


@pytest.fixture
def machine(places: Places) -> Machine:
    """A Windows on which everything was installed as it should be."""
    commands.install("de", places)
    return Machine(
        windows=True,
        places=places,
        registry=lambda key, name: {(SECURITY, "AccessVBOM"): 1}.get((key, name)),
        modules=lambda _name: True,
        ask=lambda _interpreter, _code: f"xlwings {VERSION}\n",
    )


def troubles(machine: Machine) -> list[str]:
    """The lines of all that is not well, remedies included."""
    lines = commands.doctor("de", machine).lines
    return [line for line in lines if not line.startswith("ok")]


def test_installing_puts_both_files_in_place(places: Places) -> None:
    """The add-in lies where Excel starts it; the configuration names this Python by its full path, umlauts and all."""
    outcome = commands.install("de", places)
    assert outcome.status == 0
    assert outcome.lines[:2] == [str(places.addin), str(places.config)]
    assert places.addin.parent.name == "XLSTART"
    assert read_configuration(places.config)["INTERPRETER_WIN"] == str(
        places.interpreter
    )
    assert "Jörg Groß" in places.config.read_bytes().decode("cp1252")
    assert places.config.read_bytes().endswith(b'"\r\n')


def test_installing_keeps_other_settings(places: Places) -> None:
    """What a user set beside our keys survives; our own keys are renewed."""
    places.config.parent.mkdir(parents=True)
    places.config.write_bytes(
        b'"INTERPRETER_WIN","C:\\old\\python.exe"\r\n"USE UDF SERVER","True"\r\n'
    )
    commands.install("en", places)
    settings = read_configuration(places.config)
    assert settings["USE UDF SERVER"] == "True"
    assert settings["INTERPRETER_WIN"] == str(places.interpreter)
    assert set(configuration("x")) <= set(settings)


def test_uninstalling_leaves_what_was_there_before(places: Places) -> None:
    """After `install` and `uninstall` add-in and configuration are gone, another's settings and files are not."""
    commands.install("de", places)
    neighbour = places.startup / "Personal.xlsb"
    neighbour.touch()
    outcome = commands.uninstall("de", places)
    assert outcome.status == 0
    assert outcome.lines[:-1] == [str(places.addin), str(places.config)]
    assert list(places.startup.iterdir()) == [neighbour]
    assert not places.config.parent.exists()
    assert "nichts zu entfernen" in commands.uninstall("de", places).lines[0]


def test_uninstalling_keeps_other_settings(places: Places) -> None:
    """Settings beside ours, and an add-in of our name that kamxl did not make, stay."""
    places.config.parent.mkdir(parents=True)
    places.config.write_bytes(b'"USE UDF SERVER","True"\r\n')
    commands.install("en", places)
    places.addin.write_bytes(b"something else")
    commands.uninstall("en", places)
    assert read_configuration(places.config) == {"USE UDF SERVER": "True"}
    assert places.addin.read_bytes() == b"something else"


def test_uninstalling_while_excel_has_it_open(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Excel holds cannot be removed; the message says why, and nothing else is changed."""
    commands.install("de", places)

    def held(self: Path, **_: bool) -> None:
        raise PermissionError(13, "in use", str(self))

    monkeypatch.setattr(Path, "unlink", held)
    outcome = commands.uninstall("de", places)
    assert outcome.status == 2
    assert "in Excel geöffnet" in outcome.lines[0]
    assert places.config.exists()


def test_installing_needs_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere there is no place to install to, and the user is told."""
    monkeypatch.delenv("APPDATA", raising=False)
    outcome = commands.install("de")
    assert outcome.status == 2
    assert "nur unter Windows" in outcome.lines[0]


def test_installing_with_a_path_that_vba_cannot_read(places: Places) -> None:
    """A path outside the Windows code page is refused before anything is written."""
    outcome = commands.install(
        "de", replace(places, interpreter=Path("C:/Użytkownik/python.exe"))
    )
    assert outcome.status == 2
    assert not places.addin.exists()


def test_installing_while_excel_has_it_open(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An add-in that Excel holds is not half replaced, and the message says why."""

    def held(self: Path, _target: Path) -> Path:
        raise PermissionError(13, "in use", str(self))

    monkeypatch.setattr(Path, "replace", held)
    outcome = commands.install("de", places)
    assert outcome.status == 2
    assert "in Excel geöffnet" in outcome.lines[0]
    assert not list(places.startup.iterdir())


def test_all_well(machine: Machine) -> None:
    """A good installation is all ok, in both languages, and says where Excel looks for the configuration."""
    outcome = commands.doctor("de", machine)
    assert outcome.status == 0
    assert not troubles(machine)
    assert "Reihenfolge" in outcome.lines[-1]
    assert all(line.startswith("ok") for line in commands.doctor("en", machine).lines)


def test_the_addin_is_missing(machine: Machine, places: Places) -> None:
    """A deleted add-in is named with its path."""
    places.addin.unlink()
    assert "Das Add-in fehlt" in troubles(machine)[0]
    assert "kamxl udf install" in troubles(machine)[1]


def test_the_addin_is_of_another_version(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of xlwings, the add-in asks for a DLL that is gone."""
    monkeypatch.setattr(addin, "installed_xlwings", lambda: "99.0")
    found = troubles(machine)
    assert f"gebaut, installiert ist 99.0" in found[0]  # noqa: F541
    assert commands.doctor("de", machine).status == 1


def test_the_addin_is_of_another_kamxl(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of kamxl, the add-in lacks new functions: a warning, as the old ones still work."""
    monkeypatch.setattr(addin.bas, "help_module", lambda: "other")
    assert troubles(machine)[0].startswith("Warnung")
    assert commands.doctor("de", machine).status == 0


def test_the_addin_is_damaged(machine: Machine, places: Places) -> None:
    """A foreign or damaged file under that name is told apart from a good one."""
    places.addin.write_text("kaputt")
    assert "beschädigt" in troubles(machine)[0]


def test_the_addin_is_there_twice(machine: Machine, places: Places) -> None:
    """A second copy doubles every function."""
    places.addins.mkdir(parents=True)
    (places.addins / "kamxl.xlam").touch()
    assert "zweites Mal" in troubles(machine)[0]


def test_the_addin_is_blocked(machine: Machine, places: Places) -> None:
    """The mark of a download keeps Excel from loading it silently."""
    places.addin.with_name("kamxl.xlam:Zone.Identifier").write_text("[ZoneTransfer]")
    assert "sperrt" in troubles(machine)[0]


@pytest.mark.parametrize(
    ("interpreter", "finding"),
    [
        ("python", "kein vollständiger Pfad"),
        ("", "kein vollständiger Pfad"),
        (r"C:\weg\python.exe", "gibt es nicht"),
    ],
)
def test_the_interpreter_is_wrong(
    machine: Machine, places: Places, interpreter: str, finding: str
) -> None:
    """A bare name depends on PATH, an old path leads nowhere: both leave Excel waiting in silence."""
    places.config.write_text(f'"INTERPRETER_WIN","{interpreter}"\n', encoding="cp1252")
    assert finding in troubles(machine)[0]


def test_the_configuration_is_missing(machine: Machine, places: Places) -> None:
    """Without the file the add-in would start whatever python is first in PATH."""
    places.config.unlink()
    assert "Konfiguration fehlt" in troubles(machine)[0]


def test_the_interpreter_cannot_load_kamxl(machine: Machine) -> None:
    """The last line of its error is shown."""
    broken = replace(
        machine,
        ask=lambda *_: "Traceback …\nModuleNotFoundError: No module named 'kamxl'\n",
    )
    assert "No module named 'kamxl'" in troubles(broken)[0]
    older = replace(machine, ask=lambda *_: "xlwings 0.30.0\n")
    assert "xlwings 0.30.0" in troubles(older)[0]


def test_the_dll_is_missing(machine: Machine, places: Places) -> None:
    """The DLL must lie beside the interpreter or one folder above, of this version and of Excel's bitness."""
    dll = places.interpreter.parent.parent / f"xlwings64-{VERSION}.dll"
    dll.rename(dll.with_name("xlwings64-0.30.0.dll"))
    assert f"xlwings64-{VERSION}.dll fehlt" in troubles(machine)[0]
    assert "xlwings64-0.30.0.dll" in troubles(machine)[0]
    excel_32 = replace(
        machine, registry=lambda _key, name: "x86" if name == "Platform" else None
    )
    assert any(f"xlwings32-{VERSION}.dll fehlt" in line for line in troubles(excel_32))


def test_pywin32_is_missing(machine: Machine) -> None:
    """Without pywin32 Excel's call reaches nobody."""
    assert (
        "pywin32"
        in troubles(replace(machine, modules=lambda name: name != "pythoncom"))[0]
    )


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("VBAWarnings", 4, "alle Makros"),
        ("DisableAllAddins", 1, "keine Add-ins"),
        ("RequireAddinSig", 1, "signierte"),
    ],
)
@pytest.mark.parametrize(
    "policy", [SECURITY, SECURITY.replace("Software", r"Software\Policies", 1)]
)
def test_trust_settings(
    machine: Machine, name: str, value: int, finding: str, policy: str
) -> None:
    """A setting that keeps the add-in from running is named, whether the user or the IT made it."""
    strict = replace(
        machine,
        registry=lambda key, asked: value if (key, asked) == (policy, name) else None,
    )
    assert finding in troubles(strict)[0]


def test_udf_modules_without_ours(machine: Machine, places: Places) -> None:
    """Importing functions by hand would then find none of ours."""
    settings = read_configuration(places.config) | {"UDF MODULES": "other"}
    places.config.write_text(install.as_text(settings), encoding="cp1252")
    assert "UDF MODULES" in troubles(machine)[0]


def test_no_windows() -> None:
    """Where there is no Excel for Windows, the doctor says so and looks at the rest."""
    here = Machine(
        windows=False,
        places=None,
        registry=lambda *_: None,
        modules=lambda _: False,
        ask=lambda *_: "",
    )
    outcome = commands.doctor("en", here)
    assert outcome.status == 1
    assert "not Windows" in outcome.lines[0]
    guide = Path(outcome.lines[1].partition("guide: ")[2])
    assert "Way 3" in guide.read_text(encoding="utf-8")
    assert guide.is_relative_to(Path(addin.__file__).parent)
    assert f"xlwings {VERSION}" in outcome.lines[2]


def test_this_machine_answers_for_itself() -> None:
    """The doctor's questions reach the real machine: its modules, and an interpreter that it starts."""
    import sys  # noqa: PLC0415 - the interpreter asked

    real = this_machine()
    assert real.modules("json")
    assert not real.modules("no_such_module_here")
    assert real.ask(Path(sys.executable), "print('xlwings', 1)").strip() == "xlwings 1"
    assert "ZeroDivisionError" in real.ask(Path(sys.executable), "1/0")
    assert real.ask(Path("/no/such/python"), "1")


def test_places_need_windows_variables() -> None:
    """Without APPDATA there is no Excel folder to name."""
    with pytest.raises(InputError, match="APPDATA"):
        Places.of_user({})
