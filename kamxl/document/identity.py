"""What a workbook says about itself: sheet ``_kamxl`` and, once more, the custom document properties.

The settings that shape a document (profile, year, lists) ride along as JSON, so it
reads the same wherever it is read. A cell holds 32,767 characters at most; the JSON is cut into chunks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.spec import DocumentSpec

_CHUNK = 30_000
_LARGEST = 100_000
_SETTINGS = "settings"
PRINTED, FORMULAS = "printed", "formulas"
# Goes up when a field of a document moves to another path or changes its meaning.
TEMPLATE_VERSION = 1


def kamxl_version() -> str:
    """The installed version of kamxl."""
    try:
        return metadata.version("kamxl")
    except metadata.PackageNotFoundError:
        return "0"


def schema_hash(spec: DocumentSpec[Any]) -> str:
    """A short digest of all field patterns, kinds and lists: differs as soon as a document holds other fields."""
    described = [
        (pattern, str(field.kind), [option.code for option in field.options])
        for pattern, field in spec.fields.items()
    ]
    return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:16]


def identity_for(
    spec: DocumentSpec[Any],
    language: str,
    kind: WorkbookKind,
    account_id: str,
    plan_id: str,
    created: str,
) -> Identity:
    """The identity of a workbook about to be written; `plan_id` is a UUID, `created` an ISO date."""
    return Identity(
        kind=kind, template_version=TEMPLATE_VERSION, kamxl_version=kamxl_version(), schema_hash=schema_hash(spec),
        plan_id=plan_id, account_id=account_id, plan_year=spec.settings.year, language=language,
        profile=str(spec.settings.profile), created=created,
    )  # fmt: skip


def identity_rows(
    identity: Identity, settings: str, printed: str = "", formulas: str = ""
) -> list[tuple[str, str | int]]:
    """Key and value of each line of sheet ``_kamxl``; `printed`, `formulas`: codes of what it prints and computes."""
    rows: list[tuple[str, str | int]] = [
        (f"kamxl_{key}", value) for key, value in properties(identity).items()
    ]
    for key, text in ((_SETTINGS, settings), (PRINTED, printed), (FORMULAS, formulas)):
        rows += [
            (key, text[start : start + _CHUNK]) for start in range(0, len(text), _CHUNK)
        ]
    return rows


def properties(identity: Identity) -> dict[str, str | int]:
    """The identity as plain keys and values, for the custom document properties."""
    return {
        "kind": str(identity.kind),
        "template_version": identity.template_version,
        "kamxl_version": identity.kamxl_version,
        "schema_hash": identity.schema_hash,
        "plan_id": identity.plan_id,
        "account_id": identity.account_id,
        "plan_year": identity.plan_year,
        "language": identity.language,
        "profile": identity.profile,
        "created": identity.created,
    }


def identity_from(
    rows: Iterable[tuple[str, str]], custom: Mapping[str, str]
) -> tuple[Identity | None, str]:
    """The identity and the settings' JSON, from the lines of the sheet or else from the properties.

    `None` where neither says that kamxl wrote the workbook.
    """
    lines: dict[str, str] = {}
    settings = ""
    for key, value in rows:
        if key == _SETTINGS:
            settings += value
        elif key.startswith("kamxl_"):
            lines[key.removeprefix("kamxl_")] = value
    for key, value in custom.items():
        if key.startswith("kamxl_"):
            lines.setdefault(key.removeprefix("kamxl_"), value)
    try:
        return _identity(lines), settings
    except (KeyError, ValueError, OverflowError):
        return None, settings


def _identity(lines: Mapping[str, str]) -> Identity:
    return Identity(
        kind=WorkbookKind(lines["kind"]),
        template_version=_whole(lines["template_version"]),
        kamxl_version=lines.get("kamxl_version", ""),
        schema_hash=lines.get("schema_hash", ""),
        plan_id=lines.get("plan_id", ""),
        account_id=lines.get("account_id", ""),
        plan_year=_whole(lines.get("plan_year", "0") or "0"),
        language=lines.get("language", "de"),
        profile=lines.get("profile", "full"),
        created=lines.get("created", ""),
    )


def _whole(text: str) -> int:
    """A version or a year; `ValueError` where it can be neither."""
    number = int(float(text))
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"{text} is no version and no year")
    return number
