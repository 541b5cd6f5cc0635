"""What every role of a cell looks like: one table of descriptions, from which the styles of all workbooks are made.

Drawing code names a role (`CellRole.INPUT` …), never a colour or a font, so the whole look is decided here.
What depends on the value (its number format, the side it stands at) is described by the kind of value; the cells of
a scoring card go by their own shapes of values ("share", "count").

Example:
    `LOOKS[CellRole.BAD]` is red on light red; with `Kind.MONEY` it stands on the right and shows ``#,##0``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeAlias

from openpyxl.styles import Alignment

from kamxl.document.drawing.colours import (
    ACCENT,
    AMBER,
    AMBER_FILL,
    COMPUTED,
    FAINT,
    GREEN,
    GREEN_FILL,
    INK,
    LINE,
    MUTED,
    RED,
    RED_FILL,
    REQUIRED,
    RIM,
    SOFT,
    WHITE,
)
from kamxl.document.vocabulary import Kind
from kamxl.texts import Text

FONT = "Calibri"
_CODE = "Consolas"


class CellRole(StrEnum):
    """What a cell is there for."""

    BAND = "band"
    TITLE = "title"
    SUBTITLE = "subtitle"
    GUIDANCE = "guidance"
    HEADING = "heading"
    HINT = "hint"
    LINK = "link"
    # Of a plan.
    INPUT = "input"
    FORM_INPUT = "form_input"
    SMALL_INPUT = "small_input"
    COMPUTED = "computed"
    TOTAL = "total"
    HEADER = "header"
    LABEL = "label"
    ENTRY = "entry"
    PROGRESS = "progress"
    TILE_LABEL = "tile_label"
    TILE = "tile"
    TILE_NOTE = "tile_note"
    STEPS = "steps"
    KEY = "key"
    TALL_KEY = "tall_key"
    LEGEND_REQUIRED = "legend_required"
    LEGEND_INPUT = "legend_input"
    LEGEND_COMPUTED = "legend_computed"
    LEGEND_OVERDUE = "legend_overdue"
    # Of a report, whose tables people read and filter rather than fill in.
    CELL = "cell"
    CENTS = "cell_cents"
    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    BAD = "bad"
    WARN = "warn"
    GOOD = "good"
    SOURCE = "source"
    MOMENT = "moment"
    FINE = "fine"
    SUM = "sum"
    SUM_CENTS = "sum_cents"
    BAR = "bar"
    # Of a scoring card and of the control panel.
    FIELD = "field"
    FIGURE = "figure"
    ANSWER = "answer"
    CODE = "code"
    AGREES = "agrees"
    TOPIC = "topic"
    TEXT = "text"
    LISTED = "listed"
    CALL = "call"
    NOTICE = "notice"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Edge:
    """A line on some sides of a cell."""

    style: str
    colour: str
    sides: tuple[str, ...] = ("left", "right", "top", "bottom")


Place: TypeAlias = Alignment | Callable[[StrEnum], Alignment]
"""Where in its cell a value stands, or what says so for a kind of value."""
Formats: TypeAlias = Mapping[Any, str | Text]
"""Number formats by kind of value, or by the shape of a scoring card's."""


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks; colours are RRGGBB or a palette's names.

    `sizes` are sizes of the font for single kinds of values, `formats` the number formats by kind (``General`` for any
    other), `place` says where in the cell the value stands.
    """

    size: float = 10
    colour: str = INK
    fill: str = ""
    edge: Edge | None = None
    place: Place = field(default_factory=Alignment)
    formats: Formats = field(default_factory=dict)
    font: str = FONT
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    locked: bool = True
    sizes: Mapping[str, float] = field(default_factory=dict)


_BOX, _HAIR = Edge("thin", LINE), Edge("hair", LINE, ("bottom",))
_UNDERLINE = Edge("medium", ACCENT, ("bottom",))
_BAR = Edge("thick", ACCENT, ("left",))

_DATE = Text(de="dd.mm.yyyy", en="yyyy-mm-dd")
_MOMENT = Text(de="dd.mm.yyyy hh:mm", en="yyyy-mm-dd hh:mm")
_WHOLE = {Kind.MONEY: "#,##0", Kind.INTEGER: "0", Kind.IMPORTANCE: "0"}
# Excel puts in the user's own separators.
_ENTERED: Formats = {
    **dict.fromkeys(Kind, "@"),
    **_WHOLE,
    Kind.PERCENT: "0%",
    Kind.DATE: _DATE,
    Kind.NUMBER: "General",
    Kind.SCORE: "General",
}
_WORKED_OUT: Formats = {
    **_WHOLE,
    Kind.PERCENT: "0.0%",
    Kind.DATE: _DATE,
    Kind.NUMBER: "0.0",
    Kind.SCORE: "0.0",
}
_PRINTED: Formats = {
    **_WHOLE,
    Kind.PERCENT: "0%",
    Kind.DATE: _DATE,
    Kind.NUMBER: "#,##0.0",
}
_CENTS = dict.fromkeys(Kind, "#,##0.00")
_AS_TEXT = dict.fromkeys(Kind, "@")

_CENTRED = frozenset(
    {
        *(Kind.SCORE, Kind.IMPORTANCE, Kind.SIGN),
        *(Kind.DATE, Kind.PERCENT, Kind.INTEGER),
    }
)
_RIGHT = frozenset({Kind.MONEY, Kind.NUMBER})


def _side(kind: StrEnum) -> str:
    """The side of its cell at which a value stands."""
    if kind in _CENTRED:
        return "center"
    return "right" if kind in _RIGHT else "left"


def _in_table(kind: StrEnum) -> Alignment:
    """The alignment of a value in a table to be filled in."""
    return _middle(_side(kind), wrap=kind not in _RIGHT, indent=kind not in _CENTRED)


def _in_print(kind: StrEnum) -> Alignment:
    """The alignment of a value in a table to be read: only texts are wrapped."""
    side = _side(kind)
    return _middle(side, wrap=side == "left", indent=side != "center")


def _on_one_line(kind: StrEnum) -> Alignment:
    return _middle(_side(kind), indent=True)


def _in_head(kind: StrEnum) -> Alignment:
    side = "left" if _side(kind) == "left" else "center"
    return _middle(side, wrap=True, indent=kind not in _CENTRED)


def _in_form(kind: StrEnum) -> Alignment:
    """In a form all entries begin at the same edge, whatever they are."""
    vertical = "top" if kind is Kind.NOTE else "center"
    return Alignment(horizontal="left", vertical=vertical, wrap_text=True, indent=1)


def _in_tile(kind: StrEnum) -> Alignment:
    return _middle("left", wrap=kind is Kind.TEXT, indent=True)


def _in_card(shape: StrEnum) -> Alignment:
    return _middle("center", wrap=shape == "text")


def _middle(
    side: str | None = None, *, wrap: bool = False, indent: bool = False
) -> Alignment:
    return Alignment(
        horizontal=side, vertical="center", wrap_text=wrap, indent=int(indent)
    )


_CENTRE = _middle("center")
_TOP_LEFT = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
_NOTICE = _middle(wrap=True, indent=True)

_INPUT = CellLook(
    fill=WHITE, edge=_BOX, place=_in_table, formats=_ENTERED, locked=False
)
_WORKED = CellLook(fill=COMPUTED, edge=_BOX, place=_in_table, formats=_WORKED_OUT)
_TOTAL = replace(_WORKED, bold=True, edge=Edge("medium", ACCENT, ("top",)))
_LEGEND = CellLook(edge=_BOX, place=_CENTRE)
_TILE = CellLook(colour=MUTED, fill=SOFT, edge=_BAR)
_LINKED = CellLook(colour=ACCENT, underlined=True, place=_middle("right"))
_CELL = CellLook(edge=_HAIR, place=_in_print, formats=_PRINTED)
_SUM = replace(_TOTAL, edge=None, place=_in_print)
_FIGURES = {"score": "0.00", "share": "0.00%", "money": "#,##0", "count": "0"}
_FIGURE = CellLook(fill=COMPUTED, edge=_BOX, place=_in_card, formats=_FIGURES)
_FIELDS: Formats = {
    "share": "0%",
    "money": "#,##0",
    "count": "0",
    "date": _DATE,
    "text": "@",
}
_WORDS = CellLook(place=Alignment(vertical="top", wrap_text=True))

# A table: one role, one line.
# fmt: off
LOOKS: Mapping[CellRole, CellLook] = {
    CellRole.BAND: CellLook(fill=ACCENT),
    CellRole.TITLE: CellLook(size=20, bold=True, colour=ACCENT, place=_middle()),
    CellRole.SUBTITLE: CellLook(size=14, colour=MUTED, place=_middle("right")),
    CellRole.GUIDANCE: CellLook(colour=MUTED, place=_middle(wrap=True)),
    CellRole.HEADING: CellLook(size=12, bold=True, colour=ACCENT, place=_middle(), edge=_UNDERLINE),
    CellRole.HINT: CellLook(italic=True, colour=MUTED, place=_middle(wrap=True)),
    CellRole.LINK: _LINKED,
    CellRole.INPUT: _INPUT,
    CellRole.FORM_INPUT: replace(_INPUT, place=_in_form),
    # For short texts in narrow cells.
    CellRole.SMALL_INPUT: replace(_INPUT, colour=MUTED, place=_middle("center", wrap=True)),
    CellRole.COMPUTED: _WORKED,
    CellRole.TOTAL: _TOTAL,
    CellRole.HEADER: CellLook(bold=True, colour=WHITE, fill=ACCENT, edge=Edge("thin", RIM), place=_in_head),
    CellRole.LABEL: CellLook(fill=SOFT, edge=_BOX, place=_middle("left", wrap=True, indent=True)),
    # A line of the table of contents.
    CellRole.ENTRY: replace(_LINKED, edge=_HAIR, place=_middle("left", indent=True)),
    CellRole.PROGRESS: CellLook(edge=_HAIR, place=_CENTRE, formats={Kind.PERCENT: "0%"}),
    CellRole.TILE_LABEL: replace(_TILE, place=_middle("left", wrap=True, indent=True)),
    CellRole.TILE: replace(
        _TILE, size=14, sizes={Kind.TEXT: 11}, bold=True, colour=ACCENT, place=_in_tile, formats=_WORKED_OUT
    ),
    CellRole.TILE_NOTE: replace(_TILE, place=_TOP_LEFT),
    CellRole.STEPS: _WORDS,
    CellRole.KEY: CellLook(size=8, colour=FAINT),
    # A row's key in the hidden column: its font keeps a row at two lines' height when Excel fits it.
    CellRole.TALL_KEY: CellLook(size=24, colour=FAINT),
    CellRole.LEGEND_REQUIRED: replace(_LEGEND, fill=REQUIRED),
    CellRole.LEGEND_INPUT: replace(_LEGEND, fill=WHITE),
    CellRole.LEGEND_COMPUTED: replace(_LEGEND, fill=COMPUTED),
    CellRole.LEGEND_OVERDUE: replace(_LEGEND, colour=RED, fill=RED_FILL),
    CellRole.CELL: _CELL,
    CellRole.CENTS: replace(_CELL, formats=_CENTS),
    # For long texts beside the table proper: on one line, whatever their length.
    CellRole.PLAIN: replace(_CELL, place=_on_one_line),
    CellRole.STRONG: replace(_CELL, bold=True),
    CellRole.MUTED: replace(_CELL, colour=MUTED),
    CellRole.BAD: replace(_CELL, colour=RED, fill=RED_FILL),
    CellRole.WARN: replace(_CELL, colour=AMBER, fill=AMBER_FILL),
    CellRole.GOOD: replace(_CELL, colour=GREEN, fill=GREEN_FILL),
    # A link to where a row comes from.
    CellRole.SOURCE: replace(_CELL, underlined=True, colour=ACCENT),
    CellRole.MOMENT: replace(_CELL, formats=dict.fromkeys(Kind, _MOMENT)),
    # Small print: check sums.
    CellRole.FINE: replace(_CELL, colour=MUTED),
    CellRole.SUM: _SUM,
    CellRole.SUM_CENTS: replace(_SUM, formats=_CENTS),
    # A link in the row of links to all sheets.
    CellRole.BAR: CellLook(colour=ACCENT, fill=SOFT, edge=Edge("thin", WHITE), underlined=True, place=_CENTRE),
    CellRole.FIELD: replace(_FIGURE, fill=WHITE, formats=_FIELDS, locked=False),
    CellRole.FIGURE: _FIGURE,
    CellRole.ANSWER: replace(_FIGURE, fill=SOFT),
    CellRole.CODE: CellLook(colour=MUTED, font=_CODE, edge=_BOX, place=_NOTICE, formats=_AS_TEXT),
    CellRole.AGREES: _LEGEND,
    CellRole.TOPIC: CellLook(bold=True, colour=MUTED, place=Alignment(vertical="top")),
    CellRole.TEXT: _WORDS,
    CellRole.LISTED: CellLook(edge=_HAIR, place=_middle()),
    CellRole.CALL: replace(_WORDS, font=_CODE, formats=_AS_TEXT),
    CellRole.NOTICE: CellLook(colour=ACCENT, fill=SOFT, edge=_BOX, place=_NOTICE),
    CellRole.STATUS: CellLook(size=11, bold=True, fill=WHITE, edge=_BOX, place=_NOTICE, locked=False),
}
"""The look of every role."""
# fmt: on
