"""Plan workbooks for tests: templates, and plans in which every single field holds a sample entry."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kamxl.document.drawing.draw import draw_document
from kamxl.document.drawing.fill import Template
from kamxl.document.extract import Entry, Extract, WorkbookKind
from kamxl.document.identity import identity_for
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.paths import pattern_of
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind, Profile
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language

YEAR = 2027
PROFILES = [
    (profile.value, language.value) for profile in Profile for language in Language
]
_DAY = dt.date(2026, 1, 5)
_NAMES = (Kind.PERSON, Kind.CONTACT, Kind.COMPETITOR, Kind.GOAL, Kind.PRODUCT_GROUP)


def layout_with(settings: Settings) -> Layout:
    """The layout of the plan under these settings."""
    return lay_out(plan_spec(settings), str(settings.language))


@cache
def layout_of(profile: str = "full", language: str = "de") -> Layout:
    """The layout under the built-in settings."""
    return layout_with(
        Settings(profile=Profile(profile), language=Language(language), plan_year=YEAR)
    )


def template_of(layout: Layout) -> bytes:
    """The drawn template of a layout."""
    identity = identity_for(
        layout.spec,
        layout.language,
        WorkbookKind.TEMPLATE,
        "",
        str(uuid.UUID(int=0)),
        "2026-11-20",
    )
    return draw_document(layout, identity)


@cache
def template(profile: str = "full", language: str = "de") -> bytes:
    """The template under the built-in settings, drawn once per test run."""
    return template_of(layout_of(profile, language))


def filled(
    layout: Layout, values: Mapping[str, Any], drawn: bytes | None = None
) -> bytes:
    """A plan with these entries by path."""
    pourer = Template(
        drawn or template_of(layout), layout, layout.spec.settings.shaping_json()
    )
    plan_id = str(uuid.UUID(int=1))
    return pourer.fill(
        values,
        {},
        identity_for(
            layout.spec,
            layout.language,
            WorkbookKind.PLAN,
            "K 1",
            plan_id,
            "2026-11-20",
        ),
    )


@cache
def full_plan(profile: str = "full", language: str = "de") -> bytes:
    """A plan whose every field is filled with its `samples`."""
    layout = layout_of(profile, language)
    return filled(layout, samples(layout), template(profile, language))


def samples(layout: Layout) -> dict[str, Any]:
    """An entry for every field, most of them different from all others."""
    fields = layout.spec.fields
    paths = [path for path in layout.spots if pattern_of(path) in fields]
    return {
        path: sample(fields[pattern_of(path)], n, layout.language)
        for n, path in enumerate(paths)
    }


def sample(field: FieldSpec, number: int, language: str) -> Any:
    """An allowed entry of a field, as a cell holds it."""
    if field.options:
        return field.options[number % len(field.options)].label[language]
    if field.kind in _NAMES:
        return f"Name {number}"
    by_kind: dict[Kind, Any] = {
        Kind.TEXT: f"Text {number} äöü",
        Kind.NOTE: f"Lage {number}:\n– größer als „früher“ & <mehr>",
        Kind.DATE: _DAY + dt.timedelta(days=number),
        Kind.PERCENT: (number % 97 + 1) / 100,
        Kind.SCORE: 1 + number % 5,
        Kind.IMPORTANCE: 1 + number % 10,
        Kind.INTEGER: 100 + number,
        Kind.MONEY: number + 0.25,
        Kind.NUMBER: number + 0.75,
    }
    return by_kind[field.kind]


def entries_of(extract: Extract) -> dict[str, Entry]:
    """What was read, by path."""
    return {entry.path: entry for entry in extract.entries}


def read_values(extract: Extract) -> dict[str, Any]:
    """The values that are not empty, by path."""
    return {
        entry.path: entry.value for entry in extract.entries if entry.value is not None
    }


def saved(data: bytes, path: Path) -> Path:
    """The file with these bytes."""
    path.write_bytes(data)
    return path


def structures(extract: Extract) -> list[str]:
    """The kinds of all remarks."""
    return [type(remark).__name__ for remark in extract.remarks]


def first(paths: Iterable[str], start: str) -> str:
    """The first path that begins so."""
    return next(path for path in paths if path.startswith(start))
