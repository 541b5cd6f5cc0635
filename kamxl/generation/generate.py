"""Account list and revenue history → a folder of workbooks, one per account.

Nothing that is there is overwritten: a plan may have been filled in since. What was left out, and what of the lists
could not be used, is told in `Generated`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kamxl.checks.entries.wording import amount
from kamxl.errors import InputError, SettingsError
from kamxl.generation.accounts import Account, AccountList, read_accounts
from kamxl.generation.history import NO_HISTORY, RevenueHistory, group_key, read_history
from kamxl.generation.prefill import past_years, prefill, with_product_groups
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.saving import write_atomically

__all__ = [
    "Generated",
    "Manner",
    "generate_blank",
    "generate_plans",
    "generate_template",
]

Progress = Callable[[int, int, str], None]
"""Told after each plan: how many are done, how many there are, the file's name."""

_MOST_NAMED = 10
_WORKBOOK = ".xlsx"

_UNKNOWN_COLUMNS = Text(
    de="{file}: Diese Spalten werden nicht verwendet: {names}.",
    en="{file}: These columns are not used: {names}.",
)
_UNKNOWN_ACCOUNTS = Text(
    de="{file}: Umsatz von {amount} gehört zu Kundennummern, die in der Kundenliste fehlen: {names}.",
    en="{file}: Revenue of {amount} belongs to account numbers that the account list lacks: {names}.",
)
_OTHER_YEARS = Text(
    de="{file}: Nicht übernommen wird der Umsatz der Jahre {names} ({amount}); der Plan {year} zeigt das Ist von "
    "{first} bis {last}.",
    en="{file}: Revenue of the years {names} ({amount}) is not used; the plan for {year} shows the actual figures of "
    "{first} to {last}.",
)
_TOO_MANY_GROUPS = Text(
    de="{file}: Die Liste nennt {number} Produktgruppen; mehr als 60 fasst ein Plan nicht. Bitte zusammenfassen.",
    en="{file}: The list names {number} product groups; a plan holds 60 at most. Please group them.",
)
_MORE_GROUPS = Text(
    de="{file}: Diese Produktgruppen fehlen in den Einstellungen und wurden angefügt: {names}.",
    en="{file}: These product groups are missing in the settings and were added: {names}.",
)
_EXISTS = Text(
    de="{file}: Es gibt diesen Plan schon; er wurde nicht angetastet.",
    en="{file}: This plan exists already; it was left as it is.",
)
_FILE_EXISTS = Text(
    de="{file}: Die Datei gibt es schon; mit --overwrite wird sie ersetzt.",
    en="{file}: The file exists already; --overwrite replaces it.",
)
_NO_ACCOUNTS = Text(
    de="{file}: Die Liste enthält keine Kunden.",
    en="{file}: The list holds no accounts.",
)
_NOT_A_FILE = Text(
    de="{file}: Das ist kein Name einer Arbeitsmappe. Bitte z. B. Plan.xlsx angeben oder mit --accounts eine "
    "Kundenliste.",
    en="{file}: This is no workbook’s name. Please give one such as plan.xlsx, or an account list with --accounts.",
)
_NOT_A_FOLDER = Text(
    de="{file}: Das ist der Name einer Datei; für die Pläne wird ein Ordner gebraucht.",
    en="{file}: This is the name of a file; the plans need a folder.",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are written.

    Attributes:
        today: the day on which the plans are set up; the current one by default.
        overwrite: replace files that exist; entries made in them are lost.
        seed: see `kamxl.generation.write.PlanWriter`.
        language: of messages; that of the workbooks by default.
    """

    today: dt.date | None = None
    overwrite: bool = False
    seed: str = ""
    language: str = ""

    def words(self, settings: Settings) -> str:
        """The language of messages."""
        return self.language or str(settings.language)


@dataclass(frozen=True)
class Generated:
    """What was written.

    Attributes:
        written: the new workbooks, in the list's order.
        skipped: plans that existed already and were left as they are.
        notices: what of the lists was not used, and which plans were skipped, in words.
    """

    written: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()


def generate_template(
    path: Path, settings: Settings, manner: Manner | None = None
) -> Generated:
    """Write the empty template.

    Raises:
        InputError: the file exists or cannot be written.
    """
    return _write_one(path, settings, manner or Manner(), PlanWriter.template)


def generate_blank(
    path: Path, settings: Settings, manner: Manner | None = None
) -> Generated:
    """Write one plan for an account still to be named.

    Raises:
        InputError: the file exists or cannot be written.
    """

    def blank(writer: PlanWriter) -> bytes:
        return writer.workbook(
            prefill(Account({}), NO_HISTORY, writer.spec, writer.today)
        )

    return _write_one(path, settings, manner or Manner(), blank)


def _write_one(
    path: Path, settings: Settings, manner: Manner, make: Callable[[PlanWriter], bytes]
) -> Generated:
    words = manner.words(settings)
    if path.is_dir() or path.suffix.lower() != _WORKBOOK:
        raise InputError(_NOT_A_FILE[words].format(file=path))
    if path.exists() and not manner.overwrite:
        raise InputError(_FILE_EXISTS[words].format(file=path))
    write_atomically(path, make(PlanWriter(settings, manner.today, manner.seed)), words)
    return Generated((path,))


def generate_plans(
    folder: Path,
    accounts: Path,
    settings: Settings,
    manner: Manner | None = None,
    *,
    revenue: Path | None = None,
    progress: Progress | None = None,
) -> Generated:
    """Write one workbook per account into `folder`.

    Args:
        folder: is made if it is not there.
        accounts: the account list (CSV or XLSX).
        settings: language, profile, plan year, product groups and team of the workbooks.
        manner: how files are written.
        revenue: the revenue history (CSV or XLSX).
        progress: told after each plan.

    Raises:
        InputError: a list cannot be used or names more product groups than a plan holds, or a file cannot be written.
    """
    manner = manner or Manner()
    words = manner.words(settings)
    if (folder.exists() and not folder.is_dir()) or folder.suffix.lower() == _WORKBOOK:
        raise InputError(_NOT_A_FOLDER[words].format(file=folder))
    history = read_history(revenue, words) if revenue else NO_HISTORY
    settings = settings.changed(plan_year=settings.year)
    try:
        shaped = with_product_groups(settings, history)
    except SettingsError:
        count = len(history.product_groups)
        raise InputError(
            _TOO_MANY_GROUPS[words].format(file=history.file, number=count)
        ) from None
    writer = PlanWriter(shaped, manner.today, manner.seed)
    listed = read_accounts(accounts, writer.spec, words)
    if not listed.accounts:
        raise InputError(_NO_ACCOUNTS[words].format(file=accounts.name))
    notices = list(_notices(listed, history, settings, writer.spec, words))
    written: list[Path] = []
    skipped: list[Path] = []
    for done, account in enumerate(listed.accounts, 1):
        plan = prefill(account, history, writer.spec, writer.today)
        path = folder / writer.name(plan)
        if path.exists() and not manner.overwrite:
            skipped.append(path)
            notices.append(_EXISTS[words].format(file=path.name))
        else:
            writer.write(plan, path)
            written.append(path)
        if progress:
            progress(done, len(listed.accounts), path.name)
    return Generated(tuple(written), tuple(skipped), tuple(notices))


def _notices(
    listed: AccountList,
    history: RevenueHistory,
    settings: Settings,
    spec: PlanSpec,
    language: str,
) -> Iterator[str]:
    """What of the lists does not appear in the plans, and which product groups they brought along."""
    for file, unknown in (
        (listed.file, listed.unknown),
        (history.file, history.unknown),
    ):
        if unknown:
            yield _UNKNOWN_COLUMNS[language].format(file=file, names=", ".join(unknown))
    known = {account.account_id for account in listed.accounts}
    strange = {
        key: sum(found.values())
        for key, found in history.amounts.items()
        if key not in known
    }
    if strange:
        total = amount(sum(strange.values()), language)
        yield _UNKNOWN_ACCOUNTS[language].format(
            file=history.file, amount=total, names=_listed(list(strange))
        )
    years = past_years(spec)
    others = {
        year: found for year, found in history.by_year.items() if year not in years
    }
    if others:
        yield _OTHER_YEARS[language].format(
            file=history.file, names=_listed([str(year) for year in sorted(others)]),
            amount=amount(sum(others.values()), language), year=settings.year, first=min(years), last=max(years),
        )  # fmt: skip
    if "product_groups" in settings.model_fields_set:
        own = {group_key(name) for name in settings.product_groups}
        added = [name for name in history.product_groups if group_key(name) not in own]
        if added:
            yield _MORE_GROUPS[language].format(file=history.file, names=_listed(added))


def _listed(names: list[str]) -> str:
    """The names, cut off where nobody would read on."""
    more = [] if len(names) <= _MOST_NAMED else ["…"]
    return ", ".join(names[:_MOST_NAMED] + more)
