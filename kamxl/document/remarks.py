"""What the reader remarks on a workbook whose structure is not as generated: one small class for each kind of change.

Each says where, and what its message needs, e.g. after two rows were inserted above the table on sheet 5::

    FieldMoved("5 Offene Projekte", "C14", "opportunities.open[0].project", origin="C12")

The unions name what belongs together, so that whoever words them can match every kind, and mypy proves it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kamxl.xlsx.book import Fault


@dataclass(frozen=True, slots=True)
class _Remark:
    """Where something is odd; `cell` and `path` are empty where a whole sheet is, `sheet` where the file is."""

    sheet: str = ""
    cell: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class SheetMissing(_Remark):
    """Nothing is left of `sheet`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRenamed(_Remark):
    """`sheet` was generated as `expected`."""

    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDoubled(_Remark):
    """`sheet` is a copy of `original`, which was read."""

    original: str


@dataclass(frozen=True, slots=True)
class SheetUnknown(_Remark):
    """`sheet` is no part of the document."""


@dataclass(frozen=True, slots=True)
class SheetForeign(_Remark):
    """`sheet` comes from another document, so that nothing of it was read."""


@dataclass(frozen=True, slots=True)
class NotesBeside(_Remark):
    """On `sheet` there are comments or text boxes, of which nothing was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMoved(_Remark):
    """The first field of a sheet that stands elsewhere: in `cell`, generated in `origin`."""

    origin: str


@dataclass(frozen=True, slots=True)
class FieldNotFound(_Remark):
    """A field, a column or a named row that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContradictory(_Remark):
    """What tells a field's place disagrees: its name leads to `other`, or beside it stands the label `value`."""

    other: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMerged(_Remark):
    """A field whose cell is a covered part of the merged range `area`; `value` is what it hides, if anything."""

    area: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableExtended(_Remark):
    """A table that has `rows` rows where `drawn` were generated; `cell` begins the last one."""

    rows: int
    drawn: int


@dataclass(frozen=True, slots=True)
class TableMissing(_Remark):
    """Nothing is left of a table, though its sheet is there."""


@dataclass(frozen=True, slots=True)
class RowDoubled(_Remark):
    """The row at `cell` has the key of another one, which was read."""


@dataclass(frozen=True, slots=True)
class RowsRelabelled(_Remark):
    """A table whose rows show other names than they had, because the table that they repeat was sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOutside(_Remark):
    """A cell beside the fields that holds `value`."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutside(_Remark):
    """A row of data in the columns of a table, from `cell` on, that is none of the table's rows; its first `values`."""

    row: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreOutside(_Remark):
    """As many further entries beside the fields, in `cells`, of which `cell` is the first."""

    number: int
    cells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDamaged(_Remark):
    """What the reader had to leave out, on `sheet` or in the whole file."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class SettingsUnreadable(_Remark):
    """The settings that the workbook carries cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityForeign(_Remark):
    """The identity is that of another document; what the sheets say of themselves counts: `account` and `year`."""

    account: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLost(_Remark):
    """The identity is gone; the sheets say `account` and `year`, or nothing of the account."""

    account: str
    year: int


SheetRemark = (
    SheetMissing
    | SheetRenamed
    | SheetDoubled
    | SheetUnknown
    | SheetForeign
    | NotesBeside
)
FieldRemark = FieldMoved | FieldNotFound | FieldContradictory | FieldMerged
TableRemark = TableExtended | TableMissing | RowDoubled | RowsRelabelled | RowOutside
WorkbookRemark = EntryOutside | MoreOutside | PartDamaged
IdentityRemark = SettingsUnreadable | IdentityForeign | IdentityLost
Remark = SheetRemark | FieldRemark | TableRemark | WorkbookRemark | IdentityRemark
