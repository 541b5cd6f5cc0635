"""Commands and options, and the language in which they speak.

Only the standard library and the words are loaded here: ``kamxl --help`` answers at once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kamxl.cli import words
from kamxl.plan.settings.find import find_settings, settings_text
from kamxl.texts import Text

LANGUAGES = ("de", "en")
PROFILES = ("full", "compact")
FORMATS = ("table", "json")
_LARGEST_SETTINGS = 1 << 20  # bytes


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of all messages: ``--lang``, else KAMXL_LANG, else that of the settings, else German."""
    scout = argparse.ArgumentParser(
        add_help=False, exit_on_error=False, allow_abbrev=False
    )
    scout.add_argument("--lang")
    scout.add_argument("--settings")
    try:
        found, _ = scout.parse_known_args(arguments)
    except argparse.ArgumentError:
        found = argparse.Namespace(lang=None, settings=None)
    wanted = (
        found.lang,
        environment.get("KAMXL_LANG", "")[:2].lower(),
        _language_in(found.settings or find_settings(_places(arguments))),
    )
    return next((language for language in wanted if language in LANGUAGES), "de")


def _places(arguments: Sequence[str]) -> Iterator[Path]:
    """The files and folders that are named."""
    for argument in arguments:
        with suppress(OSError, ValueError):
            if Path(argument).exists():
                yield Path(argument)


def _language_in(settings: str | Path | None) -> str:
    """The language that a settings file names; whatever else is wrong with it is told later."""
    if not settings:
        return ""
    path = Path(settings)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_SETTINGS:
            return ""
        written = tomllib.loads(settings_text(path.read_bytes()))
        return str(written.get("language", ""))
    except (OSError, ValueError, RecursionError):
        return ""


def parse(arguments: Sequence[str], language: str) -> argparse.Namespace:
    """The options given; `words` is the language of messages, `found` the settings that lie beside the plans.

    Raises:
        SystemExit: 0 after ``--help`` and ``--version``, 2 where an argument is wrong.
    """
    with _argparse_in(language):
        parser = build_parser(language)
        options = parser.parse_args(arguments)
        if options.command == "new":
            if options.template and options.accounts:
                parser.error(words.EITHER_TEMPLATE[language])
            if options.revenue and not options.accounts:
                parser.error(words.NEEDS_ACCOUNTS[language])
            if options.by_kam and not options.accounts:
                parser.error(words.BY_KAM_NEEDS_ACCOUNTS[language])
            if options.dry_run and not options.accounts:
                parser.error(words.DRY_NEEDS_ACCOUNTS[language])
    options.words = language
    options.found = None
    if getattr(options, "settings", "") is None:
        options.settings = options.found = find_settings(_places(arguments))
    return options


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


class _Maker:
    """Adds commands and options whose help is in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, wording: Text) -> str:
        """A text for argparse, which would take a percent sign for a gap."""
        return wording[self.language].replace("%", "%%")

    def command(
        self,
        commands: argparse._SubParsersAction[argparse.ArgumentParser],
        name: str,
        short: Text,
        long: Text,
    ) -> argparse.ArgumentParser:
        """A command with its line in the overview and its own description."""
        return commands.add_parser(
            name, help=self.say(short), description=self.say(long), allow_abbrev=False
        )

    def option(
        self,
        parser: argparse.ArgumentParser,
        *names: str,
        help_text: Text,
        **how: object,
    ) -> None:
        """An option or argument."""
        parser.add_argument(*names, help=self.say(help_text), **how)  # type: ignore[arg-type]

    def path(
        self, parser: argparse.ArgumentParser, name: str, metavar: str, help_text: Text
    ) -> None:
        """A file or folder."""
        self.option(parser, name, metavar=metavar, type=Path, help_text=help_text)

    def output(
        self, parser: argparse.ArgumentParser, metavar: str, help_text: Text
    ) -> None:
        """The option --output, without which there is nowhere to write."""
        self.option(
            parser,
            "-o",
            "--output",
            metavar=metavar,
            type=Path,
            required=True,
            help_text=help_text,
        )

    def year_option(self, parser: argparse.ArgumentParser) -> None:
        """The option --year."""
        self.option(
            parser,
            "--year",
            metavar="YEAR",
            type=_year(self.language),
            help_text=words.YEAR,
        )

    def language_option(
        self, parser: argparse.ArgumentParser, help_text: Text = words.LANGUAGE
    ) -> None:
        """The option --lang, which may stand before the command or behind it."""
        self.option(
            parser,
            "--lang",
            choices=LANGUAGES,
            default=argparse.SUPPRESS,
            help_text=help_text,
        )

    def settings_option(self, parser: argparse.ArgumentParser) -> None:
        """The option --settings."""
        self.path(parser, "--settings", "FILE", words.SETTINGS_FILE)

    def format_option(self, parser: argparse.ArgumentParser) -> None:
        """The option --format."""
        self.option(
            parser, "--format", choices=FORMATS, default="table", help_text=words.FORMAT
        )


def build_parser(language: str) -> argparse.ArgumentParser:
    """All commands with their help in `language`."""
    make = _Maker(language)
    parser = argparse.ArgumentParser(
        prog="kamxl",
        description=make.say(words.PROGRAM),
        epilog=make.say(words.EPILOG),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help=make.say(words.VERSION)
    )
    make.language_option(parser)
    parser.set_defaults(lang=None)
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        title=words.COMMAND[language],
    )
    for add in (_new, _read, _check, _consolidate, _settings, _demo, _udf):
        add(make, commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _new(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(commands, "new", words.NEW, words.NEW_LONG)
    make.path(parser, "--accounts", "FILE", words.ACCOUNTS)
    make.path(parser, "--revenue", "FILE", words.REVENUE)
    make.option(parser, "--template", action="store_true", help_text=words.TEMPLATE)
    make.year_option(parser)
    make.language_option(parser, words.NEW_LANGUAGE)
    make.option(parser, "--profile", choices=PROFILES, help_text=words.PROFILE)
    make.settings_option(parser)
    make.option(parser, "--overwrite", action="store_true", help_text=words.OVERWRITE)
    make.option(parser, "--dry-run", action="store_true", help_text=words.DRY_RUN)
    make.option(parser, "--by-kam", action="store_true", help_text=words.BY_KAM)
    make.output(parser, "PATH", words.NEW_OUTPUT)


def _read(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(commands, "read", words.READ, words.READ_LONG)
    make.path(parser, "plan", "PLAN", words.PLAN)
    make.format_option(parser)
    make.language_option(parser)


def _check(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(commands, "check", words.CHECK, words.CHECK_LONG)
    make.option(
        parser, "paths", metavar="PATH", type=Path, nargs="+", help_text=words.PATHS
    )
    make.path(parser, "--report", "FILE.xlsx", words.REPORT)
    make.path(parser, "--per-kam", "DIR", words.PER_KAM)
    make.option(parser, "--attach", action="store_true", help_text=words.ATTACH)
    make.option(
        parser,
        "--deadline",
        metavar="DATE",
        type=_date(make.language),
        help_text=words.DEADLINE,
    )
    make.path(parser, "--annotate", "DIR", words.ANNOTATE)
    make.option(
        parser, "--overwrite", action="store_true", help_text=words.OVERWRITE_COPIES
    )
    make.format_option(parser)
    make.settings_option(parser)
    make.language_option(parser)


def _consolidate(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(
        commands, "consolidate", words.CONSOLIDATE, words.CONSOLIDATE_LONG
    )
    make.path(parser, "folder", "FOLDER", words.FOLDER)
    make.output(parser, "FILE.xlsx", words.PORTFOLIO)
    make.path(parser, "--export", "DIR", words.EXPORT)
    make.path(parser, "--report", "FILE.xlsx", words.REPORT)
    make.year_option(parser)
    make.format_option(parser)
    make.settings_option(parser)
    make.language_option(parser)


def _settings(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(commands, "settings", words.SETTINGS, words.SETTINGS_LONG)
    make.option(
        parser,
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help_text=words.SETTINGS_OUTPUT,
    )
    make.language_option(parser, words.SETTINGS_LANGUAGE)


def _demo(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(commands, "demo", words.DEMO, words.DEMO_LONG)
    make.path(parser, "folder", "DIR", words.DEMO_FOLDER)
    make.year_option(parser)
    make.language_option(parser)


def _udf(make: _Maker, commands: Commands[argparse.ArgumentParser]) -> None:
    parser = make.command(commands, "udf", words.UDF, words.UDF)
    actions = parser.add_subparsers(
        dest="action",
        required=True,
        metavar="COMMAND",
        title=words.COMMAND[make.language],
    )
    build = make.command(actions, "build", words.UDF_BUILD, words.UDF_BUILD)
    make.option(
        build,
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path(),
        help_text=words.UDF_TARGET,
    )
    make.option(
        build,
        "folder",
        metavar="DIR",
        type=Path,
        nargs="?",
        help_text=words.UDF_FOLDER,
    )
    make.language_option(
        make.command(actions, "install", words.UDF_INSTALL, words.UDF_INSTALL)
    )
    make.language_option(
        make.command(actions, "uninstall", words.UDF_UNINSTALL, words.UDF_UNINSTALL)
    )
    make.language_option(
        make.command(actions, "doctor", words.UDF_DOCTOR, words.UDF_DOCTOR)
    )
    listing = make.command(actions, "list", words.UDF_LIST, words.UDF_LIST)
    make.option(
        listing, "names", metavar="NAME", nargs="*", help_text=words.FUNCTION_NAMES
    )
    call = make.command(actions, "call", words.UDF_CALL, words.UDF_CALL)
    make.option(call, "name", metavar="NAME", help_text=words.FUNCTION)
    make.option(
        call,
        "arguments",
        metavar="ARG",
        nargs=argparse.REMAINDER,
        help_text=words.ARGUMENTS,
    )
    for action in (build, listing, call):
        make.language_option(action)


def _year(language: str) -> Callable[[str], int]:
    """A year as an option's type, whose error message is in `language`."""

    def year(text: str) -> int:
        if not (text.isdecimal() and 1990 <= int(text) <= 2099):
            raise argparse.ArgumentTypeError(
                words.NOT_A_YEAR[language].format(value=text)
            )
        return int(text)

    return year


def _date(language: str) -> Callable[[str], dt.date]:
    """A day as an option's type: 31.12.2026 or 2026-12-31."""

    def date(text: str) -> dt.date:
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            with suppress(ValueError):
                return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, not a moment
        raise argparse.ArgumentTypeError(words.NOT_A_DATE[language].format(value=text))

    return date


class _Version(argparse.Action):
    """Prints the version; asking for it at once would cost every call the search for it."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from kamxl import __version__  # noqa: PLC0415 - see above

        sys.stdout.write(f"kamxl {__version__}\n")
        parser.exit()
