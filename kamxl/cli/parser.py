"""From the words that were typed to options, in the language of whoever typed them.

Only the standard library and the words are loaded here: ``kamxl --help`` answers at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kamxl.cli import words
from kamxl.cli.arguments import add_commands, nested
from kamxl.cli.language import places_in
from kamxl.cli.making import Maker, Parser, Version
from kamxl.plan.settings.find import find_settings
from kamxl.texts import Text

_NEED_ACCOUNTS = {
    "revenue": words.NEEDS_ACCOUNTS,
    "by_kam": words.BY_KAM_NEEDS_ACCOUNTS,
    "dry_run": words.DRY_NEEDS_ACCOUNTS,
}


def parse(arguments: Sequence[str], language: str) -> argparse.Namespace:
    """The options given; `words` is the language of messages, `found` the settings that lie beside the plans.

    Raises:
        SystemExit: 0 after ``--help``, ``help`` and ``--version``, 2 where an argument is wrong.
    """
    with _argparse_in(language):
        parser = build_parser(language)
        parser.refuse_leading(arguments)
        options: argparse.Namespace = parser.parse_args(list(arguments))
        if options.command == "help":
            options = parser.parse_args([*options.topic, "--help"])
        fault = _contradiction(options)
        if fault is not None:
            parser.commands[options.command].error(fault[language])
    options.words = language
    options.found = None
    if getattr(options, "settings", "") is None:
        options.settings = options.found = find_settings(places_in(arguments))
    return options


def build_parser(language: str) -> Parser:
    """All commands with their help in `language`."""
    make = Maker(language)
    parser = make.top()
    parser.add_argument(
        "--version", action=Version, nargs=0, help=make.say(words.VERSION)
    )
    make.language_option(parser)
    parser.set_defaults(lang=None)
    add_commands(make, nested(parser, make, "command"))
    return parser


def _contradiction(options: argparse.Namespace) -> Text | None:
    """What is wrong with options each of which is right."""
    found = {name for name, value in vars(options).items() if value}
    if options.command == "new":
        return next(_unready(found), None)
    if options.command == "check" and options.format != "table":
        return next(_unseen(options), None)
    return None


def _unready(given: set[str]) -> Iterator[Text]:
    """What new plans lack."""
    if given >= {"template", "accounts"}:
        yield words.EITHER_TEMPLATE
    if "accounts" not in given:
        yield from (text for name, text in _NEED_ACCOUNTS.items() if name in given)


def _unseen(options: argparse.Namespace) -> Iterator[Text]:
    """What cannot be printed in the form that was asked for."""
    if options.quiet:
        yield words.QUIET_AND_FORMAT
    if options.summary and options.format == "csv":
        yield words.SUMMARY_AND_CSV


@contextmanager
def _argparse_in(language: str) -> Iterator[None]:
    """Argparse takes its sentences through `gettext`, whose catalogues are binary files of the whole process."""
    if language != "de":
        yield
        return
    module: Any = argparse
    own = module._
    module._ = lambda sentence: words.GERMAN.get(sentence, sentence)
    try:
        yield
    finally:
        module._ = own
