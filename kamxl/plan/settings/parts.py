"""The small models and checks that `Settings` is put together from.

A list entry may be written short: ``"Wachstum"`` stands for ``{de = "Wachstum", en = "Wachstum"}``, with a
key made from the name (``wachstum``); criteria without weights share 100 % equally.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, Protocol, TypeVar

from annotated_types import Interval, Len
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Strict,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kamxl.spelling import fold
from kamxl.texts import Text

# A bool is no number, and neither is a text that looks like one.
Real = Annotated[float, Strict()]
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_Label = Annotated[str, Len(1, 120)]


class SettingsPart(BaseModel):
    """Base of all settings: frozen, without unknown keys, nan or infinity."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        str_strip_whitespace=True,
        validate_default=False,
    )

    @field_validator("*", mode="before")
    @classmethod
    def _one_line(cls, raw: Any) -> Any:
        """Refuses what no cell, header or file name could hold."""
        entries = raw if isinstance(raw, list | tuple) else (raw,)
        texts = (entry for entry in entries if isinstance(entry, str))
        for text in texts:
            if _CONTROLS.search(text.strip()):
                raise fault(
                    "Zeilenumbrüche und Steuerzeichen sind nicht erlaubt",
                    "line breaks and control characters are not allowed",
                )
        return raw


def fault(de: str, en: str) -> PydanticCustomError:
    """A fault with its wording in both languages, to be raised in a validator."""
    return PydanticCustomError("kamxl", "{en}", {"de": de, "en": en})


def matching(pattern: str, de: str, en: str) -> AfterValidator:
    """A check that a text has a form; `de` and `en` say which."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise fault(de, en)
        return value

    return AfterValidator(check)


CurrencyCode = Annotated[
    str,
    matching(
        "[A-Z]{3}",
        "ein ISO-Währungscode aus drei Großbuchstaben wie EUR erwartet",
        "expected an ISO currency code of three capitals like EUR",
    ),
]
_Key = Annotated[
    str,
    matching(
        "[a-z][a-z0-9_]{0,59}",
        "nur Kleinbuchstaben ohne Umlaute, Ziffern und _ erlaubt, beginnend mit einem Buchstaben",
        "only lower-case letters, digits and _ allowed, beginning with a letter",
    ),
]


_SPELLED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def _key_of(name: str) -> str:
    """A key made from a name: ``Größe (Werk)`` → ``groesse_werk``."""
    spelled = re.sub("[äöüß]", lambda match: _SPELLED[match[0]], name.lower())
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50]
    if not key:
        return f"c_{zlib.crc32(name.encode()):08x}"
    return key if key[0].isalpha() else f"c_{key}"


def _code_of(name: str) -> str:
    return name[:80]


def list_key(name: str) -> str:
    """How the settings call a list of values, by the name of its class: ``MeasureArea`` → ``measure_area``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _both_languages(raw: Any) -> Any:
    """A mere name in both languages; a name in one language stands in for the other."""
    if isinstance(raw, str):
        return {"de": raw, "en": raw}
    if isinstance(raw, dict) and ("de" in raw) != ("en" in raw):
        name = raw.get("de", raw.get("en"))
        return {"de": name, "en": name, **raw}
    return raw


def _written_out(raw: Any, key: str, made_of: Callable[[str], str]) -> Any:
    """An entry in both languages, with the `key` that is made of its name where it has none."""
    raw = _both_languages(raw)
    name = raw.get("de") if isinstance(raw, dict) else None
    return {key: made_of(name), **raw} if isinstance(name, str) else raw


class Named(SettingsPart):
    """An entry with a key of its own and a name in both languages."""

    key: _Key
    de: _Label
    en: _Label

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, raw: Any) -> Any:
        return _written_out(raw, "key", _key_of)

    @property
    def text(self) -> Text:
        """The name in both languages."""
        return Text(de=self.de, en=self.en)


class Criterion(Named):
    """A criterion with its weight (any non-negative number; normalised to a sum of 1)."""

    weight: Annotated[Real, Interval(ge=0, le=1000)]
    reversed: Annotated[bool, Strict()] = False


class SettingsEntry(SettingsPart):
    """A value added to a list (its `code` is what a plan stores), or a strategy of the company's own."""

    code: Annotated[str, Len(1, 80)]
    de: _Label
    en: _Label

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, raw: Any) -> Any:
        return _written_out(raw, "code", _code_of)

    @property
    def text(self) -> Text:
        """The label in both languages."""
        return Text(de=self.de, en=self.en)


class Member(SettingsPart):
    """One of our own people."""

    name: Annotated[str, Len(1, 120)]
    function: Annotated[str, Len(max_length=120)] = ""
    key_account_manager: Annotated[bool, Strict()] = False

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, raw: Any) -> Any:
        return {"name": raw} if isinstance(raw, str) else raw


class RuleSetting(SettingsPart):
    """What a company changes about a rule; `None` leaves the rule's own value."""

    severity: Literal["error", "open", "warning", "hint", "off"] | None = None
    threshold: Real | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, raw: Any) -> Any:
        return {"severity": raw} if isinstance(raw, str) else raw

    @property
    def off(self) -> bool:
        """Whether the rule is switched off."""
        return self.severity == "off"


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses a name that stands twice, however it is spelled."""
    seen: set[str] = set()
    for name in names:
        if fold(name) in seen:
            raise fault(f"„{name}“ steht doppelt", f"“{name}” stands there twice")
        seen.add(fold(name))
    return names


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Entries = TypeVar("_Entries", bound=Sequence[_Keyed])


def distinct_keys(entries: _Entries) -> _Entries:
    """Refuses two entries with the same key."""
    distinct(tuple(entry.key for entry in entries))
    return entries


def some_above_zero(weights: tuple[float, ...]) -> tuple[float, ...]:
    """Refuses weights that are all zero."""
    if not any(weights):
        raise fault(
            "mindestens ein Gewicht muss größer als 0 sein",
            "at least one weight must be above 0",
        )
    return weights


def some_weight(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Refuses criteria whose weights are all zero."""
    some_above_zero(tuple(criterion.weight for criterion in criteria))
    return criteria


def with_equal_weights(raw: Any) -> Any:
    """Where no entry has a weight, each gets the same share."""
    if not isinstance(raw, list | tuple):
        return raw
    written_out = [entry for entry in raw if isinstance(entry, dict)]
    names = [entry for entry in raw if isinstance(entry, str)]
    has_weights = any("weight" in entry for entry in written_out)
    if has_weights or len(written_out) + len(names) < len(raw):
        return raw
    return [{**_both_languages(entry), "weight": 1 / len(raw)} for entry in raw]


def flattened(raw: Any) -> Any:
    """``opportunities.open = 20`` without quotes is a nested table in TOML; it means the same key."""
    if not isinstance(raw, dict):
        return raw
    flat: dict[str, Any] = {}
    for key, value in raw.items():
        if isinstance(value, dict):
            inside = flattened(value).items()
            flat |= {f"{key}.{inner}": entry for inner, entry in inside}
        else:
            flat[key] = value
    return flat
