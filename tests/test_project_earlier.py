"""Plans written by an earlier kamxl are read as that one read them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import kamxl

EARLIER = Path(__file__).parent / "earlier"
PLANS = sorted(EARLIER.glob("*.xlsx"))
DAY = dt.date(2026, 11, 16)

each_plan = pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)


def expected(path: Path) -> Any:
    """What the kamxl that wrote the plan read in it."""
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def entries_of(fields: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By sheet, then by cell and path: the value, or in a list what could not be used."""
    found: dict[str, dict[str, Any]] = {}
    for field in fields:
        if field["state"] != "empty":
            value = [field["raw"]] if field["value"] is None else field["value"]
            sheet = found.setdefault(field["sheet"], {})
            sheet[f"{field['cell']} {field['path']}"] = value
    return found


def test_there_are_plans_to_read() -> None:
    """Both languages, both profiles, a sound and a faulty plan; each with what is expected of it."""
    assert len(PLANS) == 4
    identities = [expected(path)["identity"] for path in PLANS]
    assert {one["language"] for one in identities} == {"de", "en"}
    assert {one["profile"] for one in identities} == {"full", "compact"}


@each_plan
def test_every_entry_has_the_value_it_had(path: Path) -> None:
    """Each entry is found in its cell, under its path and with its value; none is lost and none is new."""
    read = kamxl.read(path).as_json()
    assert read["identity"] == expected(path)["identity"]
    assert entries_of(read["fields"]) == expected(path)["entries"]


@each_plan
def test_the_check_finds_what_it_found(path: Path) -> None:
    """The plan is accepted or not as before, with the same findings at the same places."""
    (source,) = kamxl.check(path, today=DAY).sources
    found = sorted(f"{one.sheet}!{one.cell} {one.code}" for one in source.findings)
    assert found == expected(path)["findings"]
    assert source.status.value == expected(path)["status"]
