"""The account list: one row per account, its columns the fields of the cover.

Any field of the cover may be a column, under its key (``postal_code``) or its printed name in either language
(``PLZ``); ``contact_title`` is the position of the main contact. Only the account number is required. Values are read
as `kamxl.checks` reads a plan's cells, so that a date may be ``31.12.1999`` and a class ``Key Account``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kamxl.checks.entries.conversion import Surroundings, Value
from kamxl.checks.entries.values import convert
from kamxl.checks.rule import Problem, word
from kamxl.checks.rules import words as rules
from kamxl.document.extract import Entry
from kamxl.document.paths import path_of
from kamxl.document.schema import FieldSpec
from kamxl.generation.inputs import Faults, InputColumn, InputRow, read_table
from kamxl.plan.document import PlanSpec
from kamxl.texts import Text

_SHEET = "cover"
_ID = "account_id"
_TITLE = InputColumn(
    "contact_title",
    ("Position des Ansprechpartners", "contact position", "Funktion", "job title"),
)
# Problems after which the value is not what the list meant.
_SPOILT = {rules.TOO_LONG.code, rules.TEXT_BECAME_DATE.code}

_DUPLICATE = Text(
    de="Die Kundennummer „{account}“ steht schon in Zeile {line}. Jeder Kunde darf nur einmal vorkommen.",
    en="Account number “{account}” stands in line {line} already. Each account may be listed only once.",
)
_TOO_LONG = Text(
    de="Der Text hat {found} Zeichen; erlaubt sind {limit}. Bitte kürzen.",
    en="The text has {found} characters; {limit} are allowed. Please shorten it.",
)
_NO_ID = Text(de="Die Kundennummer fehlt.", en="The account number is missing.")


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """One account: the typed values of its cover by field key, and its main contact's position."""

    values: Mapping[str, Value]
    contact_title: str = ""
    line: int = 0

    @property
    def account_id(self) -> str:
        """The account number; empty for a blank plan."""
        return str(self.values.get(_ID, ""))

    @property
    def company(self) -> str:
        """The company's name; empty where the list has none."""
        return str(self.values.get("company", ""))


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts in the list's order, and the headings of columns that were left out."""

    file: str
    accounts: tuple[ListedAccount, ...]
    unknown: tuple[str, ...] = field(default=())


def read_accounts(path: Path, spec: PlanSpec, language: str) -> AccountList:
    """Read an account list.

    Args:
        path: CSV or XLSX.
        spec: the plan whose cover says which columns there are.
        language: of the messages; decides doubtful notations too.

    Raises:
        InputError: the list cannot be read, values are wrong or an account is listed twice; file, line and
            column are named.
    """
    fields = _cover_fields(spec)
    columns = [
        InputColumn(key, (f.label.de, f.label.en), required=key == _ID)
        for key, f in fields.items()
    ]
    table = read_table(path, [*columns, _TITLE], language)
    faults = Faults(table.file, language, table.headings)
    accounts: list[ListedAccount] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        account = _account(row, fields, faults)
        # As plans are compared later on: "a1" is the account "A1".
        first = lines.setdefault(account.account_id.casefold(), row.line)
        if not row.text(_ID):
            faults.add(row.line, _ID, _NO_ID[language])
        elif account.account_id and first != row.line:
            message = _DUPLICATE[language].format(
                account=account.account_id, line=first
            )
            faults.add(row.line, _ID, message)
        accounts.append(account)
    faults.stop()
    return AccountList(table.file, tuple(accounts), table.unknown)


def _cover_fields(spec: PlanSpec) -> dict[str, FieldSpec]:
    (form,) = spec.sheet(_SHEET).sections
    fields = {field.key: field for field in form.fields}
    del fields["plan_year"]  # follows from the run, not from the list
    return fields


def _account(
    row: InputRow, fields: Mapping[str, FieldSpec], faults: Faults
) -> ListedAccount:
    surroundings = Surroundings(country=row.text("country"))
    values: dict[str, Value] = {}
    for key, cell in row.cells.items():
        if key not in fields:
            continue
        entry = Entry(path_of(key), "", cell.address, *cell[2:])
        value, problems, _ = convert(entry, fields[key], faults.language, surroundings)
        if value is not None:
            problems = tuple(p for p in problems if p.rule.code in _SPOILT)
        problem = next(iter(problems), None)
        if problem is not None and problem.rule is not rules.BLANK_TEXT:
            faults.add(row.line, key, _worded(problem, faults.language))
        elif value is not None:
            values[key] = value
    return ListedAccount(values, " ".join(row.text(_TITLE.key).split()), row.line)


def _worded(problem: Problem, language: str) -> str:
    """What is wrong and what to do, without the field's label: the column is named already."""
    if problem.rule is rules.TOO_LONG:
        return word(_TOO_LONG, problem.details, language)
    return " ".join(problem.rule.told(problem.details, language))
