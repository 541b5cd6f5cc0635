"""The words in which an account plan is declared.

A sheet of the plan is a pydantic model (`Sheet`); what stands on it is declared as attributes:

- a plain field belongs to the sheet's own form: ``challenge: Annotated[Note | None, Item(...)] = None``
- a `Form` groups fields under a heading of its own,
- a ``list`` of a `TableRow` is a table; the row class says how many rows there are (`FreeRows`,
  `FixedRows`, `RowsPer`),
- a `Computed` is a figure the workbook works out; it holds no entry, but its value and its formula.

Every value may be missing, because a plan is a document in progress: fields are optional in the model, and
``required=True`` is a rule about completeness that `kamxl.checks` applies. `kamxl.document.schema` turns the
declarations into the frozen specification that everything else reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from annotated_types import Interval, Len
from pydantic import BaseModel, ConfigDict

from kamxl.errors import SpecError
from kamxl.texts import Text


class Kind(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    NOTE = "note"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    SCORE = "score"
    IMPORTANCE = "importance"
    SIGN = "sign"
    PERSON = "person"
    CONTACT = "contact"
    COMPETITOR = "competitor"
    GOAL = "goal"
    PRODUCT_GROUP = "product_group"


class Profile(StrEnum):
    """How much of the plan a workbook holds; ``compact`` fields are in both."""

    COMPACT = "compact"
    FULL = "full"


class Protection(StrEnum):
    """What keeps people from overwriting what a workbook computes.

    Excel can neither sort a range with locked cells on a protected sheet nor delete a row with one, whatever the
    protection allows; a validation that refuses every entry guards a formula and hinders nothing else.
    """

    CELLS = "cells"
    SHEETS = "sheets"
    NONE = "none"


class Sensitivity(StrEnum):
    """Who may see an entry: the customer too, our company, or only the account's team."""

    SHAREABLE = "shareable"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class Surrounding(StrEnum):
    """What one field may say about all entries of its document."""

    CURRENCY = "currency"
    COUNTRY = "country"


class Tense(StrEnum):
    """Which end the days of a field have."""

    PAST = "past"
    """What has happened: set up, offered, won, met."""
    FUTURE = "future"
    """What is to happen within the plan: due, to be decided, to be discussed."""


class Width(StrEnum):
    """How much room a field wants when it stands in a table column."""

    TINY = "tiny"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    HUGE = "huge"


class Choice(StrEnum):
    """Base of the value lists: a neutral code that is stored, and the label that a dropdown shows.

    Members are declared as ``IDEA = "idea", Text(de="Idee", en="Idea")``.
    """

    label: Text

    def __new__(cls, code: str, label: Text | None = None) -> Self:
        """A member with its code as value. Raises `SpecError` where the label is missing."""
        if label is None:
            raise SpecError(f"{cls.__name__}: the value {code!r} has no label")
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


# The types of the fields. The kind rides along as metadata; the limits are pydantic's own constraints.
LARGEST_AMOUNT = 1e12
Line = Annotated[str, Kind.TEXT, Len(max_length=250)]
Note = Annotated[str, Kind.NOTE, Len(max_length=4000)]
Money = Annotated[float, Kind.MONEY, Interval(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]
Number = Annotated[float, Kind.NUMBER, Interval(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT)]
# Four digits: a "2/6" that Excel takes for a date becomes the number of that day, which has five.
Integer = Annotated[int, Kind.INTEGER, Interval(ge=0, le=9_999)]
Percent = Annotated[float, Kind.PERCENT, Interval(ge=0, le=1)]
Date = Annotated[
    dt.date, Kind.DATE, Interval(ge=dt.date(1990, 1, 1), le=dt.date(2099, 12, 31))
]
Score = Annotated[float, Kind.SCORE, Interval(ge=1, le=5)]
Importance = Annotated[int, Kind.IMPORTANCE, Interval(ge=1, le=10)]
PersonName = Annotated[str, Kind.PERSON, Len(max_length=120)]
ContactName = Annotated[str, Kind.CONTACT, Len(max_length=120)]
CompetitorName = Annotated[str, Kind.COMPETITOR, Len(max_length=120)]
# One of the strategic goals of sheet 8.
ProductGroupName = Annotated[str, Kind.PRODUCT_GROUP, Len(max_length=120)]
GoalName = Annotated[str, Kind.GOAL, Len(max_length=250)]
# A value that the company's settings add to a list: `area: Area | Added | None`.
Added = Annotated[str, Len(max_length=80)]


class Sign(Choice):
    """Better, equal or worse than what it is compared with."""

    # The sign stands last: a cell that begins with + or - is a formula to a spreadsheet program.
    PLUS = "+", Text(de="besser (+)", en="better (+)")
    EQUAL = "0", Text(de="gleich (0)", en="equal (0)")
    MINUS = "-", Text(de="schlechter (−)", en="worse (−)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """How a field is shown and treated; stands beside the field's type in ``Annotated``.

    Attributes:
        label: what is printed beside or above the cell.
        help: the input hint, one or two sentences.
        required: binds always in a form, and in a table as soon as its row has any entry.
        unit: printed behind the label, e.g. ``Text(de="Tage", en="days")``.
        profile: ``FULL`` leaves the field out of compact workbooks.
        sensitivity: who may see the entry.
        width: room in a table column; the kind's own default where `None`.
        beside: in a form, key of the field in whose line this one is printed (a status beside a note).
        year_offset: the column's year relative to the plan year; fills ``{year}`` in the label.
        setting: name of a boolean setting that must be on for the field to exist.
        from_lists: whether kamxl fills it in from the company's lists, so that an entry is nobody's work yet.
        names: kind of the fields elsewhere that choose among the entries of this one (the contacts' names).
        expires: key of the figure beside it; while that shows something, a day in the past stands out.
        says: what the field says about all other entries, e.g. in which currency they are.
        tense: whether its day has come or is still to come, where that is sure.
        identifies: what the identity of the workbook calls the same, for a key such as the account's number.
        leading_zeros: a text of digits that loses a leading zero where Excel takes it for a number.
        pair: keys of two fields of a record that people write into one cell: ``2/6`` is actual and planned.
        since: template version that brought the field.
        formerly: earlier paths under which older workbooks hold it.
    """

    label: Text
    help: Text | None = None
    required: bool = False
    unit: Text | None = None
    profile: Profile = Profile.COMPACT
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    width: Width | None = None
    beside: str | None = None
    year_offset: int | None = None
    setting: str | None = None
    from_lists: bool = False
    names: Kind | None = None
    expires: str | None = None
    says: Surrounding | None = None
    tense: Tense | None = None
    identifies: str | None = None
    leading_zeros: bool = False
    pair: tuple[str, str] | None = None
    since: int = 1
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A figure the workbook works out (a locked formula): its label, its Python value and its native formula.

    Attributes:
        label: what is printed above or beside it.
        kind: what sort of value comes out.
        help: what it says, one or two sentences.
        value: works it out in Python, of a sheet as ``value(sheet, given)``, of a row as ``value(row, at)``; `given`
            is a `kamxl.document.figures.Given`, `at` a `GivenRow`. None is a figure whose input does not suffice.
        formula: writes the formula that works out the same in the workbook, of a sheet as ``formula(terms)``, of a
            row as ``formula(row)``, with `kamxl.document.formulas`' `Terms` and `RowTerms`. A test holds both together.
        same_as: path of a figure, total or growth that this one repeats, instead of a value and a formula.
        options: where the value is a code, all codes under some settings with the label that is printed.
        after: in a table, key of the field behind which it stands.
        gathers: in a table into which people insert rows, keys of fields that a figure of the sheet takes together with
            this one. All of them are kept once more on a hidden sheet, where inserted rows have a formula too.
        alarms: in a table, keys of the fields that stand out with it wherever it shows something.
        profile: ``FULL`` leaves the figure out of compact workbooks.
        sensitivity: who may see it.
        width: room in a table column; the kind's own default where `None`.
    """

    label: Text
    kind: Kind
    help: Text | None = None
    value: Callable[[Any, Any], float | str | None] | None = None
    formula: Callable[[Any], str] | None = None
    same_as: str | None = None
    options: Callable[[Any], Iterable[tuple[str, Text]]] | None = None
    after: str | None = None
    gathers: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    profile: Profile = Profile.COMPACT
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    width: Width | None = None


@dataclass(frozen=True, slots=True)
class FreeRows:
    """As many rows as there are entries: `count` are drawn, the first `shown` of them seen (a setting may change that).

    The others are folded away until somebody needs them; with a `shown` of 0 none is. `exactly` fixes the number ("the
    three most important"), `minimum` rows are required. `starts` are rows that stand there already, by key: their text
    is the first entry of the field `starts_in`, to be changed.
    """

    count: int
    minimum: int = 0
    exactly: bool = False
    shown: int = 0
    starts: dict[str, Text] = field(default_factory=dict)
    starts_in: str = ""


@dataclass(frozen=True, slots=True)
class FixedRows:
    """Rows that the plan names itself, by key."""

    labels: dict[str, Text]


@dataclass(frozen=True, slots=True)
class RowsPer:
    """One row per entry of a list in the settings (``product_groups``, ``criteria.position`` …).

    `editable` names the field that holds the row's name where the KAM may rename it; otherwise the name is
    printed (or, for product groups, repeated from the revenue table).
    """

    source: str
    editable: str | None = None


class Record(BaseModel):
    """A group of fields; attributes that are no fields (headings, figures) may stand beside them."""

    model_config = ConfigDict(
        ignored_types=(Text, Computed, FreeRows, FixedRows, RowsPer),
        extra="forbid",
        validate_assignment=False,
    )


class Form(Record):
    """Fields one below the other, each with its label, under a heading."""

    heading: ClassVar[Text]
    hint: ClassVar[Text | None] = None
    profile: ClassVar[Profile] = Profile.COMPACT


class TableRow(Record):
    """One row of a table.

    Class attributes: `heading`, `hint` (a line of guidance under the heading), `profile`, `rows` (how many),
    `row_label` (head of the printed row names), `totals` (fields summed up in a closing row),
    `growth_row` (a row follows with the change of each total against the one before it), `chart` (title of
    the chart beside the table: rows as series over the columns with a year), `owed_when` (fields of which one that
    is not 0 makes a row owe its required ones).
    """

    heading: ClassVar[Text]
    hint: ClassVar[Text | None] = None
    profile: ClassVar[Profile] = Profile.COMPACT
    rows: ClassVar[FreeRows | FixedRows | RowsPer]
    row_label: ClassVar[Text | None] = None
    totals: ClassVar[tuple[str, ...]] = ()
    growth_row: ClassVar[bool] = False
    chart: ClassVar[Text | None] = None
    owed_when: ClassVar[tuple[str, ...]] = ()


class Person(TableRow):
    """One of the people on a side of a matrix; `heading` is what messages call the side."""

    rows: ClassVar[FreeRows]


class Sheet(Record):
    """One sheet of the plan.

    Class attributes: `number` (None for the cover and the contact matrix), `title`, `guidance` (what to do
    here, one line), `form_heading` and `matrix_heading` for the sheet's own form and its contact matrix.
    """

    number: ClassVar[int | None] = None
    title: ClassVar[Text]
    guidance: ClassVar[Text]
    form_heading: ClassVar[Text | None] = None
    matrix_heading: ClassVar[Text | None] = None


class Document(Record):
    """A workbook of kamxl: its fields are its sheets, the first of which is the cover.

    Class attributes, all printed on the cover: `title` (with ``{year}``), `steps`, how to fill it in, and `about`, the
    path of the field that says whom it is about.
    """

    title: ClassVar[Text]
    steps: ClassVar[Text]
    about: ClassVar[str] = ""
