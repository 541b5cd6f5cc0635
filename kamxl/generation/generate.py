"""Account list and revenue history → a folder of workbooks, one per account.

Nothing that is there is overwritten: a plan may have been filled in since. What was left out, and what of the lists
could not be used, is told in `Generated`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kamxl.document.extract import WorkbookKind
from kamxl.document.file_names import file_part
from kamxl.document.target import check_target
from kamxl.errors import InputError, SettingsError
from kamxl.generation.accounts import (
    AccountList,
    ListedAccount,
    account_columns,
    read_accounts,
)
from kamxl.generation.existing import Known, known, plans_below
from kamxl.generation.history import (
    NO_HISTORY,
    RevenueHistory,
    group_key,
    read_history,
)
from kamxl.generation.inputs import names_of
from kamxl.generation.prefill import prefill
from kamxl.generation.telling import left_out, own_groups, understood
from kamxl.generation.write import PlanWriter
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.spelling import account_key, fold
from kamxl.texts import Progress, Text
from kamxl.xlsx.saving import write_atomically

_WORKBOOK = ".xlsx"
_KAM = "key_account_manager"

_TOO_MANY_GROUPS = Text(
    de="{file}: Die Liste nennt {number} Produktgruppen; mehr als 60 fasst ein Plan nicht. Bitte zusammenfassen.",
    en="{file}: The list names {number} product groups; a plan holds 60 at most. Please group them.",
)
_NO_COMPANY = Text(
    de="{file}: Es fehlt die Spalte company (Firma); ein Plan braucht den Namen des Kunden. Sie heißt z. B. {names}. "
    "Gefunden: {found}.",
    en="{file}: The column company is missing; a plan needs the account’s name. It may be called {names}, for example. "
    "Found: {found}.",
)
_FILE_EXISTS = Text(
    de="{file}: Die Datei gibt es schon; mit --overwrite wird sie ersetzt.",
    en="{file}: The file exists already; --overwrite replaces it.",
)
_BLOCKED = Text(
    de="{file}: So heißt schon eine Datei, die sich nicht als Plan dieses Kunden lesen lässt; sie wurde nicht "
    "angetastet. Bitte umbenennen, wegräumen oder mit --overwrite ersetzen.",
    en="{file}: A file of this name exists that cannot be read as the plan of this account; it was left as it is. "
    "Please rename it, move it away or replace it with --overwrite.",
)
_NO_KAM = Text(
    de="{file}: --by-kam braucht eine Spalte mit dem KAM (key_account_manager); sie heißt z. B. KAM oder Betreuer.",
    en="{file}: --by-kam needs a column with the key account manager (key_account_manager), called KAM or Account "
    "Manager, for example.",
)
_NOBODY = Text(de="Ohne KAM", en="No KAM")
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
        overwrite: replace plans that exist, never any other file; entries made in them are lost.
        seed: see `kamxl.generation.write.PlanWriter`.
        language: of messages; that of the workbooks by default.
        dry_run: read the lists and say what would be written, and how each column was understood; write nothing.
        by_kam: a folder for each key account manager.
    """

    today: dt.date | None = None
    overwrite: bool = False
    seed: str = ""
    language: str = ""
    dry_run: bool = False
    by_kam: bool = False

    def words(self, settings: Settings) -> str:
        """The language of messages."""
        return self.language or str(settings.language)


_AS_USUAL = Manner()


@dataclass(frozen=True)
class Generated:
    """What was written.

    Attributes:
        written: the new workbooks, in the list's order; those that would be new in a dry run.
        skipped: plans that lay in the folder tree already, under whatever name, and were left as they are.
        notices: what of the lists was not used, in words.
        blocked: files that stand in the place of a plan and are none of its account; the plan was not written.
    """

    written: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()
    blocked: tuple[Path, ...] = ()


def generate_template(
    path: Path, settings: Settings, manner: Manner = _AS_USUAL
) -> Generated:
    """Write the empty template.

    Raises:
        InputError: the file exists or cannot be written.
    """
    _see_to(path, settings, manner, WorkbookKind.TEMPLATE)
    return _write_one(path, settings, manner, PlanWriter.template)


def generate_blank(
    path: Path, settings: Settings, manner: Manner = _AS_USUAL
) -> Generated:
    """Write one plan for an account still to be named.

    Raises:
        InputError: the file exists or cannot be written.
    """

    def blank(writer: PlanWriter) -> bytes:
        plan = prefill(ListedAccount({}), NO_HISTORY, writer.spec, writer.today)
        return writer.workbook(plan)

    _see_to(path, settings, manner, WorkbookKind.PLAN)
    return _write_one(path, settings, manner, blank)


def _see_to(path: Path, settings: Settings, manner: Manner, kind: WorkbookKind) -> None:
    """See to it that nothing is lost but, if that is wanted, an earlier workbook of the same kind."""
    words = manner.words(settings)
    if path.is_dir() or path.suffix.lower() != _WORKBOOK:
        raise InputError(_NOT_A_FILE[words].format(file=path))
    if not path.exists():
        return
    if not manner.overwrite:
        raise InputError(_FILE_EXISTS[words].format(file=path))
    check_target(path, kind, words)


def _write_one(
    path: Path, settings: Settings, manner: Manner, make: Callable[[PlanWriter], bytes]
) -> Generated:
    words = manner.words(settings)
    write_atomically(path, make(PlanWriter(settings, manner.today, manner.seed)), words)
    return Generated((path,))


def generate_plans(
    folder: Path,
    accounts: Path,
    settings: Settings,
    manner: Manner = _AS_USUAL,
    *,
    revenue: Path | None = None,
    progress: Progress | None = None,
) -> Generated:
    """Write one workbook per account into `folder`, for accounts that have no plan of the year in it yet.

    Args:
        folder: is made if it is not there; plans may lie anywhere in it and be called anything.
        accounts: the account list (CSV or XLSX).
        settings: language, profile, plan year, product groups and team of the workbooks.
        manner: how files are written.
        revenue: the revenue history (CSV or XLSX).
        progress: told after each plan.

    Raises:
        InputError: a list cannot be used or names more product groups than a plan holds, or a file cannot be written.
    """
    words = manner.words(settings)
    if folder.is_file() or folder.suffix.lower() == _WORKBOOK:
        raise InputError(_NOT_A_FOLDER[words].format(file=folder))
    settings = settings.changed(plan_year=settings.year)
    listed, history = _read_lists(accounts, revenue, settings, words)
    if manner.by_kam and _KAM not in listed.headings:
        raise InputError(_NO_KAM[words].format(file=listed.file))
    shaped = _with_room_for(history, settings, words)
    writer = PlanWriter(shaped, manner.today, manner.seed)
    notices = list(left_out(listed, history, settings, writer.spec, words))
    if manner.dry_run:
        notices[:0] = understood(listed, history, writer.spec, words)
    target = _Target(folder, writer, manner, plans_below(folder, words))
    for done, account in enumerate(listed.accounts, 1):
        target.take(prefill(account, history, writer.spec, writer.today))
        if progress:
            progress(done, len(listed.accounts), account.company)
    told = _BLOCKED[words]
    notices += [told.format(file=path.name) for path in target.blocked]
    return Generated(
        tuple(target.written),
        tuple(target.skipped),
        tuple(notices),
        tuple(target.blocked),
    )


@dataclass(frozen=True)
class _Target:
    """A folder tree into which plans are written, those that lie in it already, and what becomes of each new one."""

    folder: Path
    writer: PlanWriter
    manner: Manner
    existing: Mapping[Known, Path]
    written: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    blocked: list[Path] = field(default_factory=list)
    folders: dict[str, str] = field(default_factory=dict)

    def take(self, plan: AccountPlan) -> None:
        """Write a plan unless there is one of its account and year, or another file in its place."""
        name = self.folder / self._by_kam(plan) / self.writer.name(plan)
        key = known(plan.cover.account_id or "", self.writer.settings.year)
        before = self.existing.get(key)
        if before is None and name.exists():
            self.blocked.append(name)
        elif before is not None and not self.manner.overwrite:
            self.skipped.append(before)
        else:
            self._write(plan, before or name)

    def _write(self, plan: AccountPlan, path: Path) -> None:
        self.written.append(path)
        if not self.manner.dry_run:
            self.writer.write(plan, path)

    def _by_kam(self, plan: AccountPlan) -> str:
        """The folder of the plan's key account manager, where each has one."""
        if not self.manner.by_kam:
            return ""
        name = plan.cover.key_account_manager or _NOBODY[self.writer.language]
        return self.folders.setdefault(fold(name), file_part(name))


def _read_lists(
    accounts: Path, revenue: Path | None, settings: Settings, language: str
) -> tuple[AccountList, RevenueHistory]:
    """Both lists; what is wrong with either is said at once."""
    faults: list[str] = []
    listed, history = AccountList("", ()), NO_HISTORY
    try:
        listed = _read_accounts(accounts, settings, language)
    except InputError as fault:
        faults.append(str(fault))
    currencies = {
        account_key(one.account_id): str(one.values.get("currency", settings.currency))
        for one in listed.accounts
    }

    def currency_of(key: str) -> str:
        return currencies.get(key, settings.currency)

    try:
        if revenue:
            history = read_history(revenue, language, currency_of, settings.columns)
    except InputError as fault:
        faults.append(str(fault))
    if faults:
        raise InputError("\n".join(faults))
    return listed, history


def _read_accounts(path: Path, settings: Settings, language: str) -> AccountList:
    """The account list, which must name at least one account and its company."""
    spec = plan_spec(settings)
    listed = read_accounts(path, spec, language)
    if not listed.accounts:
        raise InputError(_NO_ACCOUNTS[language].format(file=path.name))
    if "company" not in listed.headings:
        (company,) = (one for one in account_columns(spec) if one.key == "company")
        names, found = names_of(company), ", ".join(listed.unknown)
        found = ", ".join(filter(None, (*listed.headings.values(), found)))
        fault = _NO_COMPANY[language].format(file=path.name, names=names, found=found)
        raise InputError(" ".join((fault, *listed.suggestions)))
    return listed


def _with_room_for(
    history: RevenueHistory, settings: Settings, language: str
) -> Settings:
    """The settings with all product groups of the revenue history.

    Groups that the company's settings name keep their order, and groups found only in the revenue list follow, so
    that no revenue is lost. Without groups of their own it is those of the list, by revenue.
    """
    own = own_groups(settings)
    known = set(map(group_key, own))
    more = [name for name in history.product_groups if group_key(name) not in known]
    if not more:
        return settings
    try:
        return settings.changed(product_groups=(*own, *more))
    except SettingsError:
        fault = _TOO_MANY_GROUPS[language]
        number = len(history.product_groups)
        raise InputError(fault.format(file=history.file, number=number)) from None
