"""What Excel refuses in a formula, wherever one stands: in cells, rules, lists, names and charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tests.clients.repair_package import CHART, MAIN, Book, Hit, rule

LONGEST, LONGEST_TEXT = 8192, 255
NEWER_FUNCTIONS = frozenset(
    """
    ACOT ACOTH AGGREGATE ARABIC BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND BITOR
    BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.INV CHISQ.TEST CHOOSECOLS CHOOSEROWS
    COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL
    DROP ERF.PRECISE EXPAND EXPON.DIST F.DIST F.INV F.TEST FILTER FILTERXML FLOOR.MATH FLOOR.PRECISE
    FORECAST.ETS FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAUSS HSTACK HYPGEOM.DIST IFNA IFS
    IMCOSH IMCOT IMTAN ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP
    MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV
    NUMBERVALUE PDURATION PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI
    POISSON.DIST QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG RANK.EQ REDUCE RRI SCAN SEC SECH SEQUENCE
    SHEET SHEETS SKEW.P SORT SORTBY STDEV.P STDEV.S SWITCH T.DIST T.INV T.TEST TAKE TEXTAFTER TEXTBEFORE
    TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEBSERVICE
    WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
    """.split()
)

_CALL = re.compile(r"([A-Z_][A-Z0-9_.]*)\(", re.IGNORECASE)
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_QUOTED_SHEET = re.compile(r"'((?:[^']|'')*)'(!?)")
_PLAIN_SHEET = re.compile(r"(?<![\w.'\]#])([^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!")


def formulas(book: Book) -> Iterator[Hit]:
    """Every formula of the workbook: part, place, text."""
    for sheet in book.sheets:
        for cell in sheet.root.iter(f"{MAIN}c"):
            if formula := cell.findtext(f"{MAIN}f"):
                yield sheet.part, cell.get("r", ""), formula
        for holder in (
            *sheet.root.iter(f"{MAIN}conditionalFormatting"),
            *sheet.root.iter(f"{MAIN}dataValidation"),
        ):
            place = f"{holder.tag.removeprefix(MAIN)} {holder.get('sqref')}"
            for tag in ("formula", "formula1", "formula2"):
                yield from (
                    (sheet.part, place, one.text or "")
                    for one in holder.iter(MAIN + tag)
                )
    for name in book.defined_names:
        yield book.workbook_part, f"name {name.get('name')}", name.text or ""
    for part, root in book.parts.items():
        yield from ((part, "series", one.text or "") for one in root.iter(f"{CHART}f"))


def sound_formulas(book: Book) -> Iterator[tuple[str, str, str]]:
    """Every formula whose quotes are balanced, with its texts and quoted sheet names emptied."""
    for part, place, formula in formulas(book):
        bare = without_literals(formula)
        if bare is not None:
            yield part, place, bare


@cache
def without_literals(formula: str) -> str | None:
    """A formula with every text and every quoted sheet name emptied; None if a quote is never closed."""
    kept: list[str] = []
    quote = ""
    for character in formula:
        if quote:
            quote = "" if character == quote else quote
        else:
            quote = character if character in "\"'" else ""
            kept.append(character if not quote else quote * 2)
    return None if quote else "".join(kept)


@rule
def formula_too_long(book: Book) -> Iterator[Hit]:
    """A formula has at most 8,192 characters."""
    for part, place, formula in formulas(book):
        if len(formula) > LONGEST:
            yield part, place, f"formula of {len(formula)} characters"


@rule
def formula_text_too_long(book: Book) -> Iterator[Hit]:
    """A text within a formula has at most 255 characters (an inline list has its own rule)."""
    for part, place, formula in formulas(book):
        if place.startswith("dataValidation"):
            continue
        if any(len(text) - 2 > LONGEST_TEXT for text in _LITERAL.findall(formula)):
            yield part, place, "a text in the formula has more than 255 characters"


@rule
def formula_quotes(book: Book) -> Iterator[Hit]:
    """Quotes are closed."""
    for part, place, formula in formulas(book):
        if without_literals(formula) is None:
            yield part, place, f"a quote is never closed: {formula[:60]}"


@rule
def formula_brackets(book: Book) -> Iterator[Hit]:
    """Brackets are closed."""
    for part, place, bare in sound_formulas(book):
        if bare.count("(") != bare.count(")") or bare.count("{") != bare.count("}"):
            yield part, place, f"a bracket is missing: {bare[:60]}"


@rule
def formula_separator(book: Book) -> Iterator[Hit]:
    """Arguments are separated by commas in a file, whatever the language of the user."""
    for part, place, bare in sound_formulas(book):
        if ";" in re.sub(r"\{[^}]*\}", "", bare):
            yield part, place, f"semicolon between arguments: {bare[:60]}"


@rule
def formula_equals_sign(book: Book) -> Iterator[Hit]:
    """A file holds formulas without the equals sign in front."""
    for part, place, formula in formulas(book):
        if formula.startswith("="):
            yield part, place, f"equals sign in the file: {formula[:60]}"


@rule
def formula_newer_function(book: Book) -> Iterator[Hit]:
    """A function newer than the file format carries `_xlfn.`."""
    for part, place, bare in sound_formulas(book):
        for name in sorted(
            {call.upper() for call in _CALL.findall(bare)} & NEWER_FUNCTIONS
        ):
            yield part, place, f"{name} without _xlfn."


@rule
def formula_lost_reference(book: Book) -> Iterator[Hit]:
    """No formula refers to what was deleted."""
    for part, place, bare in sound_formulas(book):
        if "#REF!" in bare:
            yield part, place, f"#REF! in the formula: {bare[:60]}"


@rule
def formula_unknown_sheet(book: Book) -> Iterator[Hit]:
    """A formula refers to sheets that exist."""
    known = {name.casefold() for name in book.sheet_names}
    for part, place, formula in formulas(book):
        for name in sorted(sheets_named(formula)):
            if name.casefold() not in known:
                yield part, place, f"no sheet '{name}'"


def sheets_named(formula: str) -> set[str]:
    """The sheets of this workbook that a formula refers to."""
    bare = _LITERAL.sub('""', formula)
    quoted = [
        match[1].replace("''", "'")
        for match in _QUOTED_SHEET.finditer(bare)
        if match[2]
    ]
    plain = _PLAIN_SHEET.findall(_QUOTED_SHEET.sub("", bare))
    return {
        sheet
        for found in (*quoted, *plain)
        if not found.startswith("[")
        for sheet in found.split(":")
    }
