"""In which language kamxl speaks: as asked for, as the company says, as the system says, else German.

A system of another country than Germany, Austria or Switzerland is spoken to in the language it names where kamxl knows
it, and in English where it does not: ``de_CH.UTF-8`` → German, ``fr_FR.UTF-8`` → English, ``C.UTF-8`` says nothing.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kamxl.plan.settings.find import find_settings, settings_text

LANGUAGES = ("de", "en")
_LARGEST_SETTINGS = 1 << 20  # bytes
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_COUNTRY = ("", "c", "posix")
_BEHIND_LANGUAGE = re.compile(r"[.@_-]")


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of all messages: ``--lang``, KAMXL_LANG, that of the settings file or of the system, or German."""
    scout = argparse.ArgumentParser(
        add_help=False, exit_on_error=False, allow_abbrev=False
    )
    scout.add_argument("--lang")
    scout.add_argument("--settings")
    try:
        found, _ = scout.parse_known_args(arguments)
    except argparse.ArgumentError:
        found = argparse.Namespace(lang=None, settings=None)
    wanted = (
        found.lang,
        environment.get("KAMXL_LANG", "")[:2].lower(),
        _language_in(found.settings or find_settings(places_in(arguments))),
        language_of_system(environment),
    )
    return next((language for language in wanted if language in LANGUAGES), "de")


def language_of_system(environment: Mapping[str, str]) -> str:
    """What the first variable that is set says of the language; empty where none says anything.

    >>> language_of_system({"LANG": "de_AT.UTF-8"}), language_of_system({"LANG": "fr_FR", "LC_ALL": ""})
    ('de', 'en')
    """
    told = (environment.get(name, "") for name in _SYSTEM)
    locale = next(filter(None, told), "").lower()
    spoken = _BEHIND_LANGUAGE.split(locale, maxsplit=1)[0]
    if spoken in _NO_COUNTRY:
        return ""
    return spoken if spoken in LANGUAGES else "en"


def places_in(arguments: Sequence[str]) -> Iterator[Path]:
    """The files and folders that are named."""
    for argument in arguments:
        with suppress(OSError, ValueError):
            if Path(argument).exists():
                yield Path(argument)


def _language_in(settings: str | Path | None) -> str:
    """The language that a settings file names; whatever else is wrong with it is told later."""
    if not settings:
        return ""
    path = Path(settings)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_SETTINGS:
            return ""
        written = tomllib.loads(settings_text(path.read_bytes()))
        return str(written.get("language", ""))
    except (OSError, ValueError, RecursionError):
        return ""
