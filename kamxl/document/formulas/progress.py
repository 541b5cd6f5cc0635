"""Progress: how many required fields of each sheet are filled in, as `kamxl.document.required` counts them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from kamxl.document.formulas.terms import (
    EMPTY,
    Terms,
    all_of,
    guarded,
    limits,
    literal,
    number,
    when,
)
from kamxl.document.keys import PROGRESS, progress_path
from kamxl.document.required import counted
from kamxl.document.schema import FieldSpec, Owing, Part
from kamxl.document.spec import SheetSpec
from kamxl.texts import Text

STATUS_WORDS = (
    Text(de="offen", en="open"),
    Text(de="in Arbeit", en="in progress"),
    Text(de="vollständig", en="complete"),
)
"""What the cover says of a sheet: nothing, some, all of the required fields filled in."""
NOTHING_REQUIRED = "–"


def progress_formulas(terms: Terms, sheet: SheetSpec) -> dict[str, str]:
    """Filled, required, share and status of one sheet; `terms` are those of the cover."""
    parts = chain.from_iterable(section.parts for section in sheet.sections)
    owing = [part for part in parts if counted(part, terms.spec.settings)]
    counts = [_counts(terms, part) for part in owing]
    done, owed = map("+".join, zip(*(counts or [("0", "0")]), strict=True))
    at = {name: progress_path(sheet.key, name) for name in PROGRESS}
    filled, required = terms.cell(at["filled"]), terms.cell(at["required"])
    share = f"{filled}/{required}"
    words = (literal(word[terms.language]) for word in STATUS_WORDS)
    still_open, started, complete = words
    status = when(f"{share}=0", still_open, when(f"{share}<1", started, complete))
    nothing = literal(NOTHING_REQUIRED)
    return {
        at["filled"]: guarded(done),
        at["required"]: guarded(owed),
        at["share"]: guarded(when(f"{required}=0", EMPTY, share)),
        at["status"]: guarded(when(f"{required}=0", nothing, status)),
    }


def completeness_formula(terms: Terms) -> str:
    """Filled of all required fields in the whole document; empty where a sheet could not be counted."""
    first, last = terms.spec.sheets[0].key, terms.spec.sheets[-1].key
    cells = [
        f"{terms.cell(progress_path(first, name))}:{terms.cell(progress_path(last, name))}"
        for name in ("filled", "required")
    ]
    count = len(terms.spec.sheets)
    counted = all_of(*(f'COUNTIFS({area},">=0")={count}' for area in cells))
    filled, required = cells
    return guarded(when(counted, f"SUM({filled})/SUM({required})"))


def _counts(terms: Terms, part: Part) -> tuple[str, str]:
    """Two expressions, filled and required, of a part that owes something (see `Part.owing`)."""
    places = terms.places(part)
    fields = counted(part, terms.spec.settings)
    entered = [terms.entered(f.pattern, places[f.pattern]) for f in fields]
    if part.owing is Owing.ALWAYS:
        return _filled(entered), number(len(entered) * part.count)
    if part.owing is Owing.WHEN:
        owing = _any_not_zero(terms, part)
        owed = [f"{owing}*{test}" for test in entered]
        return _filled(owed), f"{len(owed)}*SUMPRODUCT({owing}*1)"
    used = "+".join(_own_entry(terms, part, f, places[f.pattern]) for f in part.fields)
    if part.starts:
        entered = [f"{test}*({used}>0)" for test in entered]
    rows = f"SUMPRODUCT(({used}>0)*1)"
    owing_rows = f"MAX({part.minimum},{rows})" if part.minimum else rows
    return _filled(entered), f"{len(entered)}*{owing_rows}"


def _own_entry(terms: Terms, part: Part, field: FieldSpec, place: str) -> str:
    """The test for an entry that somebody made: what rows start with does not count."""
    given = [row.defaults.get(field.key) for row in part.starts]
    texts = [text for text in given if isinstance(text, Text)]
    words = dict.fromkeys(word for text in texts for word in (text.de, text.en))
    others = [f"({place}<>{literal(word)})" for word in words]
    return "*".join([terms.entered(field.pattern, place), *others])


def _any_not_zero(terms: Terms, part: Part) -> str:
    """The test for each row whether one of the fields that make it owe is not 0."""
    tests = []
    for key in part.owed_when:
        pattern = part.pattern_of(key)
        column, (_, high) = terms.column(pattern), limits(terms.field(pattern))
        tests.append(f"({column}<>0)*({column}<={number(high)})")
    return f"({'+'.join(tests)}>0)"


def _filled(tests: Iterable[str]) -> str:
    return "+".join(f"SUMPRODUCT({test}*1)" for test in tests)
