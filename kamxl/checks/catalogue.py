"""The rule catalogue as a document, written from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kamxl.checks.rules import CATALOGUE, Rule
from kamxl.texts import Text

__all__ = ["catalogue_markdown"]

_TITLE = Text(de="Prüfregeln", en="Rules of the check")
_INTRODUCTION = Text(
    de="Jede Regel hat einen Code, der seine Bedeutung nie ändert. In `kamxl.toml` lassen sich unter `[rules]` "
    "Schweregrad und Grenzwert je Regel ändern oder eine Regel abschalten, mit Code oder Name. "
    "Bei einem Fehler fehlt etwas Notwendiges, oder ein Wert oder eine Datei wird nicht übernommen; eine Warnung "
    "meldet Zweifel, ein Hinweis hilft weiter.",
    en="Each rule has a code that never changes its meaning. In `kamxl.toml`, under `[rules]`, severity and threshold "
    "of a rule can be changed, or a rule switched off, by code or name. With an error something necessary is missing, "
    "or a value or file is left out; a warning casts doubt, a hint helps.",
)
_FAMILIES = {
    "0": Text(de="Datei", en="File"),
    "1": Text(de="Aufbau der Arbeitsmappe", en="Structure of the workbook"),
    "2": Text(de="Einzelne Zelle", en="Single cell"),
    "3": Text(de="Stimmigkeit eines Plans", en="Consistency of a plan"),
    "4": Text(de="Mehrere Pläne", en="Several plans"),
}
_HEAD = Text(
    de="| Code | Regel | Schweregrad | Meldung | Abhilfe |",
    en="| Code | Rule | Severity | Message | Remedy |",
)
_THRESHOLD = Text(
    de="Grenzwert {limit}: {meaning}.", en="Threshold {limit}: {meaning}."
)
# What stands in a message where a finding has its details; additions are left out.
_BLANKS = {
    "account": Text(de="Kundennummer", en="account number"),
    "actual": Text(de="Ist", en="actual"),
    "before": Text(de="Vorjahreswert", en="value before"),
    "beyond": Text(de="über/unter", en="above/below"),
    "change": Text(de="Veränderung", en="change"),
    "contact": Text(de="Kontakt", en="contact"),
    "count": Text(de="Anzahl", en="number"),
    "created": Text(de="Erstelldatum", en="date of creation"),
    "currency": Text(de="Währung", en="currency"),
    "days": Text(de="Anzahl", en="number"),
    "example": Text(de="Feld", en="field"),
    "expected": Text(de="erwartet", en="expected"),
    "format": Text(de="wahrer Dateityp", en="true file type"),
    "found": Text(de="gefunden", en="found"),
    "group": Text(de="Produktgruppe", en="product group"),
    "high": Text(de="bis", en="high"),
    "instead": Text(de="erwartet", en="expected"),
    "kind": Text(de="Art der Arbeitsmappe", en="kind of workbook"),
    "known": Text(de="bekannt", en="known"),
    "label": Text(de="Feld", en="field"),
    "limit": Text(de="Grenze", en="limit"),
    "low": Text(de="von", en="low"),
    "meant": Text(de="vermutlich gemeint", en="probably meant"),
    "measure": Text(de="Maßnahme", en="measure"),
    "minimum": Text(de="Mindestzahl", en="minimum"),
    "name": Text(de="anderer Name", en="other name"),
    "offer": Text(de="Angebotsdatum", en="offer date"),
    "one": Text(de="eine Lesart", en="one reading"),
    "options": Text(de="erlaubte Werte", en="values allowed"),
    "other": Text(de="das andere", en="the other"),
    "part": Text(de="Teil", en="part"),
    "person": Text(de="eigene Person", en="own person"),
    "plan": Text(de="Plan", en="plan"),
    "planned": Text(de="Soll", en="planned"),
    "project": Text(de="Projekt", en="project"),
    "read": Text(de="gelesener Wert", en="value read"),
    "reporting": Text(de="Berichtswährung", en="reporting currency"),
    "stage": Text(de="Phase", en="stage"),
    "start": Text(de="Beginn", en="start"),
    "suffix": Text(de="Endung", en="ending"),
    "table": Text(de="Tabelle", en="table"),
    "typed": Text(de="Eingabe", en="entry"),
    "value": Text(de="Wert", en="value"),
    "year": Text(de="Jahr", en="year"),
}
_ADDITIONS = {"detail", "guess", "move", "more", "rows"}


def catalogue_markdown(language: str) -> str:
    """All rules by family, as Markdown tables in `language`."""
    lines = [f"# {_TITLE[language]}", "", _INTRODUCTION[language], ""]
    for digit, family in _FAMILIES.items():
        lines += [
            f"## KAM{digit}xx: {family[language]}",
            "",
            _HEAD[language],
            "|---|---|---|---|---|",
        ]
        rules = [
            rule for rule in CATALOGUE.values() if rule.code.startswith(f"KAM{digit}")
        ]
        lines += [*(_row(rule, language) for rule in rules), ""]
    return "\n".join(lines)


def _row(rule: Rule, language: str) -> str:
    cells = (
        rule.code,
        f"`{rule.name}`",
        rule.severity.label[language],
        *_texts(rule, language),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _texts(rule: Rule, language: str) -> Iterator[str]:
    message = _with_blanks(rule.message, language).removeprefix(
        f"{_blank('label', language)}: "
    )
    message = message[0].upper() + message[1:]
    if rule.threshold is not None and rule.threshold_meaning is not None:
        limit = f"`{rule.threshold:g}`"
        message += f" {_THRESHOLD[language].format(limit=limit, meaning=rule.threshold_meaning[language])}"
    yield message
    yield _with_blanks(rule.remedy, language)


def _with_blanks(text: Text, language: str) -> str:
    return re.sub(
        r"\{(\w+)\}", lambda match: _blank(match[1], language), text[language]
    )


def _blank(name: str, language: str) -> str:
    return "" if name in _ADDITIONS else f"‹{_BLANKS[name][language]}›"
