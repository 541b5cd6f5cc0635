"""The command line: arguments in, exit status out, no logic.

`arguments` says which commands and options there are, `words` and `examples` say so in German and English, `commands`
runs them through `kamxl.api`, `show` prints results. Exit status: 0 all well; 1 there are errors among the findings; 2
it could not be done (wrong arguments, unreadable lists, a file open in Excel).

Nothing is imported before `main` can tell that somebody interrupts it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: without the program's name; those of the process by default.

    Raises:
        SystemExit: for ``--help``, ``--version`` and wrong arguments, as argparse does.
    """
    try:
        from kamxl.cli.running import carry_out  # noqa: PLC0415 - loading takes a moment, too, in which somebody may interrupt

        return carry_out(arguments)
    except KeyboardInterrupt:
        from kamxl.cli.running import interrupted  # noqa: PLC0415 - it may not have been loaded yet

        return interrupted(arguments)
