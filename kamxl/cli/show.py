"""Results on the terminal: tables where somebody is looking, plain lines where another program reads."""
# ruff: noqa: PLC0415 - rich is loaded where there is something to draw

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kamxl.cli import words
from kamxl.cli.columns import in_columns

if TYPE_CHECKING:
    from rich.text import Text

    from kamxl.api import ReadPlan
    from kamxl.checks.findings import Finding
    from kamxl.portfolio.data.awaited import Missing
    from kamxl.portfolio.data.collect import Collection, Source
    from kamxl.portfolio.data.columns import DataColumn

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
                print("\n".join(line.line(source.name) for line in source.lines))
    summary(collection, language)


def summary(collection: Collection, language: str) -> None:
    """How many findings there are for each key account manager and each rule, then of all files."""
    from kamxl.portfolio.data import tallies

    managers, rules = tallies.by_manager(collection), tallies.by_rule(collection)
    if rules:
        print()
        key, nobody = tallies.MANAGER_COLUMNS[0].key, tallies.NOBODY[language]
        named = [{**row, key: row[key] or nobody} for row in managers]
        _tally(tallies.MANAGER_COLUMNS, named, language)
        _tally(tallies.RULE_COLUMNS, rules, language)
    counts(collection, language)


def _tally(
    columns: Sequence[DataColumn], rows: Sequence[Mapping[str, object]], language: str
) -> None:
    heads = [column.label[language] for column in columns]
    cells = [[row[column.key] for column in columns] for row in rows]
    print(in_columns(heads, cells), end="\n\n")


def counts(collection: Collection, language: str) -> None:
    """How many files and findings there are of which kind."""
    from kamxl.portfolio.data.records import severity_counts

    print(words.COUNTS[language].format(**collection.counts.as_json()))
    found = severity_counts(*collection.sources)
    text = words.FINDINGS_EXPLAINED if found["explained"] else words.FINDINGS
    print(text[language].format(**found))


def as_csv(collection: Collection, language: str) -> None:
    """The findings for a spreadsheet; in a file they begin with the mark by which Excel knows UTF-8."""
    from kamxl.portfolio.data.as_csv import csv_text
    from kamxl.portfolio.data.records import finding_table

    columns, rows = finding_table(collection)
    mark = "" if sys.stdout.isatty() else "\ufeff"
    print(mark + csv_text(columns, rows, language), end="")


def left_out(collection: Collection, language: str) -> None:
    """What is in no figure, in red where somebody is looking, and who has not handed in."""
    from kamxl.portfolio.data.awaited import by_manager
    from kamxl.portfolio.data.set_apart import set_apart

    told = set_apart(collection, language)
    if told:
        _in_red(told)
    for manager, missing in by_manager(collection.missing).items():
        names = (_named(one, language) for one in missing)
        line = words.MISSING_OF[language].format(
            kam=manager or words.NOBODY[language],
            count=len(missing),
            accounts=", ".join(names),
        )
        print(line)


def _in_red(text: str) -> None:
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.console import Console
    from rich.text import Text

    Console(highlight=False).print(Text(text, style="bold red"))


def _named(missing: Missing, language: str) -> str:
    """An account that has not handed in, by name and number."""
    account = missing.account
    name = f"{account.company} ({account.account_id})"
    if missing.is_untouched:
        return words.UNTOUCHED[language].format(account=name)
    return name


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
            label = visible(field["label"])
            rows.append((field["path"], label, visible(text), visible(place)))
    if sys.stdout.isatty():
        _field_table(rows, language)
    else:
        for path, label, text, place in rows:
            print(f"{path}\t{' '.join(text.split())}\t{place}\t{label}")
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


def _field_table(rows: Sequence[Sequence[str]], language: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in (words.COLUMN_FIELD, words.COLUMN_VALUE, words.COLUMN_PLACE):
        table.add_column(heading[language], overflow="fold")
    for _, *cells in rows:
        table.add_row(*map(Text, cells))
    Console(highlight=False).print(table)
