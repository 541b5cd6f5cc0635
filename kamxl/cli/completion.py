"""Completion with the Tab key: a script for the user's shell, made from the commands that there are.

A script of our own rather than a library: those that are well kept know bash and zsh, but not PowerShell, in which most
of those work who write plans; and one that asks the program at each Tab would start Python for it. ``bash`` serves
zsh, too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from kamxl.cli.making import Parser

SHELLS = ("bash", "powershell")
_BASH = r"""# kamxl completion
if [ -n "${ZSH_VERSION-}" ]; then
    autoload -U +X compinit && compinit
    autoload -U +X bashcompinit && bashcompinit
fi
_kamxl() {
    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
    local command="" each offered=""
    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$each" in
            <commands>) command="${command:+$command }$each" ;;
        esac
    done
    case "$command $before" in
<values>
        *) case "$command" in
<options>
        esac ;;
    esac
    COMPREPLY=($(compgen -W "$offered" -- "$word"))
}
complete -o default -F _kamxl kamxl
"""
_POWERSHELL = r"""# kamxl completion
Register-ArgumentCompleter -Native -CommandName kamxl -ScriptBlock {
    param($word, $ast, $position)
    $commands = @(<commands>)
    $offered = @{
<options>
    }
    $values = @{
<values>
    }
    $typed = @($ast.CommandElements | ForEach-Object { "$_" } | Select-Object -Skip 1)
    if ($word) { $typed = @($typed | Select-Object -SkipLast 1) }
    $command = @($typed | Where-Object { $commands -contains $_ }) -join ' '
    $found = $values["$command $($typed | Select-Object -Last 1)"]
    if (-not $found) { $found = $offered[$command] }
    $found | Where-Object { $_ -like "$word*" } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
"""


def script(shell: str, parser: Parser) -> str:
    """The script that teaches a shell the commands and options of `parser`."""
    tree = dict(_commands("", parser))
    offered = {path: " ".join(_offered(one)) for path, one in tree.items()}
    values = dict(_values(tree))
    names = sorted({name for path in tree for name in path.split()})
    if shell == "bash":
        return _filled(_BASH, "|".join(names), _cases(offered), _cases(values))
    quoted = ", ".join(f"'{name}'" for name in names)
    return _filled(_POWERSHELL, quoted, _entries(offered), _entries(values))


def _filled(template: str, commands: str, options: str, values: str) -> str:
    """A script whose gaps are not written with signs that its shell knows."""
    gaps = {"<commands>": commands, "<options>": options, "<values>": values}
    for gap, text in gaps.items():
        template = template.replace(gap, text)
    return template


def _commands(path: str, parser: Parser) -> Iterator[tuple[str, Parser]]:
    """The program and each command by the words that name it."""
    yield path, parser
    for name, inner in parser.commands.items():
        yield from _commands(f"{path} {name}".strip(), inner)


def _offered(parser: Parser) -> list[str]:
    """What may come next: commands and long options."""
    options = [name for name in parser.options if name.startswith("--")]
    return [*parser.commands, *options]


def _values(tree: Mapping[str, Parser]) -> Iterator[tuple[str, str]]:
    """What may come behind an option, for those that have a list of values."""
    for path, parser in tree.items():
        for option, values in parser.options.items():
            if values:
                yield f"{path} {option}", " ".join(values)


def _cases(found: Mapping[str, str]) -> str:
    lines = (f"'{key}') offered='{words}' ;;" for key, words in found.items())
    return textwrap.indent("\n".join(lines), " " * 8)


def _entries(found: Mapping[str, str]) -> str:
    lines = (f"'{key}' = -split '{words}'" for key, words in found.items())
    return textwrap.indent("\n".join(lines), " " * 8)
