"""Reading `kamxl.toml`, with one clear message when something in it is wrong.

pydantic finds the faults; what a user reads is worded here, in the file's own language, with the file's name
and the key's path: ``kamxl.toml: criteria.position[1].weight: kleinster erlaubter Wert ist 0, gefunden: -1``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kamxl.document.compiling import compile_document
from kamxl.document.spec import DocumentSpec
from kamxl.document.vocabulary import Profile
from kamxl.errors import SettingsError
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.toml_values import toml_value
from kamxl.texts import Language, Text

_Settings = TypeVar("_Settings", bound=Settings)
_LARGEST_FILE = 1 << 20  # bytes; 60 product groups and 200 people take a fiftieth of it

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
# These speak of the key or of what is missing; repeating the value would not help.
_WITHOUT_VALUE = {"extra_forbidden", "missing", "too_short", "too_long"}


def load_settings(model: type[_Settings], path: Path) -> _Settings:
    """The settings in the file at `path`. Raises `SettingsError` with one message."""
    text = _text_of(path)
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path.name}: {_syntax(str(error), text)}") from None
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
        faults = [
            e
            for e in error.errors(include_url=False)
            if e["type"] != "default_factory_not_called"
        ]
        raise SettingsError(prefix + _message(faults[0], language)) from None
    unknown = _unknown_name(settings)
    if unknown is not None:
        raise SettingsError(prefix + unknown[settings.language])
    return settings


def _syntax(reason: str, text: str) -> str:
    """Where a file is no TOML, and what usually is the matter; `reason` is tomllib's own message."""
    place = re.search(r"line (\d+)", reason)
    line = place[1] if place else str(len(text.splitlines()))
    if "overwrite" in reason or "declare" in reason:
        fault = Text(
            de="dieser Schlüssel steht doppelt", en="this key stands there twice"
        )
    else:
        fault = Text(
            de='kein gültiges TOML. Texte gehören in Anführungszeichen, z. B. company = "Muster GmbH"',
            en='not valid TOML. Texts need quotes, e.g. company = "Sample Ltd"',
        )
    return Text(de=f"Zeile {line}: {fault.de}", en=f"line {line}: {fault.en}")[
        _language_in(text)
    ]


def _text_of(path: Path) -> str:
    try:
        if path.exists() and not (
            path.is_file() and path.stat().st_size <= _LARGEST_FILE
        ):
            raise SettingsError(
                f"{path}: Das ist keine Einstellungsdatei. / This is no settings file."
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(
            f"{path.name}: Die Datei ist nicht als UTF-8 gespeichert. / The file is not saved as UTF-8."
        ) from None
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: Diese Datei gibt es nicht. / There is no such file."
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(
            f"{path}: Die Datei lässt sich nicht lesen. / The file cannot be read. ({reason})"
        ) from None


def _language_in(text: str) -> str:
    """The language a broken file asks for."""
    return (
        Language.EN
        if re.search(r"""(?m)^\s*language\s*=\s*["']en["']""", text)
        else Language.DE
    )


def _either(language: str, de: str, en: str) -> str:
    return Text(de=de, en=en)[language]


def _message(error: ErrorDetails, language: str) -> str:
    path = [part for part in error["loc"] if part != "[key]"]
    context = dict(error.get("ctx", {}))
    if error["type"] == "kamxl":
        wording = str(context[Language.EN if language == Language.EN else Language.DE])
    else:
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        kind = error["type"]
        if kind == "missing" and path and isinstance(path[-1], int):
            kind = "missing_tuple"
        wording = _FAULTS.get(kind, _OTHER)[language].format(
            **context, choices=", ".join(choices)
        )
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(path[-1]), _keys_beside(path), n=1)
        if near:
            wording += _either(
                language,
                f"; gemeint ist vielleicht {near[0]}",
                f"; perhaps {near[0]} is meant",
            )
    # Our own faults of whole lists name the entry themselves.
    if error["type"] not in _WITHOUT_VALUE and (
        error["type"] != "kamxl" or isinstance(error["input"], str)
    ):
        wording += (
            _either(language, ", gefunden: ", ", found: ")
            + toml_value(error["input"])[:60]
        )
    place = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in path
    ).lstrip(".")
    return f"{place}: {wording}" if place else wording


def _keys_beside(path: list[str | int]) -> list[str]:
    """The keys known where the last part of `path` stands."""
    model: type[BaseModel] | None = Settings
    for part in path[:-1]:
        if isinstance(part, str) and model is not None and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation)
    return list(model.model_fields) if model is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(
        (found for inner in get_args(annotation) if (found := _model_in(inner))), None
    )


def largest_plan(settings: Settings) -> DocumentSpec[Settings]:
    """The plan with everything that a setting could switch off."""
    switches: dict[str, Any] = {"profile": Profile.FULL, "collect_motives": True}
    return compile_document(AccountPlan, settings.model_copy(update=switches))


def row_tables(plan: DocumentSpec[Settings]) -> dict[str, tuple[int, int]]:
    """The tables whose rows a company may count itself, each with its rows and the least filled ones."""
    found: dict[str, tuple[int, int]] = {}
    for pattern, count in plan.drawn_rows.items():
        part = plan.find(pattern)
        found[pattern] = (count, part.minimum if part else 0)
    return found


def _unknown_name(settings: Settings) -> Text | None:
    """What is wrong with the names of tables and lists, which only the plan itself knows."""
    if not (settings.rows or settings.minimum_rows or settings.lists):
        return None
    plan = largest_plan(settings)
    lists = {
        re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", field.options_key).lower()
        for field in plan.fields.values()
        if field.options and field.max_length
    }
    for key, known in (
        ("rows", row_tables(plan)),
        ("minimum_rows", row_tables(plan)),
        ("lists", lists),
    ):
        for name in typing.cast("Mapping[str, object]", getattr(settings, key)):
            if name not in known:
                names = ", ".join(sorted(known))
                return Text(
                    de=f"{key}.{name}: gibt es nicht; möglich sind {names}",
                    en=f"{key}.{name}: does not exist; possible are {names}",
                )
    return None
