"""The rule catalogue as a document, written from the rules themselves."""

from __future__ import annotations

from kamxl.checks.rule import VOCABULARY, declared
from kamxl.checks.rules import Rule
from kamxl.texts import Text

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


def catalogue_markdown(language: str) -> str:
    """All rules by family, as Markdown tables in `language`."""
    lines = [f"# {_TITLE[language]}", "", _INTRODUCTION[language], ""]
    for digit, family in _FAMILIES.items():
        rules = (rule for rule in declared(Rule) if rule.code[3] == digit)
        lines += [
            f"## KAM{digit}xx: {family[language]}",
            "",
            _HEAD[language],
            "|---|---|---|---|---|",
            *(_row(rule, language) for rule in rules),
            "",
        ]
    return "\n".join(lines)


def _row(rule: Rule, language: str) -> str:
    cells = (
        rule.code,
        f"`{rule.name}`",
        rule.severity.label[language],
        *_with_threshold(rule, language),
    )
    escaped = " | ".join(cell.replace("|", r"\|") for cell in cells)
    return f"| {escaped} |"


def family_of(rule: Rule) -> Text:
    """What a rule looks at: a file, a cell, a plan."""
    return _FAMILIES[rule.code[3]]


def texts_of(rule: Rule, language: str) -> tuple[str, str]:
    """Message and remedy with the names of their details; additions are left out, and the field in front."""
    names = {**VOCABULARY, **rule.details}
    blanks = {name: f"‹{text[language]}›" for name, text in names.items()}
    blanks |= dict.fromkeys(rule.additions, "")
    message, remedy = (
        text[language].format(**blanks) for text in (rule.message, rule.remedy)
    )
    message = message.removeprefix(f"{blanks['label']}: ")
    return message[0].upper() + message[1:], remedy


def _with_threshold(rule: Rule, language: str) -> tuple[str, str]:
    message, remedy = texts_of(rule, language)
    if rule.threshold is not None and rule.threshold_meaning is not None:
        limit, meaning = f"`{rule.threshold:g}`", rule.threshold_meaning[language]
        message += f" {_THRESHOLD[language].format(limit=limit, meaning=meaning)}"
    return message, remedy
