"""Results on the terminal: tables where somebody is looking, plain lines where another program reads."""
# ruff: noqa: PLC0415 - rich is loaded where there is something to draw

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kamxl.cli import words

if TYPE_CHECKING:
    from rich.text import Text

    from kamxl.api import ReadPlan
    from kamxl.checks.findings import Finding
    from kamxl.portfolio.data.collect import Collection, Source

_COLOURS = {"error": "red", "open": "blue", "warning": "yellow", "hint": "cyan"}
_STATUS_COLOURS = {
    "accepted": "green",
    "partial": "yellow",
    "rejected": "red",
    "ignored": "dim",
}


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on stderr; nothing where nobody would see it."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from kamxl.checks.entries.texts import visible

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=visible(name)
        )


def findings(collection: Collection, language: str) -> None:
    """All findings by file, then how many there are of what."""
    for source in collection.sources:
        if source.lines:
            if sys.stdout.isatty():
                _file_table(source, language)
            else:
                print("\n".join(finding.line() for finding in source.lines))
    counts(collection, language)


def counts(collection: Collection, language: str) -> None:
    """How many files and findings there are of which kind."""
    print(words.COUNTS[language].format(**collection.counts.as_json()))
    found = Counter(
        finding.state for source in collection.sources for finding in source.lines
    )
    print(
        words.FINDINGS[language].format(
            errors=found["error"],
            open=found["open"],
            warnings=found["warning"],
            hints=found["hint"],
        )
    )


def fields(plan: ReadPlan, language: str) -> None:
    """Every field that holds something, and how many hold nothing."""
    from kamxl.checks.entries.texts import visible

    rows = []
    for field in plan.fields:
        if field["state"] != "empty":
            text = str(field["value"])
            if field["value"] is None:
                text = words.UNREADABLE[language].format(raw=field["raw"])
            place = f"{field['sheet']}!{field['cell']}"
            rows.append((field["path"], visible(text), visible(place)))
    if sys.stdout.isatty():
        _field_table(rows, language)
    else:
        for path, text, place in rows:
            print(f"{path}\t{' '.join(text.split())}\t{place}")
    empty = words.EMPTY_FIELDS[language].format(number=len(plan.fields) - len(rows))
    print(empty, file=sys.stderr)


def _file_table(source: Source, language: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kamxl.checks.entries.texts import visible

    console = Console(highlight=False)
    title = Text(visible(source.name), style="bold")
    title.append(
        f"  {source.status.label[language]}", style=_STATUS_COLOURS[source.status.value]
    )
    console.print(title)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for ratio in (None, None, None, 1):
        table.add_column(ratio=ratio, no_wrap=ratio is None, overflow="fold")
    for finding in source.lines:
        table.add_row(*_cells(finding, language))
    console.print(table)
    console.print()


def _cells(finding: Finding, language: str) -> tuple[Text, ...]:
    from rich.text import Text

    from kamxl.checks.entries.texts import visible

    colour = _COLOURS.get(finding.state, "green")
    state = finding.severity.label
    if finding.answer:
        state = words.ANSWERED
    return (
        Text(f"  {state[language]}", style=colour),
        Text(finding.code, style="dim"),
        Text(visible(finding.place)),
        Text(visible(f"{finding.message} {finding.remedy}")),
    )


def _field_table(rows: list[tuple[str, str, str]], language: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in (words.COLUMN_FIELD, words.COLUMN_VALUE, words.COLUMN_PLACE):
        table.add_column(heading[language], overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)
