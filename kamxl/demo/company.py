"""The supplier's own standard and its twelve account plans."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from kamxl.demo.amounts import add_amounts
from kamxl.demo.notation import NotationReader
from kamxl.document.vocabulary import Profile
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings

_HERE = resources.files("kamxl.demo")


def settings(language: str = "de", year: int | None = None) -> Settings:
    """The supplier's own standard.

    Args:
        language: of the workbooks, de or en; what stands in the plans is German.
        year: the plan year; next calendar year by default.
    """
    changes = {} if year is None else {"plan_year": year}
    return Settings.model_validate(
        {**_toml(_HERE / "supplier.toml"), "language": language, **changes}
    )


def plans(settings: Settings, today: dt.date) -> list[AccountPlan]:
    """The twelve plans by account number.

    Args:
        settings: those of `settings`; they say the plan year.
        today: the day on which the plans are looked at: due dates, contacts and updates lie around it.
    """
    spec = plan_spec(settings.changed(profile=Profile.FULL))
    found = []
    for file in (_HERE / "accounts").iterdir():
        if file.name.endswith(".toml"):
            document = _toml(file)
            reader = NotationReader(document, spec, today)
            data = reader.data()
            add_amounts(data, document, reader, spec)
            found.append(AccountPlan.model_validate(data))
    return sorted(found, key=lambda plan: plan.cover.account_id or "")


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
