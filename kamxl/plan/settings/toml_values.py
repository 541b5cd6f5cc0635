"""Values as TOML; the standard library only reads it.

``toml_value({"name": "Ä", "weight": 0.5})`` is ``{ name = "Ä", weight = 0.5 }``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import Enum

from pydantic import BaseModel


def toml_value(value: object) -> str:
    """A value as TOML, on one line; ``None`` and other things TOML lacks as Python shows them."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, BaseModel):
        # A key equal to its default says nothing.
        return toml_value(value.model_dump(exclude_defaults=True))
    if isinstance(value, Mapping):
        return (
            "{ "
            + ", ".join(f"{toml_key(k)} = {toml_value(v)}" for k, v in value.items())
            + " }"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(entry) for entry in value) + "]"
    return value.isoformat() if isinstance(value, dt.date | dt.time) else repr(value)


def _quoted(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\t", "\\t")
    )
    return (
        '"'
        + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped)
        + '"'
    )


def toml_key(key: object) -> str:
    """A key as TOML, quoted where it must be."""
    name = str(key)
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else _quoted(name)
