"""The account list: one row per account, its columns the fields of the cover.

Any field of the cover may be a column, under its key (``postal_code``), its printed name in either language (``PLZ``)
or one of the usual ones (``PSTLZ``); ``contact_title`` is the position of the main contact. Only the account number is
needed to read a list. Values are read as `kamxl.checks` reads a plan's cells, so that a date may be ``31.12.1999`` and
a class ``Key Account``, or ``A`` where the settings say what that means. A row that adds up others is no account, and
rows of the same account and company are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
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
from kamxl.generation.kinds import refuse_revenue_list
from kamxl.generation.sums import is_sum
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.toml_values import toml_key
from kamxl.spelling import account_key, fold
from kamxl.texts import Text
from kamxl.xlsx.book import Cell, State

_SHEET = "cover"
_ID, _COMPANY, _TITLE = "account_id", "company", "contact_title"
_POSTAL_CODE = "postal_code"
_POSITION = Text("Position des Ansprechpartners", "Contact position")
# Problems after which the value is not what the list meant.
_SPOILT = {rules.TOO_LONG.code, rules.TEXT_BECAME_DATE.code}
_CLASS = "account_class"

_DUPLICATE = Text(
    de="Die Kundennummer „{account}“ steht schon in Zeile {line}, dort für „{company}“. Jeder Kunde braucht seine "
    "eigene Nummer.",
    en="Account number “{account}” stands in line {line} already, for “{company}”. Each account needs a number of its "
    "own.",
)
_ONLY_ZEROS = Text(
    de="Die Kundennummer „{account}“ unterscheidet sich von „{first}“ in Zeile {line} („{company}“) nur durch führende "
    "Nullen. Jeder Kunde braucht seine eigene Nummer.",
    en="Account number “{account}” differs from “{first}” in line {line} (“{company}”) by leading zeros only. Each "
    "account needs a number of its own.",
)
_REPEATED = Text(
    de="{file}: Kunden, die mehrfach in der Liste stehen, wurden zusammengefasst; wo ihre Zeilen sich unterscheiden, "
    "gilt die erste: {rows}.",
    en="{file}: Accounts that are listed more than once were put together; where their rows differ the first holds: "
    "{rows}.",
)
_NO_CLASS = Text(
    de="{file}: Was in der Spalte „{heading}“ steht ({rows}), sagt noch nicht, ob es Major, Key oder Target Accounts "
    'sind; die Klassifizierung bleibt leer. In kamxl.toml unter [account_classes] zuordnen, z. B. {example} = "key".',
    en="{file}: What the column “{heading}” holds ({rows}) does not say whether it is a major, key or target account; "
    'the classification stays empty. Say so in kamxl.toml under [account_classes], e.g. {example} = "key".',
)
_NO_COMPANY = Text(
    de="Die Firma fehlt; ein Plan braucht den Namen des Kunden.",
    en="The company is missing; a plan needs the account’s name.",
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
    refuse_revenue_list(table, language)
    sums = {row.line: text for row in table.rows if (text := _sum(row))}
    rows = [row for row in table.rows if row.line not in sums]
    reading = _Reading(table.faults, _cover_fields(spec), spec.settings)
    read = [reading.account(row) for row in rows]
    accounts = reading.distinct(read)
    table.faults.stop()
    told = _notices(table, rows, sums, language), reading.notices(table)
    open_ones = [one for one in columns if one.key not in table.headings]
    near = tuple(suggestions(table.unknown, open_ones, language))
    return AccountList(
        table.file,
        accounts,
        table.unknown,
        table.headings,
        (*table.notices, *chain.from_iterable(told)),
        near,
    )


def _sum(row: InputRow) -> str:
    """What names a row as one that adds up others; empty for an account."""
    number = row.text(_ID)
    if number:
        return number if is_sum(number) else ""
    texts = (row.text(_COMPANY), *row.beside)
    return next((text for text in texts if is_sum(text, ())), "")


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


@dataclass(frozen=True)
class _Reading:
    """Makes accounts of rows.

    Attributes:
        faults: what is wrong, to which it adds.
        fields: those of the cover, by key.
        settings: what the company calls its classes.
        unclear: what a class column holds and nobody has said the meaning of.
        repeated: rows of accounts that were listed before, in words.
    """

    faults: Faults
    fields: Mapping[str, FieldSpec]
    settings: Settings
    unclear: dict[str, None] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)

    def account(self, row: InputRow) -> ListedAccount:
        """The account of a row, without the values that are wrong."""
        surroundings = Surroundings(country=row.text("country"))
        values: dict[str, Value] = {}
        for key in row.cells.keys() & self.fields.keys():
            value = self._entry(row, key, surroundings)
            if value is not None:
                values[key] = value
        self._ask_for(row, _ID, _NO_ID)
        if _COMPANY in self.faults.headings:
            self._ask_for(row, _COMPANY, _NO_COMPANY)
        return ListedAccount(values, " ".join(row.text(_TITLE).split()), row.line)

    def _entry(self, row: InputRow, key: str, surroundings: Surroundings) -> Value:
        cell = self._classified(row.cells[key]) if key == _CLASS else row.cells[key]
        value, fault = _value(
            cell, self.fields[key], self.faults.language, surroundings
        )
        if fault and key == _CLASS:
            self.unclear[cell.raw.strip()] = None
        elif fault:
            self.faults.add(row.line, key, fault)
        return None if fault else value

    def _classified(self, cell: Cell) -> Cell:
        """A cell of a class column as the classification that the company means by it."""
        code = self._classes.get(fold(cell.raw))
        return _as_text(cell, code) if code else cell

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        return {fold(name): str(c) for name, c in self.settings.account_classes.items()}

    def _ask_for(self, row: InputRow, key: str, missing: Text) -> None:
        """Note what a row must say and does not."""
        if key not in row.cells and (row.line, key) not in self.faults.spoilt:
            self.faults.add(row.line, key, wrong(missing))

    def distinct(self, accounts: Sequence[ListedAccount]) -> tuple[ListedAccount, ...]:
        """Each account once, numbers compared as those of plans are: "a1" is "A1", and "0010041" is "10041".

        Rows of one company are put together; two companies cannot share a number.
        """
        found: dict[str, ListedAccount] = {}
        for account in accounts:
            number = account.account_id
            key = account_key(number) if number else f"line {account.line}"
            first = found.setdefault(key, account)
            if first is account:
                continue
            if _is_same_company(first, account):
                self._repeat(account, first)
                found[key] = _together(first, account)
            else:
                self.faults.add(account.line, _ID, _taken(account, first))
        return tuple(found.values())

    def _repeat(self, account: ListedAccount, first: ListedAccount) -> None:
        gaps = {"line": account.line, "text": first.account_id}
        self.repeated.append(_ROW[self.faults.language].format(**gaps))

    def notices(self, table: InputTable) -> Iterator[str]:
        """What was put together, and classes that mean nothing yet."""
        language = self.faults.language
        if self.repeated:
            rows = listed(self.repeated)
            yield _REPEATED[language].format(file=table.file, rows=rows)
        if self.unclear:
            yield _NO_CLASS[language].format(
                file=table.file,
                heading=table.headings[_CLASS],
                rows=listed(self.unclear, 5),
                example=toml_key(next(iter(self.unclear))),
            )


def _is_same_company(first: ListedAccount, other: ListedAccount) -> bool:
    names = {fold(one.company) for one in (first, other)} - {""}
    return len(names) < 2


def _together(first: ListedAccount, other: ListedAccount) -> ListedAccount:
    """An account with what either of its rows says; the first holds."""
    values = {**other.values, **first.values}
    return ListedAccount(values, first.contact_title or other.contact_title, first.line)


def _taken(account: ListedAccount, first: ListedAccount) -> Wrong:
    """What is wrong where two companies have one number."""
    number = account.account_id
    alike = number.casefold() == first.account_id.casefold()
    text = _DUPLICATE if alike else _ONLY_ZEROS
    gaps = {"first": first.account_id, "line": first.line, "company": first.company}
    return wrong(text, account=number, **gaps)


def _value(
    cell: Cell, spec: FieldSpec, language: str, surroundings: Surroundings
) -> tuple[Value, Wrong | None]:
    """The value of a cell as an entry of its field, and what is wrong with it."""
    if spec.key == _ID:
        number, fault = account_number(cell)
        if fault:
            return None, fault
        cell = _as_text(cell, number)
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
