"""What `kamxl udf …` does. Each command takes the shell's words and returns the lines to print and the exit status.

Exit status: 0 all well; 1 it worked, but the answer is an error or the doctor found one; 2 it cannot be done.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kamxl.errors import InputError
from kamxl.excel import udf
from kamxl.excel.addin.build import ADDIN_NAME, build_addin, installed_xlwings
from kamxl.excel.addin.doctor import Health, Machine, examine, this_machine
from kamxl.excel.addin.install import Places, install_addin, uninstall_addin
from kamxl.excel.addin.macros import write_macros
from kamxl.excel.functions.cells import speaking
from kamxl.excel.functions.function import FUNCTIONS, Function
from kamxl.texts import Text


class Outcome(NamedTuple):
    """What a command prints and how it ends."""

    lines: list[str]
    status: int


_MARKS: dict[Health, Text] = {
    "ok": Text("ok     ", "ok     "),
    "warning": Text("Warnung", "warning"),
    "error": Text("Fehler ", "error  "),
}
_REMOVED = Text(
    "Entfernt. Excel zeigt die Funktionen nach dem nächsten Start nicht mehr.",
    "Removed. Excel does not offer the functions any more once it has been restarted.",
)
_NOTHING_THERE = Text(
    "Das Add-in ist hier nicht eingerichtet; es gibt nichts zu entfernen.",
    "The add-in is not set up here; there is nothing to remove.",
)
_TRUTH = {"wahr": True, "true": True, "falsch": False, "false": False}


def build(target: Path, language: str = "de") -> Outcome:
    """`kamxl udf build`: the add-in, the workbook with the buttons, the VBA modules, and the guides to them.

    Args:
        target: a folder, or the add-in's file name ending in .xlam; all else comes beside it.
        language: "de" or "en", also of the workbook with the buttons.
    """
    from kamxl.excel.control.workbook import CONTROL_NAME, write_control_workbook  # noqa: PLC0415 - drawing loads openpyxl

    addin = target if target.suffix.lower() == ".xlam" else target / ADDIN_NAME
    try:
        panel = write_control_workbook(addin.parent / CONTROL_NAME, language)
        written = [build_addin(addin), panel, *write_macros(addin.parent)]
    except InputError as problem:
        return Outcome([str(problem)], 2)
    count, version = len(udf.__all__), installed_xlwings()
    summary = Text(
        f"{count} Funktionen, xlwings {version}",
        f"{count} functions, xlwings {version}",
    )
    return Outcome([*map(str, written), summary[language]], 0)


def install(language: str = "de", places: Places | None = None) -> Outcome:
    """`kamxl udf install`: add-in and configuration for this user's Excel."""
    try:
        written = install_addin(places or Places.of_user())
    except InputError as problem:
        return Outcome([str(problem)], 2)
    hint = Text(
        "Excel neu starten, dann in eine Zelle: =KAM_SEGMENT(60;70)",
        "Restart Excel, then type into a cell: =KAM_SEGMENT(60,70)",
    )
    return Outcome([*map(str, written), hint[language]], 0)


def uninstall(language: str = "de", places: Places | None = None) -> Outcome:
    """`kamxl udf uninstall`: what `install` put in place, taken away again."""
    try:
        gone = uninstall_addin(places or Places.of_user())
    except InputError as problem:
        return Outcome([str(problem)], 2)
    told = _REMOVED if gone else _NOTHING_THERE
    return Outcome([*map(str, gone), told[language]], 0)


def doctor(language: str = "de", machine: Machine | None = None) -> Outcome:
    """`kamxl udf doctor`: everything between a cell and Python; status 1 if something keeps it from working."""
    lines, status = [], 0
    for diagnosis in examine(machine or this_machine()):
        mark = _MARKS[diagnosis.health][language]
        lines.append(f"{mark}  {diagnosis.finding[language]}")
        if diagnosis.remedy:
            lines.append(f"         -> {diagnosis.remedy[language]}")
        if diagnosis.health == "error":
            status = 1
    return Outcome(lines, status)


def list_functions(names: Sequence[str] = (), language: str = "de") -> Outcome:
    """`kamxl udf list [NAME …]`: all functions in a line each, or those named with their arguments."""
    if not names:
        known = map(FUNCTIONS.__getitem__, sorted(udf.__all__))
        return Outcome([f"{one.name}  {one.help[language]}" for one in known], 0)
    lines: list[str] = []
    for name in names:
        function = FUNCTIONS.get(name.upper())
        if function is None:
            return _unknown(name, language)
        lines += _explained(function, language)
    return Outcome(lines, 0)


def call(name: str, words: Sequence[str], language: str = "de") -> Outcome:
    """`kamxl udf call NAME ARGUMENT …`: any function from the shell.

    Args:
        name: the function, in any case.
        words: its arguments as in a cell: `60`, `0,5` or `0.5`, `WAHR`, a text, an empty word for an empty cell;
            `"4;3;;5"` is a range; `part=Abdeckung` names an argument.
        language: "de" or "en".
    """
    function = FUNCTIONS.get(name.upper())
    if function is None:
        return _unknown(name, language)
    given = _given(function, words)
    if given is None:
        return Outcome(_explained(function, language), 2)
    with speaking(language):
        result = function.call(*(given.get(one.name) for one in function.parameters))
    lines = _shown(result, language)
    return Outcome(lines, int(any(line.startswith("#") for line in lines)))


def _given(function: Function, words: Sequence[str]) -> dict[str, object] | None:
    """The arguments by name; None where one is missing or there are too many."""
    known = [parameter.name for parameter in function.parameters]
    by_name: dict[str, object] = {}
    by_place: list[object] = []
    for word in words:
        key, equals, rest = word.partition("=")
        if equals and key in known:
            by_name[key] = parsed(rest)
        else:
            by_place.append(parsed(word))
    given = dict(zip(known, by_place, strict=False)) | by_name
    needed = {one.name for one in function.parameters if not one.optional}
    complete = needed <= given.keys() and len(by_place) <= len(known)
    return given if complete else None


def parsed(word: str) -> object:
    """A word of the shell as cells hold it.

    >>> parsed("0,5"), parsed("4;3;;5"), parsed(""), parsed("wahr"), parsed("Entscheider")
    (0.5, [4.0, 3.0, None, 5.0], None, True, 'Entscheider')
    """
    if ";" in word:
        return [parsed(part) for part in word.split(";")]
    text = word.strip()
    if not text:
        return None
    if text.casefold() in _TRUTH:
        return _TRUTH[text.casefold()]
    try:
        return float(text.replace(",", ".") if "." not in text else text)
    except ValueError:
        return text


def _unknown(name: str, language: str) -> Outcome:
    close = difflib.get_close_matches(name.upper(), udf.__all__, n=3, cutoff=0.5)
    hint = f" -> {', '.join(close)}" if close else ""
    text = Text(f"Die Funktion {name} gibt es nicht.", f"There is no function {name}.")
    return Outcome([text[language] + hint], 2)


def _explained(function: Function, language: str) -> list[str]:
    lines = [function.signature, f"  {function.help[language]}"]
    width = max(len(parameter.name) for parameter in function.parameters)
    return lines + [
        f"  {p.name:<{width}}  {p.help[language]}" for p in function.parameters
    ]


def _shown(result: object, language: str) -> list[str]:
    lines = []
    for row in result if isinstance(result, list) else [result]:
        cells = row if isinstance(row, list) else [row]
        lines.append("\t".join(_one(cell, language) for cell in cells))
    return lines


def _one(value: object, language: str) -> str:
    if isinstance(value, bool):
        return Text("WAHR" if value else "FALSCH", str(value).upper())[language]
    if isinstance(value, float):
        text = f"{value:.12g}"
        return text.replace(".", ",") if language == "de" else text
    return str(value)
