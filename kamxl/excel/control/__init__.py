"""Excel as the control panel of sales management: what the buttons of `kamxl-control.xlsm` do.

Each function is called by xlwings' `RunPython`, acts on the open workbooks and ends with one readable message in the
panel's status field. No traceback reaches the user; an unexpected fault leaves its details in a log file.
"""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from kamxl.errors import KamxlError
from kamxl.excel.control import words
from kamxl.excel.control.desk import quiet
from kamxl.excel.control.panel import Panel, calling_book

__all__ = [
    "check_folder",
    "check_plan",
    "clear_marks",
    "consolidate_folder",
    "findings_per_kam",
    "new_plans",
    "refresh_scores",
    "who_is_missing",
]


def consolidate_folder() -> None:
    """Collect all plans of the folder named in the panel into this workbook's sheets, as values."""
    from kamxl.excel.control.consolidating import consolidate  # noqa: PLC0415 - the others need no pandas

    _run(consolidate)


def new_plans() -> None:
    """Write a plan for each account of the panel's list into its folder."""
    from kamxl.excel.control import rounds  # noqa: PLC0415 - each button loads what it needs

    _run(rounds.new_plans)


def who_is_missing() -> None:
    """List the accounts of the panel's list that have not handed in yet."""
    from kamxl.excel.control import rounds  # noqa: PLC0415 - each button loads what it needs

    _run(rounds.who_is_missing)


def check_folder() -> None:
    """List the findings of all plans of the folder."""
    from kamxl.excel.control import rounds  # noqa: PLC0415 - each button loads what it needs

    _run(rounds.check_folder)


def findings_per_kam() -> None:
    """Write for each manager a workbook with the findings of their plans, and a mail draft."""
    from kamxl.excel.control import rounds  # noqa: PLC0415 - each button loads what it needs

    _run(rounds.findings_per_kam)


def check_plan() -> None:
    """Check the plan, mark its findings in the cells and list them on a sheet; earlier marks go first."""
    from kamxl.excel.control.checking import check_and_mark  # noqa: PLC0415 - each button loads what it needs

    _run(check_and_mark)


def clear_marks() -> None:
    """Take all marks of earlier checks out of the plan."""
    from kamxl.excel.control.checking import clear  # noqa: PLC0415 - each button loads what it needs

    _run(clear)


def refresh_scores() -> None:
    """Recompute a plan's figures and name those that differ; in another workbook, recalculate the KAM functions."""
    from kamxl.excel.control.recomputing import refresh  # noqa: PLC0415 - each button loads what it needs

    _run(refresh)


def _run(job: Callable[[Panel], str]) -> None:
    """Do what the button is for; whatever happens, one message says how it went."""
    panel = Panel(calling_book())
    if panel.cell("kamxl_status") is not None:
        panel.tell(panel.say(words.WORKING))
    try:
        with quiet(panel.book.app):
            message = job(panel)
    except KamxlError as problem:
        panel.tell(str(problem), good=False)
    except Exception as fault:  # noqa: BLE001 - nobody in front of Excel can make sense of a traceback
        panel.tell(
            panel.say(words.UNEXPECTED, reason=_reason(fault), log=_logged()),
            good=False,
        )
    else:
        panel.tell(message)


def _reason(fault: Exception) -> str:
    lines = str(fault).strip().splitlines()
    return (
        f"{type(fault).__name__}: {lines[0][:120]}" if lines else type(fault).__name__
    )


def _logged() -> Path:
    """The current fault with all details, in a file beside other temporary ones."""
    log = Path(tempfile.gettempdir()) / "kamxl-control.log"
    log.write_text(traceback.format_exc(), encoding="utf-8")
    return log
