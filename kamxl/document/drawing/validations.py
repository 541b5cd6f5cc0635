"""Dropdowns, input hints and error messages: what Excel tells a person while typing.

One validation per field and block, so that an inserted row inherits it. Lists point at defined names, because
an inline list holds 255 characters at most; names that people may add to (persons, contacts, rivals, goals) only
warn, as the matrix may not be filled in yet.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation

from kamxl.document import wording
from kamxl.document.keys import list_name
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind

# Kinds whose dropdown holds names from elsewhere in the workbook: kind -> key of the list.
NAME_LISTS = {
    Kind.PERSON: "team",
    Kind.CONTACT: "contacts",
    Kind.COMPETITOR: "competitors",
    Kind.GOAL: "goals",
    Kind.PRODUCT_GROUP: "product_groups",
}
_WHOLE = (Kind.INTEGER, Kind.IMPORTANCE)


class TextRoom(NamedTuple):
    """The cells that are merged for a text, by the first of them: how many lines they show, of how many letters.

    Excel makes no row higher for what is merged; whoever writes more is told so.
    """

    cell: str
    lines: int
    letters: int

    @property
    def seen(self) -> int:
        """How many letters are seen."""
        return self.lines * self.letters

    @property
    def formula(self) -> str:
        """Whether the text is seen whole, a line break taking a line."""
        cell = self.cell
        breaks = f'(LEN({cell})-LEN(SUBSTITUTE({cell},CHAR(10),"")))'
        return f"LEN({cell})+{self.letters}*{breaks}<={self.seen}"


def validation(
    field: FieldSpec,
    language: str,
    *,
    warns: bool = True,
    room: TextRoom | None = None,
) -> DataValidation:
    """The validation of a field; the caller adds the cells.

    Args:
        field: the field.
        language: of hint and message.
        warns: whether a name that the list lacks is worth a question.
        room: what is seen of a text, where its cells do not grow with it.
    """
    is_text = field.kind in (Kind.TEXT, Kind.NOTE) and not field.options
    tight = room and is_text and room.seen < (field.max_length or 0)
    rule = _seen(room, language) if room and tight else _limits(field, language)
    rule.promptTitle = _brief(field.label[language], 32)
    if field.help is not None:
        rule.prompt = _brief(field.help[language], 255)
        rule.showInputMessage = True
    rule.allow_blank = True
    rule.errorTitle = wording.INVALID[language]
    rule.showErrorMessage = warns
    return rule


def _seen(room: TextRoom, language: str) -> DataValidation:
    """A question to whoever writes more than is seen."""
    error = wording.MORE_THAN_SEEN[language].format(seen=room.seen)
    return DataValidation(
        type="custom", formula1=room.formula, error=error, errorStyle="warning"
    )


def guard(language: str) -> DataValidation:
    """The validation of computed cells: whatever is typed there is refused."""
    return DataValidation(
        type="custom",
        formula1="FALSE",
        errorStyle="stop",
        errorTitle=wording.COMPUTED[language],
        error=wording.NOT_TYPED[language],
        showErrorMessage=True,
        allow_blank=False,
    )


def _brief(text: str, most: int) -> str:
    """A text as long as Excel takes it, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(" ,–(") + "…"


def _limits(field: FieldSpec, language: str) -> DataValidation:
    if field.options:
        return DataValidation(
            type="list",
            formula1=list_name(field.options_key),
            error=wording.NOT_IN_LIST[language],
        )
    if field.kind in NAME_LISTS:
        return DataValidation(
            type="list", formula1=list_name(NAME_LISTS[field.kind]), error=wording.NOT_KNOWN[language],
            errorStyle="warning",
        )  # fmt: skip
    if field.kind in (Kind.TEXT, Kind.NOTE):
        error = wording.TOO_LONG[language].format(high=field.max_length)
        return DataValidation(
            type="textLength",
            operator="lessThanOrEqual",
            formula1=str(field.max_length),
            error=error,
        )
    low, high = field.low, field.high
    if isinstance(low, dt.date) and isinstance(high, dt.date):
        shown = "%d.%m.%Y" if language == "de" else "%Y-%m-%d"
        error = wording.NOT_A_DATE[language].format(
            low=low.strftime(shown), high=high.strftime(shown)
        )
        first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (low, high))
        return DataValidation(
            type="date", operator="between", formula1=first, formula2=last, error=error
        )
    return DataValidation(
        type="whole" if field.kind in _WHOLE else "decimal",
        operator="between",
        formula1=_plain(low),
        formula2=_plain(high),
        error=_range_message(field, language),
    )


def _range_message(field: FieldSpec, language: str) -> str:
    if (
        field.kind in (Kind.MONEY, Kind.NUMBER)
        and isinstance(field.high, float)
        and field.high >= 1e9
    ):
        return wording.NOT_A_NUMBER[language]
    if field.kind is Kind.PERCENT:
        return wording.BETWEEN[language].format(low="0 %", high="100 %")
    return wording.BETWEEN[language].format(
        low=_plain(field.low), high=_plain(field.high)
    )


def _plain(limit: float | dt.date | None) -> str:
    return f"{limit:.15g}" if isinstance(limit, int | float) else "0"
