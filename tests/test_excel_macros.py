"""The VBA that stands between cells and Python: what xlwings would write, what Excel can take, and up to date."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamxl.cli.parser import parse
from kamxl.excel import udf
from kamxl.excel.addin import bas
from kamxl.excel.addin.install import read_configuration
from kamxl.excel.addin.macros import GUIDES, macro_files, write_macros
from kamxl.excel.functions.function import FUNCTIONS, excel_function
from kamxl.renew import COMMAND
from kamxl.texts import Text
from tests.clients.xlwings_host import Excel

PROJECT = Path(__file__).parents[1]
MACROS = PROJECT / "macros"
RESERVED = set(
    """abs access addressof alias and any append array as attribute base binary boolean byref byte byval call case cbool
    cbyte ccur cdate cdbl cdec cint circle class clng close compare const csng cstr currency cvar cverr date debug
    decimal declare dim do doevents double each else elseif empty end endif enum eqv erase error event exit explicit
    false fix for friend function get global gosub goto if imp implements in input int integer is lbound len let lib
    like line local lock long loop lset me mod name new next not nothing null object on open option optional or output
    paramarray preserve print private property pset public put raiseevent random read redim rem resume return rset
    scale seek select set sgn shared single spc static step stop string sub tab text then to true type typeof ubound
    unlock until variant vbasupport wend while with withevents write xor""".split()
)


@pytest.fixture(scope="module")
def excel() -> Iterator[Excel]:
    """Xlwings in a process of its own."""
    with Excel() as running:
        yield running


@pytest.mark.parametrize("workbook", ["kamxl.xlam", "Bewertung.xlsm"])
def test_the_wrapper_is_what_xlwings_imports(workbook: str, excel: Excel) -> None:
    """Xlwings' own import, run for real, writes the very same module, for an add-in and for a workbook."""
    assert bas.wrapper_module(workbook) == excel.imported(workbook)["source"]


def test_descriptions_are_those_of_xlwings(excel: Excel) -> None:
    """The help module says of each function and argument what xlwings' import would have told Excel."""
    source = bas.help_module()
    described = excel.imported("kamxl.xlsm")["options"]
    assert len(described) == len(FUNCTIONS)
    for macro, options in described.items():
        name = macro.split("!")[1]
        entry = source.split(f'Describe "{name}", _\n')[1].split("    Describe ")[0]
        texts = [
            text.replace('""', '"')
            for text in re.findall(r'^ +"(.*?)"(?:,|\))', entry, re.MULTILINE)
        ]
        assert texts == [options["Description"], *options["ArgumentDescriptions"]]
        assert options["Category"] == "KAM"


def test_xlwings_knows_all_functions(excel: Excel) -> None:
    """All functions are exposed, in the category KAM, not volatile, every argument two-dimensional with errors."""
    known = excel.functions()
    assert set(known) == set(udf.__all__)
    for name, info in known.items():
        assert (info["category"], info["volatile"]) == ("KAM", False)
        expected = [
            [p.name, p.optional, {"ndim": 2, "err_to_str": True}, p.doc]
            for p in FUNCTIONS[name].parameters
        ]
        assert info["arguments"] == expected


def test_help_in_both_languages() -> None:
    """Every function and argument has German and English help that differ, and Excel cuts none of it."""
    for function in FUNCTIONS.values():
        for text in (function, *function.parameters):
            assert text.help.de
            assert text.help.en
            assert len(text.doc) <= 255
        assert function.help.de != function.help.en


def test_no_argument_is_a_keyword() -> None:
    """No argument's name is reserved in VBA or in LibreOffice's Basic: the whole module would fail to compile."""
    names = {
        parameter.name
        for function in FUNCTIONS.values()
        for parameter in function.parameters
    }
    assert not names & RESERVED


def test_help_too_long_is_refused() -> None:
    """A help text that Excel would cut stops the programmer, not the user."""
    with pytest.raises(ValueError, match="characters of help"):
        excel_function(Text("x" * 200, "y" * 200))(lambda: None)
    with pytest.raises(ValueError, match="help for"):
        excel_function(Text("kurz", "short"), values=Text("a", "b"))(lambda: None)


def test_a_line_too_long_for_vba_is_refused() -> None:
    """The VBA editor would break such a line in the middle of a text."""
    with pytest.raises(ValueError, match="1023"):
        bas.encoded("x" * 1024)


def test_committed_macros_are_fresh(tmp_path: Path) -> None:
    """The files in macros/ are those that the code makes now."""
    write_macros(tmp_path)
    for name, content in macro_files().items():
        assert (tmp_path / name).read_bytes() == content
        assert (MACROS / name).read_bytes() == content, f"renew with: {COMMAND}"


def test_macros_can_be_imported_by_hand() -> None:
    """Windows line ends, Windows characters, the header that names the module; the example configuration reads."""
    for name in ("xlwings_udfs", "kamxl_help"):
        content = (MACROS / f"{name}.bas").read_bytes()
        assert content.startswith(f'Attribute VB_Name = "{name}"\r\n'.encode())
        assert content.count(b"\n") == content.count(b"\r\n")
        content.decode("cp1252")
    assert "Förderer" in (MACROS / "kamxl_help.bas").read_text(encoding="cp1252")
    assert (
        read_configuration(MACROS / "kamxl.conf.example")["UDF MODULES"]
        == "kamxl.excel.udf"
    )


@pytest.mark.parametrize("name", ["INSTALLATION.md", "INSTALLATION-en.md"])
def test_the_guide_names_what_exists(name: str) -> None:
    """Every function and file that the installation guide names is there."""
    guide = (GUIDES / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\bKAM_[A-Z_]+", guide)) <= set(udf.__all__)
    named = set(re.findall(r"`(\w+(?:-en)?\.(?:bas|conf\.example|md))`", guide))
    assert named <= macro_files().keys()
    assert len(named) > 3


def test_guides_are_in_both_languages() -> None:
    """Each guide has its English twin with as many chapters and commands, and both are written beside the add-in."""
    german = {path.stem for path in GUIDES.glob("*.md") if "-en" not in path.stem}
    assert german == {"INSTALLATION", "ADMINISTRATION"}
    for stem in german:
        pair = [
            (GUIDES / f"{stem}{end}.md").read_text(encoding="utf-8")
            for end in ("", "-en")
        ]
        counts = [
            (text.count("\n#"), text.count("```"), text.count("\n|")) for text in pair
        ]
        assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["INSTALLATION.md", "ADMINISTRATION-en.md"])
def test_every_command_of_a_guide_is_understood(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kamxl udf build ORDNER`, as the guides have it, is what the command line takes."""
    text = (GUIDES / name).read_text(encoding="utf-8")
    commands = re.findall(r"\bkamxl\"? ((?:--lang en )?udf [^`\n]*)", text)
    assert len(commands) > 4
    for command in commands:
        assert parse(shlex.split(command.strip()), "de").action
    assert capsys.readouterr().err == ""


def test_administrators_read_of_every_package() -> None:
    """Whatever pyproject asks for stands in the page for administrators, with its licence."""
    pyproject = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["addin"]]
    for name in ("ADMINISTRATION.md", "ADMINISTRATION-en.md"):
        page = (GUIDES / name).read_text(encoding="utf-8")
        listed = set(re.findall(r"^\| (\w+)[^|]*\| [A-Z]", page, flags=re.MULTILINE))
        assert {re.split("[>=]", package)[0] for package in asked} <= listed


def test_what_the_page_says_of_xlwings_is_so() -> None:
    """The folder `pro` is under another licence, and importing xlwings runs a part of it."""
    spec = importlib.util.find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    notice = Path(spec.origin).with_name("pro") / "utils.py"
    assert "PolyForm Noncommercial License 1.0.0" in notice.read_text(encoding="utf-8")
    code = "import sys, xlwings; print('xlwings.pro.utils' in sys.modules)"
    assert _printed(code) == "True"


def test_only_what_runs_in_excel_loads_xlwings() -> None:
    """Writing, reading, checking and consolidating plans need nothing of it."""
    code = """
import sys
from kamxl.cli import main
main(["demo", sys.argv[1], "--year", "2027"])
main(["check", sys.argv[1] + "/plans", "--per-kam", sys.argv[1] + "/heim"])
print("xlwings" in sys.modules)
"""
    with tempfile.TemporaryDirectory() as folder:
        assert _printed(code, folder).splitlines()[-1] == "False"


def _printed(code: str, *arguments: str) -> str:
    """What Python prints for a piece of code."""
    command = [sys.executable, "-X", "utf8", "-c", code, *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()
