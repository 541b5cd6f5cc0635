"""Slips of the pen in `kamxl.toml`: what TOML refuses, said in the words of someone who has never heard of TOML.

``threshold = 0,3`` in line 3 becomes ``Zeile 3: Dezimalzahlen stehen hier mit Punkt: statt 0,3 bitte 0.3 schreiben``.
"""

from __future__ import annotations

import re

from kamxl.texts import Language, Text

_TWICE = Text(de="dieser Schlüssel steht doppelt", en="this key stands there twice")
_NO_TOML = Text(
    de='kein gültiges TOML. Texte gehören in Anführungszeichen, z. B. company = "Muster GmbH"',
    en='not valid TOML. Texts need quotes, e.g. company = "Sample Ltd"',
)
_OUTSIDE_QUOTES = r"""^(?:[^"'#]|"[^"]*"|'[^']*')*?"""
# What usually is the matter with a line, the likeliest first; a group is what was written.
_SLIPS = (
    (
        rf"{_OUTSIDE_QUOTES}=\s*\[?\s*([-+]?\d+(?:\.\d{{3}})*,\d+)",
        Text(
            de="Dezimalzahlen stehen hier mit Punkt: statt {found} bitte {meant} schreiben",
            en="decimal numbers have a point here: write {meant} instead of {found}",
        ),
    ),
    (
        r"=\s*([-+]?[\d.]+)\s*%",
        Text(
            de="Anteile stehen hier ohne Prozentzeichen, z. B. 0.7 für 70 %",
            en="shares have no percent sign here, e.g. 0.7 for 70%",
        ),
    ),
    (
        r"=\s*([„“”‚‘’«»])",
        Text(
            de='Texte gehören in gerade Anführungszeichen ("), nicht in {found}',
            en='texts need straight quotes ("), not {found}',
        ),
    ),
    (
        r"=\s*(?i:(ja|nein|wahr|falsch|yes|no|true|false|on|off))\s*(?:#|$)",
        Text(
            de="statt {found} bitte true oder false schreiben",
            en="write true or false instead of {found}",
        ),
    ),
    (
        r"^\s*[\w.-]+\s*(:)",
        Text(
            de="zwischen Schlüssel und Wert steht =, kein Doppelpunkt",
            en="between key and value stands =, no colon",
        ),
    ),
    (
        r"^\s*(;|//|')|(;)\s*$",
        Text(
            de="Bemerkungen beginnen mit #, und am Ende einer Zeile steht kein Strichpunkt",
            en="remarks begin with #, and no line ends with a semicolon",
        ),
    ),
    (
        r'"[^"]*(\\)[^"]*"',
        Text(
            de="ein \\ in einem Text muss doppelt stehen: \\\\",
            en="a \\ in a text must be doubled: \\\\",
        ),
    ),
)


def syntax_fault(reason: str, text: str) -> str:
    """Where a file is no TOML, and what usually is the matter.

    Args:
        reason: `tomllib`'s own message.
        text: of the whole file, in whose language the answer is.
    """
    lines = text.splitlines()
    place = re.search(r"line (\d+)", reason)
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    twice = "overwrite" in reason or "declare" in reason
    fault = _TWICE if twice else _slip(line[:500])
    placed = Text(de=f"Zeile {number}: {fault.de}", en=f"line {number}: {fault.en}")
    in_english = re.search(r"""(?m)^\s*language\s*=\s*["']en["']""", text)
    return placed[Language.EN if in_english else Language.DE]


def _slip(line: str) -> Text:
    """The likeliest cause why a line is refused."""
    for pattern, fault in _SLIPS:
        match = re.search(pattern, line)
        if match:
            found = match[match.lastindex or 0]
            point = found.replace(".", "").replace(",", ".")
            return fault.format(found=found, meant=point)
    return _NO_TOML
