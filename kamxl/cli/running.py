"""One command from its words to its exit status; whatever goes wrong is a sentence, never a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence

from kamxl.cli import words
from kamxl.cli.language import chosen_language
from kamxl.errors import KamxlError

FAILED = 2


def carry_out(arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit status; arguments as in `kamxl.cli.main`."""
    from kamxl.cli.parser import parse  # noqa: PLC0415 - an interrupt before it has a sentence already

    _speak_utf8()
    given = _given(arguments)
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
    except KamxlError as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(_system_fault(error, language))
    except Exception as error:  # noqa: BLE001 - a user must never see a traceback
        return _unexpected(error, language)
    else:
        return status


def interrupted(arguments: Sequence[str] | None) -> int:
    """Say that somebody ended the work."""
    language = chosen_language(_given(arguments), os.environ)
    return _failed(words.INTERRUPTED[language])


def _given(arguments: Sequence[str] | None) -> list[str]:
    return list(sys.argv[1:] if arguments is None else arguments)


def _unexpected(error: Exception, language: str) -> int:
    if os.environ.get("KAMXL_DEBUG") == "1":
        traceback.print_exc()
    told = f"{type(error).__name__}: {error}"
    return _failed(words.UNEXPECTED[language].format(error=told))


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
