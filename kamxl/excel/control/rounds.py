"""The round of sales management by buttons: new plans, findings of a folder, those of each manager, who is missing.

Each job reads the panel's fields, has `kamxl.api` do the work, lists what there is to see on a sheet of the panel's
workbook, and says in one sentence what came of it.
"""

from __future__ import annotations

from pathlib import Path

from kamxl import api
from kamxl.errors import InputError
from kamxl.excel.control import words
from kamxl.excel.control.consolidating import Ticker, write_table
from kamxl.excel.control.desk import finish, new_list, now_shown, typed
from kamxl.excel.control.panel import ACCOUNTS, REVENUE, Panel
from kamxl.portfolio.data.awaited import Missing, by_manager
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.records import (
    FINDING_COLUMNS,
    finding_lines,
    severity_counts,
)
from kamxl.portfolio.data.tables import DataTable

_NOTICES = {words.COLUMN_NOTICE: 120}
_AWAITED = {
    words.COLUMN_KAM: 26, words.COLUMN_ACCOUNT: 14, words.COLUMN_COMPANY: 40, words.COLUMN_STATE: 24,
}  # fmt: skip


def check_folder(panel: Panel) -> str:
    """Check all plans of the folder and list their findings."""
    collection = _checked(panel)
    settings = panel.settings()
    rows = tuple(finding_lines(collection))
    note = panel.say(words.AS_OF, when=now_shown(panel.language), folder=panel.folder())
    table = DataTable("findings", FINDING_COLUMNS, rows)
    write_table(panel.book, table, note, collection, settings)
    counts = severity_counts(*collection.sources)
    sheet = words.SHEETS["findings"][panel.language]
    found = len(collection.sources)
    return panel.say(words.FOLDER_CHECKED, found=found, sheet=sheet, **counts)


def findings_per_kam(panel: Panel) -> str:
    """Write for each manager a workbook with the findings of their plans, and a mail draft."""
    collection = _checked(panel)
    target = panel.folder() / words.HOME[panel.language]
    written = api.hand_back(collection, target, settings=panel.settings())
    if not written:
        return panel.say(words.NO_FINDINGS)
    books = [path for path in written if path.suffix == ".xlsx"]
    return panel.say(words.HANDED_BACK, count=len(books), folder=target)


def who_is_missing(panel: Panel) -> str:
    """Compare the account list with the plans of the folder and list who has not handed in yet."""
    accounts = _list(panel, ACCOUNTS)
    collection = _checked(panel, accounts)
    missing = by_manager(collection.missing)
    rows = [
        _missing_row(panel, name, one) for name, each in missing.items() for one in each
    ]
    if not rows:
        return panel.say(words.NOBODY_MISSING, total=collection.awaited)
    title = panel.say(words.MISSING_SHEET)
    note = panel.say(words.AS_OF, when=now_shown(panel.language), folder=panel.folder())
    sheet = new_list(panel.book, title, note, _AWAITED, rows, panel.language)
    finish(sheet, len(rows), len(_AWAITED), 0, len(_AWAITED))
    gaps = {"count": len(rows), "total": collection.awaited}
    return panel.say(words.SOME_MISSING, sheet=title, **gaps)


def _missing_row(panel: Panel, manager: str, missing: Missing) -> list[object]:
    account = missing.account
    state = panel.say(words.UNTOUCHED if missing.is_untouched else words.NO_FILE)
    texts = (manager, account.account_id, account.company, state)
    return list(map(typed, texts))


def new_plans(panel: Panel) -> str:
    """Write a plan for each account of the list; those that exist stay as they are."""
    accounts, folder = _list(panel, ACCOUNTS), panel.folder()
    revenue = panel.entered(REVENUE)
    done = api.generate(
        folder,
        accounts=accounts,
        revenue=_list(panel, REVENUE) if revenue else None,
        settings=panel.settings(),
        words=panel.language,
        progress=Ticker(panel),
    )
    gaps = {"written": len(done.written), "skipped": len(done.skipped)}
    said = panel.say(words.NEW_PLANS, folder=folder, **gaps)
    if not done.notices:
        return said
    title = panel.say(words.NOTICE_SHEET)
    rows = [[typed(notice)] for notice in done.notices]
    sheet = new_list(panel.book, title, said, _NOTICES, rows, panel.language)
    finish(sheet, len(rows), 1, 0, 1)
    return f"{said} {panel.say(words.SEE_NOTICES, sheet=title)}"


def _checked(panel: Panel, accounts: Path | None = None) -> Collection:
    """The plans of the panel's folder, checked.

    Raises:
        InputError: there is no such folder, or nothing in it.
    """
    folder = panel.folder()
    collection = api.check(
        folder, accounts=accounts, settings=panel.settings(), progress=Ticker(panel)
    )
    if not collection.sources:
        raise InputError(panel.say(words.NOTHING_FOUND, folder=folder))
    return collection


def _list(panel: Panel, name: str) -> Path:
    """The file of a list.

    Raises:
        InputError: none is entered.
    """
    entered = panel.entered(name)
    if not entered:
        raise InputError(panel.say(words.NO_LIST))
    return Path(entered)
