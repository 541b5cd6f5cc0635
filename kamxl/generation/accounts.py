"""The account list: one row per account, its columns the fields of the cover.

Any field of the cover may be a column, under its key (``postal_code``), its printed name in either language (``PLZ``)
or one of the usual ones (``PSTLZ``); ``contact_title`` is the position of the main contact. Only the account number is
needed to read a list. Values are read as `kamxl.checks` reads a plan's cells, so that a date may be ``31.12.1999`` and
a class ``Key Account``. A row that adds up others is no account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kamxl.checks.entries.conversion import Surroundings, Value
from kamxl.checks.entries.values import convert
from kamxl.checks.rule import Problem, word
from kamxl.checks.rules import words as rules
from kamxl.document.extract import Entry
from kamxl.document.paths import path_of
from kamxl.document.schema import FieldSpec
from kamxl.generation.faults import Faults, Wrong, listed, wrong
from kamxl.generation.headings import ACCOUNTS, InputColumn, called, column
from kamxl.generation.inputs import InputRow, InputTable, read_table, suggestions
from kamxl.generation.keys import account_number, without_fraction
from kamxl.generation.sums import is_sum
from kamxl.plan.document import PlanSpec
from kamxl.spelling import account_key
from kamxl.texts import Text
from kamxl.xlsx.book import Cell, State

_SHEET = "cover"
_ID, _COMPANY, _TITLE = "account_id", "company", "contact_title"
_POSTAL_CODE = "postal_code"
_POSITION = Text("Position des Ansprechpartners", "Contact position")
# Problems after which the value is not what the list meant.
_SPOILT = {rules.TOO_LONG.code, rules.TEXT_BECAME_DATE.code}

_DUPLICATE = Text(
    de="Die Kundennummer „{account}“ steht schon in Zeile {line}. Jeder Kunde darf nur einmal vorkommen.",
    en="Account number “{account}” stands in line {line} already. Each account may be listed only once.",
)
_ONLY_ZEROS = Text(
    de="Die Kundennummer „{account}“ unterscheidet sich von „{first}“ in Zeile {line} nur durch führende Nullen. Jeder "
    "Kunde darf nur einmal vorkommen.",
    en="Account number “{account}” differs from “{first}” in line {line} by leading zeros only. Each account may be "
    "listed only once.",
)
_TOO_LONG = Text(
    de="Der Text hat {found} Zeichen; erlaubt sind {limit}. Bitte kürzen.",
    en="The text has {found} characters; {limit} are allowed. Please shorten it.",
)
_NO_ID = Text(de="Die Kundennummer fehlt.", en="The account number is missing.")
_SUMS = Text(
    de="{file}: Summenzeilen wurden nicht übernommen: {rows}.",
    en="{file}: Rows with sums were left out: {rows}.",
)
_SUM = Text(de="Zeile {line} („{text}“)", en="line {line} (“{text}”)")
_SHORT_CODES = Text(
    de="{file}: Vierstellige Postleitzahlen ohne Land: In Deutschland fehlt ihnen eine führende Null. Bitte das Land "
    "ergänzen oder prüfen: {rows}.",
    en="{file}: Postal codes of four digits without a country: in Germany they lack a leading zero. Please add the "
    "country or check: {rows}.",
)
_SAID = Text("{said}", "{said}")
_ROW = Text(de="Zeile {line} ({text})", en="line {line} ({text})")


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
        return str(self.values.get(_COMPANY, ""))


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts in the list's order.

    Attributes:
        file: name of the list.
        accounts: one for each row.
        unknown: headings of columns that were left out.
        headings: those of the columns that were used, by the field's key.
        notices: what is to be told about the reading.
        suggestions: which known heading an unknown one may be.
    """

    file: str
    accounts: tuple[ListedAccount, ...]
    unknown: tuple[str, ...] = field(default=())
    headings: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def account_columns(spec: PlanSpec) -> list[InputColumn]:
    """The columns of an account list."""
    columns = [
        column(key, f.label, ACCOUNTS, required=key == _ID)
        for key, f in _cover_fields(spec).items()
    ]
    # Where a heading may mean two columns, the account number comes first.
    return sorted(
        [*columns, column(_TITLE, _POSITION, ACCOUNTS)],
        key=lambda one: not one.required,
    )


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
    columns = called(account_columns(spec), spec.settings.columns)
    table = read_table(path, columns, language)
    sums = {row.line: text for row in table.rows if (text := _sum(row))}
    rows = [row for row in table.rows if row.line not in sums]
    fields = _cover_fields(spec)
    accounts = [_account(row, fields, table.faults) for row in rows]
    _refuse_duplicates(accounts, table.faults)
    table.faults.stop()
    notices = (
        *table.notices,
        *_notices(table, rows, sums, language),
    )
    near = tuple(suggestions(table.unknown, columns, language))
    return AccountList(
        table.file, tuple(accounts), table.unknown, table.headings, notices, near
    )


def _sum(row: InputRow) -> str:
    """What names a row as one that adds up others; empty for an account."""
    number = row.text(_ID)
    if number:
        return number if is_sum(number) else ""
    texts = (row.text(_COMPANY), *row.beside)
    return next((text for text in texts if is_sum(text, ())), "")


def _refuse_duplicates(accounts: Sequence[ListedAccount], faults: Faults) -> None:
    """Compared as plans are later on: "a1" is the account "A1", and "0010041" is "10041"."""
    first_of: dict[str, ListedAccount] = {}
    for account in accounts:
        number = account.account_id
        first = first_of.setdefault(account_key(number), account)
        if not number or first is account:
            continue
        alike = number.casefold() == first.account_id.casefold()
        text = _DUPLICATE if alike else _ONLY_ZEROS
        fault = wrong(text, account=number, first=first.account_id, line=first.line)
        faults.add(account.line, _ID, fault)


def _notices(
    table: InputTable, rows: Sequence[InputRow], sums: Mapping[int, str], language: str
) -> Iterator[str]:
    told = {
        _SUMS: [
            _SUM[language].format(line=line, text=text) for line, text in sums.items()
        ],
        _SHORT_CODES: [
            _ROW[language].format(line=row.line, text=row.text(_POSTAL_CODE))
            for row in rows
            if _lacks_a_zero(row)
        ],
    }
    for text, found in told.items():
        if found:
            yield text[language].format(file=table.file, rows=listed(found))


def _lacks_a_zero(row: InputRow) -> bool:
    code = row.text(_POSTAL_CODE)
    return len(code) == 4 and code.isdecimal() and not row.text("country")


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
        value, fault = _value(cell, fields[key], faults.language, surroundings)
        if fault:
            faults.add(row.line, key, fault)
        elif value is not None:
            values[key] = value
    if _ID not in row.cells and (row.line, _ID) not in faults.spoilt:
        faults.add(row.line, _ID, wrong(_NO_ID))
    return ListedAccount(values, " ".join(row.text(_TITLE).split()), row.line)


def _value(
    cell: Cell, spec: FieldSpec, language: str, surroundings: Surroundings
) -> tuple[Value, Wrong | None]:
    """The value of a cell as an entry of its field, and what is wrong with it."""
    if spec.key == _ID:
        number, fault = account_number(cell)
        if fault:
            return None, fault
        cell = _as_text(cell, without_fraction(number))
    if spec.key == _POSTAL_CODE and isinstance(cell.value, str):
        cell = _as_code(cell)
    entry = Entry(path_of(spec.key), "", cell.address, *cell[2:])
    value, problems, _ = convert(entry, spec, language, surroundings)
    if value is not None:
        problems = tuple(p for p in problems if p.rule.code in _SPOILT)
    problem = next(iter(problems), None)
    if problem is None or problem.rule is rules.BLANK_TEXT:
        return value, None
    return value, _worded(problem, language)


def _as_text(cell: Cell, text: str) -> Cell:
    return Cell(cell.row, cell.column, State.VALUE, text, text)


def _as_code(cell: Cell) -> Cell:
    """A postal code of digits as the number it was once, so that it gets its zero back as one from a workbook."""
    digits = without_fraction(cell.raw)
    lost = len(digits) < 5 and digits.isdecimal() and not digits.startswith("0")
    return cell._replace(value=float(digits)) if lost else _as_text(cell, digits)


def _worded(problem: Problem, language: str) -> Wrong:
    """What is wrong and what to do, without the field's label: the column is named already."""
    if problem.rule is rules.TOO_LONG:
        said = word(_TOO_LONG, problem.details, language)
    else:
        said = " ".join(problem.rule.told(problem.details, language))
    return Wrong(_SAID, {"said": said}, problem.rule.code)
