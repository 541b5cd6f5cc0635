"""Commands and options as argparse knows them, in one language, with sentences of ours where something is wrong."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kamxl.cli import words
from kamxl.cli.examples import EXAMPLES
from kamxl.cli.language import LANGUAGES
from kamxl.cli.suggest import meant
from kamxl.texts import Text

_NARROWEST, _WIDEST = 40, 100  # characters
_HOME = ("~/", "~\\")


class Parser(argparse.ArgumentParser):
    """A command; what is wrong with its arguments is one sentence, with what was probably meant.

    Attributes:
        language: of its sentences.
    """

    language = "de"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and end with status 2."""
        topic = self.prog.partition(" ")[2]
        more = " ".join(filter(None, ("kamxl help", topic)))
        hint = words.MORE_HELP[self.language].format(command=more)
        self.exit(2, f"{self.prog}: {message}\n{hint}\n")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The options; one that does not exist is an error that names the nearest one."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            parser = self._of(found)
            parser.error(parser.misnamed(unknown))
        return found

    def refuse_leading(self, arguments: Sequence[str]) -> None:
        """Refuse an unknown option before the command, whose value would be taken for the command."""
        first = next(iter(arguments), "")
        name = first.partition("=")[0]
        if first.startswith("-") and name not in self._option_string_actions:
            self.error(self.misnamed([first]))

    def misnamed(self, unknown: Sequence[str]) -> str:
        """What to say of arguments that nobody asked for."""
        text = words.UNKNOWN_ARGUMENTS[self.language].format(found=" ".join(unknown))
        near = meant(unknown[0].partition("=")[0], self._option_string_actions)
        return text + self._meant(near)

    def _meant(self, near: str) -> str:
        return words.MEANT[self.language].format(near=near) if near else ""

    def _of(self, found: argparse.Namespace) -> Parser:
        """The innermost command that was named."""
        parser: Parser = self
        for place in ("command", "action"):
            inner = parser.commands.get(getattr(found, place, ""))
            parser = inner or parser
        return parser

    @property
    def commands(self) -> dict[str, Parser]:
        """The commands below this one, by name."""
        nested = (
            action.choices
            for action in self._actions
            if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 - it has no public name
        )
        found: Any = next(nested, {})
        return dict(found)

    @property
    def options(self) -> dict[str, Sequence[str]]:
        """All options with the values that they may have, as far as there is a list of them."""
        return {
            name: list(map(str, action.choices or ()))
            for name, action in self._option_string_actions.items()
        }

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is not among the choices, in words of ours."""
        if action.choices is None or value in action.choices:
            return
        known = list(action.choices)
        text = words.NO_CHOICE[self.language].format(value=value)
        near = meant(str(value), map(str, known))
        said = self._meant(near) or words.CHOICES[self.language].format(
            known=", ".join(map(str, known))
        )
        # What is no command needs no word before it.
        place = None if action.nargs == argparse.PARSER else action
        raise argparse.ArgumentError(place, text + said)


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]  # noqa: SLF001 - argparse has no public name for it


class Maker:
    """Adds commands and options whose help is in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, wording: Text) -> str:
        """A text for argparse, which would take a percent sign for a gap."""
        return wording[self.language].replace("%", "%%")

    def top(self) -> Parser:
        """The program itself."""
        return self._dressed(Parser(prog="kamxl", **self._texts("", words.PROGRAM)))

    def command(
        self, commands: Commands, name: str, short: Text, long: Text, path: str = ""
    ) -> Parser:
        """A command with its line in the overview, its own description and examples."""
        texts = self._texts(path or name, long)
        return self._dressed(commands.add_parser(name, help=self.say(short), **texts))

    def _dressed(self, parser: Parser) -> Parser:
        parser.language = self.language
        return parser

    def _texts(self, path: str, description: Text) -> dict[str, Any]:
        """What stands above and below the options; lines of examples stay lines."""
        told = EXAMPLES.get(path)
        below = [words.EPILOG[self.language]] if not path else []
        if told is not None:
            examples = textwrap.indent(told[self.language], "  ")
            below.insert(0, f"{words.EXAMPLES[self.language]}:\n{examples}")
        return {
            "description": _wrapped(self.say(description)),
            "epilog": "\n\n".join(below).replace("%", "%%") or None,
            "formatter_class": argparse.RawDescriptionHelpFormatter,
            "allow_abbrev": False,
        }

    def option(
        self,
        parser: argparse.ArgumentParser,
        *names: str,
        help_text: Text,
        **how: object,
    ) -> None:
        """An option or argument."""
        add: Callable[..., object] = parser.add_argument
        add(*names, help=self.say(help_text), **how)

    def flag(self, parser: argparse.ArgumentParser, name: str, help_text: Text) -> None:
        """An option that is given or not."""
        self.option(parser, name, action="store_true", help_text=help_text)

    def path(
        self,
        parser: argparse.ArgumentParser,
        name: str,
        metavar: str,
        help_text: Text,
        **how: object,
    ) -> None:
        """A file or folder."""
        kind = path_in(self.language)
        self.option(
            parser, name, metavar=metavar, type=kind, help_text=help_text, **how
        )

    def output(
        self,
        parser: argparse.ArgumentParser,
        metavar: str,
        help_text: Text,
        **how: object,
    ) -> None:
        """The option --output."""
        kind = path_in(self.language)
        self.option(
            parser, "-o", "--output", metavar=metavar, type=kind, help_text=help_text, **how
        )  # fmt: skip

    def year_option(self, parser: argparse.ArgumentParser) -> None:
        """The option --year."""
        kind = year_in(self.language)
        self.option(parser, "--year", metavar="YEAR", type=kind, help_text=words.YEAR)

    def language_option(
        self, parser: argparse.ArgumentParser, help_text: Text = words.LANGUAGE
    ) -> None:
        """The option --lang, which may stand before the command or behind it."""
        self.option(
            parser, "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help_text=help_text
        )  # fmt: skip

    def settings_option(self, parser: argparse.ArgumentParser) -> None:
        """The option --settings."""
        self.path(parser, "--settings", "FILE", words.SETTINGS_FILE)

    def format_option(
        self, parser: argparse.ArgumentParser, formats: Sequence[str]
    ) -> None:
        """The option --format."""
        self.option(
            parser, "--format", choices=formats, default=formats[0], help_text=words.FORMAT
        )  # fmt: skip


def _wrapped(text: str) -> str:
    columns = shutil.get_terminal_size().columns - 2
    return textwrap.fill(text, min(max(columns, _NARROWEST), _WIDEST))


def path_in(language: str) -> Callable[[str], Path]:
    """A file or folder as an option's type, as shells of Windows hand it over, too."""

    def path(text: str) -> Path:
        # cmd.exe takes the last backslash of "C:\Pläne\" for a quotation mark that belongs to the name.
        name = text.strip().removesuffix('"')
        if not name:
            raise argparse.ArgumentTypeError(words.NO_PATH[language])
        found = Path(name)
        at_home = name == "~" or name.startswith(_HOME)
        return found.expanduser() if at_home else found

    return path


def year_in(language: str) -> Callable[[str], int]:
    """A year as an option's type, whose error message is in `language`."""

    def year(text: str) -> int:
        if not (text.isdecimal() and 1990 <= int(text) <= 2099):
            raise argparse.ArgumentTypeError(
                words.NOT_A_YEAR[language].format(value=text)
            )
        return int(text)

    return year


def date_in(language: str) -> Callable[[str], dt.date]:
    """A day as an option's type: 31.12.2026 or 2026-12-31."""

    def date(text: str) -> dt.date:
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            with suppress(ValueError):
                return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, not a moment
        raise argparse.ArgumentTypeError(words.NOT_A_DATE[language].format(value=text))

    return date


class Version(argparse.Action):
    """Prints the version; asking for it at once would cost every call the search for it."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and leave."""
        from kamxl import __version__  # noqa: PLC0415 - see above

        sys.stdout.write(f"kamxl {__version__}\n")
        parser.exit()
