"""Reading `kamxl.toml`, with one clear message when something in it is wrong.

pydantic finds the faults; what a user reads is worded here, in the file's own language, with the file's name
and the key's path: ``kamxl.toml: criteria.position[1].weight: kleinster erlaubter Wert ist 0, gefunden: -1``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kamxl.document.compiling import compile_document
from kamxl.document.spec import DocumentSpec
from kamxl.document.vocabulary import Profile
from kamxl.errors import SettingsError
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.settings.find import settings_text
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.parts import list_key
from kamxl.plan.settings.syntax import syntax_fault
from kamxl.plan.settings.toml_values import toml_value
from kamxl.texts import Language, Text
from kamxl.xlsx.reasons import reason_of

_Settings = TypeVar("_Settings", bound=Settings)
_LARGEST_FILE = 1 << 20  # bytes; 60 product groups and 200 people take a fiftieth of it

_OTHER_COLUMNS = {"contact_title", "product_group", "year", "revenue"}
"""Columns of lists that are no fields of the cover."""

_NAMING_KEYS = ("rows", "minimum_rows", "lists", "columns")
"""Settings whose keys are names of the plan's tables, lists and fields."""

_FAULTS = {
    "extra_forbidden": Text(
        de="diesen Schlüssel gibt es nicht", en="there is no such key"
    ),
    "missing": Text(de="die Angabe fehlt", en="is missing"),
    "string_type": Text(
        de="ein Text in Anführungszeichen erwartet", en="expected a text in quotes"
    ),
    "string_too_short": Text(de="darf nicht leer sein", en="must not be empty"),
    "string_too_long": Text(
        de="höchstens {max_length} Zeichen erlaubt",
        en="at most {max_length} characters",
    ),
    "too_short": Text(
        de="zu wenige Einträge, nötig: {min_length}",
        en="too few entries, needed: {min_length}",
    ),
    "too_long": Text(
        de="zu viele Einträge, höchstens: {max_length}",
        en="too many entries, at most: {max_length}",
    ),
    "missing_tuple": Text(
        de="zu wenige Zahlen in der Liste", en="too few numbers in the list"
    ),
    "int_type": Text(de="eine ganze Zahl erwartet", en="expected a whole number"),
    "int_from_float": Text(de="eine ganze Zahl erwartet", en="expected a whole number"),
    "float_type": Text(
        de="eine Zahl erwartet (Dezimalpunkt)", en="expected a number (decimal point)"
    ),
    "finite_number": Text(
        de="eine endliche Zahl erwartet", en="expected a finite number"
    ),
    "bool_type": Text(de="true oder false erwartet", en="expected true or false"),
    "greater_than": Text(de="muss größer als {gt:g} sein", en="must be above {gt:g}"),
    "greater_than_equal": Text(
        de="kleinster erlaubter Wert ist {ge:g}", en="the least value allowed is {ge:g}"
    ),
    "less_than_equal": Text(
        de="größter erlaubter Wert ist {le:g}", en="the largest value allowed is {le:g}"
    ),
    "date_type": Text(
        de="ein Datum ohne Anführungszeichen erwartet, z. B. 2027-01-15",
        en="expected a date without quotes, e.g. 2027-01-15",
    ),
    "enum": Text(de="erlaubt sind {choices}", en="allowed are {choices}"),
    "literal_error": Text(de="erlaubt sind {choices}", en="allowed are {choices}"),
    "tuple_type": Text(
        de="eine Liste in eckigen Klammern erwartet",
        en="expected a list in square brackets",
    ),
    "dict_type": Text(
        de="eine Tabelle mit Schlüsseln erwartet", en="expected a table of keys"
    ),
    "model_type": Text(
        de="eine Tabelle mit Schlüsseln erwartet", en="expected a table of keys"
    ),
    "model_attributes_type": Text(
        de="eine Tabelle mit Schlüsseln erwartet", en="expected a table of keys"
    ),
}
_OTHER = Text(
    de="dieser Wert ist hier nicht erlaubt", en="this value is not allowed here"
)
_NEAR = Text(de="; gemeint ist vielleicht {name}", en="; perhaps {name} is meant")
_POINT = Text(
    de=" (Dezimalzahlen mit Punkt schreiben, z. B. 33.3)",
    en=" (write decimal numbers with a point, e.g. 33.3)",
)
_FOUND = Text(de=", gefunden: ", en=", found: ")
# These speak of the key or of what is missing; repeating the value would not help.
_WITHOUT_VALUE = {"extra_forbidden", "missing", "too_short", "too_long"}


def load_settings(model: type[_Settings], path: Path) -> _Settings:
    """The settings in the file at `path`. Raises `SettingsError` with one message."""
    text = _text_of(path)
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path.name}: {syntax_fault(str(error), text)}") from None
    return validated(model, raw, path.name)


def validated(
    model: type[_Settings], raw: Mapping[str, Any], file: str = ""
) -> _Settings:
    """Settings made of `raw`. Raises `SettingsError`, beginning with the name of `file` where there is one."""
    asked = raw.get("language")
    language = Language.EN if asked == Language.EN else Language.DE
    prefix = f"{file}: " if file else ""
    try:
        settings = model.model_validate(raw)
    except ValidationError as error:
        # A default that waits for a wrong value of another key is no fault of its own.
        faults = error.errors(include_url=False)
        own = next(f for f in faults if f["type"] != "default_factory_not_called")
        raise SettingsError(prefix + _message(own, language)) from None
    unknown = _unknown_name(settings)
    if unknown is not None:
        raise SettingsError(prefix + unknown[settings.language])
    return settings


def _text_of(path: Path) -> str:
    try:
        is_file = path.is_file()
        if path.stat().st_size > _LARGEST_FILE or not is_file:
            raise SettingsError(
                f"{path}: Das ist keine Einstellungsdatei. / This is no settings file."
            )
        return settings_text(path.read_bytes())
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            f"{path.name}: Die Datei ist nicht als UTF-8 gespeichert (Umlaut in Zeile {line}). Bitte im Editor mit "
            "„Speichern unter“ und der Codierung UTF-8 speichern. / The file is not saved as UTF-8 (letter in line "
            f"{line}). Please use “Save as” in your editor with the encoding UTF-8."
        ) from None
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: Diese Datei gibt es nicht. / There is no such file."
        ) from None
    except OSError as error:
        why = reason_of(error)
        raise SettingsError(
            f"{path}: Die Datei lässt sich nicht lesen ({why['de']}). / The file cannot be read ({why['en']})."
        ) from None


def _message(error: ErrorDetails, language: Language) -> str:
    path = [part for part in error["loc"] if part != "[key]"]
    wording = _fault(error)[language] + _advice(error, path, language)
    if _shows_value(error):
        wording += _FOUND[language] + toml_value(error["input"])[:60]
    place = _place(path)
    return f"{place}: {wording}" if place else wording


def _advice(error: ErrorDetails, path: list[str | int], language: Language) -> str:
    """What was probably meant: a key spelt otherwise, or decimals with a point."""
    kind = error["type"]
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), _keys_beside(path), n=1)
        return "".join(_NEAR[language].format(name=name) for name in near)
    if kind == "too_long" and all(isinstance(one, int) for one in error["input"]):
        return _POINT[language]
    return ""


def _shows_value(error: ErrorDetails) -> bool:
    """Whether the value helps; our own faults of whole lists name the entry themselves."""
    if error["type"] == "kamxl":
        return isinstance(error["input"], str)
    return error["type"] not in _WITHOUT_VALUE


def _place(path: Sequence[str | int]) -> str:
    """Where a key stands: ``criteria.position[1].weight``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).lstrip(".")


def _fault(error: ErrorDetails) -> Text:
    """What is wrong, in our own words or those for what pydantic finds."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "kamxl":
        return Text(**context)
    if kind == "missing" and isinstance(error["loc"][-1], int):
        kind = "missing_tuple"
    choices = re.findall(r"'([^']*)'", str(context.get("expected")))
    return _FAULTS.get(kind, _OTHER).format(**context, choices=", ".join(choices))


def _keys_beside(path: list[str | int]) -> list[str]:
    """The keys known where the last part of `path` stands."""
    model: type[BaseModel] = Settings
    for part in path[:-1]:
        field = model.model_fields.get(str(part))
        model = (field and _model_in(field.annotation)) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def largest_plan(settings: Settings) -> DocumentSpec[Settings]:
    """The plan with everything that a setting could switch off."""
    switches: dict[str, Any] = {
        "profile": Profile.FULL,
        "collect_motives": True,
        "year_to_date": True,
    }
    return compile_document(AccountPlan, settings.model_copy(update=switches))


def row_tables(plan: DocumentSpec[Settings]) -> dict[str, tuple[int, int]]:
    """The tables whose rows a company may count itself, each with its rows and the least filled ones."""
    parts = map(plan.find, plan.shown_rows)
    return {part.pattern: (part.shown, part.minimum) for part in parts if part}


def _unknown_name(settings: Settings) -> Text | None:
    """What is wrong with the names of tables and lists, which only the plan itself knows."""
    given = {key: getattr(settings, key) for key in _NAMING_KEYS}
    if not any(given.values()):
        return None
    for key, known in _known_names(largest_plan(settings)).items():
        unknown = next((name for name in given[key] if name not in known), None)
        if unknown is not None:
            names = ", ".join(sorted(known))
            return Text(
                de=f"{key}.{unknown}: gibt es nicht; möglich sind {names}",
                en=f"{key}.{unknown}: does not exist; possible are {names}",
            )
    return None


def _known_names(plan: DocumentSpec[Settings]) -> dict[str, set[str]]:
    """The names that a plan knows, by the key of the settings that may hold them."""
    tables = {*row_tables(plan)}
    extended = (f for f in plan.fields.values() if f.options and f.max_length)
    lists = {list_key(field.options_key) for field in extended}
    (form,) = plan.sheet("cover").sections
    columns = {field.key for field in form.fields} - {"plan_year"} | _OTHER_COLUMNS
    return dict(zip(_NAMING_KEYS, (tables, tables, lists, columns), strict=True))
