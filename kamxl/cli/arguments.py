"""Which commands there are, and what each may be told."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kamxl.cli import words
from kamxl.cli.completion import SHELLS
from kamxl.cli.making import Maker, Parser, date_in

if TYPE_CHECKING:
    from kamxl.cli.making import Commands

PROFILES = ("full", "compact")
_LISTED = ("table", "json", "csv")
_PLAIN = ("table", "json")


def add_commands(make: Maker, commands: Commands) -> None:
    """Add all commands, in the order in which a user meets them."""
    for add in (
        *(_new, _read, _check, _consolidate),
        *(_rules, _explain, _settings, _demo, _udf, _help, _completion),
    ):
        add(make, commands)


def _new(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "new", words.NEW, words.NEW_LONG)
    make.path(parser, "--accounts", "FILE", words.ACCOUNTS)
    make.path(parser, "--revenue", "FILE", words.REVENUE)
    make.flag(parser, "--template", words.TEMPLATE)
    make.year_option(parser)
    make.language_option(parser, words.NEW_LANGUAGE)
    make.option(parser, "--profile", choices=PROFILES, help_text=words.PROFILE)
    make.settings_option(parser)
    make.flag(parser, "--overwrite", words.OVERWRITE)
    make.flag(parser, "--dry-run", words.DRY_RUN)
    make.flag(parser, "--by-kam", words.BY_KAM)
    make.output(parser, "PATH", words.NEW_OUTPUT, required=True)


def _read(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "read", words.READ, words.READ_LONG)
    make.path(parser, "plan", "PLAN", words.PLAN)
    make.format_option(parser, _PLAIN)
    make.language_option(parser)


def _check(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "check", words.CHECK, words.CHECK_LONG)
    make.path(parser, "paths", "PATH", words.PATHS, nargs="+")
    make.option(
        parser, "--only", metavar="RULE", action="append", default=[], help_text=words.ONLY
    )  # fmt: skip
    shown = parser.add_mutually_exclusive_group()
    make.flag(shown, "--summary", words.SUMMARY)  # type: ignore[arg-type]
    make.flag(shown, "--quiet", words.QUIET)  # type: ignore[arg-type]
    make.path(parser, "--accounts", "FILE", words.AWAITED)
    make.path(parser, "--report", "FILE.xlsx", words.REPORT)
    make.path(parser, "--per-kam", "DIR", words.PER_KAM)
    make.flag(parser, "--attach", words.ATTACH)
    day = date_in(make.language)
    make.option(
        parser, "--deadline", metavar="DATE", type=day, help_text=words.DEADLINE
    )
    make.path(parser, "--annotate", "DIR", words.ANNOTATE)
    make.flag(parser, "--overwrite", words.OVERWRITE_COPIES)
    make.format_option(parser, _LISTED)
    make.settings_option(parser)
    make.language_option(parser)


def _consolidate(make: Maker, commands: Commands) -> None:
    parser = make.command(
        commands, "consolidate", words.CONSOLIDATE, words.CONSOLIDATE_LONG
    )
    make.path(parser, "folder", "FOLDER", words.FOLDER)
    make.output(parser, "FILE.xlsx", words.PORTFOLIO, required=True)
    make.path(parser, "--export", "DIR", words.EXPORT)
    make.path(parser, "--accounts", "FILE", words.AWAITED)
    make.path(parser, "--report", "FILE.xlsx", words.REPORT)
    make.year_option(parser)
    make.format_option(parser, _PLAIN)
    make.settings_option(parser)
    make.language_option(parser)
    parser.set_defaults(quiet=False, summary=False)


def _rules(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "rules", words.RULES, words.RULES_LONG)
    make.option(
        parser, "filters", metavar="WORD", nargs="*", help_text=words.RULE_WORDS
    )
    make.format_option(parser, _LISTED)
    make.settings_option(parser)
    make.language_option(parser)


def _explain(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "explain", words.EXPLAIN, words.EXPLAIN_LONG)
    make.option(parser, "rules", metavar="RULE", nargs="+", help_text=words.RULE_CALLED)
    make.format_option(parser, _PLAIN)
    make.settings_option(parser)
    make.language_option(parser)


def _settings(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "settings", words.SETTINGS, words.SETTINGS_LONG)
    make.output(parser, "FILE", words.SETTINGS_OUTPUT)
    make.language_option(parser, words.SETTINGS_LANGUAGE)


def _demo(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "demo", words.DEMO, words.DEMO_LONG)
    make.path(parser, "folder", "DIR", words.DEMO_FOLDER)
    make.year_option(parser)
    make.language_option(parser)


def _udf(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "udf", words.UDF, words.UDF)
    actions = nested(parser, make, "action")
    build = make.command(actions, "build", words.UDF_BUILD, words.UDF_BUILD, "udf build")  # fmt: skip
    make.output(build, "DIR", words.UDF_TARGET)
    make.path(build, "folder", "DIR", words.UDF_FOLDER, nargs="?")
    for name, told in (
        ("install", words.UDF_INSTALL),
        ("uninstall", words.UDF_UNINSTALL),
        ("doctor", words.UDF_DOCTOR),
    ):
        make.language_option(make.command(actions, name, told, told, f"udf {name}"))
    listing = make.command(actions, "list", words.UDF_LIST, words.UDF_LIST, "udf list")
    make.option(
        listing, "names", metavar="NAME", nargs="*", help_text=words.FUNCTION_NAMES
    )
    call = make.command(actions, "call", words.UDF_CALL, words.UDF_CALL, "udf call")
    make.option(call, "name", metavar="NAME", help_text=words.FUNCTION)
    make.option(
        call, "arguments", metavar="ARG", nargs=argparse.REMAINDER, help_text=words.ARGUMENTS
    )  # fmt: skip
    for action in (build, listing, call):
        make.language_option(action)


def _help(make: Maker, commands: Commands) -> None:
    parser = make.command(commands, "help", words.HELP, words.HELP)
    make.option(
        parser, "topic", metavar="COMMAND", nargs="*", help_text=words.HELP_TOPIC
    )
    make.language_option(parser)


def _completion(make: Maker, commands: Commands) -> None:
    parser = make.command(
        commands, "completion", words.COMPLETION, words.COMPLETION_LONG
    )
    make.option(parser, "shell", metavar="SHELL", choices=SHELLS, help_text=words.SHELL)
    make.language_option(parser)


def nested(parser: argparse.ArgumentParser, make: Maker, place: str) -> Commands:
    """Room for commands below a command, whose name is found under `place`."""
    title = words.COMMAND[make.language]
    return parser.add_subparsers(
        dest=place,
        required=True,
        metavar="COMMAND",
        title=title,
        parser_class=Parser,
    )
