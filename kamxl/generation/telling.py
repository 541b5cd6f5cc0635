"""What is said of the lists: how their columns were understood, and what of them no plan shows.

For example ``umsatz.csv: Diese Spalten werden nicht verwendet: orders.``
"""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.entries.wording import amount
from kamxl.generation.accounts import AccountList, account_columns
from kamxl.generation.faults import listed as listing
from kamxl.generation.history import COLUMNS, RevenueHistory, group_key
from kamxl.generation.prefill import past_years
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import GROUP_NAMES, Settings
from kamxl.spelling import account_key
from kamxl.texts import Text

_KAM = "key_account_manager"
_NO_MANAGER = Text(
    de="{file}: Keine Spalte nennt den KAM (key_account_manager); er fehlt in allen Plänen. Sie heißt z. B. KAM oder "
    "Betreuer.",
    en="{file}: No column names the key account manager (key_account_manager), who is missing in all plans. It may be "
    "called KAM or Account Manager, for example.",
)
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
_MEANS = Text(
    de="{file}: „{heading}“ ist {label} ({key}).",
    en="{file}: “{heading}” is {label} ({key}).",
)


def own_groups(settings: Settings) -> tuple[str, ...]:
    """The product groups that the company's settings name; none where these are but the built-in placeholders."""
    placeholders = {
        group_key(name) for text in GROUP_NAMES for name in (text.de, text.en)
    }
    named = settings.product_groups
    return () if placeholders.issuperset(map(group_key, named)) else named


def understood(
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


def left_out(
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
    if _KAM not in listed.headings:
        yield _NO_MANAGER[language].format(file=listed.file)
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
    own = own_groups(settings)
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
