"""Values as TOML; the standard library only reads it.

``toml_value({"name": "Ä", "weight": 0.5})`` is ``{ name = "Ä", weight = 0.5 }``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import Enum

from pydantic import BaseModel

_NAMED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})


def toml_value(value: object) -> str:
    """A value as TOML, on one line; ``None`` and other things TOML lacks as Python shows them."""
    match value:
        case Enum():
            text = toml_value(value.value)
        case bool():
            text = str(value).lower()
        case str():
            text = _quoted(value)
        case BaseModel():
            # A key equal to its default says nothing.
            text = toml_value(value.model_dump(exclude_defaults=True))
        case Mapping():
            entries = [f"{toml_key(k)} = {toml_value(v)}" for k, v in value.items()]
            text = f"{{ {', '.join(entries)} }}"
        case list() | tuple():
            text = f"[{', '.join(map(toml_value, value))}]"
        case dt.date() | dt.time():
            text = value.isoformat()
        case _:
            text = repr(value)
    return text


def _quoted(text: str) -> str:
    named = text.translate(_NAMED)
    escaped = re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", named)
    return f'"{escaped}"'


def toml_key(key: object) -> str:
    """A key as TOML, quoted where it must be."""
    name = str(key)
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else _quoted(name)
