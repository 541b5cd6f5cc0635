"""What somebody meant who typed something that does not exist: ``prüfen`` → ``check``, ``--jahr`` → ``--year``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

_ALIKE = 0.6
# What people call things in their own words, or know from other programs.
_COMMANDS = {
    "new": "neu erzeugen erstellen anlegen create generate make",
    "read": "lesen auslesen show anzeigen print",
    "check": "prüfen pruefen prüfe kontrolle validate verify lint test",
    "consolidate": "zusammenführen konsolidieren portfolio merge combine report",
    "rules": "regeln prüfregeln list codes",
    "explain": "erklären erkläre erklaeren why warum describe",
    "settings": "einstellungen konfiguration config configure init",
    "demo": "beispiel beispiele example examples tutorial",
    "udf": "funktionen functions addin add-in excel macro makros",
    "help": "hilfe man usage",
    "completion": "vervollständigung completions autocomplete",
}
_OPTIONS = {
    "--accounts": "--kunden --kundenliste --customers --list",
    "--revenue": "--umsatz --umsätze --sales",
    "--year": "--jahr --planjahr",
    "--output": "--ausgabe --ziel --out --target --file",
    "--report": "--bericht --befunde --findings",
    "--settings": "--einstellungen --config --toml",
    "--lang": "--sprache --language --locale",
    "--format": "--ausgabeformat --json --csv",
    "--overwrite": "--force --überschreiben --replace",
    "--dry-run": "--probe --trocken --simulate --preview",
    "--only": "--nur --rule --regel --select",
    "--summary": "--zusammenfassung --short --total",
    "--quiet": "--still --silent",
    "--per-kam": "--je-kam --pro-kam --by-kam",
    "--deadline": "--frist --termin --bis",
    "--help": "--hilfe",
}


def meant(typed: str, known: Iterable[str]) -> str:
    """The one of `known` that was probably meant; empty where nothing is like it.

    >>> meant("chek", ["new", "check"]), meant("Prüfen", ["new", "check"]), meant("zzz", ["new"])
    ('check', 'check', '')
    """
    offered = set(known)
    called = {name: name for name in offered}
    for name, others in (*_words(_COMMANDS), *_words(_OPTIONS)):
        if name in offered:
            called |= {other: name for other in others if other not in offered}
    near = difflib.get_close_matches(typed.casefold(), called, 1, _ALIKE)
    return called[near[0]] if near else ""


def _words(names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    return [(name, others.split()) for name, others in names.items()]
