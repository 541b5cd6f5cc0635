"""One function per command: calls `kamxl.api`, hands the result to `show`, returns the exit status."""
# ruff: noqa: PLC0415 - a command loads what it needs and nothing else

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kamxl import api
from kamxl.cli import show, words
from kamxl.cli.places import expand, try_targets

if TYPE_CHECKING:
    from kamxl.generation.generate import Generated
    from kamxl.plan.settings.model import Settings
    from kamxl.portfolio.data.collect import Collection
    from kamxl.texts import Text

DONE, ERRORS_FOUND, FAILED = 0, 1, 2


def run(options: argparse.Namespace) -> int:
    """Carry out the command that `options` name and return the exit status.

    Raises:
        KamxlError: it cannot be done; the text says why.
    """
    expand(options)
    try_targets(options)
    if options.found is not None:
        found = words.SETTINGS_FOUND[options.words].format(path=options.found)
        print(found, file=sys.stderr)
    return _COMMANDS[options.command](options)


def _new(options: argparse.Namespace) -> int:
    with show.progress(shown=options.accounts is not None) as tell:
        done = api.generate(
            options.output,
            accounts=options.accounts,
            revenue=options.revenue,
            template=options.template,
            year=options.year,
            # Without a company's own settings the workbooks speak as the messages do.
            language=options.lang or (None if options.settings else options.words),
            profile=options.profile,
            settings=options.settings,
            overwrite=options.overwrite,
            dry_run=options.dry_run,
            by_kam=options.by_kam,
            words=options.words,
            progress=tell,
        )
    if options.accounts is None:
        _tell_written(done.written, options.words)
    else:
        _tell_generated(done, options)
    return FAILED if done.blocked else DONE


def _tell_generated(done: Generated, options: argparse.Namespace) -> None:
    """What became of a list of accounts."""
    # Whoever runs it again has read before what is to be said of the lists.
    if done.written or done.blocked or options.dry_run:
        for notice in done.notices:
            print(notice, file=sys.stderr)
        told = words.PLANNED if options.dry_run else words.WRITTEN
        _tell_number(told, done.written, options)
    if done.skipped:
        _tell_number(words.SKIPPED, done.skipped, options)


def _tell_number(
    told: Text, paths: Sequence[Path], options: argparse.Namespace
) -> None:
    print(told[options.words].format(number=len(paths), path=options.output))


def _read(options: argparse.Namespace) -> int:
    plan = api.read(options.plan, language=options.words)
    if options.format == "json":
        _print_json(plan.as_json())
    else:
        show.fields(plan, options.words)
    return DONE


def _check(options: argparse.Namespace) -> int:
    settings = _settings_of(options)
    shown = options.format == "table" and not options.quiet
    with show.progress(shown=shown) as tell:
        collection = api.check(
            *options.paths,
            settings=settings,
            only=options.only,
            accounts=options.accounts,
            progress=tell,
        )
    written = [options.report, *_handed_back(options, collection, settings)]
    told = show.summary if options.summary else show.findings
    _tell(options, collection, settings, told, written)
    return _status(collection, options.paths, options.words)


def _handed_back(
    options: argparse.Namespace, collection: Collection, settings: Settings
) -> list[Path]:
    """What is written for those who filled the plans in."""
    written: list[Path] = []
    if options.per_kam is not None:
        written += api.hand_back(
            collection,
            options.per_kam,
            settings=settings,
            attach=options.attach,
            deadline=options.deadline,
        )
    if options.annotate is not None:
        written += api.annotate(
            collection,
            options.annotate,
            settings=settings,
            overwrite=options.overwrite,
        )
    return written


def _consolidate(options: argparse.Namespace) -> int:
    settings = _settings_of(options)
    with show.progress(shown=options.format == "table") as tell:
        done = api.consolidate(
            options.folder,
            options.output,
            settings=settings,
            export=options.export,
            year=options.year,
            accounts=options.accounts,
            progress=tell,
        )
    written = [options.output, options.report, options.export]
    _tell(options, done.collection, settings, show.counts, written)
    return _status(done.collection, [options.folder], options.words)


def _rules(options: argparse.Namespace) -> int:
    from kamxl.checks.explain import explained_rules
    from kamxl.cli import show_rules

    found = explained_rules(options.filters, _settings_of(options))
    if options.format == "json":
        _print_json([rule.as_json() for rule in found])
    elif options.format == "csv":
        show_rules.as_csv(found, options.words)
    elif found:
        show_rules.listed(found, options.words)
    if found:
        return DONE
    sought = " ".join(options.filters)
    print(words.NO_RULES[options.words].format(words=sought), file=sys.stderr)
    return FAILED


def _explain(options: argparse.Namespace) -> int:
    from kamxl.checks.explain import explained, rule_called
    from kamxl.cli import show_rules

    settings = _settings_of(options)
    asked = [rule_called(name, options.words) for name in options.rules]
    found = [explained(rule, settings) for rule in asked]
    if options.format == "json":
        _print_json([rule.as_json() for rule in found])
        return DONE
    for number, rule in enumerate(found):
        print(end="\n" * bool(number))
        show_rules.page(rule, options.words)
    return DONE


def _completion(options: argparse.Namespace) -> int:
    from kamxl.cli.completion import script
    from kamxl.cli.parser import build_parser

    print(script(options.shell, build_parser(options.words)), end="")
    return DONE


def _print_settings(options: argparse.Namespace) -> int:
    from kamxl.errors import InputError
    from kamxl.plan.settings.default import default_toml
    from kamxl.xlsx.saving import write_atomically

    text, path = default_toml(options.words), options.output
    if path is None:
        print(text, end="")
        return DONE
    if path.exists():
        raise InputError(words.SETTINGS_EXIST[options.words].format(path=path))
    write_atomically(path, text.encode(), options.words)
    _tell_written([path], options.words)
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from kamxl.demo.run import run_demo

    with show.progress(shown=True) as tell:
        done = run_demo(
            options.folder, language=options.words, year=options.year, progress=tell
        )
    show.counts(done.collection, options.words)
    _tell_written(done.written, options.words)
    plan = done.faulty[0]
    print(words.OPEN_NEXT[options.words].format(portfolio=done.portfolio, plan=plan))
    return DONE


def _udf(options: argparse.Namespace) -> int:
    from kamxl.excel.addin import commands as udf

    language = options.words
    actions: dict[str, Callable[[], udf.Outcome]] = {
        "build": lambda: udf.build(
            options.folder or options.output or Path(), language
        ),
        "install": lambda: udf.install(language),
        "uninstall": lambda: udf.uninstall(language),
        "doctor": lambda: udf.doctor(language),
        "list": lambda: udf.list_functions(options.names, language),
        "call": lambda: udf.call(options.name, options.arguments, language),
    }
    outcome = actions[options.action]()
    print(
        "\n".join(outcome.lines),
        file=sys.stderr if outcome.status == FAILED else sys.stdout,
    )
    return outcome.status


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "new": _new,
    "read": _read,
    "check": _check,
    "consolidate": _consolidate,
    "rules": _rules,
    "explain": _explain,
    "completion": _completion,
    "settings": _print_settings,
    "demo": _demo,
    "udf": _udf,
}


def _settings_of(options: argparse.Namespace) -> Settings:
    """The company's settings, in the language of this run."""
    return api.load_settings(options.settings, language=options.words)


def _tell(
    options: argparse.Namespace,
    collection: Collection,
    settings: Settings,
    shown: Callable[[Collection, str], None],
    written: Sequence[Path | None],
) -> None:
    """Write the report, where one is wanted, and print what became of the files."""
    from kamxl.portfolio.data.tallies import collection_json

    if options.report is not None:
        api.report(collection, options.report, settings=settings)
    if options.format == "json":
        _print_json(collection_json(collection, files=not options.summary))
    elif options.format == "csv":
        show.as_csv(collection, options.words)
    elif not options.quiet:
        shown(collection, options.words)
        show.left_out(collection, options.words)
        _tell_written(written, options.words)


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))


def _tell_written(paths: Sequence[Path | None], language: str) -> None:
    for path in paths:
        if path is not None:
            print(words.WRITTEN_ONE[language].format(path=path))


def _status(collection: Collection, places: Sequence[Path], language: str) -> int:
    """Errors found or not; a place without any file was hardly meant."""
    if not collection.sources:
        path = ", ".join(map(str, places))
        print(words.NOTHING_FOUND[language].format(path=path), file=sys.stderr)
        return FAILED
    wrong = any(finding.severity == "error" for finding in collection.findings)
    return ERRORS_FOUND if wrong else DONE
