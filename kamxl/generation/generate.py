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
from kamxl.generation.accounts import (
    AccountList,
    ListedAccount,
    account_columns,
    read_accounts,
)
from kamxl.generation.faults import listed as listing
from kamxl.generation.history import (
    COLUMNS,
    NO_HISTORY,
    RevenueHistory,
    group_key,
    read_history,
)
from kamxl.generation.inputs import names_of
from kamxl.generation.prefill import past_years, prefill
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.spelling import account_key
from kamxl.texts import Progress, Text
from kamxl.xlsx.saving import write_atomically

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
_ONLY_ZEROS = Text(
    de="{file}: Kundennummern, die sich von der Kundenliste nur durch führende Nullen oder die Schreibweise "
    "unterscheiden, wurden zugeordnet: {names}.",
    en="{file}: Account numbers that differ from the account list by leading zeros or case only were matched: {names}.",
)
_UNSTATED = Text(
    de="{file}: Die Liste nennt keine Währung; für diese Kunden wurden die Beträge als {currency} übernommen: {names}.",
    en="{file}: The list names no currency; for these accounts the amounts were taken as {currency}: {names}.",
)
_NO_COMPANY = Text(
    de="{file}: Es fehlt die Spalte company (Firma); ein Plan braucht den Namen des Kunden. Sie heißt z. B. {names}. "
    "Gefunden: {found}.",
    en="{file}: The column company is missing; a plan needs the account’s name. It may be called {names}, for example. "
    "Found: {found}.",
)
_MEANS = Text(
    de="{file}: „{heading}“ ist {label} ({key}).",
    en="{file}: “{heading}” is {label} ({key}).",
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
        dry_run: read the lists and say what would be written, and how each column was understood; write nothing.
    """

    today: dt.date | None = None
    overwrite: bool = False
    seed: str = ""
    language: str = ""
    dry_run: bool = False

    def words(self, settings: Settings) -> str:
        """The language of messages."""
        return self.language or str(settings.language)


_AS_USUAL = Manner()


@dataclass(frozen=True)
class Generated:
    """What was written.

    Attributes:
        written: the new workbooks, in the list's order; those that would be new in a dry run.
        skipped: plans that existed already and were left as they are.
        notices: what of the lists was not used, and which plans were skipped, in words.
    """

    written: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()


def generate_template(
    path: Path, settings: Settings, manner: Manner = _AS_USUAL
) -> Generated:
    """Write the empty template.

    Raises:
        InputError: the file exists or cannot be written.
    """
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

    return _write_one(path, settings, manner, blank)


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
    manner: Manner = _AS_USUAL,
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
    words = manner.words(settings)
    if folder.is_file() or folder.suffix.lower() == _WORKBOOK:
        raise InputError(_NOT_A_FOLDER[words].format(file=folder))
    settings = settings.changed(plan_year=settings.year)
    listed, history = _read_lists(accounts, revenue, settings, words)
    shaped = _with_room_for(history, settings, words)
    writer = PlanWriter(shaped, manner.today, manner.seed)
    notices = list(_notices(listed, history, settings, writer.spec, words))
    if manner.dry_run:
        notices[:0] = _understood(listed, history, writer.spec, words)
    written: list[Path] = []
    skipped: list[Path] = []
    for done, account in enumerate(listed.accounts, 1):
        plan = prefill(account, history, writer.spec, writer.today)
        path = folder / writer.name(plan)
        if path.exists() and not manner.overwrite:
            skipped.append(path)
            continue
        written.append(path)
        if not manner.dry_run:
            writer.write(plan, path)
        if progress:
            progress(done, len(listed.accounts), path.name)
    notices += [_EXISTS[words].format(file=path.name) for path in skipped]
    return Generated(tuple(written), tuple(skipped), tuple(notices))


def _understood(
    listed: AccountList, history: RevenueHistory, spec: PlanSpec, language: str
) -> Iterator[str]:
    """How each column of the lists was understood."""
    columns = (*account_columns(spec), *COLUMNS)
    labels = {column.key: column.label[language] for column in reversed(columns)}
    for file, headings in (
        (listed.file, listed.headings),
        (history.file, history.headings),
    ):
        for key, heading in headings.items():
            field, _, part = key.partition(" ")
            label = f"{labels[field]} {part}".strip()
            gaps = {"file": file, "heading": heading, "label": label, "key": field}
            yield _MEANS[language].format(**gaps)


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
    own = _own_groups(settings)
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


def _own_groups(settings: Settings) -> tuple[str, ...]:
    """The product groups that the company's settings name; none where the built-in ones hold."""
    named = "product_groups" in settings.model_fields_set
    return settings.product_groups if named else ()


def _notices(
    listed: AccountList,
    history: RevenueHistory,
    settings: Settings,
    spec: PlanSpec,
    language: str,
) -> Iterator[str]:
    """What of the lists does not appear in the plans, and which product groups they brought along."""

    def told(notice: Text, file: str, names: str, **gaps: object) -> Iterator[str]:
        if names:
            yield notice[language].format(file=file, names=names, **gaps)

    yield from told(_UNKNOWN_COLUMNS, listed.file, ", ".join(listed.unknown))
    yield from told(_UNKNOWN_COLUMNS, history.file, ", ".join(history.unknown))
    yield from (*listed.notices, *listed.suggestions, *history.notices)
    known = {account_key(account.account_id) for account in listed.accounts}
    written = {account.account_id for account in listed.accounts}
    theirs = history.by_account
    strange = [account for account in theirs if account_key(account) not in known]
    others = sorted(theirs.keys() - written - set(strange))
    yield from told(_ONLY_ZEROS, history.file, listing(others))
    foreign = _in_foreign_currency(listed, history, settings)
    for currency, names in foreign.items():
        yield from told(_UNSTATED, history.file, listing(names), currency=currency)
    total = amount(sum(history.by_account[one] for one in strange), language)
    yield from told(_UNKNOWN_ACCOUNTS, history.file, listing(strange), amount=total)
    years = past_years(spec)
    left = sorted(history.by_year.keys() - years.keys())
    total = amount(sum(history.by_year[year] for year in left), language)
    yield from told(
        _OTHER_YEARS, history.file, listing(left), amount=total,
        year=settings.year, first=min(years), last=max(years),
    )  # fmt: skip
    own = _own_groups(settings)
    added = spec.settings.product_groups[len(own) :] if own else ()
    yield from told(_MORE_GROUPS, history.file, listing(added))


def _in_foreign_currency(
    listed: AccountList, history: RevenueHistory, settings: Settings
) -> dict[str, list[str]]:
    """Accounts with a currency of their own whose revenue does not say which it is in, by currency."""
    unstated = set(map(account_key, history.unstated))
    found: dict[str, list[str]] = {}
    for account in listed.accounts:
        currency = str(account.values.get("currency", settings.currency))
        if (
            currency != settings.currency
            and account_key(account.account_id) in unstated
        ):
            found.setdefault(currency, []).append(account.account_id)
    return found
