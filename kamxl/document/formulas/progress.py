"""Progress: how many required fields of each sheet are filled in, as `kamxl.plan.completeness` counts them."""

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
from kamxl.document.layout.blocks import MatrixBlock
from kamxl.document.schema import FieldSpec, SectionKind, SectionSpec, SheetSpec
from kamxl.plan.completeness import PAST_REVENUE, REVENUE_OWES, minimum_people
from kamxl.texts import Text

__all__ = [
    "NOTHING_REQUIRED",
    "STATUS_WORDS",
    "completeness_formula",
    "progress_formulas",
]

STATUS_WORDS = (
    Text(de="offen", en="open"),
    Text(de="in Arbeit", en="in progress"),
    Text(de="vollständig", en="complete"),
)
"""What the cover says of a sheet: nothing, some, all of the required fields filled in."""
NOTHING_REQUIRED = "–"


def progress_formulas(terms: Terms, sheet: SheetSpec) -> dict[str, str]:
    """Filled, required, share and status of one sheet; `terms` are those of the cover."""
    path = f"progress.{sheet.key}"
    parts = [
        part
        for section in sheet.sections
        if (part := _section(terms, sheet, section)) is not None
    ]
    filled, required = terms.cell(f"{path}.filled"), terms.cell(f"{path}.required")
    share = f"{filled}/{required}"
    still_open, started, complete = (
        literal(word[terms.language]) for word in STATUS_WORDS
    )
    status = when(f"{share}=0", still_open, when(f"{share}<1", started, complete))
    return {
        f"{path}.filled": guarded("+".join(done for done, _ in parts) or "0"),
        f"{path}.required": guarded("+".join(owed for _, owed in parts) or "0"),
        f"{path}.share": guarded(when(f"{required}=0", EMPTY, share)),
        f"{path}.status": guarded(
            when(f"{required}=0", literal(NOTHING_REQUIRED), status)
        ),
    }


def completeness_formula(terms: Terms) -> str:
    """Filled of all required fields in the whole plan; empty where a sheet could not be counted."""
    sheets = terms.spec.sheets
    filled, required = (
        f"{terms.cell(f'progress.{sheets[0].key}.{name}')}:{terms.cell(f'progress.{sheets[-1].key}.{name}')}"
        for name in ("filled", "required")
    )
    counted = all_of(
        *(f'COUNTIFS({cells},">=0")={len(sheets)}' for cells in (filled, required))
    )
    return guarded(when(counted, f"SUM({filled})/SUM({required})"))


def _section(
    terms: Terms, sheet: SheetSpec, section: SectionSpec
) -> tuple[str, str] | None:
    """Two expressions, filled and required; `None` where the section requires nothing."""
    if section.pattern == "revenue.revenue":
        return _past_revenue(terms, section)
    if section.kind is SectionKind.MATRIX:
        return _matrix(terms, sheet, section)
    if not section.required:
        return None
    if section.kind is SectionKind.FORM:
        return _filled(terms.entered(f.pattern) for f in section.required), number(
            len(section.required)
        )
    entered = [terms.entered(field.pattern) for field in section.required]
    if not section.free:
        return _filled(entered), number(len(entered) * section.count)
    used = "+".join(_entry(terms, section, field) for field in section.fields)
    if section.starts:
        entered = [f"{test}*({used}>0)" for test in entered]
    return _filled(entered), _owed(
        len(entered), section.minimum, f"SUMPRODUCT(({used}>0)*1)"
    )


def _entry(terms: Terms, section: SectionSpec, field: FieldSpec) -> str:
    """The test for an entry that somebody made: what rows start with does not count."""
    given = [
        row.defaults[field.key] for row in section.starts if field.key in row.defaults
    ]
    texts = [
        literal(text[language])
        for text in given
        if isinstance(text, Text)
        for language in ("de", "en")
    ]
    column = terms.column(field.pattern)
    return "*".join(
        [
            terms.entered(field.pattern),
            *(f"({column}<>{text})" for text in dict.fromkeys(texts)),
        ]
    )


def _past_revenue(terms: Terms, section: SectionSpec) -> tuple[str, str]:
    """Every product group with revenue in a past year owes forecast and target."""
    past = []
    for key in PAST_REVENUE:
        pattern = f"{section.pattern}[].{key}"
        column, (_, high) = terms.column(pattern), limits(terms.field(pattern))
        past.append(f"({column}<>0)*({column}<={number(high)})")
    sold = f"({'+'.join(past)}>0)"
    entered = [
        f"{sold}*{terms.entered(f'{section.pattern}[].{key}')}" for key in REVENUE_OWES
    ]
    return _filled(entered), f"{len(entered)}*SUMPRODUCT({sold}*1)"


def _matrix(terms: Terms, sheet: SheetSpec, section: SectionSpec) -> tuple[str, str]:
    block = next(
        b for b in terms.layout.sheet(sheet.key).blocks if isinstance(b, MatrixBlock)
    )
    people = {
        f.pattern: _line(terms, block, sheet.key, f.key)
        for f in section.people
        if isinstance(f, FieldSpec)
    }
    team = {
        f.pattern: _list(terms, block, sheet.key, f.key)
        for f in section.team
        if isinstance(f, FieldSpec)
    }
    filled, required = [], []
    for side, places in (("people", people), ("team", team)):
        owed = [
            terms.entered(pattern, place)
            for pattern, place in places.items()
            if terms.field(pattern).required
        ]
        used = "+".join(
            terms.entered(pattern, place) for pattern, place in places.items()
        )
        filled.append(_filled(owed))
        required.append(
            _owed(
                len(owed),
                minimum_people(terms.spec, section, side),
                f"SUMPRODUCT(({used}>0)*1)",
            )
        )
    return "+".join(filled), "+".join(required)


def _line(terms: Terms, block: MatrixBlock, sheet: str, key: str) -> str:
    row, last = block.people_rows[key], block.section.people_count - 1
    return terms.block(
        sheet, (row, block.person_column(0)), (row, block.person_column(last))
    )


def _list(terms: Terms, block: MatrixBlock, sheet: str, key: str) -> str:
    column, last = block.team_columns[key], block.team_row(block.section.team_count) - 1
    return terms.block(sheet, (block.first_team_row, column), (last, column))


def _filled(tests: Iterable[str]) -> str:
    return "+".join(f"SUMPRODUCT({test}*1)" for test in tests)


def _owed(columns: int, minimum: int, used: str) -> str:
    return f"{columns}*MAX({minimum},{used})" if minimum else f"{columns}*{used}"
