"""Progress: how many required fields of each sheet are filled in, as `kamxl.document.required` counts them."""

from __future__ import annotations

from collections.abc import Iterable

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
from kamxl.document.schema import FieldSpec, Owing, Part, TableSpec
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
    parts = [part for section in sheet.sections for part in section.parts]
    counts = [_counts(terms, part) for part in parts if part.required]
    at = {name: progress_path(sheet.key, name) for name in PROGRESS}
    filled, required = terms.cell(at["filled"]), terms.cell(at["required"])
    share = f"{filled}/{required}"
    still_open, started, complete = (
        literal(word[terms.language]) for word in STATUS_WORDS
    )
    status = when(f"{share}=0", still_open, when(f"{share}<1", started, complete))
    nothing = literal(NOTHING_REQUIRED)
    return {
        at["filled"]: guarded("+".join(done for done, _ in counts) or "0"),
        at["required"]: guarded("+".join(owed for _, owed in counts) or "0"),
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
    entered = [terms.entered(f.pattern, places[f.pattern]) for f in part.required]
    if part.owing is Owing.ALWAYS:
        return _filled(entered), number(len(entered) * part.count)
    if isinstance(part, TableSpec) and part.owed_when:
        owing = _any_not_zero(terms, part)
        owed = [f"{owing}*{test}" for test in entered]
        return _filled(owed), f"{len(owed)}*SUMPRODUCT({owing}*1)"
    used = "+".join(_own_entry(terms, part, f, places[f.pattern]) for f in part.fields)
    if isinstance(part, TableSpec) and part.starts:
        entered = [f"{test}*({used}>0)" for test in entered]
    rows = f"SUMPRODUCT(({used}>0)*1)"
    counted = f"MAX({part.minimum},{rows})" if part.minimum else rows
    return _filled(entered), f"{len(entered)}*{counted}"


def _own_entry(terms: Terms, part: Part, field: FieldSpec, place: str) -> str:
    """The test for an entry that somebody made: what rows start with does not count."""
    starts = part.starts if isinstance(part, TableSpec) else ()
    texts: dict[str, None] = {}
    for row in starts:
        given = row.defaults.get(field.key)
        if isinstance(given, Text):
            texts |= dict.fromkeys((literal(given.de), literal(given.en)))
    others = [f"({place}<>{text})" for text in texts]
    return "*".join([terms.entered(field.pattern, place), *others])


def _any_not_zero(terms: Terms, table: TableSpec) -> str:
    """The test for each row whether one of the fields that make it owe is not 0."""
    tests = []
    for key in table.owed_when:
        pattern = table.pattern_of(key)
        column, (_, high) = terms.column(pattern), limits(terms.field(pattern))
        tests.append(f"({column}<>0)*({column}<={number(high)})")
    return f"({'+'.join(tests)}>0)"


def _filled(tests: Iterable[str]) -> str:
    return "+".join(f"SUMPRODUCT({test}*1)" for test in tests)
