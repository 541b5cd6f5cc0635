"""The commented default `kamxl.toml`: written from the settings themselves, so it never disagrees with them.

Loading ``default_toml("en")`` gives ``Settings(language="en")``; what has no default is shown as a
commented example.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kamxl.plan.settings.file import largest_plan, row_tables
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.sections import Explained
from kamxl.plan.settings.toml_values import toml_key, toml_value
from kamxl.texts import Language, Text

_WIDTH = 100
_MOST_DIGITS = 12
_TITLE = Text(
    de="Einstellungen für kamxl. Jeder Schlüssel darf fehlen; dann gilt der hier gezeigte Standardwert. Zeilen mit "
    "# am Anfang sind Erläuterungen oder Beispiele.",
    en="Settings of kamxl. Every key may be left out; then the default shown here holds. Lines beginning with # "
    "are explanations or examples.",
)


def default_toml(language: str) -> str:
    """A commented file with all defaults, in `language` ("de" or "en")."""
    settings = Settings(language=Language(language))
    lines = [*_comment(_TITLE[language]), ""]
    for key, field in Settings.model_fields.items():
        value = getattr(settings, key)
        if isinstance(value, BaseModel):
            lines += ["", f"[{key}]", *_explanation(field, language)]
            for inner, part in type(value).model_fields.items():
                lines += _entry(inner, getattr(value, inner), part, language)
        elif isinstance(value, dict):
            lines += ["", f"[{key}]", *_explanation(field, language)]
            lines += [f"# {example}" for example in _examples(key, field, settings)]
        else:
            lines += _entry(key, value, field, language)
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    lines = textwrap.wrap(text, _WIDTH - 2, break_on_hyphens=False)
    return [f"# {line}" for line in lines]


def _explained(field: FieldInfo) -> Explained:
    return next(entry for entry in field.metadata if isinstance(entry, Explained))


def _explanation(field: FieldInfo, language: str) -> list[str]:
    explained = _explained(field)
    return _comment(Text(de=explained.de, en=explained.en)[language])


def _example(field: FieldInfo, language: str) -> str:
    example = _explained(field).example
    return example if isinstance(example, str) else example[language]


def _entry(key: str, value: object, field: FieldInfo, language: str) -> Iterable[str]:
    lines = ["", *_explanation(field, language)]
    example = _example(field, language)
    if example and not value:
        return [*lines, f"# {example}"]
    entries = value if isinstance(value, tuple) else ()
    if any(isinstance(entry, str | BaseModel) for entry in entries):
        return [*lines, f"{key} = [", *(f"    {toml_value(v)}," for v in entries), "]"]
    return [*lines, f"{key} = {toml_value(_rounded(value))}"]


def _rounded(value: object) -> object:
    """Numbers as a person writes them: thirds of 100 are 33.3 and 66.7, and mean the same when they are read."""
    if isinstance(value, tuple):
        return tuple(map(_rounded, value))
    if isinstance(value, float) and len(repr(value)) > _MOST_DIGITS:
        return round(value, 1)
    return value


def _examples(key: str, field: FieldInfo, settings: Settings) -> list[str]:
    """Examples of a table that is empty by default; those of the row tables are the plan's own numbers."""
    if key not in {"rows", "minimum_rows"}:
        return [_example(field, settings.language)]
    index = 0 if key == "rows" else 1
    tables = row_tables(largest_plan(settings))
    return [f"{toml_key(name)} = {numbers[index]}" for name, numbers in tables.items()]
