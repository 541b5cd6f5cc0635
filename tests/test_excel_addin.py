"""The add-in, built without Excel, looked into with a foreign program."""

from __future__ import annotations

import builtins
import re
import warnings
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB

from kamxl.errors import InputError
from kamxl.excel.addin import bas
from kamxl.excel.addin.build import build_addin, origin_here, read_origin
from kamxl.excel.control.workbook import control_workbook


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly built add-in."""
    return build_addin(tmp_path_factory.mktemp("Büro") / "kamxl.xlam")


@pytest.fixture(scope="module")
def modules(addin: Path) -> dict[str, str]:
    """Its VBA modules as olevba reads them, by name."""
    return dict(read_modules(addin))


def read_modules(path: Path) -> Iterator[tuple[str, str]]:
    """Name and source of each VBA module, as olevba extracts them."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # olevba uses names that its own parser library no longer likes
        from oletools.olevba import VBA_Parser  # noqa: PLC0415

        parser = VBA_Parser(str(path))
        try:
            found = list(parser.extract_macros())
        finally:
            parser.close()
    for _, _, name, source in found:
        yield name, source.replace("\r\n", "\n")


def without_attributes(source: str) -> str:
    """VBA without the header lines that editors add."""
    return "\n".join(
        line for line in source.splitlines() if not line.startswith("Attribute ")
    ).strip()


def test_holds_the_generated_modules_and_xlwings_own(modules: dict[str, str]) -> None:
    """Xlwings' modules, ours, and the empty ones of workbook and sheet: nothing else, no sample code."""
    assert {name.rsplit(".", 1)[0] for name in modules} == {
        "ThisWorkbook",
        "Sheet2",
        "Dictionary",
        "xlwings",
        "xlwings_udfs",
        "kamxl_help",
    }
    assert without_attributes(modules["xlwings_udfs.bas"]) == without_attributes(
        bas.wrapper_module("kamxl.xlam")
    )
    assert without_attributes(modules["kamxl_help.bas"]) == without_attributes(
        bas.help_module()
    )
    assert not without_attributes(modules["ThisWorkbook.cls"])


def test_xlwings_part_is_unchanged_but_for_the_project(
    modules: dict[str, str], addin: Path
) -> None:
    """Xlwings' own VBA is taken as it is; only the name of the project, hence of the configuration, is ours."""
    import xlwings  # noqa: PLC0415 - only its folder

    template = dict(
        read_modules(Path(xlwings.__file__).parent / "quickstart_addin.xlam")
    )
    ours = modules["xlwings.bas"]
    assert ours == template["xlwings.bas"].replace(
        'PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "kamxl"'
    )
    assert modules["Dictionary.cls"] == template["Dictionary.cls"]
    assert ours != template["xlwings.bas"]
    with zipfile.ZipFile(addin) as package:
        assert "myaddin" not in package.read("xl/workbook.xml").decode()


def test_version_is_that_of_the_installed_xlwings(
    modules: dict[str, str], addin: Path
) -> None:
    """The add-in loads the DLL of the xlwings that is installed, and says so in its properties."""
    version = metadata.version("xlwings")
    assert f'XLWINGS_VERSION As String = "{version}"' in modules["xlwings.bas"]
    assert f"xlwings64-{version}.dll" in modules["xlwings.bas"]
    origin = read_origin(addin)
    assert origin == origin_here()
    assert origin is not None
    assert origin.xlwings == version


def test_no_path_of_a_machine(addin: Path) -> None:
    """The package says nothing of the machines it was made on."""
    with zipfile.ZipFile(addin) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                assert b":\\Users" not in package.read(name), name
                assert b"Felix" not in package.read(name), name


def test_valid_package(addin: Path, ooxml_validator: Any) -> None:
    """The Open XML SDK finds nothing in it that it does not find in xlwings' template."""
    import xlwings  # noqa: PLC0415 - only its folder

    template = Path(xlwings.__file__).parent / "quickstart_addin.xlam"
    assert {f.message for f in ooxml_validator([addin])} <= {
        f.message for f in ooxml_validator([template])
    }


def test_building_again_replaces_in_one_go(tmp_path: Path) -> None:
    """A second build replaces the first; nothing is left beside it."""
    target = tmp_path / "neu" / "kamxl.xlam"
    build_addin(target)
    build_addin(target)
    assert [path.name for path in target.parent.iterdir()] == ["kamxl.xlam"]


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks pyOpenVBA is told what to install."""
    real = builtins.__import__

    def refusing(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("pyopenvba"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(InputError, match=r"kamxl\[addin\]"):
        build_addin(tmp_path / "kamxl.xlam")


def test_origin_of_other_files(tmp_path: Path) -> None:
    """A text, a foreign package and a missing file are no add-ins of ours."""
    text = tmp_path / "a.xlam"
    text.write_text("kein Add-in")
    foreign = tmp_path / "b.xlam"
    with zipfile.ZipFile(foreign, "w") as package:
        package.writestr("docProps/core.xml", "<x/>")
    assert [read_origin(path) for path in (text, foreign, tmp_path / "c.xlam")] == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("suffix", ["xlam", "xlsm"])
def test_the_project_is_called_kamxl(suffix: str, addin: Path, tmp_path: Path) -> None:
    """In the VBA editor, and for `Application.Run "kamxl!…"`, the project has a name of its own."""
    path = addin
    if suffix == "xlsm":
        path = tmp_path / "control.xlsm"
        path.write_bytes(control_workbook())
    with zipfile.ZipFile(path) as package:
        streams = CFB.from_bytes(package.read("xl/vbaProject.bin"))
    assert re.findall(rb'(?m)^Name="(.*)"', streams.get_stream("PROJECT")) == [b"kamxl"]
    with ExcelFile(path) as book:
        project = book.vba_project()
        assert project.name == "kamxl"
        assert project.validate() == []
