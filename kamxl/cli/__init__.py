"""The command line: arguments in, exit status out, no logic.

`parser` says which commands and options there are, `words` says so in German and English, `commands` runs them
through `kamxl.api`, `show` prints results. Exit status: 0 all well; 1 there are errors among the findings; 2 it could
not be done (wrong arguments, unreadable lists, a file open in Excel).
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence

from kamxl.cli import words
from kamxl.cli.parser import chosen_language, parse
from kamxl.errors import KamxlError

__all__ = ["main"]

FAILED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: without the program's name; those of the process by default.

    Raises:
        SystemExit: for ``--help``, ``--version`` and wrong arguments, as argparse does.
    """
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = chosen_language(given, os.environ)
    options = parse(given, language)
    try:
        from kamxl.cli.commands import run  # noqa: PLC0415 - asking for help must not wait for it

        status = run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output (head, more) has seen enough; Python would complain once more on leaving.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return _failed(words.INTERRUPTED[language])
    except KamxlError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(_system_fault(error, language))
    except Exception as error:  # noqa: BLE001 - a user must never see a traceback
        if os.environ.get("KAMXL_DEBUG") == "1":
            traceback.print_exc()
        return _failed(
            words.UNEXPECTED[language].format(error=f"{type(error).__name__}: {error}")
        )
    else:
        return status


def _system_fault(error: OSError, language: str) -> str:
    """What the system refused, for which file, in the user's language."""
    from kamxl.xlsx.reasons import reason_of  # noqa: PLC0415 - asking for help must not wait for it

    parts = (str(error.filename or ""), reason_of(error)[language])
    return ": ".join(filter(None, parts))


def _failed(message: str) -> int:
    print(f"kamxl: {message}", file=sys.stderr)
    return FAILED


def _speak_utf8() -> None:
    """Windows consoles and pipes speak an old code page; what they cannot show must not end the work."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(OSError, ValueError):
                reconfigure(encoding="utf-8", errors="replace")
